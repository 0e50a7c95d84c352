/** Fixture objects to objects of the library. */
import type { DType } from "../../src/dtypes/types.ts";
import { DataArray, Dataset, NDArray, Variable } from "../../src/index.ts";
import type { FixtureArray, FixtureIndex, FixtureObject, FixtureValue, FixtureVariable } from "./fixture-types.ts";

const ARRAYS: Readonly<Record<string, new (n: number) => Float64Array>> = {
  bool: Uint8Array as never,
  int8: Int8Array as never,
  int16: Int16Array as never,
  int32: Int32Array as never,
  uint8: Uint8Array as never,
  uint16: Uint16Array as never,
  uint32: Uint32Array as never,
  float16: Float32Array as never,
  float32: Float32Array as never,
  complex64: Float32Array as never,
};

/** A number of a fixture as a number. */
export function decodeNumber(v: FixtureValue): number {
  return typeof v === "number" ? v : v === null ? Number.NaN : Number(v);
}

/** The array of a fixture. */
export function decodeArray(a: FixtureArray): NDArray {
  const dtype = a.dtype as DType;
  if (dtype === "string") return new NDArray(a.data.slice() as string[], a.shape, dtype);
  if (dtype === "bytes") {
    const data = a.data.map((s) => (s === null ? null : Uint8Array.from(String(s), (c) => c.charCodeAt(0))));
    return new NDArray(data, a.shape, dtype);
  }
  const out = new (ARRAYS[dtype] ?? Float64Array)(a.data.length);
  for (let i = 0; i < out.length; i++) out[i] = decodeNumber(a.data[i]!);
  return new NDArray(out as never, a.shape, dtype);
}

type Triple = readonly [readonly string[], NDArray, Readonly<Record<string, unknown>>];

const triple = (v: FixtureVariable): Triple => [v.dims, decodeArray(v), v.attrs];

/** Coordinates without those of several levels, which are made from their levels afterwards. */
function plainCoords(coords: Readonly<Record<string, FixtureVariable>>): Record<string, Triple> {
  const plain = Object.entries(coords).filter(([, v]) => v.dtype !== "multiindex");
  return Object.fromEntries(plain.map(([name, v]) => [name, triple(v)]));
}

/** Give `object` the indexes that its coordinates alone do not say. */
function withIndexes<T extends DataArray | Dataset>(
  object: T,
  indexes: readonly FixtureIndex[],
  coords: Readonly<Record<string, FixtureVariable>>,
): T {
  let out: any = object;
  for (const index of indexes) {
    if (typeof index === "object") out = out.setIndex({ [index.name]: index.levels });
    else if (!coords[index]!.dims.includes(index)) out = out.setXindex(index);
  }
  const indexed = new Set(indexes.flatMap((i) => (typeof i === "object" ? [i.name, ...i.levels] : [i])));
  const bare = Object.entries(coords).filter(([name, v]) => v.dims.length === 1 && v.dims[0] === name && !indexed.has(name));
  return bare.length > 0 ? out.dropIndexes(bare.map(([name]) => name)) : out;
}

/** The library's object of a fixture. */
export function decodeObject(o: FixtureObject): any {
  switch (o.type) {
    case "DataArray": {
      const options = { dims: o.dims, coords: plainCoords(o.coords), attrs: o.attrs, name: o.name ?? undefined };
      return withIndexes(new DataArray(decodeArray(o) as never, options as never), o.indexes, o.coords);
    }
    case "Dataset": {
      const vars = Object.fromEntries(Object.entries(o.dataVars).map(([name, v]) => [name, triple(v)]));
      return withIndexes(new Dataset(vars as never, { coords: plainCoords(o.coords), attrs: o.attrs } as never), o.indexes, o.coords);
    }
    case "Variable":
      return new Variable(o.dims, decodeArray(o), { attrs: o.attrs as never });
    case "array":
      return decodeArray(o);
    case "list":
      return o.items.map(decodeObject);
    default:
      return o.value;
  }
}
