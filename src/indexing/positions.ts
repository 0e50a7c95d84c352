/** From what users give `isel` to checked positions. */
import { inMemory } from "../array/lazy.ts";
import { flatValues, NDArray } from "../array/ndarray.ts";
import { kindOf } from "../dtypes/traits.ts";
import { IndexingError } from "../errors.ts";
import { loadedArray, Variable } from "../variable/variable.ts";
import { type PositionIndexer, Slice } from "./indexers.ts";
import { describe } from "./label-parse.ts";

/** An indexer with dimensions of its own: a Variable, or an array that has one. */
export function indexerVariable(indexer: unknown): Variable | undefined {
  if (indexer instanceof Variable) return indexer;
  if (typeof indexer !== "object" || indexer === null) return undefined;
  const { variable } = indexer as { variable?: unknown };
  return variable instanceof Variable ? variable : undefined;
}

/**
 * The positions that `indexer` means along dimension `dim` of length `size`.
 *
 * Negative positions count from the end. An array with dimensions of its own gives `points`, except
 * along `dim` itself, where it is a list; booleans select where they are true.
 *
 * @throws IndexingError for positions out of range or not whole, masks of another length and nested
 * lists; NotLoadedError for a lazy indexer.
 */
export function toPositions(indexer: unknown, dim: string, size: number): PositionIndexer {
  if (indexer === null || indexer === undefined) return { kind: "run", start: 0, step: 1, count: size };
  if (typeof indexer === "number" || typeof indexer === "bigint") return { kind: "at", at: position(Number(indexer), dim, size) };
  if (indexer instanceof Slice) return sliceRun(indexer, dim, size);
  const variable = indexerVariable(indexer);
  if (variable) return fromVariable(variable, dim, size);
  const array = asIndexArray(indexer, dim);
  if (array instanceof NDArray && array.ndim === 0)
    return { kind: "at", at: position(Number((flatValues(array) as ArrayLike<unknown>)[0]), dim, size) };
  return { kind: "take", positions: listPositions(array, dim, size) };
}

function fromVariable(variable: Variable, dim: string, size: number): PositionIndexer {
  const array = loadedArray(variable.array, `the indexer for dimension ${JSON.stringify(dim)}`);
  const ownDim = variable.ndim === 1 && variable.dims[0] === dim;
  if (kindOf(array.dtype) === "b" && !ownDim) {
    throw new IndexingError(
      `a boolean indexer for dimension ${JSON.stringify(dim)} must lie along it, not along (${variable.dims.join(", ")})`,
      { dim, dims: variable.dims },
    );
  }
  const positions = listPositions(array, dim, size);
  if (ownDim) return { kind: "take", positions };
  return { kind: "points", positions: new Variable(variable.dims, new NDArray(positions, variable.shape, "float64")) };
}

/** Lists, typed arrays and arrays in memory, as something with flat values. */
function asIndexArray(indexer: unknown, dim: string): NDArray | ArrayLike<unknown> {
  if (indexer instanceof NDArray || (typeof indexer === "object" && indexer !== null && "port" in indexer)) {
    const array = inMemory(indexer as NDArray) ?? loadedArray(indexer as NDArray, `the indexer for dimension ${JSON.stringify(dim)}`);
    if (array.ndim > 1)
      throw new IndexingError(
        `an indexer of ${array.ndim} dimensions for ${JSON.stringify(dim)} needs dimension names: give a Variable or DataArray`,
        { dim, shape: array.shape },
      );
    return array;
  }
  if (Array.isArray(indexer) || (ArrayBuffer.isView(indexer) && "length" in indexer)) return indexer as unknown as ArrayLike<unknown>;
  throw new IndexingError(
    `${describe(indexer)} is no position along dimension ${JSON.stringify(dim)}; possible are integers, slices, lists of integers, boolean masks and arrays of them`,
    { dim },
  );
}

/** Positions of a list or mask. */
function listPositions(list: NDArray | ArrayLike<unknown>, dim: string, size: number): Float64Array {
  const values = (list instanceof NDArray ? flatValues(list) : list) as ArrayLike<unknown>;
  const masked = list instanceof NDArray ? kindOf(list.dtype) === "b" : typeof values[0] === "boolean";
  if (masked) return maskPositions(values, dim, size);
  const out = new Float64Array(values.length);
  for (let i = 0; i < out.length; i++) {
    const value = values[i];
    const at = typeof value === "number" ? value : typeof value === "bigint" ? Number(value) : Number.NaN;
    if (Number.isNaN(at))
      throw new IndexingError(`${describe(value)} at ${i} is no position along dimension ${JSON.stringify(dim)}`, { dim, at: i });
    out[i] = position(at, dim, size);
  }
  return out;
}

/** The positions where `mask` is true, after checking its length. */
export function maskPositions(mask: ArrayLike<unknown>, dim: string, size: number): Float64Array {
  if (mask.length !== size) {
    throw new IndexingError(`a boolean mask of length ${mask.length} does not fit dimension ${JSON.stringify(dim)} of length ${size}`, {
      dim,
      size,
      length: mask.length,
    });
  }
  let count = 0;
  for (let i = 0; i < size; i++) if (mask[i]) count++;
  const out = new Float64Array(count);
  for (let i = 0, n = 0; n < count; i++) if (mask[i]) out[n++] = i;
  return out;
}

function position(at: number, dim: string, size: number): number {
  if (!Number.isInteger(at))
    throw new IndexingError(`position ${at} along dimension ${JSON.stringify(dim)} is not a whole number`, { dim, at });
  if (at >= size || at < -size)
    throw new IndexingError(`position ${at} is out of range for dimension ${JSON.stringify(dim)} of length ${size}`, { dim, at, size });
  return at < 0 ? at + size : at;
}

/** A slice by position as a run: Python's rules for open, negative and far ends. */
export function sliceRun(slice: Slice, dim: string, size: number): PositionIndexer & { readonly kind: "run" } {
  const step = checkedStep(slice.step, dim);
  const whole = (end: unknown): number | null => {
    if (end === null || end === undefined) return null;
    const at = typeof end === "bigint" ? Number(end) : end;
    if (typeof at !== "number" || Number.isNaN(at) || (Number.isFinite(at) && !Number.isInteger(at))) {
      throw new IndexingError(
        `${describe(end)} cannot bound a slice by position along dimension ${JSON.stringify(dim)}: use sel for labels`,
        { dim },
      );
    }
    return at < 0 ? at + size : at;
  };
  const clip = (at: number, low: number, high: number): number => Math.min(Math.max(at, low), high);
  const [low, high] = step > 0 ? [0, size] : [-1, size - 1];
  const start = clip(whole(slice.start) ?? (step > 0 ? 0 : size - 1), low, high);
  const stop = clip(whole(slice.stop) ?? (step > 0 ? size : -1), low, high);
  const count = Math.max(0, Math.ceil((stop - start) / step));
  return { kind: "run", start: count === 0 ? 0 : start, step, count };
}

/** The step of a slice, 1 where none is given. */
export function checkedStep(step: number | null, dim: string): number {
  const n = step ?? 1;
  if (!Number.isInteger(n) || n === 0)
    throw new IndexingError(`the step of a slice along dimension ${JSON.stringify(dim)} must be a whole number other than 0, not ${n}`, {
      dim,
      step: n,
    });
  return n;
}

/** Whether an indexer takes the whole dimension as it is. */
export function isWhole(indexer: PositionIndexer, size: number): boolean {
  return indexer.kind === "run" && indexer.start === 0 && indexer.step === 1 && indexer.count === size;
}
