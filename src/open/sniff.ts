/** What the first bytes of a file say it is. */

interface Signature {
  readonly what: string;
  readonly bytes: readonly number[];
  readonly at?: number;
  /** The engine that reads it. */
  readonly engine?: string;
}

const text = (s: string): readonly number[] => Array.from(s, (c) => c.charCodeAt(0));

/** HDF5 may begin behind a user block, which its backend looks for. */
const SIGNATURES: readonly Signature[] = [
  { what: "a netCDF classic file", bytes: text("CDF\x01"), engine: "netcdf3" },
  { what: "a netCDF classic file", bytes: text("CDF\x02"), engine: "netcdf3" },
  { what: "a netCDF classic file", bytes: text("CDF\x05"), engine: "netcdf3" },
  { what: "an HDF5 or netCDF-4 file", bytes: [0x89, ...text("HDF\r\n\x1a\n")], engine: "hdf5" },
  { what: "an HDF5 or netCDF-4 file", bytes: [0x89, ...text("HDF\r\n\x1a\n")], at: 512, engine: "hdf5" },
  { what: "a zip file", bytes: text("PK\x03\x04"), engine: "zarr" },
  { what: "a JSON document", bytes: text("{"), engine: "zarr" },
  { what: "an HDF4 file", bytes: [0x0e, 0x03, 0x13, 0x01] },
  { what: "a GRIB file", bytes: text("GRIB") },
  { what: "a BUFR file", bytes: text("BUFR") },
  { what: "a TIFF file", bytes: text("II*\0") },
  { what: "a TIFF file", bytes: text("MM\0*") },
  { what: "a BigTIFF file", bytes: text("II+\0") },
  { what: "a Parquet file", bytes: text("PAR1") },
  { what: "an SQLite database", bytes: text("SQLite format 3") },
  { what: "a gzip file: decompress it first", bytes: [0x1f, 0x8b] },
  { what: "a bzip2 file: decompress it first", bytes: text("BZh") },
  { what: "an xz file: decompress it first", bytes: [0xfd, ...text("7zXZ")] },
  { what: "a Zstandard file: decompress it first", bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  { what: "a PNG image", bytes: [0x89, ...text("PNG")] },
  { what: "a JPEG image", bytes: [0xff, 0xd8, 0xff] },
  { what: "a PDF document", bytes: text("%PDF") },
  { what: "a NumPy array", bytes: [0x93, ...text("NUMPY")] },
  { what: "a Git LFS pointer, not the file itself", bytes: text("version https://git-lfs") },
];

/** How the description of bytes begins that nothing is known of. */
export const UNKNOWN = "of an unknown format";

/** How many bytes are looked at. */
export const HEAD_BYTES = 520;

/** What a file is by its first bytes, and the engine that reads it where there is one. */
export function sniff(head: Uint8Array): { readonly what: string; readonly engine?: string | undefined } {
  if (head.length === 0) return { what: "empty" };
  for (const { what, bytes, at = 0, engine } of SIGNATURES) if (bytes.every((b, i) => head[at + i] === b)) return { what, engine };
  const start = new TextDecoder("latin1").decode(head.subarray(0, 64)).trimStart().toLowerCase();
  if (start.startsWith("<!doctype html") || start.startsWith("<html"))
    return { what: "an HTML page, probably an error or login page of the server" };
  if (start.startsWith("<?xml") || start.startsWith("<error")) return { what: "an XML document, probably an error message of the server" };
  const hex = Array.from(head.subarray(0, 8), (b) => b.toString(16).padStart(2, "0")).join(" ");
  return { what: `${UNKNOWN}: it begins with the bytes ${hex}` };
}
