import { DatasetGrouping } from "./grouping.ts";
import type { Vars } from "./types.ts";

export abstract class DatasetIo<V extends Vars> extends DatasetGrouping<V> {}
