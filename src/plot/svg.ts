/** SVG as text: elements with escaped attributes and contents. */
import { escapeHtml } from "../util/html.ts";

/** Attributes of an element; undefined ones are left out. */
export type SvgAttributes = Readonly<Record<string, string | number | undefined>>;

/** A coordinate with as many decimals as a screen can show. */
export function coordinate(x: number): string {
  return String(Math.round(x * 100) / 100);
}

/** `<name …>children</name>`; children are SVG already. */
export function element(name: string, attributes: SvgAttributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === "number" ? coordinate(value) : escapeHtml(value!)}"`);
  const start = `<${name}${written.join("")}`;
  return children.length === 0 ? `${start}/>` : `${start}>${children.join("")}</${name}>`;
}

/** A text element. */
export function label(text: string, attributes: SvgAttributes): string {
  return element("text", attributes, escapeHtml(text));
}
