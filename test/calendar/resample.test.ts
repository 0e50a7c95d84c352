import { describe, expect, test } from "vitest";
import {
  CALENDARS,
  calendarOf,
  convertTimes,
  dateRange,
  dateRangeLike,
  type ResampleOptions,
  resampleBins,
  seasonBins,
  seasonCodes,
  seasonMonths,
} from "../../src/calendar/index.ts";
import { fixture, mss, show } from "./fixture.ts";

const plain = CALENDARS.proleptic_gregorian;

describe("resampling", () => {
  test("makes the bins of pandas and xarray", () => {
    for (const [name, source, freq, options, labels, counts] of fixture.resample.cases) {
      const calendar = calendarOf(name);
      const [start, periods, step] = fixture.resample.sources[source]!;
      const times = dateRange({ start, periods, freq: step }, calendar);
      const bins = resampleBins(times, freq, calendar, options as ResampleOptions);
      const label = [name, start, step, freq, JSON.stringify(options)];
      if (labels.length === 3 && bins.labels.length !== 3) {
        expect([...label, bins.labels.length]).toEqual([...label, labels[0]]);
        expect([...label, ...show([bins.labels[0]!, bins.labels.at(-1)!], name)]).toEqual([...label, ...show(mss(labels.slice(1)), name)]);
      } else expect([...label, ...show(bins.labels, name)]).toEqual([...label, ...show(mss(labels), name)]);
      const got = new Array<number>(bins.labels.length).fill(0);
      for (const code of bins.codes) got[code]!++;
      if (counts !== null) expect([...label, ...got]).toEqual([...label, ...counts]);
      expect(bins.edges.length).toBe(bins.labels.length + 1);
    }
  });

  test("does not need times in order, and leaves NaT out", () => {
    const times = dateRange({ start: "2000-01-15", periods: 50, freq: "3D" }, plain);
    const sorted = resampleBins(times, "MS", plain);
    const mixed = Float64Array.from([Number.NaN, ...times].reverse());
    const got = resampleBins(mixed, "MS", plain);
    expect(got.labels).toEqual(sorted.labels);
    expect([...got.codes]).toEqual([...[...sorted.codes].reverse(), -1]);
    expect(resampleBins(Float64Array.of(Number.NaN), "D", plain)).toMatchObject({ codes: Int32Array.of(-1) });
    expect(resampleBins(new Float64Array(0), "D", plain).labels.length).toBe(0);
  });

  test.each([
    ["-1D", {}, /must run forward/],
    ["D", { closed: "both" as "left" }, /closed can be left or right/],
    ["D", { origin: "noon" }, /origin can be start_day/],
    ["D", { offset: "many" }, /as a duration/],
    ["us", {}, /more than .* bins/],
  ])("refuses %s with %j", (freq, o, message) => {
    expect(() => resampleBins(Float64Array.of(0, 1e12), freq, plain, o)).toThrow(message);
  });
});

describe("conversion", () => {
  test("between calendars is that of xarray", () => {
    for (const [from, to, alignOn, [start, periods, freq], expected, positions] of fixture.conversion.convert) {
      const times = dateRange({ start, periods, freq }, calendarOf(from));
      const got = convertTimes(times, calendarOf(from), calendarOf(to), { alignOn });
      const label = [from, to, alignOn, start, freq];
      expect([...label, ...show(got.times, to)]).toEqual([...label, ...show(mss(expected), to)]);
      expect([...label, ...got.positions]).toEqual([...label, ...positions]);
    }
  });

  test("of ranges is that of xarray", () => {
    for (const [from, to, [start, periods, freq], [first, last, size]] of fixture.conversion.like) {
      const got = dateRangeLike(dateRange({ start, periods, freq }, calendarOf(from)), calendarOf(from), calendarOf(to));
      const label = [from, to, start, freq];
      expect([...label, got.length, ...show([got[0]!, got.at(-1)!], to)]).toEqual([...label, size, ...show(mss([first, last]), to)]);
    }
  });

  test("asks how to align 360_day, and leaves NaT out", () => {
    const { noleap, julian } = CALENDARS;
    expect(() => convertTimes(new Float64Array(1), noleap, CALENDARS["360_day"])).toThrow(/alignOn .* must be given/);
    expect(convertTimes(Float64Array.of(Number.NaN, 0), noleap, plain).positions).toEqual(Int32Array.of(1));
    const yearZero = Float64Array.of(noleap.yearStart(0) * 86_400_000);
    expect(() => convertTimes(yearZero, noleap, julian)).toThrow(/julian has no year 0/);
    expect(() => dateRangeLike(Float64Array.of(0, 1, 5), plain, noleap)).toThrow(/no frequency/);
  });
});

describe("seasons", () => {
  test("are those of xarray", () => {
    for (const [name, seasons, drop, labels, codes] of fixture.conversion.seasons) {
      const calendar = calendarOf(name);
      const times = dateRange({ start: "2000-01-15", periods: 30, freq: "23D" }, calendar);
      const label = [name, ...seasons, String(drop)];
      if (drop === null) {
        expect(seasonCodes(times, calendar, seasons).map((layer) => [...layer])).toEqual(codes);
        continue;
      }
      const got = seasonBins(times, calendar, seasons, { dropIncomplete: drop });
      expect([...label, ...show(got.labels, name)]).toEqual([...label, ...show(mss(labels!), name)]);
      expect([...label, ...got.codes]).toEqual([...label, ...(codes as number[])]);
    }
  });

  test("are months in a row", () => {
    expect(seasonMonths(["DJFM", "AM", "JJASON"])).toEqual([
      [12, 1, 2, 3],
      [4, 5],
      [6, 7, 8, 9, 10, 11],
    ]);
    expect(seasonMonths(["J", "FMAMJJASOND"])[0]).toEqual([1]);
    expect(() => seasonMonths(["DJX"])).toThrow(/"DJX" is no season/);
    expect(() => seasonBins(new Float64Array(1), plain, ["DJFM", "MAM"])).toThrow(/must not overlap/);
    expect(() => seasonBins(new Float64Array(1), plain, ["JJA", "DJF", "MAM"])).not.toThrow(/overlap/);
    expect(() => seasonBins(new Float64Array(1), plain, ["MAM", "DJF", "JJA"])).toThrow(/order of the year/);
  });
});
