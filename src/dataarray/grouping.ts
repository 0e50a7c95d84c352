import type { DType } from "../dtypes/types.ts";
import { DataArrayFitting } from "./fitting.ts";

export abstract class DataArrayGrouping<Dims extends string, T extends DType> extends DataArrayFitting<Dims, T> {}
