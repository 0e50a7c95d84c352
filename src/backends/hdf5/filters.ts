/** HDF5's filters: which are built in, which come with h5wasm-plugins, and what `encoding` says of them. */
import { UnsupportedError } from "../../errors.ts";
import type { Encoding } from "../contract.ts";
import { inNode, nodeFiles } from "../file-access.ts";
import { hdf5Library } from "./library.ts";
import type { H5Dataset } from "./scan.ts";

/** Filters of the library itself: deflate, shuffle, fletcher32, szip, nbit, scale-offset. */
const BUILT_IN: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 6]);
/** Registered filters by number, with the plugin that has them where it gives right values. */
const KNOWN: Readonly<Record<number, { readonly name: string; readonly plugin?: string }>> = {
  307: { name: "bzip2", plugin: "bz2" },
  32000: { name: "lzf" },
  32001: { name: "blosc", plugin: "blosc" },
  32004: { name: "lz4", plugin: "lz4" },
  32008: { name: "bitshuffle", plugin: "bshuf" },
  32013: { name: "zfp", plugin: "zfp" },
  32015: { name: "zstd", plugin: "zstd" },
  32022: { name: "bitgroom", plugin: "bitgroom" },
  32023: { name: "bitround", plugin: "bitround" },
  32026: { name: "blosc2", plugin: "blosc2" },
};

const PLUGINS = "h5wasm-plugins";
const installed = new Map<string, Promise<boolean>>();

/** Make sure that the filters of a dataset can run; throws UnsupportedError naming the one that cannot. */
export async function requireFilters(dataset: Pick<H5Dataset, "filters" | "path">, url: string): Promise<void> {
  for (const { id, name } of dataset.filters) {
    if (BUILT_IN.has(id)) continue;
    const known = KNOWN[id];
    const shown = known?.name ?? (name || `number ${id}`);
    if (known?.plugin !== undefined && (await install(known.plugin))) continue;
    const way = known?.plugin !== undefined ? `; install the package ${PLUGINS} to read it` : "";
    throw new UnsupportedError(`${dataset.path} of ${url} is compressed with the HDF5 filter ${shown} (${id}), which is not there${way}`, {
      filter: shown,
      id,
      path: dataset.path,
    });
  }
}

function install(plugin: string): Promise<boolean> {
  let done = installed.get(plugin);
  if (done === undefined) {
    done = load(plugin).catch(() => false);
    installed.set(plugin, done);
  }
  return done;
}

/** Put a plugin where the library looks for it. */
async function load(plugin: string): Promise<boolean> {
  const { functions, fs } = await hdf5Library();
  // A name in a variable keeps bundlers from insisting on a package that may not be there.
  const name: string = PLUGINS;
  const { base_url: base } = (await import(/* @vite-ignore */ /* webpackIgnore: true */ name)) as { base_url: string };
  const file = `libH5Z${plugin}.so`;
  const url = new URL(`${base}/plugins/${file}`);
  const bytes =
    url.protocol === "file:" && inNode() ? await (await nodeFiles(url.href)).readFile(url) : await (await fetch(url)).arrayBuffer();
  const folder = functions.get_plugin_search_paths()[0]!;
  fs.mkdirTree(folder);
  fs.writeFile(`${folder}/${file}`, new Uint8Array(bytes));
  return true;
}

/** The filters as xarray's `encoding` has them. */
export function filterEncoding({ filters }: Pick<H5Dataset, "filters">): Encoding {
  const has = (id: number): boolean => filters.some((f) => f.id === id);
  const deflate = filters.find((f) => f.id === 1);
  const others = filters.filter((f) => f.id > 3).map((f) => KNOWN[f.id]?.name ?? (f.id === 4 ? "szip" : f.name || String(f.id)));
  return {
    zlib: deflate !== undefined,
    complevel: deflate?.cd_values[0] ?? 0,
    shuffle: has(2),
    fletcher32: has(3),
    ...Object.fromEntries(others.map((name) => [name, true])),
  };
}
