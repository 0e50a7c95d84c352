/**
 * Small things that every layer uses and that know nothing of arrays: records keyed by anybody's names,
 * bytes, shapes, text for HTML, and "did you mean".
 *
 * Layer 0: imports nothing. Callers import the one file they need.
 *
 * @example
 * ```ts
 * throw new DimensionError(unknownName("dimension", "tmie", dims), { dim: "tmie", dims });
 * ```
 */
export { bytesOf, sameBytes } from "./bytes.ts";
export { escapeHtml } from "./html.ts";
export { isRecord, ownValue, setOwn } from "./records.ts";
export { hasNode } from "./runtime.ts";
export { cStrides, sizeOf } from "./shape.ts";
export { closest, nearHint, unknownName } from "./suggest.ts";
