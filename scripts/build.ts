/**
 * Builds `dist/`: a few bundled chunks for each subpath, one file for CDNs and notebooks, and types.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type OutputOptions, rolldown } from "rolldown";

const root = resolve(import.meta.dirname, "..");
const dist = join(root, "dist");
const { dependencies = {} } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { dependencies?: Record<string, string> };

/** Subpath exports by the name of their file in `dist`. */
const ENTRIES = { index: "src/index.ts", core: "src/core.ts", plot: "src/plot/index.ts", testing: "src/testing/index.ts", cli: "src/cli/bin.ts" };

const external = [/^node:/, ...Object.keys(dependencies).map((name) => new RegExp(`^${name}(/|$)`))];

async function bundle(input: Record<string, string>, output: OutputOptions): Promise<void> {
  const build = await rolldown({ input, external, cwd: root, platform: "neutral", treeshake: true });
  await build.write({ dir: dist, format: "esm", sourcemap: true, minify: false, ...output });
  await build.close();
}

rmSync(dist, { recursive: true, force: true });
await bundle(ENTRIES, { entryFileNames: "[name].js", chunkFileNames: "chunks/[name]-[hash].js" });
await bundle({ "graticule.min": "src/index.ts" }, { entryFileNames: "[name].js", minify: true, codeSplitting: false });
const cli = join(dist, "cli.js");
const text = readFileSync(cli, "utf8");
if (!text.startsWith("#!")) writeFileSync(cli, `#!/usr/bin/env node\n${text}`);
chmodSync(cli, 0o755);
execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.build.json"], { cwd: root, stdio: "inherit" });
console.log(`built ${dist}`);
