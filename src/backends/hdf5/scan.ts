/**
 * What a group of an HDF5 file holds, and which dimensions its datasets have.
 *
 * netCDF-4 keeps dimensions as "dimension scales": datasets that others refer to, by number
 * (`_Netcdf4Coordinates`, cheap) or by reference (`DIMENSION_LIST`). Axes without one get phony
 * dimensions by size, as the netCDF library names them. An unlimited dimension is as long as the
 * longest dataset on it, in this group or below.
 */
import { BackendError } from "../../errors.ts";
import type { ReadOptions } from "../../stores/contract.ts";
import { type ObjectAttrs, readAttributes } from "./attributes.ts";
import { type H5Metadata, OBJECT } from "./library.ts";
import type { Hdf5Session } from "./session.ts";

/** A dimension, shared by all that use it. `size` grows while an unlimited one is looked into. */
export interface H5Dimension {
  readonly name: string;
  size: number;
  readonly unlimited: boolean;
  /** netCDF's number, −1 where it has none. */
  readonly id: number;
  /** The path of its scale; empty for phony dimensions. */
  readonly path: string;
}

/** A dataset with its dimensions. */
export interface H5Dataset {
  /** The netCDF name. */
  readonly name: string;
  readonly path: string;
  readonly meta: H5Metadata;
  readonly filters: readonly { readonly id: number; readonly name: string; readonly cd_values: readonly number[] }[];
  readonly own: ObjectAttrs;
  readonly dims: readonly H5Dimension[];
}

/** A group that was looked into. */
export interface H5GroupScan {
  readonly path: string;
  readonly dims: readonly H5Dimension[];
  readonly datasets: readonly H5Dataset[];
  readonly own: ObjectAttrs;
  readonly groups: readonly string[];
  /** Dimensions of this group and those above. */
  readonly scope: readonly H5Dimension[];
  /** Look into a group right below, once. */
  child(name: string, options: ReadOptions): Promise<H5GroupScan>;
}

type Draft = Omit<H5Dataset, "dims" | "name"> & { readonly link: string };

const BARE_DIMENSION = "This is a netCDF dimension but not a netCDF variable";
/** What netCDF-4 puts before the name of a variable that has the name of a dimension and is none of its coordinates. */
export const NON_COORDINATE = "_nc4_non_coord_";
/** Groups nest no deeper: a guard against links that go round in circles. */
const DEEPEST = 64;
/** More groups than this are not looked into: hard links can make few look like very many. */
const MOST_GROUPS = 10_000;
/** HDF5's limit on the rank of a dataset. */
const MOST_AXES = 32;

/** Look into the group at `path`, whose `inherited` dimensions are those of the groups above. */
export async function scanGroup(
  session: Hdf5Session,
  path: string,
  inherited: readonly H5Dimension[],
  options: ReadOptions,
  depth = 0,
  visited: { groups: number } = { groups: 0 },
): Promise<H5GroupScan> {
  if (depth > DEEPEST || ++visited.groups > MOST_GROUPS)
    throw new BackendError(
      `${session.url} has groups nested more than ${DEEPEST} deep, or more than ${MOST_GROUPS} of them; its links may go in a circle`,
      { path },
    );
  const below = (name: string): string => (path === "/" ? `/${name}` : `${path}/${name}`);
  const names = await session.call((f, file) => f.get_names(file, path, false), { ...options, what: `group ${path}` });
  const groups: string[] = [];
  const drafts: Draft[] = [];
  const kinds = await session.call((f, file) => names.map((link) => f.get_type(file, below(link))), {
    ...options,
    what: `what group ${path} holds`,
  });
  for (const [i, link] of names.entries()) {
    if (kinds[i] === OBJECT.group) groups.push(link);
    else if (kinds[i] === OBJECT.dataset) drafts.push(await readDataset(session, below(link), link, options));
  }
  const dims = drafts.filter((d) => isScale(d)).map(scaleDimension);
  if (dims.every((d) => d.id >= 0)) dims.sort((a, b) => a.id - b.id);
  const scope = [...dims, ...inherited];
  const datasets: H5Dataset[] = [];
  for (const draft of drafts) {
    const found = await axesOf(session, draft, scope, dims, inherited.length, options);
    found.forEach((d, axis) => {
      if (d.unlimited) d.size = Math.max(d.size, draft.meta.shape![axis]!);
    });
    if (isScale(draft) && String(draft.own.hidden.NAME ?? "").startsWith(BARE_DIMENSION)) continue;
    datasets.push({
      ...draft,
      name: draft.link.startsWith(NON_COORDINATE) ? draft.link.slice(NON_COORDINATE.length) : draft.link,
      dims: found,
    });
  }
  const own = await readAttributes(session, path, true, options);
  const children = new Map<string, Promise<H5GroupScan>>();
  const child = (name: string, childOptions: ReadOptions): Promise<H5GroupScan> => {
    const known = children.get(name);
    if (known) return known;
    const started = scanGroup(session, below(name), [...dims, ...inherited], childOptions, depth + 1, visited);
    children.set(name, started);
    started.catch(() => children.delete(name));
    return started;
  };
  const scan: H5GroupScan = { path, dims, datasets, own, groups, scope, child };
  if (dims.some((d) => d.unlimited && d.path !== "")) for (const name of groups) await deepen(scan, name, options);
  return scan;
}

/** Look into everything below, as datasets there may make a dimension longer. */
async function deepen(scan: H5GroupScan, name: string, options: ReadOptions): Promise<void> {
  const below = await scan.child(name, options);
  for (const next of below.groups) await deepen(below, next, options);
}

async function readDataset(session: Hdf5Session, path: string, link: string, options: ReadOptions): Promise<Draft> {
  const [meta, filters] = await session.call(
    (f, file) => {
      const found = f.get_dataset_metadata(file, path);
      return [found, found.chunks === null ? [] : f.get_dataset_filters(file, path)] as const;
    },
    { ...options, what: path },
  );
  if (meta.shape !== null && (meta.shape.length > MOST_AXES || meta.shape.some((n) => !Number.isSafeInteger(n)))) {
    throw new BackendError(`dataset ${path} of ${session.url} claims the shape (${meta.shape.slice(0, MOST_AXES).join(", ")})`, { path });
  }
  return { path, link, meta, filters, own: await readAttributes(session, path, false, options) };
}

function isScale({ own, meta }: Draft): boolean {
  return own.hidden.CLASS === "DIMENSION_SCALE" && meta.shape !== null && meta.shape.length > 0;
}

function scaleDimension({ path, link, meta, own }: Draft): H5Dimension {
  const id = own.hidden._Netcdf4Dimid;
  const unlimited = (meta.maxshape?.[0] ?? 0) > Number.MAX_SAFE_INTEGER;
  return { name: link, size: meta.shape![0]!, unlimited, id: typeof id === "number" ? id : -1, path };
}

async function axesOf(
  session: Hdf5Session,
  draft: Draft,
  scope: readonly H5Dimension[],
  dims: H5Dimension[],
  inherited: number,
  options: ReadOptions,
): Promise<H5Dimension[]> {
  const shape = draft.meta.shape ?? [];
  if (shape.length === 0) return [];
  const suits = (d: H5Dimension | undefined, axis: number): d is H5Dimension => d !== undefined && (d.unlimited || d.size === shape[axis]);
  const ids = [draft.own.hidden._Netcdf4Coordinates].flat();
  if (ids.length === shape.length) {
    const byId = ids.map((id) => scope.find((d) => d.id === id));
    if (byId.every(suits)) return byId as H5Dimension[];
  }
  const self = isScale(draft) ? dims.find((d) => d.path === draft.path) : undefined;
  if (self && shape.length === 1) return [self];
  const found: H5Dimension[] = [];
  const hasList = draft.own.hidden.DIMENSION_LIST !== undefined;
  for (let axis = 0; axis < shape.length; axis++) {
    if (self && axis === 0) {
      found.push(self);
      continue;
    }
    const attached = hasList
      ? await session.call((f, file) => f.get_attached_scales(file, draft.path, axis), {
          ...options,
          what: `the dimensions of ${draft.path}`,
        })
      : [];
    const scale = attached.map((path) => scope.find((d) => d.path === path)).find((d) => suits(d, axis));
    found.push(scale ?? phony(shape[axis]!, (draft.meta.maxshape?.[axis] ?? 0) > Number.MAX_SAFE_INTEGER, dims, inherited, found));
  }
  return found;
}

/** A phony dimension of that size which the dataset does not use yet: one of the group's, or a new one. */
function phony(size: number, unlimited: boolean, dims: H5Dimension[], inherited: number, used: readonly H5Dimension[]): H5Dimension {
  const known = dims.find((d) => d.path === "" && d.size === size && d.unlimited === unlimited && !used.includes(d));
  if (known) return known;
  const made: H5Dimension = { name: `phony_dim_${dims.length + inherited}`, size, unlimited, id: -1, path: "" };
  dims.push(made);
  return made;
}
