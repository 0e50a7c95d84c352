/**
 * Every recorded answer of the real xarray, on arrays in memory and on lazy ones.
 *
 * Adding a file to `test/fixtures/conformance` adds its tests. One theme: `vitest run test/conformance -t "groupby "`;
 * lazily chunked inputs only: `-t "lazy$"`.
 */
import { readdirSync, readFileSync } from "node:fs";
import { beforeEach, describe, test } from "vitest";
import { isGraticuleError, setOptions } from "../../src/index.ts";
import { decodeObject, differences, encodeObject, type FixtureCase, type FixtureFile } from "../support/index.ts";
import { KNOWN_DEVIATIONS } from "./known-deviations.ts";
import { lazily, loaded, MAY_REFUSE } from "./lazy.ts";
import { type Env, MissingName, namesIn, runCall } from "./run-call.ts";

const folder = new URL("../fixtures/conformance/", import.meta.url);
const themes = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .sort();
const deviations = new Map(KNOWN_DEVIATIONS.map((d) => [d.case, d.reason]));

/** A fresh object for each `$ref` of the call: nothing may leak from one case to the next. */
function inputsOf(tree: unknown, file: FixtureFile, prepare: (input: unknown) => unknown, env: Record<string, unknown> = {}): Env {
  if (typeof tree !== "object" || tree === null) return env;
  if ("$ref" in tree) {
    const name = tree.$ref as string;
    if (!Object.hasOwn(env, name)) env[name] = prepare(decodeObject(file.inputs[name]!));
  }
  for (const v of Object.values(tree)) inputsOf(v, file, prepare, env);
  return env;
}

/** What is wrong with one case, a line each. Arrays in memory give results in memory; lazy ones are computed first. */
async function faults(c: FixtureCase, file: FixtureFile, lazy: boolean, mayRefuse: boolean): Promise<string[]> {
  let result: unknown;
  try {
    result = await runCall(c.call, inputsOf(c.call, file, lazy ? lazily : (input) => input));
    if (lazy) result = await loaded(result);
  } catch (error) {
    if (!(error instanceof Error)) return [`threw ${String(error)}, which is no Error`];
    if (error instanceof MissingName) return [error.message];
    if (mayRefuse && isGraticuleError(error, "NotLoadedError")) return [];
    if (!("error" in c.expected)) return [`threw ${error.stack}`];
    if (!isGraticuleError(error)) return [`threw ${error.stack}\nshould be ${c.expected.error}`];
    if (!c.expected.error.split("|").includes(error.tag)) return [`threw ${error.tag}: ${error.message}; should be ${c.expected.error}`];
    const { message } = c.expected;
    return message === undefined || error.message.includes(message)
      ? []
      : [`the message ${JSON.stringify(error.message)} does not say ${JSON.stringify(message)}`];
  }
  if ("error" in c.expected) return [`gave a result, should throw ${c.expected.error}`];
  // The text of an array is asked for by its own method, whose result is a string already.
  return differences(encodeObject(result), c.expected, { tolerance: c.tolerance });
}

async function check(theme: string, c: FixtureCase, file: FixtureFile, lazy: boolean): Promise<void> {
  const mayRefuse = lazy && [...namesIn(c.call)].some((name) => MAY_REFUSE.has(name));
  const lines = await faults(c, file, lazy, mayRefuse);
  const reason = deviations.get(`${theme}: ${c.name}`);
  if (reason !== undefined && lines.length === 0 && !lazy)
    throw new Error(`agrees with xarray now; take it off the known deviations (${reason})`);
  if (reason === undefined && lines.length > 0) throw new Error(`${c.name}\n${lines.join("\n")}`);
}

beforeEach(() => {
  setOptions({ onWarning: () => {} });
});

for (const theme of themes) {
  const file = JSON.parse(readFileSync(new URL(theme, folder), "utf8")) as FixtureFile;
  const name = theme.slice(0, -".json".length);
  describe(name, () => {
    for (const c of file.cases) {
      test(c.name, () => check(name, c, file, false));
      if (c.lazy !== false) test(`${c.name}, lazy`, () => check(name, c, file, true));
    }
  });
}
