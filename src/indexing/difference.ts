/** How two indexes differ, in words: what an alignment error tells. */
import { flatValues } from "../array/ndarray.ts";
import { calendarOfDType } from "../calendar/calendars.ts";
import { formatIso } from "../calendar/format.ts";
import { formatTimedelta } from "../calendar/timedelta.ts";
import { kindOf } from "../dtypes/traits.ts";
import type { DatetimeDType, DType } from "../dtypes/types.ts";
import type { Index } from "./contract.ts";
import { describe } from "./label-parse.ts";

/** Where and by how much labels differ, for labels of one size: `first differ at 2: 30 and 30.5 (3 of 10 differ, by at most 0.5)`. */
export function describeDifference(a: Index, b: Index): string {
  if (a.labels.dtype !== b.labels.dtype && kindOf(a.labels.dtype) !== kindOf(b.labels.dtype))
    return `labels are ${a.labels.dtype} and ${b.labels.dtype}`;
  return a.size === b.size ? differenceInPlace(a, b) : differenceOfSets(a, b);
}

function differenceInPlace(a: Index, b: Index): string {
  const x = flatValues(a.labels) as ArrayLike<unknown>;
  const y = flatValues(b.labels) as ArrayLike<unknown>;
  const differing: number[] = [];
  let most = 0;
  for (let i = 0; i < x.length; i++) {
    if (x[i] === y[i] || (x[i] !== x[i] && y[i] !== y[i])) continue;
    differing.push(i);
    if (typeof x[i] === "number") most = Math.max(most, Math.abs((x[i] as number) - (y[i] as number)));
  }
  const at = differing[0];
  if (at === undefined) return "the indexes are of different kinds";
  const far = "biufMm".includes(kindOf(a.labels.dtype)) && Number.isFinite(most) ? `, by at most ${distance(most, a.labels.dtype)}` : "";
  return `labels first differ at ${at}: ${labelText(x[at], a.labels.dtype)} and ${labelText(y[at], b.labels.dtype)} (${differing.length} of ${x.length} differ${far})`;
}

function differenceOfSets(a: Index, b: Index): string {
  const only = (one: Index, other: Index, which: string): string => {
    const known = new Set(flatValues(other.labels) as unknown as Iterable<unknown>);
    const values = Array.from(flatValues(one.labels) as unknown as Iterable<unknown>).filter((label) => !known.has(label));
    return values.length === 0 ? "" : `; ${values.length} only in the ${which}, such as ${labelText(values[0], one.labels.dtype)}`;
  };
  return `there are ${a.size} labels and ${b.size}${only(a, b, "first")}${only(b, a, "second")}`;
}

/** One label as a user would write it. */
function labelText(label: unknown, dtype: DType): string {
  if (typeof label !== "number" || Number.isNaN(label)) return describe(label);
  if (kindOf(dtype) === "M") return formatIso(label, calendarOfDType(dtype as DatetimeDType), label % 1000 === 0 ? "s" : "us");
  return kindOf(dtype) === "m" ? formatTimedelta(label) : String(label);
}

function distance(value: number, dtype: DType): string {
  return "Mm".includes(kindOf(dtype)) ? formatTimedelta(value) : String(value);
}
