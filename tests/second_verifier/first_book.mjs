// Greedy rules that stop, Phragmen and equal shares: trace.md, and "Buying with constraints" of village-rules.md. They share out what is left after what was pre-funded.
import { best, turns } from "./election.mjs";
import { goingOn, Money } from "./going_on.mjs";
import { byBytes, readNumber, same, spell, total, whole, ZERO } from "./values.mjs";

const sumOf = (rows, amount) => total(rows.map(amount));

// greedy-stop, greedy-80, residual-last: the first that does not fit is the last, and may get a part.
export function stopping(election, ties) {
  const { rule } = election.plan, steps = [];
  let left = election.shared;
  for (const { row, says } of turns(election.eligible, ties, { isSettled: (open) => sumOf(open, (one) => one.ask).against(left) <= 0 })) {
    const fund = (amount, more = {}) => {
      left = left.minus(amount);
      steps.push({ kind: "funded", phase: "rule", ...says, amount: amount.asNumber, left: left.asNumber, ...more });
    };
    if (row.ask.against(left) <= 0) {
      fund(row.ask);
      continue;
    }
    if (rule === "greedy-80" && whole(5).times(left).against(whole(4).times(row.cost)) >= 0) fund(left, { topped_up: row.cost.minus(left).asNumber });
    else if (rule === "residual-last" && left.against(row.least) >= 0) fund(left);
    else {
      const { proposal, ...rest } = says;
      steps.push({ kind: "stopped", phase: "rule", ...rest, over: [proposal], left: left.asNumber });
    }
    break;
  }
  return steps;
}

const barredStep = (row, because, left, value) => ({ kind: "skipped", phase: "rule", proposal: row.id, left: left.asNumber, value: value.asRational, tied: [], decided_by: null, because });

// Phragmen's sequential rule: what its supporters carry is shared evenly, the least load first, until one of those tied does not fit.
export function phragmen(election, ties) {
  const { groups, eligible } = election, loads = new Map(groups.map((group) => [group, ZERO])), money = new Money(election, election.shared), steps = [];
  const loadOf = (row) => row.support.reduce((sum, { group }) => sum.plus(group.voters.times(loads.get(group))), row.cost).over(row.supporters);
  let remaining = eligible;
  for (;;) {
    const open = remaining.filter((row) => money.bars(row) === null);
    if (!open.length) break;
    const tied = best(open, (row) => ZERO.minus(loadOf(row))), value = loadOf(tied[0]);
    const over = tied.filter((row) => row.cost.against(money.left) > 0).map((row) => row.id);
    if (over.length) {
      steps.push({ kind: "stopped", phase: "rule", over, left: money.left.asNumber, value: value.asRational, tied: tied.length > 1 ? tied.map((row) => row.id) : [], decided_by: null });
      break;
    }
    const choice = ties.choose(tied, () => false), { row } = choice;
    for (const { group } of row.support) loads.set(group, value);
    remaining = remaining.filter((other) => other !== row);
    money.fund(row, row.cost, "rule");
    steps.push({ kind: "funded", phase: "rule", proposal: row.id, amount: row.cost.asNumber, left: money.left.asNumber, value: value.asRational, tied: choice.tied, decided_by: choice.decided_by });
  }
  for (const row of remaining) if (money.bars(row)) steps.push(barredStep(row, money.bars(row), money.left, loadOf(row)));
  return steps;
}

// The least rho at which the supporters together pay the cost; null if their money is too little.
function leastRho(row, purses, utility) {
  const paying = row.support.map(({ group, points }) => ({ voters: group.voters, money: purses.get(group), utility: utility(row, points) }));
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
  const money = new Money(election, election.shared), purses = new Map(groups.map((group) => [group, endowment])), rounds = new Map(groups.map((group) => [group, []])), empty = new Set();
  const known = new Map(); // the last rho of each: it never falls, so one above the best need not be found again
  const steps = [];
  let remaining = eligible;
  for (;;) {
    let least = null, tied = [];
    for (const row of remaining.filter((one) => money.bars(one) === null).sort((a, b) => (known.get(a) ?? ZERO).against(known.get(b) ?? ZERO))) {
      if (least && known.get(row)?.against(least) > 0) continue;
      const rho = leastRho(row, purses, utility);
      if (rho === null) continue;
      known.set(row, rho);
      const order = least === null ? -1 : rho.against(least);
      if (order < 0) [least, tied] = [rho, [row]];
      else if (order === 0) tied.push(row);
    }
    if (least === null) break;
    const choice = ties.choose(tied.sort((a, b) => byBytes(a.id, b.id)), () => false), { row } = choice, step = steps.length + 1, ranOut = new Map();
    let inFull = ZERO;
    for (const { group, points } of row.support) {
      const price = least.times(utility(row, points)), weight = single ? whole(1) : points;
      if (purses.get(group).against(price) >= 0) {
        inFull = inFull.plus(group.voters.times(weight));
        rounds.get(group).push(single ? step : [step, weight.asNumber]);
        purses.set(group, purses.get(group).minus(price));
      } else {
        purses.set(group, ZERO);
        if (empty.has(group)) continue;
        empty.add(group);
        const key = spell(rounds.get(group)), entry = ranOut.get(key) ?? [ZERO, [...rounds.get(group)]];
        ranOut.set(key, [entry[0].plus(group.voters), entry[1]]);
      }
    }
    money.fund(row, row.cost, "rule");
    remaining = remaining.filter((other) => other !== row);
    steps.push({ kind: "funded", phase: "rule", proposal: row.id, amount: row.cost.asNumber, left: money.left.asNumber, value: least.asRational, tied: choice.tied, decided_by: choice.decided_by,
      paid_in_full: inFull.asNumber, ran_out: [...ranOut.values()].sort((a, b) => listOrder(a[1], b[1])).map(([voters, list]) => [voters.asNumber, list]) });
  }
  const { left } = money, spent = election.shared.minus(left), funded = steps.map((step) => step.proposal);
  for (const row of remaining) {
    const together = total(row.support.map(({ group }) => group.voters.times(purses.get(group)))), because = money.bars(row);
    steps.push(because ? barredStep(row, because, left, together) : { kind: "unaffordable", phase: "rule", proposal: row.id, left: left.asNumber, value: together.asRational });
  }
  return { steps, funded, remaining, open: remaining.filter((row) => money.bars(row) === null), spent, money, endowment };
}
function listOrder(a, b) { // as Python compares lists
  if (!Array.isArray(a)) return a - b;
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const order = listOrder(a[index], b[index]);
    if (order) return order;
  }
  return a.length - b.length;
}

export function equalShares(election, ties) {
  const { plan, shared, valid, eligible, preFunded } = election, share = shared.over(valid), intervals = [];
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
      if (run.spent.against(shared) > 0) [reason, kept] = ["over-pool", k - 1];
      else if (plan.completion.startsWith("add1e") && run.open.every((row) => row.cost.against(run.money.left) > 0)) reason = "exhaustive";
      else if (!run.open.length) reason = "all-funded";
    }
    const over = reason === "over-pool" ? run : null;
    if (over) run = before;
    steps.push(...run.steps, { kind: "endowment-stopped", phase: "completion", reason, kept, endowment: run.endowment.asRational,
      next_endowment: over && over.endowment.asRational, next_total: over && over.spent.asNumber });
  }
  if (["utilitarian", "add1u", "add1eu"].includes(plan.completion)) steps.push(...goingOn(run.money, run.remaining, "completion", ties));
  if (plan.comparison !== "none") {
    const greedy = goingOn(new Money(election, shared), eligible, "comparison", ties);
    const idsOf = (list) => list.filter((step) => step.kind === "funded").map((step) => step.proposal);
    const given = preFunded.map((row) => row.id), [theirs, ours] = [[...given, ...idsOf(greedy)], [...given, ...idsOf(steps)]];
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
