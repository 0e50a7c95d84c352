import { describe, expect, test } from "vitest";
import {
  CALENDARS,
  type ComponentName,
  calendarOf,
  calendarOfDType,
  civilFromDays,
  component,
  daysFromCivil,
  daysInMonth,
  decimalYear,
  fromDecimalYear,
  isFlag,
  SEASON_NAMES,
} from "../../src/calendar/index.ts";
import { fixture, mss } from "./fixture.ts";

const MS = 86_400_000;

describe("calendars", () => {
  test("are found by name and alias in any case", () => {
    expect(calendarOf("gregorian")).toBe(CALENDARS.standard);
    expect(calendarOf("365_DAY")).toBe(CALENDARS.noleap);
    expect(calendarOf("366_day")).toBe(CALENDARS.all_leap);
    expect(calendarOfDType("datetime64")).toBe(CALENDARS.proleptic_gregorian);
    expect(calendarOfDType("datetime64[360_day]")).toBe(CALENDARS["360_day"]);
    expect(() => calendarOf("no_leap")).toThrow(/unknown calendar "no_leap"; did you mean "noleap"/);
  });

  test.each(Object.keys(fixture.civil))("dates of %s are those of cftime", (name) => {
    const calendar = calendarOf(name);
    for (const [year, month, day, days, dow, doy, dim] of fixture.civil[name]!) {
      expect(civilFromDays(calendar, days)).toEqual({ year, month, day });
      expect(daysFromCivil(calendar, year, month, day)).toBe(days);
      const at = Float64Array.of(days * MS);
      expect([year, component(at, "dayofweek", calendar)[0]]).toEqual([year, dow]);
      expect(component(at, "dayofyear", calendar)[0]).toBe(doy);
      expect(component(at, "daysInMonth", calendar)[0]).toBe(dim);
      const astronomical = year < 0 && !calendar.hasYearZero ? year + 1 : year;
      expect(daysInMonth(calendar, astronomical, month)).toBe(dim);
    }
  });

  test("refuse dates they do not have", () => {
    expect(daysFromCivil(CALENDARS.noleap, 2000, 2, 29)).toBeUndefined();
    expect(daysFromCivil(CALENDARS["360_day"], 2000, 1, 31)).toBeUndefined();
    expect(daysFromCivil(CALENDARS["360_day"], 2000, 2, 30)).toBeDefined();
    expect(daysFromCivil(CALENDARS.standard, 1582, 10, 10)).toBeUndefined();
    expect(daysFromCivil(CALENDARS.proleptic_gregorian, 1582, 10, 10)).toBeDefined();
    expect(daysFromCivil(CALENDARS.julian, 0, 1, 1)).toBeUndefined();
    expect(daysFromCivil(CALENDARS.noleap, 2000, 13, 1)).toBeUndefined();
  });

  test("the day after 4 October 1582 is the 15th in standard", () => {
    const last = daysFromCivil(CALENDARS.standard, 1582, 10, 4)!;
    expect(civilFromDays(CALENDARS.standard, last + 1)).toEqual({ year: 1582, month: 10, day: 15 });
    expect(civilFromDays(CALENDARS.standard, last + 18)).toEqual({ year: 1582, month: 11, day: 1 });
    expect(daysFromCivil(CALENDARS.standard, 1583, 1, 1)).toBe(last + 79);
    expect(civilFromDays(CALENDARS.standard, last + 78)).toEqual({ year: 1582, month: 12, day: 31 });
  });

  test("refuse days without a date", () => {
    expect(() => civilFromDays(CALENDARS.standard, Number.POSITIVE_INFINITY)).toThrow(/285,000 years/);
    expect(() => component(Float64Array.of(1e300), "year", CALENDARS.noleap)).toThrow(/285,000 years/);
  });
});

describe("components", () => {
  const renamed: Record<string, ComponentName> = {
    days_in_month: "daysInMonth",
    days_in_year: "daysInYear",
    is_month_start: "isMonthStart",
    is_month_end: "isMonthEnd",
    is_quarter_start: "isQuarterStart",
    is_quarter_end: "isQuarterEnd",
    is_year_start: "isYearStart",
    is_year_end: "isYearEnd",
    is_leap_year: "isLeapYear",
    iso_year: "isoYear",
    iso_week: "isoWeek",
    iso_day: "isoDay",
  };

  test.each(Object.keys(fixture.components))("of %s are those of pandas and xarray", (name) => {
    const { times: brief, season, decimal_year, ...parts } = fixture.components[name]!;
    const calendar = calendarOf(name);
    const times = mss(brief!);
    for (const [part, expected] of Object.entries(parts)) {
      expect([part, ...component(times, renamed[part] ?? part, calendar)]).toEqual([part, ...expected]);
    }
    expect(Array.from(component(times, "season", calendar), (s) => SEASON_NAMES[s])).toEqual(season);
    const years = decimalYear(times, calendar);
    for (const [i, y] of (decimal_year as number[]).entries()) expect(years[i]).toBeCloseTo(y, 11);
    const back = fromDecimalYear(years, calendar);
    for (const [i, t] of times.entries()) expect(Math.abs(back[i]! - t)).toBeLessThan(20);
  });

  test("of NaT are NaN, and flags 0", () => {
    const times = Float64Array.of(Number.NaN, 0, Number.NaN);
    expect(component(times, "month", CALENDARS.noleap)).toEqual(Float64Array.of(Number.NaN, 1, Number.NaN));
    expect(component(times, "dayofyear", CALENDARS.noleap)).toEqual(Float64Array.of(Number.NaN, 1, Number.NaN));
    expect(component(times, "microsecond", CALENDARS.noleap)).toEqual(Float64Array.of(Number.NaN, 0, Number.NaN));
    expect(component(times, "isYearStart", CALENDARS.noleap)).toEqual(Float64Array.of(0, 1, 0));
    expect(decimalYear(times, CALENDARS.noleap)).toEqual(Float64Array.of(Number.NaN, 1970, Number.NaN));
    expect(isFlag("isYearStart")).toBe(true);
    expect(isFlag("hour")).toBe(false);
  });

  test("take xarray's other names and refuse unknown ones", () => {
    const times = Float64Array.of(5 * MS);
    expect(component(times, "weekday", CALENDARS.standard)).toEqual(Float64Array.of(1));
    expect(() => component(times, "mnth", CALENDARS.standard)).toThrow(/unknown time component "mnth"; did you mean "month"/);
    expect(() => component(times, "constructor", CALENDARS.standard)).toThrow(/unknown time component/);
  });
});
