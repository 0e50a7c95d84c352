/**
 * Codes: labels of a multi-index as numbers into its levels, and several levels' codes as one key.
 */
import { flatValues, NDArray } from "../array/ndarray.ts";
import { select } from "../array/select.ts";
import { calendarOfDType } from "../calendar/calendars.ts";
import { formatIso } from "../calendar/format.ts";
import { formatTimedelta } from "../calendar/timedelta.ts";
import { allocate, kindOf, TRAITS } from "../dtypes/traits.ts";
import type { DatetimeDType, DType } from "../dtypes/types.ts";
import { isMissing, type Key, type Keys, keysOf, labelsOf, sortedUnique } from "./label-keys.ts";
import { Lookup } from "./label-lookup.ts";

/** Codes of one level: positions in its labels, −1 where the label is missing. */
export type Codes = Float64Array;

/** Different labels in ascending order or in order of appearance, and the code of each label; missing ones have none. */
export function factorize(labels: NDArray, order: "sorted" | "seen"): { readonly labels: NDArray; readonly codes: Codes } {
  const keys = keysOf(labels);
  const present = (list: Keys): Keys =>
    list instanceof Float64Array ? list.filter((key) => key === key) : list.filter((key) => !isMissing(key));
  const distinct = order === "sorted" ? present(sortedUnique(keys)) : inOrderSeen(present(keys));
  return { labels: labelsOf(distinct, labels.dtype), codes: new Lookup(distinct).positions(keys) };
}

function inOrderSeen(keys: Keys): Keys {
  const seen = [...new Set<Key>(keys)];
  return keys instanceof Float64Array ? Float64Array.from(seen as number[]) : seen;
}

/**
 * One key per row from the codes of all levels, ordered as the rows are by their codes; text where
 * levels are so many and large that numbers would not be exact.
 */
export function jointKeys(codes: readonly Codes[], counts: readonly number[]): Keys {
  const n = codes[0]!.length;
  const exact = counts.reduce((product, count) => product * (count + 1), 1) <= Number.MAX_SAFE_INTEGER;
  if (!exact) return Array.from({ length: n }, (_, i) => codes.map((level) => level[i]).join(","));
  const out = new Float64Array(n);
  codes.forEach((level, k) => {
    const base = counts[k]! + 1;
    for (let i = 0; i < n; i++) out[i] = out[i]! * base + level[i]! + 1;
  });
  return out;
}

/** The label of every code: of float64 storage in one plain loop, which is what long levels mostly have. */
export function takeCodes(labels: NDArray, codes: Codes): NDArray {
  if (TRAITS[labels.dtype].storage !== "f64") return select(labels, [codes]) as NDArray;
  const values = flatValues(labels) as Float64Array;
  const out = allocate(labels.dtype, codes.length) as Float64Array;
  for (let i = 0; i < out.length; i++) out[i] = codes[i]! < 0 ? Number.NaN : values[codes[i]!]!;
  return new NDArray(out as never, [out.length], labels.dtype);
}

/** Rows of several levels as texts such as `(30, 0.5)`, made when somebody reads them. */
export function tupleLabels(levels: readonly NDArray[], codes: readonly Codes[]): NDArray<"string"> {
  const n = codes[0]!.length;
  const array = new NDArray<"string">([], [n], "string", [1]);
  let made: (string | null)[] | undefined;
  const make = (): (string | null)[] => {
    const texts = levels.map((level) => Array.from(flatValues(level) as ArrayLike<unknown>, (label) => labelText(label, level.dtype)));
    return Array.from({ length: n }, (_, i) => `(${texts.map((level, k) => level[codes[k]![i]!] ?? "nan").join(", ")})`);
  };
  // A stacked grid has as many rows as values: their texts are rarely asked for.
  Object.defineProperty(array, "data", { enumerable: true, get: () => (made ??= make()) });
  return array;
}

function labelText(label: unknown, dtype: DType): string {
  if (typeof label === "string") return `'${label}'`;
  if (typeof label !== "number") return String(label);
  switch (kindOf(dtype)) {
    case "M":
      return formatIso(label, calendarOfDType(dtype as DatetimeDType), label % 1000 === 0 ? "s" : "us");
    case "m":
      return formatTimedelta(label);
    case "b":
      return label === 0 ? "False" : "True";
    case "f":
      return Number.isInteger(label) ? `${label}.0` : String(label);
    default:
      return String(label);
  }
}
