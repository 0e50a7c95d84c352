/** A store over HTTP. */
import type { Store, StoreKey } from "./contract.ts";
import { withoutSecrets } from "./http-errors.ts";
import { fetchRange, fetchWhole, type RequestOptions } from "./http-request.ts";
import { checkedPath } from "./keys.ts";

/** Options of {@link httpStore}. */
export interface HttpOptions {
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** In place of the global `fetch`: to sign requests, to record them. */
  readonly fetch?: typeof fetch | undefined;
}

/**
 * The values below a URL. A query in the URL (a token) goes with every request. 404 is a missing key;
 * every other failure throws a StoreError that names URL and status, and what to look at.
 *
 * @example
 * ```ts
 * const store = withRetry(httpStore("https://example.org/air.zarr"));
 * ```
 */
export function httpStore(url: string | URL, options: HttpOptions = {}): Store {
  const base = new URL(url);
  if (!base.pathname.endsWith("/")) base.pathname += "/";
  const href = (key: StoreKey): string => {
    const target = new URL(base);
    target.pathname += checkedPath(key).split("/").map(encodeURIComponent).join("/");
    return target.href;
  };
  const request = (signal: AbortSignal | undefined): RequestOptions => ({ ...options, signal });
  return {
    url: withoutSecrets(base.href),
    get: (key, read) => fetchWhole(href(key), request(read?.signal)),
    getRange: async (key, range, read) => (await fetchRange(href(key), range, request(read?.signal)))?.bytes,
  };
}
