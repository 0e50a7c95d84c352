import { DatasetFitting } from "./fitting.ts";
import type { Vars } from "./types.ts";

export abstract class DatasetGrouping<V extends Vars> extends DatasetFitting<V> {}
