/** Open files, kept a while for the next read: opening costs more than reading a small range. */
import { close, fstat, open, read } from "node:fs";
import { promisify } from "node:util";
import { StoreError } from "../errors.ts";

const openFd = promisify(open);
const closeFd = promisify(close);
const statFd = promisify(fstat);
const readFd = promisify(read);

/** Files kept open at once, and how long one is that nobody reads (milliseconds). */
const MOST_OPEN = 32;
const IDLE = 2000;

interface OpenFile {
  readonly fd: Promise<number>;
  users: number;
  forgotten: boolean;
  used: number;
}

/** A file that is open. Numbers, not FileHandles: those warn when they are collected. */
export interface Reader {
  /** Bytes the file has now. */
  size(): Promise<number>;
  /** Exactly `length` bytes; throws StoreError when the file ends before. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** Open files by path, the last used last. One in use is closed when its last reader is done. */
export class FilePool {
  private readonly files = new Map<string, OpenFile>();
  private timer: NodeJS.Timeout | undefined;

  /** Run something with an open file. */
  async use<T>(path: string, run: (file: Reader) => Promise<T>): Promise<T> {
    const file: OpenFile = this.files.get(path) ?? {
      fd: openFd(path, "r"),
      users: 0,
      forgotten: false,
      used: 0,
    };
    this.files.delete(path);
    this.files.set(path, file);
    file.users++;
    try {
      const fd = await file.fd;
      return await run({
        size: async () => (await statFd(fd)).size,
        read: (offset, length) => readFully(fd, path, offset, length),
      });
    } catch (error) {
      this.forget(path);
      throw error;
    } finally {
      file.users--;
      file.used = Date.now();
      if (file.forgotten && file.users === 0) closeQuietly(file);
      this.trim(MOST_OPEN, 0);
      this.closeLater();
    }
  }

  /** Do not read this file again through what is open. */
  forget(path: string): void {
    const file = this.files.get(path);
    if (file === undefined) return;
    this.files.delete(path);
    file.forgotten = true;
    if (file.users === 0) closeQuietly(file);
  }

  /** Close what nobody reads now, and the others when they are done. */
  close(): void {
    for (const path of [...this.files.keys()]) this.forget(path);
  }

  private trim(most: number, before: number): void {
    for (const [path, file] of this.files) {
      if (file.users === 0 && (this.files.size > most || file.used < before)) this.forget(path);
    }
  }

  private closeLater(): void {
    if (this.timer !== undefined || this.files.size === 0) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.trim(MOST_OPEN, Date.now() - IDLE + 1);
      this.closeLater();
    }, IDLE);
    this.timer.unref();
  }
}

async function readFully(fd: number, path: string, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; ) {
    const { bytesRead } = await readFd(fd, bytes, at, Math.min(length - at, 2 ** 30), offset + at);
    if (bytesRead === 0)
      throw new StoreError(
        `${path} has changed while it was read: it ended at byte ${offset + at}, inside of ${length} bytes at ${offset}`,
        { path, offset, length },
      );
    at += bytesRead;
  }
  return bytes;
}

/** A file that could not be opened has nothing to close; closing one that was only read loses nothing. */
function closeQuietly(file: OpenFile): void {
  file.fd.then((fd) => closeFd(fd)).catch(() => undefined);
}
