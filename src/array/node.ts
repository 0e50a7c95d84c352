/**
 * Nodes: the symbolic expression that a lazy array is a port of. Pure data; one node per array
 * operation and never one per chunk. `compute/` turns nodes into plans.
 */
import type { TypedArray } from "../dtypes/types.ts";
import type { ChunkGrid } from "./grid.ts";
import type { Meta } from "./meta.ts";
import type { Op } from "./op.ts";

/** What JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * How far a node can travel: as JSON and blobs to another machine, by structured clone to a worker,
 * or not at all (it closes over a function). A node's reach is the least of its own and its inputs'.
 */
export type Reach = "json" | "clone" | "local";

/** The kinds of nodes, which say how demand and grids behave. */
export type NodeKind =
  | "source"
  | "constant"
  | "generate"
  | "view"
  | "reshape"
  | "gather"
  | "concat"
  | "map"
  | "aggregate"
  | "scan"
  | "blocks"
  | "rechunk"
  | "guard";

/** One output of a node. */
export interface Port {
  readonly node: Node;
  readonly out: number;
}

/** What an operation is called with: everything its record's functions need to know. */
export interface OpCall<P = any> {
  /** Shape and dtype of each input. */
  readonly inputs: readonly Meta[];
  /** Shape and dtype of each output, as `infer` gave them. */
  readonly outputs: readonly Meta[];
  /** JSON: names, axes, counts. Never values of the user's data: those are inputs. */
  readonly params: P;
  /** Arrays too big for JSON that are part of the operation: group codes, positions, edges. */
  readonly blobs: readonly TypedArray[];
  /** What cannot be said in JSON: a source that is open, a constant's array, a user's function. */
  readonly live: unknown;
}

/** One array operation on lazy inputs. */
export interface Node<P = any> extends OpCall<P> {
  readonly op: Op<P>;
  readonly from: readonly Port[];
  readonly grids: readonly ChunkGrid[];
  readonly reach: Reach;
  /** What users see of it in `explain()` and in errors. */
  readonly label: string;
}
