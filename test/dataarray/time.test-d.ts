/** Accessors exist for the dtypes that they are for, and keep names of dimensions. */
import { expectTypeOf } from "vitest";
import type { DataArray, DatetimeAccessor, TimedeltaAccessor } from "../../src/index.ts";

declare const time: DataArray<"time", "datetime64">;
declare const noleap: DataArray<"time", "datetime64[noleap]">;
declare const span: DataArray<"time", "timedelta64">;
declare const word: DataArray<"station", "string">;
declare const width: DataArray<"k", "int64">;
declare const air: DataArray<"time" | "lat", "float32">;
declare const some: DataArray<any, any>;

expectTypeOf(time.dt.month).toEqualTypeOf<DataArray<"time", "int64">>();
expectTypeOf(noleap.dt.floor("D")).toEqualTypeOf<DataArray<"time", "datetime64[noleap]">>();
expectTypeOf(noleap.dt.season).toEqualTypeOf<DataArray<"time", "string">>();
expectTypeOf(span.dt.totalSeconds()).toEqualTypeOf<DataArray<"time", "float64">>();
expectTypeOf(air.dt).toEqualTypeOf<never>();
expectTypeOf(air.str).toEqualTypeOf<never>();
// An array of any dtype has all parts.
expectTypeOf(some.dt).toExtend<DatetimeAccessor<any, any>>();
expectTypeOf(some.dt).toExtend<TimedeltaAccessor<any>>();

expectTypeOf(word.str.upper()).toEqualTypeOf<DataArray<"station", "string">>();
expectTypeOf(word.str.pad(5)).toEqualTypeOf<DataArray<"station", "string">>();
expectTypeOf(word.str.pad(width)).toEqualTypeOf<DataArray<"station" | "k", "string">>();
expectTypeOf(word.str.split("part")).toEqualTypeOf<DataArray<"station" | "part", "string">>();
expectTypeOf(word.str.cat(width, "x", { sep: "-" })).toEqualTypeOf<DataArray<"station" | "k", "string">>();
expectTypeOf(word.str.contains("a")).toEqualTypeOf<DataArray<"station", "bool">>();
expectTypeOf(air.convertCalendar("noleap").dims).toEqualTypeOf<readonly ("time" | "lat")[]>();

// @ts-expect-error a float array has no times
air.dt.month;
// @ts-expect-error durations have no months
span.dt.month;
// @ts-expect-error times are no text
time.str.upper();
// @ts-expect-error there is no such side
word.str.pad(5, { side: "top" });
// @ts-expect-error there is no such dimension
word.str.join({ dim: "statoin" });
// @ts-expect-error there is no such dimension
air.interpCalendar(noleap, "tmie");
