import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isGraticuleError } from "../../src/errors.ts";
import { bytesAccess, zipStore } from "../../src/stores/index.ts";

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`./fixtures/${name}.zip`, import.meta.url)));

describe("zip files", () => {
  test.each(["zarr-stored", "zarr-deflated"])("%s, written by zarr-python", async (name) => {
    const store = await zipStore(bytesAccess(fixture(name)));
    expect(JSON.parse(new TextDecoder().decode(await store.get("/zarr.json")))).toMatchObject({
      attributes: { title: "zip" },
    });
    const chunk = await store.get("/a/c/1");
    expect(new Int32Array(chunk!.slice().buffer)).toEqual(Int32Array.of(4, 5, 6, 7));
    expect(await store.getRange!("/a/c/1", { offset: 4, length: 4 })).toEqual(Uint8Array.of(5, 0, 0, 0));
    expect(await store.list("/a")).toEqual(["/a/c/", "/a/zarr.json"]);
  });

  test("Zip64 fields, and a comment that looks like an end", async () => {
    const store = await zipStore(bytesAccess(fixture("zip64")));
    expect(new TextDecoder().decode(await store.get("/a/0"))).toBe("0123456789");
  });

  test("not a zip file, and one cut short", async () => {
    await expect(zipStore(bytesAccess(new Uint8Array(10)))).rejects.toThrow("it is too short");
    await expect(zipStore(bytesAccess(new Uint8Array(1000)))).rejects.toThrow("cut short or no zip file");
    await expect(zipStore(bytesAccess(fixture("zarr-stored").subarray(0, -3)))).rejects.toMatchObject({
      tag: "StoreError",
    });
  });

  test("damaged bytes never give wrong values", async () => {
    const sound = fixture("zarr-deflated");
    const expected = await (await zipStore(bytesAccess(sound))).get("/a/c/1");
    await fc.assert(
      fc.asyncProperty(fc.nat(sound.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const bytes = sound.slice();
        bytes[at]! ^= flip;
        try {
          const found = await (await zipStore(bytesAccess(bytes))).get("/a/c/1");
          if (found !== undefined) expect(found).toEqual(expected);
        } catch (error) {
          if (!isGraticuleError(error, "StoreError", "UnsupportedError")) throw error;
        }
      }),
      { numRuns: 300 },
    );
  });
});
