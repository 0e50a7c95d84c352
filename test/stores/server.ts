/** A small HTTP server over a Map, with faults to order. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a request gets in place of the value. Gives whether it answered. */
export type Fault = (request: IncomingMessage, response: ServerResponse, bytes: Uint8Array | undefined) => boolean;

export interface TestServer {
  readonly url: string;
  readonly requests: string[];
  fault: Fault | undefined;
  close(): Promise<void>;
}

/** Serve `files` by path, with ranges. */
export async function serve(files: ReadonlyMap<string, Uint8Array>): Promise<TestServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url!, "http://x").pathname);
    const bytes = files.get(path);
    requests.push(`${request.method} ${request.url} ${request.headers.range ?? ""}`.trim());
    if (result.fault?.(request, response, bytes)) return;
    if (bytes === undefined) {
      response.writeHead(404).end("missing");
      return;
    }
    const range = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? "");
    if (!range) {
      response.writeHead(200, { "content-length": bytes.length }).end(request.method === "HEAD" ? undefined : bytes);
      return;
    }
    const start = range[1] === "" ? Math.max(0, bytes.length - Number(range[2])) : Number(range[1]);
    const end = range[1] === "" || range[2] === "" ? bytes.length : Math.min(bytes.length, Number(range[2]) + 1);
    if (start >= bytes.length) response.writeHead(416, { "content-range": `bytes */${bytes.length}` }).end();
    else
      response
        .writeHead(206, {
          "content-range": `bytes ${start}-${end - 1}/${bytes.length}`,
          "content-length": end - start,
        })
        .end(bytes.subarray(start, end));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const result: TestServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests,
    fault: undefined,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return result;
}
