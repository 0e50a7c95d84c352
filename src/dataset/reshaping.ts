import { DatasetIndexing } from "./indexing.ts";
import type { Vars } from "./types.ts";

export abstract class DatasetReshaping<V extends Vars> extends DatasetIndexing<V> {}
