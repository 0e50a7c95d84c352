/**
 * Python's methods of strings on JavaScript's strings: characters are code points, whitespace, case and
 * digits are Unicode's as Python defines them. Source: the Python documentation of `str`, Unicode 14 tables.
 */
import { ArgumentError } from "../errors.ts";

const SURROGATE = /[\ud800-\udfff]/;

/** A string as its characters: itself where every character is one unit. */
type Chars = string | readonly string[];

/** The characters of a string. */
export function charsOf(x: string): Chars {
  return SURROGATE.test(x) ? Array.from(x) : x;
}

const joined = (chars: Chars): string => (typeof chars === "string" ? chars : chars.join(""));

/** How many characters a string has. */
export function textLength(x: string): number {
  return charsOf(x).length;
}

/** An end of a slice as a position: negative ones count from the end, and none lies outside. */
function bound(at: number | null, n: number, open: number): number {
  if (at === null) return open;
  return Math.min(Math.max(at < 0 ? at + n : at, 0), n);
}

/** `x[start:stop:step]`. */
export function sliceText(x: string, start: number | null, stop: number | null, step: number | null): string {
  const chars = charsOf(x);
  const n = chars.length;
  const by = step ?? 1;
  if (by === 1) return joined(chars.slice(bound(start, n, 0), Math.max(bound(start, n, 0), bound(stop, n, n))));
  if (!Number.isInteger(by) || by === 0)
    throw new ArgumentError(`the step of a slice is a whole number and not 0; it is ${by}`, { step: by });
  const low = by < 0 ? -1 : 0;
  const end = (at: number | null, open: number): number =>
    at === null ? open : Math.min(Math.max(at < 0 ? at + n : at, low), by < 0 ? n - 1 : n);
  let out = "";
  const last = end(stop, by < 0 ? -1 : n);
  for (let i = end(start, by < 0 ? n - 1 : 0); by < 0 ? i > last : i < last; i += by) out += chars[i]!;
  return out;
}

/** Where `sub` begins first, or last, inside `x[start:end]`; −1 where it does not. */
export function findText(x: string, sub: string, start: number | null, end: number | null, fromRight: boolean): number {
  const chars = charsOf(x);
  const n = chars.length;
  if (start !== null && start > n) return -1;
  const low = bound(start, n, 0);
  const high = bound(end, n, n);
  if (low > high) return -1;
  const part = joined(chars.slice(low, high));
  const at = fromRight ? part.lastIndexOf(sub) : part.indexOf(sub);
  return at < 0 ? -1 : low + textLength(part.slice(0, at));
}

/** Python's whitespace, which is not quite JavaScript's `\s`. */
export const WHITESPACE: string = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const LEADING = /*@__PURE__*/ new RegExp(`^[${WHITESPACE}]+`);
const TRAILING = /*@__PURE__*/ new RegExp(`[${WHITESPACE}]+$`);
const SPACES = /*@__PURE__*/ new RegExp(`[${WHITESPACE}]+`, "g");
const ALL_SPACE = /*@__PURE__*/ new RegExp(`^[${WHITESPACE}]+$`);

/** Which end of a string something is done at. */
export type TextSide = "left" | "right" | "both";

/** Without the characters of `chars` (whitespace where null) at its ends. */
export function stripText(x: string, chars: string | null, side: TextSide): string {
  if (chars === null) {
    const rest = side === "right" ? x : x.replace(LEADING, "");
    return side === "left" ? rest : rest.replace(TRAILING, "");
  }
  const all = charsOf(x);
  const drop = new Set(chars);
  let [from, to] = [0, all.length];
  if (side !== "right") while (from < to && drop.has(all[from]!)) from++;
  if (side !== "left") while (to > from && drop.has(all[to - 1]!)) to--;
  return joined(all.slice(from, to));
}

/** Filled up with `fill` to `width` characters: at the left, the right, or both sides as Python's `center` does. */
export function padText(x: string, width: number, side: TextSide, fill: string): string {
  if (textLength(fill) !== 1) throw new ArgumentError(`fillchar is one character; it is ${JSON.stringify(fill)}`, { fillchar: fill });
  const room = Math.trunc(width) - textLength(x);
  if (room <= 0) return x;
  const left = side === "left" ? room : side === "right" ? 0 : (room >> 1) + (room & Math.trunc(width) & 1);
  return fill.repeat(left) + x + fill.repeat(room - left);
}

/** Split at `sep` (runs of whitespace where null) at most `most` times, counted from the right where asked; −1 is no limit. */
export function splitText(x: string, sep: string | null, most: number, fromRight: boolean): string[] {
  if (sep === null) return splitWords(x, most, fromRight);
  if (sep === "") throw new ArgumentError("cannot split at an empty separator", { sep });
  const parts = x.split(sep);
  if (most < 0 || parts.length <= most + 1) return parts;
  if (fromRight) return [parts.slice(0, parts.length - most).join(sep), ...parts.slice(parts.length - most)];
  return [...parts.slice(0, most), parts.slice(most).join(sep)];
}

function splitWords(x: string, most: number, fromRight: boolean): string[] {
  const text = stripText(x, null, "both");
  if (text === "") return [];
  const words = text.split(SPACES);
  if (most < 0 || words.length <= most + 1) return words;
  // What is left over keeps the whitespace inside it, and that at its far end.
  const gaps = [...text.matchAll(SPACES)];
  if (fromRight) {
    const gap = gaps[gaps.length - most];
    return [
      gap
        ? stripText(x, null, "right").slice(0, stripText(x, null, "right").length - (text.length - gap.index))
        : stripText(x, null, "right"),
      ...words.slice(words.length - most),
    ];
  }
  const gap = gaps[most - 1];
  const rest = stripText(x, null, "left");
  return [...words.slice(0, most), gap ? rest.slice(gap.index + gap[0].length) : rest];
}

/** What is before the first (or last) `sep`, `sep` itself, and what is after it. */
export function partitionText(x: string, sep: string, fromRight: boolean): readonly string[] {
  if (sep === "") throw new ArgumentError("cannot partition at an empty separator", { sep });
  const at = fromRight ? x.lastIndexOf(sep) : x.indexOf(sep);
  if (at < 0) return fromRight ? ["", "", x] : [x, "", ""];
  return [x.slice(0, at), sep, x.slice(at + sep.length)];
}

/** Lower case after a letter, so that a final sigma is one. */
const lowerRest = (x: string): string => `a${x}`.toLowerCase().slice(1);

/** Letters of two that have a title case of their own. */
const DIGRAPHS: Readonly<Record<string, string>> = {
  Ǆ: "ǅ",
  ǅ: "ǅ",
  ǆ: "ǅ",
  Ǉ: "ǈ",
  ǈ: "ǈ",
  ǉ: "ǈ",
  Ǌ: "ǋ",
  ǋ: "ǋ",
  ǌ: "ǋ",
  Ǳ: "ǲ",
  ǲ: "ǲ",
  ǳ: "ǲ",
};

function titleChar(c: string): string {
  if (c < "\u0080") return c.toUpperCase();
  // Georgian has capitals that no word begins with.
  if (c >= "\u10d0" && c <= "\u10ff") return c;
  return DIGRAPHS[c] ?? c.toUpperCase().replace(/(\p{Cased})(.+)/su, (_all, first: string, rest: string) => first + rest.toLowerCase());
}

function capitalized(x: string): string {
  const [first = ""] = x;
  return titleChar(first) + lowerRest(x.slice(first.length));
}

const ASCII = /^[\0-\x7f]*$/;

function asciiTitle(x: string): string {
  const upper = x.toUpperCase();
  const lower = x.toLowerCase();
  let out = "";
  let inWord = false;
  for (let i = 0; i < x.length; i++) {
    out += inWord ? lower[i] : upper[i];
    inWord = upper[i] !== lower[i];
  }
  return out;
}

/** Caseless form: what two strings have in common that differ in case only. */
function casefold(x: string): string {
  if (ASCII.test(x)) return x.toLowerCase();
  let out = "";
  for (const c of x) {
    if (c === "ı") out += c;
    else if (/[\u13a0-\u13fd\uab70-\uabbf]/.test(c)) out += c.toUpperCase();
    else out += c.toUpperCase().toLowerCase().replaceAll("ς", "σ");
  }
  return out;
}

/** Methods without arguments that change case. */
export const CASES: Readonly<Record<string, (x: string) => string>> = {
  lower: (x) => x.toLowerCase(),
  upper: (x) => x.toUpperCase(),
  capitalize: capitalized,
  title: (x) => (ASCII.test(x) ? asciiTitle(x) : x.replace(/\p{Cased}+/gu, capitalized)),
  swapcase: (x) =>
    x.replace(/\p{Uppercase}+|\p{Lowercase}+/gu, (run) => (/^\p{Uppercase}/u.test(run) ? run.toLowerCase() : run.toUpperCase())),
  casefold,
};

const DIGITS =
  "\\p{Nd}²³¹፩-፱᧚⁰⁴-⁹₀-₉①-⑨⑴-⑼⒈-⒐⓪⓵-⓽⓿❶-❾➀-➈➊-➒\\u{10a40}-\\u{10a43}\\u{10e60}-\\u{10e68}\\u{11052}-\\u{1105a}\\u{1f100}-\\u{1f10a}";
/** Han characters that are numbers, beside Unicode's number categories. */
const HAN_NUMBERS =
  "㐅㒃㠪㭍一七万三九二五亖亿什仟仨伍佰億兆兩八六十千-卅卌叁-叄四壱壹幺廾廿弌-弎弐-弐拾捌柒漆玖百肆萬貮貳贰阡陆陌陸零" +
  "\\uf96b\\uf973\\uf978\\uf9b2\\uf9d1\\uf9d3\\uf9fd\\u{20001}\\u{20064}\\u{200e2}\\u{20121}\\u{2092a}\\u{20983}\\u{2098c}\\u{2099c}\\u{20aea}\\u{20afd}\\u{20b19}\\u{22390}\\u{22998}\\u{23b1b}\\u{2626d}\\u{2f890}";
const every = (set: string): RegExp => new RegExp(`^[${set}]+$`, "u");
const ALNUM = /*@__PURE__*/ every(`\\p{L}\\p{N}`);
const ALPHA = /*@__PURE__*/ every("\\p{L}");
const DECIMAL = /*@__PURE__*/ every("\\p{Nd}");
const DIGIT = /*@__PURE__*/ every(DIGITS);
const NUMERIC = /*@__PURE__*/ every(`\\p{N}${HAN_NUMBERS}`);

/** Uncased characters, or none, before every capital; small letters after cased ones only. */
function isTitle(x: string): boolean {
  let cased = false;
  let any = false;
  for (const c of x) {
    const small = /\p{Lowercase}/u.test(c);
    const large = !small && /[\p{Uppercase}\p{Lt}]/u.test(c);
    if ((large && cased) || (small && !cased)) return false;
    cased = small || large;
    any ||= cased;
  }
  return any;
}

/** Methods without arguments that test. */
export const TESTS: Readonly<Record<string, (x: string) => boolean>> = {
  isalnum: (x) => ALNUM.test(x),
  isalpha: (x) => ALPHA.test(x),
  isdecimal: (x) => DECIMAL.test(x),
  isdigit: (x) => DIGIT.test(x),
  isnumeric: (x) => NUMERIC.test(x),
  isspace: (x) => ALL_SPACE.test(x),
  islower: (x) => /\p{Lowercase}/u.test(x) && !/[\p{Uppercase}\p{Lt}]/u.test(x),
  isupper: (x) => /\p{Uppercase}/u.test(x) && !/[\p{Lowercase}\p{Lt}]/u.test(x),
  istitle: isTitle,
};
