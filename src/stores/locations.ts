/** What a string can name: URLs by scheme, and paths. */
import { ArgumentError, UnsupportedError } from "../errors.ts";
import { unknownName } from "../util/suggest.ts";
import { requireNode } from "./directory.ts";

/** A place: over HTTP, or in the file system. */
export type Location = { readonly kind: "http"; readonly url: URL } | { readonly kind: "file"; readonly path: string };

/** How schemes become places. Public buckets are plain HTTPS. */
const schemes: Readonly<Record<string, (url: URL, endpoint: string | undefined) => Location | Promise<Location>>> = {
  "http:": (url) => ({ kind: "http", url }),
  "https:": (url) => ({ kind: "http", url }),
  "file:": async (url) => ({ kind: "file", path: await pathOf(url) }),
  "s3:": (url, endpoint) => ({ kind: "http", url: s3Url(url, endpoint) }),
  "gs:": (url, endpoint) => ({
    kind: "http",
    url: bucketUrl(url, endpoint ?? "https://storage.googleapis.com"),
  }),
  "gcs:": (url, endpoint) => ({
    kind: "http",
    url: bucketUrl(url, endpoint ?? "https://storage.googleapis.com"),
  }),
};

/** Whether a string begins with a scheme. A single letter is a drive of Windows. */
export function hasScheme(text: string): boolean {
  return /^[a-zA-Z][a-zA-Z0-9+.-]+:/.test(text);
}

/**
 * The place a path or URL names. `endpoint` is the server of `s3:` and `gs:` buckets where it is not the
 * usual one (an own object store).
 *
 * @throws UnsupportedError for schemes that are not known
 */
export async function locate(target: string | URL, endpoint?: string): Promise<Location> {
  const text = String(target);
  if (text === "") throw new ArgumentError("an empty string names nothing; give a path or a URL", {});
  if (!hasScheme(text)) return { kind: "file", path: text };
  let url: URL;
  try {
    url = new URL(text);
  } catch (cause) {
    throw new ArgumentError(`${JSON.stringify(text)} is no URL`, { url: text }, { cause });
  }
  if (Object.hasOwn(schemes, url.protocol)) return schemes[url.protocol]!(url, endpoint);
  throw new UnsupportedError(`${unknownName("scheme", url.protocol, Object.keys(schemes))} in ${text}`, {
    url: text,
  });
}

async function pathOf(url: URL): Promise<string> {
  requireNode(url.href);
  const { fileURLToPath } = await import("node:url");
  return fileURLToPath(url);
}

/** A bucket's own host, or a path below the endpoint where its name has dots (certificates do not cover those). */
function s3Url(url: URL, endpoint: string | undefined): URL {
  if (endpoint !== undefined) return bucketUrl(url, endpoint);
  if (url.host.includes(".")) return bucketUrl(url, "https://s3.amazonaws.com");
  return new URL(`https://${url.host}.s3.amazonaws.com${url.pathname}${url.search}`);
}

function bucketUrl(url: URL, endpoint: string): URL {
  if (url.host === "")
    throw new ArgumentError(`${url.href} names no bucket; it must be like ${url.protocol}//bucket/path`, {
      url: url.href,
    });
  return new URL(`${endpoint.replace(/\/$/, "")}/${url.host}${url.pathname}${url.search}`);
}
