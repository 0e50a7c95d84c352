/**
 * Elementwise loops over numeric arrays of any storage.
 *
 * The kernels exist for float64 and float32. Operands of other storages are converted, segment by
 * segment, into scratch that stays in cache, and results that belong elsewhere are written from
 * scratch: typed arrays wrap integers as C does.
 */
import type { NumberArray } from "../dtypes/types.ts";
import { FROM_F64, TO_F32, TO_F64 } from "./generated/convert.ts";
import type { BinaryKernel, ConvertKernel, NumericStorage, UnaryKernel } from "./kernel-types.ts";
import { eachRun, SEGMENT } from "./runs.ts";
import { scratchF32, scratchF64 } from "./scratch.ts";

/** A strided operand of numeric storage. */
export interface Operand {
  readonly data: NumberArray;
  readonly storage: NumericStorage;
  readonly stride: readonly number[];
  readonly offset: number;
}
/** A flat C-ordered result of numeric storage. */
export interface Target {
  readonly data: NumberArray;
  readonly storage: NumericStorage;
}
/** The storages that kernels compute in; `u8` for bools, which are never converted. */
export type ComputeStorage = "f64" | "f32" | "u8";
/** A pass over fresh results while they are in cache: rounding, checks. */
export type Finish = (out: NumberArray, at: number, n: number) => void;

type AnyConvert = ConvertKernel<NumberArray, NumberArray>;
type AnyBinary = BinaryKernel<NumberArray>;
type AnyUnary = UnaryKernel<NumberArray>;

/** Elements per segment where scratch is used: three segments of float64 fit the first-level cache's neighbour. */
const SCRATCH_SEGMENT = 4096;

const cStep = (shape: readonly number[]): number[] => {
  const stride = new Array<number>(shape.length);
  for (let i = shape.length - 1, n = 1; i >= 0; n *= shape[i]!, i--) stride[i] = n;
  return stride;
};
const loader = (from: NumericStorage, to: ComputeStorage): AnyConvert => (to === "f64" ? TO_F64 : TO_F32)[from] as AnyConvert;
const scratch = (slot: number, to: ComputeStorage): NumberArray => (to === "f64" ? scratchF64 : scratchF32)(slot, SCRATCH_SEGMENT);

/** How one operand is walked over `shape` as a single run: 1 in C order, 0 where one element repeats, -1 otherwise. */
function flatStep(stride: readonly number[], shape: readonly number[]): -1 | 0 | 1 {
  let ordered = true;
  let repeated = true;
  for (let i = shape.length - 1, n = 1; i >= 0; n *= shape[i]!, i--) {
    if (shape[i] === 1) continue;
    if (stride[i] !== n) ordered = false;
    if (stride[i] !== 0) repeated = false;
  }
  return ordered ? 1 : repeated ? 0 : -1;
}

/** The number of elements, or 0 where it is too large for one call of a kernel. */
function shortLength(shape: readonly number[]): number {
  let n = 1;
  for (let i = 0; i < shape.length; i++) n *= shape[i]!;
  return n <= SEGMENT ? n : 0;
}

/**
 * `out = kernel(a, b)` over `shape`. `result` is the storage that the kernel writes: that of its
 * inputs, or `u8` for comparisons.
 */
export function binaryLoop(
  kernel: BinaryKernel<any, any>,
  compute: ComputeStorage,
  a: Operand,
  b: Operand,
  shape: readonly number[],
  out: Target,
  result: NumericStorage,
  finish?: Finish,
): void {
  const run = kernel as AnyBinary;
  const loadA = a.storage === compute ? undefined : loader(a.storage, compute);
  const loadB = b.storage === compute ? undefined : loader(b.storage, compute);
  const store = out.storage === result ? undefined : (FROM_F64[out.storage] as AnyConvert);
  const direct = loadA === undefined && loadB === undefined && store === undefined;
  const few = direct ? shortLength(shape) : 0;
  if (few > 0) {
    const ps = flatStep(a.stride, shape);
    const qs = flatStep(b.stride, shape);
    if (ps >= 0 && qs >= 0) {
      run(a.data, a.offset, ps, b.data, b.offset, qs, out.data, 0, few);
      finish?.(out.data, 0, few);
      return;
    }
  }
  const sa = loadA && scratch(0, compute);
  const sb = loadB && scratch(1, compute);
  const so = store && scratchF64(2, SCRATCH_SEGMENT);
  let x = a.data,
    y = b.data;
  eachRun(
    shape,
    [a.stride, b.stride, cStep(shape)],
    [a.offset, b.offset, 0],
    (at, n, steps) => {
      let p = at[0]!,
        q = at[1]!;
      let ps = steps[0]!,
        qs = steps[1]!;
      const o = at[2]!;
      if (sa) {
        loadA!(a.data, p, ps, sa, 0, 1, ps === 0 ? 1 : n);
        x = sa;
        p = 0;
        ps = ps === 0 ? 0 : 1;
      }
      if (sb) {
        loadB!(b.data, q, qs, sb, 0, 1, qs === 0 ? 1 : n);
        y = sb;
        q = 0;
        qs = qs === 0 ? 0 : 1;
      }
      if (so) {
        run(x, p, ps, y, q, qs, so, 0, n);
        store!(so, 0, 1, out.data, o, 1, n);
      } else run(x, p, ps, y, q, qs, out.data, o, n);
      finish?.(out.data, o, n);
    },
    direct ? SEGMENT : SCRATCH_SEGMENT,
  );
}

/** `out = kernel(a)` over `shape`; see {@link binaryLoop}. */
export function unaryLoop(
  kernel: UnaryKernel<any, any>,
  compute: ComputeStorage,
  a: Operand,
  shape: readonly number[],
  out: Target,
  result: NumericStorage,
  finish?: Finish,
): void {
  const run = kernel as AnyUnary;
  const load = a.storage === compute ? undefined : loader(a.storage, compute);
  const store = out.storage === result ? undefined : (FROM_F64[out.storage] as AnyConvert);
  const few = load || store ? 0 : shortLength(shape);
  const flat = few > 0 ? flatStep(a.stride, shape) : -1;
  if (flat >= 0) {
    run(a.data, a.offset, flat, out.data, 0, few);
    finish?.(out.data, 0, few);
    return;
  }
  const sa = load && scratch(0, compute);
  const so = store && scratchF64(2, SCRATCH_SEGMENT);
  eachRun(
    shape,
    [a.stride, cStep(shape)],
    [a.offset, 0],
    (at, n, steps) => {
      const o = at[1]!;
      let x = a.data;
      let p = at[0]!;
      let ps = steps[0]!;
      if (sa) {
        load!(a.data, p, ps, sa, 0, 1, ps === 0 ? 1 : n);
        x = sa;
        p = 0;
        ps = ps === 0 ? 0 : 1;
      }
      if (so) {
        run(x, p, ps, so, 0, n);
        store!(so, 0, 1, out.data, o, 1, n);
      } else run(x, p, ps, out.data, o, n);
      finish?.(out.data, o, n);
    },
    load || store ? SCRATCH_SEGMENT : SEGMENT,
  );
}

/** Copy between storages over `shape`; fractions are cut off and integers wrap where the target is one. */
export function convertLoop(a: Operand, shape: readonly number[], out: Target, finish?: Finish): void {
  const direct =
    a.storage === "f64"
      ? FROM_F64[out.storage]
      : out.storage === "f64" || out.storage === "f32"
        ? loader(a.storage, out.storage)
        : undefined;
  const via = direct ? undefined : scratchF64(0, SCRATCH_SEGMENT);
  const load = via && loader(a.storage, "f64");
  const last = (direct ?? FROM_F64[out.storage]) as AnyConvert;
  eachRun(
    shape,
    [a.stride, cStep(shape)],
    [a.offset, 0],
    (at, n, steps) => {
      if (via) {
        load!(a.data, at[0]!, steps[0]!, via, 0, 1, n);
        last(via, 0, 1, out.data, at[1]!, 1, n);
      } else last(a.data, at[0]!, steps[0]!, out.data, at[1]!, 1, n);
      finish?.(out.data, at[1]!, n);
    },
    SCRATCH_SEGMENT,
  );
}
