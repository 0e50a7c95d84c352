/** Arrays among the arguments of an operation, as their parts. */
import { hasParts, PARTS } from "../parts.ts";

/** The parts of a DataArray or Dataset; anything else as it is. */
export function unwrapped(value: unknown): unknown {
  return hasParts(value) ? value[PARTS] : value;
}
