/** What a program expects of a dataset: the types it compiles against, checked when it is opened. */

import type { DType } from "../dtypes/types.ts";
import { BackendError } from "../errors.ts";
import type { DataArray } from "../model.ts";
import type { DatasetParts } from "../ops/parts.ts";
import { unknownName } from "../util/suggest.ts";

/** What is expected of one variable. */
export interface VariableSchema {
  /** The names of its dimensions, in order. */
  readonly dims?: readonly string[] | undefined;
  readonly dtype?: DType | undefined;
}
/** What is expected of variables and coordinates, by name; others may be there. */
export type Schema = { readonly [name: string]: VariableSchema };

/** The variables that a schema promises, as types. */
export type VarsOf<S extends Schema> = {
  [K in keyof S & string]: DataArray<
    S[K] extends { readonly dims: readonly (infer D extends string)[] } ? D : any,
    S[K] extends { readonly dtype: infer T extends DType } ? T : any
  >;
};

/** Throws BackendError, naming every difference, where a dataset is not what the schema says. */
export function checkSchema(parts: DatasetParts, schema: Schema, source: string): void {
  const wrong: string[] = [];
  for (const [name, { dims, dtype }] of Object.entries(schema)) {
    const v = parts.vars.get(name) ?? parts.coords.get(name);
    if (v === undefined) {
      wrong.push(unknownName("variable", name, [...parts.vars.keys(), ...parts.coords.keys()]));
      continue;
    }
    if (dims && (dims.length !== v.dims.length || dims.some((dim, i) => dim !== v.dims[i])))
      wrong.push(`${JSON.stringify(name)} has dimensions (${v.dims.join(", ")}), not (${dims.join(", ")})`);
    if (dtype && v.dtype !== dtype) wrong.push(`${JSON.stringify(name)} is ${v.dtype}, not ${dtype}`);
  }
  if (wrong.length > 0) throw new BackendError(`${source} is not what the schema promises: ${wrong.join("; ")}`, { wrong });
}
