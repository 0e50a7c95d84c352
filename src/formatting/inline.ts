/** The values of a variable on part of a line: the first and last of them, as many as fit. */
import { itemAt } from "../array/items.ts";
import type { NDArray } from "../array/ndarray.ts";
import { calendarOfDType, formatTimedelta, formatTimestamp, timedeltaForm } from "../calendar/index.ts";
import { kindOf } from "../dtypes/index.ts";
import type { Complex, DatetimeDType, Value } from "../dtypes/types.ts";
import { fourDigits, pythonFloat } from "./float.ts";
import { bytesLiteral, quoted } from "./numpy.ts";

/** `0.0 0.25 … 2.5 2.75`, at most `width` characters. */
export function inlineValues(a: NDArray, width: number): string {
  const most = Math.min(Math.max(a.size, 1), Math.max(Math.ceil(width / 2), 2));
  const front = texts(a, 0, Math.min(a.size, Math.ceil(most / 2)));
  const backCount = Math.min(a.size, Math.floor(most / 2));
  const back = texts(a, a.size - backCount, a.size);
  const { count, padding } = howMany(a.size, most, front, back, width);
  const ahead = Math.ceil(count / 2);
  const behind = count - ahead;
  const text = front.slice(0, ahead).join(" ") + padding + (behind > 0 ? back.slice(-behind).join(" ") : "");
  return text.length > width ? `${text.slice(0, Math.max(width - 3, 0))}...` : text;
}

/** How many values fit when they are taken from the front and the back in turn. */
function howMany(
  size: number,
  most: number,
  front: readonly string[],
  back: readonly string[],
  width: number,
): { count: number; padding: string } {
  const turns: string[] = [];
  for (let i = 0; i < Math.max(front.length, back.length) && turns.length < most; i++) {
    if (i < front.length) turns.push(front[i]!);
    if (i < back.length) turns.push(back[back.length - 1 - i]!);
  }
  const ends: number[] = [];
  turns.slice(0, most).forEach((text, i) => ends.push((ends[i - 1] ?? -1) + text.length + 1));
  if (size > 2 && (most < size || ends.some((end) => end > width))) {
    const padding = " ... ";
    const first = ends.findIndex((end) => end + padding.length - 1 > width);
    return { count: Math.min(size, Math.max(first, 2)), padding };
  }
  return { count: size, padding: size <= 1 ? "" : " " };
}

function texts(a: NDArray, from: number, to: number): string[] {
  const values = Array.from({ length: Math.max(0, to - from) }, (_, i) => valueAtFlat(a, from + i));
  const format = formatOf(a, values);
  return values.map(format);
}

function valueAtFlat(a: NDArray, flat: number): Value {
  const index = new Array<number>(a.ndim);
  let rest = flat;
  for (let i = a.ndim - 1; i >= 0; i--) {
    index[i] = rest % a.shape[i]!;
    rest = Math.floor(rest / a.shape[i]!);
  }
  return itemAt(a, index);
}

function formatOf(a: NDArray, values: readonly Value[]): (v: Value) => string {
  switch (kindOf(a.dtype)) {
    case "f":
      return (v) => fourDigits(v as number);
    case "c":
      return (v) => complexText(v as Complex);
    case "b":
      return (v) => (v ? "True" : "False");
    case "U":
      return quoted;
    case "S":
      return bytesLiteral;
    case "M": {
      const calendar = calendarOfDType(a.dtype as DatetimeDType);
      return (v) => formatTimestamp(v as number, calendar);
    }
    case "m": {
      const form = timedeltaForm(Float64Array.from(values as number[]));
      return (v) => formatTimedelta(v as number, form);
    }
    default:
      return String;
  }
}

function complexText({ re, im }: Complex): string {
  const part = (x: number): string => pythonFloat(x).replace(/\.0$/, "");
  return `(${part(re)}${im < 0 || Object.is(im, -0) ? "" : "+"}${part(im)}j)`;
}
