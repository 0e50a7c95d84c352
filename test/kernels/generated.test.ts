import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { generate } from "../../scripts/generate-kernels.ts";

it("the generated kernels are what the generator writes", () => {
  for (const [name, code] of generate()) {
    expect(
      readFileSync(new URL(`../../src/kernels/generated/${name}`, import.meta.url), "utf8") === code,
      `${name} is old: run npx tsx scripts/generate-kernels.ts`,
    ).toBe(true);
  }
});
