/** Characters as strings, and bytes as text. */
import { decodeText, inMemory, joinChars } from "../array/index.ts";
import { flatValues, type NDArray } from "../array/ndarray.ts";
import { kindOf } from "../dtypes/traits.ts";
import { type Draft, toEncoding } from "./draft.ts";

/**
 * Whether a variable holds single characters: its encoding says so, or no element is longer than one
 * byte. Of lazy bytes without encoding the `ends` are looked at.
 */
export function holdsChars(draft: Draft, ends: NDArray | undefined): boolean {
  if (draft.array.dtype !== "bytes") return false;
  const { dtype } = draft.encoding;
  if (typeof dtype === "string") return dtype === "S1" || dtype === "|S1";
  const sample = inMemory(draft.array) ?? ends;
  return sample !== undefined && (flatValues(sample) as readonly (Uint8Array | null)[]).every((c) => c === null || c.length <= 1);
}

/** Join characters along the last dimension, whose name goes to the encoding. */
export function decodeChars(draft: Draft): void {
  draft.encoding.char_dim_name = draft.dims.at(-1);
  draft.encoding.dtype ??= "S1";
  draft.dims = draft.dims.slice(0, -1);
  draft.array = joinChars(draft.array);
}

/** Bytes whose text encoding is known as text. */
export function decodeStrings(draft: Draft): void {
  if (!("_Encoding" in draft.attrs)) return;
  const encoding = String(toEncoding(draft, "_Encoding"));
  if (kindOf(draft.array.dtype) === "S") draft.array = decodeText(draft.array, encoding);
}
