/** Python's `str.format` for values that are strings: `{}`, `{0}`, `{name}`, `{:>10}`, `{:.3}`, `{{`. */
import { ArgumentError } from "../errors.ts";
import { padText, sliceText, type TextSide } from "./python-text.ts";

/** Where filling goes for each alignment. */
const SIDES: Readonly<Record<string, TextSide>> = { "<": "right", ">": "left", "^": "both" };
const SPEC = /^(?:(.)?([<>^]))?(0?\d+)?(?:\.(\d+))?s?$/su;

/** `template` with its fields replaced. */
export function formatText(template: string, values: readonly string[], named: ReadonlyMap<string, string>): string {
  let next = 0;
  const bad = (why: string): ArgumentError => new ArgumentError(`cannot format ${JSON.stringify(template)}: ${why}`, { template });
  return template.replace(
    /\{\{|\}\}|\{([^{}!:]*)(?:!([rsa]))?(?::([^{}]*))?\}|[{}]/g,
    (all, field: string | undefined, _conversion, spec: string | undefined) => {
      if (all === "{{" || all === "}}") return all[0]!;
      if (field === undefined) throw bad(`a single ${all}`);
      const position = field === "" ? next++ : /^\d+$/.test(field) ? Number(field) : undefined;
      const value = position === undefined ? named.get(field) : values[position];
      if (value === undefined) throw bad(`there is no value for field {${field}} (${[...values.keys(), ...named.keys()].join(", ")})`);
      return spec ? specified(value, spec, bad) : value;
    },
  );
}

function specified(value: string, spec: string, bad: (why: string) => ArgumentError): string {
  const parts = SPEC.exec(spec);
  if (parts === null) throw bad(`${JSON.stringify(spec)} is no format of strings`);
  const [, fill, align = "<", width, precision] = parts;
  const cut = precision === undefined ? value : sliceText(value, null, Number(precision), null);
  const side = SIDES[align]!;
  return width === undefined
    ? cut
    : side === "both"
      ? centered(cut, Number(width), fill ?? " ")
      : padText(cut, Number(width), side, fill ?? (width.startsWith("0") ? "0" : " "));
}

/** `format` leaves the odd place at the right, unlike `center`. */
function centered(value: string, width: number, fill: string): string {
  const room = Math.max(0, width - Array.from(value).length);
  return fill.repeat(room >> 1) + value + fill.repeat(room - (room >> 1));
}
