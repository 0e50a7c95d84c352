/** Holds the budgets of the built package: what a page loads at first, bundled, minified and gzipped. */
import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { firstLoad } from "./first-load.ts";

const root = resolve(import.meta.dirname, "..");
/** Kilobytes of the first load of each entry; the rest comes on demand. */
const BUDGETS: Readonly<Record<string, number>> = { index: 154, core: 49, plot: 148 };

let over = 0;
for (const [entry, budget] of Object.entries(BUDGETS)) {
  const input = resolve(root, "dist", `${entry}.js`);
  const external = [/^node:/, "h5wasm", "zstddec", "fflate"];
  const chunks = await firstLoad({ input, cwd: root, platform: "browser", external }, { minify: true });
  const size = chunks.reduce((n, { code }) => n + gzipSync(code, { level: 9 }).length, 0) / 1000;
  if (size > budget) over++;
  console.log(
    `graticule/${entry}: ${size.toFixed(1)} kB gzipped in ${chunks.length} file(s), ${size <= budget ? "within" : "OVER"} ${budget} kB`,
  );
}
process.exitCode = over === 0 ? 0 : 1;
