/**
 * The lazy array: a cell that holds a port of the expression and, once loaded, its values.
 *
 * Everybody who holds the cell sees what `load` put into it; dropping the values gives the port back.
 */
import type { DType } from "../dtypes/types.ts";
import { type ChunkGrid, chunkSizes } from "./grid.ts";
import { type Meta, type Shape, sizeOf } from "./meta.ts";
import type { NDArray } from "./ndarray.ts";
import type { Port } from "./node.ts";

/** An array whose values come when a plan runs. */
export class LazyArray<T extends DType = DType> implements Meta {
  readonly port: Port;
  /** The values, once somebody awaited `load`. */
  resident: NDArray<T> | undefined;

  constructor(port: Port) {
    this.port = port;
  }

  private get meta(): Meta {
    return this.port.node.outputs[this.port.out]!;
  }

  get shape(): Shape {
    return this.meta.shape;
  }

  get dtype(): T {
    return this.meta.dtype as T;
  }

  get size(): number {
    return sizeOf(this.shape);
  }

  get ndim(): number {
    return this.shape.length;
  }

  /** How the array is cut. */
  get grid(): ChunkGrid {
    return this.port.node.grids[this.port.out]!;
  }

  /** The sizes of the chunks along each axis, as xarray's `chunks`. */
  get chunks(): readonly (readonly number[])[] {
    return this.grid.map(chunkSizes);
  }
}

/** Any array: in memory, or not yet. */
export type AnyArray<T extends DType = DType> = NDArray<T> | LazyArray<T>;

/** The values of an array that has them in memory; undefined for a lazy one that is not loaded. */
export function inMemory<T extends DType>(a: AnyArray<T>): NDArray<T> | undefined {
  return "port" in a ? a.resident : a;
}
