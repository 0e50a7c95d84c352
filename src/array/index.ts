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

export type { QuantileMethod } from "../kernels/quantile.ts";
export { type ApplyOptions, apply, applyAll, boxView, portOf, runWhole } from "./apply.ts";
// Structure: where elements come from.
export { assign } from "./assign.ts";
// Numbers: what values become.
export { BINARY_NAMES, type BinaryName } from "./binary-rules.ts";
export { blend, blendOp, type Taps } from "./blend.ts";
export { type BlockAxis, type BlockFunction, type BlockInfo, blocksOp, type MapBlocksOptions, mapBlocks } from "./blocks.ts";
export {
  type Box,
  type BoxSet,
  boxShape,
  boxSize,
  contains,
  hull,
  intersect,
  mergeBoxes,
  sameBox,
  wholeBox,
} from "./box.ts";
export { cast, castOp } from "./cast.ts";
// Stored values: what files mean by their numbers and characters.
export { decodeText, encodeText, encodeTextOp, joinChars, joinCharsOp, maskText, maskTextOp, splitChars, splitCharsOp } from "./cf-text.ts";
export { decodeTimeArray, encodeTimeArray, type TimeDecoding, type TimeEncoding, timeDecodeOp, timeEncodeOp } from "./cf-times.ts";
export { concat, concatOp, stack } from "./concat.ts";
export { constantOp, constantPort } from "./constant.ts";
export { type ContractLabels, contract, contractOp, tensordot } from "./contract.ts";
export { type AsArrayOptions, asArray, isNdarrayLike, type NdarrayLike } from "./create.ts";
export { cumulative, cumulativeOp, type ScanGroups } from "./cumulative.ts";
export { binary, binaryOp } from "./elementwise.ts";
export { type ExponentialName, rollingExp, rollingExpOp } from "./exponential.ts";
export { fillAlong, fillOp } from "./fill.ts";
export { arange, full } from "./full.ts";
export {
  type AxisGrid,
  boundedAxis,
  type ChunkGrid,
  chunkAt,
  chunkBox,
  chunkSizes,
  chunkStart,
  chunksIn,
  gridCount,
  largestChunk,
  regularAxis,
  sameGrid,
  wholeGrid,
} from "./grid.ts";
export { type GuardError, guard, guardOp } from "./guard.ts";
export {
  checkInterpolation,
  fillGaps,
  fillGapsOp,
  type GapOptions,
  type Interpolation,
  interpolate,
  interpolateOp,
} from "./interpolate.ts";
export { isin, isinOp } from "./isin.ts";
export { type AnyArray, inMemory, LazyArray } from "./lazy.ts";
export { type LeastSquaresOptions, leastSquares, leastSquaresOp } from "./least-squares.ts";
export { lookup, lookupOp } from "./lookup.ts";
export { cStrides, type Meta, type Shape, sameShape, sizeOf } from "./meta.ts";
export { copyFlat, empty, flatValues, NDArray } from "./ndarray.ts";
export type { Json, Node, NodeKind, OpCall, Port, Reach } from "./node.ts";
export type { Fold, Op, RunContext, Scan } from "./op.ts";
export { type PadMode, type PadOptions, pad, type Sides } from "./pad.ts";
export { padLinesOp } from "./pad-lines.ts";
export type { AxisIndex, Positions, Run } from "./pick.ts";
export { points, pointsOp } from "./points.ts";
export { median, type QuantileOptions, quantile, quantileOp } from "./quantile.ts";
export { rechunk, rechunkOp, toLazy } from "./rechunk.ts";
export { type ReduceOptions, reduce, reduceOp } from "./reduce.ts";
export { reduceValuesOp } from "./reduce-values.ts";
export type { Groups } from "./reduce-walk.ts";
export type { ReduceName } from "./reduction.ts";
export { reshape, reshapeOp } from "./reshape.ts";
export { type RollingName, type RollingOptions, rolling, rollingOp } from "./rolling.ts";
export { scalarOperand } from "./scalar.ts";
export { decodeScaled, decodeScaledOp, encodeScaled, encodeScaledOp, type ScaledOptions } from "./scaled.ts";
export { broadcastTo, expandDims, flip, roll, select, squeeze, transpose } from "./select.ts";
export { type SlidingAxis, slidingOp, slidingWindows } from "./sliding.ts";
export { argsort, orderOp, rank, searchOp, searchsorted, sortAxis } from "./sort.ts";
export {
  type ChunkRef,
  type FetchRange,
  fromSource,
  type Sink,
  type Source,
  type SourceRef,
  sourceOp,
} from "./source.ts";
export { narrowIntegers, narrowOp, reinterpret, reinterpretOp } from "./stored-integers.ts";
export { joinText, joinTextOp, type TextArgument, textArray, textLocalOp, textOp } from "./text.ts";
export { recodeText, recodeTextOp, type TextErrors } from "./text-encodings.ts";
export { timePart, timePartOp } from "./time-parts.ts";
export { round, roundOp, unary, unaryOp } from "./unary.ts";
export { UNARY_NAMES, type UnaryName } from "./unary-rules.ts";
export { viewOp } from "./view.ts";
export { type WeightedName, weightedOp, weightedReduce } from "./weighted.ts";
export { weightedQuantile, weightedQuantileOp } from "./weighted-quantile.ts";
export { clip, where, whereOp } from "./where.ts";
