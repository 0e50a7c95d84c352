/**
 * Frequencies by pandas' names (`"MS"`, `"3h"`, `"QS-DEC"`, `"W-MON"`), as data.
 *
 * A frequency is either a fixed length of time (a tick) or a sequence of days in the calendar, ever
 * increasing and numbered by integers: month starts, week days, business days. Rolling, adding and
 * testing are then arithmetic on the numbers (`offset-math.ts`), the same for all of them.
 */
import { ArgumentError } from "../errors.ts";
import { warn } from "../options.ts";
import { closest } from "../util/suggest.ts";
import { MS_PER_DAY } from "./calendars.ts";

/** A fixed length of time, days included. */
export interface TickRule {
  readonly kind: "tick";
  /** Milliseconds of one period. */
  readonly ms: number;
}
/** One day in every `every` months, counted so that month `anchor` (1 … 12) has one. */
export interface MonthRule {
  readonly kind: "month";
  readonly every: 1 | 3 | 12;
  readonly anchor: number;
  readonly at: "start" | "end";
  /** Whether weekends are moved off: forward from a start, back from an end. */
  readonly business: boolean;
}
/** The first or last day of each month, and one day inside it. */
export interface SemiMonthRule {
  readonly kind: "semimonth";
  readonly at: "start" | "end";
  readonly day: number;
}
/** One weekday of each week, Monday = 0. */
export interface WeekRule {
  readonly kind: "week";
  readonly weekday: number;
}
/** Monday to Friday. */
export interface BusinessDayRule {
  readonly kind: "business";
}
/** What one period of a frequency is. */
export type OffsetRule = TickRule | MonthRule | SemiMonthRule | WeekRule | BusinessDayRule;

/** A frequency: `n` periods of a rule. */
export interface Offset {
  /** How many periods, negative for backwards. */
  readonly n: number;
  readonly rule: OffsetRule;
  /** The name without the number, as pandas writes it: `"QS-DEC"`. */
  readonly code: string;
  /** The whole name: `"2QS-DEC"`. */
  readonly text: string;
}

/** Months as frequencies name them, January first. */
export const MONTH_CODES: readonly string[] = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
/** Days of the week as frequencies name them, Monday first. */
export const WEEKDAY_CODES: readonly string[] = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"];
/** Lengths of the ticks in milliseconds, from the longest. */
const TICKS: Readonly<Record<string, number>> = {
  D: MS_PER_DAY,
  h: 3_600_000,
  min: 60_000,
  s: 1000,
  ms: 1,
  us: 1e-3,
  ns: 1e-6,
};

const monthly = (every: 1 | 3 | 12, anchor: number, at: "start" | "end", business = false): MonthRule => ({
  kind: "month",
  every,
  anchor,
  at,
  business,
});
/** Every name that takes no suffix, or a month after a dash where `every` is more than a month. */
const RULES: Readonly<Record<string, MonthRule | BusinessDayRule>> = {
  B: { kind: "business" },
  MS: monthly(1, 1, "start"),
  ME: monthly(1, 1, "end"),
  BMS: monthly(1, 1, "start", true),
  BME: monthly(1, 1, "end", true),
  QS: monthly(3, 1, "start"),
  QE: monthly(3, 12, "end"),
  BQS: monthly(3, 1, "start", true),
  BQE: monthly(3, 12, "end", true),
  YS: monthly(12, 1, "start"),
  YE: monthly(12, 12, "end"),
  BYS: monthly(12, 1, "start", true),
  BYE: monthly(12, 12, "end", true),
};

/** Names pandas had before 2.2 and what they are called now; taken with a warning. */
const RENAMED: Readonly<Record<string, string>> = {
  M: "ME",
  BM: "BME",
  SM: "SME",
  Q: "QE",
  BQ: "BQE",
  A: "YE",
  Y: "YE",
  AS: "YS",
  BA: "BYE",
  BY: "BYE",
  BAS: "BYS",
  H: "h",
  T: "min",
  S: "s",
  L: "ms",
  U: "us",
  N: "ns",
  d: "D",
  w: "W",
  b: "B",
};
const NAMES = [...Object.keys(TICKS), "W", ...Object.keys(RULES), "SMS", "SME"];

function invalid(text: string, why: string): ArgumentError {
  return new ArgumentError(`invalid frequency ${JSON.stringify(text)}: ${why}`, { freq: text });
}

/** The rule of a name and its suffix, with the name written out in full. */
function ruleOf(text: string, base: string, suffix: string | undefined): { rule: OffsetRule; code: string } {
  const anchor = suffix?.toUpperCase();
  const noSuffix = (): void => {
    if (suffix !== undefined) throw invalid(text, `${base} takes no suffix`);
  };
  if (Object.hasOwn(TICKS, base)) {
    noSuffix();
    return { rule: { kind: "tick", ms: TICKS[base]! }, code: base };
  }
  if (base === "W") {
    const weekday = WEEKDAY_CODES.indexOf(anchor ?? "SUN");
    if (weekday < 0) throw invalid(text, `the day can be ${WEEKDAY_CODES.join(", ")}`);
    return { rule: { kind: "week", weekday }, code: `W-${WEEKDAY_CODES[weekday]}` };
  }
  if (base === "SMS" || base === "SME") {
    const day = suffix === undefined ? 15 : Number(suffix);
    const least = base === "SMS" ? 2 : 1;
    if (!(Number.isInteger(day) && day >= least && day <= 27)) throw invalid(text, `the day can be ${least} to 27`);
    return { rule: { kind: "semimonth", at: base === "SMS" ? "start" : "end", day }, code: `${base}-${day}` };
  }
  if (!Object.hasOwn(RULES, base)) {
    const near = closest(base, NAMES);
    throw invalid(text, `${near === undefined ? "" : `did you mean ${near}? `}(${NAMES.join(", ")})`);
  }
  const rule = RULES[base]!;
  if (rule.kind === "business" || rule.every === 1) {
    noSuffix();
    return { rule, code: base };
  }
  const month = anchor === undefined ? rule.anchor : MONTH_CODES.indexOf(anchor) + 1;
  if (month === 0) throw invalid(text, `the month can be ${MONTH_CODES.join(", ")}`);
  return { rule: { ...rule, anchor: month }, code: `${base}-${MONTH_CODES[month - 1]}` };
}

/**
 * Read a frequency by pandas' name.
 *
 * Ticks `D h min s ms us ns`; `W`, `W-MON` …; `MS ME`, `QS QE YS YE` with an anchor month (`QS-DEC`),
 * business forms `B BMS BME BQS BQE BYS BYE`, semi-months `SMS SME` (`SMS-10`). A signed whole number
 * may come before; ticks take fractions (`1.5h`) and sums (`1h30min`). Names of older pandas (`M`, `A`,
 * `H`, `T` …) are taken in their present meaning with a warning.
 *
 * @throws ArgumentError for other names.
 * @example
 * ```ts
 * parseOffset("2QS-DEC"); // { n: 2, code: "QS-DEC", text: "2QS-DEC", rule: { kind: "month", every: 3, … } }
 * ```
 */
export function parseOffset(freq: string | Offset): Offset {
  if (typeof freq !== "string") return freq;
  const text = freq.trim();
  const parts = [...text.matchAll(/([+-]?(?:\d+(?:\.\d+)?|\.\d+))?([a-zA-Z]+)(?:-([a-zA-Z]+|\d+))?/gy)];
  if (parts.length === 0 || parts.reduce((sum, p) => sum + p[0].length, 0) !== text.length) {
    throw invalid(freq, `expected a number and one of ${NAMES.join(", ")}`);
  }
  const read = parts.map((part) => {
    const base = currentName(freq, part[2]!);
    return { n: Number(part[1] ?? 1), ...ruleOf(freq, base, part[3]) };
  });
  const [only] = read;
  if (read.length === 1 && only !== undefined && Number.isInteger(only.n)) return offsetOf(only.n, only.rule, only.code);
  let total = 0;
  for (const { n, rule } of read) {
    if (rule.kind !== "tick") throw invalid(freq, "only fixed lengths of time take fractions and sums");
    total += n * rule.ms * (n >= 0 && (read[0]?.n ?? 0) < 0 ? -1 : 1);
  }
  return tickOf(total);
}

/** The present name of a frequency; an older name warns. */
function currentName(freq: string, name: string): string {
  const now = Object.hasOwn(RENAMED, name) ? RENAMED[name] : undefined;
  if (now === undefined) return /^min$/i.test(name) ? "min" : name;
  warn("renamed-frequency", `${JSON.stringify(name)} in ${JSON.stringify(freq)} is an old name; use ${JSON.stringify(now)}`);
  return now;
}

function offsetOf(n: number, rule: OffsetRule, code: string): Offset {
  return { n, rule, code, text: n === 1 ? code : `${n}${code}` };
}

/**
 * The frequency of a fixed length of time, in the largest unit in which it is whole (days excepted, as in pandas).
 *
 * @throws ArgumentError for lengths finer than a nanosecond.
 */
export function tickOf(ms: number): Offset {
  for (const [code, length] of Object.entries(TICKS)) {
    const n = ms / length;
    if (code !== "D" && Math.abs(n - Math.round(n)) < 1e-9) {
      return offsetOf(Math.round(n), { kind: "tick", ms: length }, code);
    }
  }
  throw invalid(String(ms), "no whole number of nanoseconds");
}

/** The same frequency, `factor` times as long. */
export function scaleOffset(offset: Offset, factor: number): Offset {
  return offsetOf(offset.n * factor, offset.rule, offset.code);
}

/** Milliseconds of a fixed frequency, or `undefined` for one that follows the calendar. */
export function tickMs(offset: Offset): number | undefined {
  return offset.rule.kind === "tick" ? offset.n * offset.rule.ms : undefined;
}
