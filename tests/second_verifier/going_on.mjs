// Rules that go on after a proposal that does not fit, and what a meeting binds them to: village-rules.md, "Going on with constraints".
import { closure, turns } from "./election.mjs";
import { least, total, whole, ZERO } from "./values.mjs";

const asks = (rows) => total(rows.map((row) => row.ask));
const FROM_POTS = ["floor", "pot"]; // the phases in which members of a pot are paid from it
export const notBelow = (amount) => (amount.against(ZERO) < 0 ? ZERO : amount);

const share = (one, other) => one.proposals.some((id) => other.proposals.includes(id));

// The least money with which what these earmarks and pots keep back can all still be kept: the greatest sum of some of them of which none has a common member.
export function kept(earmarks, pots, amount) {
  const free = earmarks.filter((one) => !pots.some((pot) => share(one, pot))), others = earmarks.filter((one) => !free.includes(one));
  const most = (rest, possible) => {
    if (!rest.length) return total(possible.map(amount));
    const [first, ...more] = rest, without = most(more, possible), together = amount(first).plus(most(more, possible.filter((pot) => !share(first, pot))));
    return together.against(without) > 0 ? together : without;
  };
  return total(free.map(amount)).plus(most(others, pots));
}

// What is left, who is funded, what the members of each constraint have got, and what an earmark or a pot has paid of it.
export class Money {
  constructor(election, left) {
    const { plan, preFunded } = election;
    this.election = election;
    this.left = left;
    this.funded = new Map(preFunded.map((row) => [row, row.cost]));
    this.constraints = (plan.constraints ?? []).map((table) => ({ ...table, limit: table.amount === undefined ? null : whole(table.amount), has: (row) => table.proposals.includes(row.id), got: ZERO, paid: ZERO }));
    for (const one of this.constraints) one.got = total(preFunded.filter(one.has).map((row) => row.cost));
    if (plan.unused === "resplit") this.resplit();
  }
  of(kind) { return this.constraints.filter((one) => one.kind === kind); }
  resplit() {
    const isAlive = (pot) => this.election.eligible.some(pot.has), alive = this.of("pot").filter(isAlive), dead = this.of("pot").filter((pot) => !isAlive(pot));
    if (!alive.length) return;
    const sum = total(dead.map((pot) => pot.limit)), each = sum.over(whole(alive.length)).floor, over = Number(sum.minus(each.times(whole(alive.length))).numerator);
    alive.forEach((pot, index) => { pot.limit = pot.limit.plus(each).plus(index < over ? whole(1) : ZERO); });
    for (const pot of dead) pot.limit = ZERO;
  }
  fund(row, amount, phase) {
    this.left = this.left.minus(amount);
    this.funded.set(row, amount);
    for (const one of this.constraints.filter((table) => table.has(row))) {
      one.got = one.got.plus(amount);
      if (one.kind !== "pot" || FROM_POTS.includes(phase)) one.paid = one.paid.plus(amount);
    }
  }
  bundle(row) { // the proposal first, then what it needs, by id
    const [first, ...others] = closure(row, this.election, (one) => this.funded.has(one));
    return [first, ...this.election.rows.filter((one) => others.includes(one))];
  }
  // Of an earmark or a pot: what its members have not got yet, when these others get what they ask.
  rest(one, others) { return notBelow(one.limit.minus(one.paid).minus(asks(others.filter(one.has)))); }
  // What quotas leave for it, or null without any.
  quota(row, others = []) {
    const rooms = this.of("at-most").filter((one) => one.has(row)).map((one) => one.limit.minus(one.got).minus(asks(others.filter(one.has))));
    return rooms.length ? least(...rooms) : null;
  }
  room(row, pass, others = []) {
    const left = this.left.minus(asks(others)), elsewhere = (kind) => this.of(kind).filter((one) => !one.has(row));
    if (![...FROM_POTS, "rule"].includes(pass.phase)) return left;
    const fromPots = FROM_POTS.includes(pass.phase), pots = fromPots ? elsewhere("pot") : this.election.plan.unused === "common" ? [] : this.of("pot");
    const room = left.minus(kept(elsewhere("earmark"), pots, (one) => this.rest(one, fromPots || one.kind === "earmark" ? others : [])));
    return pass.phase === "pot" ? least(this.rest(pass.of, others), room) : room;
  }
  most(row, pass, others = []) { // room and quota together
    const room = this.room(row, pass, others), quota = this.quota(row, others);
    return quota === null ? room : least(room, quota);
  }
  sitesClash(rows) { // with what is funded, or among each other
    return this.of("one-of").some((one) => {
      const members = rows.filter(one.has).length;
      return members > 1 || (members > 0 && [...this.funded.keys()].some(one.has));
    });
  }
  // Why a rule that buys cannot buy it any more, or null.
  bars(row) {
    const quota = this.quota(row);
    return this.sitesClash([row]) ? "excluded" : quota !== null && row.cost.against(quota) > 0 ? "over-quota" : null;
  }
  // Whether all of these fit together, so that no order of them can matter.
  allFit(open, pass) {
    const sum = asks(open), smallest = least(...open.map((row) => row.ask));
    return open.every((row) => this.bundle(row).length === 1 && sum.against(this.room(row, pass)) <= 0) && !this.sitesClash(open)
      && this.of("at-most").every((one) => one.got.plus(asks(open.filter(one.has))).against(one.limit) <= 0)
      && (pass.phase !== "floor" || pass.of.got.plus(sum).minus(smallest).against(pass.of.limit) < 0);
  }
}

// One turn: the steps of it.
export function* turn(money, pass, row, says, part) {
  const bundle = money.bundle(row), isAlone = bundle.length === 1;
  const fund = (one, amount, more) => {
    money.fund(one, amount, pass.phase);
    return { kind: "funded", phase: pass.phase, ...says, ...more, amount: amount.asNumber, left: money.left.asNumber };
  };
  const skip = (because) => ({ kind: "skipped", phase: pass.phase, ...says, left: money.left.asNumber, ...(because ? { because } : {}) });
  if (money.sitesClash(bundle)) return yield skip("excluded");
  if (pass.phase === "pot" && !bundle.every(pass.of.has)) return yield skip("earmarked");
  const others = (one) => bundle.filter((other) => other !== one);
  if (bundle.every((one) => one.ask.against(money.most(one, pass, others(one))) <= 0)) {
    for (const one of bundle) yield fund(one, one.ask, one === row ? {} : { proposal: one.id, tied: [], decided_by: null });
    return;
  }
  if (part && isAlone && money.most(row, pass).against(row.least) >= 0) return yield fund(row, money.most(row, pass), {});
  const tested = part && isAlone && pass.phase !== "leftover" ? row.least : null;
  const overQuota = bundle.some((one) => {
    const quota = money.quota(one, others(one));
    return quota !== null && (tested ?? one.ask).against(quota) > 0;
  });
  yield skip(overQuota ? "over-quota" : (tested ?? asks(bundle)).against(money.left) <= 0 ? "earmarked" : null);
}

// Every proposal of a pass in its turn.
function* going(money, pass, rows, ties, { value, mayPart = () => false, isOver = () => false } = {}) {
  const following = turns(rows, ties, { value, isSettled: (open) => money.allFit(open, pass), isGone: (row) => money.funded.has(row) });
  while (!isOver()) {
    const { done, value: next } = following.next();
    if (done) return;
    yield* turn(money, pass, next.row, next.says, mayPart());
  }
}

// Greedy as a completion and in a comparison.
export const goingOn = (money, rows, phase, ties) => [...going(money, { phase }, rows, ties)];

// greedy, greedy-per-cost, residual, rate-bands with everything that binds them.
export function* passes(money, ties) {
  const { plan, eligible } = money.election, { rule, unused } = plan;
  const value = rule === "greedy-per-cost" ? (row) => row.score.over(row.cost) : (row) => row.score, mayPart = () => rule === "residual";
  const open = (one = null) => eligible.filter((row) => !money.funded.has(row) && (one === null || one.has(row)));
  for (const one of money.of("at-least")) yield* going(money, { phase: "floor", of: one }, open(one), ties, { value, mayPart, isOver: () => one.got.against(one.limit) >= 0 });
  for (const one of money.of("pot")) yield* going(money, { phase: "pot", of: one }, open(one), ties, { value, mayPart });
  yield* going(money, { phase: "rule" }, open(), ties, { value, mayPart });
  if (unused === "common" && money.of("earmark").some((one) => !money.rest(one, []).isZero)) yield* going(money, { phase: "released" }, open(), ties, { value, mayPart });
}

// After everything else: the eligible that are not funded, by score; with next-part the first that does not fit may get a part.
export function* afterwards(money, ties) {
  const { plan: { leftover }, eligible } = money.election;
  let parts = leftover === "next-part" ? 1 : 0;
  const rows = eligible.filter((row) => !money.funded.has(row) && !row.supporters.isZero);
  for (const step of going(money, { phase: "leftover" }, rows, ties, { mayPart: () => parts > 0 })) {
    if (step.kind === "funded" && step.amount < money.election.byId.get(step.proposal).ask.asNumber) parts = 0;
    yield step;
  }
}
