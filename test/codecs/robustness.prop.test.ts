/** Damaged bytes: every codec gives an EncodingError or a chunk of the right size, and checksums notice. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildPipeline, type Pipeline } from "../../src/codecs/index.ts";
import { isGraticuleError } from "../../src/errors.ts";
import { sizeOf } from "../../src/util/shape.ts";
import { type CodecCase, codecCases, ordered } from "./fixture.ts";

/** One case per chain of codecs: the first with a few hundred bytes. */
const byChain = new Map<string, CodecCase>();
for (const entry of codecCases) {
  const chain = JSON.stringify(
    entry.specs.map((spec) => [spec.name, spec.config.cname, spec.config.shuffle, spec.config.format, spec.config.index_location]),
  );
  if (!byChain.has(chain) && entry.encoded.length > 0) byChain.set(chain, entry);
}

/** Chains whose last codec verifies what it gives. */
const checked = new Set(["crc32", "crc32c", "adler32", "fletcher32", "jenkins_lookup3"]);

/** Decode; gives whether it worked. Anything but an EncodingError is a failure. */
function attempt(pipeline: Pipeline, entry: CodecCase, bytes: Uint8Array): boolean {
  try {
    const block = pipeline.decode(bytes, { key: "k" });
    expect(ordered(block, entry.chunk)).toHaveLength(entry.expected.length);
    expect(block.shape).toEqual(entry.chunk.shape);
    return true;
  } catch (error) {
    if (!isGraticuleError(error, "EncodingError", "UnsupportedError")) throw error;
    if (error.tag === "EncodingError") expect(error.message).toMatch(/chunk k|inner/);
    return false;
  }
}

describe("damaged chunks", () => {
  test.for([...byChain.values()].map((entry) => [entry.name, entry] as const))("%s", async ([, entry]) => {
    const { specs, chunk, encoded } = entry;
    const pipeline = await buildPipeline(specs, chunk);
    const variable = sizeOf(chunk.shape) === 0;
    // Cut short: an error for every length, save for codecs that do not say where they end.
    for (const keep of [0, 1, 3, 4, 8, 15, 16, 17, encoded.length >> 1, encoded.length - 1]) {
      if (keep < encoded.length && !variable) expect(attempt(pipeline, entry, encoded.slice(0, keep)), `first ${keep} bytes`).toBe(false);
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void attempt(pipeline, entry, bytes)),
      { numRuns: 40 },
    );
    const last = specs[specs.length - 1]!.name;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(encoded.length - 1), fc.integer({ min: 1, max: 255 })), {
          minLength: 1,
          maxLength: 3,
        }),
        (flips) => {
          const bytes = encoded.slice();
          for (const [at, flip] of new Map(flips)) bytes[at]! ^= flip;
          const worked = attempt(pipeline, entry, bytes);
          if (worked && checked.has(last)) throw new Error("a checksum did not notice");
        },
      ),
      { numRuns: 60 },
    );
  });
});
