/**
 * Sources and sinks: where a lazy array's blocks come from and go to.
 *
 * A source is locate → fetch → decode, so that a plan knows bytes before it reads them, ranges
 * coalesce across chunks and files, and decoding can happen elsewhere. Formats that cannot say where
 * their bytes are give `read` instead.
 */
import type { ReadOptions, Store, StoreKey } from "../stores/contract.ts";
import type { Box, BoxSet } from "./box.ts";
import type { ChunkGrid } from "./grid.ts";
import { LazyArray } from "./lazy.ts";
import type { Meta } from "./meta.ts";
import type { NDArray } from "./ndarray.ts";
import type { Json, Node, Reach } from "./node.ts";
import type { Op } from "./op.ts";

/** Bytes to fetch: a whole value, or `length` bytes at `offset` of it. */
export interface FetchRange {
  readonly key: StoreKey;
  readonly offset?: number;
  readonly length?: number;
}

/** One stored chunk that a region needs. */
export interface ChunkRef {
  /** The C-ordered number of the chunk in the source's grid. */
  readonly id: number;
  /** What the chunk covers, clipped to the array. */
  readonly box: Box;
  /** What to fetch, in the order `decode` wants it; empty where the chunk is missing or inline. */
  readonly ranges: readonly FetchRange[];
  /** Bytes in memory once decoded. */
  readonly decoded: number;
  /** The most bytes that fetching can bring. */
  readonly encodedMax: number;
}

/** How to open a source again elsewhere. */
export interface SourceRef {
  readonly backend: string;
  /** The store's url, or a name under which the host knows it. */
  readonly store: string;
  readonly path: string;
  /** ETag, modification time or snapshot, where known. */
  readonly version?: string;
  readonly meta: Json;
}

/** An array that can be read region by region. */
export interface Source {
  readonly ref: SourceRef;
  readonly meta: Meta;
  readonly grid: ChunkGrid;
  readonly store: Store;
  readonly reach: Reach;
  /** Load what `locate` and `decode` need (codecs, shard and chunk indexes); called once per run, cheap when done. */
  prepare?(boxes: BoxSet, options: ReadOptions): Promise<void>;
  /** The chunks that the boxes touch, each once. */
  locate?(boxes: BoxSet): readonly ChunkRef[];
  /** The chunk's block over `chunk.box` from what `ranges` brought (`undefined`: the key is missing). Throws on damage. */
  decode?(chunk: ChunkRef, raw: readonly (Uint8Array | undefined)[]): NDArray;
  /** The block over a box, for formats that cannot locate. */
  read?(box: Box, options: ReadOptions): Promise<NDArray>;
}

/** An array that is written chunk by chunk, each chunk once. */
export interface Sink {
  readonly meta: Meta;
  /** Write tasks are unions of whole chunks of this grid. */
  readonly grid: ChunkGrid;
  /** Store the block over `box`, which is made of whole chunks. */
  write(box: Box, block: NDArray, options: ReadOptions): Promise<void>;
}

/** The operation of a node that reads a source; whoever runs a plan reads the source itself. */
export const sourceOp: Op<SourceRef> = {
  name: "source",
  kind: "source",
  infer: (_inputs, _params, { live }) => [(live as Source).meta],
  grid: (call) => [(call.live as Source).grid],
  demand: (): BoxSet => [],
  run: () => [null],
};

/** The lazy array of a source. */
export function fromSource(source: Source): LazyArray {
  const meta = { shape: source.meta.shape, dtype: source.meta.dtype };
  const node: Node<SourceRef> = {
    op: sourceOp,
    from: [],
    inputs: [],
    outputs: [meta],
    params: source.ref,
    blobs: [],
    live: source,
    grids: [source.grid],
    reach: source.reach,
    label: source.ref.path,
  };
  return new LazyArray({ node, out: 0 });
}
