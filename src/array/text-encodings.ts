/** Strings as bytes and back, in an encoding, with Python's ways of meeting what cannot be encoded. */
import { ArgumentError, EncodingError } from "../errors.ts";
import { unknownName } from "../util/suggest.ts";
import { apply } from "./apply.ts";
import { broadcasting } from "./broadcasting.ts";
import type { AnyArray } from "./lazy.ts";
import { flatValues, NDArray } from "./ndarray.ts";
import type { Op } from "./op.ts";

/** What to do about what cannot be encoded or decoded: throw, leave it out, or put a question mark (U+FFFD) there. */
export type TextErrors = "strict" | "ignore" | "replace";

interface Params {
  readonly to: "bytes" | "string";
  readonly encoding: string;
  readonly errors: TextErrors;
  readonly advice: string;
}

/** How to recode. */
export interface RecodeOptions {
  /** What to do about what the encoding does not have (default `"strict"`: throw). */
  readonly errors?: TextErrors | undefined;
  /** What the error about bytes that are no text says to do. */
  readonly advice?: string | undefined;
}

/** Strings to bytes, or bytes to strings; missing ones stay missing. */
export const recodeTextOp: Op<Params> = {
  name: "recode-text",
  kind: "map",
  infer: ([a], { to }) => [{ shape: a!.shape, dtype: to }],
  ...broadcasting,
  run: (call, context) => {
    const { to, encoding, errors, advice } = call.params;
    const block = context.read(0, context.at[0]!);
    const values = flatValues(block) as readonly (string | Uint8Array | null)[];
    const one = to === "bytes" ? encoder(encoding, errors) : decoder(encoding, errors, advice);
    const data = values.map((value) => (value === null ? null : one(value as string & Uint8Array)));
    return [new NDArray(data as (string | null)[], block.shape, to as "string")];
  },
};

/**
 * `a` as bytes or as strings.
 *
 * Encodings are `utf-8`, `ascii` and `latin-1`, and for reading all that `TextDecoder` knows.
 *
 * @throws EncodingError for an unknown encoding, and when computed for what it cannot hold; ArgumentError for an unknown `errors`.
 */
export function recodeText(a: AnyArray, to: "bytes" | "string", encoding: string, options: RecodeOptions = {}): AnyArray {
  const { errors = "strict", advice = 'errors: "replace" and "ignore" pass over what is none' } = options;
  const known = ["strict", "ignore", "replace"];
  if (!known.includes(errors)) throw new ArgumentError(unknownName("way to meet errors", String(errors), known), { errors });
  if (to === "bytes") encoder(encoding, errors);
  else decoder(encoding, errors, advice);
  return apply(recodeTextOp, [a], { params: { to, encoding, errors, advice }, label: to === "bytes" ? "str.encode" : "str.decode" });
}

/** The number of characters of the encodings that hold one byte each. */
function single(encoding: string): number | undefined {
  const plain = encoding.toLowerCase().replace(/[-_]/g, "");
  if (plain === "ascii" || plain === "usascii") return 128;
  return plain === "latin1" || plain === "iso88591" ? 256 : undefined;
}

const isUtf8 = (encoding: string): boolean => /^utf[-_]?8$/i.test(encoding);

function encoder(encoding: string, errors: TextErrors): (x: string) => Uint8Array {
  if (isUtf8(encoding)) {
    const utf8 = new TextEncoder();
    return (x) => utf8.encode(x);
  }
  const limit = single(encoding);
  if (limit === undefined)
    throw new EncodingError(`strings can be written as utf-8, ascii and latin-1, not as ${JSON.stringify(encoding)}`, { encoding });
  return (x) => {
    const out: number[] = [];
    for (const c of x) {
      const code = c.codePointAt(0)!;
      if (code < limit) out.push(code);
      else if (errors === "replace") out.push(63);
      else if (errors === "strict")
        throw new EncodingError(`${JSON.stringify(c)} in ${JSON.stringify(x.slice(0, 40))} is no character of ${encoding}`, {
          encoding,
          text: x,
        });
    }
    return Uint8Array.from(out);
  };
}

function decoder(encoding: string, errors: TextErrors, advice: string): (x: Uint8Array) => string {
  const refused = (x: Uint8Array, cause?: unknown): EncodingError =>
    new EncodingError(
      `the bytes [${x.slice(0, 12).join(", ")}${x.length > 12 ? ", …" : ""}] are no ${encoding} text; ${advice}`,
      { encoding },
      { cause },
    );
  const limit = single(encoding);
  if (limit !== undefined) {
    return (x) => {
      if (errors === "strict" && x.some((byte) => byte >= limit)) throw refused(x);
      return Array.from(x, (byte) => (byte < limit ? String.fromCharCode(byte) : errors === "replace" ? "\ufffd" : "")).join("");
    };
  }
  const own = textDecoder(isUtf8(encoding) ? "utf-8" : encoding, errors === "strict");
  return (x) => {
    try {
      const text = own.decode(x);
      return errors === "ignore" ? text.replaceAll("\ufffd", "") : text;
    } catch (cause) {
      throw refused(x, cause);
    }
  };
}

function textDecoder(encoding: string, fatal: boolean): TextDecoder {
  try {
    return new TextDecoder(encoding, { fatal, ignoreBOM: true });
  } catch (cause) {
    throw new EncodingError(
      `${JSON.stringify(encoding)} is no text encoding that is known here; utf-8, ascii and latin-1 are`,
      { encoding },
      { cause },
    );
  }
}
