/** The contract of a grouper: from a variable to groups. */
import type { Variable } from "../../variable/variable.ts";

/** What is grouped by. */
export interface GroupSource {
  /** The name of the coordinate, or of a part of one (`month` of `"time.month"`). */
  readonly name: string;
  /** The values, in memory. */
  readonly variable: Variable;
  /** A dimension without labels, whose positions stand for them. */
  readonly bare: boolean;
}

/** The groups that a grouper found. */
export interface EncodedGroups {
  /** The dimension that stands for the groups in results. */
  readonly name: string;
  /** How many groups there are, empty ones included. */
  readonly count: number;
  /**
   * The group of every value in C order, −1 for none. A value may be in several groups: then there is
   * one list for each set of groups without overlap.
   */
  readonly codes: readonly Int32Array[];
  /** A label for every group, along a dimension called `name`; none where positions are grouped. */
  readonly labels: Variable | undefined;
  /** Each position is a group of its own, in order. */
  readonly identity?: boolean | undefined;
}

/** Sorts values into groups; one's own need this method alone. */
export interface Grouper {
  factorize(source: GroupSource): EncodedGroups;
}
