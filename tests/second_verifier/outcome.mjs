// The count of every rule, what its trace says of the outcome, and checks 12 to 15: sections 4 and 9.
import { contradicts } from "./contradictions.mjs";
import { electionOf, Ties, valuesOf } from "./election.mjs";
import { equalShares, phragmen, stopping } from "./first_book.mjs";
import { afterwards, Money, passes } from "./going_on.mjs";
import { COUNTING, PARTIAL } from "./plan.mjs";
import { possible } from "./possible.mjs";
import { acclamation, equalSplit, everyonesShare, prizeLadder, redistribute } from "./splits.mjs";
import { isNewer } from "./settled.mjs";
import { ascending, byBytes, decode, hexSha, isWhole, need, Rational, readNumber, Refused, same, spell, total, Undone, whole, ZERO } from "./values.mjs";

// ---- From a trace to an outcome --------------------------------------------------------------------------------

function fold(header, steps) {
  const price = new Map(header.proposals.map((row) => [row.proposal, row.ask ?? row.cost])), initial = header.proposals.map((row) => [row.proposal, row.out ?? "after-stop"]), takesPart = new Set(header.proposals.filter((row) => row.out === null).map((row) => row.proposal));
  let funded = [], missing = new Map(), endowment = null, reasons = new Map(initial);
  const ties = [];
  for (const step of steps) {
    const { kind, proposal, amount } = step;
    if (kind === "funded") funded.push({ proposal, amount, step: step.step, given: step.phase === "given", ...(step.topped_up === undefined ? {} : { topped_up: step.topped_up }) });
    if (kind === "topped") funded.find((one) => one.proposal === proposal).amount += amount;
    if (kind === "comparison" && step.taken === "greedy") [funded, missing, endowment, reasons] = [funded.filter((one) => one.given), new Map(), null, new Map(initial)];
    for (const id of kind === "skipped" ? [proposal] : step.over ?? []) {
      if (takesPart.has(id)) reasons.set(id, step.because ?? "does-not-fit");
      if (step.because === undefined) missing.set(id, whole(price.get(id)).minus(whole(step.left)));
    }
    if (kind === "unaffordable") {
      if (takesPart.has(proposal)) reasons.set(proposal, "unaffordable");
      if (step.value !== undefined) {
        const [numerator, denominator] = step.value.split("/");
        missing.set(proposal, whole(price.get(proposal)).minus(new Rational(BigInt(numerator), BigInt(denominator))));
      }
    }
    if (kind === "endowment-stopped") endowment = step.endowment;
    if (step.tied?.length && step.decided_by !== null) ties.push({ step: step.step, tied: step.tied, chosen: proposal ?? step.over[0], decided_by: step.decided_by });
  }
  const done = new Set(funded.map((one) => one.proposal));
  const notFunded = header.proposals.map((row) => row.proposal).filter((id) => !done.has(id)).map((id) => ({ proposal: id, reason: reasons.get(id) }));
  const near = notFunded.filter((one) => missing.get(one.proposal)?.against(ZERO) > 0).map(({ proposal, reason }) => ({ proposal, reason, missing: missing.get(proposal).asNumber }));
  return { funded: funded.map(({ given, ...rest }) => rest), not_funded: notFunded, ties, endowment, spent: total(funded.map((one) => whole(one.amount))).asNumber, near };
}

// The reserve list: who could move up, by score, then by the criteria and the lot; what stays tied stands together.
function reserveOf(header, funded) {
  const done = new Set(funded.map((one) => one.proposal)), order = header.lot?.order;
  const value = { cheapest: (row) => whole(row.cost), "most-votes": (row) => ZERO.minus(readNumber(row.score)), lot: order && ((row) => whole(order.indexOf(row.proposal))) };
  const by = ["most-votes", ...header.plan.ties].map((criterion) => value[criterion]).filter(Boolean);
  const against = (one, other) => by.reduce((found, of) => found || of(one).against(of(other)), 0);
  const classes = [];
  for (const row of header.proposals.filter((one) => one.out === null && !done.has(one.proposal)).sort(against)) {
    if (classes.length && against(classes.at(-1)[0], row) === 0) classes.at(-1).push(row);
    else classes.push([row]);
  }
  return classes.map((rows) => rows.map((row) => row.proposal).sort(byBytes));
}

function outcomeOf(bundle, header, steps) {
  const { "round.json": { plan, pool, source, ballot } } = bundle.read, { near, ...folded } = fold(header, steps), valid = readNumber(header.ballots.valid);
  const outcome = { schema: "borgerbudget.outcome/1", plan, currency: pool.currency, minor_units: 2, pool: pool.amount, ballots: header.ballots, input_sha256: source.sha256, ...folded };
  if (plan.rule === "equal-shares" && !plan.completion.startsWith("add1") && !valid.isZero && !steps.some((step) => step.taken === "greedy")) {
    const given = total(header.proposals.filter((row) => row.out === "pre-funded").map((row) => whole(row.cost)));
    outcome.endowment = whole(pool.amount).minus(given).over(valid).asRational;
  }
  if (ballot.method === "hand-count") outcome.recountable = false;
  if (plan.leftover !== undefined) outcome.leftover = { amount: pool.amount - folded.spent, policy: plan.leftover };
  if (plan.reserve) outcome.reserve = reserveOf(header, folded.funded);
  return { outcome, near };
}

const handCountRoot = ({ rows }) => hexSha(rows.map(({ id, score }) => `${id}\t${score.asNumber}\n`).join(""));
function headerOf(bundle, election) {
  const { "lot.json": lot, "manifest.json": manifest } = bundle.read, partial = PARTIAL.includes(election.plan.rule);
  return {
    kind: "header", schema: bundle.members.has("ballots.tsv") ? "borgerbudget.trace/1" : "borgerbudget.trace-totals/1", plan: election.plan, pool: election.pool.asNumber,
    ballots: election.ballots, ballots_root: election.method === "hand-count" ? handCountRoot(election) : manifest.ballots_root, lot: lot ? { order: lot.order, dice: lot.dice, round: lot.round } : null,
    proposals: election.rows.map(({ id, cost, ask, score, supporters, out }) => ({ proposal: id, cost: cost.asNumber, score: score.asNumber, supporters: supporters.asNumber, out,
      ...(partial ? { ask: ask.asNumber } : {}) })),
  };
}

// ---- The count -------------------------------------------------------------------------------------------------

function ruleSteps(election, ties) { // -> intervals and steps
  const { rule } = election.plan, steps = (found) => ({ intervals: [], steps: [...found] });
  if (rule === "equal-shares") return election.valid.isZero ? steps([]) : equalShares(election, ties);
  if (rule === "phragmen") return steps(phragmen(election, ties));
  if (["greedy-stop", "greedy-80", "residual-last"].includes(rule)) return steps(stopping(election, ties));
  const splits = { "prize-ladder": prizeLadder, "equal-split": equalSplit, "everyones-share": everyonesShare, acclamation };
  return steps(rule in splits ? splits[rule](election, ties) : passes(new Money(election, election.shared), ties));
}
function leftoverSteps(election, before, ties) {
  const { leftover } = election.plan;
  if (!["next", "next-part", "redistribute"].includes(leftover)) return [];
  let money = new Money(election, election.shared);
  for (const step of before) {
    if (step.taken === "greedy") money = new Money(election, election.shared);
    if (step.kind === "funded") money.fund(election.byId.get(step.proposal), whole(step.amount), step.phase);
  }
  return [...(leftover === "redistribute" ? redistribute : afterwards)(money, ties)];
}
function givenSteps({ preFunded, pool }) {
  let left = pool;
  return preFunded.map(({ id, cost }) => {
    left = left.minus(cost);
    return { kind: "funded", phase: "given", proposal: id, amount: cost.asNumber, left: left.asNumber, value: "0/1", tied: [], decided_by: null };
  });
}
function count(bundle) { // -> the lines of the trace, by every way of breaking open ties
  if (bundle.counted) return bundle.counted;
  const election = electionOf(bundle), lot = bundle.read["lot.json"], header = headerOf(bundle, election);
  let path = [], first = null, leaves = 0;
  need(!contradicts(election), "E1313", "the plan contradicts itself");
  do {
    const ties = new Ties(election.plan, lot?.order, path), { intervals, steps: counted } = ruleSteps(election, ties);
    const steps = [...givenSteps(election), ...counted, ...leftoverSteps(election, counted, ties)];
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

// ---- Checks 13 to 15 -------------------------------------------------------------------------------------------

const isCounting = (bundle) => COUNTING.includes(bundle.read["round.json"].plan.rule);
function mayCount(bundle) {
  if (!isCounting(bundle) && bundle.read["manifest.json"].tier === "totals") throw new Undone();
}
export function checkRecount(bundle) {
  mayCount(bundle);
  const { header, steps } = count(bundle), { outcome: ours } = outcomeOf(bundle, header, steps), { outcome } = bundle.read["result.json"];
  const named = (list) => (Array.isArray(list) ? list.map((one) => one?.proposal ?? null) : null), mine = named(ours.funded), theirs = named(outcome.funded);
  need(theirs !== null && same([...mine].sort(byBytes), theirs.map(String).sort(byBytes)), "E1311", "funded");
  need(same(mine, theirs), "E1314", "order");
  need(same(ours.funded, outcome.funded), "E1315", "amounts");
  for (const key of new Set([...Object.keys(ours), ...Object.keys(outcome)])) need(key in ours && key in outcome && same(ours[key], outcome[key]), "E1312", key);
}
export function checkTrace(bundle) {
  mayCount(bundle);
  const { header, intervals, steps } = count(bundle);
  const lines = [header, ...intervals, ...steps].map((line) => `${spell(line)}\n`).join("");
  need(lines === decode(bundle.members.get("trace.jsonl")), "E1401", "differs from the count");
}

const SHOWN_IN_TOTALS = ["kind", "step", "phase", "proposal", "amount", "topped_up", "over", "left", "reason", "kept", "endowment", "taken", "because"];

// Section 9: the phases of a plan in their order, each with the kinds of its steps.
function placesOf({ rule, completion, comparison, leftover, unused, constraints = [] }) {
  const has = (kind) => constraints.some((table) => table.kind === kind), turns = ["funded", "skipped"], places = [["given", "funded"]];
  const ifSo = (condition, phase, ...kinds) => { if (condition) places.push([phase, ...kinds]); };
  ifSo(has("at-least"), "floor", ...turns);
  ifSo(has("pot"), "pot", ...turns);
  if (rule === "equal-shares") places.push(["rule", "funded"], ["rule", "skipped", "unaffordable"]);
  else if (rule === "phragmen") places.push(["rule", "funded"], ["rule", "stopped"], ["rule", "skipped"]);
  else places.push(["rule", ...turns, "stopped"]);
  ifSo(has("earmark") && unused === "common", "released", ...turns);
  ifSo(completion?.startsWith("add1"), "completion", "endowment-stopped");
  ifSo(["utilitarian", "add1u", "add1eu"].includes(completion), "completion", ...turns);
  ifSo((comparison ?? "none") !== "none", "comparison", "comparison");
  ifSo((comparison ?? "none") !== "none", "comparison", ...turns);
  ifSo(["next", "next-part"].includes(leftover), "leftover", ...turns);
  ifSo(leftover === "redistribute", "leftover", "topped");
  return places;
}

// Section 9: steps are numbered and in their place, name whom they may, give what they may, and say what is left of the pool.
function stepsHold(steps, header, plan, pool) {
  const rows = new Map(header.proposals.map((row) => [row.proposal, row])), places = placesOf(plan), given = [];
  let left = pool, place = 0, funded = new Set(), tookGreedy = false;
  for (const [index, step] of steps.entries()) {
    const { kind, phase, proposal, amount, topped_up: topped } = step;
    while (place < places.length && !(places[place][0] === phase && places[place].includes(kind, 1))) place += 1;
    need(step.step === index + 1 && place < places.length, "E1504", "order of steps");
    if (phase === "given") given.push(proposal);
    if (kind === "comparison") {
      need(["greedy", "equal-shares"].includes(step.taken), "E1504", "taken");
      tookGreedy = step.taken === "greedy";
      if (tookGreedy) [left, funded] = [pool - given.reduce((sum, id) => sum + rows.get(id).cost, 0), new Set(given)];
    } else need(phase !== "comparison" || tookGreedy, "E1504", "a comparison that did not take greedy");
    need(phase === "given" || [proposal ?? [], step.over ?? []].flat().every((id) => rows.get(id)?.out === null), "E1504", "takes no part");
    if (kind === "funded" || kind === "topped") {
      need(funded.has(proposal) === (kind === "topped"), "E1504", `${proposal} is funded, or is not`);
      need(isWhole(amount) && amount > 0, "E1501", "amount");
      funded.add(proposal);
      left -= amount;
    }
    if (kind === "funded") {
      const { cost, ask } = rows.get(proposal), isPart = PARTIAL.includes(plan.rule) && phase !== "given";
      need(topped === undefined || (plan.rule === "greedy-80" && topped >= 0), "E1501", "topped_up");
      need(isPart ? amount <= ask : amount + (topped ?? 0) === cost, "E1501", "amount");
    }
    need(kind === "endowment-stopped" || kind === "comparison" || step.left === left, "E1501", "left");
  }
  need(same(given, plan.pre_funded ?? []), "E1504", "given");
  const { completion, comparison } = plan, due = { "endowment-stopped": completion?.startsWith("add1"), comparison: (comparison ?? "none") !== "none" };
  for (const [kind, wanted] of Object.entries(due)) {
    need(steps.filter((step) => step.kind === kind).length === Number(Boolean(wanted) && !readNumber(header.ballots.valid).isZero), "E1504", kind);
  }
}

// How many people have voted and, where ballots are shown, how many support each proposal.
function headsOf(bundle) {
  const { "weights.json": weights, "ballots.tsv": profile, "round.json": { ballot, plan }, "proposals.jsonl": proposals } = bundle.read;
  if (!weights) return null;
  const valid = weights.areas.reduce((sum, area) => sum + area.heads, 0);
  if (!profile) return { valid, supporters: null };
  const values = profile.map(({ entries }) => valuesOf(entries, ballot, plan.points_table, proposals));
  const supporters = proposals.map(({ id }) => ({ proposal: id, heads: values.reduce((sum, one, index) => sum + ((one.get(id) ?? 0) > 0 ? weights.heads[index] : 0), 0) }));
  return { valid, supporters };
}

export function checkArithmetic(bundle) {
  const { "result.json": result, "trace.jsonl": [header, ...lines], "proposals.jsonl": proposals, "totals.tsv": totals, "round.json": round, "manifest.json": { tier } } = bundle.read, { outcome } = result;
  const { funded, not_funded: others, spent, pool } = outcome, cost = new Map(proposals.map((proposal) => [proposal.id, proposal.cost])), partial = PARTIAL.includes(round.plan.rule);
  need(same([...funded, ...others].map((one) => one.proposal).sort(byBytes), [...cost.keys()]), "E1503", "ids");
  need(ascending(others.map((one) => one.proposal)), "E1506", "order of not_funded");
  need(pool === round.pool.amount && spent <= pool, "E1502", "over the pool");
  for (const { proposal, amount, topped_up: topped } of funded) {
    const price = amount + (topped ?? 0);
    need(isWhole(amount) && (partial ? amount > 0 && price <= cost.get(proposal) : price === cost.get(proposal)), "E1501", proposal);
  }
  need(total(funded.map((one) => whole(one.amount))).asNumber === spent && pool - spent === result.left, "E1501", "sum");
  let ours, near, steps;
  try {
    steps = lines.filter((line) => line.kind !== "interval");
    stepsHold(steps, header, round.plan, pool);
    ({ outcome: ours, near } = outcomeOf(bundle, header, steps));
  } catch (error) {
    throw error instanceof Refused ? error : new Refused("E1504", error.message);
  }
  if (tier === "totals" && !isCounting(bundle)) ours.ties = [];
  const order = (list) => list.map((one) => one.proposal);
  need(!same([...order(ours.funded)].sort(byBytes), [...order(funded)].sort(byBytes)) || same(order(ours.funded), order(funded)), "E1507", "order of funded");
  need(!isNewer(bundle) || same(result.heads, headsOf(bundle)), "E1504", "heads");
  need(same(ours, outcome) && same(near, result.near_misses), "E1504", "differs from the trace");
  if (totals) {
    const told = header.proposals.map(({ proposal, supporters, score }) => [proposal, supporters, score]);
    need(same(told, totals.map(({ id, supporters, score }) => [id, supporters.asNumber, score.asNumber])), "E1505", "totals");
  }
  const election = electionOf(bundle);
  need(same(header, headerOf(bundle, election)), "E1505", "header");
  if (totals) possible(election, header, steps);
  if (!totals || isCounting(bundle)) return;
  for (const line of lines) need(line.kind !== "interval" && Object.keys(line).every((key) => SHOWN_IN_TOTALS.includes(key)), "E1505", "a line shows more than totals do");
}
