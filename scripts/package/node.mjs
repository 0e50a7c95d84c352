// Uses the installed package in Node: imports every entry, writes a Zarr store, reads it back, and leaves files for the page.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import * as gr from "graticule";
import { NDArray } from "graticule/core";
import { plot } from "graticule/plot";
import { assertIdentical } from "graticule/testing";

const time = gr.dateRange("2000-01-01", { periods: 48, freq: "MS" });
const values = Float32Array.from({ length: 48 * 6 }, (_, i) => 280 + (i % 7));
const air = new gr.DataArray(values, {
  shape: [48, 6],
  dims: ["time", "lat"],
  coords: { time, lat: [75, 45, 15, -15, -45, -75] },
  name: "air",
  attrs: { units: "K" },
});

await air.toZarr("air.zarr", { encoding: { air: { chunks: [12, 6] } } });
const ds = await gr.openDataset("air.zarr");
assertIdentical(await ds.get("air").compute(), air);
await ds.close();
await writeFile("air.nc", await air.toNetcdf());
const file = await gr.openDataset("air.nc");
assert.equal((await file.get("air").mean().compute()).item(), air.mean().item());
await file.close();
assert.ok(NDArray === gr.NDArray);
assert.match(plot(air.mean("lat")), /^<svg/);
await writeFile("mean.txt", air.mean().item().toFixed(4));
