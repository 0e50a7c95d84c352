/**
 * Runs the call trees of fixtures.
 *
 * A tree is `{ on, method, args, options }`, `{ on, get }`, `{ function, args, options, new }` or a value; values
 * that JSON lacks carry a tag: `$ref` an input, `$slice`, `$date`, `$timedelta` (milliseconds), `$float`, `$undefined`,
 * `$array`, `$fn` a function and `$param` its parameter. Whatever gives a promise is awaited.
 */
import * as gr from "../../src/index.ts";
import { decodeArray } from "../support/index.ts";

/** Inputs and parameters by name. */
export type Env = Readonly<Record<string, unknown>>;

type Tree = any;

/** A name the library should have and does not: said plainly instead of "x is not a function". */
export class MissingName extends Error {}

const kindOf = (x: unknown): string => (typeof x === "object" && x !== null ? x.constructor.name : typeof x);

/** `groupers.BinGrouper` in the namespace of that name, or at the root. */
function resolve(path: string): any {
  let at: any = gr;
  for (const part of path.split(".")) at = at?.[part];
  const found = at ?? (gr as Record<string, unknown>)[path.split(".").at(-1)!] ?? (gr as any).ufuncs?.[path];
  if (found === undefined) throw new MissingName(`graticule exports no ${path}`);
  return found;
}

function property(on: any, path: string): unknown {
  let at = on;
  for (const part of path.split(".")) {
    if (at === null || at === undefined || !(part in Object(at))) throw new MissingName(`${kindOf(at)} has no ${part}`);
    at = at[part];
  }
  return at;
}

async function argumentsOf(tree: Tree, env: Env): Promise<unknown[]> {
  const args: unknown[] = [];
  for (const arg of tree.args ?? []) args.push(await runCall(arg, env));
  if (tree.options) args.push(await record(tree.options, env));
  return args;
}

async function record(tree: Tree, env: Env): Promise<Record<string, unknown>> {
  const out: Record<string, unknown> = {};
  for (const [key, v] of Object.entries(tree)) out[key] = await runCall(v, env);
  return out;
}

/** Functions in fixtures are synchronous, as `map` wants them: their trees hold method calls and plain values only. */
function runNow(tree: Tree, env: Env): any {
  if (Array.isArray(tree)) return tree.map((v) => runNow(v, env));
  if (typeof tree !== "object" || tree === null) return tree;
  if ("$param" in tree) return env[tree.$param];
  if ("$ref" in tree) return env[tree.$ref];
  if ("on" in tree && "method" in tree) {
    const on = runNow(tree.on, env);
    if (typeof on?.[tree.method] !== "function") throw new MissingName(`${kindOf(on)} has no method ${tree.method}`);
    const options = tree.options ? [runNow(tree.options, env)] : [];
    return on[tree.method](...(tree.args ?? []).map((v: Tree) => runNow(v, env)), ...options);
  }
  return Object.fromEntries(Object.entries(tree).map(([key, v]) => [key, runNow(v, env)]));
}

/** The value of a tree. */
export async function runCall(tree: Tree, env: Env): Promise<unknown> {
  if (Array.isArray(tree)) {
    const out: unknown[] = [];
    for (const v of tree) out.push(await runCall(v, env));
    return out;
  }
  if (typeof tree !== "object" || tree === null) return tree;
  if ("$ref" in tree) return env[tree.$ref];
  if ("$float" in tree) return Number(tree.$float.replace("infinity", "Infinity").replace("nan", "NaN"));
  if ("$undefined" in tree) return undefined;
  if ("$timedelta" in tree) return tree.$timedelta;
  if ("$date" in tree) return "calendar" in tree ? tree.$date : new Date(`${tree.$date}Z`);
  if ("$array" in tree) return decodeArray(tree.$array);
  if ("$slice" in tree) {
    const [start, stop, step] = (await runCall(tree.$slice, env)) as [unknown, unknown, number | null];
    return gr.slice(start, stop, step);
  }
  if ("$fn" in tree) return (x: unknown) => runNow(tree.$fn.body, { ...env, [tree.$fn.params[0]]: x });
  if ("on" in tree && "method" in tree) {
    const on: any = await runCall(tree.on, env);
    if (typeof on?.[tree.method] !== "function") throw new MissingName(`${kindOf(on)} has no method ${tree.method}`);
    return await on[tree.method](...(await argumentsOf(tree, env)));
  }
  if ("on" in tree && "get" in tree) return await property(await runCall(tree.on, env), tree.get);
  if (typeof tree.function === "string") {
    const callee = resolve(tree.function);
    const args = await argumentsOf(tree, env);
    return tree.new ? new callee(...args) : await callee(...args);
  }
  return await record(tree, env);
}

/** The names of all methods and functions in a tree. */
export function namesIn(tree: Tree, names: Set<string> = new Set()): Set<string> {
  if (typeof tree !== "object" || tree === null) return names;
  if ("on" in tree && "method" in tree) names.add(tree.method);
  if ("function" in tree) names.add(tree.function);
  for (const v of Object.values(tree)) namesIn(v, names);
  return names;
}
