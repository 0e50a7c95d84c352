/** Whether variables are the same: dims, values and, where asked, attributes. */
import { inMemory } from "../array/lazy.ts";
import { flatValues } from "../array/ndarray.ts";
import { kindOf } from "../dtypes/traits.ts";
import { sameBytes } from "../util/bytes.ts";
import { sameAttr } from "./compute.ts";
import type { Variable } from "./variable.ts";

/** Equal dims, shape and values, missing values in the same places; lazy variables must share one node or be loaded. */
export function equalVariables(a: Variable, b: Variable): boolean {
  return a === b || (sameDims(a, b) && equalValues(a, b));
}

/** {@link equalVariables} and equal attributes. */
export function identicalVariables(a: Variable, b: Variable): boolean {
  return equalVariables(a, b) && sameAttr(a.attrs, b.attrs);
}

function sameDims(a: Variable, b: Variable): boolean {
  return a.dims.length === b.dims.length && a.dims.every((dim, i) => dim === b.dims[i] && a.shape[i] === b.shape[i]);
}

/** Whether two lazy variables are known to be equal without reading: they are ports of one node. */
export function sameNode(a: Variable, b: Variable): boolean {
  return "port" in a.array && "port" in b.array && a.array.port.node === b.array.port.node && a.array.port.out === b.array.port.out;
}

function equalValues(a: Variable, b: Variable): boolean {
  if (a.array === b.array || (sameNode(a, b) && inMemory(a.array) === undefined)) return true;
  const [ka, kb] = [kindOf(a.dtype), kindOf(b.dtype)];
  const textual = (kind: string): boolean => kind === "U" || kind === "S";
  if (textual(ka) !== textual(kb)) return a.size === 0;
  if ((ka === "M") !== (kb === "M") || (ka === "M" && a.dtype !== b.dtype)) return false;
  const x = flatValues(a.loaded) as ArrayLike<unknown>;
  const y = flatValues(b.loaded) as ArrayLike<unknown>;
  if (x.length !== y.length) return false;
  for (let i = 0; i < x.length; i++) {
    const p = x[i];
    const q = y[i];
    // biome-ignore lint/suspicious/noDoubleEquals: a bigint equals the number of its value; NaN equals NaN
    if (!(p == q || (p !== p && q !== q) || (p instanceof Uint8Array && q instanceof Uint8Array && sameBytes(p, q)))) return false;
  }
  return true;
}
