/** Names that every object inherits are names like others: in records, and in files. */
import { describe, expect, test } from "vitest";
import { concat, DataArray, openDataset, openZarr } from "../../src/index.ts";
import { ownValue, setOwn } from "../../src/util/records.ts";

const NAMES = ["__proto__", "constructor", "toString"];

describe("records", () => {
  test("hold what was put into them and nothing else", () => {
    const record: { [key: string]: number } = {};
    for (const name of NAMES) expect(ownValue(record, name)).toBeUndefined();
    NAMES.forEach((name, i) => setOwn(record, name, i));
    expect(Object.entries(record)).toEqual(NAMES.map((name, i) => [name, i]));
    expect(Object.getPrototypeOf(record)).toBe(Object.prototype);
    for (const [i, name] of NAMES.entries()) expect(ownValue(record, name)).toBe(i);
    expect(ownValue(undefined, "units")).toBeUndefined();
  });
});

describe("variables, dimensions and attributes of such names", () => {
  const attrs = Object.fromEntries(NAMES.map((name, i) => [name, i]));
  const named = (name: string): DataArray<string, "float64"> => new DataArray([1, 2, 3], { dims: [`${name}s`], attrs, name });

  test.each(NAMES)("%s comes back from Zarr", async (name) => {
    const store = new Map<string, Uint8Array>();
    await named(name).toDataset().toZarr(store);
    const back = await openZarr(store);
    expect([...back.keys()]).toEqual([name]);
    expect(Object.entries(back.get(name).attrs)).toEqual(Object.entries(attrs));
    expect((await back.get(name).compute()).toDict().data).toEqual([1, 2, 3]);
  });

  test.each(NAMES)("%s comes back from netCDF", async (name) => {
    const bytes = await named(name).toDataset().toNetcdf(undefined, { format: "NETCDF3_64BIT" });
    const back = await openDataset(bytes);
    expect([...back.keys()]).toEqual([name]);
    expect(Object.entries(back.get(name).attrs)).toEqual(Object.entries(attrs));
  });

  test("attributes that are new to one of two datasets do not conflict with what objects inherit", () => {
    const [a, b] = [named("v").toDataset(), named("v").toDataset().assignAttrs({ constructor: "ship yard" })];
    expect(concat([a, b], "vs", { combineAttrs: "no_conflicts" }).attrs).toEqual({ constructor: "ship yard" });
  });

  test("chunks and windows along another dimension are not taken for theirs", () => {
    const a: DataArray<string, "float64"> = new DataArray(
      [
        [1, 2],
        [3, 4],
      ],
      { dims: ["constructor", "x"] },
    );
    expect(a.chunk({ x: 1 }).chunks).toEqual([[2], [1, 1]]);
    expect(a.pad({ x: 1 }).sizes).toEqual({ constructor: 2, x: 4 });
  });
});
