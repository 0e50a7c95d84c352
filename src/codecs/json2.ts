/** The codec `json2`: a JSON list of the values, nested as the chunk is, then the NumPy dtype and the shape. */
import type { AnyValues } from "../dtypes/types.ts";
import { EncodingError } from "../errors.ts";
import { sizeOf } from "../util/shape.ts";
import type { CodecFactory } from "./contract.ts";

/** `json2`: values of any JSON kind. */
export const json2: CodecFactory = (_config, { shape }) => {
  const count = sizeOf(shape);
  return {
    kind: "array-bytes",
    size: { bytes: 2 ** 30, exact: false },
    inPlace: false,
    decode: (bytes, into) => {
      const items: unknown = JSON.parse(quoteSpecials(new TextDecoder("utf-8", { fatal: true }).decode(bytes)), reviveSpecials);
      if (!Array.isArray(items) || items.length < 2) throw new EncodingError("the JSON is not a list of values, dtype and shape");
      const stored: unknown = items.pop();
      items.pop();
      // An array without dimensions was written as a list of one.
      const flat = items.flat(Math.max(0, shape.length - 1));
      if (!Array.isArray(stored) || flat.length !== count) {
        throw new EncodingError(`the JSON holds ${flat.length} values of shape ${JSON.stringify(stored)}; the chunk needs ${count}`, {
          stored: flat.length,
          count,
        });
      }
      const list = (into as unknown[] | undefined) ?? [];
      for (let i = 0; i < count; i++) list[i] = flat[i];
      return list as AnyValues;
    },
    encode: (values) => {
      const list = Array.from(values as readonly unknown[]);
      const items = shape.length > 1 ? nest(list, shape) : list;
      const text = JSON.stringify([...items, "|O", shape], markSpecials);
      return new TextEncoder().encode(text.replace(/"\\u0000(NaN|-?Infinity)"/g, "$1"));
    },
  };
};

function nest(list: readonly unknown[], shape: readonly number[]): unknown[] {
  let items: unknown[] = [...list];
  for (let axis = shape.length - 1; axis > 0; axis--) {
    const size = shape[axis]!;
    const rows = new Array<unknown>(size === 0 ? sizeOf(shape.slice(0, axis)) : items.length / size);
    for (let i = 0; i < rows.length; i++) rows[i] = items.slice(i * size, (i + 1) * size);
    items = rows;
  }
  return items;
}

const specials: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY,
};
const MARK = "\u0000";

/** Python writes bare NaN and Infinity, which JSON.parse refuses: mark those outside of strings. */
function quoteSpecials(text: string): string {
  if (!/NaN|Infinity/.test(text)) return text;
  return text.replace(/"(?:[^"\\]|\\.)*"|-?Infinity|NaN/g, (token) => (token.startsWith('"') ? token : `"\\u0000${token}"`));
}

function reviveSpecials(_key: string, value: unknown): unknown {
  return typeof value === "string" && value.startsWith(MARK) ? (specials[value.slice(1)] ?? value) : value;
}

function markSpecials(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? MARK + value : value;
}
