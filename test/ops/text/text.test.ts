/** Functions of strings beyond what the conformance fixtures record: missing ones, arguments, patterns, laziness. */
import { describe, expect, test } from "vitest";
import { DataArray, Dataset } from "../../../src/index.ts";

const words = (data: readonly (string | null)[], coords: readonly number[] = data.map((_, i) => i)): DataArray<"x", "string"> =>
  new DataArray(data as string[], { dims: ["x"], coords: { x: coords }, name: "w", dtype: "string" } as never);

describe("missing strings", () => {
  const w = words(["ab", null]);

  test("stay missing, and count as empty in numbers and flags", () => {
    expect(w.str.upper().values).toEqual(["AB", null]);
    expect(w.str.len().values).toEqual(Float64Array.of(2, 0));
    expect(w.str.contains("a").values).toEqual(Uint8Array.of(1, 0));
    expect(w.str.partition("p", { sep: "b" }).values).toEqual(["a", "b", "", null, null, null]);
    expect(w.str.join({ sep: "," }).item()).toBe(null);
    expect(w.str.encode().str.decode().values).toEqual(["ab", null]);
  });
});

describe("arguments that are arrays", () => {
  test("meet by name, and their labels must be equal", () => {
    const n = new DataArray([1, 2], { dims: ["x"], coords: { x: [0, 1] } });
    expect(words(["ab", "cd"]).str.repeat(n).values).toEqual(["ab", "cdcd"]);
    expect(() => words(["ab", "cd"], [5, 6]).str.repeat(n)).toThrow(/label|differ/i);
    const widths = new DataArray([3, 4], { dims: ["k"] });
    expect(words(["a"]).str.pad(widths, { fillchar: "." }).toArray()).toEqual([["..a", "...a"]]);
  });

  test("datasets are none", () => {
    expect(() => words(["a"]).str.cat(new Dataset({ a: ["x", [1]] } as never) as never)).toThrow(/not a Dataset/);
  });

  test("separators of join may differ", () => {
    const g = new DataArray(
      [
        ["a", "b"],
        ["c", "d"],
      ],
      { dims: ["y", "x"] },
    ) as DataArray<"y" | "x", "string">;
    const sep = new DataArray(["-", "+"], { dims: ["y"] });
    expect(g.str.join({ dim: "x", sep }).values).toEqual(["a-b", "c+d"]);
    expect(() => g.str.join()).toThrow(/name the dimension/);
  });
});

describe("patterns", () => {
  const w = words(["Größe_12", "b-7", "[x]"]);

  test("are Python's: Unicode classes, named groups, inline flags, anchors", () => {
    expect(w.str.match("\\w+_\\d+\\Z").values).toEqual(Uint8Array.of(1, 0, 0));
    expect(w.str.match("(?i)GRÖ").values).toEqual(Uint8Array.of(1, 0, 0));
    expect(w.str.extract("(?P<letter>[a-zß])\\-?e?_?(?P<n>\\d+)", "part").values).toEqual(["ß", "12", "b", "7", "", ""]);
    expect(w.str.contains("[]x]").values).toEqual(Uint8Array.of(0, 0, 1));
    expect(w.str.contains("\\_|\\-").values).toEqual(Uint8Array.of(1, 1, 0));
    expect(w.str.replace("(?P<d>\\d)", "<\\g<d>>", { n: 1 }).values).toEqual(["Größe_<1>2", "b-<7>", "[x]"]);
  });

  test("may be JavaScript's, with flags of their own", () => {
    expect(w.str.contains(/GRÖ/i).values).toEqual(Uint8Array.of(1, 0, 0));
    expect(() => w.str.contains(/a/, { case: false })).toThrow(/flags of its own/);
    expect(w.str.count(/\d/g).values).toEqual(Float64Array.of(2, 1, 0));
  });

  test("that are none are refused at once, also on lazy strings", () => {
    expect(() => w.str.contains("(")).toThrow(/no regular expression/);
    expect(() => w.chunk({ x: 1 }).str.contains("(")).toThrow(/no regular expression/);
    expect(() => w.str.extract("a", "p")).toThrow(/no groups/);
    expect(() => w.str.replace("(a)", "\\2").values).not.toThrow();
    expect(() => w.str.replace("(b)", "\\2").values).toThrow(/names group 2/);
    expect(() => w.str.extract("(a)", "x")).toThrow(/there already/);
  });

  test("find all: lists, because arrays hold none", () => {
    expect(w.str.findall("\\d")).toEqual([["1", "2"], ["7"], []]);
    expect(w.str.findall("(\\w)([_-])")).toEqual([[["e", "_"]], [["b", "-"]], []]);
  });
});

describe("lazy strings", () => {
  const w = words(["a b", "c", "d e f", "g"]);
  const lazy = w.chunk({ x: 3 });

  test("give lazy results of the same values, and parts of them", async () => {
    const parts = lazy.str.partition("p");
    expect(parts.isLazy).toBe(true);
    expect((await parts.compute()).values).toEqual(w.str.partition("p").values);
    expect((await parts.isel({ p: 2, x: [0, 2] }).compute()).values).toEqual(["b", "e f"]);
    const replaced = lazy.str.replace("[aeg]", (m) => m[0]!.toUpperCase());
    expect(replaced.isLazy).toBe(true);
    expect((await replaced.compute()).values).toEqual(["A b", "c", "d E f", "G"]);
    expect((await lazy.str.join({ sep: "" }).compute()).item()).toBe("a bcd e fg");
    await expect(lazy.str.index("a").compute()).rejects.toThrow(/not in/);
  });

  test("refuse methods whose shape they decide", () => {
    expect(() => lazy.str.split("p")).toThrow(/load\(\) or compute\(\)/);
    expect(() => lazy.str.getDummies("p")).toThrow(/load\(\) or compute\(\)/);
  });
});

describe("refusals", () => {
  test("name what is wrong", () => {
    const w = words(["a"]);
    expect(() => (new DataArray([1], { dims: ["x"] }) as any).str).toThrow(/str is for strings/);
    expect(() => w.str.encode().str.len()).toThrow(/decode/);
    expect(() => w.str.encode("utf-17")).toThrow(/utf-17/);
    expect(() => w.str.encode("ascii", { errors: "wrong" as never })).toThrow(/wrong/);
    expect(() => words(["ä"]).str.encode("ascii")).toThrow(/no character of ascii/);
    expect(() => w.str.normalize("NFX" as never)).toThrow(/NFX/);
    expect(() => w.str.pad(3, { side: "top" as never })).toThrow(/top/);
    expect(() => w.str.slice({ step: 0 })).toThrow(/step/);
    expect(() => w.str.split(null as never)).toThrow(/name the dimension/);
    expect(() => w.str.wrap(0)).toThrow(/positive width/);
    expect(() => words(["{} {}"]).str.format("a")).toThrow(/no value for field/);
    expect(() => words(["{"]).str.format("a")).toThrow(/a single \{/);
  });
});

describe("templates and tables", () => {
  test("fields by position and name", () => {
    expect(words(["{} {unit:>3}"]).str.format("a", { unit: "m" }).values).toEqual(["a   m"]);
    expect(words(["{0}{1}{0}"]).str.format("a", 2).values).toEqual(["a2a"]);
  });

  test("characters are replaced by code points, strings or nothing", () => {
    expect(words(["aäb𝐀"]).str.translate({ ä: "ae", b: null, 𝐀: 65 }).values).toEqual(["aaeA"]);
    expect(words(["ab"]).str.translate(new Map([[97, "x"]])).values).toEqual(["xb"]);
  });
});
