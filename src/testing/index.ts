/**
 * Assertions for tests of code that uses graticule, with messages that say where objects differ.
 *
 * A subpath (`graticule/testing`); uses the public root only.
 *
 * @example
 * ```ts
 * import { assertAllclose } from "graticule/testing";
 * assertAllclose(computed, expected, { rtol: 1e-6 });
 * ```
 * @module
 */
import { ArgumentError, DataArray, Dataset } from "../index.ts";

type AnyObject = DataArray<any, any> | Dataset<any>;

/** How near values must be: |a − b| ≤ atol + rtol × |b|. */
export interface Closeness {
  /** Default 1e-5. */
  readonly rtol?: number | undefined;
  /** Default 1e-8. */
  readonly atol?: number | undefined;
}

/** Throws unless dims, coordinates and values are equal. Needs values in memory. */
export function assertEqual(a: AnyObject, b: AnyObject): void {
  if (!sameKind(a, b) || !(a as Dataset<any>).equals(b as Dataset<any>)) throw difference("not equal", a, b);
}

/** Throws unless objects are equal in names and attributes too. Needs values in memory. */
export function assertIdentical(a: AnyObject, b: AnyObject): void {
  if (!sameKind(a, b) || !(a as Dataset<any>).identical(b as Dataset<any>)) throw difference("not identical", a, b);
}

/** Throws unless numbers are close and everything else is equal. Needs values in memory. */
export function assertAllclose(a: AnyObject, b: AnyObject, options: Closeness = {}): void {
  if (!sameKind(a, b)) throw difference("of different kinds", a, b);
  const [x, y] = [variablesOf(a), variablesOf(b)];
  if (x.size !== y.size || [...x.keys()].some((name) => !y.has(name))) throw difference("made of different variables", a, b);
  for (const [name, one] of x) {
    const where = closeness(one, y.get(name)!, options);
    if (where !== undefined) throw difference(`not close: ${JSON.stringify(name)} ${where}`, a, b);
  }
}

/** Throws unless both are cut into the same chunks. */
export function assertChunksEqual(a: AnyObject, b: AnyObject): void {
  if (JSON.stringify(a.chunksizes) !== JSON.stringify(b.chunksizes))
    throw difference(`in different chunks: ${JSON.stringify(a.chunksizes)} and ${JSON.stringify(b.chunksizes)}`, a, b);
}

function sameKind(a: AnyObject, b: AnyObject): boolean {
  return a instanceof DataArray === b instanceof DataArray && a instanceof Dataset === b instanceof Dataset;
}

function variablesOf(object: AnyObject): Map<string, DataArray<any, any>> {
  const coords = new Map([...object.coords]);
  if (object instanceof DataArray) return coords.set(object.name ?? "values", object);
  for (const name of object.keys()) coords.set(name, object.get(name));
  return coords;
}

/** Where two arrays are not close; undefined where they are. */
function closeness(a: DataArray<any, any>, b: DataArray<any, any>, { rtol = 1e-5, atol = 1e-8 }: Closeness): string | undefined {
  if (a.dims.join() !== b.dims.join() || a.shape.join() !== b.shape.join())
    return `has dimensions (${a.dims.join(", ")}) of (${a.shape.join(", ")}) and (${b.dims.join(", ")}) of (${b.shape.join(", ")})`;
  const [x, y] = [a.values as ArrayLike<unknown>, b.values as ArrayLike<unknown>];
  for (let i = 0; i < x.length; i++) {
    const [p, q] = [x[i], y[i]];
    const near =
      typeof p === "number" && typeof q === "number" ? Object.is(p, q) || p === q || Math.abs(p - q) <= atol + rtol * Math.abs(q) : p === q;
    if (!near) return `differs at position ${i}: ${String(p)} and ${String(q)}`;
  }
  return undefined;
}

function difference(how: string, a: AnyObject, b: AnyObject): ArgumentError {
  return new ArgumentError(`the objects are ${how}\n\nleft:\n${a.toString()}\n\nright:\n${b.toString()}`, { how });
}
