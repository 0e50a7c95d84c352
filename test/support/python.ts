/**
 * Python beside the tests: `GRATICULE_PYTHON`, else `.venv/bin/python`, else `python3`, if it has xarray.
 *
 * Tests that need it are skipped without it, but not in CI, where it must be there.
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const candidates = [process.env.GRATICULE_PYTHON, fileURLToPath(new URL("../../.venv/bin/python", import.meta.url)), "python3"];

const python = candidates.find((path) => {
  if (path === undefined || path === "") return false;
  try {
    execFileSync(path, ["-c", "import xarray, netCDF4, zarr"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
});

/** Whether tests that need Python run: where it is there, and in CI, where it has to be. */
export const hasPython: boolean = python !== undefined || process.env.CI !== undefined;

/** What a script prints, parsed as JSON. `args` are its `sys.argv[1:]`. */
export function runPython(script: string, ...args: readonly string[]): unknown {
  if (python === undefined) throw new Error("these tests need Python with xarray, netCDF4 and zarr; set GRATICULE_PYTHON");
  return JSON.parse(execFileSync(python, ["-W", "ignore", "-c", script, ...args], { encoding: "utf8", maxBuffer: 1 << 28 })) as unknown;
}
