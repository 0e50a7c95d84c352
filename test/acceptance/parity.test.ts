/**
 * xarray's public names that are here, against the list of those that are not: it can only shrink.
 *
 * `test/fixtures/xarray-names.txt` has the names of the API page of xarray 2026.9 in camelCase.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import * as gr from "../../src/index.ts";
import * as testing from "../../src/testing/index.ts";
import { NOT_YET } from "./not-yet.ts";
import { airDataset } from "./support.ts";

const path = fileURLToPath(new URL("../fixtures/xarray-names.txt", import.meta.url));

const ds = airDataset();
const air = ds.get("air") as gr.DataArray<any, any>;
const text = new gr.DataArray(["a"], { dims: "x" });
const index = air.indexes.get("lat")!;

/** What each part of a name stands for; names without a dot are the root's. */
const holders: Readonly<Record<string, object>> = {
  "": gr,
  DataArray: air,
  "DataArray.dt": air.get("time").dt,
  "DataArray.dt of timedeltas": new gr.DataArray(new Float64Array(1), { dims: "x", dtype: "timedelta64" }).dt,
  "DataArray.str": text.str,
  Dataset: ds,
  Coordinates: ds.coords,
  DataArrayGroupBy: air.groupby("time.month"),
  DatasetGroupBy: ds.groupby("time.month"),
  DataArrayResample: air.resample({ time: "W" }),
  DatasetResample: ds.resample({ time: "W" }),
  DataArrayRolling: air.rolling({ time: 3 }),
  DatasetRolling: ds.rolling({ time: 3 }),
  DataArrayCoarsen: air.coarsen({ time: 2 }),
  DatasetCoarsen: ds.coarsen({ time: 2 }),
  DataArrayWeighted: air.weighted(air.get("lat")),
  DatasetWeighted: ds.weighted(air.get("lat")),
  RollingExp: air.rollingExp({ time: 3 } as never),
  Index: index,
  ufuncs: gr.ufuncs,
  groupers: gr.groupers,
  testing,
};

function isThere(name: string): boolean {
  const parts = name.split(".");
  for (let k = parts.length - 1; k >= 0; k--) {
    const holder = holders[parts.slice(0, k).join(".")];
    if (holder === undefined) continue;
    // Class methods such as fromDict are on the constructor.
    const others = holders[`${parts.slice(0, k).join(".")} of timedeltas`];
    const sides = [
      holder,
      ...(others ? [others] : []),
      ...(parts[0]! in gr ? [(gr as unknown as Record<string, object>)[parts[0]!]!] : []),
    ];
    return k === parts.length - 1 && sides.some((side) => parts[k]! in side);
  }
  return false;
}

/** Names that classes have without being values of the root: their instances are what users meet. */
const isClassOfInstances = (name: string): boolean => name in holders && name !== "";

const names = readFileSync(path, "utf8").trim().split("\n");
const missing = names.filter((name) => !isClassOfInstances(name) && !isThere(name));
const listed = Object.values(NOT_YET).flatMap(({ names }) => names);

test("every name is here, or listed with a reason", () => {
  expect(missing.filter((name) => !listed.includes(name))).toEqual([]);
  expect(names.length - missing.length).toBeGreaterThan(640);
});

test("the list has no name that is here by now, that is none, or twice", () => {
  expect(listed.filter((name) => !missing.includes(name))).toEqual([]);
  expect(new Set(listed).size).toBe(listed.length);
});
