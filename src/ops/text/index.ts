/**
 * Strings: what `da.str` does, on parts.
 *
 * May import `variable/`, `ops/align`, `ops/selecting` and below. The functions of one string are in
 * `kernels/text-functions.ts`; lazily they are one node each. Where the shape depends on the strings (`split`,
 * `extractall`, `dummies`) they must be in memory.
 *
 * @example
 * ```ts
 * textFunction(parts, "upper");
 * split(parts, "word", " ", -1, false);
 * ```
 */
export { asText, dummies, extract, extractall, findall, join, patternOf, recode, split, textFunction } from "./functions.ts";
