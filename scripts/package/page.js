// A page that opens a Zarr store over HTTP and a netCDF-4 file as if it were dropped there, and shows their means.
import * as gr from "graticule";

async function show(id, open) {
  const place = document.getElementById(id);
  try {
    const ds = await open();
    const mean = await ds.get("air").mean().compute();
    place.textContent = mean.item().toFixed(4);
    await ds.close();
  } catch (error) {
    place.textContent = `${error.name}: ${error.message}`;
  }
}

await show("zarr", () => gr.openDataset(new URL("/air.zarr", location.href)));
await show("netcdf", async () => gr.openDataset(new File([await (await fetch("/air.nc")).blob()], "air.nc")));
document.body.dataset.done = "true";
