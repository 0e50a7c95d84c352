/** The page that `graticule analyze` writes: one self-contained HTML file with a map and a time series. */
import { escapeHtml } from "../util/html.ts";

/** What the page shows. */
export interface PageContent {
  readonly title: string;
  /** Sentences under the title. */
  readonly summary: readonly string[];
  /** SVG text, with a caption each. */
  readonly figures: readonly { readonly svg: string; readonly caption: string }[];
  /** The text repr of the dataset. */
  readonly repr: string;
}

const STYLE = `
:root { color-scheme: light; }
body { font: 15px/1.5 system-ui, sans-serif; color: #222; background: #fff; max-width: 780px; margin: 2.5rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; margin-bottom: .3rem; }
figure { margin: 1.5rem 0; }
figure svg { max-width: 100%; height: auto; }
figcaption { color: #555; font-size: .85rem; }
pre { background: #f6f6f4; padding: 1rem; overflow-x: auto; font-size: .75rem; line-height: 1.35; }
footer { color: #777; font-size: .8rem; margin: 2rem 0; }
`;

/** The page as HTML text. */
export function pageText({ title, summary, figures, repr }: PageContent): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${summary.map((line) => `<p>${escapeHtml(line)}</p>`).join("\n")}
${figures.map(({ svg, caption }) => `<figure>${svg}<figcaption>${escapeHtml(caption)}</figcaption></figure>`).join("\n")}
<details><summary>The dataset</summary><pre>${escapeHtml(repr)}</pre></details>
<footer>Made with graticule.</footer>
</body>
</html>
`;
}
