/**
 * The text repr of arrays and datasets, as xarray prints it. Never reads lazy data.
 */
import type { Index } from "../indexing/contract.ts";
import { type ArrayParts, type CoordParts, type DatasetParts, sizesOf } from "../ops/parts.ts";
import { getOptions } from "../options.ts";
import type { Attrs } from "../variable/attrs.ts";
import type { Variable } from "../variable/variable.ts";
import { attrText, bytesText, dataText, dtypeOf, inlineText, isRowsOf, nbytesOf, orderedCoords, totalText } from "./describe.ts";
import { quoted } from "./numpy.ts";

/** The repr of an array. */
export function arrayRepr(parts: ArrayParts): string {
  const { variable, name } = parts;
  const start = `<graticule.DataArray ${name === undefined ? "" : `${quoted(name)} `}`;
  const sizes = new Map(variable.dims.map((dim, i) => [dim as string, variable.shape[i]!]));
  return [
    `${start}(${flow(
      [...sizes].map(([dim, n]) => `${dim}: ${n}`),
      start.length + 1,
    )})> Size: ${bytesText(nbytesOf(variable))}`,
    dataText(variable),
    ...labelLines(parts, sizes, columnWidth(parts.coords.keys())),
    ...attrsLines(variable.attrs),
  ].join("\n");
}

/** The repr of a dataset. */
export function datasetRepr(parts: DatasetParts): string {
  const sizes = sizesOf(parts);
  const column = columnWidth([...parts.vars.keys(), ...parts.coords.keys()]);
  const bytes = [...parts.vars, ...parts.coords].map(([name, v]) => (isRowsOf(name, parts.indexes.get(name)) ? 8 * v.size : nbytesOf(v)));
  const dims = flow(
    [...sizes].map(([dim, n]) => `${dim}: ${n}`),
    column + 1,
  );
  return [
    `<graticule.Dataset> Size: ${totalText(bytes)}`,
    `${padTo("Dimensions:", column)}(${dims})`,
    ...labelLines(parts, sizes, column),
    ...section("Data variables", [...parts.vars], column, ([name, v]) => variableLine(name, v, column, false)),
    ...attrsLines(parts.attrs),
  ].join("\n");
}

/** What `ncdump -h` shows of a dataset: dimensions, variables and attributes, no values. */
export function datasetInfo(parts: DatasetParts): string {
  const attrs = (owner: string, all: Attrs): string[] =>
    Object.entries(all).map(([name, value]) => `\t${owner}:${name} = ${attrText(value, true)} ;`);
  return [
    "graticule.Dataset {",
    "dimensions:",
    ...[...sizesOf(parts)].map(([dim, n]) => `\t${dim} = ${n} ;`),
    "",
    "variables:",
    ...[...parts.vars, ...parts.coords].flatMap(([name, v]) => [
      `\t${dtypeOf(v)} ${name}(${v.dims.join(", ")}) ;`,
      ...attrs(`\t${name}`, v.attrs),
    ]),
    "",
    "// global attributes:",
    ...attrs("", parts.attrs),
    "}",
  ].join("\n");
}

/** Coordinates, those of a dimension together, and the dimensions without any. */
function labelLines(parts: CoordParts, sizes: ReadonlyMap<string, number>, column: number): string[] {
  const dims = [...sizes.keys()];
  const ordered = orderedCoords(parts, dims);
  const coords =
    ordered.length === 0
      ? []
      : section("Coordinates", ordered, column, ([name, v]) =>
          variableLine(name, v, column, parts.indexes.has(name), parts.indexes.get(name)),
        );
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
  const tail = most > 1 ? [`${padTo("    ...", column)} ...`, ...entries.slice(-last).map(line)] : [];
  return [`${title}: (${most}/${entries.length})`, ...entries.slice(0, first).map(line), ...tail];
}

function variableLine(name: string, v: Variable, column: number, isIndex: boolean, index?: Index): string {
  const dims = v.dims.length === 0 ? "" : `(${v.dims.join(", ")}) `;
  const isRows = isRowsOf(name, index);
  const dtype = isRows ? "object" : dtypeOf(v);
  const front = `${padTo(`  ${isIndex ? "*" : " "} ${name} `, column)}${dims}${dtype} ${bytesText(isRows ? 8 * v.size : nbytesOf(v))} `;
  return front + (isRows ? "MultiIndex" : inlineText(v.array, getOptions().displayWidth - front.length));
}

function attrsLines(attrs: Attrs): string[] {
  const entries = Object.entries(attrs);
  if (entries.length === 0) return [];
  const column = columnWidth(entries.map(([name]) => name));
  return section("Attributes", entries, column, ([name, value]) => {
    const text = attrText(value, true).replaceAll("\t", "\\t").replaceAll("\n", "\\n");
    return cut(`${padTo(`    ${name}:`, column)} ${text}`, getOptions().displayWidth);
  });
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
  return [
    ...lines.slice(0, half + (displayMaxRows % 2)),
    `\n${" ".repeat(column)}...`,
    ...(displayMaxRows > 1 ? lines.slice(-half) : []),
  ].join("");
}

const columnWidth = (names: Iterable<string>): number => Math.max(7, ...[...names].map((name) => name.length)) + 6;
const cut = (text: string, width: number): string => (text.length > width ? `${text.slice(0, width - 3)}...` : text);
const padTo = (text: string, width: number): string => cut(text, width).padEnd(width);
