/** The readable difference between a result and what it should be. */

import { decodeNumber } from "./decode.ts";
import { encodeObject, plain } from "./encode.ts";
import type { FixtureArray, FixtureIndex, FixtureObject, FixtureVariable } from "./fixture-types.ts";

/** How two objects are compared. */
export interface CompareOptions {
  /** Relative tolerance of floats (default 1e-12 for float64, 1e-6 for float32, 1e-3 for float16). */
  readonly tolerance?: number | undefined;
}

/** Times agree to the microsecond. */
const TIME_TOLERANCE = 0.001;
/** Rounding is relative to at least this much, so that a zero may come out as 1e-17. */
const LEAST_SCALE = 1e-3;
/** Differing values that one message shows. */
const SHOWN = 5;

function relativeTolerance(dtype: string, asked: number | undefined): number {
  const own = dtype === "float16" ? 1e-3 : dtype === "float32" || dtype === "complex64" ? 1e-6 : 1e-12;
  return Math.max(own, asked ?? 0);
}

/** Whether two numbers agree; `scale` is the largest magnitude of the array, which rounding is relative to. */
function closeEnough(a: number, b: number, relative: number, scale: number): boolean {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) && Number.isNaN(b);
  return a === b || Math.abs(a - b) <= relative * scale;
}

function largest(data: FixtureArray["data"]): number {
  let top = LEAST_SCALE;
  for (const v of data) {
    const n = Math.abs(decodeNumber(v));
    if (n > top && n < Number.POSITIVE_INFINITY) top = n;
  }
  return top;
}

const intervalEnds = (s: unknown): string => String(s).replace(/-?[\d.]+(?:e[+-]?\d+)?/g, (n) => String(Number(n)));

function valueDifferences(at: string, actual: FixtureArray, expected: FixtureArray, options: CompareOptions): string[] {
  if (expected.dtype === "multiindex") return [];
  const { dtype } = expected;
  const isFloat = dtype.startsWith("float") || dtype.startsWith("complex");
  const isTime = dtype.startsWith("datetime64") || dtype === "timedelta64";
  const relative = isFloat ? relativeTolerance(dtype, options.tolerance) : isTime ? (options.tolerance ?? 0) : 0;
  const scale = isFloat || isTime ? largest(expected.data) : 0;
  const same = (a: unknown, b: unknown): boolean => {
    if (dtype === "interval") return intervalEnds(a) === intervalEnds(b);
    if (dtype === "string" || dtype === "bytes") return a === b;
    const [x, y] = [decodeNumber(a as never), decodeNumber(b as never)];
    return closeEnough(x, y, relative, scale) || (isTime && Math.abs(x - y) <= TIME_TOLERANCE);
  };
  const wrong: number[] = [];
  for (let i = 0; i < expected.data.length; i++) if (!same(actual.data[i], expected.data[i])) wrong.push(i);
  if (wrong.length === 0) return [];
  const shown = wrong.slice(0, SHOWN).map((i) => `[${i}] ${JSON.stringify(actual.data[i])} ≠ ${JSON.stringify(expected.data[i])}`);
  return [`${at}: ${wrong.length} of ${expected.data.length} values differ: ${shown.join(", ")}${wrong.length > SHOWN ? ", …" : ""}`];
}

/** Shape, dtype and values. */
function arrayDifferences(at: string, actual: FixtureArray, expected: FixtureArray, options: CompareOptions): string[] {
  const out: string[] = [];
  // One position of a stacked dimension is a tuple in Python; the levels beside it carry its values.
  if (expected.dtype === "multiindex" && expected.shape.length === 0) return out;
  const dtype = expected.dtype === "interval" ? "string" : expected.dtype;
  if (actual.dtype !== dtype) out.push(`${at}: dtype ${actual.dtype}, should be ${dtype}`);
  if (String(actual.shape) !== String(expected.shape)) return [...out, `${at}: shape (${actual.shape}), should be (${expected.shape})`];
  return [...out, ...valueDifferences(at, actual, expected, options)];
}

function variableDifferences(at: string, actual: FixtureVariable, expected: FixtureVariable, options: CompareOptions): string[] {
  const out: string[] = [];
  if (String(actual.dims) !== String(expected.dims)) out.push(`${at}: dims (${actual.dims}), should be (${expected.dims})`);
  out.push(...arrayDifferences(at, actual, expected, options));
  out.push(...jsonDifferences(`${at}.attrs`, actual.attrs, expected.attrs));
  return out;
}

type Variables = Readonly<Record<string, FixtureVariable>>;

function variablesDifferences(at: string, actual: Variables, expected: Variables, options: CompareOptions): string[] {
  const out: string[] = [];
  for (const name of Object.keys(actual)) if (!Object.hasOwn(expected, name)) out.push(`${at}.${name} should not be there`);
  for (const [name, v] of Object.entries(expected)) {
    const mine = Object.hasOwn(actual, name) ? actual[name] : undefined;
    if (mine) out.push(...variableDifferences(`${at}.${name}`, mine, v, options));
    else out.push(`${at}.${name} is missing`);
  }
  return out;
}

const indexNames = (indexes: readonly FixtureIndex[]): string =>
  indexes
    .map((i) => (typeof i === "object" ? `(${[i.name, ...i.levels].sort().join(" ")})` : i))
    .sort()
    .join(", ");

function indexDifferences(actual: readonly FixtureIndex[], expected: readonly FixtureIndex[]): string[] {
  const [a, e] = [indexNames(actual), indexNames(expected)];
  return a === e ? [] : [`indexes: ${a || "none"}, should be ${e || "none"}`];
}

/** Keys in any order, numbers to twelve digits. */
function sameJson(a: unknown, b: unknown): boolean {
  if (typeof a === "number" && typeof b === "number") return closeEnough(a, b, 1e-12, Math.max(Math.abs(a), Math.abs(b)));
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameJson((a as any)[key], (b as any)[key]));
}

function jsonDifferences(at: string, actual: unknown, expected: unknown): string[] {
  return sameJson(actual, expected) ? [] : [`${at}: ${JSON.stringify(actual)}, should be ${JSON.stringify(expected)}`];
}

/** The text under the other library's name: reprs begin with the library that made them. */
const ownName = (text: string): string => text.replace(/^<xarray\./, "<graticule.");

function textDifferences(actual: string, expected: string): string[] {
  if (actual === ownName(expected)) return [];
  return [`text differs; it is\n${actual}\nand should be\n${expected}`];
}

/** What differs between two fixture objects, a line each; empty where they are the same. */
export function differences(actual: FixtureObject, expected: FixtureObject, options: CompareOptions = {}): string[] {
  if (expected.type === "text") return textDifferences(actual.type === "json" ? String(actual.value) : actual.type, expected.value);
  if (expected.type === "array") {
    return "dtype" in actual ? arrayDifferences("values", actual, expected, options) : [`a ${actual.type}, should be an array`];
  }
  if (actual.type !== expected.type)
    return [`a ${actual.type}${actual.type === "json" ? ` (${JSON.stringify(actual.value)})` : ""}, should be a ${expected.type}`];
  switch (expected.type) {
    case "DataArray": {
      const mine = actual as typeof expected;
      return [
        ...(mine.name === expected.name ? [] : [`name ${JSON.stringify(mine.name)}, should be ${JSON.stringify(expected.name)}`]),
        ...variableDifferences("values", mine, expected, options),
        ...variablesDifferences("coords", mine.coords, expected.coords, options),
        ...indexDifferences(mine.indexes, expected.indexes),
      ];
    }
    case "Dataset": {
      const mine = actual as typeof expected;
      return [
        ...jsonDifferences("sizes", mine.sizes, expected.sizes),
        ...variablesDifferences("dataVars", mine.dataVars, expected.dataVars, options),
        ...variablesDifferences("coords", mine.coords, expected.coords, options),
        ...indexDifferences(mine.indexes, expected.indexes),
        ...jsonDifferences("attrs", mine.attrs, expected.attrs),
      ];
    }
    case "Variable":
      return variableDifferences("values", actual as typeof expected, expected, options);
    case "list": {
      const mine = actual as typeof expected;
      if (mine.items.length !== expected.items.length) return [`${mine.items.length} results, should be ${expected.items.length}`];
      return expected.items.flatMap((item, i) => differences(mine.items[i]!, item, options).map((line) => `[${i}] ${line}`));
    }
    case "json":
      return jsonDifferences("result", (actual as typeof expected).value, plain(expected.value));
  }
}

/**
 * Throws an error that lists what differs, if anything does.
 *
 * @example
 * ```ts
 * assertSame(await lazy.compute(), eager);
 * ```
 */
export function assertSame(actual: unknown, expected: unknown, options: CompareOptions = {}): void {
  const lines = differences(encodeObject(actual), encodeObject(expected), options);
  if (lines.length > 0) throw new Error(`not the same:\n${lines.join("\n")}`);
}
