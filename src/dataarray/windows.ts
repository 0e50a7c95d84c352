import type { DType } from "../dtypes/types.ts";
import { DataArrayGrouping } from "./grouping.ts";

export abstract class DataArrayWindows<Dims extends string, T extends DType> extends DataArrayGrouping<Dims, T> {}
