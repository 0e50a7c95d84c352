/**
 * The command line: `graticule analyze [target] [--variable v] [--lat a:b] [--lon a:b] [--time a:b] [--out folder]`.
 *
 * Node only; uses the public root and `graticule/plot`.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { isGraticuleError, openDataset } from "../index.ts";
import { parseSpan } from "./analysis.ts";
import { analyze } from "./analyze.ts";

const USAGE = `graticule: labelled, lazy arrays over Zarr, NetCDF and HDF5

  graticule info TARGET              print a dataset
  graticule analyze TARGET [options] monthly climatology, anomalies, regional mean, trend, files and a page
    --variable NAME   the variable (default: the first with time, latitude and longitude)
    --lat A:B --lon A:B --time A:B   the region and period, by label
    --out FOLDER      where results go (default: output)

TARGET is a path or an http(s) URL of a Zarr store, a NetCDF file, or kerchunk references.`;

/** Run a command; gives the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    return await dispatch(args);
  } catch (error) {
    if (!isGraticuleError(error) && !(error instanceof TypeError && "code" in error)) throw error;
    console.error(`${error.name}: ${error.message}`);
    return 1;
  }
}

async function dispatch(args: readonly string[]): Promise<number> {
  const text = { type: "string" } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { variable: text, lat: text, lon: text, time: text, out: text, help: { type: "boolean", short: "h" } },
  });
  const [command, target] = positionals;
  if (values.help || command === undefined || target === undefined) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const span = (given: string | undefined): ReturnType<typeof parseSpan> | undefined =>
    given === undefined ? undefined : parseSpan(given);
  const commands: Record<string, () => Promise<unknown>> = {
    analyze: () =>
      analyze(target, {
        variable: values.variable,
        out: values.out,
        region: { lat: span(values.lat), lon: span(values.lon), time: span(values.time) },
      }),
    info: async () => {
      await using ds = await openDataset(target);
      console.log(ds.toString());
    },
  };
  const run = commands[command];
  if (run === undefined) {
    console.error(`unknown command ${JSON.stringify(command)} (${Object.keys(commands).join(", ")})\n\n${USAGE}`);
    return 2;
  }
  await run();
  return 0;
}
