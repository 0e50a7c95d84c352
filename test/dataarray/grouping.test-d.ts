/** Names of dimensions through groups, checked by the compiler. */
import { expectTypeOf } from "vitest";
import type { DataArray, Dataset } from "../../src/index.ts";
import { groupers } from "../../src/index.ts";

declare const air: DataArray<"time" | "lat" | "lon", "float32">;
declare const counts: DataArray<"time", "int32">;
declare const labels: DataArray<"time">;
declare const ds: Dataset<{ air: DataArray<"time" | "lat", "float32">; area: DataArray<"lat", "float64"> }>;

expectTypeOf(air.groupby("time.month").mean()).toEqualTypeOf<DataArray<"month" | "lat" | "lon", "float32">>();
expectTypeOf(air.groupby("time.month").mean("...")).toEqualTypeOf<DataArray<"month", "float32">>();
expectTypeOf(air.groupby("time.month").mean(["time", "lat"])).toEqualTypeOf<DataArray<"month" | "lon", "float32">>();
expectTypeOf(air.groupby("time.month").mean("lat")).toEqualTypeOf<DataArray<"time" | "lon", "float32">>();
expectTypeOf(air.groupby("time.month").mean({ skipna: false })).toEqualTypeOf<DataArray<"month" | "lat" | "lon", "float32">>();
expectTypeOf(air.groupby("lat").count()).toEqualTypeOf<DataArray<"time" | "lat" | "lon", "int64">>();
expectTypeOf(counts.groupby("time.year").sum()).toEqualTypeOf<DataArray<"year", "int64">>();
expectTypeOf(air.groupby("time.month").first().dims).toEqualTypeOf<readonly ("month" | "lat" | "lon")[]>();
expectTypeOf(air.groupby("time.month").quantile([0.1, 0.9])).toEqualTypeOf<DataArray<"month" | "lat" | "lon" | "quantile", "float32">>();
expectTypeOf(air.groupby("time.month").quantile(0.5)).toEqualTypeOf<DataArray<"month" | "lat" | "lon", "float32">>();

// The anomaly idiom keeps the dimensions of the array.
expectTypeOf(air.groupby("time.month").sub(air.groupby("time.month").mean())).toEqualTypeOf<DataArray<"time" | "lat" | "lon", "float32">>();
expectTypeOf(air.groupby("time.month").gt(air.groupby("time.month").mean())).toEqualTypeOf<DataArray<"time" | "lat" | "lon", "bool">>();

expectTypeOf(air.resample({ time: "MS" }).mean()).toEqualTypeOf<DataArray<"time" | "lat" | "lon", "float32">>();
expectTypeOf(counts.resample({ time: "MS" }).sum()).toEqualTypeOf<DataArray<"time", "int64" | "float64">>();
expectTypeOf(counts.resample({ time: "MS" }).ffill()).toEqualTypeOf<DataArray<"time", "float64">>();

// Coordinates that the type does not know give an array of any dimensions.
expectTypeOf(air.groupby("letter").mean()).toEqualTypeOf<DataArray<any, "float32">>();
expectTypeOf(air.groupby(labels).mean().dtype).toEqualTypeOf<"float32">();
air.groupby({ lat: new groupers.BinGrouper({ bins: [-90, 0, 90] }), time: new groupers.SeasonGrouper({ seasons: ["DJF"] }) }).mean();

expectTypeOf(ds.groupby("time.month").mean().get("air").dims).toEqualTypeOf<readonly ("month" | "lat")[]>();

// @ts-expect-error no such part of times
air.groupby("time.mnth");
// A coordinate that the type does not know may hold times.
expectTypeOf(air.groupby("valid_time.month").mean()).toEqualTypeOf<DataArray<any, "float32">>();
// @ts-expect-error no such dimension
air.groupby("time.month").mean("tiem");
// @ts-expect-error no such dimension
air.resample({ tiem: "MS" });
// @ts-expect-error no such dimension
ds.resample({ tiem: "MS" });
