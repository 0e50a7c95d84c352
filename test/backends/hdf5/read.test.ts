import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import type { Source } from "../../../src/array/source.ts";
import { hdf5Backend, openHdf5 } from "../../../src/backends/hdf5/index.ts";
import { setOptions } from "../../../src/options.ts";
import { openRandomAccess } from "../../../src/stores/index.ts";
import { type Described, expectGroup, jsonLike, readAll, readBox } from "../raw.ts";

const folder = new URL("../../fixtures/netcdf/", import.meta.url);
const fixture = async (name: string): Promise<Uint8Array> => new Uint8Array(await readFile(new URL(name, folder)));
const described = async (name: string): Promise<Described> =>
  JSON.parse(await readFile(new URL(`${name}.json`, folder), "utf8")) as Described;

/** Collect warnings instead of failing on them. */
function warnings(): string[] {
  const seen: string[] = [];
  setOptions({ onWarning: (_code, message) => seen.push(message) });
  return seen;
}

describe("a netCDF-4 file written by the netCDF library", () => {
  test("reads as in Python: from a path, bytes and a blob", async () => {
    const expected = await described("netcdf4.nc");
    for (const target of [
      new URL("netcdf4.nc", folder),
      await fixture("netcdf4.nc"),
      new Blob([(await fixture("netcdf4.nc")) as Uint8Array<ArrayBuffer>]),
    ]) {
      const root = await openHdf5(target);
      await expectGroup(root, expected);
      await root.close();
    }
  });

  test("regions, also across the end of what was written", async () => {
    const root = await openHdf5(await fixture("netcdf4.nc"));
    const packed = root.variables.get("packed")!.data as Source;
    const block = await readBox(packed, Float64Array.of(1, 4, 2, 4, 3, 5));
    expect([...(block.data as Int16Array)]).toEqual([39, 40, 45, 46, 63, 64, 69, 70, -999, -999, -999, -999]);
    expect(packed.grid.map((axis) => axis.size)).toEqual([1, 3, 4]);
    const shorter = root.variables.get("shorter")!.data as Source;
    expect([...((await readBox(shorter, Float64Array.of(1, 3, 1, 2))).data as Float64Array)]).toEqual([4, -9]);
    await root.close();
    await expect(readBox(packed, Float64Array.of(0, 1, 0, 1, 0, 1))).rejects.toThrow(/is closed/);
  });

  test("encoding says how it was stored", async () => {
    const root = await openHdf5(await fixture("netcdf4.nc"));
    expect(root.variables.get("packed")!.encoding).toMatchObject({
      dtype: "int16",
      zlib: true,
      shuffle: true,
      complevel: 5,
      fletcher32: true,
      chunksizes: [1, 3, 4],
      preferred_chunks: { time: 1, lat: 3, lon: 4 },
      endian: "little",
      original_shape: [4, 4, 6],
    });
    expect(root.variables.get("big_endian")!.encoding).toMatchObject({ contiguous: true, endian: "big" });
    expect(root.variables.get("paint")!.encoding).toMatchObject({ enum: { red: 1, green: 2, blue: 3 } });
    await root.close();
  });

  test("groups open by path, and a wrong one says what there is", async () => {
    const deep = await openHdf5(await fixture("netcdf4.nc"), { group: "/ocean/deep" });
    expect(deep.path).toBe("/ocean/deep");
    expect(deep.variables.get("salt")!.dims).toEqual(["time", "depth"]);
    await expect(openHdf5(await fixture("netcdf4.nc"), { group: "ocaen" })).rejects.toThrow(/no group "ocaen".*did you mean "ocean"/);
    await deep.close();
  });
});

test("more files than the library holds open at once", async () => {
  const bytes = await fixture("netcdf4.nc");
  const targets = [new URL("netcdf4.nc", folder), await openRandomAccess(new URL("netcdf4.nc", folder)), bytes];
  const roots = await Promise.all(Array.from({ length: 70 }, (_, i) => openHdf5(targets[i % 3]!)));
  const values = await Promise.all(roots.map((root) => readAll(root.variables.get("lat")!)));
  for (const lat of values) expect(Array.from(lat)).toEqual([10, 20, 30, 40]);
  await Promise.all(roots.map((root) => root.close()));
});

describe("HDF5 beyond netCDF", () => {
  test("values and dtypes", async () => {
    const seen = warnings();
    const root = await openHdf5(new URL("plain.h5", folder));
    const values = async (name: string): Promise<unknown> => Array.from(await readAll(root.variables.get(name)!), jsonLike);
    const dtype = (name: string): string => (root.variables.get(name)!.data as Source).meta.dtype;
    expect([dtype("flag"), await values("flag")]).toEqual(["bool", [1, 0, 1]]);
    expect([dtype("half"), await values("half")]).toEqual(["float16", [0.5, 1.5, 65504]]);
    expect([dtype("complex"), await values("complex")]).toEqual(["complex64", [1, 2, 3, -4]]);
    expect([dtype("complex_big"), await values("complex_big")]).toEqual(["complex128", [1, 2, 3, -4]]);
    expect([dtype("fixed"), await values("fixed")]).toEqual(["bytes", ["one", "three"]]);
    expect([dtype("utf8"), await values("utf8")]).toEqual(["string", ["ä", "öö"]]);
    expect([dtype("enum_big"), await values("enum_big")]).toEqual(["int16", [0, 300, 0]]);
    expect(await values("unshaped")).toEqual(Array.from({ length: 12 }, (_, i) => i));
    expect(await values("shuffled")).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect(await values("zero")).toEqual([]);
    expect(await values("soft")).toEqual([0.5, 1.5, 65504]);
    expect(root.variables.get("unshaped")!.dims).toEqual(
      ["phony_dim_2", "phony_dim_3"].map(() => expect.stringMatching(/^phony_dim_\d+$/)),
    );
    expect(root.attrs).toEqual({ flag: true, flags: [true, false], names: ["a", "bc"], matrix: [0, 1, 2, 3], nothing: [] });
    expect((await root.group("a/b")).variables.get("v")!.data).toMatchObject({ meta: { shape: [], dtype: "float64" } });
    expect(seen).toHaveLength(3);
    expect(seen.join("\n")).toMatch(/"complex" of \/.*complex[\s\S]*\/empty.*no dataspace[\s\S]*\/opaque.*structure of a, b/);
    await expect(values("lzf")).rejects.toThrow(/filter lzf \(32000\)/);
    await root.close();
  });
});

describe("what cannot be read says so", () => {
  test("another kind of file", async () => {
    await expect(openHdf5(new TextEncoder().encode("<html><body>Not found</body></html>"))).rejects.toThrow(
      /not a HDF5 or netCDF-4 file: it is an HTML page/,
    );
    await expect(openHdf5(await fixture("cdf1.nc"))).rejects.toThrow(/begins with the bytes 43 44 46 01/);
    expect(hdf5Backend.detect({ url: "a.nc", head: await fixture("cdf1.nc") })).toBe(false);
    expect(hdf5Backend.detect({ url: "a", head: await fixture("plain.h5") })).toBe(true);
  });

  test("truncated files throw BackendError", async () => {
    const whole = await fixture("netcdf4.nc");
    for (const n of [8, 50, 96, 500, 2048, 10_000, 30_000, whole.length - 1]) {
      await expect(openHdf5(whole.subarray(0, n)), `${n} bytes`).rejects.toMatchObject({ tag: "BackendError" });
    }
  });

  test("flipped bits give values or an error of ours, and never hang or crash", async () => {
    warnings();
    let seed = 7;
    const random = (n: number): number => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      return (seed >>> 8) % n;
    };
    for (const name of ["netcdf4.nc", "plain.h5"]) {
      const whole = await fixture(name);
      for (let i = 0; i < 60; i++) {
        const broken = whole.slice();
        for (let k = 0; k < 8; k++) broken[8 + random(whole.length - 8)]! ^= 1 << random(8);
        try {
          const root = await openHdf5(broken);
          try {
            for (const variable of root.variables.values())
              if (!("meta" in variable.data) || variable.data.meta.shape.reduce((a, b) => a * b, 1) < 1e6) await readAll(variable);
          } finally {
            await root.close();
          }
        } catch (error) {
          expect(error).toMatchObject({ tag: expect.stringMatching(/BackendError|UnsupportedError/) });
        }
      }
    }
    const root = await openHdf5(await fixture("netcdf4.nc"));
    expect(Array.from(await readAll(root.variables.get("lat")!))).toEqual([10, 20, 30, 40]);
    await root.close();
  });
});
