/** The whole job of `graticule analyze`: from a store or a file, on disk or over HTTP, to files and a page. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { analyze } from "../../src/cli/analyze.ts";
import { main } from "../../src/cli/main.ts";
import { type DataArray, openDataset, slice } from "../../src/index.ts";
import { assertAllclose, assertEqual } from "../../src/testing/index.ts";
import { serve } from "../stores/server.ts";
import { airDataset, airVariables, zarrMap } from "./support.ts";

const SHAPE = [800, 9, 12] as const;
const root = resolve(import.meta.dirname, "../..");
const sample = join(root, "data/sample/air.zarr");
const ds = airDataset(SHAPE);
const map = zarrMap(airVariables(SHAPE, [200, 5, 6]), { title: "a < b & c" });
let folder: string;
let store: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "graticule-job-"));
  store = join(folder, "air.zarr");
  for (const [key, bytes] of map) {
    const path = join(store, key);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Departures from the mean of each month of the year, by plain loops. */
function plainAnomalies(air: DataArray<any, any>): Float64Array {
  const values = air.values as Float32Array;
  const months = air.get("time").dt.month.values as ArrayLike<number>;
  const cells = air.shape[1]! * air.shape[2]!;
  const sums = new Float64Array(13 * cells);
  const counts = new Float64Array(13);
  for (let t = 0; t < months.length; t++) {
    counts[months[t]!]!++;
    for (let c = 0; c < cells; c++) sums[months[t]! * cells + c]! += values[t * cells + c]!;
  }
  return Float64Array.from(values, (value, i) => {
    const month = months[Math.floor(i / cells)]!;
    return value - sums[month * cells + (i % cells)]! / counts[month]!;
  });
}

/** Tags open and close in pairs, nothing is left open, attributes are quoted. */
function checkWellFormed(html: string): void {
  const open: string[] = [];
  const body = html.replace(/^<!doctype html>/i, "").replaceAll(/<style>[\s\S]*?<\/style>/g, "<style></style>");
  for (const [, close, name, attributes, self] of body.matchAll(/<(\/?)([a-z][\w-]*)((?:\s+[\w:-]+(?:="[^"<]*")?)*)\s*(\/?)>/gi)) {
    if (self || name === "meta") continue;
    if (close) expect(open.pop()).toBe(name);
    else open.push(name!);
    expect(attributes).not.toContain("undefined");
  }
  expect(open).toEqual([]);
  expect(body.replaceAll(/<(\/?)([a-z][\w-]*)((?:\s+[\w:-]+(?:="[^"<]*")?)*)\s*(\/?)>/gi, "")).not.toMatch(/[<>]|NaN|undefined|\[object/);
}

async function checkResults(target: string, out: string): Promise<void> {
  const lines: string[] = [];
  const region = { lat: [42.5, 57.5] as const, lon: [5, 20] as const };
  const files = await analyze(target, { variable: "air", region, out, print: (line) => lines.push(line), progress: false });
  expect((await readdir(out)).sort()).toEqual(["anomalies.nc", "anomalies.zarr", "index.html"]);

  const selected = ds.get("air").sel({ lat: slice(42.5, 57.5), lon: slice(5, 20) });
  const plain = selected.copy({ data: plainAnomalies(selected) } as never).rename("air_anomaly") as DataArray<any, any>;
  for (const file of [files.zarr, files.netcdf]) {
    await using opened = await openDataset(file);
    expect([...opened.keys()]).toEqual(["air_anomaly"]);
    const back = (await opened.get("air_anomaly").compute()).dropVars("month");
    assertAllclose(back as never, plain.astype(back.dtype) as never, { atol: 2e-4 });
    for (const name of ["time", "lat", "lon"]) assertEqual(back.get(name) as never, selected.get(name) as never);
  }

  const html = await readFile(files.page, "utf8");
  checkWellFormed(html);
  expect(html.match(/<svg /g)).toHaveLength(2);
  expect(html.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:|\bsrc=|\bhref=|url\(|@import|<script/);
  expect(html).toMatch(/Trend of the regional mean: -?\d+\.\d{3} K per decade/);
  expect(lines.join("\n")).toContain(files.page);
}

describe("the analysis", () => {
  test("of a Zarr store on disk", () => checkResults(store, join(folder, "from-zarr")));

  test.each(["NETCDF4", "NETCDF3_64BIT"] as const)("of a %s file", async (format) => {
    const path = join(folder, `${format}.nc`);
    await ds.toNetcdf(path, { format });
    await checkResults(path, join(folder, `from-${format}`));
  });

  test("over HTTP, of a store and of a file", async () => {
    const files = new Map([...map].map(([key, bytes]) => [`/air.zarr${key}`, bytes]));
    files.set("/air.nc", await ds.toNetcdf());
    const server = await serve(files);
    try {
      await checkResults(`${server.url}air.zarr`, join(folder, "from-http-zarr"));
      await checkResults(`${server.url}air.nc`, join(folder, "from-http-nc"));
    } finally {
      await server.close();
    }
  });

  test("again into the same folder", async () => {
    const out = join(folder, "twice");
    await checkResults(store, out);
    await checkResults(store, out);
  });
});

describe("the command line", () => {
  const run = async (...args: readonly string[]): Promise<{ code: number; out: string; err: string }> => {
    const printed = { log: [] as string[], error: [] as string[] };
    const log = vi.spyOn(console, "log").mockImplementation((line) => void printed.log.push(String(line)));
    const error = vi.spyOn(console, "error").mockImplementation((line) => void printed.error.push(String(line)));
    try {
      return { code: await main(args), out: printed.log.join("\n"), err: printed.error.join("\n") };
    } finally {
      log.mockRestore();
      error.mockRestore();
    }
  };

  test("prints a dataset", async () => {
    const { code, out } = await run("info", store);
    expect([code, out]).toEqual([0, expect.stringMatching(/air +\(time, lat, lon\) float32/)]);
  });

  test("prints how it is used", async () => {
    expect(await run("--help")).toMatchObject({ code: 0, out: expect.stringContaining("graticule analyze TARGET") });
    expect(await run()).toMatchObject({ code: 2, out: expect.stringContaining("graticule analyze TARGET") });
    expect(await run("analyze")).toMatchObject({ code: 2 });
  });

  const wrong: readonly (readonly [string, readonly string[], number, RegExp])[] = [
    ["an unknown command", ["analyse", "x.nc"], 2, /unknown command "analyse".*info|analyze/],
    ["an unknown option", ["analyze", "x.nc", "--region", "1:2"], 1, /--region/],
    ["a path that is not there", ["analyze", "/no/such/air.nc"], 1, /^StoreError: \/no\/such\/air\.nc is not there/],
    ["a span that is none", ["analyze", "air.nc", "--lat", "20"], 1, /^ArgumentError: .*start:stop.*"20"/],
    ["a span that ends nowhere", ["analyze", "air.nc", "--time", "2000:"], 1, /^ArgumentError: .*"2000:"/],
  ];
  test.each(wrong)("%s", async (_name, args, code, message) => {
    const result = await run(...args);
    expect(result.code).toBe(code);
    expect(result.err).toMatch(message);
  });

  test("a variable that is not there, or not on a grid", async () => {
    const out = join(folder, "never");
    expect(await run("analyze", store, "--variable", "aire", "--out", out)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^CoordinateError: unknown variable "aire"; did you mean "air"/),
    });
    expect(await run("analyze", store, "--variable", "land", "--out", out)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^CoordinateError: "land" has not a time/),
    });
  });

  test("a region with nothing in it", async () => {
    const { code, err } = await run("analyze", store, "--lat", "80:85", "--out", join(folder, "empty"));
    expect([code, err]).toEqual([1, expect.stringMatching(/^IndexingError: nothing of lat lies in 80:85; its labels go from 60 to 40/)]);
  });
});

describe("the sample", () => {
  test.skipIf(!existsSync(sample) && process.env.CI === undefined)(
    "is what the script makes, which makes the same bytes each time",
    async () => {
      const make = async (name: string): Promise<string> => {
        const path = join(folder, name);
        await promisify(execFile)(process.execPath, ["--import", "tsx", join(root, "scripts/make-sample.ts"), path], { cwd: root });
        return path;
      };
      const [a, b] = await Promise.all([make("a.zarr"), make("b.zarr")]);
      const files = (await readdir(a, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(a.length));
      expect(files.length).toBeGreaterThan(8);
      for (const file of files) expect((await readFile(join(a, file))).equals(await readFile(join(b, file))), file).toBe(true);
      const [made, kept] = await Promise.all([openDataset(a), openDataset(sample)]);
      expect((await made.compute()).identical(await kept.compute())).toBe(true);
    },
    60_000,
  );

  test.skipIf(!existsSync(sample) && process.env.CI === undefined)("can be analysed", async () => {
    const files = await analyze(sample, { out: join(folder, "sample"), print: () => undefined, progress: false });
    await using back = await openDataset(files.zarr);
    expect(back.sizes).toEqual({ time: 1461, lat: 11, lon: 17 });
    expect(Math.abs(Number((await back.get("air_anomaly").mean().compute()).item()))).toBeLessThan(0.01);
  });
});
