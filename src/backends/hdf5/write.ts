/**
 * Writing netCDF-4 files through the HDF5 library: the structure at once, values slab by slab.
 *
 * Dimensions are dimension scales with netCDF's numbers, as the netCDF library writes them. What
 * h5wasm cannot do is done without: one filter per dataset (deflate, without shuffle), no HDF5 fill
 * value (the attribute `_FillValue` is there), little-endian only.
 */
import { type Box, boxShape, boxSize } from "../../array/box.ts";
import { regularAxis } from "../../array/grid.ts";
import { flatValues, NDArray } from "../../array/ndarray.ts";
import type { Sink } from "../../array/source.ts";
import type { TypedArray } from "../../dtypes/types.ts";
import { BackendError, DimensionError, EncodingError } from "../../errors.ts";
import { bytesOf } from "../../util/bytes.ts";
import { unknownName } from "../../util/suggest.ts";
import type { StoredAttr } from "../attr-encode.ts";
import { charBytes } from "../chars.ts";
import type { FileWriter, GroupSpec } from "../contract.ts";
import { pieceGrid } from "../netcdf3/source.ts";
import { type H5Create, type H5Functions, type Hdf5Library, hdf5Library, OBJECT, reasonIn, TYPE_CLASS, withMemory } from "./library.ts";
import { type OutputFile, outputFile } from "./output-file.ts";
import { slabs } from "./slabs.ts";
import { type PlannedDimension, type PlannedVariable, planGroups } from "./write-plan.ts";

const TRUNCATE = 2;
const UNLIMITED = 0xffffffffffffffffn;

/**
 * Begin a netCDF-4 file at `path`, or in memory without one.
 *
 * `encoding` knows `chunksizes`, `zlib` with `complevel`, and `fletcher32`. Throws EncodingError for
 * dtypes, names and attributes that netCDF-4 does not have.
 *
 * @example
 * ```ts
 * const writer = await createNetcdf4("out.nc", spec);
 * await writer.sink("/ocean/temp").write(box, block, {});
 * await writer.finish();
 * ```
 */
export async function createNetcdf4(path: string | URL | undefined, spec: GroupSpec): Promise<FileWriter> {
  const groups = planGroups(spec);
  const library = await hdf5Library();
  const output = await outputFile(library.fs, path);
  const writing = new Writing(library, output, path === undefined ? "memory" : String(path));
  try {
    for (const group of groups) {
      if (group.path !== "/") writing.run(`group ${group.path}`, (f, file) => f.create_group(file, group.path, true));
      for (const attr of group.attrs) writing.attribute(group.path, attr);
      for (const dim of group.dims) if (dim.bare) writing.dimension(dim);
      for (const variable of group.variables) writing.variable(variable);
    }
    for (const { variables } of groups) for (const variable of variables) writing.attach(variable);
  } catch (error) {
    await writing.abort();
    throw error;
  }
  const variables = new Map<string, PlannedVariable>(
    groups.flatMap((g) => g.variables.map((v) => [`${g.path === "/" ? "" : g.path}/${v.name}`, v] as const)),
  );
  return {
    sink: (name) => {
      const variable = variables.get(name.startsWith("/") ? name : `/${name}`);
      if (variable === undefined) throw new EncodingError(unknownName("variable", name, variables.keys()), { name });
      return datasetSink(writing, variable);
    },
    finish: () => writing.finish(),
    abort: () => writing.abort(),
  };
}

/** The file while it is open in the library. */
class Writing {
  private readonly library: Hdf5Library;
  private readonly output: OutputFile;
  private readonly url: string;
  private file: bigint | undefined;

  constructor(library: Hdf5Library, output: OutputFile, url: string) {
    this.library = library;
    this.output = output;
    this.url = url;
    const { value } = library.call((f) => f.open(output.path, TRUNCATE, true, f.H5F_LIBVER_V18, f.H5F_LIBVER_V18));
    if (value !== undefined && value >= 0n) this.file = value;
  }

  /** Call the library; throws where it fails or complains. */
  run(what: string, body: (f: H5Functions, file: bigint) => unknown, tolerant = false): void {
    const { file } = this;
    if (file === undefined) throw new BackendError(`cannot write ${what} of ${this.url}: the file is not open`, { url: this.url });
    const { thrown, text } = this.library.call((f) => body(f, file));
    this.output.check();
    if (thrown !== undefined || (text !== "" && !tolerant)) {
      throw new BackendError(
        `cannot write ${what} of ${this.url}: ${text !== "" ? reasonIn(text) : String(thrown)}`,
        { url: this.url, what, log: text.slice(0, 4000) },
        { cause: thrown },
      );
    }
  }

  attribute(path: string, attr: StoredAttr): void {
    const what = `attribute ${JSON.stringify(attr.name)} of ${path}`;
    if ("texts" in attr || ("text" in attr && !isAscii(attr.text))) {
      const texts = "texts" in attr ? attr.texts : [attr.text];
      if (texts.some((text) => text.includes("\0")))
        throw new EncodingError(`${what} holds a NUL character, which ends text in a file`, { path, name: attr.name });
      const shape = [BigInt(texts.length)];
      this.run(what, (f, file) =>
        f.create_vlen_str_attribute(file, path, attr.name, texts, {
          type: TYPE_CLASS.string,
          size: 4,
          signed: false,
          vlen: true,
          cset: 1,
          shape,
          maxshape: shape,
        }),
      );
      return;
    }
    if ("text" in attr) {
      const bytes = new TextEncoder().encode(attr.text === "" ? "\0" : attr.text);
      this.bytesAttribute(path, attr.name, bytes, {
        type: TYPE_CLASS.string,
        size: bytes.length,
        signed: false,
        vlen: false,
        cset: 0,
        shape: [],
        maxshape: [],
      });
      return;
    }
    const { values, dtype } = attr as Extract<StoredAttr, { values: TypedArray }>;
    const shape = [BigInt(values.length)];
    const kind = dtype.startsWith("float") ? TYPE_CLASS.float : TYPE_CLASS.integer;
    this.bytesAttribute(path, attr.name, bytesOf(values), {
      type: kind,
      size: values.BYTES_PER_ELEMENT,
      signed: dtype.startsWith("int"),
      vlen: false,
      shape,
      maxshape: shape,
    });
  }

  /** A dimension without a variable: a scale that says so in its name. */
  dimension(dim: PlannedDimension): void {
    const shape = [BigInt(dim.size)];
    const chunks = dim.unlimited ? [1024n] : null;
    this.create(dim.scale, {
      type: TYPE_CLASS.float,
      size: 4,
      signed: false,
      vlen: false,
      shape,
      maxshape: dim.unlimited ? [UNLIMITED] : shape,
      chunks,
      track_order: true,
    });
    this.scale(dim, `This is a netCDF dimension but not a netCDF variable. ${String(dim.size).padStart(9)}`);
  }

  variable(v: PlannedVariable): void {
    this.create(v.path, {
      ...v.stored,
      shape: v.shape.map(BigInt),
      maxshape: v.dims.map((d) => (d.unlimited ? UNLIMITED : BigInt(d.size))),
      chunks: v.chunks?.map(BigInt) ?? null,
      compression: v.filter,
      compression_opts: v.filterOptions,
      track_order: true,
    });
    const dim = v.dims[0];
    if (dim?.scale === v.path) this.scale(dim, v.name);
    if (v.dims.length > 0) {
      const shape = [BigInt(v.dims.length)];
      this.bytesAttribute(v.path, "_Netcdf4Coordinates", bytesOf(Int32Array.from(v.dims, (d) => d.id)), {
        type: TYPE_CLASS.integer,
        size: 4,
        signed: true,
        vlen: false,
        shape,
        maxshape: shape,
      });
    }
    for (const attr of v.attrs) this.attribute(v.path, attr);
  }

  attach(v: PlannedVariable): void {
    if (v.dims[0]?.scale === v.path) return;
    for (const [axis, dim] of v.dims.entries()) {
      this.run(`dimension ${JSON.stringify(dim.name)} of ${v.path}`, (f, file) => f.attach_scale(file, v.path, dim.scale, axis));
    }
  }

  async finish(): Promise<Uint8Array | undefined> {
    try {
      this.run("the end", (f, file) => f.close_file(file));
      this.file = undefined;
    } catch (error) {
      await this.abort();
      throw error;
    }
    return this.output.finish();
  }

  async abort(): Promise<void> {
    const { file } = this;
    this.file = undefined;
    if (file !== undefined) this.library.call((f) => f.close_file(file));
    await this.output.abort();
  }

  private scale(dim: PlannedDimension, name: string): void {
    this.run(`dimension ${JSON.stringify(dim.name)}`, (f, file) => f.set_scale(file, dim.scale, name));
    this.bytesAttribute(dim.scale, "_Netcdf4Dimid", bytesOf(Int32Array.of(dim.id)), {
      type: TYPE_CLASS.integer,
      size: 4,
      signed: true,
      vlen: false,
      shape: [],
      maxshape: [],
    });
  }

  /** Create a dataset without values: the library complains that there are none, and keeps the dataset. */
  private create(path: string, metadata: H5Create): void {
    this.run(
      path,
      (f, file) => {
        f.create_dataset(file, path, 0n, metadata);
        if (f.get_type(file, path) !== OBJECT.dataset) throw new Error("the library did not create it");
      },
      true,
    );
  }

  private bytesAttribute(path: string, name: string, bytes: Uint8Array, metadata: H5Create): void {
    this.run(`attribute ${JSON.stringify(name)} of ${path}`, (f, file) =>
      withMemory(f, bytes.length, (pointer) => {
        f.HEAPU8.set(bytes, pointer);
        f.create_attribute(file, path, name, BigInt(pointer), metadata);
      }),
    );
  }
}

/** Whether UTF-8 takes one byte for each character; other text is stored as netCDF's string type. */
function isAscii(text: string): boolean {
  return new TextEncoder().encode(text).length === text.length;
}

function datasetSink(writing: Writing, variable: PlannedVariable): Sink {
  const { shape, path, chunks, stored } = variable;
  const grid = chunks ? shape.map((n, i) => regularAxis(n, chunks[i]!)) : pieceGrid(shape, stored.size);
  return {
    meta: { shape, dtype: variable.dtype },
    grid,
    write: async (box, block, { signal }) => {
      signal?.throwIfAborted();
      const counts = boxShape(box);
      if (counts.length !== shape.length || counts.some((n, i) => n !== block.shape[i] || box[2 * i + 1]! > shape[i]!)) {
        throw new DimensionError(
          `a block of shape (${block.shape.join(", ")}) cannot be written to [${Array.from(box).join(", ")}] of ${path} (${shape.join(", ")})`,
          { path },
        );
      }
      if (block.dtype !== variable.dtype)
        throw new EncodingError(`variable ${path} was declared as ${variable.dtype} and a block of ${block.dtype} came`, { path });
      if (boxSize(box) === 0) return;
      for (const part of slabs(box, grid, stored.size)) {
        signal?.throwIfAborted();
        let offset = block.offset;
        for (let i = 0; i < counts.length; i++) offset += (part[2 * i]! - box[2 * i]!) * block.stride[i]!;
        writeSlab(writing, variable, part, new NDArray(block.data, boxShape(part), block.dtype, block.stride, offset));
      }
    },
  };
}

function writeSlab(writing: Writing, variable: PlannedVariable, box: Box, block: NDArray): void {
  const counts = boxShape(box);
  const store = (f: H5Functions, file: bigint, pointer: number): void => {
    const whole = counts.length === 0;
    const status = f.set_dataset_data(
      file,
      variable.path,
      whole ? null : counts.map(BigInt),
      whole ? null : counts.map((_, i) => BigInt(box[2 * i]!)),
      whole ? null : counts.map(() => 1n),
      BigInt(pointer),
    );
    if (status < 0) throw new Error("the values were not taken");
  };
  const flat = flatValues(block);
  if (variable.stored.vlen) {
    const texts = textBytes(variable.path, flat as readonly (string | null)[]);
    writing.run(variable.path, (f, file) =>
      withMemory(f, texts.bytes.length + 4 * texts.offsets.length, (pointer) => {
        const start = pointer + 4 * texts.offsets.length;
        f.HEAPU8.set(texts.bytes, start);
        f.HEAPU8.set(bytesOf(texts.offsets.map((at) => at + start)), pointer);
        store(f, file, pointer);
      }),
    );
    return;
  }
  const bytes = slabBytes(variable, flat);
  writing.run(variable.path, (f, file) =>
    withMemory(f, bytes.length, (pointer) => {
      f.HEAPU8.set(bytes, pointer);
      store(f, file, pointer);
    }),
  );
}

/** The values as the file has them. */
function slabBytes(variable: PlannedVariable, flat: unknown): Uint8Array {
  if (variable.dtype === "bytes") return charBytes(variable.path, flat as readonly (Uint8Array | null)[]);
  if (variable.dtype !== "int64" && variable.dtype !== "uint64") return bytesOf(flat as TypedArray);
  const values = flat as Float64Array;
  const wide = variable.dtype === "int64" ? new BigInt64Array(values.length) : new BigUint64Array(values.length);
  for (let i = 0; i < values.length; i++) wide[i] = BigInt(values[i]!);
  return bytesOf(wide);
}

/** Texts one after another, each ended by NUL, and where each begins; a missing text is an empty one. */
function textBytes(path: string, texts: readonly (string | null)[]): { bytes: Uint8Array; offsets: Uint32Array } {
  const encoder = new TextEncoder();
  const offsets = new Uint32Array(texts.length);
  const parts: Uint8Array[] = [];
  let at = 0;
  texts.forEach((text, i) => {
    if (text?.includes("\0"))
      throw new EncodingError(`value ${i} of ${path} holds a NUL character, which ends text in a file`, { path, index: i });
    const part = encoder.encode(`${text ?? ""}\0`);
    offsets[i] = at;
    at += part.length;
    parts.push(part);
  });
  const bytes = new Uint8Array(at);
  for (const [i, part] of parts.entries()) bytes.set(part, offsets[i]!);
  return { bytes, offsets };
}
