/** Some variables of a collection in memory, the others as they are. */
import { inMemory } from "../../array/lazy.ts";
import type { ComputeOptions } from "../../compute/index.ts";
import type { Variable } from "../../variable/variable.ts";

/** `variables` with those in `names` in memory, read in one pass. */
export async function loadVariables(
  variables: ReadonlyMap<string, Variable>,
  names: readonly string[],
  options: ComputeOptions = {},
): Promise<ReadonlyMap<string, Variable>> {
  const lazy = names.filter((name) => inMemory(variables.get(name)!.array) === undefined);
  if (lazy.length === 0) return variables;
  const { compute } = await import("../../compute/index.ts");
  const values = await compute(
    lazy.map((name) => variables.get(name)!.array),
    options,
  );
  const loaded = new Map(lazy.map((name, i) => [name, values[i]!] as const));
  return new Map([...variables].map(([name, v]) => [name, loaded.has(name) ? v.replace({ array: loaded.get(name)! }) : v]));
}
