/** Selecting and reindexing of every variable, as methods. */
import { DatasetBase } from "./base.ts";
import type { Vars } from "./types.ts";

/** Dataset's selections. */
export abstract class DatasetIndexing<V extends Vars> extends DatasetBase<V> {}
