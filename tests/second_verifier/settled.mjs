// Section 4 and check 5 to 7: what was settled, which members belong to it, ids and ballots.
import { idsOn, inOrder, readBallot, readCount } from "./members.mjs";
import { checkPlan, METHODS } from "./plan.mjs";
import { ascending, byBytes, hasKeys, hexSha, isHex, isId, isNumber, isObject, isRound, isText, isWhole, listOf, need, orNull, readNumber, same, shape, total, whole, ZERO } from "./values.mjs";

const TIERS = ["sealed", "totals", "open"];
const LIMITS = ["min_length", "max_length", "min_sum_cost", "max_sum_cost", "min_points", "max_points", "min_sum_points", "max_sum_points"];
const isBoolean = (value) => typeof value === "boolean";

// Section 12: the texts by which rules and completions are known.
const TEXTS = {
  "greedy": ["717a2300499979a1ed786f9e5fef0752015e4633138259b389bcd7654e51fe4b"],
  "greedy-stop": ["05982eba3ea7eb403632ca02af4c4f8a685b7c9ec1527218c978c6b5426e0e66"],
  "greedy-per-cost": ["c49fcf31020589d0d8e06f2b4483ae9de3d184660c7d185478113177e07649df"],
  "greedy-80": ["45fc292223adecf38b2cdac0854eacaa9f1a7b1b7a518968fc5554ce1df9400c"],
  "equal-shares": ["50b7e2fb78156bf9a2d0d0a16baaf4b05ddcdbaac072167bc755ff71d95547d8", "318a6604315b7c4234a395f39e82569f16df273ff49f8e6488eb088c7c18ac06"],
  "phragmen": ["7931fb8940bb170fd9392273d68dcc457416d0cf45ce96dab703b35fbca3807c", "aa301db48bc5f039f65eda6334e6b892de9944fb1581fc990c113c39d8f94b99"],
  "residual": ["e3ed31bf90f88b8740df2db130a8e779ab9933cba5ef32d5c219bcb58ea8de83"],
  "residual-last": ["48e06f5c8d1949ddef02073c40f2c3625494167fdb973f4b8ee44bbce2ffa7cc"],
  "prize-ladder": ["20487a8b68ea6843139eb30f1ac505469fe0b6ef34b7fd885f8dcc8511c0f1ba"],
  "rate-bands": ["7fed62a3752fbea844301dabe102ba18d13225b38399f971d746f95484466ecf"],
  "equal-split": ["82367702be3be6fc909bdf31d50bd0222fd8d2f066ca648f9182c2da435fd9fe"],
  "everyones-share": ["e73873ac854a137da2bfcb96fff58433f232424839d3de34ea0d32f38e16d3ea"],
  "acclamation": ["9db32f292a9c21a2d07efeef1042ead3ce9cb6af54e3431c13b88bd64c87996d"],
  "none": ["d925e3545c0df1381d048c5d37ef938dd3b9839eca147577833b1fed089bf0b3"],
  "utilitarian": ["1a98658cefae34b2e8165c79bdc6e3294a26f5569c3596a3b28c82bd6b8ece78", "8788849e172f97300e7081ad4b046e5594b1681df7cbe9336f1e06bd7cf921de"],
  "add1": ["92ce4ac83192a86fba3c94f611d22278973392ddd77c3d166ea4f8fb2c58054a", "adc8d368900b755f5659f6b4d58a2d14393a76d5c485ea2ef7251ed678e06b6c"],
  "add1e": ["92ce4ac83192a86fba3c94f611d22278973392ddd77c3d166ea4f8fb2c58054a", "adc8d368900b755f5659f6b4d58a2d14393a76d5c485ea2ef7251ed678e06b6c"],
  "add1u": ["92ce4ac83192a86fba3c94f611d22278973392ddd77c3d166ea4f8fb2c58054a", "adc8d368900b755f5659f6b4d58a2d14393a76d5c485ea2ef7251ed678e06b6c"],
  "add1eu": ["92ce4ac83192a86fba3c94f611d22278973392ddd77c3d166ea4f8fb2c58054a", "adc8d368900b755f5659f6b4d58a2d14393a76d5c485ea2ef7251ed678e06b6c"],
};
export const isByHand = (bundle) => bundle.read["round.json"].ballot.method === "hand-count";
export const isNewer = (bundle) => bundle.read["manifest.json"].schema !== "borgerbudget.audit/1.0"; // 1.1 or later

const shaped = (tests, where) => (value) => { shape(value, tests, "E502", where); return true; };

const PROPOSAL = { id: isId, number: orNull(isWhole), title: isText, cost: (cost) => isWhole(cost) && cost > 0, min_cost: orNull(isWhole), area: orNull(isText), category: listOf(isText), goals: listOf(isWhole), withdrawn: isBoolean };
const isProposal = (proposal) => isObject(proposal) && same(Object.keys(proposal).sort(), Object.keys(PROPOSAL).sort()) && Object.entries(PROPOSAL).every(([key, test]) => test(proposal[key]));

export function checkVersions(bundle) {
  const since11 = (tests) => (isNewer(bundle) ? tests : {}), { "weights.json": weights } = bundle.read;
  const { "manifest.json": manifest, "round.json": round, "proposals.jsonl": proposals, "lot.json": lot, "trace.jsonl": trace, "result.json": result } = bundle.read;
  const schema = (document, pattern, where) => {
    need(isObject(document), "E502", where);
    need(isText(document.schema) && pattern.test(document.schema), "E501", where);
  };
  schema(manifest, /^borgerbudget\.audit\/1\.(0|[1-9][0-9]*)$/, "manifest");
  schema(round, /^borgerbudget\.round\/1$/, "round");
  schema(result, /^borgerbudget\.result\/1$/, "result");
  schema(result.outcome, /^borgerbudget\.outcome\/1$/, "outcome");
  need(isObject(trace[0]) && trace[0].kind === "header", "E502", "header");
  schema(trace[0], manifest.tier === "totals" ? /^borgerbudget\.trace-totals\/1$/ : /^borgerbudget\.trace\/1$/, "trace");
  const isPlan = isObject;
  shaped({ schema: isText, round: isRound, tier: (tier) => TIERS.includes(tier), plan: shaped({ parameters: isPlan, rule_sha256: isHex, completion_sha256: orNull(isHex) }, "plan"),
    ballots_root: orNull(isHex), events_head: orNull(isHex), files: Array.isArray, verifier_sha256: (hash) => hash === hexSha(bundle.members.get("verify.py")),
    engine: (text) => isText(text) && (!isNewer(bundle) || /^[0-9][0-9A-Za-z.+-]{0,39}$/.test(text)) }, "manifest")(manifest);
  shaped({ schema: isText, round: isRound, source: shaped({ kind: (kind) => kind === "file" || kind === "round", sha256: orNull(isHex) }, "source"),
    area: orNull(shaped({ id: isText, name: isText, population: orNull(isWhole) }, "area")),
    pool: shaped({ amount: (amount) => isWhole(amount) && amount > 0, currency: isText, minor_units: (units) => units === 2,
      sources: listOf(shaped({ name: isText, amount: isWhole, reference: orNull(isText) }, "sources")) }, "pool"),
    ballot: shaped({ method: (method) => METHODS.includes(method), default_score: isWhole, limits: shaped(Object.fromEntries(LIMITS.map((name) => [name, orNull(isWhole)])), "limits"), ...since11({ breaking: orNull(isWhole) }) }, "ballot"),
    plan: isPlan, tier: (tier) => TIERS.includes(tier), tier_reason: orNull(isText), eligible: orNull(isWhole), threshold: isWhole, signers: listOf(shaped({ fingerprint: isHex, public_key: isHex, role: isText }, "signers")) }, "round")(round);
  const { amount, sources } = round.pool;
  need(!sources.length || total(sources.map((source) => whole(source.amount))).against(whole(amount)) === 0, "E502", "sources");
  if (lot !== undefined) {
    schema(lot, /^borgerbudget\.lot\/1$/, "lot");
    shaped({ schema: isText, order: listOf(isId), dice: orNull(isText), round: orNull(isRound), witnesses: listOf(isText) }, "lot")(lot);
  }
  if (weights !== undefined) {
    schema(weights, /^borgerbudget\.weights\/1$/, "weights");
    need(isNewer(bundle) && round.source.kind === "file" && round.ballot.method !== "hand-count", "E506", "weights.json");
    shaped({ schema: isText, by: (by) => ["weights", "population"].includes(by), heads: orNull(listOf(isWhole)),
      areas: listOf(shaped({ name: isText, number: isNumber, heads: isWhole, weight: isNumber }, "areas")) }, "weights")(weights);
  }
  const isHeads = orNull(shaped({ valid: isWhole, supporters: orNull(listOf(shaped({ proposal: isId, heads: isWhole }, "supporters"))) }, "heads"));
  shaped({ ...since11({ heads: isHeads }), schema: isText, outcome: isObject, left: isWhole, near_misses: listOf(shaped({ proposal: isId, reason: isText, missing: isNumber }, "near_misses")) }, "result")(result);
  checkPlan(round.plan, round.ballot.method, proposals.filter(isProposal).map((proposal) => proposal.id));
  for (const plan of [manifest.plan.parameters, trace[0].plan, result.outcome.plan]) need(plan !== undefined && same(plan, round.plan), "E504", "plan");
  for (const [name, hash] of [[round.plan.rule, manifest.plan.rule_sha256], [round.plan.completion, manifest.plan.completion_sha256]]) {
    need(name === undefined ? hash === null : TEXTS[name]?.includes(hash), "E507", name);
  }
  const shown = manifest.tier !== "totals", held = round.source.kind === "round", byHand = isByHand(bundle);
  need(!byHand || (!shown && (!held || isNewer(bundle))), "E502", "a hand count shows totals");
  const belongs = { "ballots.tsv": shown, "totals.tsv": !shown, "events.jsonl": held, "leaves.txt": held && !byHand, "rejected.tsv": held && !byHand, "openings.tsv": held && manifest.tier === "sealed",
    "lot.json": (trace[0].lot ?? null) !== null, "tables/result.csv": true };
  need(held || manifest.tier !== "sealed", "E502", "a plain file has no openings");
  const isAnnounced = (ballots) => hasKeys(ballots, ["valid"]) && readNumber(ballots.valid)?.against(ZERO) >= 0;
  need(shown || isAnnounced(trace[0].ballots), "E502", "ballots of the header");
  const mayHaveRoot = shown || byHand;
  need(held || (manifest.events_head === null && (manifest.ballots_root !== null) === mayHaveRoot && manifest.ballots_root === (trace[0].ballots_root ?? null)), "E502", "manifest of a plain file");
  need(!isNewer(bundle) || (round.ballot.breaking !== null) === (!held && shown), "E502", "breaking");
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
    const votes = bundle.read["totals.tsv"], { max_length: longest } = round.ballot.limits;
    need(longest === null || total(votes.map((row) => row.score)).against(whole(valid).times(whole(longest))) <= 0, "E606", "max_length");
    for (const { id, supporters, score } of votes) need(same(supporters.asNumber, score.asNumber) && isWhole(score.asNumber) && score.asNumber >= 0 && !(valid === 0 && score.asNumber), "E606", id);
  }
  need(TIERS.indexOf(manifest.tier) <= TIERS.indexOf(round.tier), "E605", "tier");
}

// weights.json: people and what their ballots weigh.
export function checkWeights(bundle) {
  const { "weights.json": weights, "ballots.tsv": profile, "trace.jsonl": [header] } = bundle.read;
  if (weights === undefined) return;
  const { by, areas, heads } = weights, people = areas.reduce((sum, area) => sum + area.heads, 0), numbers = areas.map((area) => readNumber(area.number)), all = total(numbers);
  need(ascending(areas.map((area) => area.name)), "E703", "order of areas");
  need(areas.every((area, index) => area.heads > 0 && numbers[index].against(ZERO) > 0), "E703", "areas");
  const each = areas.map((area) => readNumber(area.weight));
  areas.forEach((area, index) => {
    const due = by === "weights" ? numbers[index] : numbers[index].over(all).times(whole(people)).over(whole(area.heads));
    need(each[index].against(due) === 0, "E703", area.name);
  });
  const votes = profile ? total(profile.map((row) => row.voters)) : readNumber(header.ballots.valid);
  need(total(areas.map((area, index) => each[index].times(whole(area.heads)))).against(votes) === 0, "E703", "votes");
  need((heads !== null) === Boolean(profile), "E703", "heads");
  if (heads === null) return;
  need(heads.length === profile.length && heads.every((number) => number > 0) && heads.reduce((sum, number) => sum + number, 0) === people, "E703", "heads");
  heads.forEach((number, index) => {
    const { voters, text } = profile[index], bounds = each.map((weight) => weight.times(whole(number)).against(voters));
    need(bounds.some((sign) => sign <= 0) && bounds.some((sign) => sign >= 0), "E703", text);
  });
}

export function checkBallots(bundle) {
  checkProfile(bundle);
  checkWeights(bundle);
  const { "ballots.tsv": profile, "weights.json": weights, "round.json": round, "manifest.json": { tier } } = bundle.read;
  if (tier !== "open" || !isNewer(bundle) || round.tier_reason) return;
  const people = profile.map(({ voters }, index) => (weights ? whole(weights.heads[index]) : voters)), alone = people.filter((number) => number.against(whole(1)) <= 0).length;
  need(total(people).against(whole(500)) >= 0 && whole(10 * alone).against(total(people)) <= 0, "E704", "tier_reason");
}
function checkProfile(bundle) {
  const { ballot: { method, default_score: standard, limits, breaking }, pool, source } = bundle.read["round.json"];
  let broken = 0;
  const cost = new Map(bundle.read["proposals.jsonl"].map((proposal) => [proposal.id, proposal.cost]));
  const pointed = method === "points" || method === "scoring";
  need(inOrder(bundle.read["ballots.tsv"]), "E701", "order");
  for (const ballotRow of bundle.read["ballots.tsv"]) {
    const { text, count } = ballotRow, entries = readBallot(text, method), voters = readCount(count);
    need(entries && voters, "E701", text);
    Object.assign(ballotRow, { entries, voters });
    if (method === "points") need(entries.every(([, points]) => points > 0), "E701", "points");
    if (method === "scoring") need(entries.every(([, points]) => points !== standard), "E701", "default score");
    const file = source.kind === "file";
    if (file && !isNewer(bundle)) continue;
    need(file || voters.denominator === 1n, "E701", "count");
    need(file || new Set(entries.map(([id]) => id)).size === entries.length, "E701", "an id twice");
    if (text === "") continue;
    let breaks = false;
    const within = (value, least, most) => { breaks ||= (least !== null && value.against(whole(least)) < 0) || (most !== null && value.against(whole(most)) > 0); };
    within(whole(entries.length), limits.min_length, limits.max_length);
    if (method === "approval" || method === "knapsack") {
      within(total(entries.map(([id]) => whole(cost.get(id)))), limits.min_sum_cost, limits.max_sum_cost ?? (method === "knapsack" ? pool.amount : null));
    }
    if (pointed) {
      for (const [, points] of entries) within(whole(points), limits.min_points, limits.max_points);
      within(total(entries.map(([, points]) => whole(points))), limits.min_sum_points, limits.max_sum_points);
    }
    if (breaks) need(file && breaking > 0, "E702", text);
    broken += breaks;
  }
  need(source.kind !== "file" || !isNewer(bundle) || broken === breaking, "E705", "breaking");
}
