import { describe, expect, it } from "vitest";
import { isGraticuleError } from "../../../src/errors.ts";
import { type DatasetParts, viaDataset } from "../../../src/ops/parts.ts";
import * as selecting from "../../../src/ops/selecting/index.ts";
import { argument, type Case, expectation, plain, readTheme } from "../parts-fixture.ts";

function run(call: Case["call"], inputs: Record<string, any>): any {
  if ("$ref" in call) return inputs[call.$ref];
  const on = run(call.on, inputs);
  const op = (selecting as Record<string, any>)[call.method];
  const args = [...(call.args ?? []), ...(call.options ? [call.options] : [])].map((arg) => argument(arg, inputs));
  if (call.method === "loc") return "vars" in on ? selecting.sel(on, args[0]) : selecting.loc(on, args);
  if (call.method === "reindexLike" && !("vars" in args[0])) args[0] = { ...args[0], vars: new Map([["", args[0].variable]]) };
  const apply = (dataset: DatasetParts): DatasetParts => op(dataset, ...args);
  return "vars" in on ? apply(on) : viaDataset(on, apply);
}

const supported = (call: Case["call"]): boolean => "$ref" in call || ("method" in call && call.method in selecting && supported(call.on));

describe.each(["isel", "sel", "reindex", "stack"])("%s, as xarray answers", (theme) => {
  const { cases, inputs } = readTheme(theme);
  it.each(cases.filter((c) => supported(c.call)))("$name", ({ call, expected }) => {
    if ("error" in expected) {
      let caught: unknown;
      try {
        run(call, inputs);
      } catch (error) {
        caught = error;
      }
      expect(isGraticuleError(caught) && expected.error.split("|").includes(caught.tag) ? expected.error : caught).toBe(expected.error);
    } else expect(plain(run(call, inputs))).toEqual(expectation(expected));
  });
});
