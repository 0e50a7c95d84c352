/** Real files opened here and in Python's xarray: needs `../shared/data` and Python with xarray; skipped outside CI without them. */
import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, test } from "vitest";
import { openDataset, setOptions } from "../../src/index.ts";
import { type DatasetDigest, DIGEST_PY, digest } from "../support/digest.ts";
import { hasPython, runPython } from "../support/python.ts";

const folder = fileURLToPath(new URL("../../../shared/data/", import.meta.url));
const there = existsSync(folder);
const files = there ? readdirSync(folder).filter((name) => name.endsWith(".nc")) : [];

const script = `${DIGEST_PY}
print(json.dumps(digest(xr.open_dataset(sys.argv[1])), ensure_ascii=False))`;

beforeEach(() => {
  setOptions({ onWarning: () => {} });
});

test("the files are there in CI", () => {
  expect(process.env.CI === undefined || files.length > 5).toBe(true);
});

describe.skipIf(!hasPython || !there)("files are opened as by xarray", () => {
  test.each(files)(
    "%s",
    async (name) => {
      const expected = runPython(script, folder + name) as DatasetDigest;
      await using ds = await openDataset(folder + name);
      expect(digest(await ds.compute())).toEqual(expected);
    },
    60_000,
  );
});
