/** Functions of labelled blocks, applied to the blocks of a lazy dataset. */
import { type BlockAxis, inMemory, mapBlocks as mapArrayBlocks, type NDArray } from "../../array/index.ts";
import { DimensionError } from "../../errors.ts";
import type { PositionIndexer } from "../../indexing/index.ts";
import { onDims, type Variable } from "../../variable/index.ts";
import { type DatasetParts, sizesOf } from "../parts.ts";
import { iselPositions } from "../selecting/index.ts";

/** A function of one block in memory. */
export type BlockFunction = (block: DatasetParts) => DatasetParts;

/**
 * `fn` on each block of `parts`, with the labels that belong to it; on data in memory it is called once.
 *
 * The result has the variables, dtypes, coordinates and attributes of `template` (default: those of
 * `parts`). Dimensions that the template lacks, or has in another length, are not cut.
 *
 * @throws DimensionError where the function gives another shape than the template promises.
 */
export function mapBlocks(parts: DatasetParts, fn: BlockFunction, template: DatasetParts = parts): DatasetParts {
  const names = [...parts.vars.keys()];
  const inputs = names.map((name) => parts.vars.get(name)!);
  if (inputs.every((v) => inMemory(v.array) !== undefined)) return fn(parts);
  const sizes = sizesOf(parts);
  const wanted = sizesOf(template);
  const dims = [...sizes.keys()].filter((dim) => wanted.get(dim) === sizes.get(dim));
  // A dimension that only some outputs have cannot be cut either: the others would be made in pieces.
  const loops = dims.filter((dim) => [...template.vars.values()].every((v) => v.dims.includes(dim)));
  const outputs = [...template.vars];
  const arrays = mapArrayBlocks(
    inputs.map((v) => v.array),
    {
      inputs: inputs.map((v) => v.dims.map((dim: string): BlockAxis => (loops.includes(dim) ? loops.indexOf(dim) : "whole"))),
      outputs: outputs.map(([, v]) => ({
        shape: v.shape,
        dtype: v.dtype,
        axes: v.dims.map((dim: string) => (loops.includes(dim) ? loops.indexOf(dim) : ("whole" as const))),
      })),
      fn: (blocks, { loops: box }) => {
        const runs = loops.map((dim, i): [string, PositionIndexer] => [
          dim,
          { kind: "run", start: box[2 * i]!, step: 1, count: box[2 * i + 1]! - box[2 * i]! },
        ]);
        const labels = iselPositions({ ...parts, vars: new Map() }, new Map(runs));
        const vars = new Map(names.map((name, k) => [name, inputs[k]!.replace({ array: blocks[k]! })]));
        const result = fn({ ...labels, vars });
        return outputs.map(([name, v]) => blockOf(result.vars.get(name), name, v));
      },
      label: "mapBlocks",
    },
  );
  return { ...template, vars: new Map(outputs.map(([name, v], k) => [name, v.replace({ array: arrays[k]! })])) };
}

function blockOf(made: Variable | undefined, name: string, promised: Variable): NDArray {
  if (made === undefined || made.ndim !== promised.ndim || !made.dims.every((dim) => promised.dims.includes(dim))) {
    throw new DimensionError(
      `the function of blocks gave ${made === undefined ? "no variable" : `dimensions (${made.dims.join(", ")}) for`} ${JSON.stringify(name)}, where (${promised.dims.join(", ")}) was promised: give a template`,
      { name, dims: promised.dims },
    );
  }
  return onDims(made, promised.dims as readonly string[]).loaded;
}
