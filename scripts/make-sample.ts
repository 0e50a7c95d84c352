/**
 * Makes `data/sample/air.zarr`, or the store named as argument: four years of daily air temperature on a
 * coarse grid over the North Pacific and North America, with missing values. Deterministic: the same bytes
 * each time.
 *
 * The field is a seasonal cycle that grows with latitude and over land, weather as a few travelling waves
 * and noise, and a slow warming; a few days and cells are missing.
 */
import { join, resolve } from "node:path";
import { DataArray, Dataset, dateRange } from "../src/index.ts";

const target = process.argv[2] ?? join(resolve(import.meta.dirname, ".."), "data/sample/air.zarr");
const DAYS = 1461;
const lat = Array.from({ length: 17 }, (_, i) => 75 - 3.75 * i);
const lon = Array.from({ length: 27 }, (_, i) => 200 + 5 * i);

/** Marsaglia's 32-bit xorshift: uniform numbers in [0, 1). */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const random = randomNumbers(20130101);
const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const waves = Array.from({ length: 7 }, () => ({
  k: 1 + Math.floor(random() * 5),
  l: Math.floor(random() * 3),
  days: 4 + 26 * random(),
  phase: 2 * Math.PI * random(),
  size: 0.8 + 2.2 * random(),
}));
const isLand = (y: number, x: number): boolean => x > 236 && x < 300 - 0.6 * Math.abs(y - 45) && y > 22;

/** High ground without stations: never any value. */
const isPeak = (y: number, x: number): boolean => Math.abs(x - 250) <= 5 && y > 36 && y < 44;

const values = new Float32Array(DAYS * lat.length * lon.length);
const broken = new Set(Array.from({ length: 9 }, () => Math.floor(random() * DAYS)));
let p = 0;
for (let day = 0; day < DAYS; day++) {
  const season = Math.cos((2 * Math.PI * (day - 200)) / 365.25);
  for (const y of lat) {
    for (const x of lon) {
      const land = isLand(y, x) ? 1 : 0;
      const ridge = 3.5 * Math.sin((2 * Math.PI * (x - 215)) / 90) * Math.sin((Math.PI * (y - 10)) / 70) + 2.5 * land;
      const base = ridge + 300 - 0.011 * (y - 8) ** 2 + (4 + 0.19 * y) * (0.45 + 0.75 * land) * season + (0.35 / 3652.5) * day;
      const weather = waves.reduce(
        (sum, w) =>
          sum + w.size * Math.sin((2 * Math.PI * w.k * x) / 135 + (2 * Math.PI * w.l * y) / 60 - (2 * Math.PI * day) / w.days + w.phase),
        0,
      );
      const value = base + weather * (0.4 + 0.012 * y) + 0.7 * normal();
      values[p++] = broken.has(day) || isPeak(y, x) || random() < 0.004 ? Number.NaN : Math.round(value * 20) / 20;
    }
  }
}

const air = new DataArray(values, {
  shape: [DAYS, lat.length, lon.length],
  dims: ["time", "lat", "lon"],
  coords: {
    time: dateRange("2013-01-01", { periods: DAYS, freq: "D" }),
    lat: ["lat", lat, { standard_name: "latitude", units: "degrees_north" }],
    lon: ["lon", lon, { standard_name: "longitude", units: "degrees_east" }],
  },
  attrs: { long_name: "daily mean air temperature", units: "K" },
  name: "air",
});
const ds = new Dataset({ air }, { attrs: { title: "Made-up air temperature for trying graticule", Conventions: "CF-1.8" } });
await ds.toZarr(target, {
  mode: "w",
  zarrFormat: 3,
  encoding: { air: { chunks: [366, lat.length, lon.length], dtype: "int16", scale_factor: 0.05, add_offset: 260, _FillValue: -32768 } },
});
console.log(`wrote ${target}`);
