/** What the compiler knows of dimensions and dtypes. Checked by `npm run typecheck`; nothing here runs. */
import { expectTypeOf } from "vitest";
import { type DataArray, Dataset, slice } from "../../src/index.ts";

declare const t: DataArray<"time" | "lat" | "lon", "float32">;
declare const w: DataArray<"lat", "float64">;
declare const n: DataArray<"lat", "int16">;
declare const untyped: DataArray;
declare const ds: Dataset<{ air: DataArray<"time" | "lat", "float32">; level: DataArray<"level", "int32"> }>;

// Reductions drop dimensions, and keep or widen dtypes.
expectTypeOf(t.mean("time")).toEqualTypeOf<DataArray<"lat" | "lon", "float32">>();
expectTypeOf(t.mean(["lat", "lon"])).toEqualTypeOf<DataArray<"time", "float32">>();
expectTypeOf(t.mean()).toEqualTypeOf<DataArray<never, "float32">>();
expectTypeOf(n.mean("lat")).toEqualTypeOf<DataArray<never, "float64">>();
expectTypeOf(n.sum("lat")).toEqualTypeOf<DataArray<never, "int64">>();
expectTypeOf(t.count("lon")).toEqualTypeOf<DataArray<"time" | "lat", "int64">>();
expectTypeOf(t.quantile(0.5, "time")).toEqualTypeOf<DataArray<"lat" | "lon", "float32">>();
expectTypeOf(t.quantile([0.1, 0.9], "time")).toEqualTypeOf<DataArray<"lat" | "lon" | "quantile", "float32">>();
// @ts-expect-error a misspelt dimension does not compile
t.mean("tmie");
// @ts-expect-error nor in a list
t.mean(["lat", "lno"]);

// Scalars drop their dimension, slices and lists keep it, pointwise indexers replace it.
expectTypeOf(t.isel({ time: 0 })).toEqualTypeOf<DataArray<"lat" | "lon", "float32">>();
expectTypeOf(t.isel({ time: slice(0, 3), lat: [0, 1] })).toEqualTypeOf<DataArray<"time" | "lat" | "lon", "float32">>();
expectTypeOf(t.sel({ lat: 47.6, lon: 8 }, { method: "nearest" })).toEqualTypeOf<DataArray<"time", "float32">>();
expectTypeOf(t.isel({ lat: untyped as DataArray<"point", "int64">, lon: untyped as DataArray<"point", "int64"> })).toEqualTypeOf<
  DataArray<"time" | "point", "float32">
>();
// @ts-expect-error an indexer of a dimension that is not there
t.isel({ lattitude: 0 });

// Broadcasting unites dimensions, promotion joins dtypes.
expectTypeOf(w.add(t)).toEqualTypeOf<DataArray<"time" | "lat" | "lon", "float64">>();
expectTypeOf(t.sub(t.mean("time"))).toEqualTypeOf<DataArray<"time" | "lat" | "lon", "float32">>();
expectTypeOf(t.add(1)).toEqualTypeOf<DataArray<"time" | "lat" | "lon", "float32">>();
expectTypeOf(n.div(2)).toEqualTypeOf<DataArray<"lat", "float64">>();
expectTypeOf(t.gt(w)).toEqualTypeOf<DataArray<"time" | "lat" | "lon", "bool">>();

// Changes of form.
expectTypeOf(t.rename({ lat: "y" })).toEqualTypeOf<DataArray<"time" | "y" | "lon", "float32">>();
expectTypeOf(t.transpose("lon", "...")).toEqualTypeOf<DataArray<"time" | "lat" | "lon", "float32">>();
expectTypeOf(t.expandDims("member")).toEqualTypeOf<DataArray<"time" | "lat" | "lon" | "member", "float32">>();
expectTypeOf(t.stack({ point: ["lat", "lon"] })).toEqualTypeOf<DataArray<"time" | "point", "float32">>();
// @ts-expect-error only dimensions that are there can be stacked
t.stack({ point: ["lat", "longitude"] });
// @ts-expect-error nor transposed
t.transpose("lon", "tmie");

// Values and sizes.
expectTypeOf(t.values).toEqualTypeOf<Float32Array>();
expectTypeOf(n.astype("string").values).toEqualTypeOf<(string | null)[]>();
expectTypeOf(t.sizes.time).toEqualTypeOf<number>();
// @ts-expect-error there is no such dimension
t.sizes.tmie;

// What is opened untyped goes anywhere.
const both: DataArray<"time" | "lat"> = untyped;
void both;

// Datasets know their variables.
expectTypeOf(ds.get("air")).toEqualTypeOf<DataArray<"time" | "lat", "float32">>();
expectTypeOf(ds.get("air").mean("lat")).toEqualTypeOf<DataArray<"time", "float32">>();
expectTypeOf(ds.mean("time").get("air")).toEqualTypeOf<DataArray<"lat", "float32">>();
expectTypeOf(ds.isel({ time: 0 }).get("air")).toEqualTypeOf<DataArray<"lat", "float32">>();
expectTypeOf(ds.get("time")).toEqualTypeOf<DataArray<"time", any>>();
// @ts-expect-error a variable that is not there
ds.get("aire");
// @ts-expect-error a reduction over a dimension that no variable has
ds.mean("tmie");
void new Dataset({ air: t });
