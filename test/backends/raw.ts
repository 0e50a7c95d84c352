/** Reading raw variables whole, and holding raw groups against what Python read. */
import { expect } from "vitest";
import { type Box, boxShape, wholeBox } from "../../src/array/box.ts";
import { cStrides } from "../../src/array/meta.ts";
import { empty, flatValues, NDArray } from "../../src/array/ndarray.ts";
import type { FetchRange, Source } from "../../src/array/source.ts";
import type { RawGroup, RawVariable } from "../../src/backends/contract.ts";
import { slotsPerElement } from "../../src/dtypes/traits.ts";
import { copyStrided } from "../../src/kernels/copy.ts";
import type { Store } from "../../src/stores/contract.ts";
import { getRange } from "../../src/stores/get-range.ts";

/** The values of a source over a box, through `read` or through `prepare`, `locate`, the store and `decode`. */
export async function readBox(source: Source, box: Box): Promise<NDArray> {
  if (source.read) return source.read(box, {});
  await source.prepare?.([box], {});
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

function fetchRange(store: Store, { key, offset, length }: FetchRange): Promise<Uint8Array | undefined> {
  return length === undefined ? store.get(key) : getRange(store, key, { offset: offset ?? 0, length });
}

/** All values of a variable, flat. */
export async function readAll(variable: RawVariable): Promise<ArrayLike<unknown>> {
  const { data } = variable;
  return flatValues(data instanceof NDArray ? data : await readBox(data, wholeBox(data.meta.shape))) as ArrayLike<unknown>;
}

/** The shape of a variable. */
export function shapeOf({ data }: RawVariable): readonly number[] {
  return data instanceof NDArray ? data.shape : data.meta.shape;
}

/** What `scripts/fixtures/netcdf.py` writes of a group. */
export interface Described {
  readonly dims: Record<string, [number, boolean]>;
  readonly attrs: Record<string, { value: unknown; type: string }>;
  readonly variables: Record<
    string,
    {
      dims: string[];
      dtype: string;
      shape: number[];
      attrs: Described["attrs"];
      chunks: number[] | null;
      filters: Record<string, unknown>;
      values: unknown;
    }
  >;
  readonly groups: Record<string, Described>;
}

/** Check a raw group and all below it. */
export async function expectGroup(group: RawGroup, expected: Described): Promise<void> {
  expect(Object.fromEntries([...group.dims].map(([k, d]) => [k, [d.size, d.unlimited]])), group.path).toEqual(expected.dims);
  expectAttrs(group.attrs, group.attrTypes, expected.attrs, group.path);
  expect([...group.variables.keys()].sort(), group.path).toEqual(Object.keys(expected.variables).sort());
  for (const [name, want] of Object.entries(expected.variables)) {
    const at = `${group.path}:${name}`;
    const got = group.variables.get(name)!;
    expect(got.dims, at).toEqual(want.dims);
    expect(shapeOf(got), at).toEqual(want.shape);
    expect(got.encoding.dtype, at).toBe(want.dtype);
    expectAttrs(got.attrs, got.attrTypes, want.attrs, at);
    expect(got.encoding.chunksizes ?? null, at).toEqual(want.chunks);
    for (const key of ["zlib", "shuffle", "fletcher32"])
      expect(got.encoding[key] ?? false, `${at} ${key}`).toBe(want.filters[key] ?? false);
    expect(Array.from(await readAll(got), jsonLike), at).toEqual([want.values].flat());
  }
  expect([...group.groups].sort(), group.path).toEqual(Object.keys(expected.groups).sort());
  for (const [name, below] of Object.entries(expected.groups)) await expectGroup(await group.group(name), below);
}

function expectAttrs(attrs: RawGroup["attrs"], types: RawGroup["attrTypes"], expected: Described["attrs"], at: string): void {
  expect(Object.keys(attrs).sort(), at).toEqual(Object.keys(expected).sort());
  for (const [name, { value, type }] of Object.entries(expected)) {
    const got = attrs[name];
    expect(Array.isArray(got) ? got.map(jsonLike) : jsonLike(got), `${at}@${name}`).toEqual(value);
    if (type !== "") expect(types[name], `${at}@${name}`).toBe(type);
  }
}

/** A value as `plain` of the Python script writes it. */
export function jsonLike(value: unknown): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : { $: String(value) };
  if (typeof value === "number" && !Number.isFinite(value)) return { $: Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf" };
  if (value instanceof Uint8Array) return String.fromCharCode(...value).replace(/\0+$/, "");
  return typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < 2 ** 64
    ? { $: String(value) }
    : value;
}
