/**
 * Indexes: from labels to positions.
 *
 * An index is made from one or several coordinates and answers selections by label, joins and
 * look-ups; `toPositions` checks what users give by position. May import `variable/` and below; knows
 * no datasets: `ops/selecting` and `ops/align` apply what is found here to all variables of one.
 *
 * @example
 * ```ts
 * const index = LabelIndex.of("time", new Variable(["time"], times));
 * index.sel(new Map([["time", "2000-02"]]), {}).indexers.get("time"); // { kind: "run", start: 31, step: 1, count: 29 }
 * ```
 */
export type { Index, SelectMethod, SelectOptions, SelectResult } from "./contract.ts";
export { defaultIndexes, distinctIndexes } from "./default-indexes.ts";
export { describeDifference } from "./difference.ts";
export { indexKeys } from "./index-keys.ts";
export { type ArrayIndexer, type Indexer, type PositionIndexer, type Scalar, Slice, slice } from "./indexers.ts";
export { LabelIndex, type LabelIndexOptions } from "./label-index.ts";
export { type Key, type Keys, keysOf, labelsOf } from "./label-keys.ts";
export { Lookup } from "./label-lookup.ts";
export { labelsFor } from "./label-parse.ts";
export { type Codes, factorize } from "./multi-codes.ts";
export { MultiIndex } from "./multi-index.ts";
export { indexerVariable, isWhole, sliceRun, toPositions } from "./positions.ts";
