/**
 * Python's regular expressions as JavaScript's.
 *
 * Translated are named groups (`(?P<n>…)`, `(?P=n)`), `\A`, `\Z`, flags at the start (`(?i)`), and `\d`, `\w`, `\s`,
 * which mean Unicode's digits, letters and spaces. Not possible, and refused with the engine's own message, are
 * conditionals, possessive and atomic groups, comments and verbose mode; `\b` knows ASCII words only.
 */
import { ArgumentError } from "../errors.ts";
import { WHITESPACE } from "./python-text.ts";

/** A pattern as plain data: its source in Python's (or JavaScript's) syntax, and JavaScript's flags. */
export interface PatternSpec {
  readonly source: string;
  readonly flags: string;
}

const SETS: Readonly<Record<string, string>> = { d: "\\p{Nd}", w: "\\p{L}\\p{N}_", s: WHITESPACE };

/** JavaScript's source of a Python pattern, for the `u` flag. */
function translated(source: string): string {
  let inSet = false;
  return source.replace(/\\(.)|\(\?P<|\(\?P=(\w+)\)|\[\^?\]?|\]|[{}]/gsu, (all, escaped: string | undefined, name: string | undefined) => {
    if (escaped !== undefined) return escapeOf(escaped, all, inSet);
    if (all.startsWith("[")) {
      if (inSet) return `\\${all[0]}${all.slice(1)}`;
      inSet = true;
      // A bracket right after the opening one is a member in Python.
      return all.replace("]", "\\]");
    }
    if (all === "]") {
      if (!inSet) return "\\]";
      inSet = false;
      return all;
    }
    if (inSet) return all;
    if (all === "(?P<") return "(?<";
    return name === undefined ? all : `\\k<${name}>`;
  });
}

function escapeOf(letter: string, all: string, inSet: boolean): string {
  if (letter === "A") return "(?<![\\s\\S])";
  if (letter === "Z") return "(?![\\s\\S])";
  const set = SETS[letter];
  if (set !== undefined) return inSet ? set : `[${set}]`;
  const lower = SETS[letter.toLowerCase()];
  if (lower !== undefined) return inSet ? all : `[^${lower}]`;
  if (letter === "a") return "\\x07";
  // What else is escaped and no letter means itself; JavaScript allows that for the characters of its syntax only.
  return /[a-z\d^$\\.*+?()[\]{}|/]/i.test(letter) || (inSet && letter === "-") ? all : letter;
}

/** The expression of a pattern, with `extra` flags. Patterns given as RegExp come with `u` or `v` or neither, and are taken as they are. */
export function compilePattern({ source, flags }: PatternSpec, extra: string, python: boolean): RegExp {
  let [body, all] = [source, flags];
  if (python) {
    const inline = /^\(\?([aimsu]+)\)/.exec(source);
    if (inline) {
      body = source.slice(inline[0].length);
      all += inline[1]!.replace(/[au]/g, "");
    }
    body = translated(body);
    all += "u";
  }
  const unique = [...new Set(`${all.replace(/[gyd]/g, "")}${extra}`)].join("");
  try {
    return new RegExp(body, unique);
  } catch (cause) {
    throw new ArgumentError(
      `${JSON.stringify(source)} is no regular expression: ${(cause as Error).message}`,
      { pattern: source, flags },
      { cause },
    );
  }
}

/** How many groups an expression has. */
export function groupCount(pattern: RegExp): number {
  return new RegExp(`${pattern.source}|`, pattern.flags).exec("")!.length - 1;
}

/** A replacement template of Python's `re.sub` (`\1`, `\g<name>`, `\n`) as a function of a match. */
export function replacement(template: string): (match: RegExpMatchArray) => string {
  if (!template.includes("\\")) return () => template;
  const parts: (string | { readonly group: string })[] = [];
  let end = 0;
  for (const found of template.matchAll(/\\(?:g<(\w+)>|([1-9]\d?)|(.))/gs)) {
    parts.push(template.slice(end, found.index));
    end = found.index + found[0].length;
    const group = found[1] ?? found[2];
    parts.push(group === undefined ? (PLAIN[found[3]!] ?? found[0]) : { group });
  }
  parts.push(template.slice(end));
  return (match) =>
    parts
      .map((part) => {
        if (typeof part === "string") return part;
        const group = part.group;
        const known = /^\d+$/.test(group) ? Number(group) < match.length : match.groups !== undefined && group in match.groups;
        if (!known)
          throw new ArgumentError(`the replacement ${JSON.stringify(template)} names group ${group}, which the pattern does not have`, {
            template,
            group,
          });
        return (/^\d+$/.test(group) ? match[Number(group)] : match.groups![group]) ?? "";
      })
      .join("");
}

const PLAIN: Readonly<Record<string, string>> = { "\\": "\\", n: "\n", t: "\t", r: "\r", f: "\f", v: "\v" };
