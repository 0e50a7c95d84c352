/** Real files, held against Python's netCDF4: needs `../shared/data` and Python with netCDF4; skipped outside CI without them. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { open } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { RawGroup } from "../../src/backends/contract.ts";
import { hdf5Backend } from "../../src/backends/hdf5/index.ts";
import { netcdf3Backend } from "../../src/backends/netcdf3/index.ts";
import type { TypedArray } from "../../src/dtypes/types.ts";
import { bytesOf } from "../../src/util/bytes.ts";
import { hasPython, runPython } from "../support/python.ts";
import { jsonLike, readAll, shapeOf } from "./raw.ts";

const folder = fileURLToPath(new URL("../../../shared/data/", import.meta.url));
const there = existsSync(folder);
const files = there ? readdirSync(folder).filter((name) => name.endsWith(".nc")) : [];

const script = `
import json, sys
sys.path.insert(0, sys.argv[2])
import netCDF4, netcdf
with netCDF4.Dataset(sys.argv[1]) as ds:
    ds.set_auto_maskandscale(False)
    print(json.dumps(netcdf.digest(ds)))
`;

interface Digest {
  readonly dims: string[];
  readonly shape: number[];
  readonly attrs: Record<string, { value: unknown; type: string }>;
  readonly sha256: string;
}

test("the files are there in CI", () => {
  expect(process.env.CI === undefined || files.length > 5).toBe(true);
});

describe.skipIf(!hasPython || !there)("raw values equal Python's", () => {
  test.each(files)(
    "%s",
    async (name) => {
      const path = folder + name;
      const handle = await open(path);
      const head = new Uint8Array(16);
      await handle.read(head);
      await handle.close();
      const backend = [netcdf3Backend, hdf5Backend].find((b) => b.detect({ url: path, head }))!;
      const want = runPython(script, path, fileURLToPath(new URL("../../scripts/fixtures", import.meta.url))) as Record<string, Digest>;
      const root = await backend.open(path);
      const seen = new Set<string>();
      await check(root, "/", want, seen);
      expect([...seen].sort()).toEqual(Object.keys(want).sort());
      await root.close();
    },
    60_000,
  );
});

async function check(group: RawGroup, prefix: string, want: Record<string, Digest>, seen: Set<string>): Promise<void> {
  for (const [name, variable] of group.variables) {
    const at = prefix + name;
    seen.add(at);
    const { dims, shape, attrs, sha256 } = want[at]!;
    expect(variable.dims, at).toEqual(dims);
    expect(shapeOf(group.variables.get(name)!), at).toEqual(shape);
    for (const [key, { value, type }] of Object.entries(attrs)) {
      const got = variable.attrs[key];
      expect(Array.isArray(got) ? got.map(jsonLike) : jsonLike(got), `${at}@${key}`).toEqual(value);
      if (type !== "") expect(variable.attrTypes[key], `${at}@${key}`).toBe(type);
    }
    const values = await readAll(variable);
    const raw = ArrayBuffer.isView(values)
      ? bytesOf(values as TypedArray)
      : typeof values[0] === "string"
        ? new TextEncoder().encode(pythonJson(Array.from(values as string[])))
        : Uint8Array.from(Array.from(values as Uint8Array[], (c) => c[0] ?? 0));
    expect(createHash("sha256").update(raw).digest("hex"), at).toBe(sha256);
  }
  for (const name of group.groups) await check(await group.group(name), `${prefix}${name}/`, want, seen);
}

/** A list of strings as Python's `json.dumps` writes it. */
function pythonJson(list: readonly string[]): string {
  return `[${list.map((s) => JSON.stringify(s)).join(", ")}]`;
}
