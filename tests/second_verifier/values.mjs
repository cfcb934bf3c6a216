// Hashes, kinds of values, canonical JSON (section 2) and exact numbers.
import { createHash } from "node:crypto";

export class Refused extends Error {
  constructor(code, why) { super(`${code}: ${why}`); this.code = code; }
}
export class Undone extends Error {}

export const need = (condition, code, why) => { if (!condition) throw new Refused(code, why); };
export const sha = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
export const hexSha = (...parts) => sha(...parts).toString("hex");
export const byBytes = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));
export const ascending = (list) => list.every((item, index) => index === 0 || byBytes(list[index - 1], item) < 0);
export const isHex = (value) => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
export const isId = (value) => typeof value === "string" && /^[A-Za-z0-9._\/-]{1,64}$/.test(value);
export const isRound = (value) => typeof value === "string" && /^[A-Za-z0-9._-]{1,64}$/.test(value);
export const isWhole = (value) => Number.isSafeInteger(value);
export const isText = (value) => typeof value === "string";
export const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
export const hasKeys = (value, names) => isObject(value) && Object.keys(value).sort().join() === names.join();
export const orNull = (test) => (value) => value === null || test(value);
export const listOf = (test) => (value) => Array.isArray(value) && value.every(test);

// ---- Section 2: canonical JSON ---------------------------------------------------------------------------------

const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f\ud800-\udfff\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u00ad\u034f\u115f\u1160\u180e\u2800\u3164\uffa0\u{e0000}-\u{e007f}]/u;
export const decode = (bytes) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);

class Reader {
  constructor(text) { this.text = text; this.at = 0; }
  take(pattern) {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (!found) throw new SyntaxError(`at ${this.at}`);
    this.at = pattern.lastIndex;
    return found[0];
  }
  next(character) {
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }
  string() {
    const value = this.take(/"(?:[^"\\]|\\["\\])*"/y).slice(1, -1).replace(/\\(.)/g, "$1");
    if (FORBIDDEN.test(value) || value.normalize("NFC") !== value) throw new SyntaxError("text");
    return value;
  }
  value(depth) {
    if (depth > 32) throw new SyntaxError("too deep");
    const first = this.text[this.at];
    if (first === '"') return this.string();
    if (this.next("[")) {
      const list = [];
      if (this.next("]")) return list;
      do list.push(this.value(depth + 1)); while (this.next(","));
      this.take(/\]/y);
      return list;
    }
    if (this.next("{")) {
      const object = Object.create(null);
      let last = "";
      if (this.next("}")) return object;
      do {
        const key = this.take(/"[A-Za-z][A-Za-z0-9_]*"/y).slice(1, -1);
        if (key <= last) throw new SyntaxError("order of keys");
        this.take(/:/y);
        object[last = key] = this.value(depth + 1);
      } while (this.next(","));
      this.take(/\}/y);
      return object;
    }
    const word = this.take(/null|true|false|0|-?[1-9][0-9]*/y);
    if (word === "null") return null;
    if (word === "true" || word === "false") return word === "true";
    if (!isWhole(Number(word))) throw new SyntaxError("number");
    return Number(word);
  }
}

export function parseLine(text) {
  const reader = new Reader(text), value = reader.value(0);
  if (reader.at !== text.length) throw new SyntaxError("more than one value");
  return value;
}
export function parseDocument(bytes) {
  const text = decode(bytes);
  if (!text.endsWith("\n")) throw new SyntaxError("no LF at the end");
  return parseLine(text.slice(0, -1));
}
export function splitLines(text) {
  if (text === "") return [];
  if (!text.endsWith("\n")) throw new SyntaxError("no LF at the end");
  return text.slice(0, -1).split("\n");
}
export function spell(value) {
  if (Array.isArray(value)) return `[${value.map(spell).join(",")}]`;
  if (isObject(value)) return `{${Object.keys(value).sort(byBytes).map((key) => `"${key}":${spell(value[key])}`).join(",")}}`;
  if (isText(value)) return `"${value.replace(/["\\]/g, "\\$&")}"`;
  return String(value);
}
export const same = (a, b) => spell(a) === spell(b);

// ---- Rationals and numbers -------------------------------------------------------------------------------------

const gcd = (a, b) => { while (b) [a, b] = [b, a % b]; return a < 0n ? -a : a; };
export class Rational {
  constructor(numerator, denominator = 1n) {
    if (denominator !== 1n) {
      const shared = gcd(numerator, denominator);
      if (shared !== 1n) { numerator /= shared; denominator /= shared; }
    }
    this.numerator = numerator;
    this.denominator = denominator;
  }
  plus(other) { return new Rational(this.numerator * other.denominator + other.numerator * this.denominator, this.denominator * other.denominator); }
  minus(other) { return new Rational(this.numerator * other.denominator - other.numerator * this.denominator, this.denominator * other.denominator); }
  times(other) { return new Rational(this.numerator * other.numerator, this.denominator * other.denominator); }
  over(other) { // only by what is above zero
    return new Rational(this.numerator * other.denominator, this.denominator * other.numerator);
  }
  against(other) {
    const left = this.numerator * other.denominator, right = other.numerator * this.denominator;
    return left < right ? -1 : left > right ? 1 : 0;
  }
  get floor() { // only of what is not below zero
    return new Rational(this.numerator / this.denominator);
  }
  get isZero() { return this.numerator === 0n; }
  get asRational() { return `${this.numerator}/${this.denominator}`; }
  get asNumber() { return this.denominator === 1n && isWhole(Number(this.numerator)) ? Number(this.numerator) : this.asRational; }
}
export const whole = (value) => new Rational(BigInt(value));
export const ZERO = whole(0);
export const least = (one, ...others) => others.reduce((found, other) => (other.against(found) < 0 ? other : found), one);
export const total = (list) => list.reduce((sum, item) => sum.plus(item), ZERO);

export function readNumber(value) {
  if (isWhole(value)) return whole(value);
  const found = isText(value) && /^(-?[1-9][0-9]*)\/([1-9][0-9]*)$/.exec(value);
  if (!found) return null;
  const number = new Rational(BigInt(found[1]), BigInt(found[2]));
  return number.asNumber === value ? number : null;
}
export const isNumber = (value) => readNumber(value) !== null;

// An object with exactly these keys, each with what belongs there.
export function shape(value, tests, code, where) {
  need(isObject(value), code, where);
  need(same(Object.keys(value).sort(), Object.keys(tests).sort()), code, `${where}: keys`);
  for (const [key, test] of Object.entries(tests)) need(test(value[key]), code, `${where}: ${key}`);
}
