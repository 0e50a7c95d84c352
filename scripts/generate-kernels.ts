/**
 * Writes `src/kernels/generated/*.ts`: loops that must exist once per storage, because a compiled
 * loop that has seen many typed-array classes runs 15 to 50 times slower.
 *
 * `npx tsx scripts/generate-kernels.ts` writes them; the test of generated kernels compares.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { BINARY, COMPARE, HELPERS, TESTS, UNARY } from "./kernel-expressions.ts";

const KERNELS = new URL("../src/kernels/", import.meta.url);
const HEAD = "// Made by scripts/generate-kernels.ts: change that, not this.\n";

const ARRAYS = {
  f64: "Float64Array",
  f32: "Float32Array",
  i32: "Int32Array",
  u32: "Uint32Array",
  i16: "Int16Array",
  u16: "Uint16Array",
  i8: "Int8Array",
  u8: "Uint8Array",
} as const;
type Numeric = keyof typeof ARRAYS;
const NUMERIC = Object.keys(ARRAYS) as Numeric[];
const FLOATS = ["f64", "f32"] as const;

/** One binary kernel: out[oo + i] = expr(a[ao + i·as], b[bo + i·bs]); cheap ones also as a plain loop. */
function binaryKernel(name: string, expression: string, input: Numeric, output: Numeric): string {
  const [In, Out] = [ARRAYS[input], ARRAYS[output]];
  const body = (p: string, q: string) => `const x = a[${p}]!, y = b[${q}]!; out[oo + i] = ${expression};`;
  const plain =
    expression.length > 30
      ? ""
      : `  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { ${body("ao + i", "bo + i")} } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = ${expression}; } return; }\n`;
  return `function ${name}(a: ${In}, ao: number, as: number, b: ${In}, bo: number, bs: number, out: ${Out}, oo: number, n: number): void {
${plain}  for (let i = 0; i < n; i++) { ${body("ao + i * as", "bo + i * bs")} }
}
`;
}

function unaryKernel(name: string, expression: string, input: Numeric, output: Numeric): string {
  return `function ${name}(a: ${ARRAYS[input]}, ao: number, as: number, out: ${ARRAYS[output]}, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = ${expression}; }
}
`;
}

/** `name_` keeps clear of JavaScript's own words. */
const safe = (name: string): string => `${name}_`;
const table = (name: string, type: string, keys: readonly string[]): string =>
  `export const ${name}: ${type} = { ${keys.map((key) => `${key}: ${safe(key)}`).join(", ")} };\n`;

function imports(code: string): string {
  const used = HELPERS.filter((name) => new RegExp(`\\b${name}\\(`).test(code));
  return used.length === 0 ? "" : `import { ${used.sort().join(", ")} } from "../scalar-math.ts";\n`;
}

function elementwise(storage: Numeric): string {
  const single = (expression: string) => (storage === "f32" ? expression.replaceAll(/\b(nextAfter|spacing)\(/g, "$1Single(") : expression);
  let code = "";
  for (const [name, expression] of Object.entries(BINARY)) code += binaryKernel(safe(name), single(expression), storage, storage);
  for (const [name, expression] of Object.entries(COMPARE)) code += binaryKernel(safe(name), `Number(${expression})`, storage, "u8");
  for (const [name, expression] of Object.entries(UNARY)) code += unaryKernel(safe(name), single(expression), storage, storage);
  for (const [name, expression] of Object.entries(TESTS)) code += unaryKernel(safe(name), `Number(${expression})`, storage, "u8");
  const S = storage.toUpperCase();
  code += table(`BINARY_${S}`, `BinaryTable<${ARRAYS[storage]}>`, Object.keys(BINARY));
  code += table(`COMPARE_${S}`, `CompareTable<${ARRAYS[storage]}>`, Object.keys(COMPARE));
  code += table(`UNARY_${S}`, `UnaryTable<${ARRAYS[storage]}>`, Object.keys(UNARY));
  code += table(`TEST_${S}`, `TestTable<${ARRAYS[storage]}>`, Object.keys(TESTS));
  return `${HEAD}${imports(code)}import type { BinaryTable, CompareTable, TestTable, UnaryTable } from "../kernel-types.ts";\n\n${code}`;
}

/** Kernels of bools as bytes of 0 and 1: no conversion, no branch. */
function bools(): string {
  const binary = { and: "x & y", or: "x | y", xor: "x ^ y" };
  let code = "";
  for (const [name, expression] of Object.entries(binary)) code += binaryKernel(safe(name), expression, "u8", "u8");
  code += unaryKernel("not_", "x ^ 1", "u8", "u8");
  code += `export const BINARY_BOOL: BoolTable = { ${Object.keys(binary)
    .map((name) => `${name}: ${safe(name)}`)
    .join(", ")} };
export const NOT_BOOL: UnaryKernel<Uint8Array> = not_;
`;
  return `${HEAD}import type { BoolTable, UnaryKernel } from "../kernel-types.ts";\n\n${code}`;
}

function kernelNames(): string {
  const union = (names: readonly string[]) => names.map((name) => JSON.stringify(name)).join(" | ");
  return `${HEAD}export type BinaryKernelName = ${union(Object.keys(BINARY))};
export type CompareKernelName = ${union(Object.keys(COMPARE))};
export type UnaryKernelName = ${union(Object.keys(UNARY))};
export type TestKernelName = ${union(Object.keys(TESTS))};
`;
}

/** Conversions: from every storage to floats, and from float64 to every storage, strided on both sides. */
function conversions(): string {
  let code = "";
  const pairs: string[] = [];
  for (const from of NUMERIC)
    for (const to of NUMERIC) {
      if (to !== "f64" && to !== "f32" && from !== "f64") continue;
      pairs.push(`${from}_${to}`);
      code += `function ${from}_${to}(src: ${ARRAYS[from]}, so: number, ss: number, dst: ${ARRAYS[to]}, at: number, ds: number, n: number): void {
  if (ss === 1 && ds === 1) for (let i = 0; i < n; i++) dst[at + i] = src[so + i]!;
  else for (let i = 0; i < n; i++) dst[at + i * ds] = src[so + i * ss]!;
}
`;
    }
  for (const storage of NUMERIC) {
    // Lines that lie side by side, to and from scratch where each is whole.
    code += `function gather_${storage}(src: ${ARRAYS[storage]}, so: number, ss: number, ls: number, lines: number, dst: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) for (let k = 0, p = so + i * ss, q = i; k < lines; k++, p += ls, q += n) dst[q] = src[p]!;
}
function scatter_${storage}(src: Float64Array, n: number, dst: ${ARRAYS[storage]}, at: number, ds: number, ls: number, lines: number): void {
  for (let i = 0; i < n; i++) for (let k = 0, p = i, q = at + i * ds; k < lines; k++, p += n, q += ls) dst[q] = src[p]!;
}
`;
  }
  const to = (target: string) => `{ ${NUMERIC.map((from) => `${from}: ${from}_${target}`).join(", ")} }`;
  code += `export const TO_F64: LoadTable<Float64Array> = ${to("f64")};
export const TO_F32: LoadTable<Float32Array> = ${to("f32")};
export const FROM_F64: StoreTable = { ${NUMERIC.map((target) => `${target}: f64_${target}`).join(", ")} };
export const GATHER: GatherTable = { ${NUMERIC.map((storage) => `${storage}: gather_${storage}`).join(", ")} };
export const SCATTER: ScatterTable = { ${NUMERIC.map((storage) => `${storage}: scatter_${storage}`).join(", ")} };
`;
  return `${HEAD}import type { GatherTable, LoadTable, ScatterTable, StoreTable } from "../kernel-types.ts";\n\n${code}`;
}

/** Choices without a branch: bits of either, under a mask. Elements of 8 bytes are pairs of words. */
function choices(): string {
  let code = "";
  for (const storage of ["i32", "i16", "i8"] as const) {
    const A = ARRAYS[storage];
    code += `function ${storage}(c: Uint8Array, co: number, cs: number, a: ${A}, ao: number, as: number, b: ${A}, bo: number, bs: number, out: ${A}, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const m = -Number(c[co + i * cs]! !== 0); out[oo + i] = (a[ao + i * as]! & m) | (b[bo + i * bs]! & ~m); }
}
`;
  }
  code += `function pair(c: Uint8Array, co: number, cs: number, a: Int32Array, ao: number, as: number, b: Int32Array, bo: number, bs: number, out: Int32Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) {
    const m = -Number(c[co + i * cs]! !== 0);
    const p = 2 * (ao + i * as), q = 2 * (bo + i * bs), o = 2 * (oo + i);
    out[o] = (a[p]! & m) | (b[q]! & ~m);
    out[o + 1] = (a[p + 1]! & m) | (b[q + 1]! & ~m);
  }
}
`;
  return `${HEAD}import type { WhereTable } from "../kernel-types.ts";\n\n${code}export const WHERE: WhereTable = { 1: i8, 2: i16, 4: i32, 8: pair };\n`;
}

/** The copy of a kernel file written for float64 that takes another storage: its first type alias changes. */
function copyFor(file: string, storage: Numeric): string {
  const source = readFileSync(new URL(`${file}-f64.ts`, KERNELS), "utf8");
  return HEAD + source.replace("type In = Float64Array", `type In = ${ARRAYS[storage]}`).replaceAll('from "./', 'from "../');
}

/** Every generated file by its name. */
export function generate(): Map<string, string> {
  const files = new Map([
    ["names.ts", kernelNames()],
    ["convert.ts", conversions()],
    ["where.ts", choices()],
    ["bools.ts", bools()],
  ]);
  for (const storage of FLOATS) files.set(`elementwise-${storage}.ts`, elementwise(storage));
  for (const file of ["sum", "extreme", "moments", "rolling-rows"]) files.set(`${file}-f32.ts`, copyFor(file, "f32"));
  return files;
}

if (process.argv[1]?.endsWith("generate-kernels.ts")) {
  for (const [name, code] of generate()) writeFileSync(new URL(`generated/${name}`, KERNELS), code);
}
