import { DatasetReductions } from "./reductions.ts";
import type { Vars } from "./types.ts";

export abstract class DatasetFitting<V extends Vars> extends DatasetReductions<V> {}
