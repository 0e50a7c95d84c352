/**
 * Python reads what is encoded here. Needs a Python with zarr and numcodecs, named by GRATICULE_PYTHON
 * (default `python3`): skipped outside of CI, where it must be there.
 */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { buildPipeline, bytesFromValues } from "../../src/codecs/index.ts";
import { codecCases } from "./fixture.ts";

const readOnly = new Set(["bz2", "lzma", "json2", "vlen-array", "categorize", "vlen-bytes"]);
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");

test.skipIf(!process.env.CI)(
  "chunks written here are read by numcodecs and zarr-python",
  async () => {
    const stored = JSON.parse(await readFile(new URL("./fixtures/codecs.json", import.meta.url), "utf8")) as {
      arrays: Record<string, { dtype: unknown }>;
      cases: Record<string, unknown>[];
    };
    const cases: unknown[] = [];
    for (const [i, { name, specs, chunk, expected }] of codecCases.entries()) {
      const { filters, compressor, order, codecs, data_type, array } = stored.cases[i]!;
      const skip =
        specs.some((spec) => readOnly.has(spec.name) || spec.config.cname === "blosclz") ||
        chunk.shape.includes(0) ||
        chunk.type.fields ||
        (chunk.type.kind === "raw" && codecs);
      if (skip || (chunk.type.kind === "object" && !codecs)) continue;
      const pipeline = await buildPipeline(specs, chunk);
      const { kind } = chunk.type;
      const fill =
        kind === "bool"
          ? false
          : kind === "datetime" || kind === "timedelta"
            ? "NaT"
            : kind === "complex"
              ? [0, 0]
              : kind === "string" || kind === "ucs4" || kind === "ascii"
                ? ""
                : 0;
      const text = kind === "string" ? { expectedText: expected } : { expected: base64(bytesFromValues(chunk.type, expected, false)) };
      const encoded = base64(pipeline.encode(expected));
      cases.push({
        name,
        shape: chunk.shape,
        encoded,
        ...text,
        ...(codecs ? { codecs, data_type, fill } : { filters, compressor, order, dtype: stored.arrays[array as string]!.dtype }),
      });
    }
    const folder = await mkdtemp(join(tmpdir(), "graticule-"));
    try {
      const file = join(folder, "encoded.json");
      await writeFile(file, JSON.stringify(cases));
      const script = fileURLToPath(new URL("../../scripts/fixtures/check_codecs.py", import.meta.url));
      const { stdout } = await promisify(execFile)(process.env.GRATICULE_PYTHON ?? "python3", [script, file]).catch(
        (error: { stdout?: string; message: string }) => ({ stdout: error.stdout || error.message }),
      );
      expect(stdout.trim()).toBe(`${cases.length} chunks read`);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
  120_000,
);
