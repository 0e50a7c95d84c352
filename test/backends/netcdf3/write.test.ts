import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { wholeBox } from "../../../src/array/box.ts";
import { NDArray } from "../../../src/array/ndarray.ts";
import type { GroupSpec, RawDimension, VariableSpec } from "../../../src/backends/contract.ts";
import { type ClassicFormat, createNetcdf3, openNetcdf3 } from "../../../src/backends/netcdf3/index.ts";
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
const bytesOf = (text: string): Uint8Array[] => Array.from(new TextEncoder().encode(text), (b) => Uint8Array.of(b));

const values: Record<string, NDArray> = {
  time: new NDArray(Float64Array.of(1, 2, 3), [3], "float64"),
  x: new NDArray(Float32Array.of(0.5, 1.5), [2], "float32"),
  temp: new NDArray(
    Int16Array.from({ length: 6 }, (_, i) => i * 100),
    [3, 2],
    "int16",
  ),
  byte: new NDArray(Int8Array.of(-1, 0, 1), [3], "int8"),
  whole: new NDArray(Float64Array.of(7, -2147483648), [2], "int64"),
  flag: new NDArray(Uint8Array.of(1, 0), [2], "bool"),
  word: new NDArray([...bytesOf("abc"), ...bytesOf("d\0\0")], [2, 3], "bytes"),
  scalar: new NDArray(Float64Array.of(42), [], "float64"),
};
const spec: GroupSpec = {
  dims: dims({ time: { size: 3, unlimited: true }, x: 2, string3: 3 }),
  attrs: { title: "written ü", version: 3, ratio: 0.5, list: [1, 2], empty: "" },
  attrTypes: { ratio: "float32" },
  variables: new Map([
    ["time", variable(["time"], "float64", { attrs: { units: "days since 2000-01-01" } })],
    ["x", variable(["x"], "float32")],
    ["temp", variable(["time", "x"], "int16", { attrs: { _FillValue: -999, scale_factor: 0.5 } })],
    ["byte", variable(["time"], "int8")],
    ["whole", variable(["x"], "int64")],
    ["flag", variable(["x"], "bool")],
    ["word", variable(["x", "string3"], "bytes")],
    ["scalar", variable([], "float64")],
  ]),
};

async function writeAll(path: string | undefined, format?: ClassicFormat): Promise<Uint8Array | undefined> {
  const writer = await createNetcdf3(path, spec, { format });
  for (const [name, block] of Object.entries(values)) await writer.sink(name).write(wholeBox(block.shape), block, {});
  return writer.finish();
}

describe("what is written reads back", () => {
  for (const format of ["NETCDF3_CLASSIC", "NETCDF3_64BIT", "NETCDF3_64BIT_DATA"] as const) {
    test(format, async () => {
      const root = await openNetcdf3((await writeAll(undefined, format))!);
      expect(root.attrs).toEqual(spec.attrs);
      expect(root.dims.get("time")).toEqual({ size: 3, unlimited: true });
      for (const [name, block] of Object.entries(values)) {
        expect(
          Array.from(await readAll(root.variables.get(name)!), (v) => (typeof v === "bigint" ? Number(v) : v)),
          name,
        ).toEqual(Array.from(block.data as ArrayLike<unknown>));
      }
      const temp = root.variables.get("temp")!;
      expect(temp.attrTypes).toEqual({ _FillValue: "int16", scale_factor: "float64" });
      expect(root.variables.get("flag")!.attrs).toEqual({ dtype: "bool" });
      expect(root.variables.get("whole")!.encoding.dtype).toBe(format === "NETCDF3_64BIT_DATA" ? "int64" : "int32");
    });
  }

  test("blocks may come in any order and cut any way", async () => {
    const shape = [4, 3, 5];
    const writer = await createNetcdf3(undefined, {
      dims: dims({ t: { size: 4, unlimited: true }, y: 3, x: 5 }),
      attrs: {},
      variables: new Map([
        ["a", variable(["t", "y", "x"], "int32")],
        ["b", variable(["t"], "int8")],
        ["c", variable(["y", "t2"].slice(0, 1), "float64")],
      ]),
    });
    const all = Int32Array.from({ length: 60 }, (_, i) => i);
    for (const [t, y, x] of [
      [2, 1, 3],
      [0, 0, 0],
      [0, 1, 0],
      [2, 0, 0],
      [0, 0, 3],
      [2, 1, 0],
      [0, 1, 3],
      [2, 0, 3],
    ] as const) {
      const box = Float64Array.of(t, t + 2, y, y === 0 ? 1 : 3, x, x === 0 ? 3 : 5);
      const counts = [2, box[3]! - y, box[5]! - x];
      const block = new NDArray(all, counts, "int32", [15, 5, 1], t * 15 + y * 5 + x);
      await writer.sink("a").write(box, block, {});
    }
    const root = await openNetcdf3((await writer.finish())!);
    expect(shapeOf(root.variables.get("a")!)).toEqual(shape);
    expect(Array.from(await readAll(root.variables.get("a")!))).toEqual([...all]);
  });
});

describe("what cannot be written says so", () => {
  const one = (v: VariableSpec, d: Parameters<typeof dims>[0] = { x: 2 }): GroupSpec => ({
    dims: dims(d),
    attrs: {},
    variables: new Map([["v", v]]),
  });
  test("values, types, dimensions, names, attributes", async () => {
    const writer = await createNetcdf3(undefined, one(variable(["x"], "int64")));
    await expect(writer.sink("v").write(Float64Array.of(0, 2), new NDArray(Float64Array.of(1, 2 ** 31), [2], "int64"), {})).rejects.toThrow(
      /value 2147483648.*int32/,
    );
    expect(() => writer.sink("w")).toThrow(/unknown variable "w"/);
    await expect(createNetcdf3(undefined, one(variable(["x"], "string")))).rejects.toThrow(/dtype string/);
    await expect(createNetcdf3(undefined, one(variable(["y"], "int8")))).rejects.toThrow(/unknown dimension "y"/);
    await expect(createNetcdf3(undefined, one(variable(["x", "t"], "int8"), { x: 2, t: { size: 1, unlimited: true } }))).rejects.toThrow(
      /need it first/,
    );
    await expect(createNetcdf3(undefined, one(variable(["x"], "int8"), { "a/b": 1, x: 2 }))).rejects.toThrow(/cannot be the name/);
    await expect(createNetcdf3(undefined, one(variable(["x"], "int8", { attrs: { ok: true } })))).rejects.toThrow(/is a boolean/);
    await expect(createNetcdf3(undefined, one(variable(["x"], "int8", { attrs: { _FillValue: 300 } })))).rejects.toThrow(
      /300, which is no int8/,
    );
    await expect(createNetcdf3(undefined, { ...one(variable(["x"], "int8")), groups: new Map([["g", spec]]) })).rejects.toThrow(
      /no groups/,
    );
  });

  test("too large for a format", async () => {
    const large = one(variable(["x"], "float64"), { x: 2 ** 30 });
    await expect(createNetcdf3(undefined, large, { format: "NETCDF3_64BIT" })).rejects.toThrow(/NETCDF3_64BIT_DATA/);
    const folder = await mkdtemp(join(tmpdir(), "graticule-"));
    const writer = await createNetcdf3(join(folder, "large.nc"), large);
    await writer.finish();
    const root = await openNetcdf3(join(folder, "large.nc"));
    expect(shapeOf(root.variables.get("v")!)).toEqual([2 ** 30]);
    await rm(folder, { recursive: true });
  });

  test("giving up leaves the old file", async () => {
    const folder = await mkdtemp(join(tmpdir(), "graticule-"));
    const path = join(folder, "a.nc");
    await writeAll(path);
    const before = await readFile(path);
    const writer = await createNetcdf3(path, spec);
    await writer.abort();
    expect(await readFile(path)).toEqual(before);
    expect(await readdir(folder)).toEqual(["a.nc"]);
    await rm(folder, { recursive: true });
  });
});

const script = `
import sys, json, netCDF4, numpy as np
out = {}
with netCDF4.Dataset(sys.argv[1]) as ds:
    ds.set_auto_maskandscale(False)
    ds.set_auto_chartostring(False)
    for k, v in ds.variables.items():
        data = np.asarray(v[...])
        out[k] = {"dtype": str(v.dtype), "values": [x.decode() if isinstance(x, bytes) else x for x in data.ravel().tolist()], "attrs": {a: np.asarray(v.getncattr(a)).tolist() for a in v.ncattrs()}}
    out["@"] = {a: np.asarray(ds.getncattr(a)).tolist() for a in ds.ncattrs()}
    out["format"] = ds.data_model
print(json.dumps(out))
`;

describe.skipIf(!hasPython)("Python reads what is written (needs Python with netCDF4)", () => {
  test.each([
    ["NETCDF3_CLASSIC", "NETCDF3_CLASSIC"],
    ["NETCDF3_64BIT", "NETCDF3_64BIT_OFFSET"],
    ["NETCDF3_64BIT_DATA", "NETCDF3_64BIT_DATA"],
  ] as const)("%s", async (format, model) => {
    const folder = await mkdtemp(join(tmpdir(), "graticule-"));
    const path = join(folder, "a.nc");
    await writeAll(path, format);
    const got = runPython(script, path) as Record<string, { dtype: string; values: unknown[]; attrs: Record<string, unknown> }>;
    expect(got.format).toBe(model);
    expect(got["@"]).toEqual(spec.attrs);
    for (const [name, block] of Object.entries(values)) {
      const want = Array.from(block.data as ArrayLike<unknown>, (v) =>
        v instanceof Uint8Array ? String.fromCharCode(...v).replaceAll("\0", "") : v,
      );
      expect(got[name]!.values, name).toEqual(want);
    }
    expect(got.temp!.attrs).toEqual({ _FillValue: -999, scale_factor: 0.5 });
    await rm(folder, { recursive: true });
  });
});
