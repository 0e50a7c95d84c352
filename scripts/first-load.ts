/** What a page loads before it calls anything: the entry and what it imports statically, directly or not. */
import { type InputOptions, type OutputChunk, type OutputOptions, rolldown } from "rolldown";

/** The chunks of the first load of one entry, bundled as `options` say. */
export async function firstLoad(options: InputOptions, output: OutputOptions = {}): Promise<OutputChunk[]> {
  const build = await rolldown(options);
  const generated = await build.generate({ format: "esm", ...output });
  await build.close();
  const chunks = new Map(generated.output.flatMap((file) => (file.type === "chunk" ? [[file.fileName, file] as const] : [])));
  const loaded = new Set([...chunks.values()].filter((chunk) => chunk.isEntry));
  for (const chunk of loaded) {
    for (const name of chunk.imports) {
      const next = chunks.get(name);
      if (next !== undefined) loaded.add(next);
    }
  }
  return [...loaded];
}
