/**
 * The small part of Jinja that reference files use: `{{ name }}`, `{{ (i + 1) * 1000 }}`, and
 * `{{ f(c="x") }}` where `f` is a template with parameters of its own. Nothing of it runs code.
 */
import { BackendError } from "../errors.ts";

/** What names mean. */
export type Scope = ReadonlyMap<string, string | number>;

/** Templates in templates: more are probably a circle. */
const DEEPEST = 16;
/** Characters of a filled text: URLs are far shorter. */
const LONGEST = 65_536;
/** Names looked up for one text: ten templates of ten of the next would be 10¹⁰. */
const MOST_NAMES = 10_000;

/** What filling one text, with all templates in it, may still use. */
interface Budget {
  names: number;
}

/** Fill in the expressions of a text. Throws BackendError naming what cannot be. */
export function fillTemplate(text: string, scope: Scope): string {
  return fill(text, scope, 0, { names: MOST_NAMES });
}

function fill(text: string, scope: Scope, depth: number, budget: Budget): string {
  if (!text.includes("{{")) return text;
  if (depth > DEEPEST) throw new BackendError(`the template ${JSON.stringify(text.slice(0, 80))} uses itself`);
  const filled = text.replace(/\{\{(.*?)\}\}/gs, (_, expression: string) =>
    String(new Expression(expression, scope, depth, budget).value()),
  );
  if (filled.length > LONGEST) throw new BackendError(`a template becomes longer than ${LONGEST} characters`);
  return filled;
}

/** A recursive-descent parser that computes as it goes. */
class Expression {
  private readonly tokens: readonly string[];
  private readonly text: string;
  private readonly scope: Scope;
  private readonly depth: number;
  private readonly budget: Budget;
  private at = 0;
  private nested = 0;

  constructor(text: string, scope: Scope, depth: number, budget: Budget) {
    this.text = text;
    this.scope = scope;
    this.depth = depth;
    this.budget = budget;
    this.tokens = text.match(/\d+(?:\.\d+)?|[A-Za-z_]\w*|"[^"]*"|'[^']*'|\*\*|\/\/|\S/g) ?? [];
  }

  value(): string | number {
    const value = this.sum();
    if (this.at < this.tokens.length) throw this.unreadable();
    return value;
  }

  private sum(): string | number {
    let left = this.term();
    for (;;) {
      const operator = this.tokens[this.at];
      if (operator !== "+" && operator !== "-") return left;
      this.at++;
      const right = this.term();
      if (operator === "+" && typeof left === "string" && typeof right === "string") left += right;
      else left = operator === "+" ? this.number(left) + this.number(right) : this.number(left) - this.number(right);
    }
  }

  private term(): string | number {
    let left = this.unary();
    for (;;) {
      const operator = this.tokens[this.at];
      if (operator !== "*" && operator !== "/" && operator !== "//" && operator !== "%") return left;
      this.at++;
      const a = this.number(left);
      const b = this.number(this.unary());
      // Python's: the remainder has the sign of the divisor.
      left = operator === "*" ? a * b : operator === "/" ? a / b : operator === "//" ? Math.floor(a / b) : a - b * Math.floor(a / b);
    }
  }

  private unary(): string | number {
    if (this.tokens[this.at] !== "-") return this.primary();
    this.at++;
    return -this.number(this.primary());
  }

  private primary(): string | number {
    const token = this.tokens[this.at++];
    if (token === undefined) throw this.unreadable();
    if (/^\d/.test(token)) return Number(token);
    if (/^["']/.test(token) && token.length > 1) return token.slice(1, -1);
    if (token === "(") {
      if (++this.nested > 64) throw this.unreadable();
      const value = this.sum();
      this.expect(")");
      this.nested--;
      return value;
    }
    if (--this.budget.names < 0)
      throw new BackendError(`a template uses more than ${MOST_NAMES} names, with those in the templates it uses`);
    const known = this.scope.get(token);
    if (known === undefined) {
      throw new BackendError(
        `{{${this.text}}} uses ${JSON.stringify(token)}, which is no template; known are ${[...this.scope.keys()].slice(0, 20).join(", ") || "none"}`,
        { name: token },
      );
    }
    const scope = this.tokens[this.at] === "(" ? this.parameters() : this.scope;
    return typeof known === "number" ? known : fill(known, scope, this.depth + 1, this.budget);
  }

  /** The named arguments of a call, on top of the names there are. */
  private parameters(): Scope {
    const scope = new Map(this.scope);
    this.expect("(");
    while (this.tokens[this.at] !== ")") {
      const name = this.tokens[this.at++];
      if (name === undefined || !/^[A-Za-z_]\w*$/.test(name)) throw this.unreadable();
      this.expect("=");
      scope.set(name, this.sum());
      if (this.tokens[this.at] === ",") this.at++;
    }
    this.expect(")");
    return scope;
  }

  private expect(token: string): void {
    if (this.tokens[this.at++] !== token) throw this.unreadable();
  }

  private number(value: string | number): number {
    if (typeof value === "number") return value;
    throw this.unreadable();
  }

  private unreadable(): BackendError {
    return new BackendError(
      `the template expression {{${this.text.slice(0, 80)}}} cannot be read; possible are names, numbers, + - * / // %, parentheses and calls with named values`,
      { expression: this.text.slice(0, 80) },
    );
  }
}
