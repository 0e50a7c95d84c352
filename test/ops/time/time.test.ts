/** Parts of times and changes of calendar beyond what the conformance fixtures record. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cftimeRange, DataArray, dateRange, dateRangeLike, NDArray } from "../../../src/index.ts";

const DAY = 86_400_000;
const times = (data: readonly number[], dtype = "datetime64"): DataArray<any, any> =>
  new DataArray(new NDArray(Float64Array.from(data), [data.length], dtype as "datetime64"), { dims: ["x"], name: "t" });

describe("dt", () => {
  test("date and time add up to the time, before 1970 too", () => {
    const t = times([-1, 0, 1.25, 951_805_800_123.5]);
    const sum = Array.from(t.dt.date.values as Float64Array, (d, i) => d + (t.dt.time.values as Float64Array)[i]!);
    expect(sum).toEqual([-1, 0, 1.25, 951_805_800_123.5]);
    expect(t.dt.date.dtype).toBe("datetime64");
    expect(t.dt.time.dtype).toBe("timedelta64");
  });

  test("parts of a duration make it up, and only days are negative", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e14, max: 1e14 }), (micros) => {
        const d = times([micros / 1000], "timedelta64").dt;
        const [days, seconds, rest] = [d.days, d.seconds, d.microseconds].map((part) => part.item() as number) as [number, number, number];
        expect(seconds >= 0 && seconds < 86_400 && rest >= 0 && rest < 1e6).toBe(true);
        expect((days * 86_400 + seconds) * 1e6 + rest).toBe(micros);
      }),
    );
  });

  test("a part that does not exist, and values that are no times, are refused by name", () => {
    expect(() => times([0]).dt.floor("MS")).toThrow(/MS/);
    expect(() => times([0]).dt.strftime("%Q")).toThrow(/%Q/);
    expect(() => (new DataArray([1, 2], { dims: ["x"], name: "n" }) as any).dt).toThrow(/dt is for times and durations; "n" is float64/);
  });

  test("lazy times give lazy parts; one that meets NaT says what to do", async () => {
    const lazy = times([0, 40 * DAY, 400 * DAY]).chunk({ x: 1 });
    const month = lazy.dt.month;
    expect(month.isLazy).toBe(true);
    expect((await month.compute()).values).toEqual(Float64Array.of(1, 2, 2));
    expect(() => lazy.dt.floor("nonsense")).toThrow(/nonsense/);
    const missing = times([0, Number.NaN]).chunk({ x: 1 });
    await expect(missing.dt.year.compute()).rejects.toThrow(/NaT.*load\(\)/);
    expect((await missing.dt.isLeapYear.compute()).values).toEqual(Uint8Array.of(0, 0));
    expect((await missing.dt.strftime("%Y").compute()).values).toEqual(["1970", null]);
  });

  test("empty arrays and single values have parts", () => {
    expect(times([]).dt.year.shape).toEqual([0]);
    expect(times([0]).isel({ x: 0 }).dt.dayOfWeek.item()).toBe(3);
  });
});

describe("calendars", () => {
  const daily = (calendar: string): DataArray<any, any> => {
    const t = dateRange("2000-02-27", { periods: 5, calendar });
    return new DataArray([0, 1, 2, 3, 4], { dims: ["time"], coords: { time: t } });
  };

  test("there and back again is the same but for the dates that one of them lacks", () => {
    const back = daily("proleptic_gregorian").convertCalendar("noleap").convertCalendar("proleptic_gregorian");
    expect(back.values).toEqual(Float64Array.of(0, 1, 3, 4));
    const filled = daily("proleptic_gregorian").convertCalendar("noleap").convertCalendar("proleptic_gregorian", { missing: -1 });
    expect(filled.values).toEqual(Float64Array.of(0, 1, -1, 3, 4));
  });

  test("standard is datetime64 after 1582-10-15, unless it is to be a calendar of its own", () => {
    expect(daily("noleap").convertCalendar("standard").get("time").dtype).toBe("datetime64");
    expect(daily("noleap").convertCalendar("standard", { useCftime: true }).get("time").dtype).toBe("datetime64[standard]");
    expect(dateRange("2000", { periods: 2, calendar: "standard" }).dtype).toBe("datetime64");
    expect(dateRange("1500", { periods: 2, calendar: "standard" }).dtype).toBe("datetime64[standard]");
    expect(cftimeRange("2000", { periods: 2 }).dtype).toBe("datetime64[standard]");
    expect(dateRangeLike(dateRange("2000", { periods: 4, freq: "MS", calendar: "noleap" }), "standard").dtype).toBe("datetime64");
  });

  test("lazy values stay lazy, and their times convert", async () => {
    const lazy = daily("proleptic_gregorian").chunk({ time: 2 });
    const converted = lazy.convertCalendar("noleap");
    expect(converted.isLazy).toBe(true);
    expect((await converted.compute()).values).toEqual(Float64Array.of(0, 1, 3, 4));
    const between = lazy.interpCalendar(dateRange("2000-02-28", { periods: 2, calendar: "noleap" }));
    expect(between.isLazy).toBe(true);
    expect((await between.compute()).values.every(Number.isFinite)).toBe(true);
  });

  test("what cannot be converted is refused by name", () => {
    const a = daily("proleptic_gregorian");
    expect(() => a.convertCalendar("nolaep")).toThrow(/did you mean "noleap"/);
    expect(() => a.convertCalendar("noleap", { dim: "tmie" })).toThrow(/did you mean "time"/);
    expect(() => new DataArray([1], { dims: ["time"], coords: { time: [1] } }).convertCalendar("noleap")).toThrow(/must hold times/);
    expect(() => a.interpCalendar(new DataArray([1], { dims: ["time"] }))).toThrow(/times to go to/);
  });
});
