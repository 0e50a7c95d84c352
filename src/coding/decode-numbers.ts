/**
 * Fill values, packing, signedness and booleans: stored numbers as what they mean.
 *
 * Dtypes follow xarray: float32 where scale and offset both are, or the stored integers have at most
 * 16 bits and are not packed; float64 else. Scales that are integers make float64. Attributes without
 * a stored type count as float64, as Python's floats do.
 */
import { cast, decodeScaled, maskText, reinterpret } from "../array/index.ts";
import { promoteForMissing } from "../dtypes/missing.ts";
import { kindOf, TRAITS } from "../dtypes/traits.ts";
import type { DType } from "../dtypes/types.ts";
import { warn } from "../options.ts";
import type { AttrValue } from "../variable/index.ts";
import { type Draft, numberOf, toEncoding } from "./draft.ts";
import { timeLikeness } from "./time-like.ts";

/** Values that mean missing, after `_Unsigned`. */
export type Fill = number | bigint | string;

/** What masking leaves to the coder of times: integers are masked there, where not-a-time exists. */
export interface Masked {
  readonly fills: readonly Fill[];
}

/** Decode `_FillValue`, `missing_value`, `_Unsigned`, `scale_factor` and `add_offset`. `times` and `durations` say what is decoded later. */
export function decodeNumbers(draft: Draft, { times, durations }: { readonly times: boolean; readonly durations: boolean }): Masked {
  const fills = takeFills(draft);
  const unsigned = decodeUnsigned(draft, fills);
  const { attrs } = draft;
  const kind = kindOf(draft.array.dtype);
  if (kind === "U") {
    const texts = unsigned.filter((fill): fill is string => typeof fill === "string");
    if (texts.length > 0) draft.array = maskText(draft.array, texts);
    return { fills: [] };
  }
  if (!"iufb".includes(kind)) return { fills: [] };
  const numbers = unsigned.filter((fill): fill is number | bigint => typeof fill !== "string");
  if (!("scale_factor" in attrs) && !("add_offset" in attrs)) {
    if (numbers.length === 0) return { fills: [] };
    const like = timeLikeness(attrs.units);
    if (kind !== "f" && ((like === "datetime" && times) || (like === "timedelta" && durations))) return { fills: numbers };
    draft.array = decodeScaled(draft.array, {
      fills: storedFills(draft.array.dtype, numbers),
      dtype: promoteForMissing(draft.array.dtype),
    });
    return { fills: [] };
  }
  const dtype = packedDType(draft);
  const scale = toEncoding(draft, "scale_factor");
  const offset = toEncoding(draft, "add_offset");
  draft.array = decodeScaled(draft.array, {
    fills: storedFills(draft.array.dtype, numbers),
    scale: scale === undefined ? undefined : numberOf(draft, "scale_factor", scale),
    offset: offset === undefined ? undefined : numberOf(draft, "add_offset", offset),
    dtype,
  });
  return { fills: [] };
}

/** Fill values as the stored values are compared with them: in their precision, or as 64-bit integers. */
function storedFills(dtype: DType, fills: readonly (number | bigint)[]): (number | bigint)[] {
  const { storage } = TRAITS[dtype];
  if (storage === "f32") return fills.map((fill) => Math.fround(Number(fill)));
  if (storage !== "i64" && storage !== "u64") return fills.map(Number);
  return fills.flatMap((fill) => (typeof fill === "bigint" ? [fill] : Number.isInteger(fill) ? [BigInt(fill)] : []));
}

/** The fill values, moved to the encoding. Those that integers cannot have are dropped with a warning. */
function takeFills(draft: Draft): Fill[] {
  const found: Fill[] = [];
  const integers = "iu".includes(kindOf(draft.array.dtype));
  for (const key of ["missing_value", "_FillValue"]) {
    if (!(key in draft.attrs)) continue;
    const given = draft.attrs[key] as AttrValue;
    const usable = (Array.isArray(given) ? (given as readonly AttrValue[]) : [given]).flatMap((v) => usableFill(v, draft.array.dtype));
    if (usable.length === 0 && integers) {
      delete draft.attrs[key];
      warn(
        "fill-value",
        `variable ${JSON.stringify(draft.name)} has ${key} ${String(given)}, which no ${draft.array.dtype} can be; it is dropped`,
      );
      continue;
    }
    toEncoding(draft, key);
    for (const fill of usable) if (!found.includes(fill)) found.push(fill);
  }
  if (found.length > 1)
    warn(
      "multiple-fill-values",
      `variable ${JSON.stringify(draft.name)} has several fill values (${found.join(", ")}); all become missing`,
    );
  // `_FillValue` first: it is the one that is written.
  return found.reverse();
}

function usableFill(value: AttrValue, dtype: DType): Fill[] {
  if (typeof value === "bigint") return [value];
  if (typeof value === "number") return Number.isNaN(value) ? [] : [value];
  if (typeof value !== "string") return [];
  if (kindOf(dtype) === "U") return [value];
  // JSON metadata writes what it has no numbers for as text.
  const number = value.trim() === "" ? Number.NaN : Number(value);
  return Number.isNaN(number) ? [] : [number];
}

/** Take integers for unsigned (or signed) ones where `_Unsigned` says so; gives the fill values in the new dtype. */
function decodeUnsigned(draft: Draft, fills: readonly Fill[]): readonly Fill[] {
  if (!("_Unsigned" in draft.attrs)) return fills;
  const wish = String(toEncoding(draft, "_Unsigned")).toLowerCase();
  const { dtype } = draft.array;
  const kind = kindOf(dtype);
  if (kind !== "i" && kind !== "u") {
    warn("unsigned", `variable ${JSON.stringify(draft.name)} has attribute _Unsigned and holds ${dtype}; the attribute is ignored`);
    return fills;
  }
  if (kind === (wish === "true" ? "u" : "i") || (wish !== "true" && wish !== "false")) return fills;
  const other = (wish === "true" ? dtype.replace("int", "uint") : dtype.replace("uint", "int")) as DType;
  draft.array = reinterpret(draft.array, other);
  const bits = 8 * TRAITS[dtype].itemsize;
  return fills.map((fill) => {
    if (typeof fill === "string" || !Number.isInteger(Number(fill))) return fill;
    const turned = wish === "true" ? BigInt.asUintN(bits, BigInt(fill)) : BigInt.asIntN(bits, BigInt(fill));
    return bits === 64 ? turned : Number(turned);
  });
}

/** The float dtype of unpacked values. */
function packedDType(draft: Draft): DType {
  const { attrs, types, array } = draft;
  const typeOf = (key: string): DType | undefined => (key in attrs ? (types[key] ?? "float64") : undefined);
  const [scale, offset] = [typeOf("scale_factor"), typeOf("add_offset")];
  if (offset !== undefined && scale === offset && scale === "float32") {
    return TRAITS[array.dtype].itemsize === 4 && kindOf(array.dtype) !== "f" ? "float64" : "float32";
  }
  return offset === undefined && scale === "float32" ? "float32" : "float64";
}

/** Integers marked as booleans. */
export function decodeBooleans(draft: Draft): void {
  if (draft.attrs.dtype !== "bool") return;
  delete draft.attrs.dtype;
  draft.encoding.dtype = "bool";
  draft.array = cast(draft.array, "bool");
}
