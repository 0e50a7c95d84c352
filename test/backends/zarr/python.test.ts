/** zarr-python and xarray read what is written here. Needs Python with zarr and xarray; skipped outside CI without it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { wholeBox } from "../../../src/array/box.ts";
import { NDArray } from "../../../src/array/ndarray.ts";
import type { GroupSpec, VariableSpec } from "../../../src/backends/contract.ts";
import { createZarr, openZarr } from "../../../src/backends/zarr/index.ts";
import type { AnyValues, DType } from "../../../src/dtypes/types.ts";
import { hasPython, runPython } from "../../support/python.ts";
import { jsonLike, valuesOf } from "./support.ts";

const READ = `
import json, sys, warnings
warnings.filterwarnings("ignore")
import numpy as np, xarray as xr
def plain(v):
    if isinstance(v, np.ndarray): return [plain(x) for x in v.ravel()]
    if isinstance(v, (list, tuple)): return [plain(x) for x in v]
    if isinstance(v, dict): return {k: plain(x) for k, x in v.items()}
    if isinstance(v, bytes): return {"b": v.decode("latin-1")}
    if isinstance(v, (bool, np.bool_)): return bool(v)
    if isinstance(v, (int, np.integer)): return int(v) if abs(int(v)) <= 2**53 - 1 else {"$": str(int(v))}
    if isinstance(v, (float, np.floating)): return float(v) if np.isfinite(v) else {"$": repr(float(v))}
    if isinstance(v, (complex, np.complexfloating)): return [plain(v.real), plain(v.imag)]
    return v if v is None else str(v)
out = {}
for consolidated in (True, False):
    ds = xr.open_zarr(sys.argv[1], consolidated=consolidated, chunks=None, decode_cf=False, group=sys.argv[2] if len(sys.argv) > 2 else None)
    out[str(consolidated)] = {"attrs": plain(ds.attrs), "vars": {k: {"dims": list(v.dims), "attrs": plain(v.attrs), "values": plain(np.asarray(v)), "types": {n: type(x).__name__ for n, x in v.attrs.items()}} for k, v in ds.variables.items()}}
assert json.dumps(out["True"]) == json.dumps(out["False"]) or sorted(out["True"]["vars"]) == sorted(out["False"]["vars"])
print(json.dumps(out["True"]))
`;

interface Read {
  attrs: Record<string, unknown>;
  vars: Record<string, { dims: string[]; attrs: Record<string, unknown>; values: unknown[]; types: Record<string, string> }>;
}

const folder = mkdtempSync(join(tmpdir(), "graticule-zarr-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const variables: Record<string, [DType, AnyValues, Record<string, unknown>?, Record<string, unknown>?]> = {
  bool: ["bool", Uint8Array.of(1, 0, 1)],
  i1: ["int8", Int8Array.of(-128, 0, 127)],
  i2: ["int16", Int16Array.of(-32768, 0, 1), {}, { _FillValue: -99 }],
  i4: ["int32", Int32Array.of(-5, 0, 1)],
  i8: ["bigint64", BigInt64Array.of(-(2n ** 63n), 0n, 2n ** 63n - 1n), {}, { _FillValue: -(2n ** 63n) }],
  u1: ["uint8", Uint8Array.of(255, 0, 1)],
  u8: ["biguint64", BigUint64Array.of(2n ** 64n - 1n, 0n, 1n)],
  f2: ["float16", Float32Array.of(0.5, Number.NaN, -65504)],
  f4: ["float32", Float32Array.of(0.5, Number.NaN, 3), { endian: "big" }, { _FillValue: Number.NaN, valid: [0, 1], note: "ü" }],
  f8: ["float64", Float64Array.of(0.1, Number.POSITIVE_INFINITY, 3)],
  c8: ["complex64", Float32Array.of(1, 2, Number.NaN, 4, 5, 6)],
  c16: ["complex128", Float64Array.of(1, 2, 3, 4, 5, 6)],
  text: ["string", ["", "Zürich", "日本"]],
  fixed: ["string", ["", "Zür", "日本"], { dtype: "<U3" }],
  s2: ["bytes", [Uint8Array.of(65, 66), Uint8Array.of(), Uint8Array.of(67)], { dtype: "S2" }],
  zlib: ["int32", Int32Array.of(1, 2, 3), { compressors: { id: "zlib", level: 1 } }],
  gzip: ["int32", Int32Array.of(1, 2, 3), { compressors: [{ name: "gzip", configuration: { level: 1 } }] }],
  blosc: ["float32", Float32Array.of(1, 2, 3), { compressors: { id: "blosc", cname: "zstd", shuffle: 2 } }],
  none: ["float32", Float32Array.of(1, 2, 3), { compressors: null }],
  delta: ["int32", Int32Array.of(1, 2, 3), { filters: [{ id: "delta", dtype: "<i4" }] }],
};

describe.skipIf(!hasPython).each([2, 3] as const)("Python reads Zarr v%i", (zarrFormat) => {
  test("dtypes, codecs and attributes", async () => {
    const path = join(folder, `types-${zarrFormat}.zarr`);
    const specs = new Map<string, VariableSpec>();
    for (const [name, [dtype, , encoding = {}, attrs = {}]] of Object.entries(variables))
      specs.set(name, {
        dims: ["x"],
        dtype,
        attrs: attrs as never,
        attrTypes: { valid: "float64" },
        encoding: { chunks: [2], ...encoding },
      });
    const scalar: VariableSpec = { dims: [], dtype: "float64", attrs: {}, encoding: {} };
    specs.set("scalar", scalar);
    specs.set("empty", { dims: ["none"], dtype: "int16", attrs: {}, encoding: {} });
    const attrs = { title: "t", n: 5, big: 2n ** 60n + 1n, x: 0.5, nan: Number.NaN, list: [1, 2], nested: { a: null } };
    const writer = await createZarr(
      path,
      {
        dims: new Map([
          ["x", { size: 3, unlimited: false }],
          ["none", { size: 0, unlimited: false }],
        ]),
        attrs,
        variables: specs,
      },
      { zarrFormat },
    );
    for (const [name, [dtype, values]] of Object.entries(variables))
      await writer.sink(name).write(Float64Array.of(0, 3), new NDArray(values, [3], dtype), {});
    await writer.sink("scalar").write(new Float64Array(0), new NDArray(Float64Array.of(2.5), [], "float64"), {});
    await writer.finish();
    const read = runPython(READ, path) as Read;
    expect(read.attrs).toEqual(jsonLike(attrs));
    expect(read.vars.scalar!.values).toEqual([2.5]);
    expect(read.vars.empty!.values).toEqual([]);
    for (const [name, [dtype, values, , own = {}]] of Object.entries(variables)) {
      const got = read.vars[name]!;
      const flat = dtype.startsWith("complex") ? got.values.flat() : got.values;
      expect(
        flat.map((v) => (typeof v === "boolean" ? Number(v) : v)),
        name,
      ).toEqual(Array.from(values as ArrayLike<unknown>, jsonLike));
      expect(got.attrs, name).toEqual(jsonLike(own));
      if (name === "f4") expect(got.types.valid).toBe("list");
    }
  });

  test("chunks at edges, shards, growth and groups", async () => {
    const path = join(folder, `layout-${zarrFormat}.zarr`);
    const spec = (n: number): GroupSpec => ({
      dims: new Map([
        ["t", { size: n, unlimited: false }],
        ["x", { size: 7, unlimited: false }],
      ]),
      attrs: {},
      variables: new Map([
        [
          "a",
          { dims: ["t", "x"], dtype: "float32", attrs: {}, encoding: { chunks: [2, 3], ...(zarrFormat === 3 ? { shards: [4, 6] } : {}) } },
        ],
        ["t", { dims: ["t"], dtype: "int64", attrs: { units: "days since 2000-01-01" }, encoding: {} }],
      ]),
    });
    const fill = (from: number, to: number): NDArray =>
      new NDArray(
        Float32Array.from({ length: 7 * (to - from) }, (_, i) => 7 * from + i),
        [to - from, 7],
        "float32",
      );
    const times = (from: number, to: number): NDArray =>
      new NDArray(
        Float64Array.from({ length: to - from }, (_, i) => from + i),
        [to - from],
        "int64",
      );
    const first = await createZarr(path, spec(5), { zarrFormat });
    await first.sink("a").write(wholeBox([5, 7]), fill(0, 5), {});
    await first.sink("t").write(wholeBox([5]), times(0, 5), {});
    await first.finish();
    const second = await createZarr(path, spec(9), { mode: "update" });
    await second.sink("a").write(Float64Array.of(5, 9, 0, 7), fill(5, 9), {});
    await second.sink("t").write(Float64Array.of(5, 9), times(5, 9), {});
    await second.finish();
    const third = await createZarr(path, spec(3), { group: "sub/deep" });
    await third.sink("a").write(wholeBox([3, 7]), fill(0, 3), {});
    await third.finish();
    const read = runPython(READ, path) as Read;
    expect(read.vars.a).toMatchObject({ dims: ["t", "x"], values: Array.from({ length: 63 }, (_, i) => i) });
    expect(read.vars.t!.values).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect((runPython(READ, path, "sub/deep") as Read).vars.a!.values).toHaveLength(21);
  });

  test("and what Python appends to it is read here", async () => {
    const path = join(folder, `append-${zarrFormat}.zarr`);
    const writer = await createZarr(
      path,
      {
        dims: new Map([["x", { size: 3, unlimited: false }]]),
        attrs: {},
        variables: new Map([["a", { dims: ["x"], dtype: "float64", attrs: { _FillValue: -1 }, encoding: { chunks: [2] } }]]),
      },
      { zarrFormat },
    );
    await writer.sink("a").write(Float64Array.of(0, 3), new NDArray(Float64Array.of(1, 2, 3), [3], "float64"), {});
    await writer.finish();
    runPython(
      `
import sys, xarray as xr, numpy as np
xr.Dataset({"a": ("x", np.array([4.0, np.nan]))}).to_zarr(sys.argv[1], append_dim="x", safe_chunks=False)
print("null")
`,
      path,
    );
    const root = await openZarr(path);
    expect(await valuesOf(root, "a")).toEqual([1, 2, 3, 4, -1]);
    await root.close();
  });
});
