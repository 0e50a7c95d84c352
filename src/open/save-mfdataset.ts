/** Saving many datasets to files in one pass. */
import { ArgumentError } from "../errors.ts";
import type { Dataset } from "../model.ts";
import { PARTS } from "../ops/parts.ts";
import type { ToNetcdfOptions } from "../save/to-netcdf.ts";

/**
 * Write several datasets to a netCDF file each; sources that they share are read once.
 *
 * @throws ArgumentError where there are not as many paths as datasets.
 * @example
 * ```ts
 * await saveMfdataset([january, february], ["01.nc", "02.nc"]);
 * ```
 */
export async function saveMfdataset(
  datasets: readonly Dataset<any>[],
  paths: readonly (string | URL)[],
  options: ToNetcdfOptions = {},
): Promise<void> {
  if (datasets.length !== paths.length)
    throw new ArgumentError(`there are ${datasets.length} datasets and ${paths.length} paths; each dataset needs one`, {
      datasets: datasets.length,
      paths: paths.length,
    });
  const { writeNetcdf } = await import("../save/to-netcdf.ts");
  await writeNetcdf(
    datasets.map((ds, i) => ({ parts: ds[PARTS], target: paths[i]! })),
    options,
  );
}
