/** A path as a {@link RandomAccess}, with Node's files. */
import { open } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { StoreError } from "../errors.ts";
import { checkInside, type RandomAccess } from "./random-access.ts";

/** Open a file for reading; it stays open until `close`. */
export async function openFile(path: string): Promise<RandomAccess> {
  const full = resolve(path);
  const failed = (cause: unknown): StoreError => {
    const { code, message } = cause as NodeJS.ErrnoException;
    return new StoreError(code === "ENOENT" ? `there is no file ${full}` : `${full} cannot be read: ${message}`, { path: full, code }, { cause });
  };
  const handle = await open(full, "r").catch((cause: unknown) => {
    throw failed(cause);
  });
  const stat = await handle.stat();
  if (!stat.isFile()) {
    await handle.close();
    throw new StoreError(`${full} is no file`, { path: full });
  }
  const { size } = stat;
  const url = pathToFileURL(full).href;
  return {
    size,
    url,
    read: async (offset, length, options) => {
      options?.signal?.throwIfAborted();
      checkInside({ size, url }, offset, length);
      const bytes = new Uint8Array(length);
      for (let at = 0; at < length; ) {
        const { bytesRead } = await handle.read(bytes, at, length - at, offset + at).catch((cause: unknown) => {
          throw failed(cause);
        });
        if (bytesRead === 0) throw new StoreError(`${full} has changed since it was opened: it ended at byte ${offset + at}`, { path: full });
        at += bytesRead;
      }
      return bytes;
    },
    close: () => handle.close(),
  };
}
