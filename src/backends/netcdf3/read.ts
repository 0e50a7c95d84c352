/** Opening netCDF classic files. */
import { BackendError } from "../../errors.ts";
import type { Backend, FileTarget, OpenOptions, RawDimension, RawGroup, RawVariable } from "../contract.ts";
import { fileStore, openAccess } from "../file-access.ts";
import { classicVersion, readHeader } from "./header.ts";
import { classicSource } from "./source.ts";

/**
 * Open a netCDF classic file: CDF-1, CDF-2 (64-bit offsets) or CDF-5.
 *
 * Reads the header and nothing else. Throws BackendError for other files and for headers that
 * promise what the file cannot hold.
 *
 * @example
 * ```ts
 * const root = await openNetcdf3("ichthyop.nc");
 * [...root.variables.keys()]; // ["time", "lon", …]
 * ```
 */
export async function openNetcdf3(target: FileTarget, options: OpenOptions = {}): Promise<RawGroup> {
  const file = await openAccess(target, options);
  try {
    const header = await readHeader(file, options);
    if (options.group !== undefined && options.group !== "/" && options.group !== "") {
      throw new BackendError(`there is no group ${JSON.stringify(options.group)} in ${file.url}: netCDF classic files have no groups`, {
        group: options.group,
      });
    }
    const store = fileStore(file);
    const variables = new Map<string, RawVariable>();
    for (const v of header.variables) {
      const data = classicSource(header, v, store);
      const encoding = { dtype: v.type.name, contiguous: true, chunksizes: null, source: file.url, original_shape: data.meta.shape };
      variables.set(v.name, { name: v.name, dims: v.dims.map((d) => d.name), attrs: v.attrs, attrTypes: v.attrTypes, encoding, data });
    }
    return {
      path: "/",
      dims: new Map(header.dims.map((d): [string, RawDimension] => [d.name, { size: d.size, unlimited: d.record }])),
      attrs: header.attrs,
      attrTypes: header.attrTypes,
      variables,
      groups: [],
      group: (path) =>
        Promise.reject(
          new BackendError(`there is no group ${JSON.stringify(path)} in ${file.url}: netCDF classic files have no groups`, {
            group: path,
          }),
        ),
      close: async () => file.close?.(),
    };
  } catch (error) {
    await file.close?.();
    throw error;
  }
}

/** The backend of netCDF classic files. */
export const netcdf3Backend: Backend = {
  name: "netcdf3",
  detect: ({ url, head }) => (head === undefined ? /\.(nc3|cdf)$/i.test(url) : classicVersion(head) !== undefined),
  open: openNetcdf3,
};
