/** Giving objects the dimensions of one another. */
import type { Index } from "../../indexing/contract.ts";
import { broadcastVariable, type Variable } from "../../variable/index.ts";
import { type ArrayParts, type DatasetParts, isDatasetParts, sizesOf } from "../parts.ts";
import { type AnyParts, align } from "./align.ts";

/** Options of {@link broadcast}. */
export interface BroadcastOptions {
  /** Dimensions that are neither aligned nor added. */
  readonly exclude?: string | readonly string[] | undefined;
}

/** The dimensions that objects have together, and the coordinates that label them. */
interface Common {
  readonly sizes: ReadonlyMap<string, number>;
  readonly coords: ReadonlyMap<string, Variable>;
  readonly indexes: ReadonlyMap<string, Index>;
}

/**
 * The same objects, aligned by outer join, each with the dimensions of all, in order of first
 * appearance. Nothing is copied; the data variables of a dataset are broadcast, its coordinates not.
 */
export function broadcast<const P extends readonly AnyParts[]>(
  objects: P,
  options: BroadcastOptions = {},
): { -readonly [K in keyof P]: P[K] } {
  const aligned = align(objects, { join: "outer", exclude: options.exclude });
  const exclude = excluded(options);
  const common = commonDims(aligned as readonly AnyParts[], exclude);
  return (aligned as readonly AnyParts[]).map((object) => broadcastTo(object, common, exclude)) as { -readonly [K in keyof P]: P[K] };
}

/** `object` with the dimensions of `other`, first, and its own. */
export function broadcastLike<P extends AnyParts>(object: P, other: AnyParts, options: BroadcastOptions = {}): P {
  const pair = align([other, object] as const, { join: "outer", exclude: options.exclude });
  const exclude = excluded(options);
  return broadcastTo(pair[1], commonDims(pair, exclude), exclude) as P;
}

function excluded({ exclude = [] }: BroadcastOptions): ReadonlySet<string> {
  return new Set(typeof exclude === "string" ? [exclude] : exclude);
}

function dimsOf(object: AnyParts): ReadonlyMap<string, number> {
  return isDatasetParts(object)
    ? sizesOf(object)
    : new Map(object.variable.dims.map((dim: string, i: number) => [dim, object.variable.shape[i]!]));
}

function commonDims(objects: readonly AnyParts[], exclude: ReadonlySet<string>): Common {
  const sizes = new Map<string, number>();
  const coords = new Map<string, Variable>();
  const indexes = new Map<string, Index>();
  for (const object of objects) {
    for (const [dim, size] of dimsOf(object)) {
      if (exclude.has(dim)) continue;
      if (!sizes.has(dim)) sizes.set(dim, size);
      const index = object.indexes.get(dim);
      if (index === undefined || indexes.has(dim)) continue;
      for (const name of index.names) {
        coords.set(name, object.coords.get(name)!);
        indexes.set(name, index);
      }
    }
  }
  return { sizes, coords, indexes };
}

function broadcastTo(object: AnyParts, common: Common, exclude: ReadonlySet<string>): AnyParts {
  const full = (variable: Variable): Variable => {
    const own = variable.dims.flatMap((dim: string, i: number): [string, number][] =>
      exclude.has(dim) ? [[dim, variable.shape[i]!]] : [],
    );
    return broadcastVariable(variable, new Map([...common.sizes, ...own]));
  };
  const coords = new Map([...object.coords, ...common.coords]);
  const indexes = new Map([...object.indexes, ...common.indexes]);
  if (isDatasetParts(object)) {
    return {
      ...object,
      vars: new Map([...object.vars].map(([name, variable]) => [name, full(variable)])),
      coords,
      indexes,
    } satisfies DatasetParts;
  }
  return { ...object, variable: full(object.variable), coords, indexes } satisfies ArrayParts;
}
