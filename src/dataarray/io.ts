import type { DType } from "../dtypes/types.ts";
import { DataArrayTime } from "./time.ts";

export abstract class DataArrayIo<Dims extends string, T extends DType> extends DataArrayTime<Dims, T> {}
