// Sections 7 and 8 and the lot: events, the sealed box, receipts.
import { readFileSync } from "node:fs";
import { readContainer } from "./container.mjs";
import { checkBytes, inOrder } from "./members.mjs";
import { isByHand, isNewer } from "./settled.mjs";
import { isSigner } from "./signatures.mjs";
import { ascending, decode, hexSha, isHex, isId, isObject, isText, isWhole, listOf, need, orNull, Refused, same, sha, shape, spell, splitLines, total, Undone } from "./values.mjs";

const MOVES = {
  created: [[null], "draft"], "proposals-opened": [["draft"], "proposals"], "vetting-started": [["draft", "proposals"], "vetting"], frozen: [["draft", "vetting"], "ready"],
  thawed: [["ready"], "vetting"], opened: [["ready"], "open"], suspended: [["open"], "suspended"], resumed: [["suspended"], "open"], closed: [["open", "suspended"], "closed"],
  counted: [["closed"], "counted"], recounted: [["counted", "provisional"], "counted"], published: [["counted"], "provisional"], finalised: [["provisional"], "final"], archived: [["final"], "archived"],
  cancelled: [["draft", "proposals", "vetting", "ready", "open", "suspended", "closed"], "cancelled"], annulled: [["counted", "provisional", "final"], "annulled"],
};
const STAYS = {
  amended: ["draft", "proposals", "vetting"], "dates-moved": ["ready"], "codes-issued": ["ready", "open", "suspended"], "code-voided": ["ready", "open", "suspended", "closed"],
  "roll-added": ["open", "suspended"], "roll-struck": ["open", "suspended", "closed"], "batch-added": ["open", "suspended", "closed"], withdrawn: ["open", "suspended", "closed"],
  adjudicated: ["closed"], "hand-counted": ["closed"], reconciled: ["closed"], "box-sealed": ["closed"], "lot-drawn": ["closed"], "appeal-received": ["provisional"], "appeal-decided": ["provisional"], awarded: ["final"],
  "reserve-called": ["final"], "key-lost": ["ready", "open", "suspended", "closed", "counted", "provisional"], "key-replaced": ["ready", "open", "suspended", "closed", "counted", "provisional"],
  purged: ["final", "archived", "cancelled", "annulled"],
};
const ONCE = ["created", "box-sealed", "lot-drawn", "counted"];
const SEALED_OUT = ["code-voided", "roll-struck", "batch-added", "withdrawn", "adjudicated", "hand-counted", "reconciled"], SEALED_FIRST = ["lot-drawn", "counted"];
const isNatural = (value) => isWhole(value) && value >= 0;
const PAYLOADS = {
  "batch-added": { batch: isNatural, leaves: listOf(isHex) }, "hand-counted": { urn: isText, ballots: isNatural, void: isNatural, differed: isNatural }, withdrawn: { proposal: isId }, closed: { roll: isNatural, codes: isNatural, withdrawn: listOf(isId) },
  "box-sealed": { ballots_root: isHex, accepted: isNatural, rejected: isNatural }, "lot-drawn": { dice: orNull(isText), order: orNull(listOf(isText)) },
  counted: { funded_sha256: isHex }, recounted: { funded_sha256: isHex }, "key-replaced": { old: isHex, new: isSigner },
};
const PAYLOADS_SINCE_1_1 = { ...PAYLOADS, "lot-drawn": { ...PAYLOADS["lot-drawn"], witnesses: listOf(isText) } };
function isDay(text) {
  const [year, month, day] = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text)?.slice(1).map(Number) ?? [0, 0, 0];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0, lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return year > 0 && day > 0 && day <= (lengths[month - 1] ?? 0);
}
export const eventsOf = (bundle, type) => (bundle.read["events.jsonl"] ?? []).filter((event) => event.type === type);
export const withdrawnIds = (bundle) => eventsOf(bundle, "withdrawn").map((event) => event.payload.proposal);
export const freezeHash = (round, proposals) => hexSha(`bb/freeze/1\n${hexSha(round)}\n${hexSha(proposals)}\n`);

export function checkEvents(bundle) {
  const events = bundle.read["events.jsonl"], lines = splitLines(decode(bundle.members.get("events.jsonl")));
  let state = null, freeze = null, head = "0".repeat(64), fundedHash = null;
  const happened = new Set(), gone = [];
  for (const [index, event] of events.entries()) {
    shape(event, { seq: isWhole, prev: isHex, type: isText, from: orNull(isText), to: isText, freeze_hash: orNull(isHex), payload: isObject, payload_sha256: orNull(isHex),
      day: (day) => isText(day) && isDay(day) }, "E806", "event");
    const { type, payload } = event;
    need(type in MOVES || type in STAYS, "E806", "type");
    need(event.seq === index + 1 && event.prev === head, "E801", `event ${index + 1}`);
    head = hexSha(lines[index]);
    const [from, to] = MOVES[type] ?? [STAYS[type] ?? [], state];
    need(from.includes(state) && event.from === state && event.to === to, "E802", type);
    need(!(ONCE.includes(type) && happened.has(type)), "E802", `${type} twice`);
    need(!(SEALED_OUT.includes(type) && happened.has("box-sealed")) && !(SEALED_FIRST.includes(type) && !happened.has("box-sealed")), "E802", `${type}: the seal`);
    need(type !== (isByHand(bundle) ? "batch-added" : "hand-counted"), "E802", `${type}: counted by hand or not`);
    happened.add(type);
    state = to;
    const payloads = isNewer(bundle) ? PAYLOADS_SINCE_1_1 : PAYLOADS;
    if (type in payloads) shape(payload, payloads[type], "E806", type);
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

export function checkSince(bundle) {
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

// A hand count: what was counted in the urns, of which the last count stands, and the totals.
function checkUrns(bundle) {
  const { "totals.tsv": totals, "trace.jsonl": [header], "manifest.json": manifest } = bundle.read;
  const [{ payload: sealed }] = eventsOf(bundle, "box-sealed"), [{ payload: { codes, roll } }] = eventsOf(bundle, "closed");
  const root = hexSha(totals.map(({ id, score }) => `${id}\t${score.asNumber}\n`).join(""));
  for (const named of [sealed.ballots_root, manifest.ballots_root, header.ballots_root]) need(named === root, "E1001", "root");
  const urns = [...new Map(eventsOf(bundle, "hand-counted").map(({ payload }) => [payload.urn, payload])).values()], sum = (key) => urns.reduce((all, urn) => all + urn[key], 0);
  need(urns.length && sum("ballots") === sealed.accepted && sum("void") === sealed.rejected && sealed.accepted === header.ballots.valid, "E1006", "urns");
  need(sealed.accepted <= codes && codes <= roll, "E1003", "too many");
}

export function checkBox(bundle) {
  if (isByHand(bundle)) return checkUrns(bundle);
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

export function checkOpenings(bundle) {
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
export function checkReceipt(bundle) {
  if (isByHand(bundle)) throw new Undone();
  const { round, batch, code } = bundle.receipt;
  need(round === bundle.read["round.json"].round, "E1702", "another round");
  const added = eventsOf(bundle, "batch-added").find((event) => event.payload.batch === batch);
  need(added?.payload.leaves.some((leaf) => receiptOf(round, batch, leaf).endsWith(`/${code}`)), "E1701", "not there");
}

// ---- The lot ---------------------------------------------------------------------------------------------------

export const drawnOrder = (ids, round, root, dice) => ids.map((id) => [hexSha(`bb/lot/1\n${round}\n${root}\n${dice}\n${id}`), id]).sort().map(([, id]) => id);

export function checkLot(bundle) {
  const { "round.json": round, "trace.jsonl": [header], "lot.json": lot, "manifest.json": manifest, "proposals.jsonl": proposals } = bundle.read;
  need(lot, "E1202", "an event draws a lot that is nowhere else");
  need(round.plan.ties.at(-1) === "lot", "E1202", "the plan draws no lot");
  need((lot.round === null) === (lot.dice === null), "E1202", "lot.json");
  need(same(header.lot, { order: lot.order, dice: lot.dice, round: lot.round }), "E1202", "header");
  if (round.source.kind === "round") {
    const [drawn] = eventsOf(bundle, "lot-drawn");
    need(drawn && same(drawn.payload, { dice: lot.dice, order: lot.dice === null ? lot.order : null, ...(isNewer(bundle) ? { witnesses: lot.witnesses } : {}) }), "E1202", "lot-drawn");
  }
  need(!isNewer(bundle) || lot.dice !== null || lot.witnesses.some((name) => name !== ""), "E1203", "witnesses");
  if (lot.dice === null) return;
  need(/^[0-9]+$/.test(lot.dice), "E1202", "dice");
  const root = manifest.ballots_root;
  if (root === null) throw new Undone();
  need(same(lot.order, drawnOrder(proposals.map((proposal) => proposal.id), lot.round, root, lot.dice)), "E1201", "order");
}
