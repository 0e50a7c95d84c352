/** Paths by pattern: `*` and `?` within a name, `[abc]`, and `**` for any number of folders. Node only. */
import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";

/** Whether a path is a pattern. */
function isPattern(path: string): boolean {
  return /[*?[]/.test(path);
}

/**
 * The paths that fit a pattern, sorted. Folders count too: a Zarr store is one.
 *
 * @example
 * ```ts
 * await glob("data/*.nc"); // ["data/2000.nc", "data/2001.nc"]
 * ```
 */
export async function glob(pattern: string): Promise<string[]> {
  const parts = pattern.split("/");
  const found: string[] = [];
  await walk("", parts, 0, found);
  return [...new Set(found)].sort();
}

async function walk(folder: string, parts: readonly string[], at: number, found: string[]): Promise<void> {
  const part = parts[at]!;
  const last = at === parts.length - 1;
  if (part !== "**" && !isPattern(part)) {
    const path = at === 0 && part === "" ? "/" : `${folder}${part}`;
    if (!last) return walk(path.endsWith("/") ? path : `${path}/`, parts, at + 1, found);
    if ((await entries(folder)).some((entry) => entry.name === part)) found.push(path);
    return;
  }
  if (part === "**" && !last) await walk(folder, parts, at + 1, found);
  const fits = part === "**" ? undefined : matcher(part);
  for (const entry of await entries(folder)) {
    if (entry.name.startsWith(".") && !part.startsWith(".")) continue;
    const path = `${folder}${entry.name}`;
    if (fits === undefined) {
      if (last) found.push(path);
      // Links are not followed below `**`, so that circles end.
      if (entry.isDirectory()) await walk(`${path}/`, parts, at, found);
    } else if (fits.test(entry.name)) {
      if (last) found.push(path);
      else if (entry.isDirectory() || entry.isSymbolicLink()) await walk(`${path}/`, parts, at + 1, found);
    }
  }
}

/** A folder that is not there, or may not be read, matches nothing, as in a shell. */
async function entries(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder === "" ? "." : folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function matcher(part: string): RegExp {
  const source = part.replace(/\[!?[^\]]*\]|[*?]|[.+^${}()|\\[\]/]/g, (found) => {
    if (found === "*") return "[^/]*";
    if (found === "?") return "[^/]";
    if (found.length > 1) return found.replace("[!", "[^").replace(/\\/g, "\\\\");
    return `\\${found}`;
  });
  return new RegExp(`^${source}$`);
}
