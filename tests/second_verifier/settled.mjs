// Section 4 and check 5 to 7: what was settled, which members belong to it, ids and ballots.
import { idsOn, inOrder, readBallot, readCount } from "./members.mjs";
import { checkPlan, METHODS } from "./plan.mjs";
import { ascending, byBytes, hasKeys, hexSha, isHex, isId, isNumber, isObject, isRound, isText, isWhole, listOf, need, orNull, readNumber, same, shape, total, whole, ZERO } from "./values.mjs";

const TIERS = ["sealed", "totals", "open"];
const LIMITS = ["min_length", "max_length", "min_sum_cost", "max_sum_cost", "min_points", "max_points", "min_sum_points", "max_sum_points"];
const isBoolean = (value) => typeof value === "boolean";

const shaped = (tests, where) => (value) => { shape(value, tests, "E502", where); return true; };

const PROPOSAL = { id: isId, number: orNull(isWhole), title: isText, cost: (cost) => isWhole(cost) && cost > 0, min_cost: orNull(isWhole), area: orNull(isText), category: listOf(isText), goals: listOf(isWhole), withdrawn: isBoolean };
const isProposal = (proposal) => isObject(proposal) && same(Object.keys(proposal).sort(), Object.keys(PROPOSAL).sort()) && Object.entries(PROPOSAL).every(([key, test]) => test(proposal[key]));

export function checkVersions(bundle) {
  const { "manifest.json": manifest, "round.json": round, "proposals.jsonl": proposals, "lot.json": lot, "trace.jsonl": trace, "result.json": result } = bundle.read;
  const schema = (document, pattern, where) => {
    need(isObject(document), "E502", where);
    need(isText(document.schema) && pattern.test(document.schema), "E501", where);
  };
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
  checkPlan(round.plan, round.ballot.method, proposals.filter(isProposal).map((proposal) => proposal.id));
  for (const plan of [manifest.plan.parameters, trace[0].plan, result.outcome.plan]) need(plan !== undefined && same(plan, round.plan), "E504", "plan");
  const shown = manifest.tier !== "totals", held = round.source.kind === "round";
  const belongs = { "ballots.tsv": shown, "totals.tsv": !shown, "events.jsonl": held, "leaves.txt": held, "rejected.tsv": held, "openings.tsv": held && manifest.tier === "sealed",
    "lot.json": (trace[0].lot ?? null) !== null, "tables/result.csv": true };
  need(held || manifest.tier !== "sealed", "E505", "a plain file has no openings");
  const isAnnounced = (ballots) => hasKeys(ballots, ["valid"]) && readNumber(ballots.valid)?.against(ZERO) >= 0;
  need(shown || isAnnounced(trace[0].ballots), "E502", "ballots of the header");
  const mayHaveRoot = shown || round.ballot.method === "hand-count";
  need(held || (manifest.events_head === null && (manifest.ballots_root !== null) === mayHaveRoot && manifest.ballots_root === (trace[0].ballots_root ?? null)), "E502", "manifest of a plain file");
  for (const [name, wanted] of Object.entries(belongs)) need(bundle.members.has(name) === wanted, wanted ? "E505" : "E506", name);
}

export function checkIds(bundle) {
  const { "manifest.json": manifest, "round.json": round, "proposals.jsonl": proposals } = bundle.read;
  need(manifest.round === round.round, "E601", "round");
  need(proposals.every(isProposal), "E603", "proposal");
  for (const { id, cost, min_cost: smallest } of proposals) need(smallest === null || (smallest >= 1 && smallest <= cost), "E603", id);
  const ids = proposals.map((proposal) => proposal.id), known = new Set(ids);
  need(ascending(ids), "E603", "ids");
  for (const { text } of [...(bundle.read["ballots.tsv"] ?? []), ...(bundle.read["openings.tsv"] ?? [])]) for (const id of idsOn(text, round.ballot.method)) need(known.has(id), "E602", id);
  for (const event of bundle.read["events.jsonl"] ?? []) if (event?.type === "withdrawn") need(known.has(event.payload?.proposal), "E602", "withdrawn");
  if (bundle.read["totals.tsv"]) need(same(bundle.read["totals.tsv"].map((row) => row.id), ids), "E604", "totals");
  if (bundle.read["lot.json"]) need([null, round.round].includes(bundle.read["lot.json"].round), "E601", "lot");
  if (bundle.read["lot.json"]) need(same([...bundle.read["lot.json"].order].sort(byBytes), ids), "E604", "lot");
  if (round.ballot.method === "hand-count") {
    const { valid } = bundle.read["trace.jsonl"][0].ballots;
    need(isWhole(valid), "E606", "valid");
    need(round.source.kind === "file" && manifest.tier === "totals", "E606", "a hand count has no ballots");
    for (const { id, supporters, score } of bundle.read["totals.tsv"]) need(same(supporters.asNumber, score.asNumber) && isWhole(score.asNumber) && score.asNumber >= 0 && !(valid === 0 && score.asNumber), "E606", id);
  }
  need(TIERS.indexOf(manifest.tier) <= TIERS.indexOf(round.tier), "E605", "tier");
}

export function checkBallots(bundle) {
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
