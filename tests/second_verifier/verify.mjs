// A second, minimal verifier of audit bundles, written from docs/audit-bundle.md, docs/trace.md and tests/vectors/ alone.
//
//     node verify.mjs FILE.bba [--key FINGERPRINT]... [--since OLD.bba] [--receipt CODE]
//
// It shares no line with tallies/verify.py: where the two agree, the page says enough. It prints one line of JSON,
// {"checks":[[number,status], ...],"codes":{number:why},"exit":number}.
import { createHash, createPublicKey, verify as verifySignature } from "node:crypto";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const PASS = "PASS", FAIL = "FAIL", UNCHECKED = "NOT CHECKED", NOT_APPLICABLE = "NOT APPLICABLE";

class Refused extends Error {
  constructor(code, why) { super(`${code}: ${why}`); this.code = code; }
}
class Undone extends Error {}

const need = (condition, code, why) => { if (!condition) throw new Refused(code, why); };
const sha = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
const hexSha = (...parts) => sha(...parts).toString("hex");
const byBytes = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));
const ascending = (list) => list.every((item, index) => index === 0 || byBytes(list[index - 1], item) < 0);
const isHex = (value) => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
const isId = (value) => typeof value === "string" && /^[A-Za-z0-9._\/-]{1,64}$/.test(value);
const isRound = (value) => typeof value === "string" && /^[A-Za-z0-9._-]{1,64}$/.test(value);
const isWhole = (value) => Number.isSafeInteger(value);
const isText = (value) => typeof value === "string";
const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const hasKeys = (value, names) => isObject(value) && Object.keys(value).sort().join() === names.join();
const orNull = (test) => (value) => value === null || test(value);
const listOf = (test) => (value) => Array.isArray(value) && value.every(test);

// ---- Section 1: the container ----------------------------------------------------------------------------------

const NAMES = new Set(["manifest.json", "manifest.dsse.json", "round.json", "proposals.jsonl", "ballots.tsv", "totals.tsv", "events.jsonl", "leaves.txt",
  "rejected.tsv", "openings.tsv", "lot.json", "trace.jsonl", "result.json", "round.pb", "tables/result.csv", "verify.py"]);

const CRC_TABLE = Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
  return byte >>> 0;
});
const crc32 = (bytes) => {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 255] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
};
const fields = (...pairs) => Buffer.concat(pairs.map(([width, value]) => {
  const bytes = Buffer.alloc(width);
  bytes.writeUIntLE(value, 0, width);
  return bytes;
}));

export function writeContainer(members) {
  const parts = [], directory = [];
  let offset = 0;
  for (const name of [...members.keys()].sort(byBytes)) {
    const content = members.get(name), spelled = Buffer.from(name, "latin1");
    const shared = fields([2, 20], [2, 0], [2, 0], [2, 0], [2, 33], [4, crc32(content)], [4, content.length], [4, content.length], [2, spelled.length], [2, 0]);
    parts.push(Buffer.from("PK\x03\x04", "latin1"), shared, spelled, content);
    directory.push(Buffer.from("PK\x01\x02", "latin1"), fields([2, 788]), shared, fields([2, 0], [2, 0], [2, 0], [4, 0x81a40000], [4, offset]), spelled);
    offset += 30 + spelled.length + content.length;
  }
  const central = Buffer.concat(directory);
  const end = fields([2, 0], [2, 0], [2, members.size], [2, members.size], [4, central.length], [4, offset], [2, 0]);
  return Buffer.concat([...parts, central, Buffer.from("PK\x05\x06", "latin1"), end]);
}

function readContainer(bytes) {
  need(bytes.length <= 2 ** 30, "E105", "larger than 1 GiB");
  const members = new Map();
  let at = 0;
  while (at + 30 <= bytes.length && bytes.readUInt32LE(at) === 0x04034b50) {
    need(bytes.readUInt16LE(at + 6) === 0 && bytes.readUInt16LE(at + 8) === 0, "E103", "compressed or flags set");
    const start = at + 30 + bytes.readUInt16LE(at + 26), end = start + bytes.readUInt32LE(at + 22);
    need(end <= bytes.length, "E105", "cut off");
    const name = bytes.toString("latin1", at + 30, start);
    need(NAMES.has(name), "E101", name);
    need(!members.has(name), "E102", name);
    members.set(name, bytes.subarray(start, end));
    at = end;
  }
  need(writeContainer(members).equals(bytes), "E105", "other bytes than those its members give");
  return members;
}

// ---- Section 2: canonical JSON ---------------------------------------------------------------------------------

const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f\ud800-\udfff\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/u;
const decode = (bytes) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);

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

function parseLine(text) {
  const reader = new Reader(text), value = reader.value(0);
  if (reader.at !== text.length) throw new SyntaxError("more than one value");
  return value;
}
export function parseDocument(bytes) {
  const text = decode(bytes);
  if (!text.endsWith("\n")) throw new SyntaxError("no LF at the end");
  return parseLine(text.slice(0, -1));
}
function splitLines(text) {
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
const same = (a, b) => spell(a) === spell(b);

// ---- Rationals and numbers -------------------------------------------------------------------------------------

const gcd = (a, b) => { while (b) [a, b] = [b, a % b]; return a < 0n ? -a : a; };
class Rational {
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
  get asRational() { return `${this.numerator}/${this.denominator}`; }
  get asNumber() { return this.denominator === 1n && isWhole(Number(this.numerator)) ? Number(this.numerator) : this.asRational; }
}
const whole = (value) => new Rational(BigInt(value));
const ZERO = whole(0);
const total = (list) => list.reduce((sum, item) => sum.plus(item), ZERO);

function readNumber(value) {
  if (isWhole(value)) return whole(value);
  const found = isText(value) && /^(-?[1-9][0-9]*)\/([1-9][0-9]*)$/.exec(value);
  if (!found) return null;
  const number = new Rational(BigInt(found[1]), BigInt(found[2]));
  return number.asNumber === value ? number : null;
}
const isNumber = (value) => readNumber(value) !== null;

// ---- Section 3: the line grammars ------------------------------------------------------------------------------

const inOrder = (rows) => ascending(rows.map((one) => one.key));
const isWholeText = (text) => /^[1-9][0-9]{0,15}$/.test(text) && isWhole(Number(text));
function readCount(text) {
  if (isWholeText(text)) return whole(text);
  const [numerator, denominator, ...more] = text.split("/");
  if (more.length || !isWholeText(numerator) || !isWholeText(denominator ?? "")) return null;
  const count = new Rational(BigInt(numerator), BigInt(denominator));
  return denominator !== "1" && count.asRational === text ? count : null;
}
function readNumberText(text) {
  if (text === "0") return ZERO;
  if (!text.startsWith("-")) return readCount(text);
  const count = readCount(text.slice(1));
  return count && ZERO.minus(count);
}
const GOOD_POINTS = /^(0|-?[1-9][0-9]{0,15})$/;
// A ballot of this method as its entries [id, points]; null if it is none.
function readBallot(text, method) {
  if (text === "") return [];
  const entries = text.split(method === "ranked" ? ">" : ",").map((part) => {
    const [id, points, ...more] = part.split(":"), pointed = method === "points" || method === "scoring";
    if (!isId(id) || more.length || (points !== undefined) !== pointed) return null;
    if (!pointed) return [id, 1];
    return GOOD_POINTS.test(points) && isWhole(Number(points)) ? [id, Number(points)] : null;
  });
  return entries.every(Boolean) && (method === "ranked" || ascending(entries.map(([id]) => id))) ? entries : null;
}
function idsOn(text, method) { // as far as a ballot that may be wrong can be read
  const parts = text === "" ? [] : text.split(method === "ranked" ? ">" : ",");
  return method === "points" || method === "scoring" ? parts.map((part) => part.slice(0, Math.max(0, part.lastIndexOf(":")))) : parts;
}

// What check 2 looks at: each line by itself. Order, lowest terms, bounds and what a method allows come later.
const isMarks = (text) => /^[A-Za-z0-9._\/:,>-]*$/.test(text ?? " ");
const GRAMMARS = {
  "ballots.tsv": ([count, text, ...more]) => /^[1-9][0-9]{0,15}(\/[1-9][0-9]{0,15})?$/.test(count) && isMarks(text) && !more.length && { key: text, count, text },
  "totals.tsv": ([id, supporters, score, ...more]) => isId(id) && !more.length && score !== undefined && readNumberText(supporters) && readNumberText(score)
    && { key: id, id, supporters: readNumberText(supporters), score: readNumberText(score) },
  "leaves.txt": ([leaf, ...more]) => isHex(leaf) && !more.length && { key: leaf, leaf },
  "rejected.tsv": ([leaf, reason, ...more]) => isHex(leaf) && /^[a-z][a-z0-9-]{0,39}$/.test(reason ?? "") && !more.length && { key: leaf, leaf, reason },
  "openings.tsv": ([leaf, salt, text, ...more]) => isHex(leaf) && isHex(salt) && isMarks(text) && !more.length && { key: leaf, leaf, salt, text },
};
function readRows(name, bytes) {
  if (bytes.some((byte) => byte > 126)) throw new SyntaxError("not ASCII");
  const rows = splitLines(bytes.toString("latin1")).map((line) => GRAMMARS[name](line.split("\t")));
  if (!rows.every(Boolean)) throw new SyntaxError(`line ${rows.findIndex((row) => !row) + 1}`);
  return rows;
}

function checkBytes(bundle) {
  for (const [name, bytes] of bundle.members) {
    if (name === "verify.py") continue;
    const code = name.endsWith(".jsonl") ? "E222" : name.endsWith(".json") ? "E221" : name in GRAMMARS ? "E223" : "E224";
    try {
      if (code === "E221") bundle.read[name] = parseDocument(bytes);
      else if (code === "E222") bundle.read[name] = splitLines(decode(bytes)).map(parseLine);
      else if (code === "E223") bundle.read[name] = readRows(name, bytes);
      else if (decode(bytes).includes("\0")) throw new SyntaxError("NUL");
    } catch (error) {
      throw new Refused(code, `${name}: ${error.message}`);
    }
  }
}

// ---- Section 5: the manifest -----------------------------------------------------------------------------------

function checkManifest(bundle) {
  for (const name of ["manifest.json", "round.json", "proposals.jsonl", "trace.jsonl", "result.json", "verify.py"]) need(bundle.members.has(name), "E312", name);
  const files = bundle.read["manifest.json"]?.files;
  need(listOf((file) => hasKeys(file, ["path", "sha256", "size"]) && isText(file.path) && isWhole(file.size) && isHex(file.sha256))(files), "E314", "files");
  need(ascending(files.map((file) => file.path)), "E314", "order");
  for (const file of files) {
    need(NAMES.has(file.path) && !file.path.startsWith("manifest."), "E314", file.path);
    const bytes = bundle.members.get(file.path);
    need(bytes, "E312", file.path);
    need(bytes.length === file.size && hexSha(bytes) === file.sha256, "E311", file.path);
  }
  const listed = new Set(files.map((file) => file.path));
  for (const name of bundle.members.keys()) need(listed.has(name) || name.startsWith("manifest."), "E313", name);
}

// ---- Section 6: signatures -------------------------------------------------------------------------------------

const PRIME = 2n ** 255n - 19n;
const field = (value) => ((value % PRIME) + PRIME) % PRIME;
function power(base, exponent) {
  let result = 1n;
  for (base = field(base); exponent; exponent >>= 1n, base = field(base * base)) if (exponent & 1n) result = field(result * base);
  return result;
}
const CURVE = field(-121665n * power(121666n, PRIME - 2n));
export function isGoodKey(hex) { // a canonical point of the curve whose order is not 1, 2, 4 or 8
  const bytes = Buffer.from(hex, "hex").reverse(), sign = BigInt(bytes[0] >> 7);
  bytes[0] &= 127;
  let y = BigInt(`0x${bytes.toString("hex")}`);
  if (y >= PRIME) return false;
  const square = field((y * y - 1n) * power(CURVE * y * y + 1n, PRIME - 2n));
  let x = power(square, (PRIME + 3n) / 8n);
  if (field(x * x) !== square) x = field(x * power(2n, (PRIME - 1n) / 4n));
  if (field(x * x) !== square || (x === 0n && sign)) return false;
  for (let doubling = 0; doubling < 3; doubling++) {
    const product = field(CURVE * x * x * y * y);
    [x, y] = [field(2n * x * y * power(1n + product, PRIME - 2n)), field((y * y + x * x) * power(1n - product, PRIME - 2n))];
  }
  return !(x === 0n && y === 1n);
}
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
export function isSignature(publicKey, message, signature) {
  if (BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString("hex")}`) >= ORDER || !isGoodKey(publicKey)) return false;
  const key = createPublicKey({ key: Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), Buffer.from(publicKey, "hex")]), format: "der", type: "spki" });
  return verifySignature(null, message, key, signature);
}
function fromBase64(text) {
  const bytes = isText(text) ? Buffer.from(text, "base64") : null;
  return bytes && bytes.toString("base64") === text ? bytes : null;
}
const isSigner = (signer) => hasKeys(signer, ["fingerprint", "public_key", "role"]) && isHex(signer.fingerprint) && isHex(signer.public_key)
  && isText(signer.role) && hexSha(Buffer.from(signer.public_key, "hex")) === signer.fingerprint;
export const signedBytes = (manifest) => Buffer.concat([Buffer.from(`DSSEv1 45 application/vnd.borgerbudget.manifest.v1+json ${manifest.length} `), manifest]);

function checkSignatures(bundle) {
  const envelope = bundle.read["manifest.dsse.json"], manifest = bundle.members.get("manifest.json"), signed = bundle.members.has("manifest.dsse.json");
  if (signed) {
    need(hasKeys(envelope, ["payload", "payloadType", "signatures"]), "E405", "keys");
    need(envelope.payloadType === "application/vnd.borgerbudget.manifest.v1+json" && fromBase64(envelope.payload)?.equals(manifest), "E405", "payload");
    need(listOf((one) => hasKeys(one, ["keyid", "sig"]) && isHex(one.keyid) && fromBase64(one.sig)?.length === 64)(envelope.signatures), "E405", "signatures");
    need(envelope.signatures.length && ascending(envelope.signatures.map((one) => one.keyid)), "E405", "signatures");
  }
  const { signers, threshold } = bundle.read["round.json"] ?? {};
  need(listOf(isSigner)(signers) && isWhole(threshold), "E406", "signers");
  const keys = new Map(signers.map((signer) => [signer.fingerprint, signer.public_key]));
  need(keys.size === signers.length && threshold <= keys.size && (threshold >= 1 || keys.size === 0) && threshold >= 0, "E406", "threshold");
  for (const event of bundle.read["events.jsonl"] ?? []) {
    if (event?.type !== "key-replaced") continue;
    need(keys.delete(event.payload?.old) && isSigner(event.payload.new) && !keys.has(event.payload.new.fingerprint), "E406", "key-replaced");
    keys.set(event.payload.new.fingerprint, event.payload.new.public_key);
  }
  if (!signed) {
    need(!bundle.keys.length, "E404", "not signed at all");
    throw new Undone();
  }
  for (const { keyid, sig } of envelope.signatures) {
    need(keys.has(keyid), "E403", keyid);
    need(isSignature(keys.get(keyid), signedBytes(manifest), Buffer.from(sig, "base64")), "E401", keyid);
  }
  need(envelope.signatures.length >= threshold, "E402", "too few");
  const signedBy = new Set(envelope.signatures.map((one) => one.keyid));
  for (const key of bundle.keys) need(signedBy.has(key), "E404", key);
  bundle.pinned = new Set(bundle.keys).size >= threshold;
}

// ---- Section 4, versions and keys ------------------------------------------------------------------------------

const METHODS = ["approval", "knapsack", "points", "scoring", "ranked"], TIERS = ["sealed", "totals", "open"];
const GREEDY = ["greedy", "greedy-stop", "greedy-per-cost", "greedy-80"];
const LIMITS = ["min_length", "max_length", "min_sum_cost", "max_sum_cost", "min_points", "max_points", "min_sum_points", "max_sum_points"];
const isBoolean = (value) => typeof value === "boolean";

function shape(value, tests, code, where) { // exactly these keys, each with what belongs there
  need(isObject(value), code, where);
  need(same(Object.keys(value).sort(), Object.keys(tests).sort()), code, `${where}: keys`);
  for (const [key, test] of Object.entries(tests)) need(test(value[key]), code, `${where}: ${key}`);
}
const shaped = (tests, where) => (value) => { shape(value, tests, "E502", where); return true; };

function checkPlan(plan, method) {
  const single = method === "approval" || method === "knapsack";
  const tests = {
    rule: (rule) => [...GREEDY, "equal-shares"].includes(rule) || (rule === "phragmen" && single),
    version: (version) => version === 1,
    threshold: orNull(isNumber),
    ties: (ties) => listOf((tie) => ["cheapest", "most-votes", "lot", "refuse"].includes(tie))(ties) && new Set(ties).size === ties.length
      && ["lot", "refuse"].includes(ties.at(-1)) && !ties.slice(0, -1).some((tie) => tie === "lot" || tie === "refuse"),
  };
  if (method === "ranked") tests.points_table = (table) => table === "borda" || (listOf((points) => isWhole(points) && points >= 0)(table) && table.length > 0);
  if (plan?.rule === "equal-shares") {
    const stepping = isText(plan.completion) && plan.completion.startsWith("add1");
    tests.utility = (utility) => (single ? ["cost", "count"] : ["points"]).includes(utility);
    tests.completion = (completion) => ["none", "utilitarian", "add1", "add1e", "add1u", "add1eu"].includes(completion);
    tests.start = (start) => (stepping ? ["integral", "exact"].includes(start) : start === null);
    tests.increment = (increment) => (stepping ? readNumber(increment)?.against(ZERO) > 0 : increment === null);
    tests.comparison = (comparison) => ["none", "satisfaction", "exclusion-ratio"].includes(comparison);
  }
  shape(plan, tests, "E503", "plan");
}

function checkVersions(bundle) {
  const { "manifest.json": manifest, "round.json": round, "proposals.jsonl": proposals, "lot.json": lot, "trace.jsonl": trace, "result.json": result } = bundle.read;
  const schema = (document, pattern, where) => need(isObject(document) && isText(document.schema) && pattern.test(document.schema), "E501", where);
  schema(manifest, /^borgerbudget\.audit\/1\.(0|[1-9][0-9]*)$/, "manifest");
  schema(round, /^borgerbudget\.round\/1$/, "round");
  schema(result, /^borgerbudget\.result\/1$/, "result");
  schema(result.outcome, /^borgerbudget\.outcome\/1$/, "outcome");
  schema(trace[0], manifest.tier === "totals" ? /^borgerbudget\.trace-totals\/1$/ : /^borgerbudget\.trace\/1$/, "trace");
  const isPlan = isObject;
  shaped({ schema: isText, round: isRound, tier: (tier) => TIERS.includes(tier), plan: shaped({ parameters: isPlan, rule_sha256: isHex, completion_sha256: orNull(isHex) }, "plan"),
    ballots_root: orNull(isHex), events_head: orNull(isHex), files: Array.isArray, verifier_sha256: (hash) => hash === hexSha(bundle.members.get("verify.py")), engine: isText }, "manifest")(manifest);
  shaped({ schema: isText, round: isRound, source: shaped({ kind: (kind) => kind === "file" || kind === "round", sha256: orNull(isHex) }, "source"),
    area: orNull(shaped({ id: isText, name: isText, population: orNull(isWhole) }, "area")),
    pool: shaped({ amount: (amount) => isWhole(amount) && amount > 0, currency: isText, minor_units: (units) => units === 2,
      sources: listOf(shaped({ name: isText, amount: isWhole, reference: orNull(isText) }, "sources")) }, "pool"),
    ballot: shaped({ method: (method) => METHODS.includes(method), default_score: isWhole, limits: shaped(Object.fromEntries(LIMITS.map((name) => [name, orNull(isWhole)])), "limits") }, "ballot"),
    plan: isPlan, tier: (tier) => TIERS.includes(tier), tier_reason: orNull(isText), eligible: orNull(isWhole), threshold: isWhole, signers: listOf(shaped({ fingerprint: isHex, public_key: isHex, role: isText }, "signers")) }, "round")(round);
  const { amount, sources } = round.pool;
  need(!sources.length || total(sources.map((source) => whole(source.amount))).against(whole(amount)) === 0, "E502", "sources");
  if (lot !== undefined) {
    schema(lot, /^borgerbudget\.lot\/1$/, "lot");
    shaped({ schema: isText, order: listOf(isId), dice: orNull(isText), round: orNull(isRound), witnesses: listOf(isText) }, "lot")(lot);
  }
  shaped({ schema: isText, outcome: isObject, left: isWhole, near_misses: listOf(shaped({ proposal: isId, reason: isText, missing: isNumber }, "near_misses")) }, "result")(result);
  need(trace[0].kind === "header", "E502", "header");
  checkPlan(round.plan, round.ballot.method);
  for (const plan of [manifest.plan.parameters, trace[0].plan, result.outcome.plan]) need(plan !== undefined && same(plan, round.plan), "E504", "plan");
  const shown = manifest.tier !== "totals", held = round.source.kind === "round";
  const belongs = { "ballots.tsv": shown, "totals.tsv": !shown, "events.jsonl": held, "leaves.txt": held, "rejected.tsv": held, "openings.tsv": held && manifest.tier === "sealed",
    "lot.json": trace[0].lot !== null, "tables/result.csv": true };
  need(held || manifest.tier !== "sealed", "E505", "a plain file has no openings");
  const fileRoot = shown ? hexSha(bundle.members.get("ballots.tsv") ?? "") : null;
  need(held || (manifest.events_head === null && manifest.ballots_root === fileRoot), "E502", "manifest of a plain file");
  for (const [name, wanted] of Object.entries(belongs)) need(bundle.members.has(name) === wanted, wanted ? "E505" : "E506", name);
}

function checkIds(bundle) {
  const { "manifest.json": manifest, "round.json": round, "proposals.jsonl": proposals } = bundle.read;
  need(manifest.round === round.round, "E601", "round");
  for (const proposal of proposals) {
    shape(proposal, { id: isId, number: orNull(isWhole), title: isText, cost: isWhole, min_cost: orNull(isWhole), area: orNull(isText), category: listOf(isText), goals: listOf(isWhole), withdrawn: isBoolean }, "E603", "proposal");
  }
  const ids = proposals.map((proposal) => proposal.id), known = new Set(ids);
  need(ascending(ids), "E603", "ids");
  for (const { id, cost, min_cost: least } of proposals) need(cost > 0 && (least === null || (least >= 1 && least <= cost)), "E603", id);
  for (const { text } of [...(bundle.read["ballots.tsv"] ?? []), ...(bundle.read["openings.tsv"] ?? [])]) for (const id of idsOn(text, round.ballot.method)) need(known.has(id), "E602", id);
  for (const event of bundle.read["events.jsonl"] ?? []) if (event?.type === "withdrawn") need(known.has(event.payload?.proposal), "E602", "withdrawn");
  if (bundle.read["totals.tsv"]) need(same(bundle.read["totals.tsv"].map((row) => row.id), ids), "E604", "totals");
  if (bundle.read["lot.json"]) need([null, round.round].includes(bundle.read["lot.json"].round), "E601", "lot");
  if (bundle.read["lot.json"]) need(same([...bundle.read["lot.json"].order].sort(byBytes), ids), "E604", "lot");
  need(TIERS.indexOf(manifest.tier) <= TIERS.indexOf(round.tier), "E605", "tier");
}

function checkBallots(bundle) {
  const { ballot: { method, default_score: standard, limits }, pool, source } = bundle.read["round.json"];
  const cost = new Map(bundle.read["proposals.jsonl"].map((proposal) => [proposal.id, proposal.cost]));
  const pointed = method === "points" || method === "scoring";
  need(inOrder(bundle.read["ballots.tsv"]), "E701", "order");
  for (const ballotRow of bundle.read["ballots.tsv"]) {
    const { text, count } = ballotRow, entries = readBallot(text, method), voters = readCount(count);
    need(entries && voters, "E701", text);
    Object.assign(ballotRow, { entries, voters });
    if (method === "points") need(entries.every(([, points]) => points > 0), "E701", "points");
    if (method === "scoring") need(entries.every(([, points]) => points !== standard), "E701", "default score");
    if (source.kind === "file") continue;
    need(voters.denominator === 1n, "E701", "count");
    need(new Set(entries.map(([id]) => id)).size === entries.length, "E701", "an id twice");
    if (text === "") continue;
    const within = (value, least, most) => need((least === null || value.against(whole(least)) >= 0) && (most === null || value.against(whole(most)) <= 0), "E702", text);
    within(whole(entries.length), limits.min_length, limits.max_length);
    within(total(entries.map(([id]) => whole(cost.get(id)))), limits.min_sum_cost, limits.max_sum_cost ?? (method === "knapsack" ? pool.amount : null));
    if (!pointed) continue;
    for (const [, points] of entries) within(whole(points), limits.min_points, limits.max_points);
    within(total(entries.map(([, points]) => whole(points))), limits.min_sum_points, limits.max_sum_points);
  }
}

// ---- Section 7: events -----------------------------------------------------------------------------------------

const MOVES = {
  created: [[null], "draft"], "proposals-opened": [["draft"], "proposals"], "vetting-started": [["draft", "proposals"], "vetting"], frozen: [["draft", "vetting"], "ready"],
  thawed: [["ready"], "vetting"], opened: [["ready"], "open"], suspended: [["open"], "suspended"], resumed: [["suspended"], "open"], closed: [["open", "suspended"], "closed"],
  counted: [["closed"], "counted"], recounted: [["counted", "provisional"], "counted"], published: [["counted"], "provisional"], finalised: [["provisional"], "final"], archived: [["final"], "archived"],
  cancelled: [["draft", "proposals", "vetting", "ready", "open", "suspended", "closed"], "cancelled"], annulled: [["counted", "provisional", "final"], "annulled"],
};
const STAYS = {
  amended: ["draft", "proposals", "vetting"], "dates-moved": ["ready"], "codes-issued": ["ready", "open", "suspended"], "code-voided": ["ready", "open", "suspended", "closed"],
  "roll-added": ["open", "suspended"], "roll-struck": ["open", "suspended", "closed"], "batch-added": ["open", "suspended", "closed"], withdrawn: ["open", "suspended", "closed"],
  adjudicated: ["closed"], reconciled: ["closed"], "box-sealed": ["closed"], "lot-drawn": ["closed"], "appeal-received": ["provisional"], "appeal-decided": ["provisional"], awarded: ["final"],
  "reserve-called": ["final"], "key-lost": ["ready", "open", "suspended", "closed", "counted", "provisional"], "key-replaced": ["ready", "open", "suspended", "closed", "counted", "provisional"],
  purged: ["final", "archived", "cancelled", "annulled"],
};
const ONCE = ["created", "box-sealed", "lot-drawn", "counted"];
const SEALED_OUT = ["code-voided", "roll-struck", "batch-added", "withdrawn", "adjudicated", "reconciled"], SEALED_FIRST = ["lot-drawn", "counted"];
const PAYLOADS = {
  "batch-added": { batch: isWhole, leaves: listOf(isHex) }, withdrawn: { proposal: isId }, closed: { roll: isWhole, codes: isWhole, withdrawn: listOf(isId) },
  "box-sealed": { ballots_root: isHex, accepted: isWhole, rejected: isWhole }, "lot-drawn": { dice: orNull(isText), order: orNull(listOf(isText)) },
  counted: { funded_sha256: isHex }, recounted: { funded_sha256: isHex }, "key-replaced": { old: isHex, new: isSigner },
};
const eventsOf = (bundle, type) => (bundle.read["events.jsonl"] ?? []).filter((event) => event.type === type);
const withdrawnIds = (bundle) => eventsOf(bundle, "withdrawn").map((event) => event.payload.proposal);
export const freezeHash = (round, proposals) => hexSha(`bb/freeze/1\n${hexSha(round)}\n${hexSha(proposals)}\n`);

function checkEvents(bundle) {
  const events = bundle.read["events.jsonl"], lines = splitLines(decode(bundle.members.get("events.jsonl")));
  let state = null, freeze = null, head = "0".repeat(64), fundedHash = null;
  const happened = new Set(), gone = [];
  for (const [index, event] of events.entries()) {
    shape(event, { seq: isWhole, prev: isHex, type: isText, from: orNull(isText), to: isText, freeze_hash: orNull(isHex), payload: isObject, payload_sha256: orNull(isHex),
      day: (day) => isText(day) && /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(day) }, "E806", "event");
    const { type, payload } = event;
    need(type in MOVES || type in STAYS, "E806", "type");
    need(event.seq === index + 1 && event.prev === head, "E801", `event ${index + 1}`);
    head = hexSha(lines[index]);
    const [from, to] = MOVES[type] ?? [STAYS[type] ?? [], state];
    need(from.includes(state) && event.from === state && event.to === to, "E802", type);
    need(!(ONCE.includes(type) && happened.has(type)), "E802", `${type} twice`);
    need(!(SEALED_OUT.includes(type) && happened.has("box-sealed")) && !(SEALED_FIRST.includes(type) && !happened.has("box-sealed")), "E802", `${type}: the seal`);
    happened.add(type);
    state = to;
    if (type in PAYLOADS) shape(payload, PAYLOADS[type], "E806", type);
       if (type === "withdrawn") gone.push(payload.proposal);
    if (type === "closed") need(same(payload.withdrawn, gone), "E806", "closed");
    if (type === "frozen") freeze = event.freeze_hash;
    if (type === "thawed") freeze = null;
    need(event.freeze_hash === freeze && (type !== "frozen" || freeze !== null), "E804", type);
    if (type === "counted" || type === "recounted") fundedHash = payload.funded_sha256;
  }
  need(["counted", "provisional", "final", "archived"].includes(state), "E805", state);
  need(freeze === freezeHash(bundle.members.get("round.json"), bundle.members.get("proposals.jsonl")), "E803", "freeze hash");
  need(bundle.read["manifest.json"].events_head === head, "E807", "head");
  need(fundedHash === hexSha(`${spell(bundle.read["result.json"].outcome.funded)}\n`), "E808", "funded");
}

function checkSince(bundle) {
  let older;
  try {
    older = { members: readContainer(readFileSync(bundle.since)), read: {} };
    checkBytes(older);
    if (!older.members.has("events.jsonl")) throw new Error("no events");
  } catch (error) {
    throw new Refused("E902", error.message);
  }
  need(older.read["round.json"].round === bundle.read["round.json"].round, "E903", "another round");
  const first = older.members.get("events.jsonl");
  need(bundle.members.get("events.jsonl").subarray(0, first.length).equals(first), "E901", "history differs");
}

// ---- Section 8: leaves and receipts ----------------------------------------------------------------------------

export const leafHash = (round, salt, ballot) => hexSha(Buffer.from([0]), `bb/leaf/1\n${round}\n${salt}\n${ballot}`);
export function merkleRoot(nodes) { // nodes: the hashes of the leaves, as bytes
  if (nodes.length === 0) return sha("");
  if (nodes.length === 1) return nodes[0];
  let half = 1;
  while (half * 2 < nodes.length) half *= 2;
  return sha(Buffer.from([1]), merkleRoot(nodes.slice(0, half)), merkleRoot(nodes.slice(half)));
}
const boxRoot = (bundle) => merkleRoot(bundle.read["leaves.txt"].map((row) => Buffer.from(row.leaf, "hex"))).toString("hex");

function checkBox(bundle) {
  const { "leaves.txt": leaves, "rejected.tsv": rejected, "trace.jsonl": [header], "manifest.json": manifest } = bundle.read;
  const [sealed] = eventsOf(bundle, "box-sealed"), [closed] = eventsOf(bundle, "closed"), batches = eventsOf(bundle, "batch-added");
  const root = boxRoot(bundle);
  need(inOrder(leaves) && inOrder(rejected), "E1002", "order");
  const inBatches = batches.flatMap((event) => event.payload.leaves).sort(), inLists = [...leaves, ...rejected].map((row) => row.leaf).sort();
  need(same(inBatches, inLists) && new Set(inLists).size === inLists.length, "E1002", "leaves");
  for (const named of [sealed.payload.ballots_root, manifest.ballots_root, header.ballots_root]) need(named === root, "E1001", "root");
  need(batches.every((event, index) => event.payload.batch === index + 1 && ascending(event.payload.leaves)), "E1002", "batches");
  const { accepted, rejected: refused } = sealed.payload, { codes, roll } = closed.payload;
  need(accepted <= codes && codes <= roll, "E1003", "too many");
  const counted = bundle.read["ballots.tsv"] ? total(bundle.read["ballots.tsv"].map((row) => row.voters)).asNumber : header.ballots.valid;
  need(accepted === leaves.length && refused === rejected.length && accepted === counted, "E1004", "numbers");
  for (const event of batches) {
    need(event.payload.leaves.length >= 20 || batches.filter((other) => other.day === event.day).length === 1, "E1005", `batch ${event.payload.batch}`);
  }
}

function checkOpenings(bundle) {
  const { "openings.tsv": openings, "leaves.txt": leaves, "ballots.tsv": profile, "round.json": { round } } = bundle.read;
  need(same(openings.map((row) => row.leaf), leaves.map((row) => row.leaf)), "E1102", "leaves");
  for (const { leaf, salt, text } of openings) need(leafHash(round, salt, text) === leaf, "E1101", leaf);
  const opened = new Map();
  for (const { text } of openings) opened.set(text, (opened.get(text) ?? 0) + 1);
  need(opened.size === profile.length && profile.every(({ text, voters }) => voters.asNumber === opened.get(text)), "E1103", "profile");
}

const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
export function receiptOf(round, batch, leaf) {
  const bits = BigInt(`0x${leaf.slice(0, 20)}`);
  let code = "";
  for (let shift = 75n; shift >= 0n; shift -= 5n) code += LETTERS[Number((bits >> shift) & 31n)];
  return `${round}/${batch}/${code}${LETTERS[sha(`bb/receipt/1\n${round}\n${batch}\n${code}`)[0] >> 3]}`;
}
export function readReceipt(text) { // null: mistyped
  const found = /^([A-Za-z0-9._-]{1,64})\/([1-9][0-9]{0,15})\/([0-9A-Za-z-]+)$/.exec(text);
  if (!found) return null;
  const [, round, batch, typed] = found;
  const code = typed.toUpperCase().replaceAll("-", "").replaceAll("O", "0").replace(/[IL]/g, "1");
  if (code.length !== 17 || [...code].some((letter) => !LETTERS.includes(letter))) return null;
  if (LETTERS[sha(`bb/receipt/1\n${round}\n${batch}\n${code.slice(0, 16)}`)[0] >> 3] !== code[16]) return null;
  return { round, batch: Number(batch), code };
}
function checkReceipt(bundle) {
  const { round, batch, code } = bundle.receipt;
  need(round === bundle.read["round.json"].round, "E1702", "another round");
  const added = eventsOf(bundle, "batch-added").find((event) => event.payload.batch === batch);
  need(added?.payload.leaves.some((leaf) => receiptOf(round, batch, leaf).endsWith(`/${code}`)), "E1701", "not there");
}

// ---- The lot ---------------------------------------------------------------------------------------------------

export const drawnOrder = (ids, round, root, dice) => ids.map((id) => [hexSha(`bb/lot/1\n${round}\n${root}\n${dice}\n${id}`), id]).sort().map(([, id]) => id);

function checkLot(bundle) {
  const { "round.json": round, "trace.jsonl": [header], "lot.json": lot, "manifest.json": manifest, "proposals.jsonl": proposals } = bundle.read;
  need(lot, "E1202", "an event draws a lot that is nowhere else");
  need(round.plan.ties.at(-1) === "lot", "E1202", "the plan draws no lot");
  need((lot.round === null) === (lot.dice === null), "E1202", "lot.json");
  need(same(header.lot, { order: lot.order, dice: lot.dice, round: lot.round }), "E1202", "header");
  if (round.source.kind === "round") {
    const [drawn] = eventsOf(bundle, "lot-drawn");
    need(drawn && same(drawn.payload, { dice: lot.dice, order: lot.dice === null ? lot.order : null }), "E1202", "lot-drawn");
  }
  if (lot.dice === null) return;
  need(/^[0-9]+$/.test(lot.dice), "E1202", "dice");
  const root = round.source.kind === "round" ? manifest.ballots_root : bundle.members.has("ballots.tsv") ? hexSha(bundle.members.get("ballots.tsv")) : null;
  if (root === null) throw new Undone();
  need(same(lot.order, drawnOrder(proposals.map((proposal) => proposal.id), lot.round, root, lot.dice)), "E1201", "order");
}

// ---- The count: trace.md ---------------------------------------------------------------------------------------

// What is counted: one value for each group of equal ballots and each proposal, and what follows from them.
function electionOf(bundle) {
  const { "round.json": { plan, pool, ballot }, "proposals.jsonl": proposals, "ballots.tsv": profile, "totals.tsv": totals, "trace.jsonl": [header] } = bundle.read;
  const gone = new Set(withdrawnIds(bundle)), pooled = whole(pool.amount);
  const groups = (profile ?? []).map(({ voters, entries }) => ({ voters, values: valuesOf(entries, ballot, plan.points_table, proposals) }));
  const rows = proposals.map(({ id, cost, withdrawn }) => {
    const support = groups.filter((group) => (group.values.get(id) ?? 0) > 0);
    const given = totals?.find((row) => row.id === id);
    const supporters = given ? given.supporters : total(support.map((group) => group.voters));
    const score = given ? given.score : total(groups.map((group) => group.voters.times(whole(group.values.get(id) ?? 0))));
    const row = { id, cost: whole(cost), supporters, score, support: support.map((group) => ({ group, points: whole(group.values.get(id)) })) };
    const over = plan.rule === "greedy-80" ? 4n * BigInt(cost) > 5n * pooled.numerator : cost > pool.amount;
    row.out = withdrawn || gone.has(id) ? "withdrawn" : over ? "over-pool" : plan.threshold !== null && score.against(readNumber(plan.threshold)) < 0 ? "below-threshold"
      : supporters.against(ZERO) === 0 ? "no-support" : null;
    return row;
  });
  const valid = profile ? total(profile.map((row) => row.voters)) : readNumber(header.ballots.valid);
  const blank = total((profile ?? []).filter((row) => row.text === "").map((row) => row.voters));
  const ballots = profile ? { valid: valid.asNumber, blank: blank.asNumber, distinct: profile.length } : { valid: valid.asNumber };
  return { plan, single: ballot.method === "approval" || ballot.method === "knapsack", pool: pooled, groups, rows, valid, ballots, eligible: rows.filter((row) => row.out === null),
    byId: new Map(rows.map((row) => [row.id, row])) };
}
function valuesOf(entries, { method, default_score: standard }, table, proposals) {
  if (method === "scoring") return new Map([...proposals.map(({ id }) => [id, standard]), ...entries]);
  if (method !== "ranked") return new Map(entries);
  const values = new Map();
  entries.forEach(([id], position) => { if (!values.has(id)) values.set(id, table === "borda" ? entries.length - position : table[position] ?? 0); });
  return values;
}

// How ties are broken. Open ties follow `path`: which candidate to take at each choice; what could have been taken is kept in `choices`.
class Ties {
  constructor(plan, lot, path) {
    this.criteria = plan.ties;
    this.lot = lot;
    this.path = path;
    this.choices = [];
    this.before = new Map();
  }
  isBefore(x, y) { return this.before.get(x)?.has(y) ?? false; }
  fix(x, others) {
    const heads = [x, ...[...this.before.keys()].filter((id) => this.isBefore(id, x))];
    for (const y of others) {
      for (const head of heads) {
        if (!this.before.has(head)) this.before.set(head, new Set());
        for (const tail of [y, ...(this.before.get(y) ?? [])]) this.before.get(head).add(tail);
      }
    }
  }
  // tied: rows by id; left: what is left in a greedy turn, else null. Returns the chosen row and what the trace says of it.
  choose(tied, left) {
    if (tied.length === 1) return { row: tied[0], tied: [], decided_by: null };
    const answer = (row, by) => ({ row, tied: tied.map((one) => one.id), decided_by: by });
    let open = tied;
    for (const criterion of this.criteria) {
      if (criterion === "cheapest") open = best(open, (row) => ZERO.minus(row.cost));
      if (criterion === "most-votes") open = best(open, (row) => row.score);
      if (criterion === "lot" && this.lot) open = [open.reduce((one, other) => (this.lot.indexOf(other.id) < this.lot.indexOf(one.id) ? other : one))];
      if (open.length === 1) return answer(open[0], criterion);
    }
    const candidates = open.filter((row) => !open.some((other) => this.isBefore(other.id, row.id)));
    const allFit = left !== null && total(open.map((row) => row.cost)).against(left) <= 0;
    if (candidates.length === 1 || allFit) return answer(candidates[0], "no-difference");
    const taken = candidates[this.path[this.choices.length] ?? 0];
    this.choices.push(candidates.length);
    this.fix(taken.id, open.filter((row) => row !== taken).map((row) => row.id));
    return answer(taken, "no-difference");
  }
}
function best(rows, value) {
  let top = null, kept = [];
  for (const row of rows) {
    const one = value(row), order = top === null ? 1 : one.against(top);
    if (order > 0) [top, kept] = [one, [row]];
    else if (order === 0) kept.push(row);
  }
  return kept;
}

function greedySteps(rule, phase, rows, left, ties) {
  const steps = [], value = (row) => (rule === "greedy-per-cost" ? row.score.over(row.cost) : row.score);
  let remaining = rows;
  while (remaining.length) {
    const { row, tied, decided_by } = ties.choose(best(remaining, value), left);
    remaining = remaining.filter((other) => other !== row);
    const line = { kind: "funded", phase, proposal: row.id, value: value(row).asRational, tied, decided_by }; // replaced below if it does not fit
    if (row.cost.against(left) <= 0) {
      left = left.minus(row.cost);
      steps.push({ ...line, amount: row.cost.asNumber, left: left.asNumber });
    } else if (rule === "greedy-80" && whole(5).times(left).against(whole(4).times(row.cost)) >= 0) {
      steps.push({ ...line, amount: left.asNumber, topped_up: row.cost.minus(left).asNumber, left: 0 });
      return steps;
    } else if (rule === "greedy-80" || rule === "greedy-stop") {
      const { proposal, ...rest } = line;
      steps.push({ ...rest, kind: "stopped", over: [proposal], left: left.asNumber });
      return steps;
    } else {
      steps.push({ ...line, kind: "skipped", left: left.asNumber });
    }
  }
  return steps;
}

// Phragmen's sequential rule: what its supporters carry is shared evenly, the least load first, until one of those tied does not fit.
function phragmenSteps(election, ties) {
  const { groups, eligible } = election, loads = new Map(groups.map((group) => [group, ZERO])), steps = [];
  const loadOf = (row) => row.support.reduce((sum, { group }) => sum.plus(group.voters.times(loads.get(group))), row.cost).over(row.supporters);
  let remaining = eligible, left = election.pool;
  while (remaining.length) {
    const tied = best(remaining, (row) => ZERO.minus(loadOf(row))), value = loadOf(tied[0]);
    const over = tied.filter((row) => row.cost.against(left) > 0).map((row) => row.id);
    if (over.length) {
      steps.push({ kind: "stopped", phase: "rule", over, left: left.asNumber, value: value.asRational, tied: tied.length > 1 ? tied.map((row) => row.id) : [], decided_by: null });
      return steps;
    }
    const choice = ties.choose(tied, null), { row } = choice;
    for (const { group } of row.support) loads.set(group, value);
    remaining = remaining.filter((other) => other !== row);
    left = left.minus(row.cost);
    steps.push({ kind: "funded", phase: "rule", proposal: row.id, amount: row.cost.asNumber, left: left.asNumber, value: value.asRational, tied: choice.tied, decided_by: choice.decided_by });
  }
  return steps;
}

// The least rho at which the supporters together pay the cost; null if their money is too little.
function leastRho(row, money, utility) {
  const paying = row.support.map(({ group, points }) => ({ voters: group.voters, money: money.get(group), utility: utility(row, points) }));
  if (total(paying.map((one) => one.voters.times(one.money))).against(row.cost) < 0) return null;
  for (const one of paying) one.limit = one.money.over(one.utility);
  paying.sort((a, b) => a.limit.against(b.limit));
  let rest = row.cost, weight = total(paying.map((one) => one.voters.times(one.utility)));
  for (const one of paying) {
    if (rest.against(weight.times(one.limit)) <= 0) return rest.over(weight);
    rest = rest.minus(one.voters.times(one.money));
    weight = weight.minus(one.voters.times(one.utility));
  }
  throw new Error("unreachable: the money is enough");
}

function equalSharesRun(election, endowment, ties) {
  const { plan, single, groups, eligible } = election;
  const utility = (row, points) => (plan.utility === "cost" ? row.cost : plan.utility === "count" ? whole(1) : points);
  const money = new Map(groups.map((group) => [group, endowment])), rounds = new Map(groups.map((group) => [group, []])), empty = new Set();
  const known = new Map(); // the last rho of each: it never falls, so one above the best need not be found again
  const steps = [];
  let remaining = eligible, left = election.pool;
  for (;;) {
    let least = null, tied = [];
    for (const row of [...remaining].sort((a, b) => (known.get(a) ?? ZERO).against(known.get(b) ?? ZERO))) {
      if (least && known.get(row)?.against(least) > 0) continue;
      const rho = leastRho(row, money, utility);
      if (rho === null) continue;
      known.set(row, rho);
      const order = least === null ? -1 : rho.against(least);
      if (order < 0) [least, tied] = [rho, [row]];
      else if (order === 0) tied.push(row);
    }
    if (least === null) break;
    const choice = ties.choose(tied.sort((a, b) => byBytes(a.id, b.id)), null), { row } = choice, step = steps.length + 1, ranOut = new Map();
    let inFull = ZERO;
    for (const { group, points } of row.support) {
      const price = least.times(utility(row, points)), weight = single ? whole(1) : points;
      if (money.get(group).against(price) >= 0) {
        inFull = inFull.plus(group.voters.times(weight));
        rounds.get(group).push(single ? step : [step, weight.asNumber]);
        money.set(group, money.get(group).minus(price));
      } else {
        money.set(group, ZERO);
        if (empty.has(group)) continue;
        empty.add(group);
        const key = spell(rounds.get(group)), entry = ranOut.get(key) ?? [ZERO, [...rounds.get(group)]];
        ranOut.set(key, [entry[0].plus(group.voters), entry[1]]);
      }
    }
    left = left.minus(row.cost);
    remaining = remaining.filter((other) => other !== row);
    steps.push({ kind: "funded", phase: "rule", proposal: row.id, amount: row.cost.asNumber, left: left.asNumber, value: least.asRational, tied: choice.tied, decided_by: choice.decided_by,
      paid_in_full: inFull.asNumber, ran_out: [...ranOut.values()].sort((a, b) => listOrder(a[1], b[1])).map(([voters, list]) => [voters.asNumber, list]) });
  }
  const spent = election.pool.minus(left), funded = steps.map((step) => step.proposal);
  for (const row of remaining) {
    const together = total(row.support.map(({ group }) => group.voters.times(money.get(group))));
    steps.push({ kind: "unaffordable", phase: "rule", proposal: row.id, left: left.asNumber, value: together.asRational });
  }
  return { steps, funded, remaining, spent, left, endowment };
}
function listOrder(a, b) { // as Python compares lists
  if (!Array.isArray(a)) return a - b;
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const order = listOrder(a[index], b[index]);
    if (order) return order;
  }
  return a.length - b.length;
}

function equalShares(election, ties) {
  const { plan, pool, valid, eligible } = election, share = pool.over(valid), intervals = [];
  let run;
  const steps = [];
  if (!plan.completion.startsWith("add1")) {
    run = equalSharesRun(election, share, ties);
    steps.push(...run.steps);
  } else {
    const increment = readNumber(plan.increment).times(whole(100));
    const start = plan.start === "exact" ? share : whole((share.numerator / (100n * share.denominator)) * 100n);
    let before = null, reason = null, kept = 0;
    for (let k = 0; reason === null; k++) {
      before = run;
      run = equalSharesRun(election, start.plus(increment.times(whole(k))), ties);
      const last = intervals.at(-1);
      if (last && same(last.funded, run.funded)) last.to = k;
      else intervals.push({ kind: "interval", from: k, to: k, funded: run.funded, spent: run.spent.asNumber });
      kept = k;
      if (run.spent.against(pool) > 0) [reason, kept] = ["over-pool", k - 1];
      else if (plan.completion.startsWith("add1e") && run.remaining.every((row) => row.cost.against(run.left) > 0)) reason = "exhaustive";
      else if (run.funded.length === eligible.length) reason = "all-funded";
    }
    const over = reason === "over-pool" ? run : null;
    if (over) run = before;
    steps.push(...run.steps, { kind: "endowment-stopped", phase: "completion", reason, kept, endowment: run.endowment.asRational,
      next_endowment: over && over.endowment.asRational, next_total: over && over.spent.asNumber });
  }
  if (["utilitarian", "add1u", "add1eu"].includes(plan.completion)) steps.push(...greedySteps("greedy", "completion", run.remaining, run.left, ties));
  if (plan.comparison !== "none") {
    const greedy = greedySteps("greedy", "comparison", eligible, pool, ties);
    const idsOf = (list) => list.filter((step) => step.kind === "funded").map((step) => step.proposal);
    const [theirs, ours] = [idsOf(greedy), idsOf(steps)];
    let forGreedy = ZERO, forEqual = ZERO;
    for (const { voters, values } of election.groups) {
      const liked = (ids) => ids.filter((id) => (values.get(id) ?? 0) > 0).length;
      const [a, b] = [liked(theirs), liked(ours)].map((number) => (plan.comparison === "satisfaction" ? number : Math.min(number, 1)));
      if (a > b) forGreedy = forGreedy.plus(voters);
      if (b > a) forEqual = forEqual.plus(voters);
    }
    const taken = forGreedy.against(forEqual) > 0 ? "greedy" : "equal-shares";
    steps.push({ kind: "comparison", phase: "comparison", by: plan.comparison, for_greedy: forGreedy.asNumber, for_equal_shares: forEqual.asNumber, taken });
    if (taken === "greedy") steps.push(...greedy);
  }
  return { intervals, steps };
}

// The outcome as it follows from a trace, and the near misses.
function fold(header, steps) {
  const cost = new Map(header.proposals.map((row) => [row.proposal, row.cost])), reasons = new Map(header.proposals.map((row) => [row.proposal, row.out ?? "after-stop"]));
  let funded = [], missing = new Map(), endowment = null;
  const ties = [], initial = new Map(reasons);
  for (const step of steps) {
    if (step.kind === "funded") {
      const { proposal, amount, step: number, topped_up: topped } = step;
      funded.push(topped === undefined ? { proposal, amount, step: number } : { proposal, amount, step: number, topped_up: topped });
    }
    if (step.kind === "comparison" && step.taken === "greedy") {
      funded = [];
      missing = new Map();
      for (const [id, reason] of initial) reasons.set(id, reason);
      endowment = null;
    }
    for (const id of step.kind === "skipped" ? [step.proposal] : step.over ?? []) {
      reasons.set(id, "does-not-fit");
      missing.set(id, whole(cost.get(id)).minus(whole(step.left)));
    }
    if (step.kind === "unaffordable") {
      reasons.set(step.proposal, "unaffordable");
      if (step.value !== undefined) {
        const [numerator, denominator] = step.value.split("/");
        missing.set(step.proposal, whole(cost.get(step.proposal)).minus(new Rational(BigInt(numerator), BigInt(denominator))));
      }
    }
    if (step.kind === "endowment-stopped") endowment = step.endowment;
    if (step.tied?.length && step.decided_by !== null) ties.push({ step: step.step, tied: step.tied, chosen: step.proposal ?? step.over[0], decided_by: step.decided_by });
  }
  const done = new Set(funded.map((one) => one.proposal));
  const notFunded = header.proposals.map((row) => row.proposal).filter((id) => !done.has(id)).map((id) => ({ proposal: id, reason: reasons.get(id) }));
  const near = notFunded.filter((one) => missing.has(one.proposal) && missing.get(one.proposal).against(ZERO) > 0).map(({ proposal, reason }) => ({ proposal, reason, missing: missing.get(proposal).asNumber }));
  return { funded, not_funded: notFunded, ties, endowment, spent: total(funded.map((one) => whole(one.amount))).asNumber, near };
}

function outcomeOf(bundle, header, steps) {
  const { "round.json": { plan, pool, source } } = bundle.read, folded = fold(header, steps), valid = readNumber(header.ballots.valid), greedyTaken = steps.some((step) => step.taken === "greedy");
  let { endowment, ties } = folded;
  if (plan.rule === "equal-shares" && !plan.completion.startsWith("add1") && valid.against(ZERO) > 0 && !greedyTaken) endowment = whole(pool.amount).over(valid).asRational;
  return { schema: "borgerbudget.outcome/1", plan, currency: pool.currency, minor_units: 2, pool: pool.amount, spent: folded.spent, ballots: header.ballots, funded: folded.funded,
    not_funded: folded.not_funded, ties, endowment, input_sha256: source.sha256 };
}

function headerOf(bundle, election) {
  const { "lot.json": lot, "round.json": { source }, "manifest.json": manifest } = bundle.read, shown = bundle.members.has("ballots.tsv");
  return { kind: "header", schema: shown ? "borgerbudget.trace/1" : "borgerbudget.trace-totals/1", plan: election.plan, pool: election.pool.asNumber, ballots: election.ballots,
    ballots_root: source.kind === "file" && shown ? hexSha(bundle.members.get("ballots.tsv")) : manifest.ballots_root,
    lot: lot ? { order: lot.order, dice: lot.dice, round: lot.round } : null,
    proposals: election.rows.map(({ id, cost, score, supporters, out }) => ({ proposal: id, cost: cost.asNumber, score: score.asNumber, supporters: supporters.asNumber, out })) };
}
function count(bundle) { // -> the lines of the trace, by every way of breaking open ties
  if (bundle.counted) return bundle.counted;
  const election = electionOf(bundle), { plan } = election, lot = bundle.read["lot.json"], header = headerOf(bundle, election);
  let path = [], first = null, leaves = 0;
  do {
    const ties = new Ties(plan, lot?.order, path);
    const { intervals, steps } = election.valid.against(ZERO) === 0 ? { intervals: [], steps: [] }
      : plan.rule === "equal-shares" ? equalShares(election, ties)
        : plan.rule === "phragmen" ? { intervals: [], steps: phragmenSteps(election, ties) }
          : { intervals: [], steps: greedySteps(plan.rule, "rule", election.eligible, election.pool, ties) };
    steps.forEach((step, index) => { step.step = index + 1; });
    const leaf = { header, intervals, steps, paid: spell(fold(header, steps).funded.map(({ proposal, amount }) => [proposal, amount]).sort((a, b) => byBytes(a[0], b[0]))) };
    first ??= leaf;
    need(leaf.paid === first.paid && ++leaves <= 256, "E1313", "a tie matters");
    const taken = ties.choices.map((_, index) => path[index] ?? 0);
    while (taken.length && taken.at(-1) + 1 >= ties.choices[taken.length - 1]) taken.pop();
    path = taken;
    if (path.length) path[path.length - 1] += 1;
  } while (path.length);
  bundle.counted = first;
  return first;
}

function mayCount(bundle) {
  const { rule } = bundle.read["round.json"].plan;
  if (!GREEDY.includes(rule) && bundle.read["manifest.json"].tier === "totals") throw new Undone();
}
function checkRecount(bundle) {
  mayCount(bundle);
  const { header, steps } = count(bundle), ours = outcomeOf(bundle, header, steps), { outcome } = bundle.read["result.json"];
  need(same(ours.funded, outcome.funded), "E1311", "funded");
  for (const key of Object.keys(ours)) need(same(ours[key], outcome[key]), "E1312", key);
}
function checkTrace(bundle) {
  mayCount(bundle);
  const { header, intervals, steps } = count(bundle);
  const lines = [header, ...intervals, ...steps].map((line) => `${spell(line)}\n`).join("");
  need(lines === decode(bundle.members.get("trace.jsonl")), "E1401", "differs from the count");
}

const SHOWN_IN_TOTALS = ["kind", "step", "phase", "proposal", "amount", "topped_up", "over", "left", "reason", "kept", "endowment", "taken", "because"];
const PHASES = ["rule", "completion", "comparison"];

// Section 9: steps are numbered, in a known phase, and say what is left of the pool.
function stepsHold(steps, pool) {
  let left = pool;
  for (const [index, step] of steps.entries()) {
    need(step.step === index + 1 && PHASES.includes(step.phase), "E1504", "steps");
    if (step.kind === "comparison" && step.taken === "greedy") left = pool;
    if (step.kind === "funded") left -= step.amount;
    need(!["funded", "skipped", "stopped", "unaffordable"].includes(step.kind) || step.left === left, "E1501", "left");
  }
}

function checkArithmetic(bundle) {
  const { "result.json": result, "trace.jsonl": [header, ...lines], "proposals.jsonl": proposals, "totals.tsv": totals, "round.json": round, "manifest.json": { tier } } = bundle.read, { outcome } = result;
  const { funded, not_funded: others, spent, pool } = outcome, cost = new Map(proposals.map((proposal) => [proposal.id, proposal.cost]));
  need(same([...funded, ...others].map((one) => one.proposal).sort(byBytes), [...cost.keys()]), "E1503", "ids");
  need(pool === round.pool.amount && spent <= pool, "E1502", "over the pool");
  for (const { proposal, amount, topped_up: topped } of funded) need(isWhole(amount) && amount + (topped ?? 0) === cost.get(proposal), "E1501", proposal);
  need(total(funded.map((one) => whole(one.amount))).asNumber === spent && pool - spent === result.left, "E1501", "sum");
  let ours, near;
  try {
    const steps = lines.filter((line) => line.kind !== "interval");
    stepsHold(steps, pool);
    ours = outcomeOf(bundle, header, steps);
    near = fold(header, steps).near;
  } catch (error) {
    throw new Refused("E1504", error.message);
  }
  if (tier === "totals" && !GREEDY.includes(round.plan.rule)) ours.ties = [];
  need(same(ours, outcome) && same(near, result.near_misses), "E1504", "differs from the trace");
  if (!totals) return;
  const told = header.proposals.map(({ proposal, supporters, score }) => [proposal, supporters, score]);
  need(same(told, totals.map(({ id, supporters, score }) => [id, supporters.asNumber, score.asNumber])), "E1505", "totals");
  need(same(header, headerOf(bundle, electionOf(bundle))), "E1505", "header");
  if (GREEDY.includes(round.plan.rule)) return;
  for (const line of lines) need(line.kind !== "interval" && Object.keys(line).every((key) => SHOWN_IN_TOTALS.includes(key)), "E1505", "a line shows more than totals do");
}

// ---- Section 10: derived files ---------------------------------------------------------------------------------

const cell = (text) => (/[;"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const row = (...cells) => cells.map((one) => cell(String(one))).join(";");
function shortAmount(minor) {
  const [units, cents] = [Math.trunc(minor / 100), String(minor % 100).padStart(2, "0")];
  return cents === "00" ? `${units}` : `${units}.${cents.replace(/0$/, "")}`;
}
const commaAmount = (minor) => `${Math.trunc(minor / 100)},${String(minor % 100).padStart(2, "0")}`;

function plainFile(bundle) {
  const { "round.json": { round, pool, ballot }, "proposals.jsonl": proposals, "ballots.tsv": profile } = bundle.read, gone = new Set(withdrawnIds(bundle));
  const { method } = ballot, pointed = method === "points" || method === "scoring", voters = total(profile.map((one) => one.voters)).asNumber;
  const type = { approval: "approval", knapsack: "approval", points: "cumulative", scoring: "scoring", ranked: "ordinal" }[method];
  const lines = ["META", "key;value", row("description", round), row("num_projects", proposals.length), row("num_votes", voters), row("budget", shortAmount(pool.amount)), row("vote_type", type), row("rule", "unknown")];
  if (method === "knapsack") lines.push(row("max_sum_cost", shortAmount(pool.amount)));
  if (method === "scoring") lines.push(row("default_score", ballot.default_score));
  const least = proposals.map(({ id, min_cost: amount, withdrawn }) => (withdrawn || gone.has(id) ? null : amount)), some = least.some((amount) => amount !== null);
  lines.push(row("currency", pool.currency), "PROJECTS", `project_id;cost;name;category;neighborhood${some ? ";min_cost" : ""}`);
  for (const [index, { id, cost, title, category, area, withdrawn }] of proposals.entries()) {
    const price = withdrawn || gone.has(id) ? "999999999" : shortAmount(cost) === "999999999" ? "999999999.00" : shortAmount(cost);
    lines.push(row(id, price, title, category.join(","), area ?? "", ...(some ? [least[index] === null ? "" : shortAmount(least[index])] : [])));
  }
  lines.push("VOTES", pointed ? "voter_id;vote;points" : "voter_id;vote");
  let voter = 0;
  for (const { voters: number, entries } of profile) {
    const cells = [entries.map(([id]) => id).join(","), ...(pointed ? [entries.map(([, points]) => points).join(",")] : [])];
    for (let index = 0n; index < number.numerator; index++) lines.push(row(++voter, ...cells));
  }
  return lines.map((line) => `${line}\n`).join("");
}
function resultTable(bundle) {
  const { "result.json": { outcome }, "trace.jsonl": [header], "proposals.jsonl": proposals } = bundle.read;
  const byId = new Map(proposals.map((one) => [one.id, one])), totals = new Map(header.proposals.map((one) => [one.proposal, one]));
  const guarded = (text) => (/^[=+\-@]/.test(text) ? `'${text}` : text), shown = (value) => (isText(value) ? `'${value}` : value);
  const lines = ["id;titel/title;pris/cost;støtter/supporters;stemmetal/score;beløb/amount;status"];
  for (const { proposal, amount, reason } of [...outcome.funded, ...outcome.not_funded]) {
    const { title, cost } = byId.get(proposal), { supporters, score } = totals.get(proposal);
    lines.push(row(guarded(proposal), guarded(title), commaAmount(cost), shown(supporters), shown(score), commaAmount(amount ?? 0), reason ?? "funded"));
  }
  return `\ufeff${lines.map((line) => `${line}\r\n`).join("")}`;
}
function checkDerived(bundle) {
  const profile = bundle.read["ballots.tsv"], voters = profile && total(profile.map((one) => one.voters));
  const wanted = Boolean(profile) && profile.every((one) => one.voters.denominator === 1n) && voters.against(whole(1000000)) <= 0;
  need(bundle.members.has("round.pb") === wanted, "E1601", "round.pb");
  if (wanted) need(plainFile(bundle) === decode(bundle.members.get("round.pb")), "E1601", "round.pb");
  need(resultTable(bundle) === decode(bundle.members.get("tables/result.csv")), "E1601", "tables/result.csv");
}

// ---- Section 12: the checks ------------------------------------------------------------------------------------

const CHECKS = [
  [1, [], (bundle) => { bundle.members = readContainer(bundle.bytes); }], [2, [1], checkBytes], [3, [1, 2], checkManifest], [4, [1, 2, 3], checkSignatures], [5, [1, 2, 3], checkVersions], [6, [5], checkIds],
  [7, [6], checkBallots], [8, [6], checkEvents], [9, [8], checkSince], [10, [7, 8], checkBox], [11, [10], checkOpenings], [12, [7, 8], checkLot], [13, [7, 12], checkRecount], [14, [7, 12], checkTrace],
  [15, [7], checkArithmetic], [16, [15], checkDerived], [17, [8, 10], checkReceipt],
];
function isMeaningless(number, bundle) {
  const { "manifest.json": manifest, "round.json": round } = bundle.read;
  return ([8, 9, 10, 11, 17].includes(number) && round.source.kind === "file") || (number === 9 && !bundle.since) || (number === 17 && !bundle.receipt)
    || (number === 11 && manifest.tier !== "sealed") || (number === 7 && manifest.tier === "totals") || (number === 12 && !bundle.members.has("lot.json") && !eventsOf(bundle, "lot-drawn").length);
}

export function verifyBundle(bytes, { keys = [], since = null, receipt = null } = {}) {
  const bundle = { bytes, keys, since, receipt, read: {}, members: new Map(), pinned: false }, status = {}, codes = {}, stuck = new Set();
  for (const [number, rests, check] of CHECKS) {
    const blocked = rests.some((other) => status[other] === FAIL || stuck.has(other) || (status[other] === UNCHECKED && other !== 4 && other !== 12));
    if (blocked) stuck.add(number);
    try {
      if (blocked) status[number] = UNCHECKED;
      else if (number > 6 && isMeaningless(number, bundle)) status[number] = NOT_APPLICABLE;
      else { check(bundle); status[number] = PASS; }
    } catch (error) {
      if (error instanceof Undone) status[number] = UNCHECKED;
      else if (error instanceof Refused) [status[number], codes[number]] = [FAIL, error.message];
      else [status[number], codes[number]] = [FAIL, String(error)]; // a value of another kind than the page says
    }
  }
  const all = Object.values(status);
  const exit = all.includes(FAIL) ? 5 : all.includes(UNCHECKED) || !bundle.pinned ? 8 : 0;
  return { checks: Object.entries(status).map(([number, word]) => [Number(number), word]), codes, exit };
}

function main(args) {
  const options = { keys: [], since: null, receipt: null };
  let file = null;
  while (args.length) {
    const word = args.shift();
    if (word === "--key") options.keys.push(args.shift() ?? "");
    else if (word === "--since") options.since = args.shift();
    else if (word === "--receipt") options.receipt = readReceipt(args.shift() ?? "") ?? "mistyped";
    else file = word;
  }
  if (file === null || options.receipt === "mistyped" || !options.keys.every(isHex)) return { checks: [], codes: {}, exit: 2 };
  const bytes = readFileSync(file);
  if (bytes.toString("latin1", 0, 4) !== "PK\x03\x04") return { checks: [], codes: {}, exit: 3 };
  return verifyBundle(bytes, options);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const verdict = main(process.argv.slice(2));
  console.log(JSON.stringify(verdict));
  process.exitCode = verdict.exit;
}
