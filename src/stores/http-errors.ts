/** What to say when a request fails: the URL, the status, and what to look at. */
import { StoreError } from "../errors.ts";

const advice: Readonly<Record<number, string>> = {
  401: "the server wants credentials: pass headers, or a fetch that signs",
  403: "the server refuses: the object may be private, need signing, or (on S3) not exist",
  405: "the server does not allow this method for the URL",
  407: "a proxy wants credentials",
  416: "the server says the range lies outside of the value, which may have changed",
  429: "the server is asked too often: use withRetry and withConcurrency",
};

/** The error of an answer that is none of those expected. */
export function statusError(url: string, response: Response): StoreError {
  const { status, statusText } = response;
  const hint = advice[status] ?? (status >= 500 ? "the server failed; trying again later may help (withRetry)" : "look at the URL");
  const retryAfter = response.headers.get("retry-after");
  return new StoreError(`${withoutSecrets(url)} answered ${status}${statusText ? ` ${statusText}` : ""}: ${hint}`, {
    url: withoutSecrets(url),
    status,
    ...(retryAfter !== null && { retryAfter }),
  });
}

/** The error of a request that got no answer. */
export function networkError(url: string, cause: unknown): StoreError {
  const inBrowser = typeof window !== "undefined" || typeof (globalThis as { importScripts?: unknown }).importScripts === "function";
  const hint = inBrowser
    ? "the server is not reachable, or it does not allow this page to read it: look at the network tab, and whether the answer has Access-Control-Allow-Origin (and allows the Range header) for this origin"
    : "the server is not reachable: look at the name, the network and the proxy";
  const reason = cause instanceof Error ? ((cause.cause as Error | undefined)?.message ?? cause.message) : String(cause);
  return new StoreError(
    `${withoutSecrets(url)} could not be fetched (${reason}): ${hint}`,
    { url: withoutSecrets(url), network: true },
    { cause },
  );
}

/** The URL without user name, password and query, which may hold signatures. */
export function withoutSecrets(url: string): string {
  try {
    const parsed = new URL(url);
    parsed.username = "";
    parsed.password = "";
    parsed.search = "";
    return parsed.href;
  } catch {
    return url;
  }
}
