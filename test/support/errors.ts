/** Errors in tests: which kind was thrown, and with what message. */
import { isGraticuleError } from "../../src/index.ts";

/**
 * `Tag: message` of the error that `work` ends with, or `no error`; anything but this library's errors is thrown on.
 *
 * @example
 * ```ts
 * expect(await tagOf(() => openDataset("there-is-none.nc"))).toMatch(/^StoreError: there is no file/);
 * ```
 */
export async function tagOf(work: () => unknown): Promise<string> {
  try {
    await work();
    return "no error";
  } catch (error) {
    if (!isGraticuleError(error)) throw error;
    return `${error.tag}: ${error.message}`;
  }
}
