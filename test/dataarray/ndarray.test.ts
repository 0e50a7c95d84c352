/** Guests: scijs ndarrays in and out, with ndarray-ops on them; zarrita's stores. */
import ndarray from "ndarray";
import ops from "ndarray-ops";
import { describe, expect, test } from "vitest";
import * as zarr from "zarrita";
import { DataArray, Dataset, openDataset } from "../../src/index.ts";

const da = new DataArray(
  [
    [1, 2, 3],
    [4, 5, 6],
  ],
  { dims: ["y", "x"] },
);

describe("scijs ndarray", () => {
  test("comes out as a view of the same values, transposed ones too", async () => {
    const nd = await da.transpose("x", "y").toNdarray();
    expect(nd.shape).toEqual([3, 2]);
    expect(nd.get(2, 1)).toBe(6);
    expect(nd.data).toBe(da.data.data);
    expect(ops.sum(nd as never)).toBe(21);
  });

  test("goes in with its strides", () => {
    const nd = ndarray(new Float32Array([1, 2, 3, 4, 5, 6]), [2, 3]).transpose(1, 0);
    const back = new DataArray(nd, { dims: ["x", "y"] });
    expect(back.dtype).toBe("float32");
    expect(back.toArray()).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
  });

  test("is refused for complex numbers by name", async () => {
    await expect(new DataArray([{ re: 1, im: 2 }], { dims: "x" }).toNdarray()).rejects.toThrow(/complex128/);
  });
});

describe("zarrita", () => {
  test("its stores are stores here, and it reads what is written here", async () => {
    const entries = new Map<string, Uint8Array>();
    await new Dataset({
      v: [
        ["y", "x"],
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
      ],
    }).toZarr(entries);
    const store = { get: async (key: `/${string}`) => entries.get(key) };
    const ds = await openDataset(store as never);
    expect(Array.from((await ds.get("v").load()).values)).toEqual([1, 2, 3, 4, 5, 6]);
    const chunk = await zarr.get(await zarr.open(zarr.root(store).resolve("/v"), { kind: "array" }));
    expect(chunk).toMatchObject({ shape: [2, 3], data: new Float64Array([1, 2, 3, 4, 5, 6]) });
  });
});
