/** Functions of an array of strings and arguments that may be arrays: aligned by label, broadcast by name. */
import { cast, joinText, NDArray, recodeText, type TextArgument, type TextErrors, textArray } from "../../array/index.ts";
import { ArgumentError, DimensionError } from "../../errors.ts";
import { LabelIndex } from "../../indexing/index.ts";
import { compilePattern, groupCount } from "../../kernels/python-regex.ts";
import { splitText } from "../../kernels/python-text.ts";
import { allMatches } from "../../kernels/text-functions.ts";
import { onDims, transposeVariable, unifiedSizes } from "../../variable/broadcast.ts";
import { loadedArray, Variable } from "../../variable/variable.ts";
import { align } from "../align/index.ts";
import { mergeCoords } from "../merge-coords.ts";
import { type ArrayParts, hasParts, isDatasetParts, PARTS, viaDataset } from "../parts.ts";
import { isel } from "../selecting/index.ts";

/** A new last dimension of the result. */
export interface NewDim {
  readonly dim: string;
  readonly size: number;
}

/**
 * `fn` of every string, under the array's name and with its attributes.
 *
 * Arguments are plain data or DataArrays; those meet by name and must have equal labels.
 *
 * @throws AlignmentError where labels differ; DimensionError where a new dimension is there already.
 */
export function textFunction(array: ArrayParts, fn: string, args: readonly unknown[] = [], added: readonly NewDim[] = []): ArrayParts {
  for (const { dim } of added) checkNew(array, dim);
  const given = args.flatMap((arg) => (hasParts(arg) ? [arrayParts(arg[PARTS])] : []));
  const aligned: readonly ArrayParts[] = given.length === 0 ? [array] : align([array, ...given], { join: "exact" });
  const sizes = unifiedSizes(aligned.map(({ variable }) => variable));
  const dims = [...sizes.keys()];
  let next = 1;
  const taken = args.map(
    (arg): TextArgument => (hasParts(arg) ? { array: onDims(aligned[next++]!.variable, dims).array } : { value: arg ?? null }),
  );
  const result = textArray(
    onDims(array.variable, dims).array,
    fn,
    taken,
    added.map(({ size }) => size),
  );
  const variable = new Variable([...dims, ...added.map(({ dim }) => dim)], result, { attrs: array.variable.attrs });
  return { ...array, ...mergeCoords(aligned), variable };
}

function arrayParts(parts: unknown): ArrayParts {
  if (isDatasetParts(parts as ArrayParts))
    throw new ArgumentError("an argument of a function of strings is a value or a DataArray, not a Dataset", {});
  return parts as ArrayParts;
}

/** An argument as text: numbers and arrays of numbers are written out. */
export function asText(arg: unknown): unknown {
  if (!hasParts(arg)) return arg === null || arg === undefined ? null : String(arg);
  const parts = arrayParts(arg[PARTS]);
  if (parts.variable.dtype === "string") return arg;
  return { [PARTS]: { ...parts, variable: parts.variable.replace({ array: cast(parts.variable.array, "string") }) } };
}

function checkNew(array: ArrayParts, dim: string): void {
  if (typeof dim !== "string" || dim === "") {
    throw new ArgumentError(`name the dimension along which the pieces are to lie, such as "piece": arrays hold no lists`, { dim });
  }
  if (array.variable.dims.includes(dim))
    throw new DimensionError(`dimension ${JSON.stringify(dim)} is there already (${array.variable.dims.join(", ")})`, { dim });
}

/** The strings in memory, for functions whose shape depends on them. */
function loadedStrings(array: ArrayParts, what: string): readonly (string | null)[] {
  return new Variable(array.variable.dims, loadedArray(array.variable.array, `the array that str.${what} counts in`)).values as unknown as (
    | string
    | null
  )[];
}

const most = (counts: readonly number[]): number => counts.reduce((a, b) => Math.max(a, b), 0);

/** Pieces between separators along a new dimension, as many as the longest has. */
export function split(array: ArrayParts, dim: string, sep: unknown, limit: number, right: boolean): ArrayParts {
  checkNew(array, dim);
  if (hasParts(sep)) throw new ArgumentError("str.split takes one separator for all strings", {});
  const by = asText(sep) as string | null;
  const counts = loadedStrings(array, "split").map((x) => splitText(x ?? "", by, limit, right).length);
  const size = counts.length === 0 ? 0 : Math.max(1, most(counts));
  return textFunction(array, "split", [by, limit, right, size], [{ dim, size }]);
}

/** A pattern as the table takes it: text in Python's syntax, or a RegExp's source. */
export function patternOf(pattern: unknown): unknown {
  if (pattern instanceof RegExp) return { source: pattern.source, flags: pattern.flags, python: false };
  return asText(pattern);
}

function compiled(pattern: unknown, flags: string, extra: string): RegExp {
  if (hasParts(pattern)) throw new ArgumentError("this method takes one pattern for all strings", {});
  const spec = patternOf(pattern);
  return typeof spec === "string"
    ? compilePattern({ source: spec, flags }, extra, true)
    : compilePattern(spec as { source: string; flags: string }, extra, false);
}

/** The groups of the first match: along a new dimension, or the only group without one where `dim` is null. */
export function extract(array: ArrayParts, pattern: unknown, dim: string | null, flags: string): ArrayParts {
  const size = groupsOf(compiled(pattern, flags, ""));
  if (dim !== null) return textFunction(array, "extract", [patternOf(pattern), flags, size], [{ dim, size }]);
  if (size > 1) throw new ArgumentError(`the pattern has ${size} groups: name the dimension along which they are to lie`, { groups: size });
  return textFunction(array, "extractFirst", [patternOf(pattern), flags]);
}

function groupsOf(pattern: RegExp): number {
  const n = groupCount(pattern);
  if (n === 0)
    throw new ArgumentError(`the pattern ${String(pattern)} has no groups to extract: put what is wanted in parentheses`, {
      pattern: String(pattern),
    });
  return n;
}

/** The groups of all matches, along two new dimensions. As in xarray the first of them counts the matches. */
export function extractall(array: ArrayParts, pattern: unknown, groupDim: string, matchDim: string, flags: string): ArrayParts {
  if (groupDim === matchDim)
    throw new DimensionError(`groups and matches need dimensions of their own; both are ${JSON.stringify(groupDim)}`, { dim: groupDim });
  checkNew(array, groupDim);
  checkNew(array, matchDim);
  const regex = compiled(pattern, flags, "g");
  const groups = groupsOf(regex);
  const matches = most(loadedStrings(array, "extractall").map((x) => allMatches(x ?? "", regex).length));
  return textFunction(
    array,
    "extractall",
    [patternOf(pattern), flags, matches, groups],
    [
      { dim: groupDim, size: matches },
      { dim: matchDim, size: groups },
    ],
  );
}

/** All matches of each string, as lists in the order of the values: whole matches, or the groups where there are several. */
export function findall(array: ArrayParts, pattern: unknown, flags: string): (readonly (string | readonly string[])[])[] {
  const regex = compiled(pattern, flags, "g");
  return loadedStrings(array, "findall").map((x) => allMatches(x ?? "", regex).map((m) => (m.length === 1 ? m[0]! : m)));
}

/** Which of the values between separators each string has: flags along a new dimension whose labels are the values. */
export function dummies(array: ArrayParts, dim: string, sep: string): ArrayParts {
  checkNew(array, dim);
  const found = new Set(loadedStrings(array, "getDummies").flatMap((x) => splitText(x ?? "", sep, -1, false)));
  found.delete("");
  const values = [...found].sort((a, b) => (a < b ? -1 : 1));
  const labels = new Variable([dim], new NDArray(values, [values.length], "string"));
  const flags = textFunction(array, "dummies", [sep, values], [{ dim, size: values.length }]);
  return {
    ...flags,
    coords: new Map([...flags.coords, [dim, labels]]),
    indexes: new Map([...flags.indexes, [dim, LabelIndex.of(dim, labels)]]),
  };
}

/** Strings as bytes, or bytes as strings. */
export function recode(array: ArrayParts, to: "bytes" | "string", encoding: string, errors: TextErrors | undefined): ArrayParts {
  return { ...array, variable: array.variable.replace({ array: recodeText(array.variable.array, to, encoding, { errors }) }) };
}

/** Strings joined along `dim`, which may be left out of 1-D arrays. */
export function join(array: ArrayParts, dim: string | undefined, sep: unknown): ArrayParts {
  const { variable } = array;
  if (variable.ndim > 1 && dim === undefined)
    throw new DimensionError(`name the dimension to join along: one of (${variable.dims.join(", ")})`, { dims: variable.dims });
  if (variable.ndim === 0) return array;
  const axis = dim === undefined ? 0 : variable.axis(dim);
  const along = variable.dims[axis] as string;
  const rest = variable.dims.filter((_, i) => i !== axis) as string[];
  const separator = asText(sep);
  if (hasParts(separator)) return joinVarying(array, along, separator);
  const joined = joinText(transposeVariable(variable, [...rest, along]).array, new NDArray([separator as string], [], "string"));
  const kept = viaDataset(array, (ds) => isel(ds, { [along]: 0 }, { drop: true }));
  return { ...kept, variable: new Variable(rest, joined, { attrs: variable.attrs }) };
}

/** Joined by separators that differ: string by string, as `cat` does. */
function joinVarying(array: ArrayParts, dim: string, sep: unknown): ArrayParts {
  const n = array.variable.shape[array.variable.axis(dim)]!;
  const [first, ...others] = Array.from({ length: n }, (_, i) => viaDataset(array, (ds) => isel(ds, { [dim]: i }, { drop: true })));
  return textFunction(first!, "cat", [sep, ...others.map((parts) => ({ [PARTS]: parts }))]);
}
