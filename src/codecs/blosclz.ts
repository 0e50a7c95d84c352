/** BloscLZ blocks (a FastLZ of c-blosc): control bytes, literal runs, matches up to 73,725 back. Decoding only. */
import { EncodingError } from "../errors.ts";
import { copyMatch } from "./lz4.ts";

const FAR = 8191;

/** Decode one block into all of `target`. */
export function bloscLzDecode(source: Uint8Array, target: Uint8Array): void {
  const end = source.length;
  const size = target.length;
  let s = 0;
  let t = 0;
  let control = end > 0 ? source[s++]! & 31 : 0;
  for (let more = end > 0; more; ) {
    if (control >= 32) {
      let length = (control >>> 5) - 1;
      let high = (control & 31) << 8;
      if (length === 6) {
        let code = 255;
        while (code === 255 && s < end) {
          code = source[s++]!;
          length += code;
        }
      }
      const code = source[s++] ?? 0;
      let distance = high + code;
      if (code === 255 && high === 31 << 8) {
        high = (source[s]! << 8) | source[s + 1]!;
        s += 2;
        distance = high + FAR;
      }
      length += 3;
      distance += 1;
      if (s > end || distance > t || t + length > size) throw damaged(t, size);
      copyMatch(target, t, distance, length);
      t += length;
    } else {
      const length = control + 1;
      if (s + length > end || t + length > size) throw damaged(t, size);
      for (let i = 0; i < length; i++) target[t + i] = source[s + i]!;
      s += length;
      t += length;
    }
    more = s < end;
    if (more) control = source[s++]!;
  }
  if (t !== size) throw damaged(t, size);
}

function damaged(at: number, size: number): EncodingError {
  return new EncodingError(`the BloscLZ block is damaged: it goes wrong after ${at} of ${size} bytes`, {
    at,
    size,
  });
}
