/** Text and bytes as a format stores them: text, or characters along a dimension of their own. */
import { encodeText, inMemory, splitChars } from "../array/index.ts";
import { flatValues, type NDArray } from "../array/ndarray.ts";
import { EncodingError } from "../errors.ts";
import type { Draft } from "./draft.ts";

/** Whether the variable is stored as characters, and so must be in memory: their number is the longest text's. */
export function wantsChars(draft: Pick<Draft, "array" | "encoding">, text: boolean): boolean {
  const { dtype } = draft.array;
  if (dtype === "bytes") return true;
  return dtype === "string" && (!text || draft.encoding.dtype === "S1" || draft.encoding.dtype === "|S1");
}

/**
 * Encode text and bytes as characters where the format has no text, or the encoding asks for `"S1"`.
 *
 * @throws EncodingError for text with a fill value, which characters cannot have.
 */
export function encodeStrings(draft: Draft, text: boolean): void {
  if (!wantsChars(draft, text)) {
    if (draft.array.dtype === "string") delete draft.encoding.dtype;
    return;
  }
  if (draft.array.dtype === "string") {
    if ("_FillValue" in draft.attrs)
      throw new EncodingError(
        `variable ${JSON.stringify(draft.name)} is text with a _FillValue, which characters cannot have; remove it from attrs or encoding`,
        { name: draft.name },
      );
    draft.attrs._Encoding = "utf-8";
    delete draft.encoding._Encoding;
    draft.array = encodeText(draft.array);
  }
  const loaded = inMemory(draft.array);
  if (loaded === undefined)
    throw new EncodingError(
      `variable ${JSON.stringify(draft.name)} must be loaded before it is written as characters: their number is that of the longest text`,
      { name: draft.name },
    );
  const length = Math.max(1, longest(loaded));
  draft.dims = [...draft.dims, charDim(draft, length)];
  draft.array = splitChars(loaded, length, draft.name);
  delete draft.encoding.dtype;
  // The old layout speaks of other dimensions.
  for (const key of ["chunksizes", "preferred_chunks", "original_shape"]) delete draft.encoding[key];
}

function longest(a: NDArray): number {
  let most = 0;
  for (const bytes of flatValues(a) as readonly (Uint8Array | null)[]) most = Math.max(most, bytes?.length ?? 0);
  return most;
}

/** The name of the dimension of characters: the one read, with its number made right, else `string<n>`. */
function charDim(draft: Draft, length: number): string {
  const wish = draft.encoding.char_dim_name;
  const shape = draft.encoding.original_shape as readonly number[] | undefined;
  delete draft.encoding.char_dim_name;
  if (typeof wish !== "string") return `string${length}`;
  const match = /^(.*?)(\d+)(?!.*\d)/.exec(wish);
  if (match) return `${match[1]}${length}`;
  return shape !== undefined && shape.at(-1) !== length ? `${wish}${length}` : wish;
}
