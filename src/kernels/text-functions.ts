/**
 * The functions of `da.str` as a table: each makes, of its arguments, a function of one string.
 *
 * What costs, such as compiling a pattern, happens once per set of arguments and not once per string. A result
 * that is a list fills new axes, as many values as the operation was told.
 */
import { ArgumentError } from "../errors.ts";
import { formatText } from "./python-format.ts";
import { compilePattern, type PatternSpec, replacement } from "./python-regex.ts";
import {
  CASES,
  charsOf,
  findText,
  padText,
  partitionText,
  sliceText,
  splitText,
  stripText,
  TESTS,
  type TextSide,
  textLength,
} from "./python-text.ts";
import { type WrapOptions, wrapText } from "./text-wrap.ts";

/** One argument: plain data, or (on this thread only) a function. */
export type TextArg = unknown;
/** What a function of a string gives. */
export type TextResult = string | number | boolean | readonly string[] | readonly boolean[];

/** One function: the dtype of its results, and how it is made of arguments. */
export interface TextFunction {
  readonly to: "string" | "int64" | "bool";
  make(args: readonly TextArg[]): (x: string) => TextResult;
}

type Spec = PatternSpec & { readonly python: boolean };
type Make<R> = (...args: any[]) => (x: string) => R;
const text = (make: Make<string | readonly string[]>): TextFunction => ({ to: "string", make: (args) => make(...args) });
const count = (make: Make<number>): TextFunction => ({ to: "int64", make: (args) => make(...args) });
const test = (make: Make<boolean | readonly boolean[]>): TextFunction => ({ to: "bool", make: (args) => make(...args) });

const regex = (spec: Spec | string, flags: string, extra: string): RegExp =>
  typeof spec === "string" ? compilePattern({ source: spec, flags }, extra, true) : compilePattern(spec, extra, spec.python);

/** The values of a list, filled up to `n` with empty strings behind or before it. */
function filled(list: readonly string[], n: number, before: boolean): readonly string[] {
  if (list.length >= n) return list;
  const empty = new Array<string>(n - list.length).fill("");
  return before ? [...empty, ...list] : [...list, ...empty];
}

/** Every match of a global pattern: whole matches without groups, else the groups, missing ones empty. */
export function allMatches(x: string, pattern: RegExp): string[][] {
  return [...x.matchAll(pattern)].map((m) => (m.length === 1 ? [m[0]] : m.slice(1).map((group) => group ?? "")));
}

function replacer(pattern: RegExp, repl: string | ((match: RegExpMatchArray) => string), n: number): (x: string) => string {
  const make = typeof repl === "string" ? replacement(repl) : repl;
  return (x) => {
    let left = n < 0 ? Number.POSITIVE_INFINITY : n;
    let out = "";
    let end = 0;
    if (left > 0)
      for (const match of x.matchAll(pattern)) {
        out += x.slice(end, match.index) + make(match);
        end = match.index + match[0].length;
        if (--left <= 0) break;
      }
    return out + x.slice(end);
  };
}

function replacePlain(x: string, sub: string, repl: string, n: number): string {
  if (n < 0) return x.replaceAll(sub, () => repl);
  const parts = sub === "" ? ["", ...charsOf(x), ""] : x.split(sub);
  return parts.reduce((out, part, i) => (i === 0 ? part : out + (i <= n ? repl : sub) + part), "");
}

function sliceReplaced(x: string, start: number | null, stop: number | null, repl: string): string {
  const from = sliceText(x, start, stop, 1) === "" ? start : stop;
  return (start === null ? "" : sliceText(x, null, start, 1)) + repl + (stop === null ? "" : sliceText(x, from, null, 1));
}

function itemOf(x: string, i: number, fallback: string): string {
  return (i === -1 ? sliceText(x, -1, null, 1) : sliceText(x, i, i + 1, 1)) || fallback;
}

function positionOf(x: string, sub: string, start: number | null, end: number | null, right: boolean): number {
  const at = findText(x, sub, start, end, right);
  if (at < 0) throw new ArgumentError(`${JSON.stringify(sub)} is not in ${JSON.stringify(x)}; find() gives -1 there`, { sub, text: x });
  return at;
}

/** Every function by name. */
export const TEXT_FUNCTIONS: Readonly<Record<string, TextFunction>> = {
  ...Object.fromEntries(Object.entries(CASES).map(([name, fn]) => [name, text(() => fn)])),
  ...Object.fromEntries(Object.entries(TESTS).map(([name, fn]) => [name, test(() => fn)])),
  len: count(() => textLength),
  get: text((i: number, fallback: string) => (x) => itemOf(x, i, fallback)),
  slice: text((start, stop, step) => (x) => sliceText(x, start, stop, step)),
  sliceReplace: text((start, stop, repl: string) => (x) => sliceReplaced(x, start, stop, repl)),
  cat: text(
    (sep: string, ...others: string[]) =>
      (x) =>
        [x, ...others].join(sep),
  ),
  format: text((names: readonly string[], ...values: string[]) => {
    const named = new Map(names.map((name, i) => [name, values[values.length - names.length + i]!]));
    return (x) => formatText(x, values.slice(0, values.length - names.length), named);
  }),
  normalize: text((form: string) => (x) => x.normalize(form)),
  startswith: test((pat: string) => (x) => x.startsWith(pat)),
  endswith: test((pat: string) => (x) => x.endsWith(pat)),
  has: test((pat: string, fold: boolean) => (fold ? (x) => CASES.casefold!(x).includes(CASES.casefold!(pat)) : (x) => x.includes(pat))),
  search: test((pat: Spec | string, flags: string) => {
    const pattern = regex(pat, flags, "");
    return (x) => pattern.test(x);
  }),
  match: test((pat: Spec | string, flags: string) => {
    const pattern = regex(pat, flags, "y");
    return (x) => {
      pattern.lastIndex = 0;
      return pattern.test(x);
    };
  }),
  count: count((pat: Spec | string, flags: string) => {
    const pattern = regex(pat, flags, "g");
    return (x) => x.match(pattern)?.length ?? 0;
  }),
  find: count((sub: string, start, end, right: boolean) => (x) => findText(x, sub, start, end, right)),
  index: count((sub: string, start, end, right: boolean) => (x) => positionOf(x, sub, start, end, right)),
  pad: text((width: number, side: TextSide, fill: string) => (x) => padText(x, width, side, fill)),
  strip: text((chars: string | null, side: TextSide) => (x) => stripText(x, chars, side)),
  repeat: text((n: number) => (x) => x.repeat(Math.max(0, Math.trunc(n)))),
  wrap: text((width: number, options: WrapOptions) => (x) => wrapText(x, width, options).join("\n")),
  translate: text((table: readonly (readonly [string, string | null])[]) => {
    const map = new Map(table);
    return (x) => Array.from(x, (c) => (map.has(c) ? (map.get(c) ?? "") : c)).join("");
  }),
  replace: text((pat: Spec | string, repl, n: number, flags: string) => replacer(regex(pat, flags, "g"), repl, n)),
  replacePlain: text((sub: string, repl: string, n: number) => (x) => replacePlain(x, sub, repl, n)),
  split: text(
    (sep: string | null, most: number, right: boolean, width: number) => (x) => filled(splitText(x, sep, most, right), width, right),
  ),
  partition: text((sep: string, right: boolean) => (x) => partitionText(x, sep, right)),
  extract: text((pat: Spec | string, flags: string, width: number) => {
    const pattern = regex(pat, flags, "");
    return (x) =>
      filled(
        (pattern.exec(x) ?? []).slice(1).map((group) => group ?? ""),
        width,
        false,
      );
  }),
  extractFirst: text((pat: Spec | string, flags: string) => {
    const pattern = regex(pat, flags, "");
    return (x) => pattern.exec(x)?.[1] ?? "";
  }),
  extractall: text((pat: Spec | string, flags: string, matches: number, groups: number) => {
    const pattern = regex(pat, flags, "g");
    return (x) => {
      const found = allMatches(x, pattern);
      return Array.from({ length: matches }, (_, i) => filled(found[i] ?? [], groups, false)).flat();
    };
  }),
  dummies: test((sep: string, values: readonly string[]) => (x) => {
    const own = new Set(splitText(x, sep, -1, false));
    return values.map((value) => own.has(value));
  }),
};
