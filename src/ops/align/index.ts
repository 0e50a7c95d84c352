/**
 * Alignment: common labels and common dimensions.
 *
 * `align` brings objects onto the same labels, `broadcast` onto the same dimensions. May import
 * `indexing/`, `variable/` and `ops/selecting`. Takes and returns parts, never the classes.
 *
 * @example
 * ```ts
 * const [a, b] = align([x, y], { join: "outer", fillValue: 0 });
 * ```
 */
export { type AlignOptions, type AnyParts, align } from "./align.ts";
export { type BroadcastOptions, broadcast, broadcastLike } from "./broadcast.ts";
