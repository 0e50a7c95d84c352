/** The house: layers, cycles between folders, file sizes. The table is the one of CONTRIBUTING.md. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";

/** Folders and files of `src` by layer, the lowest first; the longest prefix decides. */
const LAYERS: readonly (readonly string[])[] = [
  ["errors.ts", "options.ts", "util/"],
  ["dtypes/", "calendar/"],
  ["kernels/"],
  ["array/", "stores/", "codecs/"],
  ["compute/"],
  ["variable/", "indexing/", "coding/", "backends/"],
  ["ops/", "formatting/", "save/"],
  ["dataarray/", "dataset/", "datatree/", "model.ts"],
  ["functions/", "open/", "testing/", "index.ts", "core.ts", "types.ts"],
  ["plot/", "cli/"],
];
const LONGEST_FILE = 500;
const NINETIETH_PERCENTILE = 300;

const SRC = resolve(import.meta.dirname, "../src");

function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesOf(path) : entry.name.endsWith(".ts") ? [path] : [];
  });
}

const files = filesOf(SRC);
const name = (path: string): string => relative(SRC, path).replaceAll("\\", "/");

function layerOf(file: string): number {
  let found = -1;
  let longest = -1;
  LAYERS.forEach((prefixes, layer) => {
    for (const prefix of prefixes) {
      if ((file === prefix || (prefix.endsWith("/") && file.startsWith(prefix))) && prefix.length > longest) {
        longest = prefix.length;
        found = layer;
      }
    }
  });
  return found;
}

/** Static imports and re-exports of values; types are free, and so is what loads on demand. */
function valueImports(path: string): string[] {
  const source = readFileSync(path, "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
  const targets: string[] = [];
  for (const [, , clause, target] of source.matchAll(/^(import|export)\s+([^;"']*?)\s*from\s*["'](\.[^"']+)["']/gm)) {
    if (clause!.startsWith("type ")) continue;
    const named = clause!.match(/^\{([\s\S]*)\}$/);
    if (
      named &&
      named[1]!
        .split(",")
        .filter((part) => part.trim())
        .every((part) => part.trim().startsWith("type "))
    )
      continue;
    targets.push(resolve(dirname(path), target!));
  }
  return targets;
}

const imports = new Map(files.map((file) => [name(file), valueImports(file).map(name)]));

describe("the architecture", () => {
  test("every file belongs to a layer", () => {
    expect([...imports.keys()].filter((file) => layerOf(file) < 0)).toEqual([]);
  });

  test("values are imported from the same layer or one below", () => {
    const upward = [...imports].flatMap(([file, targets]) =>
      targets.filter((target) => layerOf(target) > layerOf(file)).map((target) => `${file} → ${target}`),
    );
    expect(upward).toEqual([]);
  });

  test("every folder says in its index what lives there, what it may import, and how it is used", () => {
    // What is generated is explained where it is made; the command line is explained in `main.ts`.
    const folders = [...new Set(files.map((file) => dirname(name(file))))].filter(
      (folder) => ![".", "kernels/generated", "cli"].includes(folder),
    );
    const silent = folders.filter((folder) => {
      const index = files.find((file) => name(file) === `${folder}/index.ts`);
      const header = index === undefined ? "" : (/^\/\*\*[\s\S]*?\*\//.exec(readFileSync(index, "utf8"))?.[0] ?? "");
      return header.split("\n").length < 5 || !header.includes("```ts");
    });
    expect(silent).toEqual([]);
  });

  test("folders do not import each other in circles", () => {
    const folderOf = (file: string): string => {
      const parts = file.split("/");
      return parts.length === 1
        ? file
        : ["ops", "backends"].includes(parts[0]!) && parts.length > 2
          ? `${parts[0]}/${parts[1]}`
          : parts[0]!;
    };
    const edges = new Map<string, Set<string>>();
    for (const [file, targets] of imports) {
      const from = folderOf(file);
      for (const target of targets) {
        const to = folderOf(target);
        if (to === from) continue;
        if (!edges.has(from)) edges.set(from, new Set());
        edges.get(from)!.add(to);
      }
    }
    expect(circle(edges)).toEqual([]);
  });

  test("files do not import each other in circles", () => {
    expect(circle(new Map([...imports].map(([file, targets]) => [file, new Set(targets)])))).toEqual([]);
  });

  test("files are short", () => {
    const lengths = files
      .filter((file) => !name(file).includes("/generated/"))
      .map((file) => [name(file), readFileSync(file, "utf8").split("\n").length] as const);
    expect(lengths.filter(([, n]) => n > LONGEST_FILE)).toEqual([]);
    const sorted = lengths.map(([, n]) => n).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length * 0.9)]).toBeLessThanOrEqual(NINETIETH_PERCENTILE);
  });
});

/** One circle of a graph, if there is any. */
function circle(edges: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const done = new Set<string>();
  for (const start of edges.keys()) {
    const path: string[] = [];
    const onPath = new Set<string>();
    const visit = (node: string): string[] => {
      if (onPath.has(node)) return [...path.slice(path.indexOf(node)), node];
      if (done.has(node)) return [];
      path.push(node);
      onPath.add(node);
      for (const next of edges.get(node) ?? []) {
        const found = visit(next);
        if (found.length > 0) return found;
      }
      path.pop();
      onPath.delete(node);
      done.add(node);
      return [];
    };
    const found = visit(start);
    if (found.length > 0) return found;
  }
  return [];
}
