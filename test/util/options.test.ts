/** Misspelt options are refused with the one that was meant, in plain JavaScript too. */
import { describe, expect, test } from "vitest";
import {
  combineNested,
  concat,
  DataArray,
  Dataset,
  isGraticuleError,
  loadDataset,
  merge,
  openDataset,
  openMfdataset,
} from "../../src/index.ts";

const da = new DataArray([1, Number.NaN, 3], { dims: "x", coords: { x: [10, 20, 30] }, name: "a" });
const ds = new Dataset({ a: da });
const wrong = (options: object): never => options as never;

async function refused(run: () => unknown): Promise<string> {
  try {
    await run();
  } catch (error) {
    if (isGraticuleError(error, "ArgumentError")) return error.message;
    throw error;
  }
  return "not refused";
}

describe("a misspelt option", () => {
  test.each([
    ["DataArray", () => new DataArray([1], wrong({ dim: "x" })), /unknown option of DataArray "dim"; did you mean "dims"\?/],
    ["Dataset", () => new Dataset({}, wrong({ coord: {} })), /"coord"; did you mean "coords"\?/],
    ["sel", () => da.sel({ x: 11 }, wrong({ methd: "nearest" })), /option of sel "methd"; did you mean "method"\?/],
    ["isel", () => da.isel({ x: 0 }, wrong({ dropp: true })), /"dropp"; did you mean "drop"\?/],
    ["mean", () => da.mean("x", wrong({ skipNa: false })), /option of mean "skipNa"; did you mean "skipna"\?/],
    ["concat", () => concat([da, da], "x", wrong({ joyn: "outer" })), /"joyn"; did you mean "join"\?/],
    ["merge", () => merge([ds, ds], wrong({ compatible: "equals" })), /option of merge "compatible"/],
    ["compute", () => da.chunk({ x: 1 }).compute(wrong({ memry: 1 })), /"memry"; did you mean "memory"\?/],
    ["toZarr", () => ds.toZarr(new Map(), wrong({ modee: "w" })), /"modee"; did you mean "mode"\?/],
    ["toNetcdf", () => ds.toNetcdf(undefined, wrong({ fomat: "NETCDF4" })), /"fomat"; did you mean "format"\?/],
    ["openDataset", () => openDataset(new Map(), wrong({ grop: "a" })), /"grop"; did you mean "group"\?/],
    ["openMfdataset", () => openMfdataset([new Map()], wrong({ combin: "nested" })), /"combin"/],
  ])("of %s is named", async (_what, run, message) => {
    expect(await refused(run)).toMatch(message);
  });

  test("does not stand in the way of the options of several levels", async () => {
    const entries = new Map<string, Uint8Array>();
    await ds.toZarr(entries);
    expect((await loadDataset(entries, { decodeCf: true, progress: false })).get("a").size).toBe(3);
    const many = await openMfdataset([entries, entries], { combine: "nested", concatDim: "run", dataVars: "all", chunks: { x: 2 } });
    expect(many.sizes).toEqual({ run: 2, x: 3 });
    expect(combineNested([[ds, ds.rename({ a: "b" })]], ["run", null], { dataVars: "all" }).has("b")).toBe(true);
  });
});

describe("first and last", () => {
  const gaps = new DataArray(
    [
      [Number.NaN, 2, 3],
      [4, 5, Number.NaN],
    ],
    { dims: ["y", "x"] },
  );
  test("pass over what is missing", () => {
    expect(Array.from(gaps.first("x").values)).toEqual([2, 4]);
    expect(Array.from(gaps.last("x").values)).toEqual([3, 5]);
    expect(Array.from(gaps.first("x", { skipna: false }).values)).toEqual([Number.NaN, 4]);
    expect(gaps.toDataset({ name: "g" }).last("y").get("g").toArray()).toEqual([4, 5, 3]);
  });

  test("are the same on chunks", async () => {
    expect((await gaps.chunk({ x: 1, y: 1 }).last("x").compute()).toArray()).toEqual([3, 5]);
  });
});
