import { describe, expect, test } from "vitest";
import { DataArray, dateRange, isGraticuleError } from "../../src/index.ts";
import { linePlot, mapPlot, plot } from "../../src/plot/index.ts";
import { roundTicks, timeScale } from "../../src/plot/scale.ts";

const series = new DataArray([1, Number.NaN, 3, 4], {
  dims: "time",
  coords: { time: dateRange("2000-01-01", { periods: 4, freq: "YS" }) },
  name: "n",
  attrs: { units: "K" },
});
const field = new DataArray(
  [
    [1, -2],
    [Number.NaN, 4],
  ],
  { dims: ["lat", "lon"], coords: { lat: [50, 40], lon: [0, 10] }, name: "<air>" },
);

describe("linePlot", () => {
  test("interrupts the line at missing values", () => {
    const [, d] = /<path d="([^"]+)"/.exec(linePlot([{ data: series }]))!;
    expect(d!.match(/M/g)).toHaveLength(2);
    expect(d!.match(/L/g)).toHaveLength(1);
  });

  test("names its axes, and lines where there are several", () => {
    const svg = linePlot([{ data: series }, { data: series.mul(2), name: "double", dots: true }], { title: "a & b" });
    expect(svg).toContain("n (K)");
    expect(svg).toContain(">double<");
    expect(svg).toContain("a &amp; b");
    expect(svg.match(/<circle/g)).toHaveLength(3);
  });

  test("refuses arrays of more dimensions", () => {
    expect(() => linePlot([{ data: field }])).toThrow(/needs a 1-D array.*\(lat, lon\)/);
  });
});

describe("mapPlot", () => {
  test("draws a cell for each value that is there, the higher latitude above", () => {
    const svg = mapPlot(field);
    const cells = [...svg.matchAll(/M([\d.]+),([\d.]+)H([\d.]+)V([\d.]+)H/g)];
    expect(cells).toHaveLength(3);
    const ys = cells.map((cell) => Math.min(Number(cell[2]), Number(cell[4])));
    expect(Math.max(...ys)).toBeGreaterThan(Math.min(...ys));
    expect(svg).not.toContain("<air>");
  });

  test("colours both signs symmetrically", () => {
    expect(mapPlot(field)).toMatch(/>-4<|>-4\.0<|>-2<|>-2\.0</);
  });

  test("a plot is chosen by the number of dimensions", () => {
    expect(plot(series)).toContain("<path");
    expect(plot(field)).toContain("crispEdges");
    expect(() => plot(field.expandDims("z"))).toThrow(/1-D and 2-D/);
  });

  test("lazy data is refused, not read", () => {
    try {
      mapPlot(field.chunk({ lat: 1 }));
      expect.unreachable();
    } catch (error) {
      expect(isGraticuleError(error, "NotLoadedError")).toBe(true);
    }
  });
});

describe("scales", () => {
  test("ticks are round numbers inside the range", () => {
    expect(roundTicks(0, 10, 5)).toEqual([0, 2, 4, 6, 8, 10]);
    expect(roundTicks(-0.13, 0.11, 4).map((x) => Number(x.toFixed(10)))).toEqual([-0.1, 0, 0.1]);
  });

  test("times are marked where the calendar has round dates", () => {
    const [from, to] = [Date.UTC(2000, 0, 1), Date.UTC(2003, 11, 31)];
    const { ticks } = timeScale([from, to], [0, 100], 6, "proleptic_gregorian");
    expect(ticks.map((tick) => tick.text)).toEqual(["2000", "2001", "2002", "2003"]);
  });
});
