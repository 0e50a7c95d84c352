/** Names of dimensions through windows and weights. */
import { expectTypeOf, test } from "vitest";
import type { DataArray } from "../../src/index.ts";

declare const air: DataArray<"time" | "lat" | "lon", "float32">;
declare const counts: DataArray<"x", "int16">;
declare const area: DataArray<"lat" | "cell", "float64">;

test("windows keep dimensions and name new ones", () => {
  expectTypeOf(air.rolling({ time: 7 }, { center: { time: true } }).mean()).toEqualTypeOf<DataArray<"time" | "lat" | "lon", "float32">>();
  expectTypeOf(air.rolling({ time: 7 }).construct("day").dims).toEqualTypeOf<readonly ("time" | "lat" | "lon" | "day")[]>();
  expectTypeOf(counts.coarsen({ x: 2 }).sum()).toEqualTypeOf<DataArray<"x", "int64">>();
  expectTypeOf(counts.coarsen({ x: 2 }).any()).toEqualTypeOf<DataArray<"x", "bool">>();
  expectTypeOf(air.coarsen({ time: 12 }).construct({ time: ["year", "month"] }).dims).toEqualTypeOf<
    readonly ("year" | "month" | "lat" | "lon")[]
  >();
  expectTypeOf(air.cumulative("time").sum().dims).toEqualTypeOf<readonly ("time" | "lat" | "lon")[]>();
  expectTypeOf(air.rollingExp({ time: 3 }).mean().dims).toEqualTypeOf<readonly ("time" | "lat" | "lon")[]>();
  // @ts-expect-error there is no such dimension
  air.rolling({ tmie: 7 });
  // @ts-expect-error there is no such dimension
  air.coarsen({ x: 7 });
  // @ts-expect-error there is no such boundary
  air.coarsen({ time: 7 }, { boundary: "cut" });
  // @ts-expect-error there is no such dimension
  air.cumulative("x");
});

test("weights bring their dimensions", () => {
  expectTypeOf(air.weighted(area).mean("lat").dims).toEqualTypeOf<readonly ("time" | "lon" | "cell")[]>();
  expectTypeOf(air.weighted(area).sum(["lat", "lon", "cell"]).dims).toEqualTypeOf<readonly "time"[]>();
  expectTypeOf(air.weighted(area).quantile([0.1, 0.9], "lat").dims).toEqualTypeOf<readonly ("time" | "lon" | "cell" | "quantile")[]>();
  // @ts-expect-error there is no such dimension
  air.weighted(area).mean("x");
});
