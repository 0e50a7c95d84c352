import type { DType } from "../dtypes/types.ts";
import { DataArrayArithmetic } from "./arithmetic.ts";

export abstract class DataArrayMissing<Dims extends string, T extends DType> extends DataArrayArithmetic<Dims, T> {}
