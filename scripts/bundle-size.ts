/** Holds the budgets of the package: what a page loads, gzipped and minified. */
import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";

const root = resolve(import.meta.dirname, "..");
/** Kilobytes of the first load of each entry: static imports only, since the rest comes on demand. */
const BUDGETS: Readonly<Record<string, number>> = { "src/index.ts": 120, "src/core.ts": 45, "src/plot/index.ts": 125 };

let over = 0;
for (const [entry, budget] of Object.entries(BUDGETS)) {
  const build = await rolldown({
    input: resolve(root, entry),
    cwd: root,
    platform: "browser",
    external: [/^node:/, "h5wasm", "zstddec", "ndarray", "zarrita", "fflate"],
    treeshake: true,
  });
  const { output } = await build.generate({ format: "esm", minify: true });
  await build.close();
  const chunks = new Map(output.filter((file) => file.type === "chunk").map((file) => [file.fileName, file]));
  const first = [...chunks.values()].find((chunk) => chunk.isEntry)!;
  const loaded = new Set([first.fileName]);
  for (const name of loaded) for (const next of chunks.get(name)?.imports ?? []) if (chunks.has(next)) loaded.add(next);
  const size = [...loaded].reduce((n, name) => n + gzipSync(chunks.get(name)!.code, { level: 9 }).length, 0) / 1000;
  const verdict = size <= budget ? "within" : "OVER";
  if (size > budget) over++;
  console.log(`${entry}: ${size.toFixed(1)} kB gzipped in ${loaded.size} file(s), ${verdict} ${budget} kB`);
}
process.exitCode = over === 0 ? 0 : 1;
