/** Reading for a task: which chunks it needs, what fetching them takes, and blocks made of them. */

import { boxView } from "../array/apply.ts";
import { type Box, type BoxSet, boxShape, boxSize, contains, intersect } from "../array/box.ts";
import { chunkBox, chunksIn } from "../array/grid.ts";
import { cStrides, sameShape } from "../array/meta.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { ChunkRef, Source } from "../array/source.ts";
import { bytesPerElement, slotsPerElement } from "../dtypes/traits.ts";
import { BackendError } from "../errors.ts";
import { copyStrided } from "../kernels/copy.ts";
import { abortable, fetchChunks, type Raw } from "./fetch.ts";
import type { Load } from "./measure.ts";

/** The chunks one step of one task reads. */
export interface Reading {
  readonly step: number;
  readonly source: Source;
  readonly boxes: BoxSet;
  readonly chunks: readonly { readonly key: string; readonly ref: ChunkRef }[];
  /** Positions in `chunks` of those that must be fetched. */
  readonly missing: readonly number[];
  readonly load: Load;
}

/** What fetching brought: bytes for each chunk, or its block where the source reads by itself. */
export type Fetched = ReadonlyMap<string, Raw | NDArray>;

const ids = new WeakMap<Source, number>();
let lastId = 0;

/** A number for each source of the process, for keys of chunks. */
function idOf(source: Source): number {
  let id = ids.get(source);
  if (id === undefined) {
    id = ++lastId;
    ids.set(source, id);
  }
  return id;
}

/** Find out what a step reads. `atHand` tells the chunks that are there already or on their way. */
export async function prepareReading(
  step: number,
  source: Source,
  boxes: BoxSet,
  atHand: (key: string) => boolean,
  claimed: Set<string>,
  signal: AbortSignal,
): Promise<Reading> {
  if (source.prepare) await abortable(source.prepare(boxes, { signal }), signal);
  const id = idOf(source);
  const refs = source.locate?.(boxes) ?? wholeChunks(source, boxes);
  const width = bytesPerElement(source.meta.dtype);
  const chunks = refs.map((ref) => ({ key: keyOf(id, ref, source), ref }));
  const missing: number[] = [];
  let encoded = 0;
  let held = 0;
  let passing = 0;
  let kept = 0;
  for (let i = 0; i < chunks.length; i++) {
    const { key, ref } = chunks[i]!;
    if (atHand(key)) kept += ref.decoded;
    else if (!claimed.has(key)) {
      claimed.add(key);
      missing.push(i);
      encoded += source.locate ? ref.encodedMax : ref.decoded;
    }
    if (boxes.some((box) => contains(ref.box, box))) held += ref.decoded;
    else passing = Math.max(passing, ref.decoded);
  }
  for (const box of boxes) if (!refs.some((ref) => contains(ref.box, box))) held += boxSize(box) * width;
  return { step, source, boxes, chunks, missing, load: { encoded, held, passing, kept } };
}

/** A chunk that is not whole (part of a huge one) is another thing each time. */
function keyOf(id: number, ref: ChunkRef, source: Source): string {
  return source.locate || ref.id >= 0 ? `${id}:${ref.id}` : `${id}:${ref.box.join()}`;
}

/** What a source that cannot locate is asked for: whole chunks, or the part wanted of one where that is much less. */
function wholeChunks({ grid, meta }: Source, boxes: BoxSet): ChunkRef[] {
  const width = bytesPerElement(meta.dtype);
  const refs: ChunkRef[] = [];
  const seen = new Set<number>();
  for (const box of boxes) {
    for (const id of chunksIn(grid, box)) {
      const whole = chunkBox(grid, id);
      const wanted = intersect(whole, box) ?? whole;
      const part = boxSize(wanted) * 4 < boxSize(whole);
      if (!part && seen.has(id)) continue;
      if (!part) seen.add(id);
      const decoded = boxSize(part ? wanted : whole) * width;
      refs.push({ id: part ? -1 : id, box: part ? wanted : whole, ranges: [], decoded, encodedMax: 0 });
    }
  }
  return refs;
}

/** Fetch what is missing, all at once. */
export async function fetchReadings(readings: readonly Reading[], signal: AbortSignal): Promise<Fetched> {
  const fetched = new Map<string, Raw | NDArray>();
  await Promise.all(
    readings.map(async ({ source, chunks, missing }) => {
      if (source.locate) {
        const raws = await fetchChunks(
          source.store,
          missing.map((i) => chunks[i]!.ref),
          signal,
        );
        for (const [k, i] of missing.entries()) fetched.set(chunks[i]!.key, raws[k]!);
      } else {
        await Promise.all(missing.map(async (i) => fetched.set(chunks[i]!.key, await source.read!(chunks[i]!.ref.box, { signal }))));
      }
    }),
  );
  return fetched;
}

/** What {@link blocksOf} needs of a task. */
export interface Decoding {
  /** A chunk that is decoded already. */
  known(key: string): NDArray | undefined;
  /** A chunk is at hand; the bytes it came from are gone. */
  open(key: string, array: NDArray, ref: ChunkRef, raw: Raw | NDArray | undefined): void;
  /** It has been copied to where it goes, or blocks are views of it. */
  close(array: NDArray): void;
  alloc(shape: readonly number[]): NDArray;
  /** A block that is a view of a chunk. */
  view(block: NDArray): void;
}

/** Blocks over the boxes of a reading. Bytes leave `fetched` as they are decoded. */
export function blocksOf({ source, boxes, chunks }: Reading, fetched: Map<string, Raw | NDArray>, task: Decoding): NDArray[] {
  const blocks = new Array<NDArray | undefined>(boxes.length);
  for (const { key, ref } of chunks) {
    const raw = fetched.get(key);
    const array = task.known(key) ?? decode(source, ref, raw, key);
    fetched.delete(key);
    task.open(key, array, ref, raw);
    for (let b = 0; b < boxes.length; b++) {
      const box = boxes[b]!;
      if (contains(ref.box, box)) {
        blocks[b] = boxView(array, relative(box, ref.box));
        task.view(blocks[b]!);
      } else {
        const common = intersect(ref.box, box);
        if (!common) continue;
        const block = blocks[b] ?? task.alloc(boxShape(box));
        blocks[b] = block;
        copyInto(boxView(array, relative(common, ref.box)), block, relative(common, box));
      }
    }
    task.close(array);
  }
  return boxes.map((box, b) => blocks[b] ?? task.alloc(boxShape(box)));
}

function decode(source: Source, ref: ChunkRef, raw: Raw | NDArray | undefined, key: string): NDArray {
  if (raw === undefined) throw new BackendError(`chunk ${key} of ${source.ref.path} was not fetched`, { path: source.ref.path });
  const array = Array.isArray(raw) ? source.decode!(ref, raw as Raw) : (raw as NDArray);
  if (sameShape(array.shape, boxShape(ref.box))) return array;
  throw new BackendError(
    `chunk ${key} of ${source.ref.path} has shape (${array.shape.join(", ")}), not (${boxShape(ref.box).join(", ")})`,
    { path: source.ref.path, shape: array.shape },
  );
}

/** `box` counted from the corner of `origin`. */
export function relative(box: Box, origin: Box): Box {
  const out = new Float64Array(box.length);
  for (let i = 0; i < box.length; i++) out[i] = box[i]! - origin[i - (i % 2)]!;
  return out;
}

/** Copy a block into a region of an array that is ours to write. */
export function copyInto(block: NDArray, into: NDArray, at: Box): void {
  let offset = into.offset;
  const stride = into.contiguous ? cStrides(into.shape) : into.stride;
  for (let i = 0; i < stride.length; i++) offset += at[2 * i]! * stride[i]!;
  copyStrided(block.data, block.shape, block.stride, block.offset, into.data, stride, offset, slotsPerElement(block.dtype));
}
