/** Measurements as a table. */

/** The times of one task in every round, in milliseconds per call. */
export interface Measured {
  readonly title: string;
  readonly ours: readonly number[];
  readonly plain: readonly number[];
  readonly fast: readonly number[];
}

/** The middle of `times`. */
export function median(times: readonly number[]): number {
  const sorted = [...times].sort((x, y) => x - y);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** Half of what the middle half of `times` spans, in percent of the median. */
function spread(times: readonly number[]): string {
  const sorted = [...times].sort((x, y) => x - y);
  const at = (q: number): number => sorted[Math.round(q * (sorted.length - 1))]!;
  return `±${((50 * (at(0.75) - at(0.25))) / median(times)).toFixed(0)} %`;
}

const duration = (ms: number): string =>
  ms < 1 ? `${(ms * 1000).toPrecision(3)} µs` : `${ms < 1000 ? ms.toPrecision(3) : ms.toFixed(0)} ms`;

/** A Markdown table: medians, how many times faster than xarray's faster mode, and spreads of ours and of that mode. */
export function table(measured: readonly Measured[]): string {
  const rows = measured.map(({ title, ours, plain, fast }) => {
    const faster = median(plain) <= median(fast) ? plain : fast;
    const ratio = median(faster) / median(ours);
    return [
      title,
      duration(median(ours)),
      duration(median(plain)),
      duration(median(fast)),
      `${ratio.toPrecision(ratio < 100 ? 2 : 3)}×`,
      `${spread(ours)}, ${spread(faster)}`,
    ];
  });
  const all = [["task", "graticule", "xarray", "xarray, accelerated", "ratio", "spread"], ...rows];
  const widths = all[0]!.map((_, i) => Math.max(...all.map((row) => row[i]!.length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join(" | ")} |`;
  const rule = `|${widths.map((w, i) => (i === 0 ? "-".repeat(w + 2) : `${"-".repeat(w + 1)}:`)).join("|")}|`;
  return [line(all[0]!), rule, ...rows.map(line)].join("\n");
}
