/**
 * Requests for whole values and ranges that give exactly the bytes asked for, or throw.
 *
 * Ranges are verified against status 206, Content-Range and the length of the body; a server that
 * ignores Range is noticed, and its answer is cut to the range only when it is small.
 */
import { StoreError } from "../errors.ts";
import type { ByteRange } from "./contract.ts";
import { networkError, statusError, withoutSecrets } from "./http-errors.ts";
import { checkRange, isAbort, resolveRange } from "./keys.ts";

/** How requests are made. */
export interface RequestOptions {
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** In place of the global `fetch`: to sign, to record. */
  readonly fetch?: typeof fetch | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A body up to this size is taken from a server that ignores Range. */
const SMALL = 1 << 20;

/** A part of a value, and the size of the whole where the server says it. */
export interface Part {
  readonly bytes: Uint8Array;
  readonly size: number | undefined;
}

/** Fetch a whole value; undefined where there is none (404). */
export async function fetchWhole(url: string, options: RequestOptions): Promise<Uint8Array | undefined> {
  const response = await request(url, options, {});
  if (isMissing(response)) return discard(response);
  if (response.status !== 200) return fail(url, response);
  return body(url, response, options.signal);
}

/** Fetch a range, cut at the value's end; undefined where there is no value. */
export async function fetchRange(url: string, range: ByteRange, options: RequestOptions): Promise<Part | undefined> {
  checkRange(range);
  const empty = "suffixLength" in range ? range.suffixLength === 0 : range.length === 0;
  // There is no header for zero bytes: ask for one, to know whether the value is there.
  const header = empty
    ? "bytes=0-0"
    : "suffixLength" in range
      ? `bytes=-${range.suffixLength}`
      : `bytes=${range.offset}-${range.offset + range.length - 1}`;
  const response = await request(url, options, { range: header });
  if (isMissing(response)) return discard(response);
  if (response.status === 416) return outside(url, response, range);
  if (response.status === 200) return ignoredRange(url, response, range, options.signal);
  if (response.status !== 206) return fail(url, response);
  const stated = contentRange(url, response);
  const bytes = await body(url, response, options.signal, stated && stated.end - stated.start + 1);
  if (empty) return { bytes: new Uint8Array(0), size: stated?.size };
  const size = stated?.size;
  const most = "suffixLength" in range ? range.suffixLength : range.length;
  // Browsers hide Content-Range of other origins that do not expose it: then only the length can be verified.
  if (stated === undefined && bytes.length <= most) return { bytes, size };
  const end = stated === undefined ? bytes.length : stated.end + 1;
  const wanted = resolveRange(range, size ?? ("suffixLength" in range ? end : Number.MAX_SAFE_INTEGER));
  if (stated?.start === wanted.offset && bytes.length === wanted.length) return { bytes, size };
  throw new StoreError(
    `${withoutSecrets(url)} was asked for ${header} and gave ${stated ? `bytes ${stated.start}–${stated.end} of ${size ?? "?"}` : `${bytes.length} bytes`}`,
    { url: withoutSecrets(url), range, got: bytes.length },
  );
}

/** The size of a value by HEAD; undefined where there is none, null where the server does not say. */
export async function fetchSize(url: string, options: RequestOptions): Promise<number | null | undefined> {
  const response = await request(url, options, {}, "HEAD");
  if (isMissing(response)) return undefined;
  const length = response.headers.get("content-length");
  return response.status === 200 && length !== null && isIdentity(response) ? Number(length) : null;
}

async function request(url: string, options: RequestOptions, headers: Record<string, string>, method = "GET"): Promise<Response> {
  const send = options.fetch ?? globalThis.fetch;
  const { href, authorization } = withoutLogin(url);
  try {
    return await send(href, {
      method,
      headers: { ...authorization, ...options.headers, ...headers },
      ...(options.signal && { signal: options.signal }),
    });
  } catch (cause) {
    if (isAbort(cause) || options.signal?.aborted) throw options.signal?.reason ?? cause;
    throw networkError(url, cause);
  }
}

/** User name and password of a URL as a header: `fetch` refuses them in the URL itself. */
function withoutLogin(url: string): { href: string; authorization: Record<string, string> } {
  const parsed = new URL(url);
  if (parsed.username === "" && parsed.password === "") return { href: url, authorization: {} };
  const login = new TextEncoder().encode(`${decodeURIComponent(parsed.username)}:${decodeURIComponent(parsed.password)}`);
  parsed.username = "";
  parsed.password = "";
  return { href: parsed.href, authorization: { authorization: `Basic ${btoa(String.fromCharCode(...login))}` } };
}

function isMissing(response: Response): boolean {
  return response.status === 404 || response.status === 410;
}

/** Let go of a body nobody reads, so that its connection can be used again. */
async function discard(response: Response): Promise<undefined> {
  await response.body?.cancel().catch(() => undefined);
}

async function fail(url: string, response: Response): Promise<never> {
  await discard(response);
  throw statusError(url, response);
}

/** Read a body and compare its length with what the headers promise. */
async function body(url: string, response: Response, signal: AbortSignal | undefined, length?: number): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    if (isAbort(cause) || signal?.aborted) throw signal?.reason ?? cause;
    throw networkError(url, cause);
  }
  const stated = response.headers.get("content-length");
  const expected = length ?? (stated !== null && isIdentity(response) ? Number(stated) : undefined);
  if (expected === undefined || bytes.length === expected) return bytes;
  throw new StoreError(`${withoutSecrets(url)} gave ${bytes.length} bytes where it promised ${expected}: the answer was cut short`, {
    url: withoutSecrets(url),
    got: bytes.length,
    expected,
    network: true,
  });
}

/** Whether the body is as it was sent: `fetch` unpacks others, and their length is another. */
function isIdentity(response: Response): boolean {
  const encoding = response.headers.get("content-encoding");
  return encoding === null || encoding === "identity";
}

function contentRange(url: string, response: Response): { start: number; end: number; size: number | undefined } | undefined {
  const header = response.headers.get("content-range");
  if (header === null) return undefined;
  const match = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(header);
  if (match)
    return {
      start: Number(match[1]),
      end: Number(match[2]),
      size: match[3] === "*" ? undefined : Number(match[3]),
    };
  throw new StoreError(`${withoutSecrets(url)} answered with the Content-Range ${JSON.stringify(header)}, which says no range of bytes`, {
    url: withoutSecrets(url),
  });
}

/** 416: nothing lies in the range. That is an empty part when the size shows it, else an error. */
async function outside(url: string, response: Response, range: ByteRange): Promise<Part> {
  const size = /^bytes \*\/(\d+)$/.exec(response.headers.get("content-range") ?? "")?.[1];
  const beyond = size !== undefined && ("suffixLength" in range ? Number(size) === 0 : range.offset >= Number(size) || range.length === 0);
  if (!beyond) return fail(url, response);
  await discard(response);
  return { bytes: new Uint8Array(0), size: Number(size) };
}

/** The server ignored Range: take the range out of a body that is small or wholly wanted, refuse others unread. */
async function ignoredRange(url: string, response: Response, range: ByteRange, signal: AbortSignal | undefined): Promise<Part> {
  const stated = response.headers.get("content-length");
  const size = stated === null || !isIdentity(response) ? undefined : Number(stated);
  const wanted = size === undefined ? undefined : resolveRange(range, size).length;
  if (size === undefined || (size > SMALL && wanted !== size)) {
    await discard(response);
    throw new StoreError(
      `${withoutSecrets(url)} ignores Range: asked for a part, it sends ${size === undefined ? "a body of unknown size" : `all ${size} bytes`}; serve it from a server that answers 206, or read the whole value`,
      { url: withoutSecrets(url), status: 200, size },
    );
  }
  const bytes = await body(url, response, signal);
  const { offset, length } = resolveRange(range, bytes.length);
  return { bytes: bytes.slice(offset, offset + length), size: bytes.length };
}
