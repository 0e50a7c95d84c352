/**
 * The text repr of arrays and datasets, as xarray prints it. Never reads lazy data.
 */
import { eachValue } from "../array/items.ts";
import { type AnyArray, inMemory } from "../array/lazy.ts";
import { NDArray } from "../array/ndarray.ts";
import { kindOf, TRAITS } from "../dtypes/index.ts";
import type { Index } from "../indexing/contract.ts";
import { getOptions } from "../options.ts";
import { type ArrayParts, type CoordParts, type DatasetParts, sizesOf } from "../ops/parts.ts";
import type { Attrs, AttrValue } from "../variable/attrs.ts";
import type { Variable } from "../variable/variable.ts";
import { pythonFloat } from "./float.ts";
import { inlineValues } from "./inline.ts";
import { arrayText, dtypeText, quoted } from "./numpy.ts";

/** Lines of data that are shown before the middle is left out. */
const DATA_LINES = 40;

/** The repr of an array. */
export function arrayRepr(parts: ArrayParts): string {
  const { variable, name } = parts;
  const start = `<graticule.DataArray ${name === undefined ? "" : `${quoted(name)} `}`;
  const sizes = new Map(variable.dims.map((dim, i) => [dim as string, variable.shape[i]!]));
  return [
    `${start}(${flow([...sizes].map(([dim, n]) => `${dim}: ${n}`), start.length + 1)})> Size: ${bytesText(nbytesOf(variable))}`,
    dataText(variable),
    ...labelLines(parts, sizes, columnWidth(parts.coords.keys())),
    ...attrsLines(variable.attrs),
  ].join("\n");
}

/** The repr of a dataset. */
export function datasetRepr(parts: DatasetParts): string {
  const sizes = sizesOf(parts);
  const column = columnWidth([...parts.vars.keys(), ...parts.coords.keys()]);
  const bytes = [...parts.vars.values(), ...parts.coords.values()].reduce((n, v) => n + nbytesOf(v), 0);
  const dims = flow([...sizes].map(([dim, n]) => `${dim}: ${n}`), column + 1);
  return [
    `<graticule.Dataset> Size: ${bytesText(bytes)}`,
    `${fit("Dimensions:", column)}(${dims})`,
    ...labelLines(parts, sizes, column),
    ...section("Data variables", [...parts.vars], column, ([name, v]) => variableLine(name, v, column, false)),
    ...attrsLines(parts.attrs),
  ].join("\n");
}

/** Coordinates, those of a dimension together, and the dimensions without any. */
function labelLines(parts: CoordParts, sizes: ReadonlyMap<string, number>, column: number): string[] {
  const dims = [...sizes.keys()];
  const place = ([name, v]: readonly [string, Variable]): number => {
    if (dims.includes(name)) return 2 * dims.indexOf(name);
    const last = v.dims.findLast((dim: string) => dims.includes(dim));
    return 2 * (last === undefined ? dims.length : dims.indexOf(last as string)) + 1;
  };
  const ordered = [...parts.coords].sort((a, b) => place(a) - place(b));
  const coords = ordered.length === 0 ? [] : section("Coordinates", ordered, column, ([name, v]) => variableLine(name, v, column, parts.indexes.has(name), parts.indexes.get(name)));
  const bare = dims.filter((dim) => !parts.coords.has(dim));
  const start = "Dimensions without coordinates: ";
  return bare.length === 0 ? coords : [...coords, start + flow(bare, start.length)];
}

function section<E>(title: string, entries: readonly E[], column: number, line: (entry: E) => string): string[] {
  const { displayMaxRows: most } = getOptions();
  if (entries.length === 0) return [`${title}:`, "    *empty*"];
  if (entries.length <= most) return [`${title}:`, ...entries.map(line)];
  const first = Math.floor(most / 2) + (most % 2);
  const last = Math.floor(most / 2);
  const tail = most > 1 ? [`${fit("    ...", column)} ...`, ...entries.slice(-last).map(line)] : [];
  return [`${title}: (${most}/${entries.length})`, ...entries.slice(0, first).map(line), ...tail];
}

function variableLine(name: string, v: Variable, column: number, isIndex: boolean, index?: Index): string {
  const dims = v.dims.length === 0 ? "" : `(${v.dims.join(", ")}) `;
  const isRows = index?.kind === "multi" && name === index.dims[0];
  const dtype = isRows ? "object" : dtypeOf(v);
  const front = `${fit(`  ${isIndex ? "*" : " "} ${name} `, column)}${dims}${dtype} ${bytesText(isRows ? 8 * v.size : nbytesOf(v))} `;
  return front + (isRows ? "MultiIndex" : inlineText(v.array, getOptions().displayWidth - front.length));
}

function inlineText(array: AnyArray, width: number): string {
  const loaded = inMemory(array);
  if (loaded) return inlineValues(loaded, width);
  const chunks = "port" in array ? array.grid.map((axis) => axis.size ?? axis.bounds![1]!) : [];
  const text = `lazy, chunks (${chunks.join(", ")})`;
  return text.length <= width ? text : "...";
}

/** The dtype as NumPy names it; the length of lazy strings is not known. */
function dtypeOf(v: Variable): string {
  const loaded = inMemory(v.array);
  if ("US".includes(kindOf(v.dtype)) && !loaded) return v.dtype;
  return dtypeText(v, loaded ? eachValue(loaded) : undefined);
}

function nbytesOf(v: Variable): number {
  const loaded = inMemory(v.array);
  if ("US".includes(kindOf(v.dtype)) && loaded) {
    const width = Number(dtypeText(v, eachValue(loaded)).slice(2));
    return v.size * width * (kindOf(v.dtype) === "U" ? 4 : 1);
  }
  return v.size * TRAITS[v.dtype].itemsize;
}

function dataText(v: Variable): string {
  const loaded = inMemory(v.array);
  if (!loaded) {
    const chunks = "port" in v.array ? v.array.grid.map((axis) => axis.size ?? axis.bounds![1]!) : [];
    return `[${v.size} values with dtype=${dtypeOf(v)}, lazy, chunks (${chunks.join(", ")})]`;
  }
  const lines = arrayText(loaded).split("\n");
  return lines.length > DATA_LINES ? [...lines.slice(0, DATA_LINES / 2), "...", ...lines.slice(-DATA_LINES / 2)].join("\n") : lines.join("\n");
}

function attrsLines(attrs: Attrs): string[] {
  const entries = Object.entries(attrs);
  if (entries.length === 0) return [];
  const column = columnWidth(entries.map(([name]) => name));
  return section("Attributes", entries, column, ([name, value]) => {
    const text = attrText(value, true).replaceAll("\t", "\\t").replaceAll("\n", "\\n");
    return cut(`${fit(`    ${name}:`, column)} ${text}`, getOptions().displayWidth);
  });
}

/** An attribute as Python's `str` (outermost) or `repr` (inside lists). */
function attrText(value: AttrValue, outermost = false): string {
  if (typeof value === "string") return outermost ? value : quoted(value);
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : pythonFloat(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  if (value === null) return "None";
  if (typeof value === "bigint") return String(value);
  if (value instanceof NDArray) return arrayText(value).replace(/^array\((.*)\)$/s, "$1");
  if (Array.isArray(value)) return `[${listText(value)}]`;
  return `{${Object.entries(value).map(([key, entry]) => `${quoted(key)}: ${attrText(entry as AttrValue)}`).join(", ")}}`;
}

/** A list is of floats where one of its numbers is: JavaScript cannot tell 40.0 from 40. */
function listText(list: readonly AttrValue[]): string {
  const floats = list.some((x) => typeof x === "number" && !Number.isInteger(x));
  return list.map((x) => (floats && typeof x === "number" ? pythonFloat(x) : attrText(x))).join(", ");
}

/** Words after one another, on further lines indented to `column` where the display is too narrow. */
function flow(words: readonly string[], column: number): string {
  const { displayWidth, displayMaxRows } = getOptions();
  const lines = [""];
  let length = 0;
  words.forEach((word, i) => {
    const text = i < words.length - 1 ? `${word}, ` : word;
    length += text.length;
    if (column + length > displayWidth) {
      lines[lines.length - 1] = lines.at(-1)!.trimEnd();
      lines.push(`\n${" ".repeat(column)}${text}`);
      length = text.length;
    } else lines[lines.length - 1] += text;
  });
  if (lines.length <= displayMaxRows) return lines.join("");
  const half = Math.floor(displayMaxRows / 2);
  return [...lines.slice(0, half + (displayMaxRows % 2)), `\n${" ".repeat(column)}...`, ...(displayMaxRows > 1 ? lines.slice(-half) : [])].join("");
}

const columnWidth = (names: Iterable<string>): number => Math.max(7, ...[...names].map((name) => name.length)) + 6;
const cut = (text: string, width: number): string => (text.length > width ? `${text.slice(0, width - 3)}...` : text);
const fit = (text: string, width: number): string => cut(text, width).padEnd(width);

/** Bytes in a few characters: `16kB`. */
function bytesText(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"];
  let n = bytes;
  let unit = 0;
  while (n >= 1000 && unit < units.length - 1) {
    n /= 1000;
    unit++;
  }
  return `${n % 1 === 0.5 ? 2 * Math.round(n / 2) : Math.round(n)}${units[unit]}`;
}
