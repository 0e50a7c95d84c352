/** Strings, bytes and BigInts as ranks: distinct values in order, and which one each element is. */
import type { DType } from "../dtypes/types.ts";
import { compareText, type Text } from "../kernels/text.ts";
import { copyFlat, empty, NDArray } from "./ndarray.ts";

type Element = Text | bigint;

/** Elements as ranks among their distinct values; NaN where one is missing. */
export interface Ordinals {
  readonly codes: NDArray<"float64">;
  readonly distinct: readonly Element[];
}

const order = (a: Element, b: Element): number =>
  typeof a === "bigint" ? (a < (b as bigint) ? -1 : a > (b as bigint) ? 1 : 0) : compareText(a, b as Text);
/** Bytes are the same value when they are the same bytes. */
const keyOf = (value: Element): string | bigint => (value instanceof Uint8Array ? value.join(",") : value);

/** The ranks of an array that holds no plain numbers. */
export function ordinals(a: NDArray): Ordinals {
  const values = copyFlat(a) as unknown as readonly (Element | null)[];
  const known = new Map<string | bigint, Element>();
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value !== null) known.set(keyOf(value), value);
  }
  const distinct = [...known.values()].sort(order);
  const place = new Map(distinct.map((value, i) => [keyOf(value), i]));
  const codes = Float64Array.from({ length: values.length }, (_, i) => (values[i] === null ? Number.NaN : place.get(keyOf(values[i]!))!));
  return { codes: new NDArray(codes, a.shape, "float64"), distinct };
}

/** The values of which `codes` holds the ranks, missing where it is NaN. */
export function valuesAt(known: Ordinals, codes: NDArray, dtype: DType): NDArray {
  const out = empty(codes.shape, dtype);
  const flat = codes.data as Float64Array;
  for (let i = 0; i < flat.length; i++) (out.data as unknown[])[i] = flat[i] === flat[i] ? known.distinct[flat[i]!] : null;
  return out;
}
