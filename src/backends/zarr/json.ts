/**
 * JSON as Zarr metadata has it: exact, and tolerant of what Python writes.
 *
 * Whole numbers beyond ±2⁵³ become bigint, bare `NaN`, `Infinity` and `-Infinity` numbers. Numbers
 * written with a point or an exponent are remembered, so that `1.0` can be told from `1`.
 * Source: RFC 8259; Python's `json` module for the three extra names.
 */
import { BackendError } from "../../errors.ts";
import { isRecord, setOwn } from "../../util/records.ts";

/** A value of metadata. */
export type MetaValue = null | boolean | number | bigint | string | readonly MetaValue[] | MetaObject;
/** An object of metadata. */
export type MetaObject = { readonly [key: string]: MetaValue };

/** A number that is written with a decimal point, whatever its value. */
export class JsonFloat {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}
/** What can be written. */
export type JsonInput =
  | null
  | boolean
  | number
  | bigint
  | string
  | JsonFloat
  | readonly JsonInput[]
  | { readonly [key: string]: JsonInput };

/** Deeper nesting is a hostile file. */
const DEEPEST = 128;
const LITERALS: readonly (readonly [string, MetaValue])[] = [
  ["true", true],
  ["false", false],
  ["null", null],
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
];
const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const PLAIN = /[ !#-[\]-\uffff]*/y;
const SPACE = /[ \t\n\r]*/y;
const ESCAPES: Readonly<Record<string, string>> = { '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
/** No integer of any dtype has more digits than this by far. */
const MOST_DIGITS = 400;

const floats = new WeakMap<object, Set<string>>();

/** Whether the number at `key` of a parsed object or list was written with a point or an exponent. */
export function isFloatAt(owner: object, key: string | number): boolean {
  return floats.get(owner)?.has(String(key)) ?? false;
}

/**
 * Parse metadata. `where` names the document in errors.
 *
 * @throws BackendError with the place of what is no JSON
 */
export function parseJson(bytes: Uint8Array | string, where: string): MetaValue {
  let text: string;
  try {
    text = typeof bytes === "string" ? bytes : new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new BackendError(`${where} is not UTF-8 text`, { where }, { cause });
  }
  return new Reader(text, where).document();
}

/** Parse metadata that must be an object. */
export function parseObject(bytes: Uint8Array | string, where: string): MetaObject {
  const value = parseJson(bytes, where);
  if (isObject(value)) return value;
  throw new BackendError(`${where} is not a JSON object`, { where });
}

/** Whether a value is an object (no list, no null). */
export function isObject(value: unknown): value is MetaObject {
  return isRecord(value);
}

class Reader {
  private readonly text: string;
  private readonly where: string;
  private at = 0;

  constructor(text: string, where: string) {
    this.text = text;
    this.where = where;
  }

  document(): MetaValue {
    const value = this.value(0);
    this.skip();
    if (this.at < this.text.length) throw this.wrong("the end");
    return value;
  }

  private value(depth: number): MetaValue {
    if (depth > DEEPEST) throw new BackendError(`${this.where} is nested more than ${DEEPEST} levels deep`, { where: this.where });
    this.skip();
    const c = this.text[this.at];
    if (c === "{") return this.object(depth);
    if (c === "[") return this.list(depth);
    if (c === '"') return this.string();
    for (const [word, value] of LITERALS) {
      if (!this.text.startsWith(word, this.at)) continue;
      this.at += word.length;
      return value;
    }
    return this.number().value;
  }

  private object(depth: number): MetaObject {
    const found: Record<string, MetaValue> = {};
    this.at++;
    this.skip();
    if (this.take("}")) return found;
    do {
      this.skip();
      if (this.text[this.at] !== '"') throw this.wrong("a name in quotes");
      const key = this.string();
      this.skip();
      this.expect(":");
      const value = this.item(depth, found, key);
      setOwn(found, key, value);
      this.skip();
    } while (this.take(","));
    this.expect("}");
    return found;
  }

  private list(depth: number): MetaValue[] {
    const found: MetaValue[] = [];
    this.at++;
    this.skip();
    if (this.take("]")) return found;
    do {
      found.push(this.item(depth, found, found.length));
      this.skip();
    } while (this.take(","));
    this.expect("]");
    return found;
  }

  /** A value inside of `owner`, noting where it is a float. */
  private item(depth: number, owner: object, key: string | number): MetaValue {
    this.skip();
    const c = this.text.charCodeAt(this.at);
    const next = c === 0x2d ? this.text.charCodeAt(this.at + 1) : c;
    if (!(next >= 0x30 && next <= 0x39)) {
      const value = this.value(depth + 1);
      if (typeof value === "number") note(owner, key);
      return value;
    }
    const { value, float } = this.number();
    if (float) note(owner, key);
    return value;
  }

  private number(): { value: number | bigint; float: boolean } {
    NUMBER.lastIndex = this.at;
    const match = NUMBER.exec(this.text);
    if (match === null) throw this.wrong("a value");
    const [digits, fraction, exponent] = match;
    this.at += digits.length;
    const value = Number(digits);
    const float = fraction !== undefined || exponent !== undefined;
    if (float || Number.isSafeInteger(value)) return { value, float };
    if (digits.length > MOST_DIGITS) throw new BackendError(`${this.where} has a number of ${digits.length} digits`, { where: this.where });
    return { value: BigInt(digits), float };
  }

  private string(): string {
    let found = "";
    this.at++;
    for (;;) {
      PLAIN.lastIndex = this.at;
      const plain = PLAIN.exec(this.text)![0];
      found += plain;
      this.at += plain.length;
      const c = this.text[this.at];
      if (c === '"') {
        this.at++;
        return found;
      }
      if (c !== "\\") throw this.wrong("the rest of a string");
      found += this.escape();
    }
  }

  private escape(): string {
    const c = this.text[this.at + 1] ?? "";
    if (c === "u") {
      const hex = this.text.slice(this.at + 2, this.at + 6);
      if (!/^[0-9a-fA-F]{4}$/.test(hex)) throw this.wrong("four hexadecimal digits");
      this.at += 6;
      return String.fromCharCode(Number.parseInt(hex, 16));
    }
    if (!Object.hasOwn(ESCAPES, c)) throw this.wrong("an escape");
    this.at += 2;
    return ESCAPES[c]!;
  }

  private skip(): void {
    SPACE.lastIndex = this.at;
    SPACE.exec(this.text);
    this.at = SPACE.lastIndex;
  }

  private take(c: string): boolean {
    if (this.text[this.at] !== c) return false;
    this.at++;
    return true;
  }

  private expect(c: string): void {
    if (!this.take(c)) throw this.wrong(JSON.stringify(c));
  }

  private wrong(wanted: string): BackendError {
    const got = this.at >= this.text.length ? "it ends" : `there is ${JSON.stringify(this.text.slice(this.at, this.at + 20))}`;
    return new BackendError(`${this.where} is not JSON: at character ${this.at} ${got} where ${wanted} should be`, {
      where: this.where,
      at: this.at,
    });
  }
}

/** A parsed object to be written again, its floats with a point as they were. */
export function withFloats(value: MetaObject): { [key: string]: JsonInput } {
  const out: Record<string, JsonInput> = {};
  for (const [key, item] of Object.entries(value)) setOwn(out, key, faithful(value, key, item));
  return out;
}

function faithful(owner: object, key: string | number, item: MetaValue): JsonInput {
  if (typeof item === "number") return isFloatAt(owner, key) ? new JsonFloat(item) : item;
  if (Array.isArray(item)) return (item as readonly MetaValue[]).map((v, i) => faithful(item, i, v));
  return isObject(item) ? withFloats(item) : item;
}

function note(owner: object, key: string | number): void {
  const known = floats.get(owner);
  if (known) known.add(String(key));
  else floats.set(owner, new Set([String(key)]));
}

/** Metadata as text, indented by two, with `NaN` and infinities bare and bigints exact. */
export function writeJson(value: JsonInput): string {
  return write(value, "\n");
}

/** Metadata as bytes. */
export function jsonBytes(value: JsonInput): Uint8Array {
  return new TextEncoder().encode(writeJson(value));
}

function write(value: JsonInput, newline: string): string {
  if (value instanceof JsonFloat) return withPoint(value.value);
  // Without a point a large number would be read as an exact integer, and −0 as 0.
  if (typeof value === "number") return Number.isSafeInteger(value) && !Object.is(value, -0) ? String(value) : withPoint(value);
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${newline}  `;
  if (Array.isArray(value)) {
    const items = (value as readonly JsonInput[]).map((item) => write(item, inner));
    const short = items.join(", ");
    return short.length <= 80 && !short.includes("\n") ? `[${short}]` : `[${inner}${items.join(`,${inner}`)}${newline}]`;
  }
  const items = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${write(item, inner)}`);
  return items.length === 0 ? "{}" : `{${inner}${items.join(`,${inner}`)}${newline}}`;
}

function withPoint(value: number): string {
  const text = Object.is(value, -0) ? "-0" : String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}
