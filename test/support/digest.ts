/** Datasets as JSON, the same from Python's xarray and from here: dims, dtypes, attributes, values as digests. */
import { createHash } from "node:crypto";
import type { Dataset } from "../../src/index.ts";

/** One variable of a digest. */
export interface DigestVariable {
  readonly dims: readonly string[];
  readonly dtype: string;
  readonly coord: boolean;
  readonly attrs: Readonly<Record<string, unknown>>;
  /** Of the values: little-endian bytes, float64 for times (milliseconds), one NaN for all, JSON for text. */
  readonly sha256: string;
  /** The first values, to be seen where the digests differ. */
  readonly head: readonly unknown[];
}
/** A dataset's variables and attributes. */
export interface DatasetDigest {
  readonly variables: Readonly<Record<string, DigestVariable>>;
  readonly attrs: Readonly<Record<string, unknown>>;
}

/** Defines `digest(ds)`, which gives a {@link DatasetDigest} of a dataset in Python. */
export const DIGEST_PY = `
import hashlib, json, math, sys
import numpy as np, xarray as xr, cftime
NAMES = {"noleap": "noleap", "365_day": "noleap", "360_day": "360_day", "julian": "julian", "all_leap": "all_leap", "366_day": "all_leap", "standard": "standard", "gregorian": "standard"}
def plain(v):
    if isinstance(v, np.ndarray): return [plain(x) for x in v.tolist()] if v.size != 1 else plain(v.item())
    if isinstance(v, (np.bool_, bool)): return bool(v)
    if isinstance(v, (np.integer, int)): return int(v)
    if isinstance(v, (np.floating, float)):
        f = float(v)
        return f if math.isfinite(f) else str(f)
    if isinstance(v, (list, tuple)): return [plain(x) for x in v] if len(v) != 1 else plain(v[0])
    if isinstance(v, bytes): return v.decode("latin1")
    return v if v is None else str(v)
def values(v):
    a = v.values
    if a.dtype.kind == "M":
        us = a.astype("M8[us]").astype("int64")
        out = us / 1000.0
        out[np.isnat(a)] = np.nan
        return "datetime64", out
    if a.dtype.kind == "m":
        us = a.astype("m8[us]").astype("int64")
        out = us / 1000.0
        out[np.isnat(a)] = np.nan
        return "timedelta64", out
    if a.dtype.kind == "O" and a.size and isinstance(a.flat[0], cftime.datetime):
        us = cftime.date2num(a, "microseconds since 1970-01-01", a.flat[0].calendar)
        return f"datetime64[{NAMES[a.flat[0].calendar]}]", np.asarray(us, "float64") / 1000.0
    if a.dtype.kind in "UOT": return "string", [None if x is None or x != x else str(x) for x in a.ravel()]
    if a.dtype.kind == "S": return "bytes", [x.decode("latin1") for x in a.ravel()]
    if a.dtype.kind in "iu" and a.dtype.itemsize == 8: return a.dtype.name, a.astype("float64")
    return a.dtype.name, np.ascontiguousarray(a, a.dtype.newbyteorder("<"))
def digest_values(x):
    if isinstance(x, list): return hashlib.sha256(json.dumps(x, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest(), x[:4]
    x = np.asarray(x)
    if x.dtype.kind == "f":
        x = x.copy() if x.ndim else x.reshape(1).copy()
        if x.dtype == np.float16: x = x.astype("float32")
        x[np.isnan(x)] = np.nan
        x[x == 0] = 0.0
    return hashlib.sha256(np.ascontiguousarray(x).tobytes()).hexdigest(), [plain(y) for y in (x.astype('u1') if x.dtype == bool else x).ravel()[:4]]
def digest(ds):
    out = {}
    for name, v in ds.variables.items():
        dtype, x = values(v)
        sha, head = digest_values(x)
        out[name] = {"dims": list(v.dims), "dtype": dtype, "coord": name in ds.coords, "attrs": {k: plain(a) for k, a in v.attrs.items()}, "sha256": sha, "head": head}
    return {"variables": out, "attrs": {k: plain(a) for k, a in ds.attrs.items()}}
`;

function plain(v: unknown): unknown {
  if (typeof v === "bigint") return Number(v);
  if (typeof v === "number") return Number.isFinite(v) ? v + 0 : Number.isNaN(v) ? "nan" : v > 0 ? "inf" : "-inf";
  if (Array.isArray(v)) return v.length === 1 ? plain(v[0]) : v.map(plain);
  if (v instanceof Uint8Array) return String.fromCharCode(...v);
  return v ?? null;
}

function hash(values: any): string {
  const sha = createHash("sha256");
  if (Array.isArray(values)) return sha.update(JSON.stringify(values.map(plain))).digest("hex");
  let bytes = values;
  if (values instanceof Float64Array || values instanceof Float32Array) {
    bytes = values.slice();
    for (let i = 0; i < bytes.length; i++)
      if (bytes[i] !== bytes[i]) bytes[i] = Number.NaN;
      else if (bytes[i] === 0) bytes[i] = 0;
  }
  return sha.update(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)).digest("hex");
}

/** The digest of a dataset in memory. */
export function digest(ds: Dataset<any>): DatasetDigest {
  const variables: Record<string, DigestVariable> = {};
  for (const [name, v] of ds.variables) {
    const values = v.values as any;
    const head = Array.from(Array.prototype.slice.call(values, 0, 4), plain);
    const attrs = Object.fromEntries(Object.entries(v.attrs).map(([key, a]) => [key, plain(a)]));
    variables[name] = { dims: v.dims as string[], dtype: v.dtype, coord: ds.coords.has(name), attrs, sha256: hash(values), head };
  }
  return { variables, attrs: Object.fromEntries(Object.entries(ds.attrs).map(([key, a]) => [key, plain(a)])) };
}
