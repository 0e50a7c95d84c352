/** Any dataset that a format can hold comes back from it as it was: shapes, chunks, dtypes, attributes, fill values, calendars. */
import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { allocate } from "../../src/dtypes/traits.ts";
import { Dataset, type DType, NDArray, openDataset, openZarr, setOptions } from "../../src/index.ts";
import { differences, encodeObject } from "../support/index.ts";

beforeEach(() => {
  setOptions({ onWarning: () => {} });
});

const FORMATS = ["zarr2", "zarr3", "NETCDF4", "NETCDF3_64BIT_DATA", "NETCDF3_64BIT"] as const;
type Format = (typeof FORMATS)[number];

const CALENDARS = ["datetime64", "datetime64[noleap]", "datetime64[360_day]", "datetime64[julian]", "datetime64[all_leap]"] as const;
const CLASSIC: readonly DType[] = ["int8", "int16", "int32", "float32", "float64", "bool", "string", "timedelta64", ...CALENDARS];
const MORE: readonly DType[] = [...CLASSIC, "uint8", "uint16", "uint32", "int64", "uint64"];
const dtypesOf = (format: Format): readonly DType[] =>
  format === "NETCDF3_64BIT" ? CLASSIC : format.startsWith("zarr") ? [...MORE, "float16"] : MORE;

const DAY = 86_400_000;
const LIMITS: Readonly<Record<string, readonly [number, number]>> = {
  int8: [-128, 127],
  int16: [-32_768, 32_767],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint8: [0, 255],
  uint16: [0, 65_535],
  uint32: [0, 2 ** 32 - 1],
  int64: [-(2 ** 52), 2 ** 52],
  uint64: [0, 2 ** 52],
  bool: [0, 1],
};

/** One value of a dtype; missing ones where it has them. */
function arbitraryOf(dtype: DType): fc.Arbitrary<number | string> {
  if (dtype === "string")
    return fc.oneof(fc.string({ maxLength: 5 }), fc.constantFrom("", "é", "日本", "a b")).filter((s) => !s.includes("\0"));
  if (dtype === "timedelta64")
    return fc.oneof(
      { weight: 5, arbitrary: fc.integer({ min: -50_000, max: 50_000 }).map((s) => s * 1000) },
      { weight: 1, arbitrary: fc.constant(Number.NaN) },
    );
  if (dtype.startsWith("datetime64"))
    return fc.oneof(
      { weight: 5, arbitrary: fc.integer({ min: -30_000, max: 30_000 }).map((hours) => (hours * DAY) / 24) },
      { weight: 1, arbitrary: fc.constant(Number.NaN) },
    );
  if (dtype === "float16") return fc.constantFrom(0, -0, 0.5, -1.25, 1024, 2 ** -24, Number.NaN, Number.POSITIVE_INFINITY);
  if (dtype === "float32") return fc.float();
  if (dtype === "float64") return fc.double();
  const [min, max] = LIMITS[dtype]!;
  return fc.oneof(fc.integer({ min: Math.max(min, -9), max: Math.min(max, 9) }), fc.constantFrom(min, max));
}

function arrayOf(dtype: DType, shape: readonly number[]): fc.Arbitrary<NDArray> {
  const n = shape.reduce((a, b) => a * b, 1);
  return fc.array(arbitraryOf(dtype), { minLength: n, maxLength: n }).map((values) => {
    if (dtype === "string") return new NDArray(values as string[], shape, dtype);
    const data = allocate(dtype, n) as Float64Array;
    data.set(values as number[]);
    return new NDArray(data, shape, dtype);
  });
}

const attributes = fc.dictionary(
  fc.constantFrom("long_name", "note", "valid_range", "level", "version"),
  fc.oneof(
    fc.constantFrom("K", "metres per second", "température", "a\nb"),
    fc.integer({ min: -1000, max: 1000 }),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }),
    fc.array(fc.constantFrom(-1.5, 0, 2, 1e300), { minLength: 2, maxLength: 4 }),
  ),
  { noNullPrototype: true },
);

/** How one variable is stored: the chunks, and a fill value where nothing is missing by itself. */
const storage = fc.record({ chunk: fc.integer({ min: 1, max: 4 }), fill: fc.boolean(), chunked: fc.boolean(), lazy: fc.boolean() });

interface Case {
  readonly format: Format;
  readonly variables: readonly {
    readonly dims: readonly string[];
    readonly array: NDArray;
    readonly attrs: Record<string, unknown>;
    readonly how: { readonly chunk: number; readonly fill: boolean; readonly chunked: boolean; readonly lazy: boolean };
  }[];
  readonly times: NDArray;
  readonly attrs: Record<string, unknown>;
}

const lengths = fc.record({ time: fc.integer({ min: 1, max: 4 }), y: fc.integer({ min: 0, max: 3 }), x: fc.integer({ min: 1, max: 5 }) });

const cases: fc.Arbitrary<Case> = fc
  .record({ format: fc.constantFrom(...FORMATS), given: lengths, calendar: fc.constantFrom(...CALENDARS) })
  .chain(({ format, given, calendar }) => {
    // In classic files a dimension of length 0 is one that can grow, which comes first.
    const sizes = format.startsWith("NETCDF3") ? { ...given, y: Math.max(1, given.y) } : given;
    return fc.record({
      format: fc.constant(format),
      times: fc.uniqueArray(fc.integer({ min: -30_000, max: 30_000 }), { minLength: sizes.time, maxLength: sizes.time }).map(
        (days) =>
          new NDArray(
            Float64Array.from(days, (d) => d * DAY),
            [sizes.time],
            calendar,
          ) as NDArray,
      ),
      attrs: attributes,
      variables: fc.array(
        fc
          .record({
            dims: fc.subarray(["time", "y", "x"] as const),
            dtype: fc.constantFrom(...dtypesOf(format)),
            attrs: attributes,
            how: storage,
          })
          .chain(({ dims, dtype, attrs, how }) =>
            arrayOf(
              dtype,
              dims.map((dim) => sizes[dim]),
            ).map((array) => ({ dims, array, attrs, how })),
          ),
        { minLength: 1, maxLength: 3 },
      ),
    });
  });

/** The encoding of a variable: floats may have any fill value, since it stands for NaN alone. */
function encodingOf(format: Format, { array, how }: Case["variables"][number]): Record<string, unknown> {
  const encoding: Record<string, unknown> = {};
  const own = array.shape.map((n) => Math.max(1, Math.min(n, how.chunk)));
  if (how.chunked && own.length > 0 && !array.shape.includes(0)) {
    if (format.startsWith("zarr")) encoding.chunks = own;
    if (format === "NETCDF4") encoding.chunksizes = own;
  }
  if (how.fill && (array.dtype === "float32" || array.dtype === "float64")) encoding._FillValue = -(2 ** 100);
  return encoding;
}

function datasetOf({ variables, times, attrs }: Case): Dataset<any> {
  const vars = Object.fromEntries(variables.map((v, i) => [`v${i}`, [v.dims, v.array, v.attrs]]));
  return new Dataset(vars as never, { coords: { time: ["time", times] } as never, attrs: attrs as never });
}

async function written(c: Case): Promise<Dataset<any>> {
  const ds = datasetOf(c);
  const source = c.variables[0]!.how.lazy ? ds.chunk(Object.fromEntries(Object.keys(ds.sizes).map((dim) => [dim, 2])) as never) : ds;
  const encoding = Object.fromEntries(c.variables.map((v, i) => [`v${i}`, encodingOf(c.format, v)]));
  if (c.format === "zarr2" || c.format === "zarr3") {
    const store = new Map<string, Uint8Array>();
    await source.toZarr(store, { zarrFormat: c.format === "zarr2" ? 2 : 3, encoding, safeChunks: false } as never);
    return (await (await openZarr(store)).compute()) as Dataset<any>;
  }
  await using back = await openDataset(await source.toNetcdf(undefined, { format: c.format, encoding } as never));
  return (await back.compute()) as Dataset<any>;
}

test("what is written is what comes back", { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(cases, async (c) => {
      expect(differences(encodeObject(await written(c)), encodeObject(datasetOf(c)))).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
