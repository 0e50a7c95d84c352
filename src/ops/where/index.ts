/**
 * Choosing: values of one operand where a condition holds, of another elsewhere.
 *
 * May import `variable/` and the operations that align. Takes and returns parts, never the classes.
 *
 * @example
 * ```ts
 * whereOp(air, warm, undefined); // missing where it is not warm
 * ```
 */
import { cast } from "../../array/cast.ts";
import { reduce } from "../../array/index.ts";
import { inMemory } from "../../array/lazy.ts";
import { kindOf, promoteForMissing } from "../../dtypes/index.ts";
import { ArgumentError, NotLoadedError } from "../../errors.ts";
import type { JoinMode } from "../../options.ts";
import { keptAttrs, whereVariable } from "../../variable/compute.ts";
import { Variable } from "../../variable/variable.ts";
import { align } from "../align/index.ts";
import { mergeCoords } from "../merge-coords.ts";
import { isScalarOperand, type Operand, operandVariable } from "../operand.ts";
import { type ArrayParts, type CoordParts, type DatasetParts, fromDatasetParts, isDatasetParts, toDatasetParts } from "../parts.ts";
import { iselPositions } from "../selecting/index.ts";

/** Options of `where`. */
export interface WhereOptions {
  /** Drop labels for which the condition never holds (only without `other`). */
  readonly drop?: boolean | undefined;
}

type Labelled = ArrayParts | DatasetParts;

const isLabelled = (x: Operand): x is Labelled => !isScalarOperand(x) && "coords" in x;

/** `parts` where `cond`, else `other` (default: missing); labels follow `parts` where `other` is given, else those in common. */
export function whereOp<P extends Labelled>(parts: P, cond: Operand, other: Operand | undefined, options: WhereOptions = {}): P {
  if (options.drop) {
    if (other !== undefined) throw new ArgumentError("where takes `other` or `drop`, not both", {});
    return whereDrop(parts, cond);
  }
  return choose({ cond, a: parts, b: other }, { join: other === undefined ? "inner" : "exact", orderBy: "a", keepAttrs: true }) as P;
}

/**
 * `cond ? a : b`, all three aligned exactly and broadcast by name. Attributes are those of `a`; variables of
 * a dataset `b` beside an `a` that is none keep those of the first argument.
 */
export function whereThree(cond: Operand, a: Operand, b: Operand, keepAttrs?: boolean): Labelled {
  const chosen = choose({ cond, a, b }, { join: "exact", orderBy: "cond", keepAttrs });
  const own = isLabelled(a) ? a.coords : undefined;
  const coords = new Map(
    [...chosen.coords].map(([name, v]) => [name, v.replace({ attrs: keptAttrs(own?.get(name)?.attrs ?? {}, keepAttrs) })]),
  );
  if (!isDatasetParts(chosen)) return { ...chosen, coords };
  return { ...chosen, coords, attrs: keptAttrs(isLabelled(a) && isDatasetParts(a) ? a.attrs : {}, keepAttrs) };
}

interface Choice {
  readonly cond: Operand;
  readonly a: Operand;
  readonly b: Operand | undefined;
}

interface ChooseOptions {
  readonly join: JoinMode;
  /** Whose dimensions come first. */
  readonly orderBy: "a" | "cond";
  readonly keepAttrs: boolean | undefined;
}

function choose(given: Choice, options: ChooseOptions): Labelled {
  const roles = (["cond", "a", "b"] as const).filter((role) => given[role] !== undefined && isLabelled(given[role]));
  const aligned = align(
    roles.map((role) => given[role] as Labelled),
    { join: options.join },
  );
  const by = { ...given, ...Object.fromEntries(roles.map((role, i) => [role, aligned[i]])) } as Choice;
  const first = aligned[options.orderBy === "a" ? Math.max(0, roles.indexOf("a")) : 0];
  if (!first) throw new ArgumentError("where needs at least one DataArray or Dataset among its arguments", {});
  const order = options.orderBy === "a" ? [by.a, by.cond, by.b] : [by.cond, by.a, by.b];
  const coords = mergeCoords((order as readonly Operand[]).filter((x) => x !== undefined && isLabelled(x)) as readonly CoordParts[]);
  const model = aligned.find(isDatasetParts);
  if (!model) return { ...first, ...coords, variable: chooseVariables(by, options), name: nameOf(by, options) };
  const names = [...model.vars.keys()].filter((name) => aligned.every((x) => !isDatasetParts(x) || x.vars.has(name)));
  const ofFirst = options.orderBy === "cond" && isDataset(by.b) && !isDataset(by.a);
  const vars = new Map(
    names.map((name) => {
      const chosen = chooseVariables(pick(by, name), options);
      return [name, ofFirst ? chosen.replace({ attrs: keptAttrs(model.vars.get(name)!.attrs, options.keepAttrs) }) : chosen];
    }),
  );
  return { ...model, vars, ...coords };
}

const isDataset = (x: Operand | undefined): boolean => x !== undefined && isLabelled(x) && isDatasetParts(x);

function nameOf({ cond, a, b }: Choice, { orderBy }: ChooseOptions): string | undefined {
  if (orderBy === "a") return (a as ArrayParts).name;
  return [cond, a, b].find((x): x is ArrayParts => x !== undefined && isLabelled(x))?.name;
}

/** The choice for one variable of datasets. */
function pick(choice: Choice, name: string): Choice {
  const one = (x: Operand | undefined): Operand | undefined =>
    x !== undefined && isLabelled(x) && isDatasetParts(x) ? x.vars.get(name)! : x;
  return { cond: one(choice.cond)!, a: one(choice.a)!, b: one(choice.b) };
}

function chooseVariables({ cond, a, b }: Choice, { orderBy, keepAttrs }: ChooseOptions): Variable {
  const model = [a, b, cond].map(variableOf).find((v) => v !== undefined)!;
  const values = [variableOf(a), b === undefined ? undefined : variableOf(b)].find((v) => v !== undefined) ?? model;
  const c = truth(variableOf(cond) ?? operandVariable(cond as never, model));
  const x = variableOf(a) ?? operandVariable(a as never, variableOf(b) ?? values);
  const y = b === undefined ? missingFor(x) : (variableOf(b) ?? operandVariable(b as never, x));
  const wide = b === undefined ? x.replace({ array: cast(x.array, promoteForMissing(x.dtype)) }) : x;
  const attrs = orderBy === "a" ? x.attrs : keptAttrs(x.attrs, keepAttrs);
  return whereVariable(c, wide, y, orderBy === "a" ? [wide, c, y] : [c, wide, y]).replace({ attrs });
}

function variableOf(x: Operand | undefined): Variable | undefined {
  if (x instanceof Variable) return x;
  return x !== undefined && isLabelled(x) && !isDatasetParts(x) ? x.variable : undefined;
}

/** A condition as bools: anything but zero is true. */
function truth(v: Variable): Variable {
  return kindOf(v.dtype) === "b" ? v : v.replace({ array: cast(v.array, "bool") });
}

function missingFor(v: Variable): Variable {
  const dtype = promoteForMissing(v.dtype);
  return operandVariable(null, { dtype, dims: [] });
}

/** `where`, and then only the labels for which the condition holds somewhere. */
function whereDrop<P extends Labelled>(parts: P, cond: Operand): P {
  if (!isLabelled(cond)) throw new ArgumentError("where with `drop` needs a condition that is a DataArray or Dataset", {});
  const [own, c] = align([parts, cond], { join: "inner" }) as [P, Labelled];
  const masks = isDatasetParts(c) ? [...c.vars.values()] : [c.variable];
  const positions = new Map<string, { readonly kind: "take"; readonly positions: Float64Array }>();
  for (const dim of new Set(masks.flatMap((mask) => mask.dims as readonly string[]))) {
    const held = masks.filter((mask) => mask.dims.includes(dim)).map((mask) => heldAlong(truth(mask), dim));
    const kept = [...held[0]!.keys()].filter((i) => held.some((own) => own[i]));
    positions.set(dim, { kind: "take", positions: Float64Array.from(kept) });
  }
  const cut = <Q extends Labelled>(x: Q): Q =>
    (isDatasetParts(x)
      ? iselPositions(x, positions)
      : fromDatasetParts(iselPositions(toDatasetParts(x as ArrayParts), positions), (x as ArrayParts).name)) as Q;
  return whereOp(cut(own), cut(c), undefined);
}

/** For each position along `dim`, whether the mask holds anywhere there. */
function heldAlong(mask: Variable, dim: string): Uint8Array {
  const axis = mask.axis(dim);
  const held = reduce(
    "any",
    mask.array,
    mask.dims.flatMap((_, i) => (i === axis ? [] : [i])),
  );
  const loaded = inMemory(held);
  if (!loaded)
    throw new NotLoadedError(
      "where with `drop` needs its condition in memory, because it decides the shape of the result: await cond.load() first",
      { dim },
    );
  return new Variable([dim], loaded).values as Uint8Array;
}
