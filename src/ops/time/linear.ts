/** Linear interpolation along one dimension from rising positions to others; missing outside of them. */
import { binary, cast, NDArray, select } from "../../array/index.ts";
import { kindOf } from "../../dtypes/traits.ts";
import { IndexingError } from "../../errors.ts";
import type { Variable } from "../../variable/variable.ts";
import type { DatasetParts } from "../parts.ts";

/** For each target the positions around it (−1 outside) and how far it lies between them. */
interface Between {
  readonly before: Float64Array;
  readonly after: Float64Array;
  readonly weight: Float64Array;
}

/** Every variable along `dim` at `targets`, given where its values lie; what is neither number nor along `dim` is left out or kept. */
export function linearAlong(parts: DatasetParts, dim: string, places: Float64Array, targets: Float64Array): DatasetParts {
  const between = around(dim, places, targets);
  const at = (all: ReadonlyMap<string, Variable>): Map<string, Variable> => {
    const numbers = [...all].filter(([, v]) => !v.dims.includes(dim) || "iufc".includes(kindOf(v.dtype)));
    return new Map(numbers.map(([name, v]) => [name, v.dims.includes(dim) ? interpolated(v, dim, between) : v]));
  };
  const coords = at(parts.coords);
  return { ...parts, vars: at(parts.vars), coords, indexes: new Map([...parts.indexes].filter(([name, index]) => coords.has(name) && !index.dims.includes(dim))) };
}

function around(dim: string, places: Float64Array, targets: Float64Array): Between {
  for (let i = 1; i < places.length; i++) {
    if (!(places[i]! > places[i - 1]!)) throw new IndexingError(`interpolating needs times of ${JSON.stringify(dim)} that rise: sort them with sortby(${JSON.stringify(dim)})`, { dim });
  }
  const n = targets.length;
  const [before, after, weight] = [new Float64Array(n).fill(-1), new Float64Array(n).fill(-1), new Float64Array(n)];
  for (let i = 0; i < n; i++) {
    const t = targets[i]!;
    let at = 0;
    let stop = places.length;
    while (at < stop) {
      const middle = (at + stop) >> 1;
      if (places[middle]! <= t) at = middle + 1;
      else stop = middle;
    }
    at--;
    if (!(at >= 0) || t > places[places.length - 1]! || Number.isNaN(t)) continue;
    before[i] = after[i] = at;
    if (places[at] === t) continue;
    after[i] = at + 1;
    weight[i] = (t - places[at]!) / (places[at + 1]! - places[at]!);
  }
  return { before, after, weight };
}

function interpolated(v: Variable, dim: string, { before, after, weight }: Between): Variable {
  const axis = v.axis(dim);
  const array = "fc".includes(kindOf(v.dtype)) ? v.array : cast(v.array, "float64");
  const at = (positions: Float64Array): typeof array => select(array, v.dims.map((_, i) => (i === axis ? positions : null)));
  const low = at(before);
  const shape = v.dims.map((_, i) => (i === axis ? weight.length : 1));
  return v.replace({ array: binary("add", low, binary("mul", binary("sub", at(after), low), new NDArray(weight, shape, "float64"))) });
}
