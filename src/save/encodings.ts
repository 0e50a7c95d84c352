/** Which encodings a format knows, and which of those a variable was read with still hold. */
import { RELATED } from "../coding/draft.ts";
import { EncodingError } from "../errors.ts";
import { ownValue } from "../util/records.ts";
import { unknownName } from "../util/suggest.ts";
import type { Encoding, Variable } from "../variable/index.ts";

/** Encodings of variables, by name: each replaces what its variable was read with. */
export type EncodingOption = { readonly [variable: string]: Encoding };

/** What the CF coders use. */
const CF = [
  "_FillValue",
  "missing_value",
  "dtype",
  "scale_factor",
  "add_offset",
  "_Unsigned",
  "units",
  "calendar",
  "coordinates",
  "_Encoding",
  "char_dim_name",
  "attr_types",
  ...RELATED,
];
/** Where values came from: says nothing of how they are to be written. */
const PROVENANCE = new Set(["source", "original_shape", "preferred_chunks", "unlimited_dims", "enum"]);

/** The keys of each format. */
export const KNOWN_ENCODINGS = {
  zarr: new Set([
    ...CF,
    "chunks",
    "shards",
    "compressor",
    "compressors",
    "filters",
    "serializer",
    "fill_value",
    "chunk_key_encoding",
    "write_empty_chunks",
  ]),
  netcdf4: new Set([
    ...CF,
    "chunksizes",
    "contiguous",
    "zlib",
    "complevel",
    "shuffle",
    "fletcher32",
    "compression",
    "compression_opts",
    "endian",
    "szip",
    "zstd",
    "bzip2",
    "blosc",
    "lzf",
  ]),
  netcdf3: new Set(CF),
} as const;

/**
 * The variables with the encodings they are to be written with: what `wishes` says of a variable, else
 * what it was read with where the format knows it and the shape is the same.
 *
 * @throws EncodingError for names of variables and encodings that are not known.
 */
export function withEncodings(
  variables: ReadonlyMap<string, Variable>,
  wishes: EncodingOption,
  known: ReadonlySet<string>,
): Map<string, Variable> {
  for (const name of Object.keys(wishes))
    if (!variables.has(name)) throw new EncodingError(`encoding of ${unknownName("variable", name, variables.keys())}`, { name });
  return new Map(
    [...variables].map(([name, v]) => {
      const wish = ownValue(wishes, name);
      if (wish === undefined) return [name, v.replace({ encoding: inherited(v, known) })];
      for (const key of Object.keys(wish)) {
        if (!known.has(key) && !PROVENANCE.has(key))
          throw new EncodingError(
            `encoding of variable ${JSON.stringify(name)}: ${unknownName(
              "encoding",
              key,
              [...known].filter((k) => k !== "attr_types"),
            )}`,
            { name, key },
          );
      }
      return [name, v.replace({ encoding: only(wish, known) })];
    }),
  );
}

function only(encoding: Encoding, known: ReadonlySet<string>): Encoding {
  return Object.fromEntries(Object.entries(encoding).filter(([key, value]) => known.has(key) && value !== undefined));
}

/** What a variable was read with, without what its new shape belies. */
function inherited(v: Variable, known: ReadonlySet<string>): Encoding {
  const encoding: Record<string, unknown> = { ...only(v.encoding, known) };
  // What a store had for chunks that are not there would mean missing in the other version of Zarr.
  delete encoding.fill_value;
  delete encoding.chunk_key_encoding;
  const original = v.encoding.original_shape as readonly number[] | undefined;
  const chars = v.encoding.char_dim_name === undefined ? 0 : 1;
  const changed = original !== undefined && (original.length !== v.ndim + chars || v.shape.some((n, i) => n !== original[i]));
  for (const key of ["chunksizes", "chunks", "shards"]) {
    const sizes = encoding[key];
    const fits = Array.isArray(sizes) && sizes.length === v.ndim && !(changed && key === "chunksizes");
    if (!fits) delete encoding[key];
  }
  if (encoding.chunks === undefined) delete encoding.shards;
  return encoding;
}
