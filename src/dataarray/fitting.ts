import type { DType } from "../dtypes/types.ts";
import { DataArrayReductions } from "./reductions.ts";

export abstract class DataArrayFitting<Dims extends string, T extends DType> extends DataArrayReductions<Dims, T> {}
