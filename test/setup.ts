/** A test fails on a warning it does not expect: use `expectWarning` of test/support to expect one. */
import { beforeEach } from "vitest";
import { setOptions } from "../src/options.ts";

beforeEach(() => {
  setOptions({
    onWarning: (code, message) => {
      throw new Error(`unexpected warning [${code}]: ${message}`);
    },
  });
});
