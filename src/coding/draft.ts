/** A variable on its way through the coders, and its attributes as plain values with types. */
import type { AnyArray } from "../array/lazy.ts";
import { flatValues, NDArray } from "../array/ndarray.ts";
import type { AttrTypes } from "../backends/contract.ts";
import type { DType } from "../dtypes/types.ts";
import { EncodingError } from "../errors.ts";
import { setOwn } from "../util/records.ts";
import { type Attrs, type AttrValue, Variable } from "../variable/index.ts";

/** A variable that coders change step by step. */
export interface Draft {
  readonly name: string;
  dims: readonly string[];
  array: AnyArray;
  attrs: Record<string, AttrValue>;
  encoding: Record<string, unknown>;
  /** Stored types of attributes, where they say more than the values. */
  readonly types: Readonly<Record<string, DType>>;
}

/** Attributes whose words name other variables (CF conventions, sections 5.6, 7 and Appendix D). */
export const RELATED = [
  "bounds",
  "grid_mapping",
  "climatology",
  "geometry",
  "node_coordinates",
  "node_count",
  "part_node_count",
  "interior_ring",
  "cell_measures",
  "formula_terms",
] as const;

/** A draft of `variable`; attributes that are arrays of one value become values with a type. */
export function draftOf(name: string, variable: Variable, types: AttrTypes = {}): Draft {
  const attrs: Record<string, AttrValue> = {};
  const known: Record<string, DType> = { ...types };
  for (const [key, value] of Object.entries(variable.attrs)) {
    if (value instanceof NDArray) {
      const values = Array.from(flatValues(value) as ArrayLike<AttrValue>);
      setOwn(attrs, key, value.shape.length === 0 ? values[0]! : values);
      setOwn(known, key, value.dtype);
    } else setOwn(attrs, key, value);
  }
  return { name, dims: variable.dims as readonly string[], array: variable.array, attrs, encoding: { ...variable.encoding }, types: known };
}

/** The variable that a draft has become. */
export function variableOf({ dims, array, attrs, encoding }: Draft): Variable {
  return new Variable(dims, array, { attrs: attrs as Attrs, encoding });
}

/** Move an attribute into the encoding, as xarray does with what coders use up; gives its value. */
export function toEncoding(draft: Draft, key: string): AttrValue | undefined {
  if (!Object.hasOwn(draft.attrs, key)) return undefined;
  const value = draft.attrs[key]!;
  delete draft.attrs[key];
  draft.encoding[key] = value;
  return value;
}

/** Move a wish of the encoding into the attributes, where the file says it; gives its value. */
export function toAttrs(draft: Draft, key: string): AttrValue | undefined {
  if (!Object.hasOwn(draft.encoding, key)) return undefined;
  const value = draft.encoding[key] as AttrValue;
  delete draft.encoding[key];
  if (value === undefined || value === null) return undefined;
  setAttr(draft, key, value);
  return value;
}

/** Set an attribute that the coder writes; throws EncodingError where the user has one of that name. */
export function setAttr(draft: Draft, key: string, value: AttrValue): void {
  if (Object.hasOwn(draft.attrs, key)) {
    throw new EncodingError(
      `variable ${JSON.stringify(draft.name)} has an attribute ${JSON.stringify(key)} (${String(draft.attrs[key])}), which writing sets itself; remove it, or move it to encoding`,
      { name: draft.name, key },
    );
  }
  draft.attrs[key] = value;
}

/** A number of metadata: lists of one are their only value, text that is a number is that number. */
export function numberOf(draft: Draft, key: string, value: unknown): number {
  const one = Array.isArray(value) && value.length === 1 ? value[0] : value;
  const number = typeof one === "string" && one.trim() !== "" ? Number(one) : one;
  if (typeof number === "bigint") return Number(number);
  if (typeof number === "number" && Number.isFinite(number)) return number;
  throw new EncodingError(`variable ${JSON.stringify(draft.name)} has ${key} ${JSON.stringify(String(value))}, which is no number`, {
    name: draft.name,
    key,
  });
}
