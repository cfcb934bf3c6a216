// Section 9, "What totals allow": figures of the tier totals that no ballots could give, by the numbers of the page.
import { Money, turn } from "./going_on.mjs";
import { COUNTING } from "./plan.mjs";
import { ascending, isWhole, need, readNumber, same, total, whole, ZERO } from "./values.mjs";

const CURRENCY_UNIT = whole(100), TURNS = ["funded", "skipped"];
const holds = (condition, number) => need(condition, "E1508", `condition ${number}`);
const costs = (rows) => total(rows.map((row) => row.cost));

export function possible(election, header, steps) {
  const { plan, method, valid, rows } = election;
  for (const { supporters, score } of method === "hand-count" ? [] : rows) {
    holds(supporters.against(ZERO) >= 0 && supporters.against(valid) <= 0, 1);
    if (method === "scoring") continue;
    const order = score.against(supporters);
    holds(election.single ? order === 0 : order >= 0 && score.against(ZERO) > 0 === !supporters.isZero, 1);
  }
  if (COUNTING.includes(plan.rule)) return;
  holds(steps.every((step) => (step.left ?? 0) >= 0), 2);
  if (valid.isZero) return;
  const ofRule = steps.filter((step) => step.phase === "rule");
  if (plan.rule === "everyones-share") everyonesShare(election, ofRule);
  else buying(election, ofRule, steps.find((step) => step.kind === "endowment-stopped"));
  if (["utilitarian", "add1u", "add1eu"].includes(plan.completion)) turnsOf("completion", election, header, steps);
  if (steps.some((step) => step.taken === "greedy")) turnsOf("comparison", election, header, steps);
  if (["next", "next-part"].includes(plan.leftover)) turnsOf("leftover", election, header, steps);
}

function buying(election, steps, stopped) {
  const { plan, valid, shared, eligible, byId, single } = election, shares = plan.rule === "equal-shares";
  const bought = steps.filter((step) => step.kind === "funded").map((step) => byId.get(step.proposal)), lines = steps.slice(bought.length);
  const money = new Money(election, shared), spent = costs(bought), open = eligible.filter((row) => money.bars(row) === null);
  for (const row of bought) {
    holds(money.bars(row) === null, 3);
    money.fund(row, row.cost, "rule");
  }
  const rest = eligible.filter((row) => !bought.includes(row)), able = rest.filter((row) => money.bars(row) === null), barred = rest.filter((row) => money.bars(row) !== null);
  let each = shared.over(valid);
  if (stopped) {
    holds(isWhole(stopped.kept) && stopped.kept >= 0, 7);
    const first = plan.start === "exact" ? each : each.over(CURRENCY_UNIT).floor.times(CURRENCY_UNIT), at = (k) => first.plus(readNumber(plan.increment).times(CURRENCY_UNIT).times(whole(k)));
    each = at(stopped.kept);
    const left = shared.minus(spent), more = at(stopped.kept + 1), isExhaustive = plan.completion.startsWith("add1e") && able.every((row) => row.cost.against(left) > 0);
    const reason = isExhaustive ? "exhaustive" : able.length ? "over-pool" : "all-funded";
    holds(stopped.endowment === each.asRational && stopped.reason === reason, 7);
    const reachable = costs(eligible.filter((row) => row.cost.against(row.supporters.times(more)) <= 0));
    holds(reason !== "over-pool" || (valid.times(more).against(shared) > 0 && reachable.against(shared) > 0), 7);
  }
  const canPay = (row) => row.cost.against(row.supporters.times(each)) <= 0;
  if (shares) holds(bought.every(canPay) && spent.against(valid.times(each)) <= 0, 4);
  if (single && bought.length) {
    const price = (row) => (shares && plan.utility === "cost" ? whole(1) : row.cost).over(row.supporters);
    holds(open.filter((row) => !shares || canPay(row)).every((row) => price(row).against(price(bought[0])) >= 0), 5);
  }
  if (shares) {
    const due = rest.map((row) => [row.id, money.bars(row) ? "skipped" : "unaffordable", money.bars(row)]);
    holds(same(lines.map((line) => [line.proposal, line.kind, line.because ?? null]), due), 6);
    holds(able.every((row) => row.cost.against(row.supporters.times(each).minus(spent)) > 0), 4);
    return;
  }
  const ends = lines.filter((line) => line.kind === "stopped");
  holds(ends.length === (able.length ? 1 : 0), 6);
  holds(ends.every(({ over }) => ascending(over) && over.every((id) => able.some((row) => row.id === id && row.cost.against(money.left) > 0))), 6);
  holds(same(lines.slice(ends.length).map((line) => [line.proposal, line.kind, line.because ?? null]), barred.map((row) => [row.id, "skipped", money.bars(row)])), 6);
}

function everyonesShare({ plan, valid, shared, eligible, byId }, steps) {
  const out = steps.filter((step) => step.kind === "skipped").map((step) => step.proposal), unit = plan.unit ?? 1, given = steps.slice(out.length);
  holds(ascending(out) && same(steps.map((step) => step.proposal).sort(), eligible.map((row) => row.id).sort()), 9);
  holds(steps.every((step, index) => (index < out.length ? step.because === "below-minimum" : step.kind === "funded")), 9);
  holds(given.every((step, index) => index === 0 || byId.get(step.proposal).score.against(byId.get(given[index - 1].proposal).score) <= 0), 9);
  holds(given.every(({ proposal, amount }) => {
    const { supporters, least } = byId.get(proposal);
    return amount % unit === 0 && whole(amount).against(least) >= 0 && whole(amount).against(supporters.times(shared).over(valid).plus(whole(unit))) < 0;
  }), 9);
}

function turnsOf(phase, election, header, steps) {
  const { plan, eligible, byId, shared } = election, isTurn = (step) => step.phase === phase && TURNS.includes(step.kind), lines = steps.filter(isTurn);
  const start = lines.length ? steps.findIndex(isTurn) : steps.length;
  let money = new Money(election, shared);
  for (const step of steps.slice(0, start)) {
    if (step.taken === "greedy") money = new Money(election, shared);
    if (step.kind === "funded" && step.phase !== "given") money.fund(byId.get(step.proposal), whole(step.amount), step.phase);
  }
  holds(same(lines.map((line) => line.proposal).sort(), eligible.filter((row) => !money.funded.has(row)).map((row) => row.id).sort()), 8);
  const ranks = [(row) => ZERO.minus(row.score)];
  if (plan.ties.includes("cheapest")) ranks.push((row) => row.cost);
  if (header.lot && plan.ties.at(-1) === "lot") ranks.push((row) => whole(header.lot.order.indexOf(row.id)));
  const against = (one, other) => ranks.reduce((found, of) => found || of(one).against(of(other)), 0);
  let mayPart = plan.leftover === "next-part" && phase === "leftover";
  for (const [index, line] of lines.entries()) {
    const row = byId.get(line.proposal), [due] = turn(money, { phase }, row, {}, mayPart);
    if (due.kind === "funded" && whole(due.amount).against(row.ask) < 0) mayPart = false;
    holds(index === 0 || against(byId.get(lines[index - 1].proposal), row) <= 0, 8);
    holds(same([line.kind, line.amount ?? null, line.left, line.because ?? null], [due.kind, due.amount ?? null, due.left, due.because ?? null]), 8);
  }
}
