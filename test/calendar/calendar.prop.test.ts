import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addOffset,
  CALENDARS,
  civilFromDays,
  component,
  dateRange,
  daysFromCivil,
  decodeTimes,
  encodeTimes,
  formatIso,
  onOffset,
  parseOffset,
  parseRange,
  parseTime,
  resampleBins,
  rollback,
  rollforward,
  roundToMicrosecond,
  scaleOffset,
} from "../../src/calendar/index.ts";

const MS = 86_400_000;
const calendar = fc.constantFrom(...Object.values(CALENDARS));
/** Ten millennia before and after 1970. */
const day = fc.integer({ min: -3_652_500, max: 3_652_500 });
const time = fc.integer({ min: -3_652_500 * MS, max: 3_652_500 * MS });
/** Times near enough to keep their microseconds, also when they are counted from one another. */
const microTime = fc.integer({ min: -(2 ** 52), max: 2 ** 52 }).map((us) => us / 1000);
const freq = fc.constantFrom(
  "D",
  "7h",
  "MS",
  "ME",
  "QS-FEB",
  "QE",
  "YS",
  "YE-JUN",
  "W",
  "W-TUE",
  "B",
  "BMS",
  "BME",
  "BQE",
  "BYS-MAR",
  "SMS",
  "SME",
  "SMS-7",
);

describe("for every calendar", () => {
  test("dates of days are the dates they came from", () => {
    fc.assert(
      fc.property(calendar, day, (cal, d) => {
        const { year, month, day: dom } = civilFromDays(cal, d);
        expect(daysFromCivil(cal, year, month, dom)).toBe(d);
      }),
      { numRuns: 2000 },
    );
  });

  test("every day from 1500 to 2110 follows the one before", () => {
    for (const cal of Object.values(CALENDARS)) {
      const first = cal.yearStart(1500);
      const times = Float64Array.from({ length: cal.yearStart(2110) - first }, (_, i) => (first + i) * MS);
      const [months, days, doys] = ["month", "day", "dayofyear"].map((part) => component(times, part, cal));
      for (let i = 1; i < times.length; i++) {
        const gap = days![i]! - days![i - 1]!;
        const sameMonth = months![i] === months![i - 1];
        if (sameMonth ? gap !== 1 && gap !== 11 : days![i] !== 1) expect([cal.name, i, gap]).toBe("consecutive");
        if (doys![i]! <= doys![i - 1]! && doys![i] !== 1) expect([cal.name, i]).toBe("consecutive");
      }
    }
  });

  test("components do not depend on the order of times", () => {
    fc.assert(
      fc.property(calendar, fc.array(time, { minLength: 1, maxLength: 20 }), (cal, times) => {
        for (const part of ["year", "month", "day", "dayofyear", "isoWeek", "hour", "isQuarterEnd"]) {
          const together = component(Float64Array.from(times), part, cal);
          expect([...together]).toEqual(times.map((t) => component(Float64Array.of(t), part, cal)[0]));
        }
      }),
      { numRuns: 150 },
    );
  });

  test("text is read back as the time it came from", () => {
    fc.assert(
      fc.property(calendar, microTime, (cal, t) => {
        expect(parseTime(formatIso(t, cal, "us"), cal)).toEqual({
          ms: roundToMicrosecond(t),
          resolution: "microsecond",
        });
      }),
      { numRuns: 1000 },
    );
  });

  test("a partial text denotes a range that holds its times and no others", () => {
    fc.assert(
      fc.property(
        calendar,
        fc.integer({ min: -3_652_500 * MS, max: 2_000_000 * MS }),
        fc.constantFrom("Y", "M", "D", "h", "m", "s"),
        (cal, t, unit) => {
          const text = formatIso(t, cal, unit as "Y");
          const { start, end } = parseRange(text, cal);
          expect(start <= t && t <= end).toBe(true);
          expect(formatIso(start, cal, unit as "Y")).toBe(text);
          expect(formatIso(Math.floor(end), cal, unit as "Y")).toBe(text);
          expect(formatIso(start - 1, cal, unit as "Y")).not.toBe(text);
          expect(formatIso(Math.floor(end) + 1, cal, unit as "Y")).not.toBe(text);
        },
      ),
      { numRuns: 600 },
    );
  });

  test("rolling leads onto the frequency, never past the next date of it", () => {
    fc.assert(
      fc.property(calendar, time, freq, (cal, t, name) => {
        const offset = parseOffset(name);
        const [back, forward] = [rollback(t, offset, cal), rollforward(t, offset, cal)];
        expect(onOffset(forward, offset, cal) && onOffset(back, offset, cal)).toBe(true);
        expect(back <= t && t <= forward).toBe(true);
        if (onOffset(t, offset, cal)) expect([back, forward]).toEqual([t, t]);
        else expect(addOffset(back, offset, cal)).toBe(forward);
      }),
      { numRuns: 1500 },
    );
  });

  test("adding and taking away an offset leads back, from a time on it", () => {
    fc.assert(
      fc.property(calendar, time, freq, fc.integer({ min: -40, max: 40 }), (cal, t, name, n) => {
        const offset = parseOffset(name);
        const on = rollforward(t, offset, cal);
        const there = addOffset(on, scaleOffset(offset, n), cal);
        expect(addOffset(there, scaleOffset(offset, -n), cal)).toBe(on);
      }),
      { numRuns: 1000 },
    );
  });

  test("encoding is undone by decoding", () => {
    fc.assert(
      fc.property(calendar, fc.array(microTime, { minLength: 1, maxLength: 8 }), (cal, list) => {
        const times = Float64Array.from(list, roundToMicrosecond);
        const { values, units, integral } = encodeTimes(times, cal);
        expect(integral).toBe(true);
        expect(decodeTimes(values, units, cal).times).toEqual(times);
      }),
      { numRuns: 500 },
    );
  });

  test("bins hold every time between their edges", () => {
    fc.assert(
      fc.property(
        calendar,
        time,
        fc.array(fc.integer({ min: 0, max: 900 * MS }), { minLength: 1, maxLength: 30 }),
        freq,
        fc.constantFrom("left", "right", undefined),
        (cal, start, steps, name, closed) => {
          const times = Float64Array.from(steps, (s) => start + s);
          const bins = resampleBins(times, name, cal, { closed });
          times.forEach((t, i) => {
            const [low, high] = [bins.edges[bins.codes[i]!]!, bins.edges[bins.codes[i]! + 1]!];
            expect(bins.closed === "right" ? low < t && t <= high : low <= t && t < high).toBe(true);
          });
        },
      ),
      { numRuns: 500 },
    );
  });

  test("ranges step by their frequency", () => {
    fc.assert(
      fc.property(calendar, time, freq, fc.integer({ min: 1, max: 5 }), (cal, start, name, n) => {
        const offset = scaleOffset(parseOffset(name), n);
        const times = dateRange({ start, periods: 6, freq: offset }, cal);
        for (let i = 1; i < times.length; i++) expect(times[i]).toBe(addOffset(times[i - 1]!, offset, cal));
        expect(dateRange({ start, end: times[5]!, freq: offset }, cal)).toEqual(times);
      }),
      { numRuns: 600 },
    );
  });
});
