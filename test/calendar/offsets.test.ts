import { describe, expect, test } from "vitest";
import {
  addOffset,
  addOffsets,
  CALENDARS,
  calendarOf,
  dateRange,
  inferFreq,
  onOffset,
  parseOffset,
  rollback,
  rollforward,
  roundTimes,
  scaleOffset,
} from "../../src/calendar/index.ts";
import { setOptions } from "../../src/options.ts";
import { fixture, ms, mss, show } from "./fixture.ts";

const plain = CALENDARS.proleptic_gregorian;

describe("frequencies", () => {
  test.each([
    ["D", "D", 1],
    ["3h", "h", 3],
    ["-2MS", "MS", -2],
    ["+2D", "D", 2],
    ["QS", "QS-JAN", 1],
    ["QE", "QE-DEC", 1],
    ["YS", "YS-JAN", 1],
    ["YE", "YE-DEC", 1],
    ["QS-dec", "QS-DEC", 1],
    ["W", "W-SUN", 1],
    ["2W-MON", "W-MON", 2],
    ["BYS", "BYS-JAN", 1],
    ["BQE", "BQE-DEC", 1],
    ["SMS", "SMS-15", 1],
    ["SME-20", "SME-20", 1],
    ["B", "B", 1],
    ["1.5h", "min", 90],
    ["2.5D", "h", 60],
    ["1h30min", "min", 90],
    ["1D6h", "h", 30],
    ["Min", "min", 1],
  ])("%s is read", (text, code, n) => {
    expect(parseOffset(text)).toMatchObject({ code, n, text: n === 1 ? code : `${n}${code}` });
  });

  test.each([
    ["M", "ME"],
    ["Q-MAR", "QE-MAR"],
    ["A", "YE-DEC"],
    ["AS-JUL", "YS-JUL"],
    ["H", "h"],
    ["15T", "15min"],
    ["S", "s"],
    ["L", "ms"],
  ])("%s warns and is taken as %s", (old, now) => {
    const warnings: string[] = [];
    const restore = setOptions({ onWarning: (code) => warnings.push(code) });
    expect(parseOffset(old).text).toBe(now);
    restore();
    expect(warnings).toEqual(["renamed-frequency"]);
  });

  test.each([
    ["3", /expected a number and one of/],
    ["", /expected/],
    ["qs", /did you mean QS\?/],
    ["1.5MS", /only fixed lengths/],
    ["MS-JAN", /MS takes no suffix/],
    ["W-XYZ", /the day can be MON/],
    ["QS-FOO", /the month can be JAN/],
    ["SMS-30", /2 to 27/],
    ["constructor", /invalid frequency/],
    ["MSD", /invalid frequency/],
  ])("%s is refused", (text, message) => {
    expect(() => parseOffset(text)).toThrow(message);
  });

  test("can be scaled", () => {
    expect(scaleOffset(parseOffset("2MS"), -3).text).toBe("-6MS");
  });
});

describe("arithmetic", () => {
  test("is that of pandas and xarray", () => {
    for (const [name, freq, time, added, on, forward, back] of fixture.offsets) {
      const calendar = calendarOf(name);
      const offset = parseOffset(freq);
      const t = ms(time);
      const got = [1, -1, 3, -3].map((k) => addOffset(t, scaleOffset(offset, k), calendar));
      const label = [name, freq, ...show([t], name)];
      expect([...label, ...show(got, name)]).toEqual([...label, ...show(mss(added), name)]);
      expect([...label, onOffset(t, offset, calendar)]).toEqual([...label, on === 1]);
      const rolled = [rollforward(t, offset, calendar), rollback(t, offset, calendar)];
      expect([...label, ...show(rolled, name)]).toEqual([...label, ...show(mss([forward, back]), name)]);
    }
  });

  test("over arrays keeps NaT", () => {
    const got = addOffsets(Float64Array.of(0, Number.NaN), parseOffset("MS"), CALENDARS["360_day"], 2);
    expect(got).toEqual(Float64Array.of(60 * 86_400_000, Number.NaN));
    expect(addOffsets(Float64Array.of(0, Number.NaN), parseOffset("h"), plain)).toEqual(Float64Array.of(3_600_000, Number.NaN));
    expect(onOffset(Number.NaN, parseOffset("MS"), plain)).toBe(false);
  });
});

describe("ranges", () => {
  test("are those of pandas and xarray", () => {
    for (const [name, freq, bounds, expected, ends] of fixture.ranges.cases) {
      const o = fixture.ranges.bounds[bounds]!;
      const got = dateRange({ ...o, freq: freq ?? undefined }, calendarOf(name));
      const label = [name, freq, JSON.stringify(o)];
      if (ends === undefined) expect([...label, ...show(got, name)]).toEqual([...label, ...show(mss(expected), name)]);
      else {
        expect([...label, got.length]).toEqual([...label, expected[0]]);
        expect([...label, got[0], got.at(-1)]).toEqual([...label, ...mss(expected.slice(1))]);
      }
    }
  });

  test("count back onto the frequency from an end between its dates", () => {
    expect(show(dateRange({ end: "2000-03-15", periods: 2, freq: "MS" }, CALENDARS.noleap), "noleap")).toEqual([
      "2000-02-01 00:00:00",
      "2000-03-01 00:00:00",
    ]);
  });

  test.each([
    [{ start: "2000" }, /exactly three/],
    [{ start: "2000", end: "2001", periods: 3, freq: "D" }, /exactly three/],
    [{ start: "2000", periods: -1 }, /-1 periods/],
    [{ start: "2000", periods: 1e12 }, /not possible/],
    [{ start: "2000", end: "2001", freq: "0D" }, /makes no steps/],
    [{ start: "0001", end: "9999", freq: "us" }, /not possible/],
    [{ start: "2000", periods: 3, freq: "ns" }, /no whole number of microseconds/],
    [{ start: Number.NaN, periods: 3 }, /must be a time/],
    [{ start: "2000", periods: 2, inclusive: "all" as "both" }, /inclusive can be/],
  ])("refuse %j", (o, message) => {
    expect(() => dateRange(o, plain)).toThrow(message);
  });
});

describe("inference", () => {
  test("finds the frequencies that pandas and xarray find", () => {
    for (const [name, source, expected] of fixture.infer) {
      const calendar = calendarOf(name);
      const times = typeof source === "string" ? dateRange({ start: "2000-01-03", periods: 9, freq: source }, calendar) : mss(source);
      expect([name, source, inferFreq(times, calendar)]).toEqual([name, source, expected]);
    }
  });

  test("finds none in NaT and asks for three times", () => {
    expect(inferFreq(Float64Array.of(0, Number.NaN, 2), plain)).toBeNull();
    expect(() => inferFreq(Float64Array.of(0, 1), plain)).toThrow(/at least 3 times/);
  });
});

describe("rounding", () => {
  test("is that of pandas", () => {
    const times = mss(fixture.rounding.times);
    for (const [freq, ...expected] of fixture.rounding.cases) {
      (["floor", "ceil", "round"] as const).forEach((how, i) => {
        const label = [freq, how];
        expect([...label, ...show(roundTimes(times, freq, how), plain.name)]).toEqual([...label, ...show(mss(expected[i]!), plain.name)]);
      });
    }
  });

  test("keeps NaT and refuses frequencies without a fixed length", () => {
    expect(roundTimes(Float64Array.of(Number.NaN), "D", "round")).toEqual(Float64Array.of(Number.NaN));
    expect(() => roundTimes(new Float64Array(1), "MS", "floor")).toThrow(/cannot floor times to "MS"/);
    expect(() => roundTimes(new Float64Array(1), "-1D", "floor")).toThrow(/no fixed positive length/);
  });
});
