/** The code of the guide and of the README runs, from top to bottom of each page. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test, vi } from "vitest";

const root = resolve(import.meta.dirname, "..");
const pages = ["README.md", ...readdirSync(join(root, "docs/guide")).map((name) => `docs/guide/${name}`)];
const folder = mkdtempSync(join(root, "test/.docs-"));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The blocks of TypeScript on a page, as one module. */
function codeOf(page: string): string {
  const blocks = [...readFileSync(join(root, page), "utf8").matchAll(/^```ts\n([\s\S]*?)^```/gm)].map((match) => match[1]!);
  return blocks
    .join("\n")
    .replaceAll('from "graticule/plot"', 'from "../../src/plot/index.ts"')
    .replaceAll('from "graticule"', 'from "../../src/index.ts"');
}

describe("the documentation", () => {
  test.each(pages)("%s runs", async (page) => {
    const file = join(folder, `${page.replaceAll(/\W/g, "-")}.ts`);
    writeFileSync(file, codeOf(page));
    const lines: unknown[][] = [];
    const log = vi.spyOn(console, "log").mockImplementation((...args) => void lines.push(args));
    try {
      await import(/* @vite-ignore */ pathToFileURL(file).href);
    } finally {
      log.mockRestore();
    }
    expect(lines.length).toBeGreaterThan(0);
  });
});
