/** The formats that can be opened, by name; each loads when it is first used. */
import type { Backend } from "../backends/contract.ts";
import { ArgumentError } from "../errors.ts";
import type { Store } from "../stores/contract.ts";
import { unknownName } from "../util/suggest.ts";

/** A backend of either kind. */
export type AnyBackend = Backend<any>;
/** How a backend is loaded. */
export type BackendLoader = () => Promise<AnyBackend>;

const engines = new Map<string, BackendLoader>([
  ["netcdf3", async () => (await import("../backends/netcdf3/index.ts")).netcdf3Backend],
  ["hdf5", async () => (await import("../backends/hdf5/index.ts")).hdf5Backend],
  ["zarr", async (): Promise<Backend<Store>> => (await import("../backends/zarr/index.ts")).zarrBackend],
]);

/** xarray's names of engines that read the same formats. */
const ALIASES: Readonly<Record<string, string>> = { netcdf4: "hdf5", h5netcdf: "hdf5", scipy: "netcdf3", kerchunk: "zarr" };

/**
 * Make a format known to `openDataset`, under a name for its option `engine`.
 *
 * It is asked for targets that the formats before it do not recognise. One of the same name is replaced.
 *
 * @example
 * ```ts
 * registerBackend("grib", async () => (await import("my-grib-backend")).gribBackend);
 * ```
 */
export function registerBackend(name: string, loader: BackendLoader): void {
  engines.set(name, loader);
}

/** The names that `engine` can be. */
export function engineNames(): string[] {
  return [...engines.keys(), ...Object.keys(ALIASES)];
}

/** The backend called `name`; throws ArgumentError naming the known ones. */
export async function engine(name: string): Promise<AnyBackend> {
  const loader = engines.get(name) ?? engines.get(ALIASES[name] ?? "");
  if (loader === undefined) throw new ArgumentError(unknownName("engine", name, engineNames()), { engine: name });
  return loader();
}

/** The names of the formats that users have registered. */
export function addedEngines(): string[] {
  return [...engines.keys()].filter((name) => !["netcdf3", "hdf5", "zarr"].includes(name));
}
