/** Characters, bytes and text, lazily: characters joined along the last axis, bytes decoded, and both back. */
import { EncodingError } from "../errors.ts";
import { sizeOf } from "../util/shape.ts";
import { apply } from "./apply.ts";
import { boxShape } from "./box.ts";
import { broadcasting } from "./broadcasting.ts";
import { regularAxis } from "./grid.ts";
import type { AnyArray } from "./lazy.ts";
import { flatValues, NDArray } from "./ndarray.ts";
import type { Op } from "./op.ts";
import { recodeText } from "./text-encodings.ts";

type Bytes = readonly (Uint8Array | null)[];

/** Single characters joined along the last axis, without the NULs at the end. */
export const joinCharsOp: Op<null> = {
  name: "join-chars",
  kind: "map",
  infer: ([a]) => [{ shape: a!.shape.slice(0, -1), dtype: "bytes" }],
  grid: (_call, [grid]) => [grid!.slice(0, -1)],
  demand: (call, _out, at) => [Float64Array.of(...at, 0, call.inputs[0]!.shape.at(-1)!)],
  run: (call, context) => {
    const at = context.at[0]!;
    const length = call.inputs[0]!.shape.at(-1)!;
    const chars = flatValues(context.read(0, Float64Array.of(...at, 0, length))) as Bytes;
    const shape = boxShape(at);
    const n = sizeOf(shape);
    const out = new Array<Uint8Array | null>(n);
    const line = new Uint8Array(length);
    for (let i = 0; i < n; i++) {
      let end = 0;
      for (let k = 0; k < length; k++) {
        const byte = chars[i * length + k]?.[0] ?? 0;
        line[k] = byte;
        if (byte !== 0) end = k + 1;
      }
      out[i] = line.slice(0, end);
    }
    return [new NDArray(out, shape, "bytes")];
  },
};

/** Characters `[…, n]` as bytes strings `[…]`. */
export function joinChars(a: AnyArray): AnyArray {
  return apply(joinCharsOp, [a], { params: null });
}

/** Bytes strings as single characters along a new last axis, filled up with NUL. */
export const splitCharsOp: Op<{ readonly length: number; readonly name: string }> = {
  name: "split-chars",
  kind: "map",
  infer: ([a], { length }) => [{ shape: [...a!.shape, length], dtype: "bytes" }],
  grid: (call, [grid]) => [[...grid!, regularAxis(call.params.length, Math.max(1, call.params.length))]],
  demand: (_call, _out, at) => [at.slice(0, -2)],
  run: (call, context) => {
    const at = context.at[0]!;
    const [from, to] = [at[at.length - 2]!, at[at.length - 1]!];
    const texts = flatValues(context.read(0, at.slice(0, -2))) as Bytes;
    const out: Uint8Array[] = [];
    for (const text of texts) {
      if (text && text.length > call.params.length)
        throw new EncodingError(
          `variable ${JSON.stringify(call.params.name)} has a text of ${text.length} bytes and room for ${call.params.length}`,
          { name: call.params.name },
        );
      for (let k = from; k < to; k++) out.push(Uint8Array.of(text?.[k] ?? 0));
    }
    return [new NDArray(out, boxShape(at), "bytes")];
  },
};

/** Bytes strings `[…]` as characters `[…, length]`; `name` is the variable's, for messages. */
export function splitChars(a: AnyArray, length: number, name: string): AnyArray {
  return apply(splitCharsOp, [a], { params: { length, name } });
}

/** Bytes `a` as text in `encoding`; throws EncodingError for one that is not known, and when computed for bytes that are none. */
export function decodeText(a: AnyArray, encoding: string): AnyArray {
  return recodeText(a, "string", encoding, { advice: "open with { concatCharacters: false } to have them as they are" });
}

/** Text as bytes of UTF-8. */
export const encodeTextOp: Op<null> = {
  name: "encode-text",
  kind: "map",
  infer: ([a]) => [{ shape: a!.shape, dtype: "bytes" }],
  ...broadcasting,
  run: (_call, context) => {
    const block = context.read(0, context.at[0]!);
    const encoder = new TextEncoder();
    const data = (flatValues(block) as readonly (string | null)[]).map((text) => encoder.encode(text ?? ""));
    return [new NDArray(data, block.shape, "bytes")];
  },
};

/** Text `a` as UTF-8; missing text is empty. */
export function encodeText(a: AnyArray): AnyArray {
  return apply(encodeTextOp, [a], { params: null });
}

/** Text that is one of some values as missing text. */
export const maskTextOp: Op<{ readonly fills: readonly string[] }> = {
  name: "mask-text",
  kind: "map",
  infer: ([a]) => [a!],
  ...broadcasting,
  run: (call, context) => {
    const block = context.read(0, context.at[0]!);
    const missing = new Set<string | null>(call.params.fills);
    return [
      new NDArray(
        (flatValues(block) as readonly (string | null)[]).map((text) => (missing.has(text) ? null : text)),
        block.shape,
        "string",
      ),
    ];
  },
};

/** Text `a`, missing where it is one of `fills`. */
export function maskText(a: AnyArray, fills: readonly string[]): AnyArray {
  return apply(maskTextOp, [a], { params: { fills } });
}
