/**
 * Interpolation of one variable.
 *
 * A target whose dimension nobody else has is done along its own axis; targets that share dimensions
 * with one another or with the variable are points, found by selecting all corners around them.
 */
import { binary, blend, cast, type Interpolation, interpolate, NDArray, select } from "../../array/index.ts";
import type { AnyArray } from "../../array/lazy.ts";
import { kindOf } from "../../dtypes/traits.ts";
import { ArgumentError, CoordinateError } from "../../errors.ts";
import type { PositionIndexer } from "../../indexing/index.ts";
import { binaryVariable, iselVariable, Variable } from "../../variable/index.ts";
import { neighbours, takenPositions } from "./positions.ts";
import type { Target } from "./targets.ts";

/** How {@link interpVariable} works. */
export interface InterpMethod {
  readonly method: Interpolation["method"];
  readonly order?: number | undefined;
  /** What stands beyond the ends (default: missing), before and after, or that the method goes on there. */
  readonly fillValue?: number | readonly [number, number] | "extrapolate" | undefined;
}

/**
 * `v` at the places of `targets` whose dimensions it has: as float64, but times stay times and `nearest`
 * keeps floats.
 *
 * NaN spreads as in xarray: to the places between it and its neighbours, and in arrays of several
 * dimensions to a neighbour's own place too, on one side of it.
 */
export function interpVariable(v: Variable, targets: readonly Target[], how: InterpMethod): Variable {
  const own = targets.filter((target) => v.dims.includes(target.dim));
  if (own.length === 0) return v;
  const keeps = "Mm".includes(kindOf(v.dtype)) || (how.method === "nearest" && kindOf(v.dtype) === "f");
  const numbers = keeps || how.method === "linear" || how.method === "slinear" ? v : v.replace({ array: cast(v.array, "float64") });
  const joint = own.filter((target) => !isSeparate(target, v, own));
  const each = own.filter((target) => !joint.includes(target)).reduce((result, target) => alongAxis(result, target, how), numbers);
  return joint.length === 0 ? each : atPoints(each, joint, how);
}

/** Whether the places of a target run along one dimension that neither another target nor the variable has. */
function isSeparate({ dim, places }: Target, v: Variable, all: readonly Target[]): boolean {
  if (places.ndim !== 1) return places.ndim === 0;
  const to = places.dims[0] as string;
  return (to === dim || !v.dims.includes(to)) && all.every((other) => other.dim === dim || !other.places.dims.includes(to));
}

function alongAxis(v: Variable, target: Target, how: InterpMethod): Variable {
  const axis = v.axis(target.dim);
  const array = valuesAlong(v.array, axis, target, how);
  if (target.places.ndim === 1) return v.replace({ array, dims: v.dims.map((dim, i) => (i === axis ? target.places.dims[0] : dim)) });
  return v.replace({
    array: select(
      array,
      v.dims.map((_, i) => (i === axis ? 0 : null)),
    ),
    dims: v.dims.filter((_, i) => i !== axis),
  });
}

/** The values at all places of a target, along its axis. */
function valuesAlong(a: AnyArray, axis: number, target: Target, { method, order, fillValue }: InterpMethod): AnyArray {
  const pair = typeof fillValue === "object";
  const extrapolate = fillValue === "extrapolate";
  if ((method === "linear" || method === "slinear") && !pair) {
    // SciPy takes a point as the end of the piece before it, its splines as the start of the next, NumPy (for a single line) as itself.
    const single = a.shape.length === 1 && a.dtype !== "float32" && method === "linear" && !extrapolate;
    const { lo, hi, weight } = neighbours(target, extrapolate, single || method === "slinear" ? "start" : "end");
    const n = lo.length;
    const [positions, weights] = [new Float64Array(2 * n), new Float64Array(2 * n)];
    for (let j = 0; j < n; j++) {
      positions[2 * j] = lo[j]!;
      positions[2 * j + 1] = hi[j]!;
      weights[2 * j] = 1 - weight[j]!;
      weights[2 * j + 1] = weight[j]!;
    }
    return blend(a, axis, { width: 2, positions, weights, fill: extrapolate ? undefined : fillValue, skipZero: single, double: true });
  }
  if ((method === "nearest" || method === "zero") && !pair) {
    return select(
      a,
      a.shape.map((_, i) => (i === axis ? takenPositions(target, method, extrapolate) : null)),
      extrapolate ? undefined : fillValue,
    );
  }
  checkDistinct(target);
  const rising = target.order
    ? select(
        a,
        a.shape.map((_, i) => (i === axis ? target.order! : null)),
      )
    : a;
  return interpolate(rising, axis, target.x, target.q, {
    method,
    order,
    outside: typeof fillValue === "number" ? [fillValue, fillValue] : fillValue,
  });
}

function checkDistinct({ dim, x }: Target): void {
  for (let i = 1; i < x.length; i++) {
    if (x[i] === x[i - 1])
      throw new CoordinateError(
        `coordinate ${JSON.stringify(dim)} has ${x[i]} twice, and this method needs distinct points: drop repeated labels with dropDuplicates`,
        { dim, value: x[i] },
      );
  }
}

const pointsOf = (target: Target, positions: Float64Array): Variable =>
  new Variable(target.places.dims, new NDArray(positions, target.places.shape, "float64"));

function atPoints(v: Variable, joint: readonly Target[], how: InterpMethod): Variable {
  const { method, fillValue } = how;
  const extrapolate = fillValue === "extrapolate";
  const fill = typeof fillValue === "number" ? fillValue : undefined;
  const pick = (positions: readonly Float64Array[]): Variable =>
    iselVariable(
      v,
      new Map(
        joint.map((target, k): [string, PositionIndexer] => [target.dim, { kind: "points", positions: pointsOf(target, positions[k]!) }]),
      ),
      fill,
    );
  if (typeof fillValue === "object" && joint.length > 1)
    throw new ArgumentError("fillValue with a value for each end needs one dimension at a time", { fillValue });
  if ((method === "nearest" || method === "zero") && typeof fillValue !== "object")
    return pick(joint.map((target) => takenPositions(target, method, extrapolate)));
  if ((method === "linear" || method === "slinear") && typeof fillValue !== "object")
    return corners(
      v,
      joint,
      joint.map((target) => neighbours(target, extrapolate, joint.length === 1 ? "end" : "start")),
      pick,
    );
  // Other methods need whole lines: all places of each target along its own axis, and then their points.
  const lines = joint.reduce(
    (result, target) => result.replace({ array: valuesAlong(result.array, result.axis(target.dim), target, how) }),
    v,
  );
  return iselVariable(
    lines,
    new Map(
      joint.map((target): [string, PositionIndexer] => [
        target.dim,
        { kind: "points", positions: pointsOf(target, Float64Array.from(target.q.keys())) },
      ]),
    ),
  );
}

/** The weighted sum over all corners around each point: one selection for each. */
function corners(
  v: Variable,
  joint: readonly Target[],
  around: readonly ReturnType<typeof neighbours>[],
  pick: (positions: readonly Float64Array[]) => Variable,
): Variable {
  if ("Mm".includes(kindOf(v.dtype))) {
    const asNumbers = (x: Variable): Variable => x.replace({ array: cast(x.array, "float64") });
    const numbers = corners(asNumbers(v), joint, around, (positions) => asNumbers(pick(positions)));
    return numbers.replace({ array: cast(numbers.array, v.dtype) });
  }
  let sum: Variable | undefined;
  for (let corner = 0; corner < 2 ** joint.length; corner++) {
    const late = joint.map((_, k) => ((corner >> k) & 1) === 1);
    let term = pick(around.map(({ lo, hi }, k) => (late[k] ? hi : lo)));
    joint.forEach((target, k) => {
      const { weight } = around[k]!;
      const own = weight.map((w) => (late[k] ? w : 1 - w));
      term = binaryVariable("mul", term, pointsOf(target, own));
    });
    sum = sum === undefined ? term : sum.replace({ array: binary("add", sum.array, term.array) });
  }
  return sum!.replace({ attrs: v.attrs, encoding: v.encoding });
}
