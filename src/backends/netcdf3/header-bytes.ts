/** The bytes of a classic file's header. */
import { bytesFromValues } from "../../codecs/values.ts";
import type { StoredAttr } from "../attr-encode.ts";
import type { PlannedDimension, VariableDraft } from "./layout.ts";
import { CLASSIC_TYPES, type ClassicVersion, padded, TAGS } from "./types.ts";

/** The header of a file of `records` records whose variables begin at `begins`. */
export function headerBytes(
  version: ClassicVersion,
  dims: readonly PlannedDimension[],
  records: number,
  attrs: readonly StoredAttr[],
  variables: readonly VariableDraft[],
  begins: readonly number[],
): Uint8Array {
  const out = new HeaderWriter(version);
  out.count(records);
  out.list(TAGS.dimension, dims, (d) => {
    out.text(d.name);
    out.count(d.record ? 0 : d.size);
  });
  writeAttrs(out, attrs);
  out.list(TAGS.variable, variables, (v) => {
    out.text(v.name);
    out.count(v.dimids.length);
    for (const id of v.dimids) out.count(id);
    writeAttrs(out, v.attrs);
    out.uint32(v.type.code);
    // The size is redundant, and 2³² − 1 stands for anything its 32 bits cannot say.
    out.count(version === 5 ? padded(v.bytes) : Math.min(padded(v.bytes), 0xffffffff));
    const begin = begins[variables.indexOf(v)]!;
    if (version === 1) out.uint32(begin);
    else out.uint64(begin);
  });
  return out.finish();
}

function writeAttrs(out: HeaderWriter, attrs: readonly StoredAttr[]): void {
  out.list(TAGS.attribute, attrs, (attr) => {
    out.text(attr.name);
    if ("text" in attr) {
      out.uint32(2);
      out.text(attr.text);
    } else if ("values" in attr) {
      const type = CLASSIC_TYPES.find((t) => t.name === attr.dtype)!;
      out.uint32(type.code);
      out.count(attr.values.length);
      out.bytes(bytesFromValues(type.element, attr.values, true));
    }
  });
}

class HeaderWriter {
  private readonly wide: boolean;
  private buffer = new Uint8Array(4096);
  private view = new DataView(this.buffer.buffer);
  private at = 4;

  constructor(version: ClassicVersion) {
    this.wide = version === 5;
    this.buffer.set([0x43, 0x44, 0x46, version]);
  }

  list<T>(tag: number, items: readonly T[], write: (item: T) => void): void {
    this.uint32(items.length === 0 ? 0 : tag);
    this.count(items.length);
    items.forEach(write);
  }

  uint32(n: number): void {
    this.room(4);
    this.view.setUint32(this.at, n);
    this.at += 4;
  }

  uint64(n: number): void {
    this.uint32(Math.floor(n / 2 ** 32));
    this.uint32(n % 2 ** 32);
  }

  count(n: number): void {
    if (this.wide) this.uint64(n);
    else this.uint32(n);
  }

  text(text: string): void {
    const bytes = new TextEncoder().encode(text);
    this.count(bytes.length);
    this.bytes(bytes);
  }

  bytes(bytes: Uint8Array): void {
    this.room(padded(bytes.length));
    this.buffer.set(bytes, this.at);
    this.at += padded(bytes.length);
  }

  finish(): Uint8Array {
    return this.buffer.slice(0, this.at);
  }

  private room(n: number): void {
    if (this.at + n <= this.buffer.length) return;
    const larger = new Uint8Array(Math.max(this.at + n, this.buffer.length * 2));
    larger.set(this.buffer);
    this.buffer = larger;
    this.view = new DataView(larger.buffer);
  }
}
