/**
 * Where the bytes of a file in the making go: memory, or a temporary file beside the path that takes
 * its place at the end, so that a killed write leaves the old file as it was.
 */
import { StoreError } from "../errors.ts";
import { localPath, nodeFiles } from "./file-access.ts";

/** A file in the making. */
export interface ByteTarget {
  write(offset: number, bytes: Uint8Array): Promise<void>;
  /** Complete a file of `size` bytes; bytes never written are zero. Gives them where the target is memory. */
  finish(size: number): Promise<Uint8Array | undefined>;
  /** Drop what was written. */
  abort(): Promise<void>;
}

/** A target at a local path, or in memory without one. */
export async function byteTarget(path: string | URL | undefined): Promise<ByteTarget> {
  if (path === undefined) return memoryTarget();
  const local = localPath(path);
  if (local === undefined)
    throw new StoreError(`cannot write a file to ${String(path)}; possible are local paths and memory`, { path: String(path) });
  return pathTarget(local);
}

function memoryTarget(): ByteTarget {
  let bytes = new Uint8Array(1 << 16);
  const grow = (size: number): void => {
    if (size <= bytes.length) return;
    const larger = new Uint8Array(Math.max(size, bytes.length * 2));
    larger.set(bytes);
    bytes = larger;
  };
  return {
    write: async (offset, piece) => {
      grow(offset + piece.length);
      bytes.set(piece, offset);
    },
    finish: async (size) => {
      grow(size);
      return bytes.slice(0, size);
    },
    abort: async () => {
      bytes = new Uint8Array(0);
    },
  };
}

async function pathTarget(path: string): Promise<ByteTarget> {
  const fs = await nodeFiles(path);
  const temporary = `${path}.${process.pid}-${Math.random().toString(36).slice(2)}.tmp`;
  const failed = (cause: unknown): never => {
    throw new StoreError(`cannot write ${path}: ${cause instanceof Error ? cause.message : String(cause)}`, { path }, { cause });
  };
  const handle = await fs.open(temporary, "wx").catch(failed);
  const abort = async (): Promise<void> => {
    await handle.close().catch(() => undefined);
    await fs.rm(temporary, { force: true });
  };
  return {
    write: async (offset, bytes) => {
      let done = 0;
      while (done < bytes.length) {
        const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, offset + done).catch(failed);
        done += bytesWritten;
      }
    },
    finish: async (size) => {
      try {
        await handle.truncate(size);
        await handle.sync();
        await handle.close();
        await fs.rename(temporary, path);
      } catch (cause) {
        await abort();
        failed(cause);
      }
      return undefined;
    },
    abort,
  };
}
