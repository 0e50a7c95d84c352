/** Looking up inner chunks in the index of a shard. */
import type { ShardIndex } from "./contract.ts";

/** Where an inner chunk lies in its shard; undefined when it is not stored. */
export function shardRange({ offsets, lengths }: ShardIndex, chunk: number): { offset: number; length: number } | undefined {
  const offset = offsets[chunk]!;
  return offset < 0 ? undefined : { offset, length: lengths[chunk]! };
}
