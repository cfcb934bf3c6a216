// What a plan may say: PLAN of trace.md, and what village-rules.md adds.
import { ascending, isId, isNumber, isText, isWhole, listOf, need, orNull, readNumber, same, shape, whole, ZERO } from "./values.mjs";

export const METHODS = ["approval", "knapsack", "points", "scoring", "ranked", "hand-count"];
const FIRST_BOOK = ["greedy", "greedy-stop", "greedy-per-cost", "greedy-80", "equal-shares", "phragmen"];
export const PARTIAL = ["residual", "residual-last", "prize-ladder", "rate-bands", "equal-split", "everyones-share"]; // may give a part of a price
const KINDS = ["at-most", "at-least", "earmark", "pot", "one-of", "together", "needs"], GOING_ON = ["greedy", "greedy-per-cost", "residual", "rate-bands"], BUYING = ["equal-shares", "phragmen"];
const carried = (rule) => (GOING_ON.includes(rule) ? KINDS : BUYING.includes(rule) ? ["at-most", "one-of"] : []); // the constraints of a rule
export const COUNTING = ["greedy", "greedy-stop", "greedy-per-cost", "greedy-80", "residual", "residual-last", "prize-ladder", "rate-bands", "equal-split", "acclamation"]; // follow from totals
export const isSingle = (method) => method === "approval" || method === "knapsack";

function carries(rule, method) { // whether the rule counts ballots of this method
  if (rule === "phragmen") return isSingle(method);
  if (rule === "everyones-share") return method === "knapsack" || method === "points";
  if (rule === "equal-shares" || rule === "acclamation") return method !== "hand-count";
  return [...FIRST_BOOK, ...PARTIAL].includes(rule);
}

const LEAST_AMOUNTS = { "at-most": 1, "at-least": 0, earmark: 0, pot: 0 };
const among = (...words) => (word) => words.includes(word);
const above = (limit) => (value) => isWhole(value) && value > limit;
const isShare = (value) => readNumber(value)?.against(ZERO) >= 0;
const isIds = (list) => listOf(isId)(list) && list.length > 0 && ascending(list);

const isConstraint = (rule) => (table) => {
  const lowest = LEAST_AMOUNTS[table?.kind] ?? null, tests = { kind: among(...carried(rule)), name: (name) => isText(name) && name !== "", proposals: isIds };
  if (table?.kind === "needs") tests.proposals = (list) => listOf(isId)(list) && list.length > 1 && new Set(list).size === list.length;
  if (table?.kind === "pot") tests.proposals = (list) => same(list, []) || isIds(list);
  if (lowest !== null) tests.amount = (amount) => isWhole(amount) && amount >= lowest;
  shape(table, tests, "E503", "constraint");
  return true;
};
function isBands(bands) {
  if (!listOf((band) => Array.isArray(band) && band.length === 2)(bands) || !bands.length || bands.at(-1)[0] !== null) return false;
  const limits = bands.slice(0, -1).map(([limit]) => limit), rates = bands.map(([, rate]) => readNumber(rate));
  return limits.every((limit, index) => isWhole(limit) && limit > (index ? limits[index - 1] : 0))
    && rates.every((rate) => rate && rate.against(ZERO) >= 0 && rate.against(whole(1)) <= 0) && rates.some((rate) => !rate.isZero);
}
const isPrizes = (prizes) => Array.isArray(prizes) && prizes.length > 0 && prizes.every((prize, index) => above(0)(prize) || (prize === "rest" && index === prizes.length - 1));

// ids: those of the election.
export function checkPlan(plan, method, ids) {
  const tests = {
    rule: (rule) => carries(rule, method),
    version: (version) => version === 1,
    threshold: orNull((threshold) => isNumber(threshold) && (method === "scoring" || isShare(threshold))),
    ties: (ties) => listOf(among("cheapest", "most-votes", "lot", "refuse"))(ties) && new Set(ties).size === ties.length
      && ["lot", "refuse"].includes(ties.at(-1)) && !ties.slice(0, -1).some((tie) => tie === "lot" || tie === "refuse"),
  };
  if (method === "ranked") tests.points_table = (table) => table === "borda" || (listOf((points) => isWhole(points) && points >= 0)(table) && table.length > 0);
  const { rule, recipients } = plan ?? {};
  if (rule === "equal-shares") {
    const stepping = isText(plan.completion) && plan.completion.startsWith("add1");
    tests.utility = isSingle(method) ? among("cost", "count") : among("points");
    tests.completion = among("none", "utilitarian", "add1", "add1e", "add1u", "add1eu");
    tests.start = (start) => (stepping ? ["integral", "exact"].includes(start) : start === null);
    tests.increment = (increment) => (stepping ? readNumber(increment)?.against(ZERO) > 0 : increment === null);
    tests.comparison = among("none", "satisfaction", "exclusion-ratio");
  }
  const splits = rule === "equal-split" || rule === "everyones-share", partial = PARTIAL.includes(rule);
  if (splits) tests.remainder = among("order", "leave");
  if (rule === "equal-split") tests.recipients = among("supported", "all");
  if (rule === "prize-ladder") tests.prizes = isPrizes;
  if (rule === "rate-bands") tests.bands = isBands;
  const kinds = Array.isArray(plan?.constraints) ? plan.constraints.map((table) => table?.kind) : [];
  if (kinds.includes("pot") || kinds.includes("earmark")) tests.unused = kinds.includes("pot") ? among("common", "leave", "resplit") : among("common", "leave");
  const optional = {
    cap: above(0), reserve: (reserve) => reserve === true, withdrawn: isIds, pre_funded: isIds, electorate: above(0),
    leftover: (word) => ["carry-over", "return", "next"].includes(word) || (partial && (word === "next-part" || (word === "redistribute" && !kinds.includes("at-most")))),
  };
  if (rule === "acclamation" || recipients === "all") tests.threshold = (threshold) => threshold === null;
  else Object.assign(optional, { threshold_share: (share) => isShare(share) && (!(isSingle(method) || method === "hand-count") || readNumber(share).against(whole(1)) <= 0), cost_share: isShare, turnout: isShare });
  if (splits) optional.unit = above(1);
  if (rule === "equal-split") optional.winners = above(0);
  if (carried(rule).length) optional.constraints = (tables) => listOf(isConstraint(rule))(tables) && tables.length > 0 && new Set(tables.map((table) => table.name)).size === tables.length;
  for (const [key, test] of Object.entries(optional)) if (plan?.[key] !== undefined) tests[key] = test;
  shape(plan, tests, "E503", "plan");
  const named = [plan.withdrawn, plan.pre_funded, ...(plan.constraints ?? []).map((table) => table.proposals)].flatMap((list) => list ?? []);
  for (const id of named) need(ids.includes(id), "E503", `${id} is no proposal`);
}
