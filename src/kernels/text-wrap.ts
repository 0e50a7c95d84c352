/** Paragraphs broken into lines, as Python's `textwrap` breaks them. Source: its documentation. */
import { ArgumentError } from "../errors.ts";
import { textLength } from "./python-text.ts";

/** What `textwrap.TextWrapper` takes beside the width. */
export interface WrapOptions {
  readonly expandTabs?: boolean | undefined;
  readonly tabsize?: number | undefined;
  readonly replaceWhitespace?: boolean | undefined;
  readonly dropWhitespace?: boolean | undefined;
  readonly initialIndent?: string | undefined;
  readonly subsequentIndent?: string | undefined;
  readonly breakLongWords?: boolean | undefined;
  readonly breakOnHyphens?: boolean | undefined;
  readonly maxLines?: number | null | undefined;
  readonly placeholder?: string | undefined;
}

const blank = (chunk: string | undefined): boolean => chunk !== undefined && chunk !== "" && chunk.trim() === "";

/** `text` with tabs as spaces up to the next multiple of `size`. */
function withoutTabs(text: string, size: number): string {
  let column = 0;
  return text.replace(/[\t\n\r]|[^\t\n\r]+/g, (run) => {
    if (run === "\t") {
      const n = size > 0 ? size - (column % size) : 0;
      column += n;
      return " ".repeat(n);
    }
    column = run === "\n" || run === "\r" ? 0 : column + textLength(run);
    return run;
  });
}

const SPACE = "[\\t-\\r ]";
const SOLID = "[^\\t-\\r ]";
const LETTER = "\\p{L}";
const WORD = "[\\p{L}\\p{N}_]";
/** What a dash must follow to stand between words. */
const BEFORE_DASH = "(?<=[\\p{L}\\p{N}_!\"'&.,?])";
/** A hyphen after which a line may end: behind two letters (or a letter and one that is hyphenated itself), before two. */
const HYPHEN = `-(?<=${LETTER}{2}-|${LETTER}-${WORD}-)(?=${LETTER}-?${LETTER})`;
const PIECES = /*@__PURE__*/ new RegExp(
  `${SPACE}+|${BEFORE_DASH}-{2,}(?=${WORD})|${SOLID}+?(?:${HYPHEN}|(?=${SPACE}|$)|${BEFORE_DASH}(?=-{2,}${WORD}))`,
  "gu",
);
const RUNS = /*@__PURE__*/ new RegExp(`${SPACE}+|${SOLID}+`, "g");

/** Words, runs of whitespace, and parts of words that may stand alone: those up to a hyphen, and dashes. */
function chunksOf(text: string, hyphens: boolean): string[] {
  return text.match(hyphens ? PIECES : RUNS) ?? [];
}

/** The lines of `text`, none longer than `width` characters unless a word is and may not be broken. */
export function wrapText(text: string, width: number, o: WrapOptions = {}): string[] {
  if (!(width > 0)) throw new ArgumentError(`text can be wrapped to a positive width, not ${width}`, { width });
  const {
    expandTabs = true,
    tabsize = 8,
    replaceWhitespace = true,
    dropWhitespace = true,
    breakLongWords = true,
    breakOnHyphens = true,
  } = o;
  const { initialIndent = "", subsequentIndent = "", maxLines = null, placeholder = " [...]" } = o;
  let flat = expandTabs ? withoutTabs(text, tabsize) : text;
  if (replaceWhitespace) flat = flat.replace(/[\t\n\v\f\r]/g, " ");
  const chunks = chunksOf(flat, breakOnHyphens).reverse();
  const lines: string[] = [];
  while (chunks.length > 0) {
    const indent = lines.length > 0 ? subsequentIndent : initialIndent;
    const room = Math.max(width - indent.length, 1);
    if (dropWhitespace && blank(chunks.at(-1)) && lines.length > 0) chunks.pop();
    const line: string[] = [];
    let length = 0;
    while (chunks.length > 0 && length + textLength(chunks.at(-1)!) <= room) {
      length += textLength(chunks.at(-1)!);
      line.push(chunks.pop()!);
    }
    if (chunks.length > 0 && textLength(chunks.at(-1)!) > room) {
      if (breakLongWords) {
        const word = Array.from(chunks.pop()!);
        const cut = breakPoint(word, room - length, breakOnHyphens);
        line.push(word.slice(0, cut).join(""));
        chunks.push(word.slice(cut).join(""));
      } else if (line.length === 0) line.push(chunks.pop()!);
      length = textLength(line.join(""));
    }
    if (dropWhitespace && blank(line.at(-1))) length -= textLength(line.pop()!);
    if (line.length === 0) continue;
    const ended = chunks.length === 0 || (dropWhitespace && chunks.length === 1 && blank(chunks[0]));
    if (maxLines === null || lines.length + 1 < maxLines || (ended && length <= room)) lines.push(indent + line.join(""));
    else {
      lines.push(lastLine(line, length, room, indent, placeholder, lines, width));
      break;
    }
  }
  return lines;
}

/** Where a word too long for its line is cut: after its last hyphen that fits, else where the room ends. */
function breakPoint(word: readonly string[], room: number, hyphens: boolean): number {
  if (!hyphens || room < 1) return room;
  const hyphen = word.slice(0, room).lastIndexOf("-");
  return hyphen > 0 && word.slice(0, hyphen).some((c) => c !== "-") ? hyphen + 1 : room;
}

function lastLine(
  line: string[],
  length: number,
  room: number,
  indent: string,
  placeholder: string,
  lines: string[],
  width: number,
): string {
  const chunks = [...line];
  let n = length;
  while (chunks.length > 0) {
    if (!blank(chunks.at(-1)) && n + placeholder.length <= room) return indent + chunks.join("") + placeholder;
    n -= textLength(chunks.pop()!);
  }
  const before = lines.at(-1)?.trimEnd();
  if (before !== undefined && before.length + placeholder.length <= width) {
    lines.pop();
    return before + placeholder;
  }
  return indent + placeholder.trimStart();
}
