import { describe, expect, it } from "vitest";
import { binaryRule } from "../../src/array/binary-rules.ts";
import { asArray, BINARY_NAMES, type BinaryName, binary, scalarOperand, type UnaryName, unary } from "../../src/array/index.ts";
import { unaryRule } from "../../src/array/unary-rules.ts";
import { kindOf, promote } from "../../src/dtypes/index.ts";
import type { DType } from "../../src/dtypes/types.ts";
import { isGraticuleError } from "../../src/errors.ts";
import { arrayOf, expectClose, fixture, numbers, pick, toleranceOf } from "./fixture.ts";

describe("dtypes of results agree with NumPy", () => {
  it("promotes every pair as NumPy does", () => {
    for (const a of fixture.dtypes)
      for (const b of fixture.dtypes) expect(`${a} ${b} ${promote(a, b)}`).toBe(`${a} ${b} ${fixture.promotion[a]![b]}`);
  });

  it.each(BINARY_NAMES)("gives %s the dtypes NumPy gives it", (name) => {
    const wrong: string[] = [];
    fixture.dtypes.forEach((a, i) =>
      fixture.dtypes.forEach((b, j) => {
        const letter = fixture.binaryDtypes[name]![i * fixture.dtypes.length + j]!;
        const want = letter === "-" ? "none" : fixture.dtypes[letter.charCodeAt(0) - 97];
        const got = outcome(() => binaryRule(name, a, b).out);
        if (got !== want) wrong.push(`${a} ${b}: ${got}, not ${want}`);
      }),
    );
    expect(wrong).toEqual([]);
  });

  it("gives functions of one array the dtypes NumPy gives them", () => {
    const wrong: string[] = [];
    for (const { name, a, dtype } of fixture.unary) {
      const got = outcome(() => unaryRule(name as UnaryName, a).out);
      if (got !== (dtype ?? "none")) wrong.push(`${name} ${a}: ${got}, not ${dtype ?? "none"}`);
    }
    expect(wrong).toEqual([]);
  });
});

function outcome(f: () => DType): DType | "none" {
  try {
    return f();
  } catch (error) {
    if (!isGraticuleError(error, "DTypeError")) throw error;
    return "none";
  }
}

describe("values agree with NumPy, edges included", () => {
  const pairs = [...new Set(fixture.binary.map(({ a, b }) => `${a} and ${b}`))];
  it.each(pairs)("computes %s", (pair) => {
    for (const { name, a, b, dtype, r, kept, y } of fixture.binary) {
      if (`${a} and ${b}` !== pair) continue;
      const [n, m] = [edges(a).length, edges(b).length];
      const places = kept ?? [...Array(n * m).keys()];
      const x = arrayOf(
        pick(
          fixture.edges[a]!,
          a,
          places.map((p) => Math.floor(p / m)),
        ),
        a,
      );
      const z = arrayOf(
        y ??
          pick(
            fixture.edges[b]!,
            b,
            places.map((p) => p % m),
          ),
        b,
      );
      const got = binary(name as BinaryName, x, z);
      expect(got.dtype).toBe(dtype);
      expectClose(numbers(got), r, kindOf(dtype) === "f" || kindOf(dtype) === "c" ? toleranceOf(dtype) : 0, `${name} of ${pair}`);
    }
  });

  it.each(fixture.dtypes)("computes functions of %s", (dtype) => {
    for (const { name, a, dtype: out, r, kept } of fixture.unary) {
      if (a !== dtype || out === null) continue;
      // Where NumPy divides an integer by zero it gives whatever the processor does; here that is 0.
      if (name === "reciprocal" && "iu".includes(kindOf(a))) continue;
      const got = unary(name as UnaryName, arrayOf(kept ? pick(fixture.edges[a]!, a, kept) : fixture.edges[a]!, a));
      expectClose(numbers(got), r, kindOf(out) === "f" || kindOf(out) === "c" ? toleranceOf(out) : 0, `${name} of ${dtype}`);
    }
  });

  const edges = (dtype: DType): readonly number[] =>
    Array.from({ length: fixture.edges[dtype]!.length / (kindOf(dtype) === "c" ? 2 : 1) }, (_, i) => i);
});

describe("what NumPy leaves undefined or BigInts would hide", () => {
  it("refuses 64-bit results beyond 2**53 by name", () => {
    const a = arrayOf([2 ** 53 - 1], "int64");
    expect(() => binary("add", a, scalarOperand(1, "int64"))).toThrow(/9007199254740992 does not fit int64/);
    expect(() => binary("sub", arrayOf([1], "uint64"), arrayOf([2], "uint64"))).toThrow(/-1 does not fit uint64.*no negative/);
  });

  it("refuses integers to negative powers, as NumPy", () => {
    expect(() => binary("pow", arrayOf([2], "int32"), arrayOf([-1], "int32"))).toThrow(/negative powers/);
  });

  it("broadcasts over rows, columns and missing axes", () => {
    const a = arrayOf([1, 2, 3, 4, 5, 6], "float32", [2, 3]);
    expect(numbers(binary("add", a, arrayOf([10, 20], "float32", [2, 1])))).toEqual([11, 12, 13, 24, 25, 26]);
    expect(numbers(binary("mul", a, arrayOf([1, 0, 2], "float32")))).toEqual([1, 0, 6, 4, 0, 12]);
    expect(() => binary("add", a, arrayOf([1, 2], "float32"))).toThrow(/shapes \(2, 3\) and \(2\) do not broadcast/);
  });

  it("keeps integers beside whole scalars and floats beside all", () => {
    expect(scalarOperand(2, "uint8").dtype).toBe("uint8");
    expect(scalarOperand(2.5, "int16").dtype).toBe("float64");
    expect(scalarOperand(2.5, "float32").dtype).toBe("float32");
    expect(scalarOperand(true, "float32").dtype).toBe("bool");
    expect(scalarOperand(null, "int16").dtype).toBe("float32");
    expect(() => scalarOperand(300, "uint8")).toThrow(/300 does not fit uint8; it holds 0 to 255/);
  });

  it("compares and joins strings, missing ones equal to nothing", () => {
    const a = asArray(["b", null, "𝒳"]);
    expect(numbers(binary("lt", a, asArray(["c", "a", "￿"])))).toEqual([1, 0, 0]);
    expect(numbers(binary("ne", a, a))).toEqual([0, 1, 0]);
    expect(numbers(binary("eq", a, asArray([1, 2, 3])))).toEqual([0, 0, 0]);
  });

  it("computes with BigInts, which wrap", () => {
    const a = asArray(BigInt64Array.of(2n ** 62n, -7n));
    expect(Array.from((binary("add", a, a) as unknown as { data: BigInt64Array }).data)).toEqual([-(2n ** 63n), -14n]);
    expect(Array.from((binary("floordiv", a, asArray(BigInt64Array.of(3n, 2n))) as unknown as { data: BigInt64Array }).data)).toEqual([
      2n ** 62n / 3n,
      -4n,
    ]);
  });
});

describe("times", () => {
  const times = arrayOf([0, 86_400_000, "NaN"], "datetime64");
  const day = arrayOf([86_400_000], "timedelta64");

  it("moves by durations and differs by durations", () => {
    expect(binary("sub", times, times).dtype).toBe("timedelta64");
    const moved = binary("add", times, day);
    expect([moved.dtype, ...numbers(moved)]).toEqual(["datetime64", 86_400_000, 172_800_000, Number.NaN]);
    expect(() => binary("add", times, times)).toThrow(/add is not defined for datetime64 and datetime64; times move by timedeltas/);
  });

  it("divides durations", () => {
    const half = binary("div", day, arrayOf([43_200_000], "timedelta64"));
    expect([half.dtype, ...numbers(half)]).toEqual(["float64", 2]);
    expect(binary("mul", day, arrayOf([2], "int32")).dtype).toBe("timedelta64");
    expect(binary("floordiv", day, arrayOf([50_000_000], "timedelta64")).dtype).toBe("int64");
    expect(numbers(binary("mod", day, arrayOf([50_000_000], "timedelta64")))).toEqual([36_400_000]);
  });

  it("rounds to the microsecond", () => {
    expect(numbers(binary("mul", day, scalarOperand(1 / 7, "timedelta64")))).toEqual([12_342_857.143]);
  });

  it("does not mix calendars", () => {
    expect(() => binary("sub", times, arrayOf([0], "datetime64[noleap]"))).toThrow(/different calendars do not mix/);
  });
});
