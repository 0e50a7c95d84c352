/** Stored integers as they are meant, lazily: bits taken for another signedness, 64-bit ones as exact numbers. */
import { TRAITS } from "../dtypes/traits.ts";
import type { DType } from "../dtypes/types.ts";
import { DTypeError } from "../errors.ts";
import { narrowBig } from "../kernels/narrow.ts";
import { apply } from "./apply.ts";
import { boxShape } from "./box.ts";
import { broadcasting } from "./broadcasting.ts";
import { castBlock } from "./cast.ts";
import type { AnyArray } from "./lazy.ts";
import { flatValues, NDArray } from "./ndarray.ts";
import type { Op } from "./op.ts";

/** The same bits as integers with or without sign. */
export const reinterpretOp: Op<{ readonly as: DType }> = {
  name: "reinterpret",
  kind: "map",
  infer: ([a], { as }) => [{ shape: a!.shape, dtype: as }],
  ...broadcasting,
  run: (call, context) => [reinterpretBlock(context.read(0, context.at[0]!), call.params.as)],
};

/**
 * The bits of integers as another integer dtype of the same size.
 *
 * @example
 * ```ts
 * reinterpret(asArray(Int8Array.of(-1)), "uint8"); // 255
 * ```
 */
export function reinterpret(a: AnyArray, as: DType): AnyArray {
  return a.dtype === as ? a : apply(reinterpretOp, [a], { params: { as } });
}

const VIEWS = {
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  u64: BigUint64Array,
  i8: Int8Array,
  i16: Int16Array,
  i32: Int32Array,
  i64: BigInt64Array,
};

function reinterpretBlock(a: NDArray, as: DType): NDArray {
  const { storage } = TRAITS[as];
  const bits = a.data as Int8Array;
  if (!(storage in VIEWS) || Array.isArray(a.data)) return castBlock(a, as);
  const View = VIEWS[storage as "u8"];
  if (View.BYTES_PER_ELEMENT !== bits.BYTES_PER_ELEMENT) return castBlock(a, as);
  return new NDArray(new View(bits.buffer, bits.byteOffset, bits.length), a.shape, as, a.stride, a.offset);
}

/** 64-bit integers as exact numbers. */
export const narrowOp: Op<{ readonly to: "int64" | "uint64" }> = {
  name: "narrow",
  kind: "map",
  infer: ([a], { to }) => [{ shape: a!.shape, dtype: to }],
  ...broadcasting,
  run: (call, context) => {
    const { to } = call.params;
    const wide = flatValues(context.read(0, context.at[0]!)) as BigInt64Array;
    const out = context.alloc(boxShape(context.at[0]!), to);
    const bad = narrowBig(wide, out.data as Float64Array);
    if (bad >= 0) {
      throw new DTypeError(
        `${wide[bad]} does not fit ${to} exactly: numbers are exact below 2**53; open with { int64: "bigint" }, or give it as _FillValue if it means missing`,
        { value: String(wide[bad]), dtype: to },
      );
    }
    return [out];
  },
};

/**
 * BigInt storage as numbers: `bigint64` becomes `int64`, `biguint64` `uint64`; everything else stays.
 *
 * @throws DTypeError, when computed, for a value beyond ±2⁵³.
 */
export function narrowIntegers(a: AnyArray): AnyArray {
  if (a.dtype === "bigint64") return apply(narrowOp, [a], { params: { to: "int64" } });
  return a.dtype === "biguint64" ? apply(narrowOp, [a], { params: { to: "uint64" } }) : a;
}
