/** Opening HDF5 and netCDF-4 files. */
import { BackendError } from "../../errors.ts";
import { warn } from "../../options.ts";
import type { ReadOptions, Store } from "../../stores/contract.ts";
import { nearHint } from "../../util/suggest.ts";
import type { Backend, Encoding, FileTarget, OpenOptions, RawDimension, RawGroup, RawVariable } from "../contract.ts";
import { fileStore, inNode, localPath, type NamedFile, openAccess, wrongFormat } from "../file-access.ts";
import { type StoredType, storedType } from "./datatype.ts";
import { filterEncoding } from "./filters.ts";
import { hdf5Library } from "./library.ts";
import { type H5Dataset, type H5GroupScan, scanGroup } from "./scan.ts";
import { type Hdf5Session, openSession } from "./session.ts";
import { datasetSource } from "./source.ts";
import { type FileBytes, localBytes, memoryBytes, remoteBytes } from "./virtual-file.ts";

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a] as const;
/** A user block before the file proper is 0, 512, 1024, … bytes long. */
const LAST_SUPERBLOCK = 1 << 20;
const KEPT = 1 << 20;

/** Whether an HDF5 file begins at byte `at` of `bytes`. */
export function isHdf5(bytes: Uint8Array, at = 0): boolean {
  return SIGNATURE.every((b, i) => bytes[at + i] === b);
}

/**
 * Open an HDF5 or netCDF-4 file.
 *
 * Reads the structure of the group that is asked for (and of all below it, where a dimension is
 * unlimited) and no values. URLs, blobs and anything with `read` are read by blocks as they are
 * needed. Datasets of types that no dtype can hold are left out with a warning. Throws BackendError
 * for other files, damaged files and groups that are not there, UnsupportedError when a value is
 * read whose filter is not there.
 *
 * @example
 * ```ts
 * const root = await openHdf5("air.nc");
 * root.variables.get("air")!.dims; // ["time", "lat", "lon"]
 * await root.close();
 * ```
 */
export async function openHdf5(target: FileTarget, options: OpenOptions = {}): Promise<RawGroup> {
  // Blocks are cached below the library, so only a few are kept here.
  const file = await openAccess(target, { ...options, keep: options.keep ?? KEPT });
  let session: Hdf5Session | undefined;
  try {
    await checkSignature(file, options);
    session = openSession(await hdf5Library(), await bytesOf(target, file), file.url);
    const root = await scanGroup(session, "/", [], options);
    const store = fileStore(file);
    const open = session;
    const close = async (): Promise<void> => {
      await open.close();
      await file.close?.();
    };
    const scan = await descend(root, options.group ?? "/", file.url, options);
    return rawGroup(scan, open, store, close);
  } catch (error) {
    await session?.close();
    await file.close?.();
    throw error;
  }
}

/** The backend of HDF5 and netCDF-4 files. */
export const hdf5Backend: Backend = {
  name: "hdf5",
  detect: ({ url, head }) => (head === undefined ? /\.(nc4?|h5|hdf5?|he5|cdl4)$/i.test(url) : isHdf5(head)),
  open: openHdf5,
};

async function checkSignature(file: NamedFile, options: ReadOptions): Promise<void> {
  const head = await file.read(0, Math.min(file.size, 4096), options);
  if (isHdf5(head)) return;
  for (let at = 512; at + 8 <= Math.min(file.size, LAST_SUPERBLOCK); at *= 2) {
    if (isHdf5(await file.read(at, 8, options))) return;
  }
  throw wrongFormat("HDF5 or netCDF-4", file.url, head);
}

async function bytesOf(target: FileTarget, file: NamedFile): Promise<FileBytes> {
  if (file.bytes) return memoryBytes(file.bytes);
  const path = localPath(target) ?? (inNode() && file.url.startsWith("file:") ? localPath(file.url) : undefined);
  return path === undefined ? remoteBytes(file) : localBytes(path, file.size);
}

/** The scan of a group below another. */
async function descend(from: H5GroupScan, path: string, url: string, options: ReadOptions): Promise<H5GroupScan> {
  let scan = from;
  for (const name of path.split("/").filter((part) => part !== "")) {
    if (!scan.groups.includes(name)) {
      const known = scan.groups.length > 0 ? scan.groups.slice(0, 20).join(", ") : "there are none";
      throw new BackendError(
        `there is no group ${JSON.stringify(name)} in ${scan.path} of ${url}${nearHint(name, scan.groups)} (${known})`,
        { group: path, groups: scan.groups },
      );
    }
    scan = await scan.child(name, options);
  }
  return scan;
}

function rawGroup(scan: H5GroupScan, session: Hdf5Session, store: Store, close: () => Promise<void>): RawGroup {
  const variables = new Map<string, RawVariable>();
  for (const [name, reason] of scan.own.skipped)
    warn("skipped-attribute", `attribute ${JSON.stringify(name)} of ${scan.path} of ${session.url} is left out: ${reason}`);
  for (const dataset of scan.datasets) {
    const type = dataset.meta.shape === null ? "it has no dataspace" : storedType(dataset.meta);
    if (typeof type === "string") {
      warn("skipped-variable", `${dataset.path} of ${session.url} is left out: ${type}`);
      continue;
    }
    for (const [name, reason] of dataset.own.skipped)
      warn("skipped-attribute", `attribute ${JSON.stringify(name)} of ${dataset.path} of ${session.url} is left out: ${reason}`);
    const data = datasetSource(session, dataset, type, store);
    variables.set(dataset.name, {
      name: dataset.name,
      dims: dataset.dims.map((d) => d.name),
      attrs: dataset.own.attrs,
      attrTypes: dataset.own.attrTypes,
      encoding: encodingOf(dataset, type, session.url, data.meta.shape),
      data,
    });
  }
  return {
    path: scan.path,
    dims: new Map(scan.dims.map((d): [string, RawDimension] => [d.name, { size: d.size, unlimited: d.unlimited }])),
    attrs: scan.own.attrs,
    attrTypes: scan.own.attrTypes,
    variables,
    groups: scan.groups,
    group: async (path, options = {}) => rawGroup(await descend(scan, path, session.url, options), session, store, close),
    close,
  };
}

function encodingOf(dataset: H5Dataset, type: StoredType, source: string, shape: readonly number[]): Encoding {
  const { meta, dims } = dataset;
  const chunks = meta.chunks;
  const layout =
    chunks === null
      ? { contiguous: true, chunksizes: null }
      : { contiguous: false, chunksizes: chunks, preferred_chunks: Object.fromEntries(dims.map((d, i) => [d.name, chunks[i]])) };
  const numeric = type.size > 1 && /int|float|complex/.test(type.name);
  return {
    dtype: type.name,
    ...filterEncoding(dataset),
    ...layout,
    ...(numeric ? { endian: meta.littleEndian ? "little" : "big" } : {}),
    ...(type.members ? { enum: type.members } : {}),
    source,
    original_shape: shape,
  };
}
