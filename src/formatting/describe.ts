/** What reprs say of a variable, as text and HTML have it in common. Never reads lazy data. */
import { eachValue } from "../array/items.ts";
import { type AnyArray, inMemory } from "../array/lazy.ts";
import { NDArray } from "../array/ndarray.ts";
import { kindOf, TRAITS } from "../dtypes/index.ts";
import type { Index } from "../indexing/contract.ts";
import type { CoordParts } from "../ops/parts.ts";
import type { AttrValue } from "../variable/attrs.ts";
import type { Variable } from "../variable/variable.ts";
import { pythonFloat } from "./float.ts";
import { inlineValues } from "./inline.ts";
import { arrayText, dtypeText, quoted } from "./numpy.ts";

/** Lines of data that are shown before the middle is left out. */
const DATA_LINES = 40;

/** Coordinates as they are listed: those of a dimension together, its own before the others. */
export function orderedCoords(parts: CoordParts, dims: readonly string[]): (readonly [string, Variable])[] {
  const place = ([name, v]: readonly [string, Variable]): number => {
    if (dims.includes(name)) return 2 * dims.indexOf(name);
    const last = v.dims.findLast((dim: string) => dims.includes(dim));
    return 2 * (last === undefined ? dims.length : dims.indexOf(last as string)) + 1;
  };
  return [...parts.coords].sort((a, b) => place(a) - place(b));
}

/** Whether a coordinate stands for the rows of a multi-index. */
export function isRowsOf(name: string, index: Index | undefined): boolean {
  return index?.kind === "multi" && name === index.dims[0];
}

/** The first and last values on part of a line, or how lazy ones are cut. */
export function inlineText(array: AnyArray, width: number): string {
  const loaded = inMemory(array);
  if (loaded) return inlineValues(loaded, width);
  const chunks = "port" in array ? array.grid.map((axis) => axis.size ?? axis.bounds![1]!) : [];
  const text = `lazy, chunks (${chunks.join(", ")})`;
  return text.length <= width ? text : "...";
}

/** The dtype as NumPy names it; the length of lazy strings is not known. */
export function dtypeOf(v: Variable): string {
  const loaded = inMemory(v.array);
  if ("US".includes(kindOf(v.dtype)) && !loaded) return v.dtype;
  return dtypeText(v, loaded ? eachValue(loaded) : undefined);
}

/** Bytes as NumPy counts them: strings by the longest; NaN where that is not known of lazy ones. */
export function nbytesOf(v: Variable): number {
  const loaded = inMemory(v.array);
  if ("US".includes(kindOf(v.dtype))) {
    if (!loaded) return Number.NaN;
    const width = Number(dtypeText(v, eachValue(loaded)).slice(2));
    return v.size * width * (kindOf(v.dtype) === "U" ? 4 : 1);
  }
  return v.size * TRAITS[v.dtype].itemsize;
}

/** The whole array as NumPy prints it, or a line on a lazy one. */
export function dataText(v: Variable): string {
  const loaded = inMemory(v.array);
  if (!loaded) {
    const chunks = "port" in v.array ? v.array.grid.map((axis) => axis.size ?? axis.bounds![1]!) : [];
    return `[${v.size} values with dtype=${dtypeOf(v)}, lazy, chunks (${chunks.join(", ")})]`;
  }
  const lines = arrayText(loaded).split("\n");
  return lines.length > DATA_LINES
    ? [...lines.slice(0, DATA_LINES / 2), "...", ...lines.slice(-DATA_LINES / 2)].join("\n")
    : lines.join("\n");
}

/** An attribute as Python's `str` (outermost) or `repr` (inside lists). */
export function attrText(value: AttrValue, outermost = false): string {
  if (typeof value === "string") return outermost ? value : quoted(value);
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : pythonFloat(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  if (value === null) return "None";
  if (typeof value === "bigint") return String(value);
  if (value instanceof NDArray) return arrayText(value).replace(/^array\((.*)\)$/s, "$1");
  if (Array.isArray(value)) return `[${listText(value)}]`;
  return `{${Object.entries(value)
    .map(([key, entry]) => `${quoted(key)}: ${attrText(entry as AttrValue)}`)
    .join(", ")}}`;
}

/** A list is of floats where one of its numbers is: JavaScript cannot tell 40.0 from 40. */
function listText(list: readonly AttrValue[]): string {
  const floats = list.some((x) => typeof x === "number" && !Number.isInteger(x));
  return list.map((x) => (floats && typeof x === "number" ? pythonFloat(x) : attrText(x))).join(", ");
}

/** The bytes of all variables: a sum, and whether some are not known. */
export function totalText(bytes: readonly number[]): string {
  const known = bytes.filter((n) => !Number.isNaN(n));
  return bytesText(known.reduce((a, b) => a + b, 0)) + (known.length < bytes.length ? " + ?" : "");
}

/** Bytes in a few characters: `16kB`. */
export function bytesText(bytes: number): string {
  if (Number.isNaN(bytes)) return "?";
  const units = ["B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"];
  let n = bytes;
  let unit = 0;
  while (n >= 1000 && unit < units.length - 1) {
    n /= 1000;
    unit++;
  }
  return `${n % 1 === 0.5 ? 2 * Math.round(n / 2) : Math.round(n)}${units[unit]}`;
}
