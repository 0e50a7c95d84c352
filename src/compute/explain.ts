/** A plan in words: stages, tasks, bytes, the peak of memory, and why. */
import { chunkSizes } from "../array/grid.ts";
import { escapeHtml } from "../util/html.ts";
import { formatBytes } from "./measure.ts";
import type { Plan, Slot, Stage } from "./plan.ts";
import { taskCount } from "./tasks.ts";

/** The plan as text, a few lines a stage. */
export function explain(plan: Plan): string {
  const { stages, notes } = plan;
  const lines = [summary(plan)];
  for (let i = 0; i < stages.length; i++) lines.push("", ...stageLines(plan, stages[i]!, i));
  if (notes.length > 0) lines.push("", ...notes.map((note) => `note: ${note}`));
  return lines.join("\n");
}

function summary({ stages, read, peak, budget, cache, slots }: Plan): string {
  const tasks = stages.reduce((n, stage) => n + taskCount(stage.tasks), 0);
  const written = stages.reduce((n, stage) => n + stage.cost.written, 0);
  const held = slots.reduce((n, slot) => n + slot.bytes, 0);
  const parts = [
    `${held > 0 ? `${formatBytes(held)} of whole arrays` : ""}`,
    cache > 0 ? `${formatBytes(cache)} of kept chunks` : "",
  ].filter((s) => s !== "");
  const why = parts.length > 0 ? ` (with ${parts.join(" and ")})` : "";
  return `${count(stages.length, "stage")}, ${count(tasks, "task")}: reads ${formatBytes(read)}, writes ${formatBytes(written)}, holds at most ${formatBytes(peak)} of ${formatBytes(budget)}${why}`;
}

function stageLines(plan: Plan, stage: Stage, i: number): string[] {
  const { tasks, program, outputs, memory, cost, after, notes, group } = stage;
  const mates = plan.stages.flatMap((other, s) => (s !== i && other.group === group ? [s + 1] : []));
  const made = [...new Set(outputs.map(({ slot }) => slotText(plan.slots[slot]!)))];
  const lines = [`stage ${i + 1}: ${made.join(", ")}`];
  if (after.length > 0) lines.push(`  after ${after.map((s) => s + 1).join(", ")}`);
  if (mates.length > 0) lines.push(`  in one pass with ${mates.join(", ")}`);
  const sizes = tasks.axes.map((axis) =>
    axis.n === 1 ? axis.length : axis.size !== undefined ? axis.size : `≤${Math.max(...chunkSizes(axis))}`,
  );
  lines.push(`  ${count(cost.tasks, "task")} of (${sizes.join(", ")}) over (${tasks.axes.map((axis) => axis.length).join(", ")})`);
  if (cost.read > 0)
    lines.push(`  reads ${formatBytes(cost.read)}${cost.read > 1.05 * cost.once ? ` (${formatBytes(cost.once)} once)` : ""}`);
  lines.push(`  a task holds ${formatBytes(memory.peak)}${memory.state > 0 ? `, states ${formatBytes(memory.state)}` : ""}`);
  const ops = program.filter((step) => step.mode === "run" || step.mode === "carry" || step.mode === "fold").map((step) => step.label);
  const shown = ops.length > 12 ? [...ops.slice(0, 6), `… ${ops.length - 12} more …`, ...ops.slice(-6)] : ops;
  if (shown.length > 0) lines.push(`  runs ${shown.join(" → ")}`);
  return [...lines, ...notes.map((note) => `  why: ${note}`)];
}

function slotText({ label, meta, place, why }: Slot): string {
  return `${label} (${meta.shape.join(" × ") || "scalar"} ${meta.dtype})${place === "sink" ? " to a store" : why === "barrier" ? " for later stages" : ""}`;
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}

/** The plan as a small table of HTML, for notebooks. */
export function explainHtml(plan: Plan): string {
  const cell = (text: string): string => `<td>${escapeHtml(text)}</td>`;
  const rows = plan.stages.map((stage, i) => {
    const [title, ...rest] = stageLines(plan, stage, i);
    return `<tr>${cell(title!)}<td>${rest.map((line) => escapeHtml(line.trim())).join("<br>")}</td></tr>`;
  });
  const notes = plan.notes.map((note) => `<li>${escapeHtml(note)}</li>`).join("");
  return `<div class="graticule-plan"><p>${escapeHtml(summary(plan))}</p><table>${rows.join("")}</table>${notes && `<ul>${notes}</ul>`}</div>`;
}
