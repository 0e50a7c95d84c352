/** Raw Snappy blocks (format_description.txt): a length, then literals and copies. Decoding only. */
import { EncodingError } from "../errors.ts";
import { copyMatch } from "./lz4.ts";

/** Decode one block into all of `target`. */
export function snappyDecode(source: Uint8Array, target: Uint8Array): void {
  let s = 0;
  let size = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = source[s++];
    if (byte === undefined || shift > 28) throw damaged();
    size += (byte & 127) * 2 ** shift;
    if (byte < 128) break;
  }
  if (size !== target.length) throw damaged();
  let t = 0;
  while (s < source.length) {
    const tag = source[s++]!;
    let length = (tag >>> 2) + 1;
    if ((tag & 3) === 0) {
      if (length > 60) {
        const extra = length - 60;
        length = little(source, s, extra) + 1;
        s += extra;
      }
      if (s + length > source.length || t + length > size) throw damaged();
      target.set(source.subarray(s, s + length), t);
      s += length;
    } else {
      let distance: number;
      if ((tag & 3) === 1) {
        length = ((tag >>> 2) & 7) + 4;
        distance = ((tag >>> 5) << 8) | source[s++]!;
      } else {
        const width = (tag & 3) === 2 ? 2 : 4;
        distance = little(source, s, width);
        s += width;
      }
      if (!(distance > 0 && distance <= t) || s > source.length || t + length > size) throw damaged();
      copyMatch(target, t, distance, length);
    }
    t += length;
  }
  if (t !== size) throw damaged();
}

function little(bytes: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let i = 0; i < width; i++) value += (bytes[at + i] ?? 0) * 2 ** (8 * i);
  return value;
}

function damaged(): EncodingError {
  return new EncodingError("the Snappy block is damaged");
}
