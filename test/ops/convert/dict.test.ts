/** Plain objects and back. */
import { describe, expect, test } from "vitest";
import { DataArray, Dataset } from "../../../src/index.ts";
import { assertSame } from "../../support/index.ts";

describe("toDict and fromDict", () => {
  const t = new DataArray(Float32Array.of(1, 2, Number.NaN), {
    dims: ["time"],
    coords: {
      time: new DataArray(
        [0, 1, 2].map((d) => new Date(d * 86_400_000)),
        { dims: ["time"] },
      ),
      site: "Ny-Ålesund",
    },
    attrs: { units: "K" },
    name: "t",
  });

  test("an array comes back with dtypes, coordinates, attributes and name", () => {
    assertSame(DataArray.fromDict(t.toDict()), t);
    expect(DataArray.fromDict(t.toDict()).dtype).toBe("float32");
  });

  test("a dataset comes back", () => {
    const ds = new Dataset({ t, n: ["time", [1, 2, 3]] }, { attrs: { title: "two" } });
    assertSame(Dataset.fromDict(ds.toDict()), ds);
  });

  test("what is left out has its default", () => {
    expect(Dataset.fromDict({ data_vars: { v: { dims: ["x"], data: [1, 2] } } }).get("v").values).toEqual(Float64Array.of(1, 2));
  });

  test("what is no variable is refused by name", () => {
    expect(() => Dataset.fromDict({ data_vars: { v: { dims: ["x"] } } })).toThrow('"v" needs "dims" and "data"; it has dims');
    expect(() => DataArray.fromDict({ dims: ["x"], data: [1], dtype: "flaot64" })).toThrow('"float64"');
  });
});
