/** What is compared: the same everyday tasks as in `peer.py`, by the same names. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DataArray } from "../src/index.ts";
import type { Graticule } from "./built.ts";

/** One task; small ones are called many times per measurement. */
export interface Task {
  readonly name: string;
  readonly title: string;
  readonly calls: number;
  readonly run: () => DataArray | Promise<DataArray>;
}

/** A sequence of numbers in [0, 1) that is the same everywhere. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Temperatures around 270 with 5 % missing. */
function temperatures(n: number, seed: number): Float32Array<ArrayBuffer> {
  const next = random(seed);
  const out = new Float32Array(n);
  for (let i = 0; i < n; i++) out[i] = next() < 0.05 ? Number.NaN : 250 + 40 * next();
  return out;
}

/** Writes the data to `folder`, where Python reads them, and returns the tasks. */
export function prepareTasks(gr: Graticule, folder: string, shape: readonly [number, number, number]): Task[] {
  const [times, lats, lons] = shape;
  const n = times * lats * lons;
  const raw = temperatures(n, 1);
  const packed = new Int16Array(n);
  for (let i = 0; i < n; i++) packed[i] = Number.isNaN(raw[i]) ? -32768 : Math.round((raw[i]! - 270) * 100);
  const small = [2, 3].map((seed) => temperatures(100, seed));
  writeFileSync(join(folder, "a.f32"), raw);
  writeFileSync(join(folder, "packed.i16"), packed);
  small.forEach((data, i) => writeFileSync(join(folder, `small${i}.f32`), data));

  const coords = {
    time: gr.dateRange("2000-01-01", { periods: times, freq: "D" }),
    lat: Float64Array.from({ length: lats }, (_, i) => 90 - (180 * i) / (lats - 1)),
    lon: Float64Array.from({ length: lons }, (_, i) => (i * 360) / lons),
  };
  const dims = ["time", "lat", "lon"];
  const a: DataArray = new gr.DataArray(raw, { dims, shape, coords, name: "air" });
  const climatology = a.mean("time");
  const stored = new gr.Dataset(
    {
      air: [dims, new gr.DataArray(packed, { dims, shape }).data, { scale_factor: Math.fround(0.01), add_offset: 270, _FillValue: -32768 }],
    },
    { coords },
  );
  const tens = Float64Array.from({ length: 10 }, (_, i) => i);
  const [p, q] = small.map(
    (data): DataArray => new gr.DataArray(data, { dims: ["y", "x"], shape: [10, 10], coords: { y: tens, x: tens } }),
  ) as [DataArray, DataArray];
  const year = gr.slice("2001-01-01", "2001-12-31");

  const task = (name: string, title: string, run: Task["run"], calls = 1): Task => ({ name, title, calls, run });
  return [
    task("sum", "sum of everything", () => a.sum()),
    task("mean time", "mean over time", () => a.mean("time")),
    task("std time", "std over time", () => a.std("time")),
    task("max space", "max over (lat, lon)", () => a.max(["lat", "lon"])),
    task("minus climatology", "a − climatology", () => a.sub(climatology)),
    task("month mean", "groupby month, mean", () => a.groupby("time.month").mean()),
    task("anomaly", "anomaly: groupby month − mean", () => a.groupby("time.month").sub(a.groupby("time.month").mean())),
    task("rolling mean", "rolling mean of 7", () => a.rolling({ time: 7 }).mean()),
    task("resample", "resample to monthly mean", () => a.resample({ time: "MS" }).mean()),
    task("where", "where(a > 270)", () => a.where(a.gt(270))),
    task("median", "median over time", () => a.median("time")),
    task("quantile", "0.9 quantile over time", () => a.quantile(0.9, "time")),
    task("decode", "CF decode int16", async () => (await gr.decodeCf(stored)).get("air")!),
    task("zarr", "open and read a Zarr store", async () => (await gr.openDataset(join(folder, "air.zarr"))).get("air")!.load()),
    task(
      "sel",
      "sel nearest, then a slice of time",
      () => a.sel({ lat: 47.6, lon: 200.3 }, { method: "nearest" }).sel({ time: year }),
      200,
    ),
    task("small add", "10 × 10: a + b", () => p.add(q), 1000),
    task("small mean", "10 × 10: mean over x", () => p.mean("x"), 1000),
    task("small sel", "10 × 10: sel", () => p.sel({ x: 3 }), 1000),
    task("small isel", "10 × 10: isel", () => p.isel({ x: 3, y: gr.slice(2, 8) }), 1000),
  ];
}
