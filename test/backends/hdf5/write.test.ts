import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { wholeBox } from "../../../src/array/box.ts";
import { NDArray } from "../../../src/array/ndarray.ts";
import type { GroupSpec, RawDimension, VariableSpec } from "../../../src/backends/contract.ts";
import { createNetcdf4, openHdf5 } from "../../../src/backends/hdf5/index.ts";
import type { DType } from "../../../src/dtypes/types.ts";
import { hasPython, runPython } from "../../support/python.ts";
import { readAll, shapeOf } from "../raw.ts";

const dims = (d: Record<string, RawDimension | number>): Map<string, RawDimension> =>
  new Map(Object.entries(d).map(([k, v]) => [k, typeof v === "number" ? { size: v, unlimited: false } : v]));
const variable = (dimNames: string[], dtype: DType, more: Partial<VariableSpec> = {}): VariableSpec => ({
  dims: dimNames,
  dtype,
  attrs: {},
  encoding: {},
  ...more,
});
const chars = (text: string): Uint8Array[] => Array.from(new TextEncoder().encode(text), (b) => Uint8Array.of(b));
const range = (n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => i);

const blocks: Record<string, NDArray> = {
  "/time": new NDArray(Float64Array.of(1, 2, 3), [3], "float64"),
  "/lat": new NDArray(Float32Array.of(10, 20), [2], "float32"),
  "/temp": new NDArray(
    Int16Array.from({ length: 24 }, (_, i) => i * 3),
    [3, 2, 4],
    "int16",
  ),
  "/big": new NDArray(BigInt64Array.of(2n ** 62n, -1n, 0n), [3], "bigint64"),
  "/whole": new NDArray(Float64Array.of(2 ** 52, -5), [2], "int64"),
  "/flag": new NDArray(Uint8Array.of(1, 0), [2], "bool"),
  "/text": new NDArray(["eins", "zwei ü"], [2], "string"),
  "/word": new NDArray([...chars("abc"), ...chars("d\0\0")], [2, 3], "bytes"),
  "/scalar": new NDArray(Float64Array.of(42), [], "float64"),
  "/label": new NDArray(["hello"], [], "string"),
  "/lon": new NDArray(range(8), [2, 4], "float64"),
  "/ocean/depth": new NDArray(Float32Array.of(0, 5), [2], "float32"),
  "/ocean/salt": new NDArray(Float32Array.from(range(12)), [3, 2, 2], "float32"),
  "/ocean/deep/note": new NDArray(Uint32Array.of(7, 8, 9), [3], "uint32"),
};
const many = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`a${i}`, i % 2 ? `value ${i}` : i]));
const spec: GroupSpec = {
  dims: dims({ time: { size: 3, unlimited: true }, lat: 2, lon: 4, string3: 3 }),
  attrs: { title: "plain", unicode: "grüße", version: 3, ratio: 0.5, list: [1, 2], names: ["a", "bü"], big: 2n ** 60n, empty: "" },
  attrTypes: { ratio: "float32", version: "int32" },
  variables: new Map([
    ["time", variable(["time"], "float64", { attrs: { units: "days since 2000-01-01" } })],
    ["lat", variable(["lat"], "float32")],
    [
      "temp",
      variable(["time", "lat", "lon"], "int16", {
        attrs: { _FillValue: -999, scale_factor: 0.5, ...many },
        encoding: { zlib: true, complevel: 5, chunksizes: [1, 2, 3], shuffle: true },
      }),
    ],
    ["big", variable(["time"], "bigint64")],
    ["whole", variable(["lat"], "int64")],
    ["flag", variable(["lat"], "bool")],
    ["text", variable(["lat"], "string", { attrs: { _FillValue: "none" } })],
    ["word", variable(["lat", "string3"], "bytes")],
    ["scalar", variable([], "float64")],
    ["label", variable([], "string")],
    ["lon", variable(["lat", "lon"], "float64")],
  ]),
  groups: new Map([
    [
      "ocean",
      {
        dims: dims({ depth: 2 }),
        attrs: { note: "below" },
        variables: new Map([
          ["depth", variable(["depth"], "float32")],
          ["salt", variable(["time", "depth", "lat"], "float32", { encoding: { zlib: true } })],
        ]),
        groups: new Map([["deep", { dims: dims({}), attrs: {}, variables: new Map([["note", variable(["time"], "uint32")]]) }]]),
      },
    ],
  ]),
};

async function writeAll(path: string | undefined): Promise<Uint8Array | undefined> {
  const writer = await createNetcdf4(path, spec);
  for (const [name, block] of Object.entries(blocks)) await writer.sink(name).write(wholeBox(block.shape), block, {});
  return writer.finish();
}

test("what is written reads back, from memory and from a path", async () => {
  const folder = await mkdtemp(join(tmpdir(), "graticule-"));
  const path = join(folder, "a.nc");
  const bytes = await writeAll(undefined);
  expect(await writeAll(path)).toBeUndefined();
  for (const target of [bytes!, path]) {
    const root = await openHdf5(target);
    expect(root.attrs).toEqual(spec.attrs);
    expect(root.attrTypes).toMatchObject({ ratio: "float32", version: "int32", big: "int64", list: "int64" });
    expect([...root.dims]).toEqual([...spec.dims]);
    for (const [name, block] of Object.entries(blocks)) {
      const parts = name.split("/");
      const group = parts.length > 2 ? await root.group(parts.slice(1, -1).join("/")) : root;
      const got = group.variables.get(parts.at(-1)!)!;
      expect(
        Array.from(await readAll(got), (v) => (typeof v === "bigint" && block.dtype !== "bigint64" ? Number(v) : v)),
        name,
      ).toEqual(Array.from(block.data as ArrayLike<unknown>));
    }
    const temp = root.variables.get("temp")!;
    expect(temp.attrs).toEqual({ _FillValue: -999, scale_factor: 0.5, ...many });
    expect(temp.encoding).toMatchObject({ zlib: true, complevel: 5, chunksizes: [1, 2, 3], contiguous: false });
    expect(root.variables.get("lon")!.dims).toEqual(["lat", "lon"]);
    await root.close();
  }
  expect(await readdir(folder)).toEqual(["a.nc"]);
  await rm(folder, { recursive: true });
});

test("slabs may come in any order", async () => {
  const writer = await createNetcdf4(undefined, {
    dims: dims({ y: 7, x: 5 }),
    attrs: {},
    variables: new Map([["a", variable(["y", "x"], "float64", { encoding: { zlib: true, chunksizes: [3, 2] } })]]),
  });
  const sink = writer.sink("a");
  expect(sink.grid.map((axis) => [axis.n, axis.size])).toEqual([
    [3, 3],
    [3, 2],
  ]);
  const all = range(35);
  for (const [y0, y1, x0, x1] of [
    [3, 6, 2, 5],
    [6, 7, 0, 5],
    [0, 3, 0, 5],
    [3, 6, 0, 2],
  ] as const) {
    await sink.write(Float64Array.of(y0, y1, x0, x1), new NDArray(all, [y1 - y0, x1 - x0], "float64", [5, 1], y0 * 5 + x0), {});
  }
  const root = await openHdf5((await writer.finish())!);
  expect(shapeOf(root.variables.get("a")!)).toEqual([7, 5]);
  expect(Array.from(await readAll(root.variables.get("a")!))).toEqual([...all]);
  await root.close();
});

describe("what cannot be written says so", () => {
  const one = (v: VariableSpec): GroupSpec => ({ dims: dims({ x: 2 }), attrs: {}, variables: new Map([["v", v]]) });
  test("dtypes, dimensions, names, attributes", async () => {
    await expect(createNetcdf4(undefined, one(variable(["x"], "complex64")))).rejects.toThrow(/dtype complex64/);
    await expect(createNetcdf4(undefined, one(variable(["y"], "int8")))).rejects.toThrow(/unknown dimension "y"/);
    await expect(createNetcdf4(undefined, one(variable(["x"], "int8", { attrs: { CLASS: "a" } })))).rejects.toThrow(/keeps for itself/);
    await expect(createNetcdf4(undefined, one(variable(["x"], "int8", { attrs: { none: null } })))).rejects.toThrow(/is null/);
    await expect(createNetcdf4(undefined, one(variable(["x"], "int8", { encoding: { compression: "zstd" } })))).rejects.toThrow(
      /possible here is "zlib"/,
    );
    await expect(createNetcdf4("/nowhere/at/all.nc", spec)).rejects.toMatchObject({ tag: "StoreError" });
    const writer = await createNetcdf4(undefined, one(variable(["x"], "string")));
    await expect(writer.sink("v").write(Float64Array.of(0, 2), new NDArray(["a\0b", ""], [2], "string"), {})).rejects.toThrow(
      /NUL character/,
    );
    await writer.abort();
  });

  test("giving up leaves the old file", async () => {
    const folder = await mkdtemp(join(tmpdir(), "graticule-"));
    const path = join(folder, "a.nc");
    await writeAll(path);
    const before = await readFile(path);
    const writer = await createNetcdf4(path, spec);
    await writer.abort();
    expect(await readFile(path)).toEqual(before);
    expect(await readdir(folder)).toEqual(["a.nc"]);
    await rm(folder, { recursive: true });
  });
});

const script = `
import sys, json, netCDF4, numpy as np, xarray as xr
def group(g, path, out):
    out[path + "@"] = {a: np.asarray(g.getncattr(a)).tolist() for a in g.ncattrs()}
    out[path + "#"] = {k: [len(d), d.isunlimited()] for k, d in g.dimensions.items()}
    for k, v in g.variables.items():
        data = np.asarray(v[...])
        out[path + k] = {"dims": list(v.dimensions), "dtype": str(v.dtype), "values": [x.decode() if isinstance(x, bytes) else x for x in data.ravel().tolist()], "attrs": {a: np.asarray(v.getncattr(a)).tolist() for a in v.ncattrs()}, "filters": v.filters()}
    for k, c in g.groups.items():
        group(c, path + k + "/", out)
    return out
with netCDF4.Dataset(sys.argv[1]) as ds:
    ds.set_auto_maskandscale(False)
    ds.set_auto_chartostring(False)
    out = group(ds, "/", {})
with netCDF4.Dataset(sys.argv[1], "a") as ds:
    ds["time"][3] = 4
    ds.renamed = "changed"
with xr.open_datatree(sys.argv[1], engine="netcdf4", decode_times=False) as tree:
    out["xarray"] = {k: list(v.dims) for k, v in tree.to_dataset().variables.items()}
    out["below"] = float(tree["/ocean/salt"].isel(time=slice(0, 3)).sum())
    out["grown"] = tree.sizes["time"]
print(json.dumps(out))
`;

test.skipIf(!hasPython)("Python reads, extends and opens in xarray what is written (needs Python with netCDF4 and xarray)", async () => {
  const folder = await mkdtemp(join(tmpdir(), "graticule-"));
  const path = join(folder, "a.nc");
  await writeAll(path);
  const got = runPython(script, path) as Record<string, any>;
  expect(got["/@"]).toEqual({ ...spec.attrs, big: Number(2n ** 60n) });
  expect(got["/#"]).toEqual({ time: [3, true], lat: [2, false], lon: [4, false], string3: [3, false] });
  for (const [name, block] of Object.entries(blocks)) {
    const want = Array.from(block.data as ArrayLike<unknown>, (v) =>
      v instanceof Uint8Array ? String.fromCharCode(...v).replaceAll("\0", "") : typeof v === "bigint" ? Number(v) : v,
    );
    expect(got[name].values, name).toEqual(want);
  }
  expect(got["/temp"]).toMatchObject({
    dims: ["time", "lat", "lon"],
    dtype: "int16",
    attrs: { _FillValue: -999, scale_factor: 0.5 },
    filters: { zlib: true, complevel: 5 },
  });
  expect(got["/lon"].dims).toEqual(["lat", "lon"]);
  expect(got["/ocean/salt"].dims).toEqual(["time", "depth", "lat"]);
  expect(got["/flag"]).toMatchObject({ dtype: "int8", attrs: { dtype: "bool" } });
  expect(got.xarray.temp).toEqual(["time", "lat", "lon"]);
  expect(got.below).toBe(66);
  expect(got.grown).toBe(4);
  await rm(folder, { recursive: true });
});
