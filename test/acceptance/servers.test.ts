/** Servers that refuse, fail, lie and stop midway: a request that may pass is tried again, all others say why. */
import type { ServerResponse } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openDataset } from "../../src/index.ts";
import { serve, type TestServer } from "../stores/server.ts";
import { airDataset, airVariables, problem, zarrMap } from "./support.ts";

const map = zarrMap(airVariables());
/** Says that a fault has answered, so that the server does not. */
const answered = (_response: ServerResponse): true => true;

describe("servers", () => {
  let server: TestServer;
  const files = new Map([...map].map(([key, bytes]) => [`/air.zarr${key}`, bytes]));
  const quick = { storageOptions: { backoff: 1 } };
  const chunkKey = "/air.zarr/air/c/0/0/0";

  beforeEach(async () => {
    server = await serve(files);
  });
  afterEach(() => server.close());

  const isChunk = (url: string | undefined): boolean => url === chunkKey;
  const readAll = async (): Promise<unknown> => (await openDataset(`${server.url}air.zarr`, quick)).get("air").isel({ time: 0 }).compute();

  test.each([
    [404, "StoreError"],
    [403, "StoreError"],
  ] as const)("opening what answers %d", async (status, tag) => {
    server.fault = (_request, response) => answered(response.writeHead(status).end("no"));
    const found = await problem(() => openDataset(`${server.url}air.zarr`, quick));
    expect([tag, "BackendError"]).toContain(found.tag);
    expect(found.message).toMatch(status === 404 ? /air\.zarr/ : /403.*refuses/);
    const nc = await problem(() => openDataset(`${server.url}air.nc`, quick));
    expect(nc).toEqual({ tag: "StoreError", message: expect.stringMatching(status === 404 ? /air\.nc.*(not there|404)/ : /403/) });
  });

  test("a chunk that is refused names its URL", async () => {
    server.fault = (request, response) => isChunk(request.url) && answered(response.writeHead(403).end("no"));
    expect(await problem(readAll)).toEqual({ tag: "StoreError", message: expect.stringMatching(/air\/c\/0\/0\/0 answered 403/) });
    expect(server.requests.filter((line) => line.includes(chunkKey))).toHaveLength(1);
  });

  test("a busy server is asked again, and then given up", async () => {
    let left = 2;
    server.fault = (request, response) => isChunk(request.url) && left-- > 0 && answered(response.writeHead(503).end("busy"));
    await readAll();
    expect(server.requests.filter((line) => line.includes(chunkKey))).toHaveLength(3);
    left = 100;
    expect(await problem(readAll)).toEqual({ tag: "StoreError", message: expect.stringMatching(/503/) });
    expect(server.requests.filter((line) => line.includes(chunkKey))).toHaveLength(7);
  });

  test("Retry-After is waited for", async () => {
    const at: number[] = [];
    server.fault = (request, response) => {
      if (!isChunk(request.url)) return false;
      at.push(performance.now());
      return at.length === 1 && answered(response.writeHead(429, { "retry-after": "1" }).end());
    };
    await readAll();
    expect(at[1]! - at[0]!).toBeGreaterThanOrEqual(950);
  });

  test("a connection lost midway, and a body cut short, are asked for again", async () => {
    for (const cut of [true, false]) {
      let left = 1;
      server.fault = (request, response, bytes) => {
        if (!isChunk(request.url) || left-- <= 0) return false;
        response.writeHead(200, { "content-length": bytes!.length });
        response.write(bytes!.subarray(0, 100));
        if (cut) setTimeout(() => response.destroy(), 5);
        else setTimeout(() => request.socket.end(), 5);
        return true;
      };
      await readAll();
    }
  });

  test("a body always cut short is no zero", async () => {
    server.fault = (request, response, bytes) =>
      isChunk(request.url) && answered(response.writeHead(200, { "content-length": 100 }).end(bytes!.subarray(0, 100)));
    expect(await problem(readAll)).toEqual({ tag: "EncodingError", message: expect.stringMatching(/air\/c\/0\/0\/0.*100.*2000/) });
  });

  test("a server that ignores Range", async () => {
    const bytes = await airDataset([400, 40, 40]).toNetcdf();
    const big = await serve(new Map([["/air.nc", bytes]]));
    big.fault = (_request, response) => answered(response.writeHead(200, { "content-length": bytes.length }).end(bytes));
    try {
      expect(await problem(() => openDataset(`${big.url}air.nc`, quick))).toEqual({
        tag: "StoreError",
        message: expect.stringMatching(/ignores Range.*206/),
      });
    } finally {
      await big.close();
    }
  });

  test("nobody there", async () => {
    const { url } = server;
    await server.close();
    expect(await problem(() => openDataset(`${url}air.zarr`, { storageOptions: { backoff: 1, attempts: 2 } }))).toEqual({
      tag: expect.stringMatching(/StoreError|BackendError/),
      message: expect.stringMatching(/could not be fetched/),
    });
  });

  test("an abort ends the wait at once", async () => {
    server.fault = (request) => isChunk(request.url);
    const opened = await openDataset(`${server.url}air.zarr`, quick);
    await expect(opened.compute({ signal: AbortSignal.timeout(30) })).rejects.toMatchObject({ name: "TimeoutError" });
  });

  test("a login in a URL is sent as a header, and secrets are in no message", async () => {
    const logins = new Set<string | undefined>();
    let refuse = false;
    server.fault = (request, response) => {
      logins.add(request.headers.authorization);
      return refuse && answered(response.writeHead(403).end());
    };
    const url = `${server.url.replace("//", "//me:hunter2@")}air.zarr?token=hunter3`;
    await openDataset(url, quick);
    expect([...logins]).toEqual([`Basic ${btoa("me:hunter2")}`]);
    refuse = true;
    const found = await problem(() => openDataset(url, quick));
    expect(found).toEqual({ tag: "StoreError", message: expect.not.stringMatching(/hunter/) });
  });
});
