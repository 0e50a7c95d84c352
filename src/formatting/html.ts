/**
 * The HTML repr of arrays and datasets: one self-contained element without scripts, folded by `<details>`.
 *
 * All text is escaped; lazy data is described, never read. Colours are those of the page around it.
 */
import { gridCount, largestChunk } from "../array/index.ts";
import { inMemory } from "../array/lazy.ts";
import type { Index } from "../indexing/contract.ts";
import { type ArrayParts, type CoordParts, type DatasetParts, sizesOf } from "../ops/parts.ts";
import { getOptions } from "../options.ts";
import { escapeHtml } from "../util/html.ts";
import { sizeOf } from "../util/shape.ts";
import type { Attrs } from "../variable/attrs.ts";
import type { Variable } from "../variable/variable.ts";
import { attrText, bytesText, dataText, dtypeOf, inlineText, isRowsOf, nbytesOf, orderedCoords, totalText } from "./describe.ts";
import { quoted } from "./numpy.ts";

const STYLE = [
  ".graticule{font:13px/1.5 system-ui,sans-serif;max-width:70em;overflow-x:auto}",
  ".graticule pre{margin:.2em 0 .4em 1.2em;font:12px/1.4 ui-monospace,monospace;overflow-x:auto}",
  ".graticule header{border-bottom:1px solid;padding-bottom:.3em;margin-bottom:.3em}",
  ".graticule header span,.graticule .gr-soft{opacity:.7}",
  ".graticule summary{cursor:pointer}",
  ".graticule .gr-row{margin-left:1.2em}",
  ".graticule .gr-row>summary{display:grid;grid-template-columns:minmax(8em,1fr) minmax(6em,1fr) 9em 5em 3fr;gap:.6em;white-space:nowrap}",
  ".graticule .gr-row>summary>*{overflow:hidden;text-overflow:ellipsis}",
  ".graticule .gr-index{font-weight:600}",
  ".graticule dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1em;margin:.2em 0 .4em 1.2em}",
  ".graticule dt{opacity:.7}",
  ".graticule dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}",
].join("");

/** Characters of a row's preview of values. */
const PREVIEW = 60;
/** Attributes longer than this are cut. */
const LONGEST_ATTR = 2000;

/** The HTML repr of an array. */
export function arrayHtml(parts: ArrayParts): string {
  const { variable, name } = parts;
  const sizes = new Map(variable.dims.map((dim, i) => [dim as string, variable.shape[i]!]));
  return frame(
    `DataArray${name === undefined ? "" : ` ${quoted(name)}`}`,
    sizes,
    [nbytesOf(variable)],
    [values(variable), ...labels(parts, [...sizes.keys()]), attributes(variable.attrs)],
  );
}

/** The HTML repr of a dataset. */
export function datasetHtml(parts: DatasetParts): string {
  const sizes = sizesOf(parts);
  const bytes = [...parts.vars.values(), ...parts.coords.values()].map(nbytesOf);
  return frame("Dataset", sizes, bytes, [
    ...labels(parts, [...sizes.keys()]),
    section("Data variables", parts.vars.size, [...parts.vars].map(([name, v]) => row(name, v)).join("")),
    attributes(parts.attrs),
  ]);
}

function frame(title: string, sizes: ReadonlyMap<string, number>, bytes: readonly number[], sections: readonly string[]): string {
  const dims = [...sizes].map(([dim, n]) => `${dim}: ${n}`).join(", ");
  return `<div class="graticule"><style>${STYLE}</style><header><b>graticule.${escapeHtml(title)}</b> (${escapeHtml(dims)}) <span>${totalText(bytes)}</span></header>${sections.join("")}</div>`;
}

/** A folding section, open where it is short. */
function section(title: string, count: number, body: string): string {
  const open = count > 0 && count <= 2 * getOptions().displayMaxRows ? " open" : "";
  return `<details${open}><summary>${title} <span class="gr-soft">(${count})</span></summary>${body}</details>`;
}

function values(v: Variable): string {
  if (inMemory(v.array)) {
    return `<details><summary><span class="gr-soft">${escapeHtml(dtypeOf(v))}</span> ${escapeHtml(inlineText(v.array, PREVIEW))}</summary><pre>${escapeHtml(dataText(v))}</pre></details>`;
  }
  return `<details open><summary><span class="gr-soft">lazy ${escapeHtml(dtypeOf(v))}</span></summary>${chunks(v)}</details>`;
}

/** How a lazy array is cut: in how many chunks, and how large they are. */
function chunks(v: Variable): string {
  if (!("port" in v.array)) return "";
  const { grid } = v.array;
  const shape = grid.map(largestChunk);
  const size = sizeOf(shape);
  return list([
    ["shape", `(${v.shape.join(", ")})`],
    ["chunks", `${gridCount(grid)} of at most (${shape.join(", ")})`],
    ["bytes", `${bytesText(nbytesOf(v))}, ${bytesText(v.size === 0 ? 0 : (nbytesOf(v) / v.size) * size)} in a chunk`],
  ]);
}

function labels(parts: CoordParts, dims: readonly string[]): string[] {
  const coords = orderedCoords(parts, dims);
  const distinct = [...new Set(parts.indexes.values())];
  return [
    section("Coordinates", coords.length, coords.map(([name, v]) => row(name, v, parts.indexes.get(name))).join("")),
    ...(distinct.length === 0
      ? []
      : [
          `<details><summary>Indexes <span class="gr-soft">(${distinct.length})</span></summary>${list(distinct.map((index) => [index.names.join(", "), `${index.kind}, along ${index.dims.join(", ")}`]))}</details>`,
        ]),
  ];
}

function row(name: string, v: Variable, index?: Index): string {
  const rows = isRowsOf(name, index);
  const cells = [
    `(${v.dims.join(", ")})`,
    rows ? "object" : dtypeOf(v),
    bytesText(rows ? 8 * v.size : nbytesOf(v)),
    rows ? "MultiIndex" : inlineText(v.array, PREVIEW),
  ];
  const body = `${list(attrPairs(v.attrs))}${inMemory(v.array) ? `<pre>${escapeHtml(dataText(v))}</pre>` : chunks(v)}`;
  return `<details class="gr-row"><summary><span${index ? ' class="gr-index"' : ""}>${escapeHtml(name)}</span>${cells.map((cell) => `<span class="gr-soft">${escapeHtml(cell)}</span>`).join("")}</summary>${body}</details>`;
}

function attributes(attrs: Attrs): string {
  const pairs = attrPairs(attrs);
  return section("Attributes", pairs.length, list(pairs));
}

function attrPairs(attrs: Attrs): [string, string][] {
  return Object.entries(attrs).map(([name, value]) => {
    const text = attrText(value, true);
    return [name, text.length > LONGEST_ATTR ? `${text.slice(0, LONGEST_ATTR)}…` : text];
  });
}

function list(pairs: readonly (readonly [string, string])[]): string {
  return pairs.length === 0
    ? ""
    : `<dl>${pairs.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`).join("")}</dl>`;
}
