/** The HTML repr: escaped, folded, without scripts, and never a reason to read. */
import { describe, expect, test } from "vitest";
import { DataArray, Dataset } from "../../src/index.ts";

const evil = `<script>alert("x")</script>`;

/** The elements of a fragment, opened and closed in order. */
function balanced(html: string): boolean {
  const open: string[] = [];
  for (const [, close, name] of html.replace(/<style>.*?<\/style>/s, "").matchAll(/<(\/?)([a-z0-9]+)[^>]*>/g)) {
    if (!close) open.push(name!);
    else if (open.pop() !== name) return false;
  }
  return open.length === 0;
}

describe("HTML", () => {
  const da = new DataArray(
    [
      [1, 2],
      [3, 4],
    ],
    { dims: ["y", evil], coords: { y: [10, 20], [evil]: ["<b>", "&amp;"] }, name: evil, attrs: { [evil]: evil } } as never,
  );

  test("escapes names, values and attributes", () => {
    for (const html of [da.toHtml(), new Dataset({ v: da } as never, { attrs: { t: evil } }).toHtml()]) {
      expect(html).not.toContain("<script");
      expect(html).toContain("&lt;script&gt;");
      expect(html).toContain("&#39;&lt;b&gt;&#39;");
      expect(balanced(html)).toBe(true);
    }
  });

  test("has the text as a second representation", () => {
    const bundle = da[Symbol.for("Jupyter.display") as never] as unknown as () => Record<string, string>;
    expect(Object.keys(bundle.call(da))).toEqual(["text/plain", "text/html"]);
    expect(bundle.call(da)["text/plain"]).toBe(da.toString());
  });

  test("describes lazy arrays and does not read them", () => {
    const lazy = new DataArray([1, 2, 3, 4, 5], { dims: ["x"], name: "n" }).chunk({ x: 2 });
    expect(lazy.toHtml()).toContain("3 of at most (2)");
    expect(lazy.isLazy).toBe(true);
    expect(new Dataset({ n: lazy } as never).toHtml()).toContain("lazy, chunks (2)");
    expect(lazy.toHtml()).toMatch(/40B, 16B in a chunk/);
  });

  test("holds for nothing at all", () => {
    expect(balanced(new Dataset().toHtml())).toBe(true);
    expect(balanced(new DataArray(1).toHtml())).toBe(true);
    expect(new DataArray(new Float64Array(0), { dims: ["x"] } as never).chunk().toHtml()).toContain("lazy");
  });

  test("needs a page to be an element", () => {
    expect(() => da.toElement()).toThrow(/toHtml\(\)/);
  });
});
