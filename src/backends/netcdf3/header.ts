/**
 * The header of a netCDF classic file, after the "NetCDF Classic Format Specification" (CDF-1, CDF-2)
 * and its CDF-5 extension. Every count is held against the bytes the file has before it is believed.
 */
import { valuesFromBytes } from "../../codecs/values.ts";
import type { TypedArray } from "../../dtypes/types.ts";
import { BackendError } from "../../errors.ts";
import type { ReadOptions } from "../../stores/contract.ts";
import { setOwn } from "../../util/records.ts";
import type { Attrs, AttrTypes, AttrValue } from "../contract.ts";
import { type NamedFile, wrongFormat } from "../file-access.ts";
import { CLASSIC_TYPES, type ClassicType, type ClassicVersion, padded, STREAMING, TAGS } from "./types.ts";

/** Attributes with their stored types. */
export interface ClassicAttrs {
  readonly attrs: Attrs;
  readonly attrTypes: AttrTypes;
}
/** A dimension; the record dimension's size is the number of records. */
export interface ClassicDimension {
  readonly name: string;
  readonly size: number;
  readonly record: boolean;
}
/** A variable and where its bytes are. */
export interface ClassicVariable extends ClassicAttrs {
  readonly name: string;
  readonly type: ClassicType;
  readonly dims: readonly ClassicDimension[];
  readonly record: boolean;
  /** Where the values begin. */
  readonly begin: number;
  /** Bytes of all values, or of one record, without padding. */
  readonly bytes: number;
}
/** All that a header says. */
export interface ClassicHeader extends ClassicAttrs {
  readonly version: ClassicVersion;
  readonly dims: readonly ClassicDimension[];
  readonly variables: readonly ClassicVariable[];
  /** Bytes from one record to the next. */
  readonly recordSize: number;
}

const FIRST_READ = 1 << 16;
const LONGEST_NAME = 1024;
const MOST_RANK = 1024;

/** Read the header of `file`, a little first and more where it is long; throws BackendError on anything that cannot be. */
export async function readHeader(file: NamedFile, options: ReadOptions = {}): Promise<ClassicHeader> {
  const { size } = file;
  for (let length = FIRST_READ; ; ) {
    const bytes = await file.read(0, Math.min(length, size), options);
    const header = parseHeader(bytes, size, file.url);
    if (typeof header !== "number") return header;
    if (bytes.length < Math.min(length, size))
      throw new BackendError(`${file.url} gave ${bytes.length} bytes of its header where ${Math.min(length, size)} were asked for`, {
        url: file.url,
      });
    length = Math.max(header, length * 4);
  }
}

/** The header in the first `bytes` of a file of `fileSize` bytes; a number where that many bytes are needed at least. */
export function parseHeader(bytes: Uint8Array, fileSize: number, url: string): ClassicHeader | number {
  const version = classicVersion(bytes);
  if (version === undefined) throw wrongFormat("netCDF classic", url, bytes);
  const reader = new HeaderReader(bytes, fileSize, url, version);
  try {
    return reader.header();
  } catch (error) {
    if (error instanceof Shortage) return error.needed;
    throw error;
  }
}

/** The version in the magic bytes of a classic file; undefined for other files. */
export function classicVersion(head: Uint8Array): ClassicVersion | undefined {
  if (head.length < 4 || head[0] !== 0x43 || head[1] !== 0x44 || head[2] !== 0x46) return undefined;
  const version = head[3];
  return version === 1 || version === 2 || version === 5 ? version : undefined;
}

/** Thrown inside the parser where the bytes at hand end before the header does. */
class Shortage extends Error {
  readonly needed: number;
  constructor(needed: number) {
    super();
    this.needed = needed;
  }
}

class HeaderReader {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly fileSize: number;
  private readonly url: string;
  private readonly version: ClassicVersion;
  private at = 4;

  constructor(bytes: Uint8Array, fileSize: number, url: string, version: ClassicVersion) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.fileSize = fileSize;
    this.url = url;
    this.version = version;
  }

  header(): ClassicHeader {
    const { version, url } = this;
    const records = this.recordCount();
    const sizes = this.list(TAGS.dimension, "dimensions", 8, () => ({ name: this.name(), size: this.count("a dimension's length") }));
    const recordDims = sizes.filter((d) => d.size === 0);
    if (recordDims.length > 1)
      throw this.damaged(
        `${recordDims.length} dimensions of length 0 (${recordDims.map((d) => d.name).join(", ")}), where one record dimension is possible`,
      );
    unique(sizes, (name) => this.damaged(`two dimensions named ${JSON.stringify(name)}`));
    const globals = this.attributes();
    const unresolved = this.list(TAGS.variable, "variables", 20, () => this.variable(sizes));
    unique(unresolved, (name) => this.damaged(`two variables named ${JSON.stringify(name)}`));
    const inRecords = unresolved.filter((v) => v.record);
    const only = inRecords.length === 1;
    const recordSize = inRecords.reduce((n, v) => n + (only ? v.bytes : padded(v.bytes)), 0);
    const count = records ?? this.recordsThatFit(inRecords, recordSize);
    const dims = sizes.map((d): ClassicDimension => ({ name: d.name, size: d.size === 0 ? count : d.size, record: d.size === 0 }));
    const variables = unresolved.map(({ dimids, ...v }): ClassicVariable => ({ ...v, dims: dimids.map((id) => dims[id]!) }));
    for (const v of variables) {
      const end = v.record ? (count === 0 ? 0 : v.begin + (count - 1) * recordSize + v.bytes) : v.begin + v.bytes;
      if (v.bytes > 0 && end > this.fileSize)
        throw new BackendError(
          `${url} is truncated: variable ${JSON.stringify(v.name)} ends at byte ${end} and the file has ${this.fileSize}`,
          { url, variable: v.name, end, size: this.fileSize },
        );
      if (v.bytes > 0 && (count > 0 || !v.record) && v.begin < this.at)
        throw this.damaged(`variable ${JSON.stringify(v.name)} beginning at byte ${v.begin}, inside the header`);
    }
    return { version, dims, variables, recordSize, ...globals };
  }

  private recordCount(): number | undefined {
    if (this.version !== 5) {
      const n = this.uint32();
      return n === STREAMING ? undefined : n;
    }
    const high = this.uint32();
    const low = this.uint32();
    return high === STREAMING && low === STREAMING ? undefined : this.safe(high * 2 ** 32 + low, "the number of records");
  }

  private recordsThatFit(inRecords: readonly { begin: number }[], recordSize: number): number {
    if (recordSize === 0) return 0;
    const begin = inRecords.reduce((least, v) => Math.min(least, v.begin), Number.POSITIVE_INFINITY);
    return Math.max(0, Math.floor((this.fileSize - begin) / recordSize));
  }

  /** A tagged list whose elements take at least `least` bytes each. */
  private list<T>(tag: number, what: string, least: number, element: () => T): T[] {
    const found = this.uint32();
    const n = this.count(`the number of ${what}`);
    if (found === 0 && n === 0) return [];
    if (found !== tag) throw this.damaged(`tag ${found} before its ${what}, where ${tag} belongs`);
    if (n * least > this.fileSize - this.at) throw this.damaged(`${n} ${what}, more than its ${this.fileSize} bytes can hold`);
    const out: T[] = [];
    for (let i = 0; i < n; i++) out.push(element());
    return out;
  }

  private variable(sizes: readonly { size: number }[]) {
    const name = this.name();
    const shown = JSON.stringify(name);
    const rank = this.count(`the rank of ${shown}`);
    if (rank > MOST_RANK) throw this.damaged(`variable ${shown} with ${rank} dimensions`);
    const dimids: number[] = [];
    let elements = 1;
    let record = false;
    for (let i = 0; i < rank; i++) {
      const id = this.count(`a dimension of ${shown}`);
      const dim = sizes[id];
      if (dim === undefined) throw this.damaged(`variable ${shown} on dimension number ${id} of ${sizes.length}`);
      if (dim.size === 0 && i > 0)
        throw this.damaged(`variable ${shown} with the record dimension at position ${i}, where only 0 is possible`);
      if (dim.size === 0) record = true;
      else elements *= dim.size;
      dimids.push(id);
    }
    const own = this.attributes();
    const type = this.type(shown);
    // The stored size is redundant, and wrong where 32 bits cannot say it.
    this.count(`the size of ${shown}`);
    const begin = this.version === 1 ? this.uint32() : this.uint64(`the offset of ${shown}`);
    const bytes = this.safe(elements * type.size, `the size of ${shown}`);
    return { name, dimids, ...own, type, begin, bytes, record };
  }

  private attributes(): ClassicAttrs {
    const attrs: Record<string, AttrValue> = {};
    const attrTypes: Record<string, ClassicType["dtype"]> = {};
    this.list(TAGS.attribute, "attributes", 12, () => {
      const name = this.name();
      const shown = JSON.stringify(name);
      const type = this.type(`attribute ${shown}`);
      const n = this.count(`the length of attribute ${shown}`);
      if (n * type.size > this.fileSize - this.at)
        throw this.damaged(`attribute ${shown} of ${n} values, more than its ${this.fileSize} bytes can hold`);
      const raw = this.take(padded(n * type.size)).subarray(0, n * type.size);
      setOwn(attrs, name, attrValue(type, raw));
      if (type.name !== "S1")
        setOwn(attrTypes, name, type.dtype === "bigint64" ? "int64" : type.dtype === "biguint64" ? "uint64" : type.dtype);
    });
    return { attrs, attrTypes };
  }

  private type(of: string): ClassicType {
    const code = this.uint32();
    const type = CLASSIC_TYPES[code - 1];
    if (type === undefined || (code > 6 && this.version !== 5))
      throw this.damaged(`type ${code} for ${of}; possible in CDF-${this.version} are 1 to ${this.version === 5 ? 11 : 6}`);
    return type;
  }

  private name(): string {
    const length = this.count("the length of a name");
    if (length === 0 || length > LONGEST_NAME) throw this.damaged(`a name of ${length} bytes; possible are 1 to ${LONGEST_NAME}`);
    const raw = this.take(padded(length)).subarray(0, length);
    return new TextDecoder().decode(raw);
  }

  /** A non-negative count: 32 bits, 64 in CDF-5. */
  private count(what: string): number {
    return this.version === 5 ? this.uint64(what) : this.uint32();
  }

  private uint32(): number {
    this.need(4);
    const n = this.view.getUint32(this.at);
    this.at += 4;
    return n;
  }

  private uint64(what: string): number {
    const high = this.uint32();
    return this.safe(high * 2 ** 32 + this.uint32(), what);
  }

  private safe(n: number, what: string): number {
    if (n <= Number.MAX_SAFE_INTEGER) return n;
    throw this.damaged(`${what} as ${n}, more than any file can hold`);
  }

  private take(n: number): Uint8Array {
    this.need(n);
    const out = this.bytes.subarray(this.at, this.at + n);
    this.at += n;
    return out;
  }

  private need(n: number): void {
    const end = this.at + n;
    if (end <= this.bytes.length) return;
    if (end > this.fileSize)
      throw new BackendError(`${this.url} is truncated: its header needs byte ${end} and the file has ${this.fileSize}`, {
        url: this.url,
        end,
        size: this.fileSize,
      });
    throw new Shortage(end);
  }

  private damaged(what: string): BackendError {
    return new BackendError(`${this.url} is damaged: its header says ${what} (before byte ${this.at})`, { url: this.url, at: this.at });
  }
}

function unique(named: readonly { name: string }[], error: (name: string) => BackendError): void {
  const seen = new Set<string>();
  for (const { name } of named) {
    if (seen.has(name)) throw error(name);
    seen.add(name);
  }
}

/** Text without NULs; one number, or a list; 64-bit integers as numbers where they are exact. */
function attrValue(type: ClassicType, raw: Uint8Array): AttrValue {
  if (type.name === "S1") return new TextDecoder().decode(raw).replaceAll("\0", "");
  const values = Array.from(valuesFromBytes(type.element, raw, true) as Exclude<TypedArray, BigInt64Array | BigUint64Array>, plain);
  return values.length === 1 ? values[0]! : values;
}

function plain(value: number | bigint): number | bigint {
  return typeof value === "bigint" && value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}
