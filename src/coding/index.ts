/**
 * The CF conventions: stored numbers and characters to what they mean, and back.
 *
 * {@link decodeVariables} and {@link encodeVariables} run the coders in xarray's order: characters, fill
 * values and packing, durations, times, booleans, and 64-bit integers last. A coder changes a draft
 * (dims, array, attributes, encoding) and moves what it uses up from attributes to encoding, or back.
 * Arrays may be lazy; nothing is read here. May import `variable/`, `array/`, `calendar/`, `dtypes/`.
 *
 * @example
 * ```ts
 * const raw = new Map([["t", new Variable(["x"], asArray(Int16Array.of(1, -9)), { attrs: { scale_factor: 0.5, _FillValue: -9 } })]]);
 * decodeVariables({ variables: raw, attrs: {} }).variables.get("t")!.values; // 0.5, NaN
 * ```
 */
export {
  type DecodedVariables,
  type DecodeOptions,
  decodeVariables,
  droppedNames,
  type EncodedVariables,
  endsWanted,
  type PerVariable,
} from "./decode.ts";
export { CF_TRAITS, type Encoded, encodeCoordinates, encodeVariables, type FormatTraits, valuesWanted } from "./encode.ts";
