/** Writing datasets as netCDF files. */
import type { AnyArray } from "../array/lazy.ts";
import type { FileWriter, GroupSpec } from "../backends/contract.ts";
import type { FormatTraits } from "../coding/index.ts";
import type { ComputeOptions } from "../compute/index.ts";
import { ArgumentError, UnsupportedError } from "../errors.ts";
import { COMPUTE_OPTIONS } from "../ops/loading/compute.ts";
import type { DatasetParts } from "../ops/parts.ts";
import { checkOptions, type OptionKeys } from "../util/options.ts";
import { unknownName } from "../util/suggest.ts";
import { encodeDataset } from "./encode-dataset.ts";
import { type EncodingOption, KNOWN_ENCODINGS } from "./encodings.ts";

/** The formats of netCDF: netCDF-4 (in HDF5), and the classic ones with 32-bit offsets, 64-bit offsets, 64-bit sizes. */
export type NetcdfFormat = "NETCDF4" | "NETCDF3_CLASSIC" | "NETCDF3_64BIT" | "NETCDF3_64BIT_DATA";

/** How a netCDF file is written. */
export interface ToNetcdfOptions extends ComputeOptions {
  /** Default `"NETCDF4"`. */
  readonly format?: NetcdfFormat | undefined;
  /** `"netcdf4"`, `"h5netcdf"` or `"hdf5"` for netCDF-4, `"netcdf3"` or `"scipy"` for the classic formats; by default the format says. */
  readonly engine?: string | undefined;
  /** The group to write into (netCDF-4 only; default the root). */
  readonly group?: string | undefined;
  /** Encodings by variable; each replaces the one that its variable was read with. */
  readonly encoding?: EncodingOption | undefined;
  /** Dimensions that can grow (default: those that could in the file that was read). */
  readonly unlimitedDims?: string | readonly string[] | undefined;
  /** `"w"` writes a new file in place of an old one (default). */
  readonly mode?: "w" | undefined;
}

/** One array and the sink it goes to are known by the variable's path. */
interface Opened {
  readonly writer: FileWriter;
  readonly pairs: readonly { readonly array: AnyArray; readonly path: string }[];
}

const FORMATS: readonly NetcdfFormat[] = ["NETCDF4", "NETCDF3_CLASSIC", "NETCDF3_64BIT", "NETCDF3_64BIT_DATA"];
const ENGINES: Readonly<Record<string, "netcdf4" | "netcdf3">> = {
  netcdf4: "netcdf4",
  h5netcdf: "netcdf4",
  hdf5: "netcdf4",
  netcdf3: "netcdf3",
  scipy: "netcdf3",
};
const TRAITS: Readonly<Record<"netcdf4" | "netcdf3", FormatTraits>> = {
  netcdf4: { bool: false, text: true, bytes: false },
  netcdf3: { bool: false, text: false, bytes: false },
};

const KNOWN: OptionKeys<ToNetcdfOptions> = {
  ...COMPUTE_OPTIONS,
  format: true,
  engine: true,
  group: true,
  encoding: true,
  unlimitedDims: true,
  mode: true,
};

/**
 * Write datasets to netCDF files in one pass over what they share; gives the bytes of those without a target.
 *
 * A file takes its place when it is complete: a write that fails or is killed leaves the old one.
 */
export async function writeNetcdf(
  files: readonly { readonly parts: DatasetParts; readonly target?: string | URL | undefined }[],
  options: ToNetcdfOptions = {},
): Promise<(Uint8Array | undefined)[]> {
  checkOptions("toNetcdf", options, KNOWN);
  const { kind, format } = kindOf(options);
  const { store } = await import("../compute/index.ts");
  const opened: Opened[] = [];
  try {
    for (const { parts, target } of files) opened.push(await openFile(parts, target, kind, format, options));
    await store(
      opened.flatMap(({ writer, pairs }) => pairs.map(({ array, path }) => ({ array, sink: writer.sink(path) }))),
      options,
    );
    const out: (Uint8Array | undefined)[] = [];
    for (const { writer } of opened) out.push(await writer.finish());
    return out;
  } catch (error) {
    for (const { writer } of opened) await writer.abort().catch(() => undefined);
    throw error;
  }
}

async function openFile(
  parts: DatasetParts,
  target: string | URL | undefined,
  kind: "netcdf4" | "netcdf3",
  format: NetcdfFormat | undefined,
  options: ToNetcdfOptions,
): Promise<Opened> {
  const { spec, arrays } = await encodeDataset(parts, {
    traits: TRAITS[kind],
    known: KNOWN_ENCODINGS[kind],
    encoding: options.encoding,
    unlimitedDims: options.unlimitedDims,
    compute: { signal: options.signal },
  });
  const groups = (options.group ?? "").split("/").filter((name) => name !== "");
  const nested = groups.reduceRight<GroupSpec>(
    (below, name) => ({ dims: new Map(), attrs: {}, variables: new Map(), groups: new Map([[name, below]]) }),
    spec,
  );
  const writer =
    kind === "netcdf4"
      ? await (await import("../backends/hdf5/index.ts")).createNetcdf4(target, nested)
      : await (await import("../backends/netcdf3/index.ts")).createNetcdf3(
          target,
          nested,
          format === undefined || format === "NETCDF4" ? {} : { format },
        );
  const prefix = groups.map((name) => `/${name}`).join("");
  return { writer, pairs: [...arrays].map(([name, array]) => ({ array, path: `${prefix}/${name}` })) };
}

function kindOf({ format, engine, group, mode }: ToNetcdfOptions): {
  readonly kind: "netcdf4" | "netcdf3";
  readonly format: NetcdfFormat | undefined;
} {
  if (format !== undefined && !FORMATS.includes(format)) throw new ArgumentError(unknownName("format", format, FORMATS), { format });
  if (engine !== undefined && !Object.hasOwn(ENGINES, engine))
    throw new ArgumentError(unknownName("engine", engine, Object.keys(ENGINES)), { engine });
  if (mode !== undefined && mode !== "w")
    throw new UnsupportedError(
      `mode ${JSON.stringify(mode)}: a netCDF file can only be written anew here ("w"); write groups with a DataTree, or append to Zarr`,
      { mode },
    );
  const kind = engine === undefined ? (format === undefined || format === "NETCDF4" ? "netcdf4" : "netcdf3") : ENGINES[engine]!;
  if (format !== undefined && (format === "NETCDF4") !== (kind === "netcdf4"))
    throw new ArgumentError(`engine ${JSON.stringify(engine)} does not write ${format}`, { engine, format });
  if (kind === "netcdf3" && group !== undefined && group !== "" && group !== "/")
    throw new UnsupportedError(`netCDF classic files have no groups, so ${JSON.stringify(group)} cannot be written; use format "NETCDF4"`, {
      group,
    });
  return { kind, format };
}
