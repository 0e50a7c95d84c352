/**
 * The file that the HDF5 library writes: in its memory, or straight into a temporary file beside a
 * local path, which takes the path's place when all is written.
 */
import { StoreError } from "../../errors.ts";
import { localPath, nodeFiles } from "../file-access.ts";
import { EIO, FOLDER, type H5FileSystem } from "./library.ts";

/** A file to be written by the library at `path` of its file system. */
export interface OutputFile {
  readonly path: string;
  /** Throw what went wrong on the disk since the last time, if anything. */
  check(): void;
  /** The library has closed the file: give its bytes, or put it in its place. */
  finish(): Promise<Uint8Array | undefined>;
  abort(): Promise<void>;
}

let count = 0;

/** A file at a local path, or in memory without one. */
export async function outputFile(fs: H5FileSystem, target: string | URL | undefined): Promise<OutputFile> {
  fs.mkdirTree(FOLDER);
  const path = `${FOLDER}/out-${++count}`;
  if (target === undefined) return memoryFile(fs, path);
  const local = localPath(target);
  if (local === undefined)
    throw new StoreError(`cannot write a file to ${String(target)}; possible are local paths and memory`, { path: String(target) });
  await nodeFiles(local);
  return diskFile(fs, path, local);
}

function memoryFile(fs: H5FileSystem, path: string): OutputFile {
  const drop = (): void => {
    if (fs.analyzePath(path).exists) fs.unlink(path);
  };
  return {
    path,
    check: () => undefined,
    finish: async () => {
      const bytes = fs.readFile(path);
      drop();
      return bytes;
    },
    abort: async () => drop(),
  };
}

async function diskFile(fs: H5FileSystem, path: string, local: string): Promise<OutputFile> {
  const disk = await import("node:fs");
  const temporary = `${local}.${process.pid}-${Math.random().toString(36).slice(2)}.tmp`;
  let failed: StoreError | undefined;
  const storeError = (cause: unknown): StoreError =>
    new StoreError(`cannot write ${local}: ${cause instanceof Error ? cause.message : String(cause)}`, { path: local }, { cause });
  let fd: number;
  try {
    fd = disk.openSync(temporary, "wx+");
  } catch (cause) {
    throw storeError(cause);
  }
  const node = fs.createFile(FOLDER, path.slice(FOLDER.length + 1), {}, true, true);
  /** The disk's errors are kept and thrown outside: thrown through the library they would leave it in disorder. */
  const guarded = (work: () => number): number => {
    try {
      return work();
    } catch (cause) {
      failed ??= storeError(cause);
      throw new fs.ErrnoError(EIO);
    }
  };
  node.node_ops = {
    ...node.node_ops,
    setattr: (_node, { size }) => {
      if (size === undefined) return;
      guarded(() => {
        disk.ftruncateSync(fd, size);
        return 0;
      });
      node.usedBytes = size;
    },
  };
  node.stream_ops = {
    ...node.stream_ops,
    read: (_stream, buffer, offset, length, position) => guarded(() => disk.readSync(fd, buffer, offset, length, position)),
    write: (stream, buffer, offset, length, position) => {
      const at = position ?? (stream as { position: number }).position;
      for (let done = 0; done < length; ) done += guarded(() => disk.writeSync(fd, buffer, offset + done, length - done, at + done));
      node.usedBytes = Math.max(node.usedBytes, at + length);
      return length;
    },
  };
  const drop = (): void => {
    disk.closeSync(fd);
    fs.unlink(path);
  };
  const check = (): void => {
    if (failed) throw failed;
  };
  return {
    path,
    check,
    finish: async () => {
      try {
        check();
        disk.fsyncSync(fd);
      } finally {
        drop();
      }
      try {
        disk.renameSync(temporary, local);
      } catch (cause) {
        disk.rmSync(temporary, { force: true });
        throw storeError(cause);
      }
      return undefined;
    },
    abort: async () => {
      drop();
      disk.rmSync(temporary, { force: true });
    },
  };
}
