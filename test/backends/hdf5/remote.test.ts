import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { NDArray } from "../../../src/array/ndarray.ts";
import type { Source } from "../../../src/array/source.ts";
import type { RandomAccess } from "../../../src/backends/contract.ts";
import { createNetcdf4, openHdf5 } from "../../../src/backends/hdf5/index.ts";
import { openNetcdf3 } from "../../../src/backends/netcdf3/index.ts";
import { type Described, expectGroup, readAll, readBox } from "../raw.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

/** Serve bytes with range requests, and read them so; `requests` are the ranges asked for. */
async function serve(bytes: Uint8Array): Promise<{ file: RandomAccess; requests: [number, number][] }> {
  const requests: [number, number][] = [];
  const server = createServer((request, response) => {
    const [, from, to] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? "")!.map(Number) as [number, number, number];
    const end = Math.min(bytes.length, to + 1);
    requests.push([from, end - from]);
    response.writeHead(206, { "content-range": `bytes ${from}-${end - 1}/${bytes.length}` });
    response.end(bytes.subarray(from, end));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/file.nc`;
  const file: RandomAccess = {
    url,
    size: bytes.length,
    read: async (offset, length) =>
      new Uint8Array(
        await (await fetch(url, { headers: { range: `bytes=${offset}-${Math.min(bytes.length, offset + length) - 1}` } })).arrayBuffer(),
      ),
  };
  return { file, requests };
}

/** A file of `n` steps of 64 KB, hardly compressible. */
async function largeFile(n: number, encoding: Record<string, unknown>): Promise<{ bytes: Uint8Array; values: Float64Array }> {
  const values = new Float64Array(n * 8192);
  let seed = 1;
  for (let i = 0; i < values.length; i++) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    values[i] = seed * Math.PI;
  }
  const writer = await createNetcdf4(undefined, {
    dims: new Map([
      ["time", { size: n, unlimited: false }],
      ["y", { size: 64, unlimited: false }],
      ["x", { size: 128, unlimited: false }],
    ]),
    attrs: { title: "large" },
    variables: new Map([
      ["a", { dims: ["time", "y", "x"], dtype: "float64", attrs: {}, encoding }],
      ["time", { dims: ["time"], dtype: "float64", attrs: {}, encoding: {} }],
    ]),
  });
  await writer.sink("a").write(Float64Array.of(0, n, 0, 64, 0, 128), new NDArray(values, [n, 64, 128], "float64"), {});
  await writer.sink("time").write(
    Float64Array.of(0, n),
    new NDArray(
      Float64Array.from({ length: n }, (_, i) => i),
      [n],
      "float64",
    ),
    {},
  );
  return { bytes: (await writer.finish())!, values };
}

test("a remote netCDF-4 file reads as in Python", async () => {
  const folder = new URL("../../fixtures/netcdf/", import.meta.url);
  const { file, requests } = await serve(new Uint8Array(await readFile(new URL("netcdf4.nc", folder))));
  const root = await openHdf5(file);
  await expectGroup(root, JSON.parse(await readFile(new URL("netcdf4.nc.json", folder), "utf8")) as Described);
  await root.close();
  expect(requests.length).toBeLessThan(4);
});

test.each([
  ["chunked", { chunksizes: [1, 64, 128], zlib: true, complevel: 1 }],
  ["contiguous", {}],
])("opening a large %s file and reading one slab touches few blocks", async (_layout, encoding) => {
  const { bytes, values } = await largeFile(160, encoding);
  expect(bytes.length).toBeGreaterThan(9e6);
  const { file, requests } = await serve(bytes);
  const root = await openHdf5(file);
  const opening = requests.length;
  expect(opening).toBeLessThan(6);
  const source = root.variables.get("a")!.data as Source;
  const block = await readBox(source, Float64Array.of(80, 82, 10, 12, 0, 128));
  expect([...(block.data as Float64Array)]).toEqual(
    [80, 81].flatMap((t) => [10, 11].flatMap((y) => [...values.subarray((t * 64 + y) * 128, (t * 64 + y + 1) * 128)])),
  );
  expect(requests.length - opening).toBeLessThan(5);
  expect(requests.reduce((n, [, length]) => n + length, 0)).toBeLessThan(bytes.length / 3);
  await root.close();
});

test("many chunks are fetched together", async () => {
  const { bytes, values } = await largeFile(160, { chunksizes: [1, 64, 128], zlib: true, complevel: 1 });
  const { file, requests } = await serve(bytes);
  const root = await openHdf5(file);
  const series = await readBox(root.variables.get("a")!.data as Source, Float64Array.of(0, 160, 3, 4, 5, 6));
  expect([...(series.data as Float64Array)]).toEqual(Array.from({ length: 160 }, (_, t) => values[(t * 64 + 3) * 128 + 5]));
  expect(requests.length).toBeLessThan(12);
  await root.close();
});

test("a dropped connection and an abort are errors, and the file can be read afterwards", async () => {
  const { bytes, values } = await largeFile(80, { chunksizes: [1, 64, 128] });
  const { file } = await serve(bytes);
  let broken = false;
  const flaky: RandomAccess = { ...file, read: (...args) => (broken ? Promise.reject(new Error("connection lost")) : file.read(...args)) };
  const root = await openHdf5(flaky);
  const source = root.variables.get("a")!.data as Source;
  broken = true;
  await expect(readBox(source, Float64Array.of(60, 61, 0, 1, 0, 2))).rejects.toThrow("connection lost");
  broken = false;
  await expect(source.read!(Float64Array.of(60, 61, 0, 1, 0, 2), { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  const [a, b] = await Promise.all([source.read!(Float64Array.of(60, 61, 0, 1, 0, 2), {}), readAll(root.variables.get("time")!)]);
  expect([...(a.data as Float64Array)]).toEqual([...values.subarray(60 * 8192, 60 * 8192 + 2)]);
  expect(b).toHaveLength(80);
  await root.close();
});

test("a remote netCDF classic file is read by its header and the ranges wanted", async () => {
  const { file, requests } = await serve(new Uint8Array(await readFile(new URL("../../fixtures/netcdf/cdf2.nc", import.meta.url))));
  const root = await openNetcdf3(file);
  expect(requests).toHaveLength(1);
  expect(Array.from(await readAll(root.variables.get("time")!))).toEqual([0.5, 1, 1.5]);
  expect(requests).toHaveLength(2);
});

test("URLs are opened as they are, and an error page says what it is", async () => {
  const folder = new URL("../../fixtures/netcdf/", import.meta.url);
  for (const [name, open] of [
    ["netcdf4.nc", openHdf5],
    ["cdf5.nc", openNetcdf3],
  ] as const) {
    const { file, requests } = await serve(new Uint8Array(await readFile(new URL(name, folder))));
    const root = await open(file.url!);
    await expectGroup(root, JSON.parse(await readFile(new URL(`${name}.json`, folder), "utf8")) as Described);
    expect([...root.variables.values()][0]!.encoding.source).toBe(file.url);
    await root.close();
    expect(requests.length).toBeLessThan(5);
  }
  const { file } = await serve(new TextEncoder().encode("<!doctype html><title>Sign in</title>"));
  await expect(openHdf5(file.url!)).rejects.toThrow(/not a HDF5 or netCDF-4 file: it is an HTML page/);
  await expect(openNetcdf3(file.url!)).rejects.toThrow(/not a netCDF classic file: it is an HTML page/);
});
