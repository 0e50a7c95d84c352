/** Attributes and encoding: what is known about values beside the values. */
import type { NDArray } from "../array/ndarray.ts";

/** One attribute: what NetCDF and Zarr can store. */
export type AttrValue = string | number | bigint | boolean | null | NDArray | readonly AttrValue[] | { readonly [key: string]: AttrValue };
/** Attributes by name, in order. */
export type Attrs = { readonly [name: string]: AttrValue };
/** How a variable was stored: provenance, and wishes for the next write. Never obeyed blindly. */
export type Encoding = { readonly [key: string]: unknown };
