/** Objects of the library to fixture objects, by what they show in public. */
import { DataArray, Dataset, NDArray, Variable } from "../../src/index.ts";
import type { FixtureArray, FixtureIndex, FixtureObject, FixtureValue, FixtureVariable } from "./fixture-types.ts";

function encodeValue(v: unknown): FixtureValue {
  if (typeof v === "number") return Number.isFinite(v) ? v : String(v);
  if (typeof v === "bigint") return Number(v);
  if (typeof v === "boolean") return Number(v);
  if (v instanceof Uint8Array) return String.fromCharCode(...v);
  return v === undefined || v === null ? null : String(v);
}

function encodeArray(a: { readonly dtype: string; readonly shape: readonly number[]; readonly values: unknown }): FixtureArray {
  return { dtype: a.dtype as never, shape: [...a.shape], data: Array.from(a.values as ArrayLike<unknown>, encodeValue) };
}

/** A value of JSON: typed arrays become lists, maps become records, numbers that JSON lacks become strings. */
export function plain(v: unknown): unknown {
  if (v === undefined || v === null) return null;
  if (typeof v === "number" || typeof v === "bigint") return encodeValue(v);
  if (typeof v !== "object") return v;
  if (v instanceof Date) return v.getTime();
  if ("start" in v && "stop" in v && "step" in v) return [v.start, v.stop, v.step].map(plain);
  if (v instanceof Map) return Object.fromEntries([...v].map(([key, x]) => [String(key), plain(x)]));
  if (Array.isArray(v) || ArrayBuffer.isView(v)) return Array.from(v as unknown as ArrayLike<unknown>, plain);
  return Object.fromEntries(Object.entries(v).map(([key, x]) => [key, plain(x)]));
}

function encodeVariable(
  v: { readonly dims: readonly string[]; readonly attrs: object } & Parameters<typeof encodeArray>[0],
  levels: boolean,
): FixtureVariable {
  const array = levels ? { dtype: "multiindex" as const, shape: [...v.shape], data: [] } : encodeArray(v);
  return { ...array, dims: [...v.dims], attrs: plain(v.attrs) as Record<string, unknown> };
}

/** Names that share one index are its dimension and its levels. */
function encodeIndexes(indexes: ReadonlyMap<string, unknown>): FixtureIndex[] {
  const names = new Map<unknown, string[]>();
  for (const [name, index] of indexes) names.set(index, [...(names.get(index) ?? []), name]);
  return [...names.values()].map(([name, ...levels]) => (levels.length > 0 ? { name: name!, levels } : name!));
}

function encodeCoords(object: any, indexes: readonly FixtureIndex[]): Record<string, FixtureVariable> {
  const stacked = new Set(indexes.flatMap((i) => (typeof i === "object" ? [i.name] : [])));
  return Object.fromEntries([...object.coords].map(([name, c]: [string, any]) => [name, encodeVariable(c, stacked.has(name))]));
}

/** Any result as a fixture object. Lazy data must be loaded before. */
export function encodeObject(x: unknown): FixtureObject {
  if (x instanceof DataArray) {
    const indexes = encodeIndexes(x.indexes);
    const levels = indexes.some((i) => typeof i === "object" && i.name === x.name);
    return { type: "DataArray", name: x.name ?? null, ...encodeVariable(x as never, levels), coords: encodeCoords(x, indexes), indexes };
  }
  if (x instanceof Dataset) {
    const indexes = encodeIndexes(x.indexes);
    const dataVars = Object.fromEntries(Object.entries(x.dataVars).map(([name, v]) => [name, encodeVariable(v as never, false)]));
    return {
      type: "Dataset",
      sizes: { ...x.sizes } as Record<string, number>,
      dataVars,
      coords: encodeCoords(x, indexes),
      indexes,
      attrs: plain(x.attrs) as Record<string, unknown>,
    };
  }
  if (x instanceof Variable) return { type: "Variable", ...encodeVariable(x as never, false) };
  if (x instanceof NDArray)
    return encodeObject(
      new Variable(
        x.shape.map((_, i) => `dim_${i}`),
        x,
      ),
    );
  if (Array.isArray(x) && x.some((item) => item instanceof DataArray || item instanceof Dataset))
    return { type: "list", items: x.map(encodeObject) };
  return { type: "json", value: plain(x) };
}
