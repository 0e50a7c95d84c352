/** Which machine this is: for code that exists in two forms. */

/** Whether Node's own modules can be imported (Node, Deno, Bun). */
export function hasNode(): boolean {
  const { process } = globalThis as { process?: { versions?: { node?: string } } };
  return typeof process?.versions?.node === "string";
}

interface EventsModule {
  setMaxListeners?(n: number, ...targets: EventTarget[]): void;
}

/**
 * `signal`, to which many reads may listen at once: Node takes more than ten listeners for a leak and warns.
 * Other runtimes, and Node before 20.16, have nothing to be told.
 */
export function sharedSignal(signal: AbortSignal): AbortSignal {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): EventsModule | undefined } };
  process?.getBuiltinModule?.("node:events")?.setMaxListeners?.(0, signal);
  return signal;
}
