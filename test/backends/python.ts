/** Running Python against files written here: needs GRATICULE_PYTHON or `python3` with netCDF4 and xarray; skipped outside CI without it. */
import { execFileSync } from "node:child_process";

const candidates = [process.env.GRATICULE_PYTHON, "python3"];

const python = candidates.find((path) => {
  if (path === undefined) return false;
  try {
    execFileSync(path, ["-c", "import netCDF4, xarray"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
});

/** Whether tests that need Python can run; in CI they must. */
export const hasPython: boolean = python !== undefined || process.env.CI !== undefined;

/** What a script prints, parsed as JSON. */
export function runPython(script: string, ...args: string[]): unknown {
  if (python === undefined) throw new Error("these tests need Python with netCDF4 and xarray; set GRATICULE_PYTHON");
  return JSON.parse(execFileSync(python, ["-c", script, ...args], { encoding: "utf8", maxBuffer: 1 << 28 })) as unknown;
}
