import { describe, expect, test } from "vitest";
import {
  CALENDARS,
  calendarOf,
  formatIso,
  formatPlain,
  formatTimedelta,
  formatTimestamp,
  parseOffset,
  parseRange,
  parseTime,
  parseTimedelta,
  parseTimeUnits,
  strftime,
  timedeltaForm,
} from "../../src/calendar/index.ts";
import { setOptions } from "../../src/options.ts";
import { fixture, ms } from "./fixture.ts";

const plain = CALENDARS.proleptic_gregorian;
const { text } = fixture;

describe("formatting", () => {
  test("plain text is cftime's, and is read back", () => {
    for (const [name, time, expected] of text.plain) {
      const calendar = calendarOf(name);
      expect(formatPlain(ms(time), calendar)).toBe(expected);
      expect(parseTime(expected, calendar).ms).toBe(ms(time));
    }
  });

  test("ISO text is NumPy's, to each unit", () => {
    const t = Date.UTC(2000, 0, 5, 6, 7, 8, 90) + 0.123;
    const shown = (["Y", "M", "D", "h", "m", "s", "ms", "us", "ns"] as const).map((unit) => formatIso(t, plain, unit));
    expect(shown).toEqual([
      "2000",
      "2000-01",
      "2000-01-05",
      "2000-01-05T06",
      "2000-01-05T06:07",
      "2000-01-05T06:07:08",
      "2000-01-05T06:07:08.090",
      "2000-01-05T06:07:08.090123",
      "2000-01-05T06:07:08.090123000",
    ]);
    expect(formatIso(Number.NaN, plain)).toBe("NaT");
  });

  test("short text leaves midnight away", () => {
    expect(formatTimestamp(0, plain)).toBe("1970-01-01");
    expect(formatTimestamp(21_600_000, plain)).toBe("1970-01-01T06:00:00");
    expect(formatTimestamp(0.5, plain)).toBe("1970-01-01T00:00:00.000500");
    expect(formatTimestamp(Number.NaN, plain)).toBe("NaT");
    expect(formatPlain(Number.NaN, plain)).toBe("NaT");
  });

  test("strftime is Python's", () => {
    for (const [time, format, expected] of text.strftime) expect(strftime(ms(time), format, plain)).toBe(expected);
    expect(strftime(Number.NaN, "%Y", plain)).toBeNull();
    expect(() => strftime(0, "%Q", plain)).toThrow(/unknown directive "%Q"/);
  });

  test("a fraction that rounds up carries to the next day", () => {
    expect(formatIso(86_400_000 - 1e-5, plain, "us")).toBe("1970-01-02T00:00:00.000000");
  });
});

describe("parsing", () => {
  test("ranges of partial texts are pandas' and xarray's", () => {
    for (const [name, partial, resolution, start, end] of text.partial) {
      const got = parseRange(partial, calendarOf(name));
      expect([name, partial, got.resolution]).toEqual([name, partial, resolution]);
      expect([partial, formatPlain(got.start, calendarOf(name)), got.start]).toEqual([
        partial,
        formatPlain(ms(start), calendarOf(name)),
        ms(start),
      ]);
      // Far from 1970 the last microsecond is not representable; the end then lies a little earlier.
      expect(Math.abs(got.end - ms(end))).toBeLessThan(0.1);
      expect(got.end).toBeLessThan(ms(end) + 0.001);
    }
  });

  test("zones are applied", () => {
    const expected = Date.UTC(2000, 0, 1, 6, 30);
    for (const zone of ["", "Z", " UTC", "+00:00"]) expect(parseTime(`2000-01-01T06:30${zone}`, plain).ms).toBe(expected);
    expect(parseTime("2000-01-01T12:00+05:30", plain).ms).toBe(expected);
    expect(parseTime("2000-01-01 00:30 -6:00", plain).ms).toBe(expected);
    expect(parseTime("2000-01-01T01:30:00-0500", plain).ms).toBe(expected);
  });

  test.each(["", "2000-13-01", "2000-02-30", "2000-1-1T25", "12:30", "yesterday", "2000-01T12", "2000-01-01T12:60", "20", "2000-01-01x"])(
    "refuses %s",
    (bad) => {
      expect(() => parseTime(bad, plain)).toThrow(/cannot read .* as a time of calendar proleptic_gregorian/);
    },
  );

  test("refuses dates that the calendar lacks", () => {
    expect(() => parseTime("2001-02-29", CALENDARS.noleap)).toThrow(/noleap: there is no such date/);
    expect(() => parseTime("1582-10-10", CALENDARS.standard)).toThrow(/no such date/);
    expect(() => parseTime("0000-01-01", CALENDARS.julian)).toThrow(/no such date/);
  });

  test("hostile texts are refused in no time", () => {
    const long = 200_000;
    for (const bad of [`2000${" ".repeat(long)}x`, "1".repeat(long), "-".repeat(long)]) {
      expect(() => parseTime(bad, plain)).toThrow(/cannot read/);
      expect(() => parseTimedelta(bad)).toThrow(/cannot read/);
      expect(() => parseOffset(bad)).toThrow(/invalid frequency/);
      expect(() => parseTimeUnits(`days since ${bad}`, plain)).toThrow(/cannot decode/);
    }
    expect(() => parseTimeUnits(`days since${" ".repeat(long)}`, plain)).toThrow(/cannot decode/);
  });

  test("NaT is read, but denotes no range", () => {
    expect(parseTime("NaT", plain).ms).toBeNaN();
    expect(() => parseRange("NaT", plain)).toThrow(/no range/);
  });

  test("digits below the microsecond warn unless they are zero", () => {
    expect(parseTime("1970-01-01T00:00:00.000001000", plain).ms).toBe(0.001);
    const warnings: string[] = [];
    const restore = setOptions({ onWarning: (code) => warnings.push(code) });
    expect(parseTime("1970-01-01T00:00:00.000001400", plain).ms).toBe(0.001);
    restore();
    expect(warnings).toEqual(["time-precision"]);
  });
});

describe("durations", () => {
  test("are printed as pandas does, and read back", () => {
    for (const [micros, expected] of text.timedelta) {
      expect(formatTimedelta(micros / 1000)).toBe(expected);
      expect(parseTimedelta(expected)).toBe(micros / 1000);
    }
    expect(formatTimedelta(Number.NaN)).toBe("NaT");
  });

  test("are read as pandas does", () => {
    for (const [source, micros] of text.parseTimedelta) expect([source, parseTimedelta(source)]).toEqual([source, micros / 1000]);
    expect(parseTimedelta("h")).toBe(3_600_000);
    expect(parseTimedelta("NaT")).toBeNaN();
  });

  test.each(["", "1M", "3 years", "abc", "1:2:3:4", "12:99", "P", "PT", "1", "P1M", "5 5"])("refuses %s", (bad) => {
    expect(() => parseTimedelta(bad)).toThrow(/as a duration/);
  });

  test("are shown in the form of xarray's reprs", () => {
    const [hour, day] = [3_600_000, 86_400_000];
    expect(timedeltaForm([day, 2 * day])).toBe("date");
    expect(timedeltaForm([hour, Number.NaN])).toBe("time");
    expect(timedeltaForm([hour, day])).toBe("full");
    expect(formatTimedelta(2 * day, "date")).toBe("2 days");
    expect(formatTimedelta(hour, "time")).toBe("01:00:00");
  });
});
