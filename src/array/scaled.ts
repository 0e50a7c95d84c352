/** Packed numbers: raw values with fill values, scale and offset to floats and back, in one pass. */
import { kindOf, traits } from "../dtypes/traits.ts";
import type { DType, NumberArray } from "../dtypes/types.ts";
import { DTypeError, EncodingError } from "../errors.ts";
import { unaryLoop } from "../kernels/elementwise.ts";
import type { NumericStorage } from "../kernels/kernel-types.ts";
import { rint } from "../kernels/scalar-math.ts";
import { unpackNumbers } from "../kernels/unpack.ts";
import { apply } from "./apply.ts";
import { broadcasting } from "./broadcasting.ts";
import { castBlock } from "./cast.ts";
import type { AnyArray } from "./lazy.ts";
import { copyFlat, flatValues, NDArray } from "./ndarray.ts";
import type { Op } from "./op.ts";
import { finishFor, isNumeric, operand, target } from "./operand.ts";

/** How values are packed. */
export interface ScaledOptions {
  /** Raw values that stand for missing ones (encoding writes the first). NaN needs no mention. */
  readonly fills?: readonly (number | bigint)[] | undefined;
  /** value = raw · scale + offset. */
  readonly scale?: number | undefined;
  readonly offset?: number | undefined;
  /** The dtype of the result. */
  readonly dtype: DType;
}

interface ScaledParams {
  /** Numbers as text, so that 64-bit integers and infinities survive JSON. */
  readonly fills: readonly string[];
  readonly scale: number | null;
  readonly offset: number | null;
  readonly dtype: DType;
}

const paramsOf = ({ fills = [], scale, offset, dtype }: ScaledOptions): ScaledParams => ({
  fills: fills.map(String),
  scale: scale ?? null,
  offset: offset ?? null,
  dtype,
});

/** Raw numbers to floats. */
export const decodeScaledOp: Op<ScaledParams> = {
  name: "cf-decode",
  kind: "map",
  infer: ([a], { dtype }) => {
    if (!"fMm".includes(kindOf(dtype)) && !(kindOf(dtype) === kindOf(a!.dtype)))
      throw new DTypeError(`unpacked values need a float dtype, not ${dtype}`, { dtype });
    return [{ shape: a!.shape, dtype }];
  },
  ...broadcasting,
  run(call, context) {
    const read = context.read(0, context.at[0]!);
    const { params: p } = call;
    const [block, fills] = isNumeric(read.dtype) ? [read, p.fills.map(Number)] : maskBig(read, p.fills.map(BigInt));
    const out = context.alloc(block.shape, p.dtype);
    if (kindOf(p.dtype) === "f" && p.dtype !== "float16") {
      const { storage } = traits(block.dtype);
      unpackNumbers(flatValues(block) as NumberArray, storage as NumericStorage, out.data as Float64Array, {
        fills: fills.filter((fill) => fill === fill),
        scale: p.scale ?? 1,
        offset: p.offset ?? -0,
      });
      return [out];
    }
    unaryLoop(
      decoder(fills, p, traits(p.dtype).storage === "f32"),
      "f64",
      operand(block),
      block.shape,
      target(out),
      "f64",
      finishFor(p.dtype),
    );
    return [out];
  },
};

/** 64-bit integers are compared before they become floats: fill values like -2⁶³ are exact only there. */
function maskBig(a: NDArray, fills: readonly bigint[]): [NDArray, number[]] {
  const values = copyFlat(a) as BigInt64Array;
  const set = new Set(fills);
  const out = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) out[i] = set.has(values[i]!) ? Number.NaN : Number(values[i]!);
  return [new NDArray(out, a.shape, "float64"), []];
}

type Pass = (x: NumberArray, at: number, step: number, out: NumberArray, o: number, n: number) => void;

/** One pass for one block. */
function decoder(fills: readonly number[], { scale, offset }: ScaledParams, single: boolean): Pass {
  const [s, b] = [scale ?? 1, offset ?? 0];
  const numbers = [...new Set(fills.filter((fill) => fill === fill))];
  const [first = Number.NaN, second = first] = numbers;
  const more = numbers.length > 2 ? new Set(numbers.slice(2)) : undefined;
  return (x, at, step, out, o, n) => {
    if (single) unpackSingle(x as Float64Array, at, step, out as Float64Array, o, n, first, second, s, b);
    else unpack(x as Float64Array, at, step, out as Float64Array, o, n, first, second, s, b);
    if (more) for (let i = 0; i < n; i++) if (more.has(x[at + i * step]!)) out[o + i] = Number.NaN;
  };
}

function unpack(
  x: Float64Array,
  at: number,
  step: number,
  out: Float64Array,
  o: number,
  n: number,
  first: number,
  second: number,
  s: number,
  b: number,
): void {
  for (let i = 0; i < n; i++) {
    const raw = x[at + i * step]!;
    out[o + i] = raw === first || raw === second ? Number.NaN : raw * s + b;
  }
}

/** {@link unpack} with each step rounded to single precision. */
function unpackSingle(
  x: Float64Array,
  at: number,
  step: number,
  out: Float64Array,
  o: number,
  n: number,
  first: number,
  second: number,
  s: number,
  b: number,
): void {
  for (let i = 0; i < n; i++) {
    const raw = x[at + i * step]!;
    out[o + i] = raw === first || raw === second ? Number.NaN : Math.fround(raw * s) + b;
  }
}

/**
 * Unpack: `fills` become NaN, the rest raw · scale + offset, rounded after each step to `dtype` as
 * xarray does.
 */
export function decodeScaled(a: AnyArray, options: ScaledOptions): AnyArray {
  return apply(decodeScaledOp, [a], { params: paramsOf(options), label: "unpack" });
}

/** Floats to raw numbers. */
export const encodeScaledOp: Op<ScaledParams> = {
  name: "cf-encode",
  kind: "map",
  infer: ([a], { dtype }) => [{ shape: a!.shape, dtype }],
  ...broadcasting,
  run(call, context) {
    const read = context.read(0, context.at[0]!);
    const { params: p } = call;
    const block = isNumeric(read.dtype) ? read : castBlock(read, "float64");
    const big = !isNumeric(p.dtype);
    const out = context.alloc(block.shape, big ? "float64" : p.dtype);
    unaryLoop(encoder(p, traits(block.dtype).storage === "f32"), "f64", operand(block), block.shape, target(out), "f64");
    return [big ? castBlock(out, p.dtype) : out];
  },
};

function encoder({ fills, scale, offset, dtype }: ScaledParams, single: boolean): Pass {
  const [s, b] = [scale ?? 1, offset ?? 0];
  const { range } = traits(dtype);
  const fill = fills.length > 0 ? Number(fills[0]) : Number.NaN;
  const [lo, hi] = range ? [Number(range[0]), Number(range[1])] : [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  return (x, at, step, out, o, n) => {
    for (let i = 0; i < n; i++) {
      const v = x[at + i * step]!;
      let raw = fill;
      if (v === v) {
        raw = single ? Math.fround(Math.fround(v - b) / s) : (v - b) / s;
        if (range) raw = rint(raw) + 0;
      }
      if (range && !(raw >= lo && raw <= hi)) {
        const why =
          v === v ? `${raw} does not fit ${dtype}, which holds ${lo} to ${hi}` : `${dtype} has no missing value; give a _FillValue`;
        throw new EncodingError(`cannot pack ${v} with scale ${s} and offset ${b}: ${why}`, { value: v, dtype });
      }
      out[o + i] = raw;
    }
  };
}

/**
 * Pack: (value - offset) / scale, to the nearest whole number (ties to even) where `dtype` is an
 * integer; NaN becomes the first of `fills`.
 *
 * @throws EncodingError for a value that does not fit, and for NaN without a fill value.
 */
export function encodeScaled(a: AnyArray, options: ScaledOptions): AnyArray {
  return apply(encodeScaledOp, [a], { params: paramsOf(options), label: "pack" });
}
