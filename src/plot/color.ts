/** Colours for values: ramps through a few anchors, linear in between. */

type Rgb = readonly [number, number, number];

/** Anchors of each ramp from low to high; the diverging one has its neutral colour in the middle. */
const RAMPS = {
  diverging: ["#2b5c8a", "#5b97c4", "#aacbe0", "#f2efe9", "#f1b89a", "#d6705c", "#8f2a3c"],
  sequential: ["#2d1e5f", "#463c8c", "#3c6e9e", "#38978f", "#6fbf73", "#c9dd63", "#fdf1a9"],
} as const;

/** A ramp's name. */
export type RampName = keyof typeof RAMPS;

/** What missing values are painted with. */
export const MISSING_COLOR = "#d9d9d6";

const parse = (hex: string): Rgb => [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16)) as unknown as Rgb;

/** The colour at `t` (0 to 1) of a ramp. */
export function rampColor(name: RampName, t: number): string {
  const anchors = RAMPS[name].map(parse);
  const at = Math.min(1, Math.max(0, t)) * (anchors.length - 1);
  const i = Math.min(anchors.length - 2, Math.floor(at));
  const mixed = anchors[i]!.map((low, k) => Math.round(low + (at - i) * (anchors[i + 1]![k]! - low)));
  return `#${mixed.map((n) => n.toString(16).padStart(2, "0")).join("")}`;
}
