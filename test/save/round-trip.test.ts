/** What is written comes back, here and (with Python) in xarray; what cannot be written says why. */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { DataArray, Dataset, NDArray, openDataarray, openDataset, saveMfdataset, setOptions, slice } from "../../src/index.ts";
import { type DatasetDigest, DIGEST_PY, digest } from "../support/digest.ts";
import { tagOf } from "../support/errors.ts";
import { hasPython, runPython } from "../support/python.ts";

const fixtures = fileURLToPath(new URL("../open/fixtures/", import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "graticule-save-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => {
  setOptions({ onWarning: () => {} });
});

/** Values and dims only: attributes and coordinates are compared where they are the matter. */
const valuesOf = (d: DatasetDigest): Record<string, unknown> =>
  Object.fromEntries(Object.entries(d.variables).map(([name, v]) => [name, [v.dims, v.dtype, v.coord, v.head, v.sha256]]));

const inPython = (path: string, open = "xr.open_dataset(sys.argv[1])"): DatasetDigest =>
  runPython(`${DIGEST_PY}\nprint(json.dumps(digest(${open}.load()), ensure_ascii=False))`, path) as DatasetDigest;

/** A dataset of everything that netCDF can hold. */
async function everything(): Promise<Dataset<any>> {
  const ds = await openDataset(`${fixtures}netcdf4.nc`);
  const loaded = await ds.compute();
  await ds.close();
  return loaded as Dataset<any>;
}

describe("netCDF", () => {
  test.each(["NETCDF4", "NETCDF3_64BIT", "NETCDF3_CLASSIC", "NETCDF3_64BIT_DATA"] as const)("%s comes back", async (format) => {
    const ds = await everything();
    const path = join(folder, `${format}.nc`);
    await ds.toNetcdf(path, { format });
    await using back = await openDataset(path);
    expect(valuesOf(digest(await back.compute()))).toEqual(valuesOf(digest(ds)));
    if (hasPython) expect(inPython(path)).toEqual(digest(await back.compute()));
  });

  test("bytes without a path, lazily read", async () => {
    await using lazy = await openDataset(`${fixtures}netcdf4-noleap.nc`);
    const bytes = await lazy.toNetcdf();
    await using back = await openDataset(bytes);
    expect(valuesOf(digest(await back.compute()))).toEqual(valuesOf(digest((await lazy.compute()) as Dataset<any>)));
  });

  test("packing, by encoding", async () => {
    const ds = new Dataset({ t: [["x"], Float64Array.of(1.25, Number.NaN, -3), { units: "K" }] } as never);
    const bytes = await ds.toNetcdf(undefined, { encoding: { t: { dtype: "int16", scale_factor: 0.25, _FillValue: -999 } } });
    await using raw = await openDataset(bytes, { decodeCf: false });
    expect(Array.from((await raw.compute()).get("t").values as Int16Array)).toEqual([5, -999, -12]);
    await using back = await openDataset(bytes);
    expect(Array.from((await back.compute()).get("t").values as Float64Array)).toEqual([1.25, Number.NaN, -3]);
  });

  test("dimensions that can grow", async () => {
    const ds = new Dataset({
      t: [
        ["x", "y"],
        [
          [1, 2],
          [3, 4],
        ],
      ],
    } as never);
    await using back = await openDataset(await ds.toNetcdf(undefined, { unlimitedDims: "x" }));
    expect(back.encoding.unlimited_dims).toEqual(["x"]);
    expect(await tagOf(() => ds.toNetcdf(undefined, { unlimitedDims: "z" }))).toMatch(/^DimensionError: .*"z"/);
  });

  test("into a group", async () => {
    const ds = new Dataset({ t: [["x"], [1, 2]] } as never);
    const bytes = await ds.toNetcdf(undefined, { group: "/a/b" });
    await using back = await openDataset(bytes, { group: "a/b" });
    expect(Array.from((await back.compute()).get("t").values as Float64Array)).toEqual([1, 2]);
  });

  test("several files in one pass", async () => {
    const ds = await everything();
    const paths = [join(folder, "m0.nc"), join(folder, "m1.nc")];
    await saveMfdataset([ds.isel({ time: slice(0, 2) }), ds.isel({ time: slice(2, 4) })] as never, paths);
    for (const path of paths) {
      await using part = await openDataset(path);
      expect(part.sizes.time).toBe(2);
    }
    expect(await tagOf(() => saveMfdataset([ds], []))).toMatch(/^ArgumentError: there are 1 datasets and 0 paths/);
  });

  test("arrays, with and without a name", async () => {
    const x = new DataArray([1, 2], { dims: "x", coords: { x: [10, 20] } });
    expect((await openDataarray(await x.toNetcdf())).name).toBeUndefined();
    expect((await openDataarray(await x.rename("v").toNetcdf())).name).toBe("v");
    const same = (await openDataarray(await x.rename("x").toNetcdf())) as DataArray;
    expect([same.name, same.dims, Array.from((await same.compute()).values as Float64Array)]).toEqual(["x", ["x"], [1, 2]]);
  });

  test("a write that fails leaves the old file, and nothing beside it", async () => {
    const path = join(folder, "kept.nc");
    await new Dataset({ t: [["x"], [1, 2]] } as never).toNetcdf(path);
    const before = await readFile(path);
    const bad = new Dataset({ t: [["x"], [1, 40000]] } as never);
    const message = await tagOf(() => bad.toNetcdf(path, { encoding: { t: { dtype: "int16" } } }));
    expect(message).toMatch(/^EncodingError: .*40000/);
    expect(await readFile(path)).toEqual(before);
    expect((await readdir(folder)).filter((name) => name.startsWith("kept"))).toEqual(["kept.nc"]);
  });
});

describe("what cannot be written says why", () => {
  const ds = new Dataset({ t: [["x"], Float64Array.of(1, Number.NaN)] } as never);
  const cases: readonly (readonly [string, () => Promise<unknown>, RegExp])[] = [
    [
      "an unknown encoding",
      () => ds.toNetcdf(undefined, { encoding: { t: { chunk_sizes: [1] } } }),
      /^EncodingError: .*"chunk_sizes"; did you mean "chunksizes"/,
    ],
    ["an encoding of nothing", () => ds.toNetcdf(undefined, { encoding: { u: {} } }), /^EncodingError: .*unknown variable "u"/],
    ["NaN among integers", () => ds.toNetcdf(undefined, { encoding: { t: { dtype: "int32" } } }), /^EncodingError: .*NaN.*_FillValue/],
    [
      "a fill value that does not fit",
      () => ds.toNetcdf(undefined, { encoding: { t: { dtype: "int8", _FillValue: 300 } } }),
      /^EncodingError: .*300, which no int8 can be \(-128 to 127\)/,
    ],
    [
      "two fill values",
      () => ds.toNetcdf(undefined, { encoding: { t: { _FillValue: 1, missing_value: 2 } } }),
      /^EncodingError: .*_FillValue 1 .*missing_value 2/,
    ],
    [
      "a dtype that is none",
      () => ds.toNetcdf(undefined, { encoding: { t: { dtype: "int17" } } }),
      /^EncodingError: .*"int17"; did you mean "int16"/,
    ],
    [
      "a format that is none",
      () => ds.toNetcdf(undefined, { format: "NETCDF5" as never }),
      /^ArgumentError: unknown format "NETCDF5"; did you mean "NETCDF4"/,
    ],
    [
      "an engine for another format",
      () => ds.toNetcdf(undefined, { engine: "scipy", format: "NETCDF4" }),
      /^ArgumentError: .*"scipy" does not write NETCDF4/,
    ],
    ["a group in a classic file", () => ds.toNetcdf(undefined, { group: "a", format: "NETCDF3_64BIT" }), /^UnsupportedError: .*no groups/],
    [
      "complex numbers",
      () => new Dataset({ z: [["x"], new NDArray(Float64Array.of(1, 2), [1], "complex128")] } as never).toNetcdf(),
      /^UnsupportedError: .*complex128/,
    ],
    [
      "an attribute that decoding sets",
      () => new Dataset({ t: [["x"], new NDArray(Float64Array.of(0), [1], "datetime64"), { units: "K" }] } as never).toNetcdf(),
      /^EncodingError: .*attribute "units"/,
    ],
  ];
  test.each(cases)("%s", async (_name, work, message) => {
    expect(await tagOf(work)).toMatch(message);
  });
});
