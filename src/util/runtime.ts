/** Which machine this is: for code that exists in two forms. */

/** Whether Node's own modules can be imported (Node, Deno, Bun). */
export function hasNode(): boolean {
  const { process } = globalThis as { process?: { versions?: { node?: string } } };
  return typeof process?.versions?.node === "string";
}
