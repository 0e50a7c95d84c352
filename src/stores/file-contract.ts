/** The contract of files that can be read anywhere. */
import { StoreError } from "../errors.ts";
import type { ReadOptions } from "./contract.ts";

/** A file of known size that can be read anywhere. */
export interface RandomAccess {
  readonly size: number;
  /** Where it is, without secrets. */
  readonly url?: string | undefined;
  /** Exactly `length` bytes. Throws StoreError beyond the end. They may be a view: do not write to them. */
  read(offset: number, length: number, options?: ReadOptions): Promise<Uint8Array>;
  /** The bytes at once, where they are in memory already: for synchronous readers. */
  readonly bytes?: Uint8Array | undefined;
  close?(): Promise<void>;
}

/** Require a range that lies inside of the file. */
export function checkInside(file: { readonly size: number; readonly url?: string | undefined }, offset: number, length: number): void {
  const sound = Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0;
  if (sound && offset + length <= file.size) return;
  throw new StoreError(
    `${length} bytes at ${offset} lie outside of ${file.url ?? "the file"}, which has ${file.size} bytes: it is damaged or cut short`,
    { offset, length, size: file.size, url: file.url },
  );
}
