/** Text reprs of what xarray cannot print the same: other calendars, lazy arrays, bytes; and `info`. */
import { describe, expect, test } from "vitest";
import { cftimeRange, DataArray, Dataset, dateRange, NDArray } from "../../src/index.ts";

describe("text", () => {
  test("times of other calendars are written as NumPy writes its own", () => {
    const t = dateRange("2000-02-28", { periods: 2, calendar: "noleap", name: "time" });
    expect(t.toString()).toBe(`<graticule.DataArray 'time' (time: 2)> Size: 16B
array(['2000-02-28T00:00:00', '2000-03-01T00:00:00'],
      dtype='datetime64[noleap]')
Coordinates:
  * time     (time) datetime64[noleap] 16B 2000-02-28 2000-03-01`);
    expect(cftimeRange("1500-01-01", { periods: 2, freq: "500ms" }).toString()).toContain("'1500-01-01T00:00:00.500000'");
  });

  test("lazy arrays are described", () => {
    const lazy = new DataArray(["a", "bc", "d"], { dims: ["x"], coords: { y: ["x", [1, 2, 3]] }, name: "w" } as never).chunk({ x: 2 });
    expect(lazy.toString()).toBe(`<graticule.DataArray 'w' (x: 3)> Size: ?
[3 values with dtype=string, lazy, chunks (2)]
Coordinates:
    y        (x) float64 24B 1.0 2.0 3.0
Dimensions without coordinates: x`);
    expect(lazy.isLazy).toBe(true);
  });

  test("bytes and missing values", () => {
    const b = new DataArray(new NDArray([Uint8Array.of(97, 39, 255), null], [2], "bytes"), { dims: ["x"] } as never);
    expect(b.toString()).toContain(`array([b"a'\\xff", nan], dtype='|S3')`);
    expect(new DataArray(["a", null], { dims: ["x"] } as never).toString()).toContain("array(['a', nan], dtype='<U1')");
  });

  test("info is what ncdump shows of a header", () => {
    const ds = new Dataset(
      { u: [["y", "x"], [[1, 2]], { units: "m", n: 3, f: 1.5 }] } as never,
      { coords: { s: "text" }, attrs: { title: "it's", l: [1, 2] } } as never,
    );
    expect(ds.info()).toBe(`graticule.Dataset {
dimensions:
	y = 1 ;
	x = 2 ;

variables:
	float64 u(y, x) ;
		u:units = m ;
		u:n = 3 ;
		u:f = 1.5 ;
	<U4 s() ;

// global attributes:
	:title = it's ;
	:l = [1, 2] ;
}`);
  });
});
