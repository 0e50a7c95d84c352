/** How notebooks show an object: a bundle of representations, or an element of the page. */
import { UnsupportedError } from "../errors.ts";

/** Representations by MIME type, as Jupyter takes them. */
export interface MimeBundle {
  readonly "text/plain": string;
  readonly "text/html": string;
}

/** The symbol under which Deno's Jupyter kernel and others look for {@link MimeBundle}s. */
export const JUPYTER_DISPLAY: unique symbol = Symbol.for("Jupyter.display") as never;

/** HTML as an element: what Observable and pages show. */
export function elementOf(html: string): Element {
  if (typeof document === "undefined")
    throw new UnsupportedError("there is no page here to make an element of: toHtml() gives its text", {});
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild!;
}
