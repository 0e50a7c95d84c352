/** A dataset as a group to be written: conventions encoded, names and types fixed, values still lazy. */
import type { AnyArray } from "../array/lazy.ts";
import type { AttrTypes, GroupSpec, RawDimension, VariableSpec } from "../backends/contract.ts";
import { encodeCoordinates, encodeVariables, type FormatTraits, valuesWanted } from "../coding/index.ts";
import type { ComputeOptions } from "../compute/index.ts";
import { DimensionError, UnsupportedError } from "../errors.ts";
import { loadVariables } from "../ops/loading/index.ts";
import { type DatasetParts, sizesOf } from "../ops/parts.ts";
import { unknownName } from "../util/suggest.ts";
import type { Variable } from "../variable/index.ts";
import { type EncodingOption, withEncodings } from "./encodings.ts";

/** How a dataset is encoded. */
export interface EncodeOptions {
  readonly traits: FormatTraits;
  /** The encodings that the format knows. */
  readonly known: ReadonlySet<string>;
  readonly encoding?: EncodingOption | undefined;
  readonly unlimitedDims?: string | readonly string[] | undefined;
  readonly compute?: ComputeOptions | undefined;
}

/** A group to be written and its values. */
export interface EncodedDataset {
  readonly spec: GroupSpec;
  readonly arrays: ReadonlyMap<string, AnyArray>;
}

/** Encode a dataset. Reads lazy times, to choose their units, and lazy text that becomes characters. */
export async function encodeDataset(parts: DatasetParts, options: EncodeOptions): Promise<EncodedDataset> {
  refuseMultiIndexes(parts);
  const all = withEncodings(new Map([...parts.vars, ...parts.coords]), options.encoding ?? {}, options.known);
  const of = (names: ReadonlyMap<string, Variable>): Map<string, Variable> =>
    new Map([...names.keys()].map((name) => [name, all.get(name)!] as const));
  const dims = sizesOf(parts);
  const said = encodeCoordinates(of(parts.vars), of(parts.coords), new Set(dims.keys()), parts.attrs);
  const loaded = await loadVariables(said.variables, valuesWanted(said.variables, options.traits), options.compute);
  const encoded = encodeVariables(loaded, options.traits);
  const unlimited = unlimitedNames(parts, options.unlimitedDims, dims);
  const variables = new Map<string, VariableSpec>();
  const arrays = new Map<string, AnyArray>();
  const sizes = new Map<string, RawDimension>([...dims].map(([name, size]) => [name, { size, unlimited: unlimited.has(name) }] as const));
  for (const [name, { variable, attrTypes }] of encoded) {
    variables.set(name, { dims: variable.dims, dtype: variable.dtype, attrs: variable.attrs, attrTypes, encoding: variable.encoding });
    arrays.set(name, variable.array);
    variable.dims.forEach((dim: string, i) => {
      const size = variable.shape[i]!;
      const known = sizes.get(dim);
      if (known && known.size !== size)
        throw new DimensionError(
          `variable ${JSON.stringify(name)} needs dimension ${JSON.stringify(dim)} of length ${size} for its characters, and there is one of length ${known.size}; give it another char_dim_name in encoding`,
          { name, dim },
        );
      if (!known) sizes.set(dim, { size, unlimited: false });
    });
  }
  const types = parts.encoding.attr_types as AttrTypes | undefined;
  return { spec: { dims: sizes, attrs: said.attrs, ...(types ? { attrTypes: types } : {}), variables }, arrays };
}

function refuseMultiIndexes({ indexes }: DatasetParts): void {
  for (const [name, index] of indexes) {
    if (index.names.length > 1)
      throw new UnsupportedError(
        `${JSON.stringify(name)} is a level of a multi-index (${index.names.join(", ")}), which files cannot hold; use resetIndex(${JSON.stringify(index.names[0])}) first`,
        { name },
      );
  }
}

function unlimitedNames(parts: DatasetParts, wish: string | readonly string[] | undefined, dims: ReadonlyMap<string, number>): Set<string> {
  if (wish !== undefined) {
    const names = typeof wish === "string" ? [wish] : wish;
    for (const name of names)
      if (!dims.has(name)) throw new DimensionError(`unlimitedDims: ${unknownName("dimension", name, dims.keys())}`, { dim: name });
    return new Set(names);
  }
  const read = parts.encoding.unlimited_dims;
  return new Set((Array.isArray(read) ? (read as readonly string[]) : []).filter((name) => dims.has(name)));
}
