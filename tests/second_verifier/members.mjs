// Sections 2, 3 and 5: what every member is by itself, and the list of all.
import { NAMES } from "./container.mjs";
import { ascending, decode, hasKeys, hexSha, isHex, isId, isText, isWhole, listOf, need, parseDocument, parseLine, Rational, Refused, splitLines, whole, ZERO } from "./values.mjs";

export const inOrder = (rows) => ascending(rows.map((one) => one.key));
const isWholeText = (text) => /^[1-9][0-9]{0,15}$/.test(text) && isWhole(Number(text));
export function readCount(text) {
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
export function readBallot(text, method) {
  if (text === "") return [];
  const entries = text.split(method === "ranked" ? ">" : ",").map((part) => {
    const [id, points, ...more] = part.split(":"), pointed = method === "points" || method === "scoring";
    if (!isId(id) || more.length || (points !== undefined) !== pointed) return null;
    if (!pointed) return [id, 1];
    return GOOD_POINTS.test(points) && isWhole(Number(points)) ? [id, Number(points)] : null;
  });
  return entries.every(Boolean) && (method === "ranked" || ascending(entries.map(([id]) => id))) ? entries : null;
}
export function idsOn(text, method) { // as far as a ballot that may be wrong can be read
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

export function checkBytes(bundle) {
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

export function checkManifest(bundle) {
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
