/** Errors of tasks say where they happened, and stay what they are. */
import { isGraticuleError } from "../errors.ts";

/** Where in a run: the stage, the task's box, and what users see of the node. */
export interface Place {
  readonly stage: number;
  readonly box: ArrayLike<number>;
  readonly node: string;
}

/**
 * The same error with `stage`, `box` and `node` among its `fields`; an error that is not graticule's
 * and has no cause gets them as its cause.
 */
export function withPlace(error: unknown, place: Place): unknown {
  if (!(error instanceof Error)) return error;
  const facts = { stage: place.stage, box: Array.from(place.box), node: place.node };
  if (isGraticuleError(error)) {
    if (!("node" in error.fields)) Object.assign(error, { fields: { ...error.fields, ...facts } });
  } else if (error.cause === undefined && Object.isExtensible(error)) error.cause = facts;
  return error;
}
