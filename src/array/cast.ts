/** Changing the dtype of an array, as NumPy's `astype`. */
import { CALENDARS } from "../calendar/calendars.ts";
import { formatIso } from "../calendar/format.ts";
import { parseTime } from "../calendar/parse.ts";
import { castValue } from "../dtypes/scalar.ts";
import { kindOf, parseDType, slotsPerElement, traits } from "../dtypes/traits.ts";
import type { DType, Value } from "../dtypes/types.ts";
import { DTypeError } from "../errors.ts";
import { convertLoop, unaryLoop } from "../kernels/elementwise.ts";
import { TEST_F64, UNARY_F64 } from "../kernels/generated/elementwise-f64.ts";
import { eachRun } from "../kernels/runs.ts";
import { warn } from "../options.ts";
import { apply } from "./apply.ts";
import { broadcasting } from "./broadcasting.ts";
import type { AnyArray } from "./lazy.ts";
import { copyFlat, empty, type NDArray } from "./ndarray.ts";
import type { Op } from "./op.ts";
import { finishFor, isNumeric, notExact, operand, target } from "./operand.ts";

/** Elements as another dtype. */
export const castOp: Op<{ readonly dtype: DType }> = {
  name: "cast",
  kind: "map",
  infer: ([a], { dtype }) => {
    checkCast(a!.dtype, dtype);
    return [{ shape: a!.shape, dtype }];
  },
  ...broadcasting,
  run: (call, context) => [castBlock(context.read(0, context.at[0]!), call.params.dtype)],
};

/**
 * `a` with its elements as `dtype`.
 *
 * Fractions are cut off, small integers wrap, and NaN is true, as in NumPy. What NumPy leaves to the
 * processor throws: NaN or infinity as an integer, an integer beyond ±2⁵³ as int64. Numbers become
 * times as milliseconds; strings become times by their ISO form.
 *
 * @throws DTypeError for names that are no dtype, pairs without a meaning (dates of another calendar) and values that do not fit.
 */
export function cast<T extends DType>(a: AnyArray, dtype: T): AnyArray<T> {
  return a.dtype === dtype ? (a as AnyArray<T>) : apply(castOp, [a], { params: { dtype: parseDType(dtype) }, label: `astype ${dtype}` });
}

function checkCast(from: DType, to: DType): void {
  const [a, b] = [kindOf(from), kindOf(to)];
  const fits =
    a === b
      ? a !== "M" || from === to
      : a === "S" || b === "S"
        ? a === "U" || b === "U"
        : a === "c" || b === "c"
          ? !"Mm".includes(a) && !"Mm".includes(b) && a !== "U"
          : !(a === "M" && b === "m") && !(a === "m" && b === "M");
  if (fits) return;
  const hint = a === "M" && b === "M" ? "; use convertCalendar" : "";
  throw new DTypeError(`cannot cast ${from} to ${to}${hint}`, { from, to });
}

/** {@link cast} of a block: the block itself where its dtype is right already. */
export function castBlock<T extends DType>(a: NDArray, dtype: T): NDArray<T> {
  if (a.dtype === dtype) return a as unknown as NDArray<T>;
  const out = empty(a.shape, dtype);
  if (isNumeric(a.dtype) && isNumeric(dtype)) castNumbers(a, out);
  else castValues(a, out);
  return out;
}

function castNumbers(a: NDArray, out: NDArray): void {
  const [from, to] = [kindOf(a.dtype), kindOf(out.dtype)];
  const truncates = (to === "i" || to === "u") && from !== "i" && from !== "u" && from !== "b";
  if (truncates) checkFinite(a, out.dtype);
  if (to === "b") unaryLoop(TEST_F64.nonzero, "f64", operand(a), a.shape, target(out), "u8");
  else if (truncates && traits(out.dtype).storage === "f64")
    unaryLoop(UNARY_F64.trunc, "f64", operand(a), a.shape, target(out), "f64", finishFor(out.dtype));
  else convertLoop(operand(a), a.shape, target(out), finishFor(out.dtype));
}

function checkFinite(a: NDArray, dtype: DType): void {
  const data = a.data as Float64Array;
  eachRun(a.shape, [a.stride], [a.offset], (at, n, steps) => {
    for (let i = 0, p = at[0]!; i < n; i++, p += steps[0]!) if (data[p]! - data[p]! !== 0) throw notExact(data[p]!, dtype);
  });
}

/** Casts that are not between plain numbers, element by element over a C-ordered copy. */
function castValues(a: NDArray, out: NDArray): void {
  const from = kindOf(a.dtype);
  const to = kindOf(out.dtype);
  const source = copyFlat(a);
  const n = a.size;
  const result = out.data as unknown[];
  if (from === "c" && to === "c") (out.data as Float64Array).set(source as Float64Array);
  else if (from === "c") {
    if (to !== "b" && to !== "U") warn("complex-cast", `casting ${a.dtype} to ${out.dtype} discards the imaginary part; use real()`);
    const z = source as Float64Array;
    for (let i = 0; i < n; i++) {
      if (to === "U") result[i] = complexText(z[2 * i]!, z[2 * i + 1]!);
      else result[i] = to === "b" ? (z[2 * i] !== 0 || z[2 * i + 1] !== 0 ? 1 : 0) : castValue(z[2 * i]!, out.dtype);
    }
  } else if (slotsPerElement(out.dtype) === 2) {
    for (let i = 0; i < n; i++) result[2 * i] = Number(source[i]);
  } else if (to === "U") {
    const text = textOf(a.dtype);
    for (let i = 0; i < n; i++) result[i] = text(source[i] as Value);
  } else if (to === "S") {
    const encoder = new TextEncoder();
    for (let i = 0; i < n; i++) result[i] = source[i] === null ? null : encoder.encode(source[i] as string);
  } else if (to === "M") {
    const calendar = CALENDARS[traits(out.dtype).calendar!];
    for (let i = 0; i < n; i++) result[i] = source[i] === null ? Number.NaN : parseTime(source[i] as string, calendar).ms;
  } else
    for (let i = 0; i < n; i++)
      result[i] = from === "U" ? numberFrom(source[i] as string | null, out.dtype) : castBig(source[i] as bigint | number, out.dtype);
}

function castBig(value: bigint | number, dtype: DType): Value {
  if (dtype === "bigint64" || dtype === "biguint64") {
    if (typeof value === "number") return castValue(value, dtype);
    return dtype === "bigint64" ? BigInt.asIntN(64, value) : BigInt.asUintN(64, value);
  }
  if (dtype === "int64" || dtype === "uint64" || typeof value !== "bigint") return castValue(value, dtype);
  const { range, itemsize } = traits(dtype);
  return range ? Number(BigInt.asIntN(8 * itemsize, value)) : castValue(value, dtype);
}

function numberFrom(text: string | null, dtype: DType): Value {
  const { kind } = traits(dtype);
  if (kind === "b") return text ? 1 : 0;
  if (text === null) return castValue(null, dtype);
  const trimmed = text
    .trim()
    .toLowerCase()
    .replace(/^([+-]?)inf(inity)?$/, "$1Infinity");
  const value = trimmed === "nan" ? Number.NaN : trimmed === "" || /[xbo_]/.test(trimmed) ? undefined : Number(trimmed);
  if (value === undefined || (value !== value && trimmed !== "nan"))
    throw new DTypeError(`${JSON.stringify(text)} is no number, as ${dtype} needs`, { text, dtype });
  if ((dtype === "bigint64" || dtype === "biguint64") && /^[+-]?\d+$/.test(trimmed)) return castValue(BigInt(trimmed), dtype);
  return castValue(value, dtype);
}

/** How NumPy writes an element of `dtype` as a string. */
function textOf(dtype: DType): (value: Value) => string | null {
  const { kind, calendar } = traits(dtype);
  if (kind === "b") return (value) => (value ? "True" : "False");
  if (kind === "f") return (value) => floatText(value as number);
  if (kind === "M") return (value) => (value !== value ? "NaT" : formatIso(value as number, CALENDARS[calendar!]));
  if (kind === "S") {
    const decoder = new TextDecoder("utf-8", { fatal: true });
    return (value) => (value === null ? null : decodeText(value as Uint8Array, decoder));
  }
  return (value) => (kind === "m" && value !== value ? "NaT" : String(value));
}

function decodeText(value: Uint8Array, decoder: TextDecoder): string {
  try {
    return decoder.decode(value);
  } catch (cause) {
    throw new DTypeError(`bytes [${value.slice(0, 8).join(", ")}${value.length > 8 ? ", …" : ""}] are not UTF-8 text`, {}, { cause });
  }
}

function floatText(value: number): string {
  if (value !== value) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  const text = Object.is(value, -0) ? "-0" : String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

function complexText(re: number, im: number): string {
  return `(${floatText(re).replace(/\.0$/, "")}${im < 0 || Object.is(im, -0) ? "" : "+"}${floatText(im).replace(/\.0$/, "")}j)`;
}
