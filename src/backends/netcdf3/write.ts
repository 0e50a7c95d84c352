/** Writing netCDF classic files: the header at once, values in any order as they come. */
import { type Box, boxShape, boxSize } from "../../array/box.ts";
import { cStrides } from "../../array/meta.ts";
import { flatValues, type NDArray } from "../../array/ndarray.ts";
import type { Sink } from "../../array/source.ts";
import { bytesFromValues } from "../../codecs/values.ts";
import { DimensionError, EncodingError } from "../../errors.ts";
import { unknownName } from "../../util/suggest.ts";
import { type ByteTarget, byteTarget } from "../byte-target.ts";
import { charBytes } from "../chars.ts";
import type { FileWriter, GroupSpec } from "../contract.ts";
import { type ClassicFormat, type ClassicLayout, type PlacedVariable, planLayout } from "./layout.ts";
import { pieceGrid } from "./source.ts";

/** Options of {@link createNetcdf3}. */
export interface Netcdf3Options {
  /** Default NETCDF3_64BIT, or NETCDF3_64BIT_DATA (CDF-5) where a variable takes 4 GB or more. */
  readonly format?: ClassicFormat | undefined;
}

/**
 * Begin a netCDF classic file at `path`, or in memory without one.
 *
 * Integers that CDF-1 and CDF-2 do not have are stored as the next signed type that they have
 * (int64 as int32), and writing throws EncodingError for a value that does not fit.
 *
 * @example
 * ```ts
 * const writer = await createNetcdf3(undefined, { dims: new Map([["x", { size: 2, unlimited: false }]]), attrs: {},
 *   variables: new Map([["a", { dims: ["x"], dtype: "float64", attrs: {}, encoding: {} }]]) });
 * await writer.sink("a").write(Float64Array.of(0, 2), new NDArray(Float64Array.of(1, 2), [2], "float64"), {});
 * const bytes = await writer.finish();
 * ```
 */
export async function createNetcdf3(path: string | URL | undefined, spec: GroupSpec, options: Netcdf3Options = {}): Promise<FileWriter> {
  const layout = planLayout(spec, options.format);
  const target = await byteTarget(path);
  try {
    await target.write(0, layout.header);
  } catch (error) {
    await target.abort();
    throw error;
  }
  return {
    sink: (name) => {
      const variable = layout.variables.get(name.replace(/^\//, ""));
      if (variable === undefined) throw new EncodingError(unknownName("variable", name, layout.variables.keys()), { name });
      return classicSink(target, layout, variable);
    },
    finish: () => target.finish(layout.size),
    abort: () => target.abort(),
  };
}

function classicSink(target: ByteTarget, layout: ClassicLayout, variable: PlacedVariable): Sink {
  const { shape, type, record, begin } = variable;
  const strides = cStrides(shape);
  const grid = pieceGrid(shape, type.size, record ? { bytes: variable.bytes, size: layout.recordSize } : undefined);
  /** The byte at which an element begins. */
  const place = (at: readonly number[]): number => {
    let flat = 0;
    for (let i = record ? 1 : 0; i < at.length; i++) flat += at[i]! * strides[i]!;
    return begin + flat * type.size + (record ? at[0]! * layout.recordSize : 0);
  };
  return {
    meta: { shape, dtype: variable.dtype },
    grid,
    write: async (box, block, { signal }) => {
      const counts = boxShape(box);
      if (counts.length !== shape.length || counts.some((n, i) => n !== block.shape[i] || box[2 * i + 1]! > shape[i]!)) {
        throw new DimensionError(
          `a block of shape (${block.shape.join(", ")}) cannot be written to [${Array.from(box).join(", ")}] of ${JSON.stringify(variable.name)} (${shape.join(", ")})`,
          { variable: variable.name },
        );
      }
      const bytes = encodeBlock(variable, block);
      const depth = runDepth(box, counts, shape, record && !(layout.recordSize === variable.bytes));
      const run = counts.slice(depth).reduce((n, k) => n * k, type.size);
      const at = Array.from(counts, (_, i) => box[2 * i]!);
      for (let done = 0; done < bytes.length; done += run) {
        signal?.throwIfAborted();
        await target.write(place(at), bytes.subarray(done, done + run));
        for (let i = depth - 1; i >= 0; i--) {
          if (++at[i]! < box[2 * i + 1]!) break;
          at[i] = box[2 * i]!;
        }
      }
    },
  };
}

/** How many leading axes are walked one by one: the elements of the others lie one after another in the file. */
function runDepth(box: Box, counts: readonly number[], shape: readonly number[], apart: boolean): number {
  let depth = counts.length;
  while (depth > (apart ? 1 : 0)) {
    depth--;
    if (counts[depth] !== shape[depth]) break;
  }
  return boxSize(box) === 0 ? 0 : depth;
}

const ranges: Readonly<Record<string, readonly [number, number]>> = {
  int8: [-128, 127],
  int16: [-32768, 32767],
  int32: [-2147483648, 2147483647],
};

/** The block's values as the file has them. */
function encodeBlock(variable: PlacedVariable, block: NDArray): Uint8Array {
  const { type, name } = variable;
  if (block.dtype !== variable.dtype)
    throw new EncodingError(`variable ${JSON.stringify(name)} was declared as ${variable.dtype} and a block of ${block.dtype} came`, {
      variable: name,
    });
  const flat = flatValues(block);
  if (type.name === "S1") return charBytes(JSON.stringify(name), flat as readonly (Uint8Array | null)[]);
  if (block.dtype === type.dtype) return bytesFromValues(type.element, flat, true);
  const values = flat as Float64Array | BigInt64Array;
  if (type.size === 8) {
    const wide = type.dtype === "bigint64" ? new BigInt64Array(values.length) : new BigUint64Array(values.length);
    for (let i = 0; i < values.length; i++) wide[i] = BigInt(values[i]!);
    return bytesFromValues(type.element, wide, true);
  }
  const [least, most] = ranges[type.name]!;
  const out = new { int8: Int8Array, int16: Int16Array, int32: Int32Array }[type.name as "int8" | "int16" | "int32"](values.length);
  for (let i = 0; i < values.length; i++) {
    const v = values[i]!;
    if (!(v >= least && v <= most))
      throw new EncodingError(
        `variable ${JSON.stringify(name)} has the value ${v}, and netCDF classic files store ${variable.dtype} as ${type.name} (${least} to ${most}); write NETCDF3_64BIT_DATA or netCDF4`,
        { variable: name, value: v },
      );
    out[i] = Number(v);
  }
  return bytesFromValues(type.element, out, true);
}
