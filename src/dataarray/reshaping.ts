import type { DType } from "../dtypes/types.ts";
import { DataArrayIndexing } from "./indexing.ts";

export abstract class DataArrayReshaping<Dims extends string, T extends DType> extends DataArrayIndexing<Dims, T> {}
