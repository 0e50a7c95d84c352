/**
 * Floats as NumPy prints them: the fewest digits that tell a value apart, cut to a precision, padded so
 * that decimal points stand under each other.
 */

/** How all numbers of one array are written. */
export type FloatFormat = (x: number) => string;

/** The shortest decimal digits and exponent that give back `x` (in single precision where asked): `[digits, exponent]`, value 0.d₁d₂… × 10^exponent. */
function shortest(x: number, single: boolean): { readonly digits: string; readonly exponent: number } {
  let text = Math.abs(x).toExponential();
  if (single) {
    for (let p = 0; p < 9; p++) {
      const shorter = Math.abs(x).toExponential(p);
      if (Math.fround(Number(shorter)) === Math.abs(x)) {
        text = shorter;
        break;
      }
    }
  }
  const [mantissa, exponent] = text.split("e") as [string, string];
  return { digits: mantissa.replace(".", "").replace(/0+$/, "") || "0", exponent: Number(exponent) };
}

const sign = (x: number): string => (x < 0 || Object.is(x, -0) ? "-" : "");

/** Positional notation with at most `precision` decimals and no trailing zeros: `["12", "5"]`. */
function positional(x: number, precision: number, single: boolean): readonly [string, string] {
  const { digits, exponent } = shortest(x, single);
  const decimals = digits.length - 1 - exponent;
  if (decimals > precision) {
    const [whole, part = ""] = Math.abs(x).toFixed(precision).split(".");
    return [sign(x) + whole!, part.replace(/0+$/, "")];
  }
  const padded = exponent < 0 ? "0".repeat(-exponent) + digits : digits.padEnd(exponent + 1, "0");
  const point = Math.max(1, exponent + 1);
  return [sign(x) + padded.slice(0, point), padded.slice(point)];
}

/** Scientific notation with at most `precision` decimals: whole digit, decimals, exponent. */
function scientific(x: number, precision: number, single: boolean): readonly [string, string, number] {
  const { digits, exponent } = shortest(x, single);
  if (digits.length - 1 <= precision) return [sign(x) + digits[0]!, digits.slice(1), x === 0 ? 0 : exponent];
  const [mantissa, e] = Math.abs(x).toExponential(precision).split("e") as [string, string];
  const [whole, part = ""] = mantissa.split(".");
  return [sign(x) + whole!, part.replace(/0+$/, ""), Number(e)];
}

const exponentText = (e: number): string => `e${e < 0 ? "-" : "+"}${String(Math.abs(e)).padStart(2, "0")}`;

/** The common format of `values`; `single` for float32. */
export function floatFormat(values: ArrayLike<number>, single: boolean, precision: number): FloatFormat {
  const finite = Array.from(values).filter(Number.isFinite);
  const sizes = finite.filter((x) => x !== 0).map(Math.abs);
  const largest = sizes.reduce((a, b) => Math.max(a, b), 0);
  const least = sizes.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const exponential = sizes.length > 0 && (largest >= 1e16 || least < 1e-4 || largest / least > 1000);
  let left = 0;
  let right = 0;
  let write: (x: number) => string = String;
  if (exponential) {
    const parts = finite.map((x) => scientific(x, precision, single));
    left = Math.max(...parts.map(([whole]) => whole.length));
    const decimals = Math.max(...parts.map(([, part]) => part.length));
    const exponent = Math.max(...parts.map(([, , e]) => exponentText(e).length));
    right = decimals + exponent;
    write = (x) => {
      const [whole, part, e] = scientific(x, precision, single);
      return `${whole.padStart(left)}.${part.padEnd(decimals, "0")}${exponentText(e)}`;
    };
  } else if (finite.length > 0) {
    const parts = finite.map((x) => positional(x, precision, single));
    left = Math.max(...parts.map(([whole]) => whole.length));
    right = Math.max(...parts.map(([, part]) => part.length));
    write = (x) => {
      const [whole, part] = positional(x, precision, single);
      return `${whole.padStart(left)}.${part.padEnd(right)}`;
    };
  }
  const odd = Array.from(values).filter((x) => !Number.isFinite(x));
  if (odd.length > 0) left = Math.max(left, 3 - right - 1, 3 + (odd.includes(Number.NEGATIVE_INFINITY) ? 1 : 0) - right - 1);
  return (x) => (Number.isFinite(x) ? write(x) : notFinite(x).padStart(left + right + 1));
}

/** `nan`, `inf` and `-inf`. */
function notFinite(x: number): string {
  return Number.isNaN(x) ? "nan" : x < 0 ? "-inf" : "inf";
}

/** A float with four significant digits, as Python's `format(x, ".4")`. */
export function fourDigits(x: number): string {
  if (!Number.isFinite(x)) return notFinite(x);
  const [mantissa, e] = x.toExponential(3).split("e") as [string, string];
  const exponent = Number(e);
  if (exponent >= -4 && exponent < 4) {
    const text = x.toFixed(Math.max(0, 3 - exponent));
    const short = text.includes(".") ? text.replace(/0+$/, "") : text;
    return short.endsWith(".") ? `${short}0` : short.includes(".") ? short : `${short}.0`;
  }
  return `${mantissa.replace(/\.?0+$/, "")}${exponentText(exponent)}`;
}

/** A float as Python's `repr`. */
export function pythonFloat(x: number): string {
  if (!Number.isFinite(x)) return notFinite(x);
  const { digits, exponent } = shortest(x, false);
  if (x !== 0 && (exponent < -4 || exponent >= 16)) {
    return `${sign(x)}${digits[0]}${digits.length > 1 ? `.${digits.slice(1)}` : ""}${exponentText(exponent)}`;
  }
  const [whole, part] = positional(x, 400, false);
  return `${whole}.${part || "0"}`;
}
