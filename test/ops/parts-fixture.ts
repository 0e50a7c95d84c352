/** Conformance cases run on parts, so that operations are tested without the classes. */
import { readFileSync } from "node:fs";
import { flatValues, NDArray } from "../../src/array/ndarray.ts";
import { allocate } from "../../src/dtypes/traits.ts";
import type { DType } from "../../src/dtypes/types.ts";
import { defaultIndexes, type Index, LabelIndex, MultiIndex, Slice } from "../../src/indexing/index.ts";
import type { ArrayParts, DatasetParts } from "../../src/ops/parts.ts";
import { Variable } from "../../src/variable/variable.ts";

type Json = any;

/** One recorded call with what xarray answers. */
export interface Case {
  readonly name: string;
  readonly call: Json;
  readonly expected: Json;
}

/** The cases of one theme and their inputs as parts. */
export function readTheme(theme: string): { readonly cases: readonly Case[]; readonly inputs: Record<string, Json> } {
  const file = JSON.parse(readFileSync(new URL(`../fixtures/conformance/${theme}.json`, import.meta.url), "utf8"));
  return { cases: file.cases, inputs: Object.fromEntries(Object.entries(file.inputs).map(([name, o]) => [name, objectOf(o)])) };
}

function arrayOf(a: Json): NDArray {
  const out = allocate(a.dtype as DType, a.data.length);
  a.data.forEach((v: Json, i: number) => ((out as unknown[])[i] = a.dtype === "string" ? v : Number(v ?? Number.NaN)));
  return new NDArray(out as never, a.shape, a.dtype);
}

function objectOf(o: Json): Json {
  if (o.type !== "DataArray" && o.type !== "Dataset") return o;
  const variable = (v: Json): Variable => new Variable(v.dims, arrayOf(v), { attrs: v.attrs });
  const coords = new Map<string, Variable>();
  for (const [name, v] of Object.entries<Json>(o.coords)) if (v.dtype !== "multiindex") coords.set(name, variable(v));
  const all = defaultIndexes(coords);
  const indexes = new Map<string, Index>();
  for (const index of o.indexes) {
    if (typeof index === "string") indexes.set(index, all.get(index) ?? LabelIndex.of(index, coords.get(index)!));
    else {
      const multi = MultiIndex.of(index.name, new Map(index.levels.map((name: string) => [name, coords.get(name)!])));
      for (const [name, v] of multi.variables()) {
        coords.set(name, v);
        indexes.set(name, multi);
      }
    }
  }
  if (o.type === "DataArray") return { variable: variable(o), coords, indexes, name: o.name ?? undefined } satisfies ArrayParts;
  return {
    vars: new Map(Object.entries<Json>(o.dataVars).map(([name, v]) => [name, variable(v)])),
    coords,
    indexes,
    attrs: o.attrs,
    encoding: {},
  } satisfies DatasetParts;
}

/** The arguments of a call as values. */
export function argument(tree: Json, inputs: Record<string, Json>): Json {
  if (Array.isArray(tree)) return tree.map((v) => argument(v, inputs));
  if (typeof tree !== "object" || tree === null) return tree;
  if ("$ref" in tree) return inputs[tree.$ref];
  if ("$array" in tree) return arrayOf(tree.$array);
  if ("$timedelta" in tree) return tree.$timedelta;
  if ("$date" in tree) return new Date(`${tree.$date}Z`);
  if ("$slice" in tree) {
    const [start, stop, step] = argument(tree.$slice, inputs);
    return new Slice(start, stop, step);
  }
  return Object.fromEntries(Object.entries(tree).map(([key, v]) => [key, argument(v, inputs)]));
}

/** A variable as comparable data. */
function plainVariable(v: Variable): Json {
  const values = Array.from(flatValues(v.loaded) as ArrayLike<unknown>, (x) =>
    typeof x === "number" && !Number.isFinite(x) ? String(x) : Object.is(x, -0) ? 0 : x,
  );
  return { dims: [...v.dims], dtype: v.dtype, shape: [...v.shape], data: values, attrs: v.attrs };
}

const plainMap = (map: ReadonlyMap<string, Variable>): Json => Object.fromEntries([...map].map(([name, v]) => [name, plainVariable(v)]));

function plainIndexes(indexes: ReadonlyMap<string, Index>): Json {
  return [...new Set(indexes.values())]
    .map((index) => (index instanceof MultiIndex ? `${index.dim}(${index.levelNames.join()})` : index.names[0]!))
    .sort();
}

/** Parts in the shape that {@link expectation} gives. */
export function plain(parts: ArrayParts | DatasetParts): Json {
  if (Array.isArray(parts)) return parts.map(plain);
  const shared = { coords: plainMap(parts.coords), indexes: plainIndexes(parts.indexes) };
  for (const v of Object.values<Json>(shared.coords))
    if (typeof v.data[0] === "string" && v.data[0].startsWith("(")) [v.dtype, v.data] = ["multiindex", []];
  return "vars" in parts
    ? { vars: plainMap(parts.vars), ...shared, attrs: parts.attrs }
    : { name: parts.name ?? null, variable: plainVariable(parts.variable), ...shared };
}

/** What xarray answered, in the shape that {@link plain} gives. */
export function expectation(o: Json): Json {
  if (o.type === "list") return o.items.map(expectation);
  const variable = ({ dims, dtype, shape, data, attrs }: Json): Json => ({
    dims,
    dtype,
    shape,
    data: data.map((x: Json) => (dtype === "bool" ? Number(x) : x === null && dtype !== "string" ? "NaN" : x)),
    attrs,
  });
  const variables = (all: Json): Json => Object.fromEntries(Object.entries(all).map(([name, v]) => [name, variable(v)]));
  const shared = {
    coords: variables(o.coords),
    indexes: o.indexes.map((i: Json) => (typeof i === "string" ? i : `${i.name}(${i.levels.join()})`)).sort(),
  };
  return o.type === "Dataset"
    ? { vars: variables(o.dataVars), ...shared, attrs: o.attrs }
    : { name: o.name, variable: variable(o), ...shared };
}
