/**
 * The types in the signatures of the public root: options, operands, results, and what extensions implement.
 *
 * Types only; `index.ts` exports all of them. A type that users meet in a signature belongs here, so that
 * they can name it and the reference documents it.
 *
 * @example
 * ```ts
 * import type { ReductionOptions, SelOptions } from "graticule";
 * ```
 */
export type { Shape } from "./array/meta.ts";
export type { TextErrors } from "./array/text-encodings.ts";
export type { WeightedName } from "./array/weighted.ts";
export type { Backend, FileTarget, FileWriter, OpenOptions, RawGroup, RawVariable } from "./backends/contract.ts";
export type { Origin, ResampleOptions, Side } from "./calendar/resample-bins.ts";
export type { DecodeOptions, PerVariable } from "./coding/decode.ts";
export type { ComputeOptions } from "./compute/compute.ts";
export type { ArrayOperand } from "./dataarray/arithmetic.ts";
export type { BlocksFunction, CoarsenOptions } from "./dataarray/coarsen.ts";
export type { DataArrayGroupBy } from "./dataarray/groupby.ts";
export type { GroupedByName } from "./dataarray/grouping.ts";
export type { ClipBounds } from "./dataarray/missing.ts";
export type { DataArrayResample } from "./dataarray/resample.ts";
export type { PatternOptions, RangeOptions } from "./dataarray/str.ts";
export type { AnyIndexer, OneOrMany, ReductionOptions, Renamed, Selected } from "./dataarray/types.ts";
export type { RollingOptions } from "./dataarray/windows.ts";
export type { DatasetOperand } from "./dataset/arithmetic.ts";
export type { DatasetGroupBy } from "./dataset/groupby.ts";
export type { DatasetGroupedByName } from "./dataset/grouping.ts";
export type { DatasetResample } from "./dataset/resample.ts";
export type { DimNames, MapBinary, MapReduce, MapSelect, MapUnary, Vars } from "./dataset/types.ts";
export type { MeanOf, MissingOf, PromoteOf, SumOf } from "./dtypes/type-level.ts";
export type { CalendarName, Complex, DType, Value, ValueOf, ValuesOf } from "./dtypes/types.ts";
export type { MimeBundle } from "./formatting/display.ts";
export type { ConcatAlong, MergeInput, Nested } from "./functions/combine.ts";
export type { BinaryFunction, UnaryFunction } from "./functions/compute.ts";
export type { DateRangeInput, LikeOptions, NewArrayOptions } from "./functions/create.ts";
export type { Index } from "./indexing/contract.ts";
export type { TextSide } from "./kernels/python-text.ts";
export type { WrapOptions } from "./kernels/text-wrap.ts";
export type { BackendLoader } from "./open/engines.ts";
export type { AlignOptions } from "./ops/align/align.ts";
export type { BroadcastOptions } from "./ops/align/broadcast.ts";
export type { ApplyUfuncOptions, ArrayFunction } from "./ops/apply/ufunc.ts";
export type { ArithmeticOptions } from "./ops/arithmetic/binary.ts";
export type { DiffOptions } from "./ops/calculus/diff.ts";
export type { DifferentiateOptions } from "./ops/calculus/gradient.ts";
export type { IntegrateOptions } from "./ops/calculus/integrate.ts";
export type { CombineAttrs } from "./ops/combine/attrs.ts";
export type { ConcatOptions, ConcatOver } from "./ops/combine/concat.ts";
export type { MergeOptions } from "./ops/combine/merge.ts";
export type { Compat } from "./ops/combine/unique.ts";
export type { DatasetDict, DictOptions, VariableDict } from "./ops/convert/dict.ts";
export type { DataArrayOptions } from "./ops/create/array.ts";
export type { CoordsInput } from "./ops/create/coords.ts";
export type { DatasetOptions } from "./ops/create/dataset.ts";
export type { VariableInput } from "./ops/create/variable.ts";
export type { PolyfitOptions } from "./ops/fit/polyfit.ts";
export type { GroupLabel } from "./ops/groupby/groupers.ts";
export type { InterpOptions } from "./ops/interp/interp.ts";
export type { ChunksInput } from "./ops/loading/chunk.ts";
export type { DropnaOptions } from "./ops/missing/dropna.ts";
export type { FillOptions } from "./ops/missing/fill.ts";
export type { InterpolateNaOptions } from "./ops/missing/interpolate-na.ts";
export type { ExtremeOptions, IdxOptions } from "./ops/reduce/extremes.ts";
export type { RankOptions } from "./ops/reduce/rank.ts";
export type { QuantileOptions } from "./ops/reduce/reduce.ts";
export type { ResampleOpOptions } from "./ops/resample/resample.ts";
export type { ExpandDimsOptions, NewDims, TransposeOptions } from "./ops/reshape/dims.ts";
export type { PadOpOptions, ShiftOptions } from "./ops/reshape/shift.ts";
export type { StackOptions } from "./ops/reshape/stack.ts";
export type { FillValue } from "./ops/selecting/conform.ts";
export type { DropDuplicatesOptions } from "./ops/selecting/drop.ts";
export type { IselOptions } from "./ops/selecting/isel.ts";
export type { ReindexOptions } from "./ops/selecting/reindex.ts";
export type { SelOptions } from "./ops/selecting/sel.ts";
export type { ConvertCalendarOptions } from "./ops/time/convert.ts";
export type { WeightedOptions } from "./ops/weighted/weighted.ts";
export type { WhereOptions } from "./ops/where/index.ts";
export type { RollingExpOptions } from "./ops/windows/exponential.ts";
export type { ConstructOptions } from "./ops/windows/rolling.ts";
export type { ToNetcdfOptions } from "./save/to-netcdf.ts";
export type { ToZarrOptions, ZarrTarget } from "./save/to-zarr.ts";
export type { ReadOptions, Store } from "./stores/contract.ts";
export type { RandomAccess } from "./stores/file-contract.ts";
export type { ResolveOptions, StoreTarget } from "./stores/resolve.ts";
