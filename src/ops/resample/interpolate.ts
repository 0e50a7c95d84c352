/**
 * A series at the labels of its spans, between its own times: linear, nearest, or the value before.
 *
 * Three selections and two operations, so that lazy series stay lazy. Outside of the series values are missing.
 */
import { binary, cast, NDArray, select } from "../../array/index.ts";
import { kindOf } from "../../dtypes/traits.ts";
import { IndexingError, UnsupportedError } from "../../errors.ts";
import { keysOf } from "../../indexing/label-keys.ts";
import { LabelIndex } from "../../indexing/label-index.ts";
import { unknownName } from "../../util/suggest.ts";
import type { Variable } from "../../variable/variable.ts";
import type { Grouping } from "../groupby/index.ts";
import type { DatasetParts } from "../parts.ts";
import { bareSeries } from "./resample.ts";

/** How values between times are found. */
export type InterpolateKind = "linear" | "slinear" | "nearest" | "zero";
const KINDS: readonly InterpolateKind[] = ["linear", "slinear", "nearest", "zero"];

/** The two times around each new one and how far it lies between them; −1 outside. */
interface Between {
  readonly before: Float64Array;
  readonly after: Float64Array;
  readonly weight: Float64Array;
}

/** What is resampled, at the labels of its spans. Variables that are not numbers are left out of datasets. */
export function interpolateSeries(grouping: Grouping, kind: InterpolateKind): DatasetParts {
  if (!KINDS.includes(kind)) throw new UnsupportedError(unknownName("kind of interpolation", kind, KINDS), { kind });
  const dim = grouping.resampled!;
  const labels = grouping.keys[0]!.labels!;
  const series = bareSeries(grouping);
  const between = around(keysOf(series.coords.get(dim)!.loaded) as Float64Array, keysOf(labels.loaded) as Float64Array, dim, kind === "slinear");
  const vars = [...series.vars].filter(([, v]) => grouping.array !== undefined || !v.dims.includes(dim) || "iufc".includes(kindOf(v.dtype)));
  return {
    ...series,
    vars: new Map(vars.map(([name, v]) => [name, v.dims.includes(dim) ? interpolated(v, dim, between, kind) : v])),
    coords: new Map([...series.coords, [dim, labels]]),
    indexes: new Map([...series.indexes, [dim, LabelIndex.of(dim, labels)]]),
  };
}

/** With `spline` a time that is there lies at the start of its interval (the last one at the end), so that both ends count, as in scipy. */
function around(times: Float64Array, targets: Float64Array, dim: string, spline: boolean): Between {
  for (let i = 1; i < times.length; i++) if (!(times[i]! > times[i - 1]!)) throw new IndexingError(`interpolating needs times of ${JSON.stringify(dim)} that rise: sort them with sortby(${JSON.stringify(dim)})`, { dim });
  const n = targets.length;
  const [before, after, weight] = [new Float64Array(n).fill(-1), new Float64Array(n).fill(-1), new Float64Array(n)];
  let at = 0;
  for (let i = 0; i < n; i++) {
    const t = targets[i]!;
    if (!(t >= times[0]!) || t > times[times.length - 1]!) continue;
    while (at + 1 < times.length && times[at + 1]! <= t) at++;
    before[i] = after[i] = at;
    if (times[at] === t && !(spline && times.length > 1)) continue;
    const low = Math.min(at, times.length - 2);
    before[i] = low;
    after[i] = low + 1;
    weight[i] = (t - times[low]!) / (times[low + 1]! - times[low]!);
  }
  return { before, after, weight };
}

function interpolated(v: Variable, dim: string, { before, after, weight }: Between, kind: InterpolateKind): Variable {
  const axis = v.axis(dim);
  const array = "fc".includes(kindOf(v.dtype)) ? v.array : cast(v.array, "float64");
  const at = (positions: Float64Array): typeof array => select(array, v.dims.map((_, i) => (i === axis ? positions : null)));
  if (kind === "zero") return v.replace({ array: at(before) });
  if (kind === "nearest") return v.replace({ array: at(before.map((low, i) => (weight[i]! > 0.5 ? after[i]! : low))) });
  const low = at(before);
  const shape = v.dims.map((_, i) => (i === axis ? weight.length : 1));
  const rise = binary("mul", binary("sub", at(after), low), new NDArray(weight, shape, "float64"));
  return v.replace({ array: binary("add", low, rise) });
}
