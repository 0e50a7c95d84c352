/**
 * `da.str`: Python's methods of strings, element by element, under xarray's names.
 *
 * Characters are code points; missing strings stay missing, and count as empty where the result is a number or
 * a flag. Arguments may be arrays, which meet the strings by name. Patterns are regular expressions in Python's
 * syntax (named groups, inline flags, Unicode classes; see `kernels/python-regex.ts`) or JavaScript's RegExp.
 */
import type { TextErrors } from "../array/index.ts";
import type { DType } from "../dtypes/types.ts";
import { ArgumentError, DTypeError } from "../errors.ts";
import type { TextSide } from "../kernels/python-text.ts";
import type { WrapOptions } from "../kernels/text-wrap.ts";
import type { DataArray } from "../model.ts";
import { PARTS } from "../ops/parts.ts";
import { asText, dummies, extract, extractall, findall, join, patternOf, recode, split, textFunction } from "../ops/text/index.ts";
import { unknownName } from "../util/suggest.ts";
import { WRAP } from "./base.ts";

/** What `da.str` is for a dtype: nothing unless it holds text. */
export type StrOf<Dims extends string, T extends DType> = [DType] extends [T]
  ? StringAccessor<Dims>
  : [T] extends ["string" | "bytes"]
    ? StringAccessor<Dims>
    : never;

/** The accessor of an array of strings or bytes; throws DTypeError for others. */
export function strOf(array: DataArray<any, any>): StringAccessor<any> {
  if (array.dtype === "string" || array.dtype === "bytes") return new StringAccessor(array);
  const called = array.name === undefined ? "this array" : JSON.stringify(array.name);
  throw new DTypeError(`str is for strings; ${called} is ${array.dtype}`, { dtype: array.dtype });
}

/** One value for all strings, or an array of values over dimensions `E`. */
type Arg<V, E extends string> = V | DataArray<E, any>;
/** An array of strings over `D`. */
type Strings<D extends string> = DataArray<D, "string">;
type Flags<D extends string> = DataArray<D, "bool">;
type Counts<D extends string> = DataArray<D, "int64">;

/** Options of methods that take a pattern. */
export interface PatternOptions {
  /** Whether capitals matter (default true). */
  readonly case?: boolean | undefined;
  /** JavaScript's flags of regular expressions: `i`, `m`, `s`. */
  readonly flags?: string | undefined;
}

/** Where methods that search begin and end, as slices do. */
export interface RangeOptions<E extends string> {
  readonly start?: Arg<number, E> | undefined;
  readonly end?: Arg<number | null, E> | undefined;
}

function flagsOf(pattern: unknown, options: PatternOptions): string {
  if (pattern instanceof RegExp && (options.flags !== undefined || options.case !== undefined)) {
    throw new ArgumentError(`${String(pattern)} has flags of its own: flags and case are for patterns given as text`, {
      pattern: String(pattern),
    });
  }
  return (options.flags ?? "") + (options.case === false ? "i" : "");
}

function sideOf(side: TextSide, possible: readonly TextSide[]): TextSide {
  if (!possible.includes(side)) throw new ArgumentError(unknownName("side", String(side), possible), { side });
  return side;
}

/**
 * Python's methods of strings for arrays of them.
 *
 * @example
 * ```ts
 * names.str.title();
 * ids.str.extract("([A-Z]+)(\\d+)", "part"); // DataArray<"station" | "part", "string">
 * ```
 */
export class StringAccessor<Dims extends string> {
  private readonly array: DataArray<any, any>;

  constructor(array: DataArray<any, any>) {
    this.array = array;
  }

  private run(fn: string, ...args: readonly unknown[]): DataArray<any, any> {
    return this.array[WRAP](textFunction(this.strings, fn, args));
  }

  private get strings(): DataArray<any, any>[typeof PARTS] {
    if (this.array.dtype === "bytes")
      throw new DTypeError(`bytes are decoded before other methods of str: .str.decode("utf-8")`, { dtype: "bytes" });
    return this.array[PARTS];
  }

  /** The number of characters. */
  len(): Counts<Dims> {
    return this.run("len");
  }

  /** The character at a position, counted from the end where negative; `default` where there is none. */
  get<E extends string = never>(i: Arg<number, E>, options: { readonly default?: string | undefined } = {}): Strings<Dims | E> {
    return this.run("get", i, options.default ?? "");
  }

  /** The characters from `start` to, not with, `stop`. */
  slice<E extends string = never>(
    options: {
      readonly start?: Arg<number, E> | undefined;
      readonly stop?: Arg<number, E> | undefined;
      readonly step?: Arg<number, E> | undefined;
    } = {},
  ): Strings<Dims | E> {
    return this.run("slice", options.start, options.stop, options.step);
  }

  /** With the characters from `start` to `stop` replaced by `repl`. */
  sliceReplace<E extends string = never>(
    options: {
      readonly start?: Arg<number, E> | undefined;
      readonly stop?: Arg<number, E> | undefined;
      readonly repl?: Arg<string, E> | undefined;
    } = {},
  ): Strings<Dims | E> {
    return this.run("sliceReplace", options.start, options.stop, asText(options.repl ?? ""));
  }

  /**
   * Joined with other strings, or arrays of them; options come last.
   *
   * @example
   * ```ts
   * first.str.cat(last, { sep: " " });
   * ```
   */
  cat<const A extends readonly (Arg<string | number, any> | { readonly sep?: Arg<string, any> | undefined })[]>(
    ...others: A
  ): Strings<Dims | DimsIn<A[number]>> {
    const last = others.at(-1);
    const options = typeof last === "object" && !(PARTS in last) ? last : undefined;
    const texts = options === undefined ? others : others.slice(0, -1);
    return this.run("cat", asText((options as { readonly sep?: unknown } | undefined)?.sep ?? ""), ...texts.map(asText));
  }

  /** The strings along a dimension joined to one; 1-D arrays need not name it. */
  join<K extends Dims = Dims>(
    options: { readonly dim?: K | undefined; readonly sep?: Arg<string, any> | undefined } = {},
  ): Strings<Exclude<Dims, K>> {
    return this.array[WRAP](join(this.strings, options.dim, options.sep ?? "")) as DataArray<any, any>;
  }

  /**
   * Python's `str.format`: the strings are templates, whose fields take the arguments (the last may be a record of names).
   *
   * @example
   * ```ts
   * templates.str.format("a", { unit: "m" }); // "{} in {unit:>5}" → "a in     m"
   * ```
   */
  format(...values: readonly (Arg<string | number, any> | { readonly [name: string]: unknown })[]): Strings<any> {
    const last = values.at(-1);
    const named = typeof last === "object" && !(PARTS in last) ? (last as Record<string, unknown>) : {};
    const texts = typeof last === "object" && !(PARTS in last) ? values.slice(0, -1) : values;
    return this.run("format", Object.keys(named), ...texts.map(asText), ...Object.values(named).map(asText));
  }

  /** The first character large, the others small. */
  capitalize(): Strings<Dims> {
    return this.run("capitalize");
  }
  lower(): Strings<Dims> {
    return this.run("lower");
  }
  upper(): Strings<Dims> {
    return this.run("upper");
  }
  /** Small letters large and large ones small. */
  swapcase(): Strings<Dims> {
    return this.run("swapcase");
  }
  /** The first letter of every word large, the others small. */
  title(): Strings<Dims> {
    return this.run("title");
  }
  /** Lower case for comparing: `ß` becomes `ss`. */
  casefold(): Strings<Dims> {
    return this.run("casefold");
  }

  /** In a Unicode normal form. */
  normalize(form: "NFC" | "NFD" | "NFKC" | "NFKD"): Strings<Dims> {
    const forms = ["NFC", "NFD", "NFKC", "NFKD"];
    if (!forms.includes(form)) throw new ArgumentError(unknownName("normal form", String(form), forms), { form });
    return this.run("normalize", form);
  }

  isalnum(): Flags<Dims> {
    return this.run("isalnum");
  }
  isalpha(): Flags<Dims> {
    return this.run("isalpha");
  }
  /** Whether all characters make decimal numbers. */
  isdecimal(): Flags<Dims> {
    return this.run("isdecimal");
  }
  /** Whether all characters are digits, superscripts among them. */
  isdigit(): Flags<Dims> {
    return this.run("isdigit");
  }
  /** Whether all characters are numbers, fractions and Han numerals among them. */
  isnumeric(): Flags<Dims> {
    return this.run("isnumeric");
  }
  isspace(): Flags<Dims> {
    return this.run("isspace");
  }
  islower(): Flags<Dims> {
    return this.run("islower");
  }
  isupper(): Flags<Dims> {
    return this.run("isupper");
  }
  istitle(): Flags<Dims> {
    return this.run("istitle");
  }

  /** How often a pattern matches. */
  count<E extends string = never>(pat: Arg<string | RegExp, E>, options: PatternOptions = {}): Counts<Dims | E> {
    return this.run("count", patternOf(pat), flagsOf(pat, options));
  }

  startswith<E extends string = never>(pat: Arg<string, E>): Flags<Dims | E> {
    return this.run("startswith", asText(pat));
  }
  endswith<E extends string = never>(pat: Arg<string, E>): Flags<Dims | E> {
    return this.run("endswith", asText(pat));
  }

  /** Whether a pattern matches anywhere; `regex: false` looks for the text itself. */
  contains<E extends string = never>(
    pat: Arg<string | RegExp, E>,
    options: PatternOptions & { readonly regex?: boolean | undefined } = {},
  ): Flags<Dims | E> {
    if (options.regex !== false) return this.run("search", patternOf(pat), flagsOf(pat, options));
    return this.run("has", plainText(pat), options.case === false);
  }

  /** Whether a pattern matches at the start. */
  match<E extends string = never>(pat: Arg<string | RegExp, E>, options: PatternOptions = {}): Flags<Dims | E> {
    return this.run("match", patternOf(pat), flagsOf(pat, options));
  }

  /** Filled up to a width with spaces or `fillchar`, at the left unless `side` says otherwise. */
  pad<E extends string = never>(
    width: Arg<number, E>,
    options: { readonly side?: TextSide | undefined; readonly fillchar?: Arg<string, E> | undefined } = {},
  ): Strings<Dims | E> {
    return this.run("pad", width, sideOf(options.side ?? "left", ["left", "right", "both"]), asText(options.fillchar ?? " "));
  }

  /** In the middle of a width. */
  center<E extends string = never>(
    width: Arg<number, E>,
    options: { readonly fillchar?: Arg<string, E> | undefined } = {},
  ): Strings<Dims | E> {
    return this.pad(width, { side: "both", ...options });
  }
  /** At the left of a width. */
  ljust<E extends string = never>(
    width: Arg<number, E>,
    options: { readonly fillchar?: Arg<string, E> | undefined } = {},
  ): Strings<Dims | E> {
    return this.pad(width, { side: "right", ...options });
  }
  /** At the right of a width. */
  rjust<E extends string = never>(
    width: Arg<number, E>,
    options: { readonly fillchar?: Arg<string, E> | undefined } = {},
  ): Strings<Dims | E> {
    return this.pad(width, { side: "left", ...options });
  }
  /** Filled up with zeros at the left; as in xarray also before a sign. */
  zfill<E extends string = never>(width: Arg<number, E>): Strings<Dims | E> {
    return this.pad(width, { fillchar: "0" });
  }

  /** Without whitespace, or the characters of `toStrip`, at its ends. */
  strip<E extends string = never>(
    toStrip?: Arg<string, E> | null,
    options: { readonly side?: TextSide | undefined } = {},
  ): Strings<Dims | E> {
    return this.run("strip", asText(toStrip), sideOf(options.side ?? "both", ["left", "right", "both"]));
  }
  lstrip<E extends string = never>(toStrip?: Arg<string, E> | null): Strings<Dims | E> {
    return this.strip(toStrip, { side: "left" });
  }
  rstrip<E extends string = never>(toStrip?: Arg<string, E> | null): Strings<Dims | E> {
    return this.strip(toStrip, { side: "right" });
  }

  /** Broken into lines of a width, as Python's `textwrap` does. */
  wrap<E extends string = never>(width: Arg<number, E>, options: WrapOptions = {}): Strings<Dims | E> {
    return this.run("wrap", width, options);
  }

  /**
   * Characters replaced by others, left out where the table says null; keys are characters or code points.
   *
   * @example
   * ```ts
   * names.str.translate({ ä: "ae", "-": null });
   * ```
   */
  translate(
    table: { readonly [character: string]: string | number | null } | ReadonlyMap<string | number, string | number | null>,
  ): Strings<Dims> {
    const text = (x: string | number): string => (typeof x === "number" ? String.fromCodePoint(x) : x);
    const entries = table instanceof Map ? [...table] : Object.entries(table);
    return this.run(
      "translate",
      entries.map(([from, to]) => [text(from as string | number), to === null ? null : text(to as string | number)]),
    );
  }

  /** Repeated a number of times. */
  repeat<E extends string = never>(repeats: Arg<number, E>): Strings<Dims | E> {
    return this.run("repeat", repeats);
  }

  /** Where a text is found first (last with `side: "right"`); −1 where it is not. */
  find<E extends string = never>(
    sub: Arg<string, E>,
    options: RangeOptions<E> & { readonly side?: "left" | "right" | undefined } = {},
  ): Counts<Dims | E> {
    return this.position("find", sub, options);
  }
  /** Where a text is found last. */
  rfind<E extends string = never>(sub: Arg<string, E>, options: RangeOptions<E> = {}): Counts<Dims | E> {
    return this.position("find", sub, { ...options, side: "right" });
  }
  /** Like `find`, but throws ArgumentError where the text is not found: when computed, if the strings are lazy. */
  index<E extends string = never>(
    sub: Arg<string, E>,
    options: RangeOptions<E> & { readonly side?: "left" | "right" | undefined } = {},
  ): Counts<Dims | E> {
    return this.position("index", sub, options);
  }
  rindex<E extends string = never>(sub: Arg<string, E>, options: RangeOptions<E> = {}): Counts<Dims | E> {
    return this.position("index", sub, { ...options, side: "right" });
  }

  private position(
    fn: string,
    sub: unknown,
    { start, end, side = "left" }: RangeOptions<any> & { readonly side?: "left" | "right" | undefined },
  ): DataArray<any, any> {
    return this.run(fn, asText(sub), start ?? 0, end, sideOf(side, ["left", "right"]) === "right");
  }

  /**
   * Matches of a pattern (the text itself with `regex: false`) replaced, the first `n` of them where given.
   *
   * `repl` is text, in which `\1` and `\g<name>` are groups, or a function of the match: such a result stays on
   * this thread.
   *
   * @example
   * ```ts
   * names.str.replace("(\\d+)", "no. \\1");
   * ```
   */
  replace<E extends string = never>(
    pat: Arg<string | RegExp, E>,
    repl: Arg<string, E> | ((match: RegExpMatchArray) => string),
    options: PatternOptions & { readonly n?: Arg<number, E> | undefined; readonly regex?: boolean | undefined } = {},
  ): Strings<Dims | E> {
    const { n = -1, regex = true } = options;
    if (regex) return this.run("replace", patternOf(pat), typeof repl === "function" ? repl : asText(repl), n, flagsOf(pat, options));
    if (typeof repl === "function") throw new ArgumentError("a function replaces matches of a pattern: leave regex: false out", {});
    return this.run("replacePlain", plainText(pat), asText(repl), n);
  }

  /** The groups of a pattern's first match along a new dimension; a single group needs none (`null`). */
  extract<const D extends string = never>(pat: string | RegExp, dim: D | null, options: PatternOptions = {}): Strings<Dims | D> {
    return this.array[WRAP](extract(this.strings, pat, dim, flagsOf(pat, options)));
  }

  /** The groups of all matches of a pattern along two new dimensions, of which, as in xarray, the first counts the matches. Needs values in memory. */
  extractall<const G extends string, const M extends string>(
    pat: string | RegExp,
    groupDim: G,
    matchDim: M,
    options: PatternOptions = {},
  ): Strings<Dims | G | M> {
    return this.array[WRAP](extractall(this.strings, pat, groupDim, matchDim, flagsOf(pat, options)));
  }

  /** All matches of a pattern, one list for each string in the order of `values`: arrays hold no lists. Needs values in memory. */
  findall(pat: string | RegExp, options: PatternOptions = {}): (readonly (string | readonly string[])[])[] {
    return findall(this.strings, pat, flagsOf(pat, options));
  }

  /** What is before the first separator, the separator, and what is after it, along a new dimension. */
  partition<const D extends string>(dim: D, options: { readonly sep?: Arg<string, any> | undefined } = {}): Strings<Dims | D> {
    return this.parts("partition", dim, options.sep, false);
  }
  /** What is before the last separator, the separator, and what is after it, along a new dimension. */
  rpartition<const D extends string>(dim: D, options: { readonly sep?: Arg<string, any> | undefined } = {}): Strings<Dims | D> {
    return this.parts("partition", dim, options.sep, true);
  }

  private parts(fn: string, dim: string, sep: unknown, right: boolean): DataArray<any, any> {
    return this.array[WRAP](textFunction(this.strings, fn, [asText(sep ?? " "), right], [{ dim, size: 3 }]));
  }

  /** The pieces between separators (whitespace) along a new dimension, empty ones behind. Needs values in memory. */
  split<const D extends string>(
    dim: D,
    options: { readonly sep?: string | null | undefined; readonly maxsplit?: number | undefined } = {},
  ): Strings<Dims | D> {
    return this.array[WRAP](split(this.strings, dim, options.sep, options.maxsplit ?? -1, false));
  }
  /** The pieces between separators, counted from the right, empty ones before. Needs values in memory. */
  rsplit<const D extends string>(
    dim: D,
    options: { readonly sep?: string | null | undefined; readonly maxsplit?: number | undefined } = {},
  ): Strings<Dims | D> {
    return this.array[WRAP](split(this.strings, dim, options.sep, options.maxsplit ?? -1, true));
  }

  /** Which of the values between separators each string has: flags along a new dimension labelled by the values. Needs values in memory. */
  getDummies<const D extends string>(dim: D, options: { readonly sep?: string | undefined } = {}): Flags<Dims | D> {
    return this.array[WRAP](dummies(this.strings, dim, options.sep ?? "|"));
  }

  /** Bytes as strings. */
  decode(encoding = "utf-8", options: { readonly errors?: TextErrors | undefined } = {}): Strings<Dims> {
    if (this.array.dtype !== "bytes") throw new DTypeError("decode is for bytes; these are strings already", { dtype: this.array.dtype });
    return this.array[WRAP](recode(this.array[PARTS], "string", encoding, options.errors));
  }

  /** Strings as bytes: utf-8, ascii or latin-1. */
  encode(encoding = "utf-8", options: { readonly errors?: TextErrors | undefined } = {}): DataArray<Dims, "bytes"> {
    return this.array[WRAP](recode(this.strings, "bytes", encoding, options.errors));
  }
}

/** The dimensions of the arrays among arguments. */
type DimsIn<A> = A extends { readonly dims: readonly (infer D extends string)[] } ? D : never;

function plainText(pattern: unknown): unknown {
  if (pattern instanceof RegExp)
    throw new ArgumentError(`${String(pattern)} is a regular expression: leave regex: false out`, { pattern: String(pattern) });
  return asText(pattern);
}
