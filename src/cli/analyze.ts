/** The command `graticule analyze`: a whole analysis of a gridded variable, from opening to files. */
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { compute, openDataset } from "../index.ts";
import { linePlot, mapPlot } from "../plot/index.ts";
import { type Analysis, analyse, type Field, findField, type Region, selectRegion } from "./analysis.ts";
import { pageText } from "./page.ts";

/** What the command is told. */
export interface AnalyzeOptions {
  readonly variable?: string | undefined;
  readonly region?: Region | undefined;
  /** Folder of the results (default `output`). */
  readonly out?: string | undefined;
  /** Where lines are printed (default `console.log`). */
  readonly print?: ((line: string) => void) | undefined;
  readonly progress?: boolean | undefined;
}

/** The files that the command wrote. */
export interface AnalyzeResult {
  readonly zarr: string;
  readonly netcdf: string;
  readonly page: string;
}

const MS_PER_DECADE = 3652.425 * 86_400_000;

/** Open `target`, analyse one of its variables, and write anomalies and a page. */
export async function analyze(target: string, options: AnalyzeOptions = {}): Promise<AnalyzeResult> {
  const { print = console.log, progress = true } = options;
  const step = stopwatch(print);
  const out = resolve(options.out ?? "output");
  await mkdir(out, { recursive: true });

  const ds = await step(`open ${target}`, () => openDataset(target));
  print(`\n${ds.toString()}\n`);
  const field = findField(ds, options.variable);
  const selected = selectRegion(field, options.region ?? {});
  const lazy = analyse(field, selected);
  print(
    `region and period of ${field.name}: ${Object.entries(selected.sizes)
      .map(([dim, n]) => `${dim} ${n}`)
      .join(", ")}`,
  );

  const [mean, regional, yearly, fit] = await step("climatology, anomalies, regional mean, yearly means and trend", () =>
    compute([lazy.mean, lazy.regional, lazy.yearly, lazy.trend], { progress }),
  );
  const results = { ...lazy, mean, regional, yearly, trend: fit };
  const files = { zarr: join(out, "anomalies.zarr"), netcdf: join(out, "anomalies.nc"), page: join(out, "index.html") };
  const anomalies = lazy.anomalies.toDataset();
  await step("write anomalies as Zarr v3", () => anomalies.toZarr(files.zarr, { mode: "w", zarrFormat: 3, progress }));
  await step("write anomalies as netCDF4", () => anomalies.toNetcdf(files.netcdf, { progress }));
  await step("draw the page", () => writeFile(files.page, page(field, results, ds.toString())));
  await ds.close();
  print(`\nanomalies, Zarr v3:   ${files.zarr}\nanomalies, netCDF4:   ${files.netcdf}\nmap and time series:  ${files.page}`);
  return files;
}

/** The slope of the fitted line per decade; polyfit counts times in nanoseconds, as xarray's. */
function slopePerDecade({ trend, regional }: Analysis, { time }: Field): number {
  if (regional.sizes[time]! < 2) return Number.NaN;
  const slope = Number(trend.get("polyfit_coefficients").sel({ degree: 1 }).item());
  return slope * 1e6 * MS_PER_DECADE;
}

function page(field: Field, results: Analysis, repr: string): string {
  const units = typeof field.data.attrs.units === "string" ? ` ${field.data.attrs.units}` : "";
  const slope = slopePerDecade(results, field);
  const times = results.regional.get(field.time);
  const ends = [0, -1].map((i) =>
    times
      .isel({ [field.time]: i })
      .dt.strftime("%Y-%m-%d")
      .item(),
  );
  return pageText({
    title: `${field.name}: anomalies, ${ends[0]} to ${ends[1]}`,
    summary: [
      `Each value is compared with the mean of its month of the year; the mean over the region weighs each cell by its area (the cosine of its latitude).`,
      Number.isFinite(slope)
        ? `Trend of the regional mean: ${slope.toFixed(3)}${units} per decade.`
        : "There are too few times for a trend.",
    ],
    figures: [
      {
        svg: mapPlot(results.mean.transpose(field.lat, field.lon), { title: `Mean ${field.name}` }),
        caption: "Mean over the period; missing cells are grey.",
      },
      {
        svg: linePlot(
          [
            { data: results.regional, name: "each time", width: 0.7 },
            { data: results.yearly, name: "yearly mean", width: 2, dots: true },
          ],
          { title: "Anomaly of the regional mean", yLabel: `anomaly${units && ` (${units.trim()})`}` },
        ),
        caption: "Area-weighted mean of the anomalies, and its yearly means.",
      },
    ],
    repr,
  });
}

/** Runs steps and prints how long each took. */
function stopwatch(print: (line: string) => void): <T>(what: string, run: () => Promise<T>) => Promise<T> {
  return async (what, run) => {
    const start = performance.now();
    const result = await run();
    print(`${what}: ${Math.round(performance.now() - start)} ms`);
    return result;
  };
}
