// A second, minimal verifier of audit bundles, written from docs/audit-bundle.md, docs/trace.md, docs/village-rules.md and
// tests/vectors/ alone.
//
//     node verify.mjs FILE.bba [--key FINGERPRINT]... [--since OLD.bba] [--receipt CODE]
//
// It shares no line with tallies/verify.py: where the two agree, the pages say enough. It prints one line of JSON,
// {"checks":[[number,status], ...],"codes":{number:why},"exit":number}.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { readContainer } from "./container.mjs";
import { checkDerived } from "./derived.mjs";
import { checkBox, checkEvents, checkLot, checkOpenings, checkReceipt, checkSince, eventsOf, readReceipt } from "./history.mjs";
import { checkBytes, checkManifest } from "./members.mjs";
import { checkArithmetic, checkRecount, checkTrace } from "./outcome.mjs";
import { checkBallots, checkIds, checkVersions, checkWeights } from "./settled.mjs";
import { checkSignatures } from "./signatures.mjs";
import { isHex, Refused, Undone } from "./values.mjs";

const PASS = "PASS", FAIL = "FAIL", UNCHECKED = "NOT CHECKED", NOT_APPLICABLE = "NOT APPLICABLE";

// Section 12.
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
      else if (number > 6 && isMeaningless(number, bundle)) {
        if (number === 7) checkWeights(bundle); // which totals show too
        status[number] = NOT_APPLICABLE;
      }
      else { check(bundle); status[number] = PASS; }
    } catch (error) {
      if (error instanceof Undone) status[number] = UNCHECKED;
      else if (error instanceof Refused) [status[number], codes[number]] = [FAIL, error.message];
      else if (error instanceof ReferenceError) throw error;
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
