/** What users write compiles against the package's declarations, and what is wrong does not. */
import * as gr from "graticule";
import { NDArray } from "graticule/core";
import { plot } from "graticule/plot";
import { assertAllclose } from "graticule/testing";

const air = new gr.DataArray(Float64Array.of(1, 2, 3, 4), { shape: [2, 2], dims: ["lat", "lon"], coords: { lat: [10, 20] }, name: "air" });
const mean: gr.DataArray<"lat", "float64"> = air.mean("lon");
assertAllclose(mean, mean);
export const svg: string = plot(mean);
export const data: NDArray = new NDArray(Float64Array.of(1), [1], "float64");

// @ts-expect-error there is no such dimension
air.mean("lno");

export async function anomalies(url: string): Promise<gr.Dataset> {
  const ds = await gr.openDataset(url);
  const groups = ds.groupby("time.month");
  return groups.sub(groups.mean());
}
