/** A path as a file, with Node's files. */
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { isGraticuleError, StoreError } from "../errors.ts";
import { checkInside, type RandomAccess } from "./file-contract.ts";
import { FilePool } from "./file-pool.node.ts";

const pool = new FilePool();

/** A file for reading. Nothing stays open for long, so `close` only closes it sooner. */
export async function openFile(path: string): Promise<RandomAccess> {
  const full = resolve(path);
  const failed = (cause: unknown): unknown => {
    if (isGraticuleError(cause)) return cause;
    const { code, message } = cause as NodeJS.ErrnoException;
    return new StoreError(
      code === "ENOENT" ? `there is no file ${full}` : `${full} cannot be read: ${message}`,
      { path: full, code },
      { cause },
    );
  };
  const status = await stat(full).catch((cause: unknown) => {
    throw failed(cause);
  });
  if (!status.isFile()) throw new StoreError(`${full} is no file`, { path: full });
  const { size } = status;
  const url = pathToFileURL(full).href;
  return {
    size,
    url,
    read: async (offset, length, options) => {
      options?.signal?.throwIfAborted();
      checkInside({ size, url }, offset, length);
      return pool
        .use(full, (file) => file.read(offset, length))
        .catch((cause: unknown) => {
          throw failed(cause);
        });
    },
    close: async () => pool.forget(full),
  };
}
