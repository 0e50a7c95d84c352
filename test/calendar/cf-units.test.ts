import { describe, expect, test } from "vitest";
import {
  CALENDARS,
  calendarOf,
  decodedCalendar,
  decodeTimedeltas,
  decodeTimes,
  encodeTimedeltas,
  encodeTimes,
  parseTime,
  parseTimeUnits,
} from "../../src/calendar/index.ts";
import { setOptions } from "../../src/options.ts";
import { fixture, mss, show } from "./fixture.ts";

/** Run with warnings collected instead of failing. */
function collecting<T>(run: () => T): { result: T; warnings: string[] } {
  const warnings: string[] = [];
  const restore = setOptions({ onWarning: (code) => warnings.push(code) });
  try {
    return { result: run(), warnings };
  } finally {
    restore();
  }
}
const standard = CALENDARS.standard;

describe("decoding", () => {
  test("gives the dates of cftime", () => {
    for (const [name, units, kind, expected] of fixture.decode.cases) {
      const numbers = fixture.decode.numbers[kind]!;
      const calendar = calendarOf(name);
      const got = decodeTimes(Float64Array.from(numbers), units, calendar).times;
      expect([name, units, ...show(got, name)]).toEqual([name, units, ...show(mss(expected), name)]);
      if (kind !== "f") {
        const big = decodeTimes(BigInt64Array.from(numbers, BigInt), units, calendar).times;
        expect(big).toEqual(got);
        expect(decodeTimes(Int32Array.from(numbers), units, calendar).times).toEqual(got);
      }
    }
  });

  test("standard becomes plain datetime64 from 1582-10-15 on", () => {
    const units = "days since 1582-10-15";
    expect(decodeTimes(Int32Array.of(0, 5), units, standard).calendar).toBe(CALENDARS.proleptic_gregorian);
    expect(decodeTimes(Int32Array.of(-1, 5), units, standard).calendar).toBe(standard);
    expect(decodeTimes(Float64Array.of(Number.NaN), units, standard).calendar).toBe(CALENDARS.proleptic_gregorian);
    expect(decodedCalendar(CALENDARS.julian, [0])).toBe(CALENDARS.julian);
  });

  test("floats round to whole milliseconds, so that two epochs agree", () => {
    const [a] = decodeTimes(Float64Array.of(1 / 3), "days since 2000-01-01", standard).times;
    const [b] = decodeTimes(Float64Array.of(36524 + 1 / 3), "days since 1900-01-01", standard).times;
    expect(Number.isInteger(a)).toBe(true);
    expect(b).toBe(a);
    const [c] = decodeTimes(Float32Array.of(0.5), "hours since 2000-01-01", standard).times;
    expect(c! - a!).toBe(1_800_000 - 28_800_000);
  });

  test("fine integers keep their microseconds", () => {
    const micro = 1_700_000_000_123_457n;
    expect(decodeTimes(BigInt64Array.of(micro), "microseconds since 1970-01-01", standard).times[0]).toBe(1_700_000_000_123.457);
    expect(decodeTimes(BigInt64Array.of(-1n), "microseconds since 1970-01-01", standard).times[0]).toBe(-0.001);
    expect(decodeTimes(BigInt64Array.of(micro * 1000n), "nanoseconds since 1970-01-01", standard).times[0]).toBe(1_700_000_000_123.457);
    expect(decodeTimes(Float64Array.of(1_700_000_000_123_457), "us since 1970-01-01", standard).times[0]).toBe(1_700_000_000_123.457);
    const lossy = collecting(() => decodeTimes(BigInt64Array.of(1_001n), "ns since 1970-01-01", standard).times[0]);
    expect(lossy).toEqual({ result: 0.001, warnings: ["time-precision"] });
  });

  test("NaN and the smallest int64 are NaT; other absurd values throw", () => {
    expect(decodeTimes(BigInt64Array.of(-(2n ** 63n), 0n), "days since 1970-01-01", standard).times).toEqual(
      Float64Array.of(Number.NaN, 0),
    );
    expect(() => decodeTimes(Float64Array.of(9.96921e36), "days since 1970-01-01", standard)).toThrow(/9\.96921e\+36 .*fill value/);
    expect(() => decodeTimes(Float64Array.of(Number.POSITIVE_INFINITY), "us since 1970-01-01", standard)).toThrow(/fill value/);
    expect(() => decodeTimes(BigInt64Array.of(2n ** 62n), "days since 1970-01-01", standard)).toThrow(/fill value/);
  });

  test.each([
    ["months since 2000-01-01", /months and years have no fixed length/],
    ["years since 2000-01-01", /months and years have no fixed length/],
    ["fortnights since 2000-01-01", /"fortnights since 2000-01-01" of calendar standard: the unit can be days, hours/],
    ["days since 2000-13-01", /"2000-13-01" is no date of it/],
    ["days since 0000-01-01", /is no date of it/],
    ["days since yesterday", /is no date of it/],
    ["days after 2000-01-01", /expected such as/],
    ["days since 1900-01-01 24:00:00", /is no date of it/],
  ])("refuses %s", (units, message) => {
    expect(() => parseTimeUnits(units, standard)).toThrow(message);
  });

  test("durations", () => {
    expect(decodeTimedeltas(Int16Array.of(1, -2), "hours")).toEqual(Float64Array.of(3_600_000, -7_200_000));
    expect(decodeTimedeltas(Float32Array.of(0.5, Number.NaN), "days")).toEqual(Float64Array.of(43_200_000, Number.NaN));
    expect(() => decodeTimedeltas(Int16Array.of(1), "months")).toThrow(/as the unit of a duration/);
  });
});

describe("encoding", () => {
  test("gives the numbers and units of xarray", () => {
    for (const [name, texts, units, dtype, values, expectedUnits] of fixture.encode) {
      const calendar = calendarOf(name);
      const times = Float64Array.from(texts, (t) => parseTime(t, calendar).ms);
      const kind = dtype === null ? undefined : dtype === "int64" ? "integer" : "float";
      const { result } = collecting(() => encodeTimes(times, calendar, { units: units ?? undefined, kind }));
      const label = [name, texts, units, dtype];
      expect([...label, result.units]).toEqual([...label, expectedUnits]);
      for (const [i, v] of values.entries()) expect(Math.abs(result.values[i]! - v)).toBeLessThanOrEqual(Math.abs(v) * 1e-15);
      expect(decodeTimes(result.values, result.units, calendar).times.every((t, i) => Math.abs(t - times[i]!) < 1)).toBe(true);
    }
  });

  test("warns where the numbers are no integers", () => {
    const times = Float64Array.of(0, 3_600_000);
    const o = { units: "days since 1970-01-01" } as const;
    expect(collecting(() => encodeTimes(times, standard, o))).toMatchObject({
      result: { integral: false },
      warnings: ["time-encoding"],
    });
    expect(collecting(() => encodeTimes(times, standard, { ...o, kind: "integer" }))).toMatchObject({
      result: { integral: true, units: "hours since 1970-01-01 00:00:00.000000" },
      warnings: ["time-encoding"],
    });
    expect(encodeTimes(times, standard, { ...o, kind: "float" }).values).toEqual(Float64Array.of(0, 1 / 24));
  });

  test("keeps NaT, and needs no times at all", () => {
    expect(encodeTimes(Float64Array.of(Number.NaN, 86_400_000), CALENDARS.proleptic_gregorian)).toEqual({
      values: Float64Array.of(Number.NaN, 0),
      units: "days since 1970-01-02 00:00:00",
      integral: true,
    });
    expect(encodeTimes(new Float64Array(0), CALENDARS.proleptic_gregorian).units).toBe("days since 1970-01-01 00:00:00");
  });

  test("times before 1582-10-15 are not written in another calendar", () => {
    const early = Float64Array.of(parseTime("1500-01-01", CALENDARS.proleptic_gregorian).ms);
    const late = Float64Array.of(0);
    const o = { target: standard };
    expect(encodeTimes(late, CALENDARS.proleptic_gregorian, o).values).toEqual(late);
    expect(() => encodeTimes(early, CALENDARS.proleptic_gregorian, o)).toThrow(/1500-01-01 00:00:00 .* agree from 1582-10-15/);
    expect(() => encodeTimes(late, CALENDARS.noleap, o)).toThrow(/cannot be written in calendar standard/);
  });

  test("durations", () => {
    expect(encodeTimedeltas(Float64Array.of(86_400_000, 43_200_000))).toEqual({
      values: Float64Array.of(24, 12),
      units: "hours",
      integral: true,
    });
    expect(encodeTimedeltas(Float64Array.of(43_200_000), { units: "days", kind: "float" }).values).toEqual(Float64Array.of(0.5));
    expect(encodeTimedeltas(Float64Array.of(0.001)).units).toBe("microseconds");
  });
});
