/**
 * Arrays without names: in memory ({@link NDArray}) or not yet ({@link LazyArray}), and every operation
 * on them.
 *
 * An operation is a record ({@link Op}) that `apply` runs at once where all inputs are in memory, and
 * turns into a node where one is lazy; operations never ask which they have. Knows shapes, dtypes,
 * strides and chunks; knows no dimension names and runs no plans. May import kernels, dtypes,
 * options, errors and util.
 *
 * @example
 * ```ts
 * const a = full([3, 4], 1.5, "float64");
 * select(a, [0, { start: 3, step: -1, count: 4 }]); // a view of shape [4]
 * ```
 */
// The foundations.
export { apply, applyAll, type ApplyOptions, boxView, portOf, runWhole } from "./apply.ts";
export {
  type Box, boxShape, type BoxSet, boxSize, contains, hull, intersect, mergeBoxes, sameBox, wholeBox,
} from "./box.ts";
export { constantOp, constantPort } from "./constant.ts";
export {
  type AxisGrid, boundedAxis, chunkAt, chunkBox, type ChunkGrid, chunksIn, chunkSizes, chunkStart, gridCount,
  largestChunk, regularAxis, sameGrid, wholeGrid,
} from "./grid.ts";
export { type AnyArray, inMemory, LazyArray } from "./lazy.ts";
export { cStrides, type Meta, sameShape, type Shape, sizeOf } from "./meta.ts";
export { copyFlat, empty, flatValues, NDArray } from "./ndarray.ts";
export type { Json, Node, NodeKind, OpCall, Port, Reach } from "./node.ts";
export type { Fold, Op, RunContext, Scan } from "./op.ts";
export {
  type ChunkRef, type FetchRange, fromSource, type Sink, type Source, sourceOp, type SourceRef,
} from "./source.ts";

// Structure: where elements come from.
export { assign } from "./assign.ts";
export { concat, concatOp, stack } from "./concat.ts";
export { arange, full } from "./full.ts";
export { guard, type GuardError, guardOp } from "./guard.ts";
export { lookup, lookupOp } from "./lookup.ts";
export { pad, type PadMode, type PadOptions, type Sides } from "./pad.ts";
export { padLinesOp } from "./pad-lines.ts";
export type { AxisIndex, Positions, Run } from "./pick.ts";
export { points, pointsOp } from "./points.ts";
export { rechunk, rechunkOp, toLazy } from "./rechunk.ts";
export { reshape, reshapeOp } from "./reshape.ts";
export { broadcastTo, expandDims, flip, roll, select, squeeze, transpose } from "./select.ts";
export { type SlidingAxis, slidingOp, slidingWindows } from "./sliding.ts";
export { viewOp } from "./view.ts";

// Numbers: what values become.
export { BINARY_NAMES, type BinaryName } from "./binary-rules.ts";
export { blend, blendOp, type Taps } from "./blend.ts";
export { type BlockAxis, type BlockFunction, type BlockInfo, blocksOp, mapBlocks, type MapBlocksOptions } from "./blocks.ts";
export { cast, castOp } from "./cast.ts";
export { contract, type ContractLabels, contractOp, tensordot } from "./contract.ts";
export { asArray, type AsArrayOptions, isNdarrayLike, type NdarrayLike } from "./create.ts";
export { cumulative, cumulativeOp, type ScanGroups } from "./cumulative.ts";
export { binary, binaryOp } from "./elementwise.ts";
export { type ExponentialName, rollingExp, rollingExpOp } from "./exponential.ts";
export { fillAlong, fillOp } from "./fill.ts";
export {
  checkInterpolation, fillGaps, fillGapsOp, type GapOptions, interpolate, interpolateOp, type Interpolation,
} from "./interpolate.ts";
export { isin, isinOp } from "./isin.ts";
export { leastSquares, leastSquaresOp, type LeastSquaresOptions } from "./least-squares.ts";
export type { QuantileMethod } from "../kernels/quantile.ts";
export { median, quantile, quantileOp, type QuantileOptions } from "./quantile.ts";
export { reduce, reduceOp, type ReduceOptions } from "./reduce.ts";
export { reduceValuesOp } from "./reduce-values.ts";
export type { Groups } from "./reduce-walk.ts";
export type { ReduceName } from "./reduction.ts";
export { rolling, type RollingName, rollingOp, type RollingOptions } from "./rolling.ts";
export { scalarOperand } from "./scalar.ts";
export { decodeScaled, decodeScaledOp, encodeScaled, encodeScaledOp, type ScaledOptions } from "./scaled.ts";
export { argsort, orderOp, rank, searchOp, searchsorted, sortAxis } from "./sort.ts";
export { recodeText, recodeTextOp, type TextErrors } from "./text-encodings.ts";
export { joinText, joinTextOp, textArray, type TextArgument, textLocalOp, textOp } from "./text.ts";
export { timePart, timePartOp } from "./time-parts.ts";
export { round, roundOp, unary, unaryOp } from "./unary.ts";
export { UNARY_NAMES, type UnaryName } from "./unary-rules.ts";
export { type WeightedName, weightedOp, weightedReduce } from "./weighted.ts";
export { weightedQuantile, weightedQuantileOp } from "./weighted-quantile.ts";
export { clip, where, whereOp } from "./where.ts";

// Stored values: what files mean by their numbers and characters.
export { decodeText, encodeText, encodeTextOp, joinChars, joinCharsOp, maskText, maskTextOp, splitChars, splitCharsOp } from "./cf-text.ts";
export { decodeTimeArray, encodeTimeArray, timeDecodeOp, type TimeDecoding, timeEncodeOp, type TimeEncoding } from "./cf-times.ts";
export { narrowIntegers, narrowOp, reinterpret, reinterpretOp } from "./stored-integers.ts";
