/**
 * The library as users run it: bundled like the package. Run from its sources by `tsx`, every inner
 * function is wrapped to keep its name, which triples the time of small calls.
 */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

/** Everything that `graticule` exports. */
export type Graticule = typeof import("../src/index.ts");

/** Bundles `src` under `node_modules/.cache`, where its dependencies are found, and imports it. */
export async function builtLibrary(): Promise<Graticule> {
  const root = resolve(import.meta.dirname, "..");
  const dir = resolve(root, "node_modules/.cache/graticule-bench");
  const build = await rolldown({ input: { index: "src/index.ts" }, external: [/^node:/, /^[a-z@]/], cwd: root, platform: "neutral" });
  await build.write({ dir, format: "esm", entryFileNames: "[name].mjs", chunkFileNames: "[name]-[hash].mjs", cleanDir: true });
  await build.close();
  return (await import(pathToFileURL(resolve(dir, "index.mjs")).href)) as Graticule;
}
