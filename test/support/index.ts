/**
 * What tests share: fixtures to objects and back, comparison with a readable difference, warnings.
 *
 * Imports the public root only.
 *
 * @example
 * ```ts
 * assertSame(await da.chunk({ x: 2 }).mean("x").compute(), da.mean("x"));
 * ```
 */
export { assertSame, type CompareOptions, differences } from "./compare.ts";
export { decodeArray, decodeObject } from "./decode.ts";
export { encodeObject } from "./encode.ts";
export { tagOf } from "./errors.ts";
export type { FixtureCase, FixtureFile, FixtureObject } from "./fixture-types.ts";
export { expectWarning } from "./warnings.ts";
