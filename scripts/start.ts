/** `npm start [-- path-or-url]`: the whole analysis, on the sample of this repository where nothing is named. */
import { join, resolve } from "node:path";
import { main } from "../src/cli/main.ts";

const root = resolve(import.meta.dirname, "..");
const args = process.argv.slice(2);
const target = args[0] !== undefined && !args[0].startsWith("--") ? [] : [join(root, "data/sample/air.zarr")];
process.exitCode = await main(["analyze", ...target, ...args]);
