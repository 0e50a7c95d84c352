import { describe, expect, test } from "vitest";
import { buildPipeline, decodeBase64, parseV2Type, v2CodecSpecs } from "../../src/codecs/index.ts";
import { snappyDecode } from "../../src/codecs/snappy.ts";

/** "graticule " thirty times, the bytes 0 to 199, a hundred "z", compressed by snappyjs 0.7. */
const packed = decodeBase64(
  "2AQoZ3JhdGljdWxlIGf+CgD+CgD+CgD+CgCCCgDwzAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj9AQUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVpbXF1eX2BhYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ent8fX5/gIGCg4SFhoeIiYqLjI2Oj5CRkpOUlZaXmJmam5ydnp+goaKjpKWmp6ipqqusra6vsLGys7S1tre4ubq7vL2+v8DBwsPExcbHenp6enr+BAB6BAA=",
);
const plain = new Uint8Array(600);
plain.set(new TextEncoder().encode("graticule ".repeat(30)));
plain.set(
  Uint8Array.from({ length: 200 }, (_, i) => i),
  300,
);
plain.fill(122, 500);

describe("snappy", () => {
  test("literals and copies", () => {
    const out = new Uint8Array(600);
    snappyDecode(packed, out);
    expect(out).toEqual(plain);
  });

  test("in a blosc container", async () => {
    const type = parseV2Type("|u1");
    const specs = v2CodecSpecs({ compressor: { id: "blosc", cname: "snappy", shuffle: 0 } }, 1, type);
    const container = new Uint8Array(24 + packed.length);
    const view = new DataView(container.buffer);
    container.set([2, 1, (2 << 5) | 16, 1]);
    for (const [i, word] of [600, 600, container.length, 20, packed.length].entries()) view.setUint32(4 + 4 * i, word, true);
    container.set(packed, 24);
    const pipeline = await buildPipeline(specs, { shape: [600], type });
    expect(pipeline.decode(container).data).toEqual(plain);
    expect(() => pipeline.encode(plain)).toThrow('blosc with "snappy" can be read but not written');
  });

  test("damaged blocks", () => {
    const out = new Uint8Array(600);
    for (const bytes of [
      packed.subarray(0, -1),
      packed.subarray(0, 1),
      new Uint8Array(0),
      Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 1),
      Uint8Array.of(0xd8, 4, 1, 9),
    ]) {
      expect(() => snappyDecode(bytes, out)).toThrow("the Snappy block is damaged");
    }
  });
});
