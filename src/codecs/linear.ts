/** The codecs that scale and shift: `fixedscaleoffset` (rounds and casts) and `scale_offset` (neither). */
import type { AnyValues } from "../dtypes/types.ts";
import { castValues, checkDecoded, checkNumeric, roundHalfEven, roundToHalf, typeOption } from "./cast.ts";
import { badOption, numberOption } from "./config.ts";
import type { CodecConfig, CodecFactory } from "./contract.ts";
import type { ElementType } from "./element-type.ts";
import { flatCodec } from "./flat.ts";
import { allocate } from "./values.ts";

/** `fixedscaleoffset`: stores `round((x − offset) · scale)` as `astype`; gives `x / scale + offset` as `dtype`. */
export const fixedScaleOffset: CodecFactory = (config, chunk) => {
  const name = "fixedscaleoffset";
  const scale = numberOption(name, config, "scale");
  const offset = numberOption(name, config, "offset");
  if (scale === 0) throw badOption(name, "scale", scale, "a number other than 0");
  const decodedType = typeOption(name, config, "dtype", chunk.type);
  const encodedType = typeOption(name, config, "astype", decodedType);
  checkDecoded(name, chunk, decodedType);
  checkNumeric(name, encodedType);
  return flatCodec(
    chunk,
    { ...chunk, type: encodedType },
    (v) =>
      castValues(
        affine(v, encodedType, (work) => divideAdd(work, scale, offset)),
        decodedType,
      ),
    (v) =>
      castValues(
        affine(v, decodedType, (work) => subtractMultiplyRound(work, offset, scale)),
        encodedType,
      ),
  );
};

/** `scale_offset`: stores `(x − offset) · scale` in the array's own type. */
export const scaleOffset: CodecFactory = (config, chunk) => {
  const name = "scale_offset";
  const scale = scalar(name, config, "scale", 1);
  const offset = scalar(name, config, "offset", 0);
  if (scale === 0) throw badOption(name, "scale", scale, "a number other than 0");
  checkNumeric(name, chunk.type);
  return flatCodec(
    chunk,
    chunk,
    (v) =>
      castValues(
        affine(v, chunk.type, (work) => divideAdd(work, scale, offset)),
        chunk.type,
      ),
    (v) =>
      castValues(
        affine(v, chunk.type, (work) => subtractMultiply(work, offset, scale)),
        chunk.type,
      ),
  );
};

/** A number option that may be written as a string. */
function scalar(codec: string, config: CodecConfig, name: string, fallback: number): number {
  const value = config[name];
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return numberOption(codec, { [name]: number }, name, fallback);
}

/** Work on a copy: single precision for floats of up to 4 bytes, as NumPy computes with them, else double. */
function affine(values: AnyValues, type: ElementType, change: (work: Float32Array | Float64Array) => void): AnyValues {
  const single = type.kind === "float" && type.size <= 4;
  const cast = castValues(values, { kind: "float", size: single ? 4 : 8, bigEndian: false }) as Float64Array;
  const work = allocate({ kind: "float", size: single ? 4 : 8, bigEndian: false }, values.length) as Float64Array;
  work.set(cast);
  change(work);
  if (type.kind === "float" && type.size === 2) roundToHalf(work as unknown as Float32Array);
  return work;
}

// Each step is stored before the next, so that single precision rounds where NumPy does.

function divideAdd(work: Float32Array | Float64Array, scale: number, offset: number): void {
  for (let i = 0; i < work.length; i++) {
    work[i] = work[i]! / scale;
    work[i] = work[i]! + offset;
  }
}

function subtractMultiply(work: Float32Array | Float64Array, offset: number, scale: number): void {
  for (let i = 0; i < work.length; i++) {
    work[i] = work[i]! - offset;
    work[i] = work[i]! * scale;
  }
}

function subtractMultiplyRound(work: Float32Array | Float64Array, offset: number, scale: number): void {
  subtractMultiply(work, offset, scale);
  for (let i = 0; i < work.length; i++) work[i] = roundHalfEven(work[i]!);
}
