/** Options objects: a key that nobody knows is a mistake, and is said to be one. */
import { ArgumentError } from "../errors.ts";
import { unknownName } from "./suggest.ts";

/** The keys of an options type. Being a record of all of them, a key that is missing here does not compile. */
export type OptionKeys<O extends object> = { readonly [K in keyof Required<O>]: true };

/**
 * Throws ArgumentError for a key of `options` that is not in `known`, with the one that was meant.
 * TypeScript sees such a mistake in literals; plain JavaScript would pass over it.
 */
export function checkOptions<O extends object>(what: string, options: O | undefined, known: OptionKeys<O>): void {
  for (const key in options) {
    if (!Object.hasOwn(known, key)) throw new ArgumentError(unknownName(`option of ${what}`, key, Object.keys(known)), { option: key });
  }
}
