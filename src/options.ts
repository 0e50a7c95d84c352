/**
 * The library's options, and its one way to warn.
 */
import { ArgumentError } from "./errors.ts";
import { unknownName } from "./util/suggest.ts";

/** How indexes are brought together. `left` and `right` keep one side's labels; `override` keeps the first's when sizes agree. */
export type JoinMode = "exact" | "inner" | "outer" | "left" | "right" | "override";

/** What {@link setOptions} takes. */
export interface Options {
  /** How arithmetic aligns its operands (default `"exact"`: labels that differ throw). */
  arithmeticJoin: JoinMode;
  /** Whether operations keep `attrs` (default `true`). */
  keepAttrs: boolean;
  /** Bytes that lazy computations may hold at once (default a quarter of the machine's memory). */
  memory: number | undefined;
  /** Rows a text repr shows of each section before it is cut (default 12). */
  displayMaxRows: number;
  /** Columns of a text repr (default 80). */
  displayWidth: number;
  /** Significant digits of floats in a text repr (default 6 inline, as NumPy's 8 in arrays). */
  displayPrecision: number;
  /** Values a text repr shows of an array before it is summarised (default 200). */
  displayValuesThreshold: number;
  /** Called with every warning; the default prints to `console.warn`. */
  onWarning: (code: string, message: string) => void;
}

const JOINS: readonly JoinMode[] = ["exact", "inner", "outer", "left", "right", "override"];

const defaults: Options = {
  arithmeticJoin: "exact",
  keepAttrs: true,
  memory: undefined,
  displayMaxRows: 12,
  displayWidth: 80,
  displayPrecision: 8,
  displayValuesThreshold: 200,
  onWarning: (code, message) => console.warn(`graticule [${code}]: ${message}`),
};

let current: Options = { ...defaults };

/** The options in force. */
export function getOptions(): Readonly<Options> {
  return current;
}

/**
 * Change options for the whole process; gives a function that restores the ones before.
 *
 * @throws ArgumentError for unknown options, joins and sizes.
 * @example
 * ```ts
 * const restore = setOptions({ arithmeticJoin: "inner" });
 * restore();
 * ```
 */
export function setOptions(changes: Partial<Options>): () => void {
  for (const name of Object.keys(changes)) {
    if (!(name in defaults)) throw new ArgumentError(unknownName("option", name, Object.keys(defaults)), { name });
  }
  const { arithmeticJoin: join, memory } = changes;
  if (join !== undefined && !JOINS.includes(join)) throw new ArgumentError(unknownName("join", join, JOINS), { join });
  if (memory !== undefined && !(typeof memory === "number" && memory > 0))
    throw new ArgumentError(`memory must be a positive number of bytes, not ${JSON.stringify(memory)}`, { memory });
  const before = current;
  current = { ...current, ...changes };
  return () => {
    current = before;
  };
}

/** Say something the user should know and that is no error. */
export function warn(code: string, message: string): void {
  current.onWarning(code, message);
}
