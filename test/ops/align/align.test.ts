import { describe, expect, it } from "vitest";
import { isGraticuleError } from "../../../src/errors.ts";
import * as aligning from "../../../src/ops/align/index.ts";
import { argument, expectation, plain, readTheme } from "../parts-fixture.ts";

const OPS = ["align", "broadcast"];

describe("align, as xarray answers", () => {
  const { cases, inputs } = readTheme("align");
  it.each(cases.filter(({ call }) => OPS.includes(call.function)))("$name", ({ call, expected }) => {
    const args = [...call.args, ...(call.options ? [call.options] : [])].map((arg: any) => argument(arg, inputs));
    const result = (): any => (aligning as Record<string, any>)[call.function](...args);
    if ("error" in expected) {
      let caught: unknown;
      try {
        result();
      } catch (error) {
        caught = error;
      }
      expect(isGraticuleError(caught) && expected.error.split("|").includes(caught.tag) ? expected.error : caught).toBe(expected.error);
    } else expect(plain(result())).toEqual(expectation(expected));
  });
});
