/** Warnings in tests: those expected, and those that a test is not about. */
import { setOptions } from "../../src/index.ts";

/**
 * Runs `fn` and throws unless it gives a warning of that code, and only that; gives what `fn` gives.
 *
 * @example
 * ```ts
 * const da = await expectWarning("precision", () => openDataset(path));
 * ```
 */
export async function expectWarning<R>(code: string, fn: () => R | Promise<R>): Promise<R> {
  const seen: string[] = [];
  const restore = setOptions({ onWarning: (given, message) => seen.push(given === code ? code : `${given}: ${message}`) });
  try {
    const result = await fn();
    if (seen.length === 0) throw new Error(`no warning was given; expected [${code}]`);
    const other = seen.filter((given) => given !== code);
    if (other.length > 0) throw new Error(`unexpected warnings beside [${code}]: ${other.join("; ")}`);
    return result;
  } finally {
    restore();
  }
}
