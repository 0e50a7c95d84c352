/** Stores written by zarr-python and xarray are read with equal values, whatever the dtype, codec, order and layout. */
import { describe, expect, test } from "vitest";
import type { RawGroup } from "../../../src/backends/contract.ts";
import { openZarr } from "../../../src/backends/zarr/index.ts";
import { memoryStore } from "../../../src/stores/memory.ts";
import { readAll, shapeOf } from "../raw.ts";
import { type Expected, fixtures, jsonLike, storeEntries } from "./support.ts";

/** How many of which unit one of a NumPy time unit is, as graticule hands it out. */
const FACTORS: Readonly<Record<string, number>> = { W: 7, "10us": 10 };

/** NumPy's names of times, and in them the unit. */
const TIMES = /(?:datetime64|timedelta64|[Mm]8)\[(.+)\]$/;

/** Days since 1970 of NumPy's months and years. */
function calendarDays(unit: string, value: number): number {
  return Date.UTC(1970 + (unit === "Y" ? value : 0), unit === "M" ? value : 0, 1) / 864e5;
}

function expectedValue(dtype: string, value: unknown): unknown {
  const unit = TIMES.exec(dtype)?.[1];
  if (typeof value === "boolean") return Number(value);
  if (unit === undefined || typeof value !== "number") return value;
  if (unit === "Y" || unit === "M") return calendarDays(unit, value);
  return value * (FACTORS[unit] ?? 1);
}

/** What makes single values comparable: complex numbers as one list, NULs of characters, bytes without them. */
function flatExpected(dtype: string, values: unknown): unknown[] {
  const list = (Array.isArray(values) ? values : [values]) as unknown[];
  const flat = /complex|c8|c16/.test(dtype) && Array.isArray(list[0]) ? list.flat() : list;
  return flat
    .map((v) => expectedValue(dtype, v))
    .map((v) => (dtype === "|S1" && (v as { b: string }).b === "" ? { b: "\0" } : Object.is(v, -0) ? 0 : v));
}

/** What is not compared: the fill value, which v2 keeps elsewhere, and what says that numbers are times. */
function plainAttrs(attrs: Record<string, unknown>, own: boolean): Record<string, unknown> {
  const { _FillValue: _, ...rest } = attrs;
  if (!own) return rest;
  const { units: _u, calendar: _c, dtype: _d, ...others } = rest;
  return others;
}

async function expectGroup(group: RawGroup, expected: Expected): Promise<void> {
  expect(jsonLike(group.attrs)).toEqual(expected.attrs);
  expect([...group.variables.keys()].sort()).toEqual(Object.keys(expected.arrays).sort());
  for (const [name, want] of Object.entries(expected.arrays)) {
    const at = `${group.path}:${name}`;
    const got = group.variables.get(name)!;
    const times = TIMES.test(want.dtype);
    expect(got.dims, at).toEqual(want.dims);
    expect(shapeOf(got), at).toEqual(want.shape);
    expect(jsonLike(plainAttrs(got.attrs, times)), at).toEqual(plainAttrs(want.attrs, times));
    expect(Array.from(await readAll(got), jsonLike), at).toEqual(flatExpected(want.dtype, want.values));
  }
  expect([...group.groups].sort()).toEqual(Object.keys(expected.groups).sort());
  for (const [name, below] of Object.entries(expected.groups)) await expectGroup(await group.group(name), below);
}

describe("stores of zarr-python and xarray", () => {
  test.each(Object.keys(fixtures))("%s", async (name) => {
    const group = await openZarr(memoryStore(storeEntries(name)));
    await expectGroup(group, fixtures[name]!.expected);
  });

  test.each(Object.keys(fixtures))("%s, by listing", async (name) => {
    const group = await openZarr(memoryStore(storeEntries(name)), { consolidated: false });
    expect([...group.variables.keys()].sort()).toEqual(Object.keys(fixtures[name]!.expected.arrays).sort());
  });
});
