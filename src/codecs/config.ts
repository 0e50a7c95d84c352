/** Reading a codec's options, with errors that name option, value and what was possible. */
import { EncodingError } from "../errors.ts";
import type { CodecConfig, Json } from "./contract.ts";

/** An integer option within bounds; `fallback` where absent, an error where absent and without fallback. */
export function integerOption(codec: string, config: CodecConfig, name: string, low: number, high: number, fallback?: number): number {
  const value = config[name] ?? fallback;
  if (typeof value === "number" && Number.isInteger(value) && value >= low && value <= high) return value;
  throw badOption(codec, name, config[name], `a whole number from ${low} to ${high}`);
}

/** A number option. */
export function numberOption(codec: string, config: CodecConfig, name: string, fallback?: number): number {
  const value = config[name] ?? fallback;
  if (typeof value === "number") return value;
  throw badOption(codec, name, config[name], "a number");
}

/** An option that is one of a few strings. */
export function choiceOption<T extends string>(codec: string, config: CodecConfig, name: string, choices: readonly T[], fallback?: T): T {
  const value = config[name] ?? fallback;
  if (choices.includes(value as T)) return value as T;
  throw badOption(codec, name, config[name], choices.map((c) => JSON.stringify(c)).join(" or "));
}

/** A list of whole, non-negative numbers. */
export function shapeOption(codec: string, config: CodecConfig, name: string): number[] {
  const value = config[name];
  if (Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0)) return value as number[];
  throw badOption(codec, name, value as Json, "a list of whole numbers");
}

/** The error of an option with an impossible value. */
export function badOption(codec: string, name: string, value: Json | undefined, possible: string): EncodingError {
  const shown = (JSON.stringify(value) ?? "missing").slice(0, 80);
  return new EncodingError(`codec "${codec}": option "${name}" is ${shown}; it must be ${possible}`, {
    codec,
    option: name,
  });
}
