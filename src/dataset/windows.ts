import { DatasetGrouping } from "./grouping.ts";
import type { Vars } from "./types.ts";

export abstract class DatasetWindows<V extends Vars> extends DatasetGrouping<V> {}
