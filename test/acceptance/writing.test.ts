/** Writes that cannot be, that are aborted, and whose process is killed: what was there stays as it was. */
import { type ChildProcess, spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Dataset, full, openDataset, slice } from "../../src/index.ts";
import { airDataset, problem } from "./support.ts";

const root = resolve(import.meta.dirname, "../..");
const ds = airDataset();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "graticule-writing-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Every file below a folder, with its bytes. */
async function contents(path: string): Promise<Map<string, string>> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(names.sort().map(async (name) => [name, (await readFile(name)).toString("base64")] as const)));
}

describe("writing", () => {
  test("where something is already", async () => {
    const path = join(folder, "there.zarr");
    await ds.toZarr(path);
    const before = await contents(path);
    expect(await problem(() => ds.mul(2).toZarr(path))).toEqual({ tag: "StoreError", message: expect.stringMatching(/there\.zarr.*mode/) });
    expect(await problem(() => ds.mul(2).toZarr(path, { mode: "w-" }))).toMatchObject({ tag: "StoreError" });
    expect(await problem(() => ds.toZarr(path, { mode: "wb" as never }))).toEqual({
      tag: "ArgumentError",
      message: expect.stringMatching(/"wb".*"?w/),
    });
    expect(await contents(path)).toEqual(before);
  });

  test("an append or a region that does not fit", async () => {
    const path = join(folder, "fit.zarr");
    await ds.toZarr(path);
    const before = await contents(path);
    expect(await problem(() => ds.isel({ lat: slice(3) }).toZarr(path, { appendDim: "time" }))).toEqual({
      tag: "DimensionError",
      message: expect.stringMatching(/lat.*3.*10|lat.*10.*3/),
    });
    expect(await problem(() => ds.toZarr(path, { appendDim: "tmie" }))).toEqual({
      tag: "DimensionError",
      message: expect.stringMatching(/"tmie"; did you mean "time"/),
    });
    const found = await problem(() => ds.toZarr(path, { region: { time: slice(5, 45) } as never }));
    expect(found.tag).not.toBe("none");
    expect(found.message).toMatch(/time/);
    expect(await contents(path)).toEqual(before);
  });

  test("to a path below a file, and into a folder that cannot be written", async () => {
    const file = join(folder, "a-file");
    await writeFile(file, "x");
    expect(await problem(() => ds.toZarr(join(file, "air.zarr")))).toEqual({ tag: "StoreError", message: expect.stringMatching(/a-file/) });
    expect(await problem(() => ds.toZarr(file))).toMatchObject({ tag: "StoreError", message: expect.stringMatching(/a-file/) });
    expect(await problem(() => ds.toNetcdf(join(file, "air.nc")))).toEqual({
      tag: "StoreError",
      message: expect.stringMatching(/cannot write.*a-file/),
    });
    expect(await problem(() => ds.toNetcdf(join(folder, "no/such/air.nc")))).toMatchObject({
      tag: "StoreError",
      message: expect.stringMatching(/no\/such/),
    });
    expect(await readFile(file, "utf8")).toBe("x");
    if (process.getuid?.() === 0) return;
    const closed = join(folder, "closed");
    await mkdir(closed);
    await chmod(closed, 0o555);
    expect(await problem(() => ds.toZarr(join(closed, "air.zarr")))).toMatchObject({ tag: "StoreError" });
    expect(await problem(() => ds.toNetcdf(join(closed, "air.nc")))).toMatchObject({ tag: "StoreError" });
  });

  test("over HTTP, which cannot be written", async () => {
    expect(await problem(() => ds.toZarr("http://127.0.0.1:9/air.zarr"))).toMatchObject({
      tag: expect.stringMatching(/UnsupportedError|StoreError|ArgumentError/),
      message: expect.stringMatching(/write|read-only/),
    });
    expect(await problem(() => ds.toNetcdf("http://127.0.0.1:9/air.nc"))).toMatchObject({
      tag: "StoreError",
      message: expect.stringMatching(/127\.0\.0\.1:9/),
    });
  });

  test("aborted midway: what was there stays, nothing lies about", async () => {
    const lazy = full([200, 50, 50], 1, { dims: ["time", "lat", "lon"], name: "v" })
      .chunk({ time: 1 })
      .toDataset() as Dataset<any>;
    const home = join(folder, "abort");
    await mkdir(home);
    const old = ds.get(["air"]);
    await old.toZarr(join(home, "old.zarr"));
    await old.toNetcdf(join(home, "old.nc"));
    const before = await contents(home);
    for (const write of [
      (signal: AbortSignal, onProgress: () => void) => lazy.toNetcdf(join(home, "old.nc"), { signal, onProgress }),
      (signal: AbortSignal, onProgress: () => void) => lazy.toNetcdf(join(home, "new.nc"), { signal, onProgress }),
      (signal: AbortSignal, onProgress: () => void) => lazy.toZarr(join(home, "old.zarr"), { mode: "a", signal, onProgress }),
    ]) {
      const stop = new AbortController();
      await expect(write(stop.signal, () => stop.abort(new Error("enough")))).rejects.toThrow("enough");
    }
    const after = await contents(home);
    for (const [path, bytes] of before) expect(after.get(path), path).toBe(bytes);
    expect([...after.keys()].filter((path) => !before.has(path))).toEqual([]);
    await using back = await openDataset(join(home, "old.zarr"));
    expect([...back.keys()]).toEqual(["air"]);
    expect((await back.compute()).equals(old)).toBe(true);
  });

  test("a new store aborted midway opens as nothing, or says it is incomplete", async () => {
    const path = join(folder, "aborted.zarr");
    const stop = new AbortController();
    const lazy = full([200, 50, 50], 1, { dims: ["time", "lat", "lon"], name: "v" }).chunk({ time: 1 });
    await expect(lazy.toZarr(path, { signal: stop.signal, onProgress: () => stop.abort(new Error("enough")) })).rejects.toThrow("enough");
    expect(await problem(() => openDataset(path))).toMatchObject({ tag: expect.stringMatching(/BackendError|StoreError/) });
  });

  describe("a process that is killed", () => {
    let child: ChildProcess | undefined;
    afterEach(() => child?.kill("SIGKILL"));

    /** Run code in a process of its own and kill it once it has written `signal` to its output. */
    const killed = async (code: string): Promise<void> => {
      const script = join(folder, `kill-${Math.random().toString(36).slice(2)}.mts`);
      await writeFile(
        script,
        `import * as gr from ${JSON.stringify(join(root, "src/index.ts"))};\nconst lazy = gr.full([400, 100, 100], 1, { dims: ["time", "lat", "lon"], name: "v" }).chunk({ time: 1 });\nlet calls = 0;\nconst onProgress = () => { if (++calls === 2) console.log("now"); };\n${code}\nconsole.log("done");`,
      );
      child = spawn(process.execPath, ["--import", "tsx", script], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
      let out = "";
      const dead = new Promise<void>((done) => child!.once("exit", () => done()));
      child.stdout!.on("data", (data) => {
        out += String(data);
        if (out.includes("now")) child!.kill("SIGKILL");
      });
      await dead;
      expect(out).toContain("now");
      expect(out).not.toContain("done");
    };

    test("leaves the old file, and the old variables of a store", async () => {
      const home = join(folder, "killed");
      await mkdir(home);
      await ds.toNetcdf(join(home, "old.nc"));
      await ds.toZarr(join(home, "old.zarr"));
      await killed(`await lazy.toNetcdf(${JSON.stringify(join(home, "old.nc"))}, { onProgress });`);
      await killed(`await lazy.toZarr(${JSON.stringify(join(home, "old.zarr"))}, { mode: "a", onProgress });`);
      for (const name of ["old.nc", "old.zarr"]) {
        await using back = await openDataset(join(home, name));
        expect((await back.compute()).equals(ds), name).toBe(true);
      }
    }, 60_000);

    test("leaves a new store that says it is none, and that can be written again", async () => {
      const path = join(folder, "killed-new.zarr");
      await killed(`await lazy.toZarr(${JSON.stringify(path)}, { onProgress });`);
      expect(await problem(() => openDataset(path))).toMatchObject({
        tag: expect.stringMatching(/BackendError|StoreError/),
        message: expect.stringMatching(/killed-new\.zarr|incomplete|zarr\.json/),
      });
      await ds.toZarr(path, { mode: "w" });
      await using back = await openDataset(path);
      expect((await back.compute()).equals(ds)).toBe(true);
      expect([...(await contents(path)).keys()].filter((name) => name.endsWith(".partial") || name.includes("/v/"))).toEqual([]);
    }, 60_000);
  });
});
