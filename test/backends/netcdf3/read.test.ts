import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import type { Source } from "../../../src/array/source.ts";
import { netcdf3Backend, openNetcdf3 } from "../../../src/backends/netcdf3/index.ts";
import { type Described, expectGroup, readAll, readBox } from "../raw.ts";

const folder = new URL("../../fixtures/netcdf/", import.meta.url);
const fixture = async (name: string): Promise<Uint8Array> => new Uint8Array(await readFile(new URL(name, folder)));
const described = async (name: string): Promise<Described> =>
  JSON.parse(await readFile(new URL(`${name}.json`, folder), "utf8")) as Described;

describe("files written by the netCDF library", () => {
  for (const name of ["cdf1.nc", "cdf2.nc", "cdf5.nc", "single-record.nc"]) {
    test(`${name} reads as in Python`, async () => {
      await expectGroup(await openNetcdf3(new URL(name, folder)), await described(name));
      await expectGroup(await openNetcdf3(await fixture(name)), await described(name));
      await expectGroup(await openNetcdf3(new Blob([(await fixture(name)) as Uint8Array<ArrayBuffer>])), await described(name));
    });
  }

  test("a region reads only its records", async () => {
    const root = await openNetcdf3(await fixture("cdf2.nc"));
    const source = root.variables.get("record_i4")!.data as Source;
    const block = await readBox(source, Float64Array.of(1, 3, 2, 4));
    expect([...(block.data as Int32Array)]).toEqual([7, 8, 12, 13]);
  });

  test("is recognised by its magic bytes", async () => {
    expect(netcdf3Backend.detect({ url: "x", head: await fixture("cdf5.nc") })).toBe(true);
    expect(netcdf3Backend.detect({ url: "x", head: await fixture("plain.h5") })).toBe(false);
  });
});

describe("what cannot be read says so", () => {
  test("another kind of file", async () => {
    const html = new TextEncoder().encode("<!DOCTYPE html><html><body>404</body></html>");
    await expect(openNetcdf3(html)).rejects.toThrow(/not a netCDF classic file: it is an HTML page/);
    await expect(openNetcdf3(new Uint8Array(0))).rejects.toThrow(/it is empty/);
    await expect(openNetcdf3(await fixture("plain.h5"))).rejects.toThrow(/begins with the bytes 89 48 44 46/);
    await expect(openNetcdf3("/nowhere/at/all.nc")).rejects.toMatchObject({ tag: "StoreError" });
    await expect(openNetcdf3(await fixture("cdf1.nc"), { group: "ocean" })).rejects.toThrow(/no group "ocean"/);
  });

  test("every truncation throws BackendError and none gives a file", async () => {
    const whole = await fixture("cdf2.nc");
    for (let n = 0; n < whole.length - 8; n += 7) {
      await expect(openNetcdf3(whole.subarray(0, n)), `${n} bytes`).rejects.toMatchObject({ tag: "BackendError" });
    }
  });

  test("flipped bits give values or a BackendError, and never hang or crash", async () => {
    let seed = 1;
    const random = (n: number): number => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      return (seed >>> 8) % n;
    };
    for (const name of ["cdf1.nc", "cdf5.nc"]) {
      const whole = await fixture(name);
      for (let i = 0; i < 400; i++) {
        const broken = whole.slice();
        broken[4 + random(700)]! ^= 1 << random(8);
        try {
          const root = await openNetcdf3(broken);
          for (const variable of root.variables.values()) await readAll(variable);
        } catch (error) {
          expect(error).toMatchObject({ tag: "BackendError" });
        }
      }
    }
  });

  test("a streaming record count is taken from the file's size", async () => {
    const bytes = await fixture("single-record.nc");
    bytes.fill(0xff, 4, 8);
    const root = await openNetcdf3(bytes);
    expect(root.dims.get("time")).toEqual({ size: 4, unlimited: true });
    expect(Array.from(await readAll(root.variables.get("only")!))).toEqual(Array.from({ length: 12 }, (_, i) => i));
  });
});
