/** Plain objects: xarray's `to_dict` and `from_dict`. */
import { asArray } from "../../array/create.ts";
import { nestedValues } from "../../array/items.ts";
import { parseDType } from "../../dtypes/traits.ts";
import type { DType } from "../../dtypes/types.ts";
import { ArgumentError } from "../../errors.ts";
import type { Attrs, Encoding } from "../../variable/attrs.ts";
import { Variable } from "../../variable/variable.ts";
import { buildArray } from "../create/array.ts";
import { buildDataset } from "../create/dataset.ts";
import type { ArrayParts, DatasetParts } from "../parts.ts";

/** A variable as a plain object; `dtype` keeps what nested arrays of numbers cannot say. */
export interface VariableDict {
  readonly dims: readonly string[];
  readonly attrs?: Attrs;
  readonly data?: unknown;
  readonly dtype?: string;
  readonly shape?: readonly number[];
  readonly encoding?: Encoding;
  readonly coords?: { readonly [name: string]: VariableDict };
  readonly name?: string | undefined;
}

/** A dataset as a plain object. */
export interface DatasetDict {
  readonly coords?: { readonly [name: string]: VariableDict };
  readonly attrs?: Attrs;
  readonly dims?: { readonly [dim: string]: number };
  readonly data_vars: { readonly [name: string]: VariableDict };
  readonly encoding?: Encoding;
}

/** What goes into the plain object. */
export interface DictOptions {
  /** Whether values go in (default true, which needs them in memory). */
  readonly data?: boolean | undefined;
  readonly encoding?: boolean | undefined;
}

function variableToDict(v: Variable, options: DictOptions): VariableDict {
  const values = options.data === false ? { shape: v.shape } : { data: nestedValues(v.loaded) };
  return { dims: v.dims, attrs: v.attrs, dtype: v.dtype, ...values, ...(options.encoding ? { encoding: v.encoding } : {}) };
}

const each = (map: ReadonlyMap<string, Variable>, options: DictOptions): { [name: string]: VariableDict } =>
  Object.fromEntries([...map].map(([name, v]) => [name, variableToDict(v, options)]));

/** An array as a plain object. */
export function arrayToDict(parts: ArrayParts, options: DictOptions = {}): VariableDict {
  return { ...variableToDict(parts.variable, options), coords: each(parts.coords, options), name: parts.name };
}

/** A dataset as a plain object. */
export function datasetToDict(parts: DatasetParts, options: DictOptions = {}): DatasetDict {
  const dims = Object.fromEntries(
    [...parts.vars.values(), ...parts.coords.values()].flatMap((v) => v.dims.map((dim: string, i: number) => [dim, v.shape[i]!])),
  );
  return {
    coords: each(parts.coords, options),
    attrs: parts.attrs,
    dims,
    data_vars: each(parts.vars, options),
    ...(options.encoding ? { encoding: parts.encoding } : {}),
  };
}

function variableFromDict(name: string, dict: VariableDict): Variable {
  if (dict.data === undefined || !Array.isArray(dict.dims))
    throw new ArgumentError(`${JSON.stringify(name)} needs "dims" and "data"; it has ${Object.keys(dict).join(", ") || "nothing"}`, {
      name,
    });
  const dtype: DType | undefined = dict.dtype === undefined ? undefined : parseDType(dict.dtype);
  return new Variable(dict.dims, asArray(dict.data, { dtype }), { attrs: dict.attrs ?? {}, encoding: dict.encoding ?? {} });
}

const variables = (dicts: { readonly [name: string]: VariableDict } = {}): { [name: string]: Variable } =>
  Object.fromEntries(Object.entries(dicts).map(([name, dict]) => [name, variableFromDict(name, dict)]));

/** An array from {@link arrayToDict}'s form. */
export function arrayFromDict(dict: VariableDict): ArrayParts {
  return buildArray(variableFromDict(dict.name ?? "data", dict), { coords: variables(dict.coords), name: dict.name });
}

/** A dataset from {@link datasetToDict}'s form. */
export function datasetFromDict(dict: DatasetDict): DatasetParts {
  return buildDataset(variables(dict.data_vars), { coords: variables(dict.coords), attrs: dict.attrs ?? {} });
}
