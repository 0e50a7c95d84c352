/** Numbers as they are stored: packed, with fill values, in the dtype that the encoding asks for. */
import { cast, encodeScaled, reinterpret } from "../array/index.ts";
import { kindOf, TRAITS } from "../dtypes/traits.ts";
import type { DType } from "../dtypes/types.ts";
import { EncodingError } from "../errors.ts";
import type { AttrValue } from "../variable/index.ts";
import { type Draft, numberOf, setAttr, toAttrs } from "./draft.ts";
import { storedWish } from "./stored-dtype.ts";

/** Encode numbers and booleans; `keepBool` where the format has booleans. Text passes through. */
export function encodeNumbers(draft: Draft, keepBool: boolean): void {
  const { encoding } = draft;
  const wish = storedWish(draft.name, encoding.dtype);
  const before = draft.array.dtype;
  if ("iufb".includes(kindOf(before)) && wish !== "S1" && wish !== "string" && wish !== "bytes") pack(draft, wish);
  else if ("_FillValue" in encoding) takeTextFill(draft);
  if (wish !== "S1" && wish !== "string" && wish !== "bytes") delete encoding.dtype;
  defaultFill(draft);
  if (draft.array.dtype === "bool" && !keepBool) {
    if (draft.attrs.dtype === undefined) draft.attrs.dtype = "bool";
    draft.array = cast(draft.array, "int8");
  }
}

function pack(draft: Draft, wish: DType | undefined): void {
  const { encoding } = draft;
  const fill = takeFill(draft, wish);
  const unsigned = String(toAttrs(draft, "_Unsigned") ?? "").toLowerCase();
  const offset = toAttrs(draft, "add_offset");
  const scale = toAttrs(draft, "scale_factor");
  const from = draft.array.dtype;
  const packed = offset !== undefined || scale !== undefined;
  const to = wish ?? (packed && kindOf(from) !== "f" ? "float64" : from);
  delete encoding.dtype;
  const as =
    unsigned === "true" && kindOf(to) === "i"
      ? (to.replace("int", "uint") as DType)
      : unsigned === "false" && kindOf(to) === "u"
        ? (to.replace("uint", "int") as DType)
        : to;
  const bits = 8 * TRAITS[as].itemsize;
  const stored =
    fill === undefined || as === to || typeof fill === "string"
      ? fill
      : kindOf(as) === "u"
        ? BigInt.asUintN(bits, BigInt(fill))
        : BigInt.asIntN(bits, BigInt(fill));
  const masks = stored !== undefined && typeof stored !== "string" && !Number.isNaN(Number(stored)) && kindOf(from) === "f";
  if (
    packed ||
    masks ||
    (kindOf(as) !== kindOf(from) && kindOf(as) !== "b" && kindOf(from) !== "b" && kindOf(as) !== "c") ||
    narrower(from, as)
  ) {
    draft.array = encodeScaled(draft.array, {
      fills: stored === undefined || typeof stored === "string" ? [] : [stored],
      scale: scale === undefined ? undefined : numberOf(draft, "scale_factor", scale),
      offset: offset === undefined ? undefined : numberOf(draft, "add_offset", offset),
      dtype: as,
    });
  } else draft.array = cast(draft.array, as);
  draft.array = reinterpret(draft.array, to);
}

/** Whether integers lose range, so that each value must be looked at. */
function narrower(from: DType, to: DType): boolean {
  const [a, b] = [TRAITS[from], TRAITS[to]];
  return (
    "iu".includes(a.kind) &&
    "iu".includes(b.kind) &&
    from !== to &&
    !from.startsWith("big") &&
    !to.startsWith("big") &&
    !(a.kind === b.kind && b.itemsize >= a.itemsize)
  );
}

/** The fill value, moved to the attributes and held against the dtype that is stored. */
function takeFill(draft: Draft, wish: DType | undefined): number | bigint | string | undefined {
  const { encoding, name } = draft;
  const [fill, missing] = [encoding._FillValue, encoding.missing_value].map((v) =>
    Array.isArray(v) && v.length === 1 ? (v[0] as unknown) : v,
  );
  if (
    fill !== undefined &&
    fill !== null &&
    missing !== undefined &&
    missing !== null &&
    !Array.isArray(missing) &&
    !sameNumber(fill, missing)
  ) {
    throw new EncodingError(
      `variable ${JSON.stringify(name)} has _FillValue ${String(fill)} and another missing_value ${String(missing)}: only one value can stand for what is missing`,
      { name },
    );
  }
  // Null says that none is wanted: the key stays, so that no default is set.
  if (fill === null) return undefined;
  const value = (fill ?? (Array.isArray(missing) ? missing[0] : missing)) as AttrValue | undefined;
  delete encoding._FillValue;
  delete encoding.missing_value;
  if (value === undefined || value === null) return undefined;
  const stored = wish ?? ("scale_factor" in encoding || "add_offset" in encoding ? undefined : draft.array.dtype);
  const checked = stored === undefined ? (value as number) : checkedFill(name, value, stored);
  if (fill !== undefined) setAttr(draft, "_FillValue", checked);
  if (missing !== undefined) setAttr(draft, "missing_value", checked);
  return checked;
}

function checkedFill(name: string, value: AttrValue, dtype: DType): number | bigint {
  const number = typeof value === "string" ? Number(value) : value;
  const { range } = TRAITS[dtype];
  if (typeof number === "number" && range === undefined) return dtype === "float32" ? Math.fround(number) : number;
  if (typeof number === "bigint" && range === undefined) return Number(number);
  if ((typeof number === "number" && Number.isInteger(number)) || typeof number === "bigint") {
    if (BigInt(number) >= range![0] && BigInt(number) <= range![1]) return number;
  }
  throw new EncodingError(
    `variable ${JSON.stringify(name)} has _FillValue ${String(value)}, which no ${dtype} can be${range ? ` (${range[0]} to ${range[1]})` : ""}`,
    { name, value: String(value), dtype },
  );
}

function sameNumber(a: unknown, b: unknown): boolean {
  const [x, y] = [Number(a), Number(b)];
  return x === y || (Number.isNaN(x) && Number.isNaN(y)) || Math.abs(x - y) <= 1e-8 + 1e-5 * Math.abs(y);
}

function takeTextFill(draft: Draft): void {
  const { _FillValue: fill } = draft.encoding;
  if (fill === null) return;
  delete draft.encoding._FillValue;
  if (typeof fill === "string") setAttr(draft, "_FillValue", fill);
}

/** Floats without a fill value get NaN, as in xarray; `_FillValue: null` in the encoding asks for none. */
function defaultFill(draft: Draft): void {
  const { encoding, attrs, array } = draft;
  if (kindOf(array.dtype) === "f" && !("_FillValue" in attrs) && !("_FillValue" in encoding)) attrs._FillValue = Number.NaN;
  delete encoding._FillValue;
  delete encoding.missing_value;
}
