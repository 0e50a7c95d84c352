import { describe, expect, test } from "vitest";
import { allocateValues, buildPipeline } from "../../src/codecs/index.ts";
import { sizeOf } from "../../src/util/shape.ts";
import { codecCases, ordered } from "./fixture.ts";

/** Codecs that are only read. */
const readOnly = new Set(["bz2", "lzma"]);

describe("chunks written by Python", () => {
  test.for(codecCases.map((c) => [c.name, c] as const))("%s", async ([, { specs, chunk, encoded, expected, name }]) => {
    const pipeline = await buildPipeline(specs, chunk);
    expect(ordered(pipeline.decode(encoded, { key: name }), chunk)).toEqual(expected);

    const into = allocateValues(chunk.type, sizeOf(chunk.shape));
    expect(pipeline.decode(encoded, { into }).data).toBe(into);
    expect(into).toEqual(expected);

    const writable = specs.every(({ name: codec, config }) => !readOnly.has(codec) && config.cname !== "blosclz");
    if (!writable) return;
    const again = pipeline.encode(expected);
    expect(ordered(pipeline.decode(again), chunk)).toEqual(expected);
  });
});
