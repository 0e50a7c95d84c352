/** Reference files of kerchunk, versions 0 and 1, parsed and validated: keys to bytes or to parts of other files. */
import { decodeBase64 } from "../codecs/base64.ts";
import { BackendError } from "../errors.ts";
import { isRecord } from "../util/records.ts";
import { fillTemplate, type Scope } from "./template.ts";

/** Where a value lies: bytes, a whole target, or a part of one. */
export type Reference = Uint8Array | { readonly url: string; readonly offset?: number; readonly length?: number };

/** References by key (which begin with `/`). */
export type References = Map<string, Reference>;

/** No `gen` makes more keys. */
const MOST_GENERATED = 5_000_000;
/** Dimensions of a rule: arrays have fewer. */
const MOST_DIMENSIONS = 64;

/** What is wrong, and where. */
function invalid(what: string, fields: Record<string, unknown> = {}): BackendError {
  return new BackendError(`the references cannot be used: ${what}`, fields);
}

/**
 * Parse a reference document (JSON text, bytes, or what they hold).
 *
 * @throws BackendError naming key and value of what is not a reference
 * @example
 * ```ts
 * parseReferences({ version: 1, templates: { u: "https://…" }, refs: { "a/0": ["{{u}}/x.nc", 1024, 80] } });
 * ```
 */
export function parseReferences(document: unknown): References {
  const parsed =
    document instanceof Uint8Array
      ? parseJson(new TextDecoder().decode(document))
      : typeof document === "string"
        ? parseJson(document)
        : document;
  if (!isRecord(parsed)) throw invalid("they are no JSON object");
  const references: References = new Map();
  if (!("refs" in parsed)) {
    addAll(references, parsed, new Map());
    return references;
  }
  if (parsed.version !== 1) throw invalid(`version ${JSON.stringify(parsed.version)} is not known; 0 (no "refs") and 1 are`);
  if (!isRecord(parsed.refs)) throw invalid('"refs" is no object');
  const scope = templates(parsed.templates);
  generate(references, parsed.gen, scope);
  addAll(references, parsed.refs, scope);
  return references;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BackendError(`the references cannot be used: they are no JSON (${(cause as Error).message})`, {}, { cause });
  }
}

function templates(value: unknown): Map<string, string> {
  if (value === undefined || value === null) return new Map();
  if (!isRecord(value)) throw invalid('"templates" is no object');
  return new Map(
    Object.entries(value).map(([name, text]) => {
      if (typeof text !== "string") throw invalid(`the template ${JSON.stringify(name)} is no string`);
      return [name, text];
    }),
  );
}

function addAll(references: References, refs: Record<string, unknown>, scope: Scope): void {
  for (const [key, value] of Object.entries(refs)) references.set(keyOf(key), referenceOf(key, value, scope));
}

function keyOf(key: string): string {
  const path = key.replace(/^\/+/, "");
  if (path === "" || path.split("/").some((part) => part === ".." || part === "." || part === ""))
    throw invalid(`${JSON.stringify(key)} is no key`, { key });
  return `/${path}`;
}

function referenceOf(key: string, value: unknown, scope: Scope): Reference {
  if (typeof value === "string") {
    if (value.startsWith("base64:")) {
      try {
        return decodeBase64(value.slice(7));
      } catch (cause) {
        throw new BackendError(`the references cannot be used: the value of ${JSON.stringify(key)} is not base64`, { key }, { cause });
      }
    }
    // Text is taken as it is: templates are for URLs.
    return new TextEncoder().encode(value);
  }
  // Some writers put metadata there as it is.
  if (isRecord(value)) return new TextEncoder().encode(jsonText(value));
  if (!Array.isArray(value) || typeof value[0] !== "string" || (value.length !== 1 && value.length !== 3)) {
    throw invalid(`the value of ${JSON.stringify(key)} is ${show(value)}; it must be a string, [url] or [url, offset, length]`, { key });
  }
  const url = scope.size === 0 ? value[0] : fillTemplate(value[0], scope);
  if (value.length === 1) return { url };
  return part(key, url, value[1], value[2]);
}

function part(key: string, url: string, offset: unknown, length: unknown): Reference {
  const sound = Number.isSafeInteger(offset) && Number.isSafeInteger(length) && (offset as number) >= 0 && (length as number) >= 0;
  if (!sound)
    throw invalid(`${JSON.stringify(key)} has offset ${show(offset)} and length ${show(length)}; they must be whole numbers from 0`, {
      key,
    });
  return { url, offset: offset as number, length: length as number };
}

/** The keys that `gen` describes: templates over the product of ranges of numbers. */
function generate(references: References, gen: unknown, scope: Scope): void {
  if (gen === undefined || gen === null) return;
  if (!Array.isArray(gen)) throw invalid('"gen" is no list');
  let made = 0;
  for (const rule of gen as unknown[]) {
    if (!isRecord(rule) || typeof rule.key !== "string" || typeof rule.url !== "string" || !isRecord(rule.dimensions)) {
      throw invalid(`the rule ${show(rule)} of "gen" must have "key", "url" and "dimensions"`);
    }
    const names = Object.keys(rule.dimensions);
    if (names.length > MOST_DIMENSIONS) throw invalid(`a rule of "gen" has ${names.length} dimensions; possible are ${MOST_DIMENSIONS}`);
    const ranges = names.map((name) => dimension(name, (rule.dimensions as Record<string, unknown>)[name]));
    const keys = ranges.reduce((n, values) => n * values.length, 1);
    if (keys === 0) continue;
    made += keys;
    if (!(made <= MOST_GENERATED)) throw invalid(`"gen" makes more than ${MOST_GENERATED} keys`);
    const local = new Map<string, string | number>(scope);
    const visit = (axis: number): void => {
      if (axis < names.length) {
        for (const value of ranges[axis]!) {
          local.set(names[axis]!, value);
          visit(axis + 1);
        }
        return;
      }
      const key = fillTemplate(rule.key as string, local);
      const url = fillTemplate(rule.url as string, local);
      const whole = rule.offset === undefined && rule.length === undefined;
      references.set(keyOf(key), whole ? { url } : part(key, url, filledNumber(rule.offset, local), filledNumber(rule.length, local)));
    };
    visit(0);
  }
}

function filledNumber(value: unknown, scope: Scope): unknown {
  return typeof value === "string" ? Number(fillTemplate(value, scope)) : value;
}

function dimension(name: string, value: unknown): readonly number[] {
  if (Array.isArray(value) && value.length <= MOST_GENERATED && value.every((n) => typeof n === "number")) return value as number[];
  if (isRecord(value)) {
    const { start = 0, stop, step = 1 } = value as { start?: unknown; stop?: unknown; step?: unknown };
    if ([start, stop, step].every((n) => Number.isSafeInteger(n)) && step !== 0) {
      const count = Math.max(0, Math.ceil(((stop as number) - (start as number)) / (step as number)));
      if (count <= MOST_GENERATED) return Array.from({ length: count }, (_, i) => (start as number) + i * (step as number));
    }
  }
  throw invalid(
    `the dimension ${JSON.stringify(name)} of "gen" is ${show(value)}; it must be a list of numbers or { start, stop, step } of at most ${MOST_GENERATED} values`,
  );
}

function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch (cause) {
    throw new BackendError("the references cannot be used: something in them is nested too deeply", {}, { cause });
  }
}

function show(value: unknown): string {
  return jsonText(value).slice(0, 80);
}
