/** The JSON of fixtures: objects, calls and cases. `scripts/fixtures/README.md` describes the format. */
import type { DType } from "../../src/dtypes/types.ts";

/** One number of a fixture: `"NaN"`, `"Infinity"` and `"-Infinity"` stand for what JSON cannot say. */
export type FixtureValue = number | string | null;

/** `multiindex` marks coordinates made of several levels; `interval` marks labels of bins such as `(0, 10]`. */
export type FixtureDType = DType | "multiindex" | "interval";

/** An array, flat and in C order. */
export interface FixtureArray {
  readonly dtype: FixtureDType;
  readonly shape: readonly number[];
  readonly data: readonly FixtureValue[];
}

export interface FixtureVariable extends FixtureArray {
  readonly dims: readonly string[];
  readonly attrs: Readonly<Record<string, unknown>>;
}

/** The name of a coordinate that has an index of its own, or a dimension with its levels. */
export type FixtureIndex = string | { readonly name: string; readonly levels: readonly string[] };

export interface FixtureDataArray extends FixtureVariable {
  readonly type: "DataArray";
  readonly name: string | null;
  readonly coords: Readonly<Record<string, FixtureVariable>>;
  readonly indexes: readonly FixtureIndex[];
}

export interface FixtureDataset {
  readonly type: "Dataset";
  readonly sizes: Readonly<Record<string, number>>;
  readonly dataVars: Readonly<Record<string, FixtureVariable>>;
  readonly coords: Readonly<Record<string, FixtureVariable>>;
  readonly indexes: readonly FixtureIndex[];
  readonly attrs: Readonly<Record<string, unknown>>;
}

export type FixtureObject =
  | FixtureDataArray
  | FixtureDataset
  | ({ readonly type: "Variable" } & FixtureVariable)
  | ({ readonly type: "array" } & FixtureArray)
  | { readonly type: "list"; readonly items: readonly FixtureObject[] }
  | { readonly type: "text"; readonly value: string }
  | { readonly type: "json"; readonly value: unknown };

/** One call with its expected answer. */
export interface FixtureCase {
  readonly name: string;
  readonly call: unknown;
  readonly expected: FixtureObject | { readonly error: string; readonly message?: string };
  /** Relative tolerance of floats, where the dtype's own is too strict. */
  readonly tolerance?: number;
  /** False where the case says nothing about lazy inputs; `lazyReason` says why. */
  readonly lazy?: false;
  readonly lazyReason?: string;
}

/** One file: a theme. */
export interface FixtureFile {
  readonly versions: Readonly<Record<string, string>>;
  readonly inputs: Readonly<Record<string, FixtureObject>>;
  readonly cases: readonly FixtureCase[];
}
