/**
 * Builds `dist/`: a few bundled chunks for each subpath, one file for CDNs and notebooks, and types.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type InputOptions, type OutputOptions, type Plugin, rolldown } from "rolldown";
import { firstLoad } from "./first-load.ts";

const root = resolve(import.meta.dirname, "..");
const dist = join(root, "dist");
const { dependencies, imports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<
  "dependencies" | "imports",
  Record<string, unknown>
>;

/** Subpath exports by the name of their file in `dist`. */
const ENTRIES = {
  index: "src/index.ts",
  core: "src/core.ts",
  plot: "src/plot/index.ts",
  testing: "src/testing/index.ts",
  cli: "src/cli/bin.ts",
};

const packages = Object.keys(dependencies).map((name) => new RegExp(`^${name}(/|$)`));

/** Node's modules in files that only Node loads are imported when those first run, since a browser cannot resolve them. */
const lateNodeImports: Plugin = {
  name: "late-node-imports",
  transform: {
    filter: { id: /\.node\.ts$/ },
    handler: (code) => code.replaceAll(/^import (\{[^}]*\}) from ("node:[^"]*");$/gm, "const $1 = await import($2);"),
  },
};

/** Node's modules under the names of `imports` in package.json, which give bundlers for browsers an empty module instead. */
const nodeByCondition: Plugin = {
  name: "node-by-condition",
  resolveId: {
    filter: { id: /^node:/ },
    handler: (id) => {
      const name = id.replace("node:", "#");
      if (!(name in imports)) throw new Error(`${name} is missing in "imports" of package.json`);
      return { id: name, external: true };
    },
  },
};

/** The modules that an entry needs at once. */
async function modulesOf(entry: string): Promise<ReadonlySet<string>> {
  const chunks = await firstLoad({ cwd: root, platform: "neutral", input: entry, external: [/^node:/, ...packages] });
  return new Set(chunks.flatMap((chunk) => Object.keys(chunk.modules)));
}

async function bundle(input: InputOptions, output: OutputOptions): Promise<void> {
  const build = await rolldown({ cwd: root, platform: "neutral", transform: { target: "es2022" }, ...input });
  await build.write({ dir: dist, format: "esm", entryFileNames: "[name].js", ...output });
  await build.close();
}

rmSync(dist, { recursive: true, force: true });
const [core, labelled] = [await modulesOf(ENTRIES.core), await modulesOf(ENTRIES.index)];
await bundle(
  { input: ENTRIES, external: packages, plugins: [lateNodeImports, nodeByCondition] },
  {
    chunkFileNames: "chunks/[name]-[hash].js",
    // What always comes together is one file, however many of the files that come later share parts of it.
    codeSplitting: {
      groups: [
        { name: "core", test: (id) => core.has(id), priority: 2 },
        { name: "labelled", test: (id) => labelled.has(id), priority: 1 },
      ],
    },
  },
);
writeFileSync(join(dist, "none.js"), "export {};\n");
// h5wasm is megabytes of WebAssembly: pages that read HDF5 map its name to where they keep it.
await bundle(
  { input: { "graticule.min": ENTRIES.index }, external: [/^node:/, "h5wasm"], plugins: [lateNodeImports] },
  { minify: true, codeSplitting: false },
);
const cli = join(dist, "cli.js");
const text = readFileSync(cli, "utf8");
if (!text.startsWith("#!")) writeFileSync(cli, `#!/usr/bin/env node\n${text}`);
chmodSync(cli, 0o755);
execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.build.json"], {
  cwd: root,
  stdio: "inherit",
});
console.log(`built ${dist}`);
