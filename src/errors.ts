/**
 * Every error this library throws on purpose: one base, a dozen tagged leaves.
 *
 * A message says what was wrong, which value it was, and what was possible. `tag` survives
 * structured clone and bundling, so tell errors apart with {@link isGraticuleError}, not by name.
 *
 * @example
 * ```ts
 * try { air.mean("tmie"); }
 * catch (e) { if (isGraticuleError(e, "DimensionError")) console.log(e.message); }
 * // unknown dimension "tmie"; did you mean "time"? (time, lat, lon)
 * ```
 */

/** What {@link GraticuleError.tag} can be. */
export type ErrorTag =
  | "AlignmentError"
  | "ArgumentError"
  | "BackendError"
  | "CoordinateError"
  | "DTypeError"
  | "DimensionError"
  | "EncodingError"
  | "IndexingError"
  | "MemoryLimitError"
  | "MergeError"
  | "NotLoadedError"
  | "StoreError"
  | "UnsupportedError";

/** Structured facts about what went wrong: clone-safe values only. */
export type ErrorFields = Readonly<Record<string, unknown>>;

/** The base of every error thrown by graticule. */
export abstract class GraticuleError extends Error {
  /** Which leaf this is, as a plain string. */
  abstract readonly tag: ErrorTag;
  /** The values the message speaks of. */
  readonly fields: ErrorFields;

  constructor(message: string, fields: ErrorFields = {}, options?: ErrorOptions) {
    super(message, options);
    this.fields = fields;
    this.name = new.target.name;
  }
}

/** Labels along a shared dimension disagree where they must be equal. */
export class AlignmentError extends GraticuleError {
  readonly tag = "AlignmentError";
}
/** An option or argument has a value that is not one of the possible ones. */
export class ArgumentError extends GraticuleError {
  readonly tag = "ArgumentError";
}
/** A file or group is not of the format it should be, or is damaged. */
export class BackendError extends GraticuleError {
  readonly tag = "BackendError";
}
/** A coordinate or variable name is unknown, or a coordinate does not fit its dimensions. */
export class CoordinateError extends GraticuleError {
  readonly tag = "CoordinateError";
}
/** A dtype is unknown, does not support an operation, or cannot hold a value. */
export class DTypeError extends GraticuleError {
  readonly tag = "DTypeError";
}
/** A dimension is unknown, repeated, or has another size than it should. */
export class DimensionError extends GraticuleError {
  readonly tag = "DimensionError";
}
/** Values cannot be encoded or decoded: a codec, a fill value, a unit of time, a checksum. */
export class EncodingError extends GraticuleError {
  readonly tag = "EncodingError";
}
/** A label is not found, a position is out of range, or an index cannot answer. */
export class IndexingError extends GraticuleError {
  readonly tag = "IndexingError";
}
/** A computation cannot run inside the memory budget. */
export class MemoryLimitError extends GraticuleError {
  readonly tag = "MemoryLimitError";
}
/** Variables with one name conflict when datasets are put together. */
export class MergeError extends GraticuleError {
  readonly tag = "MergeError";
}
/** Values were asked of lazy data by a call that cannot wait; the message says what to await. */
export class NotLoadedError extends GraticuleError {
  readonly tag = "NotLoadedError";
}
/** Bytes could not be had or written: not found, forbidden, unreachable, short, or changed. */
export class StoreError extends GraticuleError {
  readonly tag = "StoreError";
}
/** Something that exists in the format or in xarray and is not possible here. */
export class UnsupportedError extends GraticuleError {
  readonly tag = "UnsupportedError";
}

/**
 * Whether `error` was thrown by graticule, and has one of `tags` where any are given.
 *
 * @example
 * ```ts
 * isGraticuleError(new DimensionError("…"), "DimensionError"); // true
 * ```
 */
export function isGraticuleError(error: unknown, ...tags: readonly ErrorTag[]): error is GraticuleError {
  if (!(error instanceof Error) || !("tag" in error) || !("fields" in error)) return false;
  return tags.length === 0 || tags.includes(error.tag as ErrorTag);
}

/** The error with this tag: how errors come back from another thread, and how a deferred check throws. */
export function errorOf(tag: ErrorTag, message: string, fields?: ErrorFields, options?: ErrorOptions): GraticuleError {
  return new LEAVES[tag](message, fields, options);
}

const LEAVES: { readonly [T in ErrorTag]: new (message: string, fields?: ErrorFields, options?: ErrorOptions) => GraticuleError } = {
  AlignmentError,
  ArgumentError,
  BackendError,
  CoordinateError,
  DTypeError,
  DimensionError,
  EncodingError,
  IndexingError,
  MemoryLimitError,
  MergeError,
  NotLoadedError,
  StoreError,
  UnsupportedError,
};
