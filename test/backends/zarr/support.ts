/** Stores of the fixtures, and values as the fixtures write them. */
import { readFileSync } from "node:fs";
import type { RawGroup } from "../../../src/backends/contract.ts";
import { readAll } from "../raw.ts";

/** A group as Python read it. */
export interface Expected {
  readonly attrs: Record<string, unknown>;
  readonly arrays: Record<string, { dims: string[]; shape: number[]; dtype: string; attrs: Record<string, unknown>; values: unknown }>;
  readonly groups: Record<string, Expected>;
}

/** The stores that `scripts/fixtures/zarr_stores.py` writes. */
export const fixtures = (
  JSON.parse(readFileSync(new URL("fixtures/stores.json", import.meta.url), "utf8")) as {
    stores: Record<string, { files: Record<string, string>; expected: Expected }>;
  }
).stores;

/** The keys and bytes of a fixture. */
export function storeEntries(name: string): Map<string, Uint8Array> {
  return new Map(Object.entries(fixtures[name]!.files).map(([key, text]) => [`/${key}`, new Uint8Array(Buffer.from(text, "base64"))]));
}

/** All values of the variable `name`. */
export async function valuesOf(group: RawGroup, name: string): Promise<unknown[]> {
  return Array.from(await readAll(group.variables.get(name)!));
}

/** A value as the fixtures have it. */
export function jsonLike(value: unknown): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : { $: String(value) };
  if (typeof value === "number" && !Number.isFinite(value)) return { $: Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf" };
  if (value instanceof Uint8Array) return { b: String.fromCharCode(...value) };
  if (Array.isArray(value)) return value.map(jsonLike);
  if (typeof value === "object" && value !== null) return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, jsonLike(v)]));
  return Object.is(value, -0) ? 0 : value;
}
