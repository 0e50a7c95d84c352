/** Stores of the fixtures, reading raw variables whole, and values as the fixtures write them. */
import { readFileSync } from "node:fs";
import { type Box, boxShape, wholeBox } from "../../../src/array/box.ts";
import { cStrides } from "../../../src/array/meta.ts";
import { empty, flatValues, NDArray } from "../../../src/array/ndarray.ts";
import type { Source } from "../../../src/array/source.ts";
import type { RawGroup, RawVariable } from "../../../src/backends/contract.ts";
import { slotsPerElement } from "../../../src/dtypes/traits.ts";
import { copyStrided } from "../../../src/kernels/copy.ts";
import type { Store } from "../../../src/stores/contract.ts";
import { getRange } from "../../../src/stores/get-range.ts";

/** A group as Python read it. */
export interface Expected {
  readonly attrs: Record<string, unknown>;
  readonly arrays: Record<string, { dims: string[]; shape: number[]; dtype: string; attrs: Record<string, unknown>; values: unknown }>;
  readonly groups: Record<string, Expected>;
}

/** The stores that `scripts/fixtures/zarr_stores.py` writes. */
export const fixtures = (
  JSON.parse(readFileSync(new URL("fixtures/stores.json", import.meta.url), "utf8")) as {
    stores: Record<string, { files: Record<string, string>; expected: Expected }>;
  }
).stores;

/** The keys and bytes of a fixture. */
export function storeEntries(name: string): Map<string, Uint8Array> {
  return new Map(Object.entries(fixtures[name]!.files).map(([key, text]) => [`/${key}`, new Uint8Array(Buffer.from(text, "base64"))]));
}

/** The values over a box: prepare, locate, fetch, decode. */
export async function readBox(source: Source, box: Box): Promise<NDArray> {
  await source.prepare!([box], {});
  const shape = boxShape(box);
  const out = empty(shape, source.meta.dtype);
  const stride = cStrides(shape);
  for (const chunk of source.locate!([box])) {
    const raw = await Promise.all(chunk.ranges.map((r) => fetchRange(source.store, r)));
    const block = source.decode!(chunk, raw);
    let from = block.offset;
    let to = 0;
    const counts = shape.map((_, i) => {
      const lo = Math.max(box[2 * i]!, chunk.box[2 * i]!);
      const hi = Math.min(box[2 * i + 1]!, chunk.box[2 * i + 1]!);
      from += (lo - chunk.box[2 * i]!) * block.stride[i]!;
      to += (lo - box[2 * i]!) * stride[i]!;
      return hi - lo;
    });
    copyStrided(block.data, counts, block.stride, from, out.data, stride, to, slotsPerElement(block.dtype));
  }
  return out;
}

function fetchRange(store: Store, { key, offset, length }: { key: `/${string}`; offset?: number; length?: number }): Promise<Uint8Array | undefined> {
  return length === undefined ? store.get(key) : getRange(store, key, { offset: offset ?? 0, length });
}

/** All values of a variable, flat. */
export async function readAll({ data }: RawVariable): Promise<ArrayLike<unknown>> {
  return flatValues(data instanceof NDArray ? data : await readBox(data, wholeBox(data.meta.shape))) as ArrayLike<unknown>;
}

/** All values of the variable `name`. */
export async function valuesOf(group: RawGroup, name: string): Promise<unknown[]> {
  return Array.from(await readAll(group.variables.get(name)!));
}

/** A value as the fixtures have it. */
export function jsonLike(value: unknown): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : { $: String(value) };
  if (typeof value === "number" && !Number.isFinite(value)) return { $: Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf" };
  if (value instanceof Uint8Array) return { b: String.fromCharCode(...value) };
  if (Array.isArray(value)) return value.map(jsonLike);
  if (typeof value === "object" && value !== null) return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, jsonLike(v)]));
  return Object.is(value, -0) ? 0 : value;
}

/** The shape of a variable. */
export function shapeOf({ data }: RawVariable): readonly number[] {
  return data instanceof NDArray ? data.shape : data.meta.shape;
}
