/**
 * Finding keys: binary search where they are monotonic, a hash map otherwise, both only when asked.
 *
 * A monotonic index never builds a map; where its labels are evenly spaced, interpolation answers at
 * once and the search is not needed. Rules for inexact matches are pandas': `ffill` takes the label at
 * the position before, `bfill` the one after, in the index's own direction; of two labels equally near,
 * the greater wins.
 */
import { IndexingError } from "../errors.ts";
import { firstAfter, firstNotBefore, firstNotBeforeNear, isMissing, type Key, type Keys, type Order, orderOf } from "./label-keys.ts";
import { NumberTable } from "./number-table.ts";

/** Positions from `start` to `stop`, left out. */
export interface Span {
  readonly start: number;
  readonly stop: number;
}

/** An inexact match after its name is checked. */
export type InexactMethod = "nearest" | "ffill" | "bfill";

/** The keys of one index with what was learnt of them. */
export class Lookup {
  readonly keys: Keys;
  private knownOrder: Order | undefined;
  private knownMap: Map<Key, number> | undefined;
  private knownTable: NumberTable | undefined;

  constructor(keys: Keys, order?: Order) {
    this.keys = keys;
    this.knownOrder = order;
  }

  /** How the keys are ordered, looked at once. */
  get order(): Order {
    this.knownOrder ??= orderOf(this.keys);
    return this.knownOrder;
  }

  /** Whether keys run in one direction. */
  get monotonic(): boolean {
    return this.order.increasing || this.order.decreasing;
  }

  /** Whether every key occurs once. */
  get unique(): boolean {
    if (this.monotonic) return this.order.strict;
    return (this.table?.count ?? this.map.size) === this.keys.length;
  }

  /** The first position of every key, for numbers. */
  private get table(): NumberTable | undefined {
    if (this.keys instanceof Float64Array) this.knownTable ??= new NumberTable(this.keys);
    return this.knownTable;
  }

  /** The first position of every key, for others. */
  private get map(): Map<Key, number> {
    if (this.knownMap === undefined) {
      const map = new Map<Key, number>();
      for (let i = 0; i < this.keys.length; i++) if (!map.has(this.keys[i]!)) map.set(this.keys[i]!, i);
      this.knownMap = map;
    }
    return this.knownMap;
  }

  /** Where all keys equal to `key` are: a span, or the positions where they lie apart. */
  all(key: Key): Span | Float64Array {
    if (this.monotonic) {
      if (isMissing(key)) return { start: 0, stop: 0 };
      const guess = this.order.strict && typeof key === "number" ? this.guess(key) : -1;
      if (guess >= 0) return { start: guess, stop: guess + 1 };
      const descending = !this.order.increasing;
      return { start: firstNotBefore(this.keys, key, descending), stop: firstAfter(this.keys, key, descending) };
    }
    const first = this.first(key);
    if (first < 0) return { start: 0, stop: 0 };
    if (this.unique) return { start: first, stop: first + 1 };
    const positions: number[] = [];
    for (let i = first; i < this.keys.length; i++)
      if (this.keys[i] === key || (isMissing(key) && isMissing(this.keys[i]!))) positions.push(i);
    const apart = positions.length !== positions[positions.length - 1]! - first + 1;
    return apart ? Float64Array.from(positions) : { start: first, stop: first + positions.length };
  }

  /** The first position of `key` among unsorted keys, −1 where it is not there. */
  private first(key: Key): number {
    const { table } = this;
    if (table) return typeof key === "number" ? table.get(key) : -1;
    return this.map.get(key) ?? -1;
  }

  /** Where the keys between `low` and `high`, both included, are. */
  between(low: Key, high: Key): Span | Float64Array {
    const { increasing, decreasing } = this.order;
    if (increasing) return span(firstNotBefore(this.keys, low, false), firstAfter(this.keys, high, false));
    if (decreasing) return span(firstNotBefore(this.keys, high, true), firstAfter(this.keys, low, true));
    const positions: number[] = [];
    for (let i = 0; i < this.keys.length; i++) if (this.keys[i]! >= low! && this.keys[i]! <= high!) positions.push(i);
    return Float64Array.from(positions);
  }

  /**
   * For each target the position of its key, −1 where there is none.
   *
   * @throws IndexingError where keys repeat, since a target would have several positions.
   */
  positions(targets: Keys): Float64Array {
    if (!this.unique) throw new IndexingError("labels repeat, so a list of labels has no single positions");
    const out = new Float64Array(targets.length);
    if (!this.monotonic) {
      for (let i = 0; i < targets.length; i++) out[i] = this.first(targets[i]!);
    } else if (this.keys instanceof Float64Array && targets instanceof Float64Array) {
      findSorted(this.keys, targets, !this.order.increasing, out);
    } else {
      const descending = !this.order.increasing;
      for (let i = 0; i < targets.length; i++) {
        const at = firstNotBefore(this.keys, targets[i]!, descending);
        out[i] = at < this.keys.length && this.keys[at] === targets[i] ? at : -1;
      }
    }
    return out;
  }

  /**
   * For each target the position of the label that `method` finds, −1 where there is none within
   * `tolerance` (one for all, or one per target).
   *
   * @throws IndexingError where keys are not sorted or repeat.
   */
  inexact(targets: Keys, method: InexactMethod, tolerance?: number | ArrayLike<number>): Float64Array {
    if (!this.monotonic) throw new IndexingError(`method ${JSON.stringify(method)} needs sorted labels`);
    if (!this.order.strict) throw new IndexingError(`method ${JSON.stringify(method)} needs labels that do not repeat`);
    const n = this.keys.length;
    const descending = !this.order.increasing;
    const out = new Float64Array(targets.length);
    const numbers = this.keys instanceof Float64Array ? this.keys : undefined;
    let after = 0;
    for (let i = 0; i < targets.length; i++) {
      const target = targets[i]!;
      if (isMissing(target) || n === 0) {
        out[i] = -1;
        continue;
      }
      after = numbers ? firstNotBeforeNear(numbers, target as number, descending, after) : firstNotBefore(this.keys, target, descending);
      const exact = after < n && this.keys[after] === target;
      let at = exact ? after : method === "ffill" ? after - 1 : after < n ? after : -1;
      if (method === "nearest" && !exact) at = this.nearer(after - 1, after, target as number, descending);
      if (at >= 0 && tolerance !== undefined) {
        const most = typeof tolerance === "number" ? tolerance : tolerance[i]!;
        if (!(Math.abs((this.keys[at] as number) - (target as number)) <= most)) at = -1;
      }
      out[i] = at;
    }
    return out;
  }

  private nearer(before: number, after: number, target: number, descending: boolean): number {
    if (after >= this.keys.length) return before;
    if (before < 0) return after;
    const toBefore = Math.abs(target - (this.keys[before] as number));
    const toAfter = Math.abs((this.keys[after] as number) - target);
    return toBefore < toAfter || (descending && toBefore === toAfter) ? before : after;
  }

  private guess(key: number): number {
    return this.keys instanceof Float64Array ? guessPosition(this.keys, key) : -1;
  }
}

function span(start: number, stop: number): Span {
  return { start, stop: Math.max(start, stop) };
}

/** The position of `key` if labels between the ends are evenly spaced and it is one of them; −1 says nothing. */
function guessPosition(keys: Float64Array, key: number): number {
  const n = keys.length;
  if (n === 0) return -1;
  const first = keys[0]!;
  const at = n === 1 ? 0 : Math.round(((key - first) / (keys[n - 1]! - first)) * (n - 1)) + 0; // no −0
  return at >= 0 && at < n && keys[at] === key ? at : -1;
}

/** Positions of `targets` in strictly monotonic `keys`, −1 where there are none. */
function findSorted(keys: Float64Array, targets: Float64Array, descending: boolean, out: Float64Array): void {
  const n = keys.length;
  const first = n > 0 ? keys[0]! : Number.NaN;
  const scale = n > 1 ? (n - 1) / (keys[n - 1]! - first) : 0;
  let next = 0;
  for (let i = 0; i < targets.length; i++) {
    const key = targets[i]!;
    // Sorted targets mostly continue where the last one was found; evenly spaced keys can be computed.
    let at = next;
    if (!(at < n && keys[at] === key)) at = Math.round((key - first) * scale) + 0;
    if (!(at >= 0 && at < n && keys[at] === key)) {
      at = key === key ? firstNotBeforeNear(keys, key, descending, next) : n;
      if (at >= n || keys[at] !== key) {
        out[i] = -1;
        if (key === key) next = at;
        continue;
      }
    }
    out[i] = at;
    next = at + 1;
  }
}
