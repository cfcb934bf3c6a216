// Whether the second verifier gives every hash and spelling of tests/vectors/audit.json. Prints one name a line for what it does not.
//
//     node vectors.mjs audit.json
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import * as container from "./container.mjs";
import * as history from "./history.mjs";
import * as signatures from "./signatures.mjs";
import * as values from "./values.mjs";

const second = { ...container, ...history, ...signatures, ...values };

const vectors = JSON.parse(readFileSync(process.argv[2]));
const bytes = (hex) => Buffer.from(hex, "hex"), hash = (...parts) => parts.reduce((sum, part) => sum.update(part), createHash("sha256")).digest();
const expect = (name, found, wanted) => { if (JSON.stringify(found) !== JSON.stringify(wanted)) console.log(`${name}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`); };
const spelledAgain = (data) => {
  try {
    return Buffer.from(`${second.spell(second.parseDocument(data))}\n`).toString("hex");
  } catch {
    return null;
  }
};

for (const hex of vectors.canonical_json.accepted) expect("canonical_json", spelledAgain(bytes(hex)), hex);
for (const hex of vectors.canonical_json.refused) expect("canonical_json", spelledAgain(bytes(hex)), null);
const members = Object.entries(vectors.container.members).map(([name, hex]) => [name, bytes(hex)]);
expect("container", second.writeContainer(new Map(members)).toString("hex"), vectors.container.bytes);
for (const { round, salt, ballot, leaf } of vectors.leaf) expect("leaf", second.leafHash(round, salt, ballot), leaf);
const { leaves, roots } = vectors.merkle, hashed = leaves.map((leaf) => hash(Buffer.from([0]), bytes(leaf)));
roots.forEach((root, size) => expect(`merkle ${size}`, second.merkleRoot(hashed.slice(0, size)).toString("hex"), root));
expect("node", second.merkleRoot([bytes(vectors.node.left), bytes(vectors.node.right)]).toString("hex"), vectors.node.node);
expect("box_root", second.merkleRoot([...vectors.box_root.leaves].sort().map(bytes)).toString("hex"), vectors.box_root.root);
expect("ballots_root", hash(bytes(vectors.ballots_root["ballots.tsv"])).toString("hex"), vectors.ballots_root.sha256);
expect("freeze_hash", second.freezeHash(bytes(vectors.freeze_hash["round.json"]), bytes(vectors.freeze_hash["proposals.jsonl"])), vectors.freeze_hash.sha256);
vectors.events.lines.forEach((line, index) => expect("events", hash(bytes(line)).toString("hex"), vectors.events.sha256[index]));
const { salt, private: hidden, sha256 } = vectors.private;
expect("private", hash(`bb/private/1\n${salt}\n${second.spell(hidden)}\n`).toString("hex"), sha256);
const { ids, round, ballots_root: root, dice, order } = vectors.lot;
expect("lot", second.drawnOrder(ids, round, root, dice), order);
for (const { round: of, batch, leaf, code } of vectors.receipt) {
  expect("receipt", second.receiptOf(of, batch, leaf), code);
  expect("receipt read", second.readReceipt(code.toLowerCase())?.code, code.split("/")[2]);
}
const { public_key: key, signed_bytes: message, signature, manifest } = vectors.signature;
expect("signed bytes", second.signedBytes(bytes(manifest)).toString("hex"), message);
expect("signature", second.isSignature(key, bytes(message), bytes(signature)), true);
expect("another message", second.isSignature(key, bytes(manifest), bytes(signature)), false);
for (const y of ["01", "00", "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"]) {
  expect(`key ${y}`, second.isGoodKey(y.padEnd(64, "0")), false); // orders 1, 4 and 2, and one that is not canonical
}
