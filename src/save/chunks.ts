/** How arrays are cut in a Zarr store. */
import { largestChunk } from "../array/index.ts";
import type { AnyArray } from "../array/lazy.ts";
import { bytesPerElement } from "../dtypes/traits.ts";
import type { DType } from "../dtypes/types.ts";
import { EncodingError } from "../errors.ts";
import type { Encoding } from "../variable/index.ts";

/** Bytes of a chunk where nobody says, and the most that a chunk of lazy data may have to be taken over. */
const CHUNK_BYTES = 4 * 2 ** 20;
const MOST_BYTES = 2 ** 27;

/**
 * The chunks of an array: the encoding's, else those that lazy data comes in, else the whole array or
 * halves of its longest axis, again and again, until one has at most 4 MiB.
 *
 * @throws EncodingError for chunks that are no positive whole numbers, or too many or few.
 */
export function chunksFor(name: string, array: AnyArray, dtype: DType, encoding: Encoding, wished: boolean): readonly number[] {
  const { shape } = array;
  const wish = encoding.chunks;
  if (wish !== undefined && wish !== null && wish !== "auto" && (wished || !("port" in array)))
    return checkedChunks(name, wish, shape.length);
  const itemSize = bytesPerElement(dtype);
  if ("port" in array) {
    const own = array.grid.map((axis) => Math.max(1, largestChunk(axis)));
    if (own.reduce((n, k) => n * k, itemSize) <= MOST_BYTES) return own;
  }
  const chunks = shape.map((n) => Math.max(1, n));
  while (chunks.reduce((n, k) => n * k, itemSize) > CHUNK_BYTES) {
    const axis = chunks.indexOf(Math.max(...chunks));
    if (chunks[axis]! <= 1) break;
    chunks[axis] = Math.ceil(chunks[axis]! / 2);
  }
  return chunks;
}

function checkedChunks(name: string, wish: unknown, rank: number): readonly number[] {
  if (Array.isArray(wish) && wish.length === rank && wish.every((n) => Number.isInteger(n) && n >= 1)) return wish as readonly number[];
  throw new EncodingError(
    `encoding.chunks of variable ${JSON.stringify(name)} is ${JSON.stringify(wish)}; it must be a list of ${rank} positive whole numbers, one for each dimension`,
    { name },
  );
}
