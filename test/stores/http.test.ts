import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  httpStore,
  openRandomAccess,
  type Store,
  urlAccess,
  withBlocks,
  withCache,
  withCoalescing,
  withConcurrency,
  withRetry,
} from "../../src/stores/index.ts";
import { serve, type TestServer } from "./server.ts";

const big = Uint8Array.from({ length: 3_000_000 }, (_, i) => i * 7);
const small = Uint8Array.from({ length: 1000 }, (_, i) => i);
let server: TestServer;
let store: Store;
beforeAll(async () => {
  server = await serve(
    new Map([
      ["/big", big],
      ["/small", small],
      ["/empty", new Uint8Array(0)],
    ]),
  );
  store = httpStore(server.url);
});
afterAll(() => server.close());
beforeEach(() => {
  server.fault = undefined;
  server.requests.length = 0;
});

describe("what a server can do wrong", () => {
  test("ignoring Range: small bodies are cut, large ones refused unless wholly wanted", async () => {
    server.fault = (_request, response, bytes) => {
      response.writeHead(200, { "content-length": bytes!.length }).end(bytes);
      return true;
    };
    expect(await store.getRange!("/small", { offset: 10, length: 5 })).toEqual(small.slice(10, 15));
    expect(await store.getRange!("/small", { suffixLength: 5 })).toEqual(small.slice(995));
    await expect(store.getRange!("/big", { offset: 10, length: 5 })).rejects.toThrow(
      /big ignores Range: asked for a part, it sends all 3000000 bytes/,
    );
    expect((await store.getRange!("/big", { offset: 0, length: 3_000_000 }))!.length).toBe(3_000_000);
  });

  test("another range than asked for", async () => {
    server.fault = (_request, response) => {
      response.writeHead(206, { "content-range": "bytes 0-4/1000", "content-length": 5 }).end(small.subarray(0, 5));
      return true;
    };
    await expect(store.getRange!("/small", { offset: 10, length: 5 })).rejects.toThrow(
      "was asked for bytes=10-14 and gave bytes 0–4 of 1000",
    );
    server.fault = (_request, response) => {
      response.writeHead(206, { "content-range": "nonsense", "content-length": 5 }).end(small.subarray(0, 5));
      return true;
    };
    await expect(store.getRange!("/small", { offset: 10, length: 5 })).rejects.toMatchObject({
      tag: "StoreError",
    });
  });

  test("a Content-Range that cannot be seen leaves the length to verify", async () => {
    server.fault = (_request, response) => {
      response.writeHead(206, { "content-length": 6 }).end(small.subarray(10, 16));
      return true;
    };
    expect((await store.getRange!("/small", { offset: 10, length: 6 }))!.length).toBe(6);
    await expect(store.getRange!("/small", { offset: 10, length: 5 })).rejects.toThrow("gave 6 bytes");
  });

  test("a body cut short", async () => {
    server.fault = (_request, response) => {
      response.writeHead(200, { "content-length": 1000 });
      response.write(small.subarray(0, 400), () => response.destroy());
      return true;
    };
    await expect(store.get("/small")).rejects.toMatchObject({ tag: "StoreError", fields: { network: true } });
    server.fault = (_request, response) => {
      response.writeHead(206, { "content-range": "bytes 0-99/1000" }).end(small.subarray(0, 50));
      return true;
    };
    await expect(store.getRange!("/small", { offset: 0, length: 100 })).rejects.toThrow("cut short");
  });

  test.each([401, 403, 500, 503])("status %i names URL, status and what to look at, and hides secrets", async (status) => {
    server.fault = (_request, response) => {
      response.writeHead(status).end("no");
      return true;
    };
    const signed = httpStore(`${server.url}?token=secret`);
    const error = await signed.get("/small").catch((e: Error) => e);
    expect(error).toMatchObject({ tag: "StoreError", fields: { status } });
    expect((error as Error).message).toContain(`${server.url}small answered ${status}`);
    expect((error as Error).message).not.toContain("secret");
    expect(server.requests[0]).toContain("?token=secret");
  });

  test("no server", async () => {
    const gone = await serve(new Map());
    await gone.close();
    await expect(httpStore(gone.url).get("/x")).rejects.toThrow(/could not be fetched.*not reachable/);
  });

  test("an abort while the body comes", async () => {
    server.fault = (_request, response) => {
      response.writeHead(200, { "content-length": 1000 });
      response.write(small.subarray(0, 10));
      return true;
    };
    const controller = new AbortController();
    const read = store.get("/small", { signal: controller.signal });
    setTimeout(() => controller.abort(), 30);
    await expect(read).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("wrappers over HTTP", () => {
  test("retry: after 503 and 429 and lost connections, not after 403", async () => {
    let failures = 0;
    server.fault = (_request, response) => {
      failures++;
      if (failures === 1) response.writeHead(503, { "retry-after": "0" }).end();
      else if (failures === 2) response.writeHead(429).end();
      else if (failures === 3) response.destroy();
      else return false;
      return true;
    };
    const patient = withRetry(store, { attempts: 4, backoff: 1 });
    expect(await patient.getRange!("/small", { offset: 0, length: 3 })).toEqual(small.slice(0, 3));
    expect(server.requests).toHaveLength(4);
    server.fault = (_request, response) => {
      response.writeHead(403).end();
      return true;
    };
    server.requests.length = 0;
    await expect(patient.get("/small")).rejects.toMatchObject({ fields: { status: 403 } });
    expect(server.requests).toHaveLength(1);
  });

  test("retry: an abort ends the wait", async () => {
    server.fault = (_request, response) => {
      response.writeHead(503, { "retry-after": "50" }).end();
      return true;
    };
    const controller = new AbortController();
    const read = withRetry(store).get("/small", { signal: controller.signal });
    setTimeout(() => controller.abort(), 30);
    await expect(read).rejects.toMatchObject({ name: "AbortError" });
  });

  test("coalescing: near ranges of one tick are one request, far ones are not", async () => {
    const merged = withCoalescing(store, { gap: 100, maxSize: 10_000 });
    const offsets = [500, 0, 130, 700_000, 20];
    const parts = await Promise.all(offsets.map((offset) => merged.getRange!("/big", { offset, length: 60 })));
    for (const [i, part] of parts.entries()) expect(part).toEqual(big.slice(offsets[i]!, offsets[i]! + 60));
    expect(server.requests.sort()).toEqual(["GET /big bytes=0-189", "GET /big bytes=500-559", "GET /big bytes=700000-700059"]);
  });

  test("coalescing: one abort does not end the others' read", async () => {
    const merged = withCoalescing(store);
    const controller = new AbortController();
    const first = merged.getRange!("/big", { offset: 0, length: 10 }, { signal: controller.signal });
    const second = merged.getRange!("/big", { offset: 20, length: 10 });
    controller.abort();
    await expect(first).rejects.toMatchObject({ name: "AbortError" });
    expect(await second).toEqual(big.slice(20, 30));
  });

  test("cache: the same read is one request, now and later; what is too old goes", async () => {
    const cached = withCache(store, 2500);
    const [a, b] = await Promise.all([cached.get("/small"), cached.get("/small")]);
    expect(a).toEqual(b);
    expect(await cached.getRange!("/small", { offset: 3, length: 2 })).toEqual(small.slice(3, 5));
    expect(server.requests).toHaveLength(1);
    await cached.getRange!("/big", { offset: 0, length: 2000 });
    await cached.get("/small");
    expect(server.requests).toHaveLength(3);
  });

  test("concurrency: never more than n at once", async () => {
    let now = 0;
    let most = 0;
    const slow: Store = {
      get: async () => {
        most = Math.max(most, ++now);
        await new Promise((resolve) => setTimeout(resolve, 2));
        now--;
        return small;
      },
    };
    const limited = withConcurrency(slow, 3);
    const controller = new AbortController();
    const reads = Array.from({ length: 20 }, (_, i) => limited.get("/x", i === 10 ? { signal: controller.signal } : undefined));
    controller.abort();
    const results = await Promise.allSettled(reads);
    expect(most).toBe(3);
    expect(results.filter(({ status }) => status === "rejected")).toHaveLength(1);
    expect(() => withConcurrency(slow, 0)).toThrow("whole number from 1");
  });
});

describe("a URL as a file", () => {
  test("opening is one request; blocks are read once and neighbours together", async () => {
    const file = withBlocks(await urlAccess(`${server.url}big`), { blockSize: 1000 });
    expect(file.size).toBe(3_000_000);
    expect(await file.read(10, 20)).toEqual(big.slice(10, 30));
    expect(server.requests).toEqual(["GET /big bytes=0-65535"]);
    expect(await file.read(100_500, 3000)).toEqual(big.slice(100_500, 103_500));
    expect(await file.read(101_000, 100)).toEqual(big.slice(101_000, 101_100));
    expect(await file.read(2_999_990, 10)).toEqual(big.slice(2_999_990));
    expect(server.requests.slice(1)).toEqual(["GET /big bytes=100000-103999", "GET /big bytes=2999000-2999999"]);
    await expect(file.read(2_999_990, 11)).rejects.toThrow("lie outside of");
  });

  test("missing, empty and changed files", async () => {
    await expect(openRandomAccess(`${server.url}none`)).rejects.toThrow("is not there");
    expect((await openRandomAccess(`${server.url}empty`)).size).toBe(0);
    const file = await urlAccess(`${server.url}big`);
    server.fault = (_request, response) => {
      response.writeHead(206, { "content-range": "bytes 70000-70009/70010", "content-length": 10 }).end(big.subarray(0, 10));
      return true;
    };
    await expect(file.read(70_000, 10)).rejects.toThrow("has changed since it was opened");
  });
});
