// Rules that split a sum, give prizes or everything: village-rules.md, "Allocations".
import { best, turns } from "./election.mjs";
import { least, total, whole, ZERO } from "./values.mjs";

const ONE = whole(1);
const toUnits = (amount, unit) => amount.over(unit).floor.times(unit);
const fundedStep = (says, amount, left) => ({ kind: "funded", phase: "rule", ...says, amount: amount.asNumber, left: left.asNumber });

export function* prizeLadder({ plan, eligible, shared }, ties) {
  const prizes = [...plan.prizes];
  let left = shared;
  const isSettled = (open) => prizes.length >= open.length && prizes.slice(0, open.length).every((prize) => prize !== "rest" && prize === prizes[0]);
  for (const { row, says } of turns(eligible, ties, { isSettled })) {
    const amount = least(prizes[0] === "rest" ? left : whole(prizes[0]), row.ask);
    if (amount.against(row.least) < 0) {
      yield { kind: "skipped", phase: "rule", ...says, left: left.asNumber, because: "below-minimum" };
      continue;
    }
    prizes.shift();
    left = left.minus(amount);
    yield fundedStep(says, amount, left);
    if (!prizes.length) return;
  }
}

export function* acclamation({ eligible, shared }) {
  let left = shared;
  for (const row of eligible) yield fundedStep({ proposal: row.id, value: "0/1", tied: [], decided_by: null }, row.ask, left = left.minus(row.ask));
}

// Constrained equal awards: everybody up to what they ask, in whole units; what does not divide is told in `units`.
function evenly(rows, asked, sum, unit) {
  const wanted = new Map(rows.map((row) => [row, toUnits(asked(row), unit)])), shared = toUnits(least(sum, total([...wanted.values()])), unit);
  let rest = shared, number = rows.length, level = null;
  for (const amount of [...wanted.values()].sort((a, b) => a.against(b))) {
    if (amount.times(whole(number)).against(rest) > 0) {
      level = toUnits(rest.over(whole(number)), unit);
      break;
    }
    rest = rest.minus(amount);
    number -= 1;
  }
  const base = new Map(rows.map((row) => [row, level === null ? wanted.get(row) : least(wanted.get(row), level)]));
  return { base, units: shared.minus(total([...base.values()])).over(unit).numerator, wantsMore: (row) => wanted.get(row).against(base.get(row)) > 0 };
}

// Turns in which the first that want more get one unit more each; a tie matters only where the units end inside it.
function* unitTurns(candidates, ties, { base, units, wantsMore }) {
  let placed = 0n;
  const wants = (row) => base.has(row) && wantsMore(row), isSettled = (open) => !(placed < units && units < placed + BigInt(open.filter(wants).length));
  for (const { row, says } of turns(candidates, ties, { isSettled })) {
    const more = wants(row) && placed < units;
    if (wants(row)) placed += 1n;
    yield { row, says, more };
  }
}

const leaving = (row, value, left) => ({ kind: "skipped", phase: "rule", proposal: row.id, value: value.asRational, tied: [], decided_by: null, left: left.asNumber, because: "below-minimum" });

export function* equalSplit(election, ties) {
  const { plan, eligible, shared } = election, unit = whole(plan.unit ?? 1), gone = new Set();
  let sharing = eligible, left = shared;
  if (plan.winners !== undefined) {
    const placed = [], isSettled = (open) => plan.winners >= placed.length + open.length;
    for (const { row } of turns(eligible, ties, { isSettled })) if (placed.push(row) === plan.winners) break;
    sharing = eligible.filter((row) => placed.includes(row));
  }
  let split = evenly(sharing, (row) => row.ask, shared, unit);
  for (;;) {
    const small = sharing.filter((row) => split.base.get(row).against(row.least) < 0);
    if (!small.length) break;
    for (const row of small) gone.add(row);
    sharing = sharing.filter((row) => !gone.has(row));
    split = evenly(sharing, (row) => row.ask, shared, unit);
  }
  if (plan.remainder === "leave") split.units = 0n;
  for (const row of eligible.filter((one) => gone.has(one))) yield leaving(row, row.score, left);
  if (!sharing.length) return;
  let toCome = sharing.length;
  for (const { row, says, more } of unitTurns(eligible.filter((one) => !gone.has(one)), ties, split)) {
    const amount = split.base.get(row).plus(more ? unit : ZERO);
    left = left.minus(amount);
    toCome -= 1;
    yield fundedStep(says, amount, left);
    if (!toCome) return;
  }
}

export function* everyonesShare(election, ties) {
  const { plan, eligible, shared, valid, groups, byId: rowOf } = election, unit = whole(plan.unit ?? 1), told = new Map();
  let sharing = eligible, share;
  for (;;) {
    share = new Map(sharing.map((row) => [row, ZERO]));
    for (const { voters, values } of groups) {
      const marks = [...values].map(([id, points]) => [rowOf.get(id), points]).filter(([row, points]) => share.has(row) && points > 0);
      const worth = ([row, points]) => (election.method === "knapsack" ? row.cost : whole(points)), sum = total(marks.map(worth));
      for (const mark of marks) share.set(mark[0], share.get(mark[0]).plus(voters.times(shared).times(worth(mark)).over(valid.times(sum))));
    }
    const small = sharing.filter((row) => toUnits(least(toUnits(row.ask, unit), share.get(row)), unit).against(row.least) < 0);
    if (!small.length) break;
    for (const row of small) told.set(row, share.get(row));
    sharing = sharing.filter((row) => !told.has(row));
  }
  let left = shared;
  for (const row of eligible.filter((one) => told.has(one))) yield leaving(row, told.get(row), left);
  const wanted = new Map(sharing.map((row) => [row, least(toUnits(row.ask, unit), share.get(row))])), base = new Map(sharing.map((row) => [row, toUnits(wanted.get(row), unit)]));
  const fraction = (row) => wanted.get(row).minus(base.get(row));
  let units = plan.remainder === "leave" ? 0 : Number(toUnits(total([...wanted.values()]), unit).minus(total([...base.values()])).over(unit).numerator);
  // whole classes of equal fractions get one each, until a class is larger than the units left
  const getsOne = new Set();
  let last = [], rest = sharing;
  while (units > 0) {
    const top = best(rest, fraction);
    if (top.length > units) {
      last = top;
      break;
    }
    for (const row of top) getsOne.add(row);
    units -= top.length;
    rest = rest.filter((row) => !getsOne.has(row));
  }
  for (const { row, says } of turns(sharing, ties, { isSettled: (open) => open.filter((one) => last.includes(one)).length < 2 })) {
    let more = getsOne.has(row);
    if (last.includes(row) && units > 0) [more, units] = [true, units - 1];
    const amount = base.get(row).plus(more ? unit : ZERO);
    left = left.minus(amount);
    yield fundedStep({ ...says, value: share.get(row).asRational }, amount, left);
  }
}

// What is left, among the funded that got less than they may get.
export function* redistribute(money, ties) {
  const { plan, preFunded } = money.election, cap = plan.cap === undefined ? null : whole(plan.cap);
  const lacks = (row) => (cap === null ? row.cost : least(row.cost, cap)).minus(money.funded.get(row));
  const rows = money.election.rows.filter((row) => money.funded.has(row) && !preFunded.includes(row) && lacks(row).against(ZERO) > 0);
  const split = evenly(rows, lacks, money.left, ONE), amounts = [];
  for (const { row, says, more } of unitTurns(rows, ties, split)) {
    const amount = split.base.get(row).plus(more ? ONE : ZERO);
    if (amount.isZero) continue;
    amounts.push([row, amount]);
    money.left = money.left.minus(amount);
    yield { kind: "topped", phase: "leftover", ...says, amount: amount.asNumber, left: money.left.asNumber };
  }
}
