/** Files and stores of many flavours are opened as by xarray, and opening reads little. Fixtures: `scripts/fixtures/open.py`. */

import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RawGroup } from "../../src/backends/contract.ts";
import {
  type DataArray,
  Dataset,
  decodeCf,
  encodeCf,
  NDArray,
  openDataarray,
  openDataset,
  openGroups,
  openMfdataset,
  openZarr,
  registerBackend,
  setOptions,
} from "../../src/index.ts";
import { type DatasetDigest, digest } from "../support/digest.ts";
import { expectWarning, tagOf } from "../support/index.ts";

const folder = fileURLToPath(new URL("./fixtures/", import.meta.url));
const expected = JSON.parse(readFileSync(`${folder}expected.json`, "utf8")) as Record<string, DatasetDigest>;

describe("every flavour is opened as by xarray", () => {
  const quiet = Object.keys(expected).filter((name) => name !== "by-hand.nc");
  test.each(quiet)("%s", async (name) => {
    await using ds = await openDataset(folder + name, name === "groups.nc" ? { group: "below/deep" } : {});
    expect(digest(await ds.compute())).toEqual(expected[name]);
  });

  test("several fill values warn, and all become missing", async () => {
    const ds = await expectWarning("multiple-fill-values", () => openDataset(`${folder}by-hand.nc`));
    expect(digest(await ds.compute())).toEqual(expected["by-hand.nc"]);
    await ds.close();
  });

  test.each(["bytes", "blob", "url"])("from %s", async (kind) => {
    const bytes = await readFile(`${folder}netcdf4.nc`);
    const target = kind === "bytes" ? new Uint8Array(bytes) : kind === "blob" ? new Blob([bytes]) : new URL(`file://${folder}netcdf4.nc`);
    await using ds = await openDataset(target);
    expect(digest(await ds.compute())).toEqual(expected["netcdf4.nc"]);
  });

  test("groups, by path", async () => {
    const groups = await openGroups(`${folder}groups.nc`);
    expect(Object.keys(groups)).toEqual(["/", "/below", "/below/deep"]);
    expect((await groups["/below/deep"]!.compute()).get("rain").sub(1).values).toHaveLength(48);
    await groups["/"]!.close();
  });
});

/** A backend over arrays in memory that counts what is read. */
function counted(variables: Record<string, { dims: string[]; data: NDArray; attrs?: Record<string, unknown> }>): {
  name: string;
  reads: string[];
} {
  const reads: string[] = [];
  const name = `counted-${Math.random()}`;
  const open = async (): Promise<RawGroup> => ({
    path: "/",
    dims: new Map(),
    attrs: {},
    attrTypes: {},
    groups: [],
    group: () => Promise.reject(new Error("no groups")),
    close: async () => void reads.push("close"),
    variables: new Map(
      Object.entries(variables).map(([key, { dims, data, attrs = {} }]) => {
        const source = {
          ref: { backend: name, store: "", path: key, meta: null },
          meta: { shape: data.shape, dtype: data.dtype },
          grid: fromGrid(data.shape),
          store: { get: async () => undefined },
          reach: "local" as const,
          read: async (box: Float64Array) => {
            reads.push(`${key}[${Array.from(box).join(",")}]`);
            let offset = 0;
            for (let i = 0; i < data.shape.length; i++) offset += box[2 * i]! * data.stride[i]!;
            return new NDArray(
              data.data,
              data.shape.map((_, i) => box[2 * i + 1]! - box[2 * i]!),
              data.dtype,
              data.stride,
              offset,
            );
          },
        };
        return [key, { name: key, dims, attrs: attrs as never, attrTypes: {}, encoding: {}, data: source }];
      }),
    ),
  });
  registerBackend(name, async () => ({ name, detect: () => false, open }));
  return { name, reads };
}
const fromGrid = (shape: readonly number[]) => shape.map((n) => ({ length: n, n: 1, size: Math.max(1, n) }));

describe("opening reads little", () => {
  const days = new NDArray(Float64Array.of(0, 1, 2), [3], "float64");
  const field = new NDArray(new Int16Array(6), [3, 2], "int16");

  test("coordinates of one dimension, the ends of other times, and nothing else", async () => {
    const { name, reads } = counted({
      time: { dims: ["time"], data: days, attrs: { units: "days since 2000-01-01" } },
      t: { dims: ["time", "x"], data: field, attrs: { scale_factor: 0.5, coordinates: "lat height lonlat" } },
      lat: { dims: ["x"], data: new NDArray(Float64Array.of(1, 2), [2], "float64") },
      height: { dims: [], data: new NDArray(Float64Array.of(2), [], "float64") },
      lonlat: { dims: ["time", "x"], data: new NDArray(new Float64Array(6), [3, 2], "float64") },
      bounds: { dims: ["time", "x"], data: new NDArray(new Float64Array(6), [3, 2], "float64"), attrs: { units: "days since 2000-01-01" } },
      other: { dims: ["x"], data: new NDArray(new Float64Array(2), [2], "float64") },
    });
    const ds = await openDataset(new Uint8Array(1), { engine: name });
    expect(new Set(reads.map((read) => read.split("[")[0]))).toEqual(new Set(["time", "lat", "height", "bounds"]));
    expect(reads.filter((read) => read.startsWith("bounds"))).not.toContain("bounds[0,3,0,2]");
    expect([...ds.indexes.keys()]).toEqual(["time"]);
    expect(ds.get("lonlat").isLazy && ds.get("t").isLazy && ds.get("other").isLazy).toBe(true);
    reads.length = 0;
    expect(Array.from((await ds.get("t").isel({ time: 0 }).compute()).values as Float64Array)).toEqual([0, 0]);
    expect(reads.sort()).toEqual(["lonlat[0,3,0,2]", "t[0,3,0,2]"]);
    await ds.close();
    expect(reads.at(-1)).toBe("close");
  });

  test("nothing twice, nothing of variables that are dropped", async () => {
    const { name, reads } = counted({ time: { dims: ["time"], data: days }, x: { dims: ["x"], data: days } });
    const ds = await openDataset(new Uint8Array(1), { engine: name, dropVariables: "x" });
    expect(reads).toEqual(["time[0,3]"]);
    expect([...ds.variables.keys()]).toEqual(["time"]);
  });

  test("a failed opening closes what it opened", async () => {
    const { name, reads } = counted({ time: { dims: ["time"], data: days, attrs: { units: "days since yesterday" } } });
    expect(await tagOf(() => openDataset(new Uint8Array(1), { engine: name }))).toMatch(/^EncodingError: .*days since yesterday/);
    expect(reads.at(-1)).toBe("close");
  });
});

describe("options", () => {
  test("nothing is decoded where decodeCf is false", async () => {
    await using ds = await openDataset(`${folder}netcdf3.nc`, { decodeCf: false });
    expect(ds.get("time").dtype).toBe("int32");
    expect(ds.get("t").dtype).toBe("int16");
    expect(ds.get("t").attrs.scale_factor).toBe(0.01);
    expect(ds.get("station").dims).toHaveLength(2);
  });

  test("a calendar can be kept", async () => {
    await using ds = await openDataset(`${folder}netcdf4.nc`, { useCftime: true });
    expect(ds.get("time").dtype).toBe("datetime64");
    expect(await tagOf(() => openDataset(`${folder}netcdf4-noleap.nc`, { useCftime: false }))).toMatch(/^EncodingError: .*noleap/);
  });

  test("chunks, also of dimensions that are not there", async () => {
    await using ds = await openDataset(`${folder}netcdf4.nc`, { chunks: { time: 2, nope: 5 } });
    expect(ds.get("t").chunks).toEqual([[2, 2], [3], [4]]);
  });

  test("a schema gives types, and is checked", async () => {
    await using ds = await openDataset(`${folder}netcdf4.nc`, { schema: { rain: { dims: ["time", "lat", "lon"], dtype: "float32" } } });
    const rain: DataArray<"time" | "lat" | "lon", "float32"> = ds.get("rain");
    expect(rain.dims).toEqual(["time", "lat", "lon"]);
    const wrong = await tagOf(() =>
      openDataset(`${folder}netcdf4.nc`, { schema: { rian: {}, rain: { dims: ["time", "x"], dtype: "int8" } } }),
    );
    expect(wrong).toMatch(/^BackendError: .*"rian"; did you mean "rain".*\(time, lat, lon\), not \(time, x\).*float32, not int8/s);
  });

  test("one variable as an array", async () => {
    const rain = await openDataarray(`${folder}groups.nc`);
    expect(rain.name).toBe("rain");
    expect(await tagOf(() => openDataarray(`${folder}netcdf4.nc`))).toMatch(/^BackendError: .*data variables \(t, rain/);
  });
});

describe("what cannot be opened says why", () => {
  const cases: readonly (readonly [string, unknown, object, RegExp])[] = [
    ["a file that is not there", `${folder}nope.nc`, {}, /^StoreError: .*nope\.nc is not there/],
    ["an empty file", new Uint8Array(0), {}, /^BackendError: .*is empty; .*zarr/],
    ["a TIFF", Uint8Array.of(0x49, 0x49, 0x2a, 0, 8, 0, 0, 0), {}, /^BackendError: .*TIFF.*netcdf3, hdf5, zarr/],
    ["a page", new TextEncoder().encode("<!DOCTYPE html><p>log in"), {}, /^BackendError: .*HTML page/],
    ["other bytes", Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9), {}, /^BackendError: .*01 02 03 04/],
    [
      "an engine that is none",
      new Uint8Array(4),
      { engine: "netcdf5" },
      /^ArgumentError: unknown engine "netcdf5"; did you mean "netcdf3"/,
    ],
    ["a group that is not there", `${folder}groups.nc`, { group: "abve" }, /^BackendError: .*abve/],
    ["a truncated file", readFileSync(`${folder}netcdf4.nc`).subarray(0, 500), {}, /^BackendError/],
    ["an empty store", new Map<string, Uint8Array>(), {}, /^(BackendError|StoreError)/],
    ["nothing", 5, {}, /^ArgumentError/],
  ];
  test.each(cases)("%s", async (_name, target, options, message) => {
    expect(await tagOf(() => openDataset(target as never, options))).toMatch(message);
  });

  test("an abort is an abort", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(openDataset(`${folder}netcdf4.nc`, { signal })).rejects.toThrow("enough");
  });
});

describe("over HTTP", () => {
  let server: Server;
  let base: string;
  let requests: string[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      requests.push(`${request.url} ${request.headers.range ?? ""}`);
      const status = /status(\d+)/.exec(request.url!)?.[1];
      if (status) {
        response.writeHead(Number(status)).end("no");
        return;
      }
      readFile(folder + request.url!.slice(1)).then(
        (bytes) => {
          const range = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? "");
          if (!range) return void response.writeHead(200, { "content-length": bytes.length }).end(bytes);
          const [from, to] = [Number(range[1]), Math.min(bytes.length - 1, Number(range[2]))];
          response
            .writeHead(206, { "content-range": `bytes ${from}-${to}/${bytes.length}`, "content-length": to - from + 1 })
            .end(bytes.subarray(from, to + 1));
        },
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterAll(() => void server.close());

  test("a netCDF file in one request, as small as it is", async () => {
    requests = [];
    await using ds = await openDataset(`${base}netcdf4.nc`);
    expect(requests).toHaveLength(1);
    expect(digest(await ds.compute())).toEqual(expected["netcdf4.nc"]);
  });

  test.each([403, 404, 503])("%i is said", async (status) => {
    const message = await tagOf(() => openDataset(`${base}status${status}.nc`, { storageOptions: { retries: 0 } as never }));
    expect(message).toMatch(new RegExp(`^StoreError: .*${status}`));
  });
});

describe("many files", () => {
  test("by pattern, ordered by their coordinates", async () => {
    const other = (await (await openDataset(`${folder}netcdf4.nc`)).compute()) as Dataset<any>;
    expect(other.sizes.time).toBe(4);
    expect(await tagOf(() => openMfdataset(`${folder}*.none`))).toMatch(/^StoreError: no file fits/);
    const ds = await openMfdataset(`${folder}netcdf4.nc`, {
      preprocess: (part, source) => part.assignCoords({ from: source.length } as never),
    });
    expect(ds.sizes.time).toBe(4);
    await ds.close();
  });

  test("listed, along a new dimension", async () => {
    const ds = await openMfdataset([`${folder}netcdf4.nc`, `${folder}netcdf3.nc`], {
      combine: "nested",
      concatDim: "run",
      dropVariables: ["wet", "station", "age", "time_bnds"],
    });
    expect(ds.get("t").dims).toEqual(["run", "time", "lat", "lon"]);
    expect(ds.get("t").isLazy).toBe(true);
    const second = await ds.get("t").isel({ run: 1 }).compute();
    await using other = await openDataset(`${folder}netcdf3.nc`);
    expect(second.values).toEqual((await other.get("t").compute()).values);
    await ds.close();
  });
});

describe("the conventions alone", () => {
  test("decoding undoes encoding", async () => {
    const restore = setOptions({ onWarning: () => {} });
    await using ds = await openDataset(`${folder}netcdf4.nc`);
    const loaded = (await ds.compute()) as Dataset<any>;
    const encoded = await encodeCf(loaded);
    expect(encoded.get("t").dtype).toBe("int16");
    expect(encoded.get("time").attrs.units).toBe("hours since 1900-01-01");
    expect(digest(await decodeCf(encoded)).variables.t!.sha256).toBe(expected["netcdf4.nc"]!.variables.t!.sha256);
    restore();
  });

  test("64-bit integers that are no exact numbers are named, or kept", async () => {
    const big = new NDArray(BigInt64Array.of(1n, 2n ** 60n), [2], "bigint64");
    const ds = new Dataset({ n: [["x"], big] } as never);
    await expect(decodeCf(ds)).rejects.toThrow(/1152921504606846976 does not fit int64/);
    const kept = await decodeCf(ds, { int64: "bigint" });
    expect(kept.get("n").dtype).toBe("bigint64");
  });
});

test("references to bytes elsewhere, as an object or a file", async () => {
  const bytes = readFileSync(`${folder}netcdf3.nc`);
  // The values of lon are the only eight-byte numbers 0.5, 1.5, 2.5, 3.5 in the file, big-endian.
  const wanted = Buffer.alloc(32);
  [0.5, 1.5, 2.5, 3.5].forEach((v, i) => wanted.writeDoubleBE(v, 8 * i));
  const offset = bytes.indexOf(wanted);
  const refs = {
    version: 1,
    refs: {
      ".zgroup": JSON.stringify({ zarr_format: 2 }),
      "lon/.zarray": JSON.stringify({
        zarr_format: 2,
        shape: [4],
        chunks: [4],
        dtype: ">f8",
        compressor: null,
        filters: null,
        fill_value: null,
        order: "C",
      }),
      "lon/.zattrs": JSON.stringify({ _ARRAY_DIMENSIONS: ["lon"], units: "degrees_east" }),
      "lon/0": [`file://${folder}netcdf3.nc`, offset, 32],
    },
  };
  await using ds = await openDataset(refs as never);
  expect(Array.from(ds.get("lon").values as Float64Array)).toEqual([0.5, 1.5, 2.5, 3.5]);
  await using same = await openDataset(new TextEncoder().encode(JSON.stringify(refs)));
  expect(same.get("lon").attrs.units).toBe("degrees_east");
});

test("openZarr opens Zarr alone", async () => {
  await using ds = await openZarr(`${folder}zarr3.zip`);
  expect(ds.sizes.time).toBe(4);
});
