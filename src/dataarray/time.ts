import type { DType } from "../dtypes/types.ts";
import { DataArrayWindows } from "./windows.ts";

export abstract class DataArrayTime<Dims extends string, T extends DType> extends DataArrayWindows<Dims, T> {}
