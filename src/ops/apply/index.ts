/**
 * Functions of users: of plain arrays under labelled ones (`applyUfunc`), and of labelled blocks
 * (`mapBlocks`). On lazy data they run block by block, on the thread that owns them.
 *
 * May import `variable/` and the operations that align and select. Takes and returns parts, never the
 * classes.
 *
 * @example
 * ```ts
 * applyUfunc((a) => slopes(a), [air], { inputCoreDims: [["time"]] });
 * ```
 */
export { type BlockFunction, mapBlocks } from "./map-blocks.ts";
export { type ApplyUfuncOptions, type ArrayFunction, applyUfunc } from "./ufunc.ts";
