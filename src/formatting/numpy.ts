/** Whole arrays as NumPy prints them: nested brackets, wrapped rows, a summary of large ones. */
import { eachValue, itemAt } from "../array/items.ts";
import type { NDArray } from "../array/ndarray.ts";
import { calendarOfDType, formatIso, type TimeUnit } from "../calendar/index.ts";
import { type Kind, kindOf } from "../dtypes/index.ts";
import type { Complex, DatetimeDType, DType, Value } from "../dtypes/types.ts";
import { floatFormat } from "./float.ts";

/** NumPy's own settings, under which xarray prints data. */
const PRECISION = 8;
const LINE_WIDTH = 75;
const THRESHOLD = 1000;
const EDGE_ITEMS = 3;

const PREFIX = "array(";
const SEPARATOR = ", ";

/** `array([[1., 2.], …], dtype=float32)`. */
export function arrayText(a: NDArray): string {
  const summarised = a.size > THRESHOLD;
  const body = a.size === 0 ? "[]" : nestedText(a, summarised);
  const extras: string[] = [];
  if (summarised || (a.size === 0 && a.ndim !== 1)) extras.push(`shape=(${a.shape.join(", ")}${a.ndim === 1 ? "," : ""})`);
  if (!UNSAID.has(a.dtype) || a.size === 0) extras.push(`dtype=${quotedDType(a)}`);
  if (extras.length === 0) return `${PREFIX}${body})`;
  const extra = `${extras.join(", ")})`;
  const text = `${PREFIX}${body},`;
  const last = text.length - (text.lastIndexOf("\n") + 1);
  return last + extra.length + 1 > LINE_WIDTH ? `${text}\n${" ".repeat(PREFIX.length)}${extra}` : `${text} ${extra}`;
}

/** Dtypes that NumPy does not name because they are the default of their kind. */
const UNSAID: ReadonlySet<DType> = new Set(["int64", "float64", "complex128", "bool"]);

/** The dtype as NumPy names it: strings with their longest length, times in nanoseconds, as xarray holds them. */
export function dtypeText(a: { readonly dtype: DType }, values?: Iterable<Value>): string {
  const kind = kindOf(a.dtype);
  if (kind === "U") return `<U${longest(values, (v) => (typeof v === "string" ? [...v].length : 0))}`;
  if (kind === "S") return `|S${longest(values, (v) => (v instanceof Uint8Array ? v.length : 0))}`;
  if (a.dtype === "datetime64" || a.dtype === "timedelta64") return `${a.dtype}[ns]`;
  return a.dtype.replace(/^big(u?int)64$/, "$164");
}

function longest(values: Iterable<Value> | undefined, length: (v: Value) => number): number {
  let n = 1;
  for (const v of values ?? []) n = Math.max(n, length(v));
  return n;
}

function quotedDType(a: NDArray): string {
  const text = dtypeText(a, eachValue(a));
  return "US".includes(kindOf(a.dtype)) || text.includes("[") ? `'${text}'` : text;
}

type Format = (v: Value) => string;

function padded(texts: readonly string[], format: Format): Format {
  const width = texts.reduce((n, text) => Math.max(n, text.length), 0);
  return (v) => format(v).padStart(width);
}

const MAKERS: { readonly [K in Kind]: (values: readonly Value[], dtype: DType, ndim: number) => Format } = {
  // NumPy leaves room for False even where there is none, unless the array is a single value.
  b: (_values, _dtype, ndim) => (v) => boolText(v).padStart(ndim === 0 ? 0 : 5),
  i: (values) => padded(values.map(String), String),
  u: (values) => padded(values.map(String), String),
  f: (values, dtype) => floatFormat(values as number[], dtype !== "float64", PRECISION) as Format,
  c: complexFormat,
  M: timeFormat,
  m: (values) => padded(values.map(nanosecondsText), nanosecondsText),
  U: () => quoted,
  S: () => bytesLiteral,
};

const boolText = (v: Value): string => (v ? "True" : "False");
const nanosecondsText = (v: Value): string => (Number.isNaN(v) ? "'NaT'" : String(BigInt(Math.round((v as number) * 1e3)) * 1000n));

/** A string between quotes, as Python's `repr`. */
export function quoted(v: Value): string {
  if (v === null) return "nan";
  const text = String(v).replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\t", "\\t").replaceAll("\r", "\\r");
  return text.includes("'") && !text.includes('"') ? `"${text}"` : `'${text.replaceAll("'", "\\'")}'`;
}

/** Bytes as Python's `repr`. */
export function bytesLiteral(v: Value): string {
  if (!(v instanceof Uint8Array)) return "nan";
  const quote = v.includes(39) && !v.includes(34) ? '"' : "'";
  return `b${quote}${Array.from(v, (byte) => byteText(byte, quote)).join("")}${quote}`;
}

function byteText(byte: number, quote: string): string {
  const char = String.fromCharCode(byte);
  if (char === "\\" || char === quote) return `\\${char}`;
  const named = { 9: "\\t", 10: "\\n", 13: "\\r" }[byte];
  return named ?? (byte >= 32 && byte < 127 ? char : `\\x${byte.toString(16).padStart(2, "0")}`);
}

function complexFormat(values: readonly Value[], dtype: DType): Format {
  const single = dtype === "complex64";
  const re = floatFormat(
    values.map((z) => (z as Complex).re),
    single,
    PRECISION,
  );
  const im = floatFormat(
    values.map((z) => Math.abs((z as Complex).im)),
    single,
    PRECISION,
  );
  return (v) => {
    const z = v as Complex;
    const below = z.im < 0 || Object.is(z.im, -0);
    const text = im(Math.abs(z.im));
    const digits = text.trimEnd();
    return `${re(z.re)}${below ? "-" : "+"}${digits.trimStart()}j${" ".repeat(text.length - digits.length)}`;
  };
}

function timeFormat(values: readonly Value[], dtype: DType): Format {
  const calendar = calendarOfDType(dtype as DatetimeDType);
  // Calendars of their own, which NumPy does not have, are written to the second unless there are fractions of one.
  const unit: TimeUnit = dtype === "datetime64" ? "ns" : values.every((t) => !((t as number) % 1000)) ? "s" : "us";
  const text: Format = (v) => (Number.isNaN(v) ? "'NaT'" : `'${formatIso(v as number, calendar, unit)}'`);
  return padded(values.map(text), text);
}

function nestedText(a: NDArray, summarised: boolean): string {
  const format = MAKERS[kindOf(a.dtype)](shownValues(a, summarised), a.dtype, a.ndim);
  const walk = (index: readonly number[], indent: string, width: number): string => {
    const axis = index.length;
    if (axis === a.ndim) return format(itemAt(a, index));
    const n = a.shape[axis]!;
    const cut = summarised && 2 * EDGE_ITEMS < n;
    const rows = cut ? [...range(0, EDGE_ITEMS), null, ...range(n - EDGE_ITEMS, n)] : range(0, n);
    const entries = rows.map((i) => (i === null ? "..." : walk([...index, i], `${indent} `, width - 1)));
    const text =
      axis === a.ndim - 1
        ? wrapped(entries, indent, width - 1)
        : entries.map((entry) => indent + entry).join(`,${"\n".repeat(a.ndim - axis - 1)}`);
    return `[${text.slice(indent.length)}]`;
  };
  return walk([], ` ${" ".repeat(PREFIX.length)}`, LINE_WIDTH - 1);
}

const range = (from: number, to: number): (number | null)[] => Array.from({ length: to - from }, (_, i) => from + i);

/** Words separated by commas, on lines no longer than `width`. */
function wrapped(words: readonly string[], indent: string, width: number): string {
  let text = "";
  let line = indent;
  words.forEach((word, i) => {
    if (line.length + word.length > width && line.length > indent.length) {
      text += `${line.trimEnd()}\n`;
      line = indent;
    }
    line += word + (i < words.length - 1 ? SEPARATOR : "");
  });
  return text + line;
}

/** The values whose widths decide the format: those that are shown. */
function shownValues(a: NDArray, summarised: boolean): Value[] {
  if (!summarised) return [...eachValue(a)];
  const shown: Value[] = [];
  const visit = (index: readonly number[]): void => {
    if (index.length === a.ndim) {
      shown.push(itemAt(a, index));
      return;
    }
    const n = a.shape[index.length]!;
    for (let i = 0; i < n; i++) if (2 * EDGE_ITEMS >= n || i < EDGE_ITEMS || i >= n - EDGE_ITEMS) visit([...index, i]);
  };
  visit([]);
  return shown;
}
