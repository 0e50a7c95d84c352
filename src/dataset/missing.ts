import { DatasetArithmetic } from "./arithmetic.ts";
import type { Vars } from "./types.ts";

export abstract class DatasetMissing<V extends Vars> extends DatasetArithmetic<V> {}
