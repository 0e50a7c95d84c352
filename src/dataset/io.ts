import { DatasetWindows } from "./windows.ts";
import type { Vars } from "./types.ts";

export abstract class DatasetIo<V extends Vars> extends DatasetWindows<V> {}
