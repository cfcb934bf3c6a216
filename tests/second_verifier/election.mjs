// What is counted, who takes part, and how ties are broken: trace.md and village-rules.md.
import { isSingle, PARTIAL } from "./plan.mjs";
import { withdrawnIds } from "./history.mjs";
import { least, readNumber, total, whole, ZERO } from "./values.mjs";

// One value for each group of equal ballots and each proposal, and what follows from them.
export function electionOf(bundle) {
  const { "round.json": { plan, pool, ballot }, "proposals.jsonl": proposals, "ballots.tsv": profile, "totals.tsv": totals, "trace.jsonl": [header] } = bundle.read;
  const groups = (profile ?? []).map(({ voters, entries }) => ({ voters, values: valuesOf(entries, ballot, plan.points_table, proposals) }));
  const gone = new Set([...withdrawnIds(bundle), ...(plan.withdrawn ?? [])]), given = new Set(plan.pre_funded ?? []);
  const rows = proposals.map((proposal) => {
    const { id, cost, min_cost: smallest } = proposal, support = groups.filter((group) => (group.values.get(id) ?? 0) > 0);
    const told = totals?.find((row) => row.id === id);
    return {
      id, cost: whole(cost), least: whole(smallest ?? 1), ask: askOf(whole(cost), plan), withdrawn: proposal.withdrawn || gone.has(id), given: given.has(id),
      supporters: told ? told.supporters : total(support.map((group) => group.voters)),
      score: told ? told.score : total(groups.map((group) => group.voters.times(whole(group.values.get(id) ?? 0)))),
      support: support.map((group) => ({ group, points: whole(group.values.get(id)) })),
    };
  });
  const valid = profile ? total(profile.map((row) => row.voters)) : readNumber(header.ballots.valid);
  const blank = total((profile ?? []).filter((row) => row.text === "").map((row) => row.voters));
  const preFunded = rows.filter((row) => row.given), funds = whole(pool.amount);
  const election = {
    plan, method: ballot.method, single: isSingle(ballot.method), groups, rows, valid, preFunded, pool: funds, shared: funds.minus(total(preFunded.map((row) => row.cost))),
    ballots: profile ? { valid: valid.asNumber, blank: blank.asNumber, distinct: profile.length } : { valid: valid.asNumber },
    byId: new Map(rows.map((row) => [row.id, row])),
  };
  for (const row of rows) row.out = ownReason(row, election);
  const excluded = rows.filter((row) => row.out === null && isExcluded(row, election)), voteless = plan.rule === "acclamation" || plan.recipients === "all";
  for (const row of rows) if (row.out === null && !voteless && row.supporters.isZero) row.out = "no-support";
  for (const row of excluded) row.out = "excluded";
  election.eligible = rows.filter((row) => row.out === null);
  return election;
}

export function valuesOf(entries, { method, default_score: standard }, table, proposals) {
  if (method === "scoring") return new Map([...proposals.map(({ id }) => [id, standard]), ...entries]);
  if (method !== "ranked") return new Map(entries);
  const values = new Map();
  entries.forEach(([id], position) => { if (!values.has(id)) values.set(id, table === "borda" ? entries.length - position : table[position] ?? 0); });
  return values;
}

// What a proposal gets at most.
function askOf(cost, { rule, bands, cap }) {
  if (!PARTIAL.includes(rule)) return cost;
  let asked = cost;
  if (rule === "rate-bands") {
    let from = ZERO;
    asked = ZERO;
    for (const [limit, rate] of bands) {
      const to = limit === null ? cost : least(cost, whole(limit));
      if (to.against(from) > 0) asked = asked.plus(to.minus(from).times(readNumber(rate)));
      from = limit === null ? from : whole(limit);
    }
    asked = asked.floor;
  }
  return cap === undefined ? asked : least(asked, whole(cap));
}

// Why a proposal takes no part, but for what it needs and for support.
function ownReason(row, { plan, valid, pool, shared }) {
  const { rule, turnout, cap, threshold, threshold_share: share, cost_share: costShare } = plan, partial = PARTIAL.includes(rule);
  if (row.withdrawn) return "withdrawn";
  if (row.given) return "pre-funded";
  if (turnout !== undefined && valid.against(readNumber(turnout)) < 0) return "no-quorum";
  const asked = rule === "greedy-80" ? row.cost.times(whole(4)).over(whole(5)) : rule === "rate-bands" ? row.ask : partial ? row.least : row.cost;
  if (asked.against(shared) > 0) return "over-pool";
  if (!partial && cap !== undefined && row.cost.against(whole(cap)) > 0) return "over-cap";
  if (partial && row.ask.against(row.least) < 0) return "below-minimum";
  const fails = (threshold !== null && row.score.against(readNumber(threshold)) < 0) || (share !== undefined && row.score.against(readNumber(share).times(valid)) < 0)
    || (costShare !== undefined && row.score.times(pool).against(readNumber(costShare).times(row.cost).times(valid)) < 0);
  return fails ? "below-threshold" : null;
}

// Everything that a proposal needs, on and on, itself included; what isThere is not asked for what it needs.
export function closure(row, { plan, byId }, isThere) {
  const found = new Set([row]);
  for (const one of found) {
    for (const { kind, proposals } of plan.constraints ?? []) {
      if (!proposals.includes(one.id) || (kind !== "together" && !(kind === "needs" && proposals[0] === one.id))) continue;
      for (const id of proposals) if (!isThere(byId.get(id))) found.add(byId.get(id));
    }
  }
  return [...found];
}
const sharesSite = (plan, one, other) => (plan.constraints ?? []).some(({ kind, proposals }) => kind === "one-of" && proposals.includes(one.id) && proposals.includes(other.id));

function isExcluded(row, election) {
  return closure(row, election, (other) => other.given).some((one) => (one !== row && (one.out !== null || one.supporters.isZero))
    || election.preFunded.some((there) => sharesSite(election.plan, one, there)));
}

// How ties are broken. Open ties follow `path`: which candidate to take at each choice; what could have been taken is kept in `choices`.
export class Ties {
  constructor(plan, lot, path) {
    this.criteria = plan.ties;
    this.lot = lot;
    this.path = path;
    this.choices = [];
    this.before = new Map();
  }
  isBefore(x, y) { return this.before.get(x)?.has(y) ?? false; }
  fix(x, others) {
    const heads = [x, ...[...this.before.keys()].filter((id) => this.isBefore(id, x))];
    for (const y of others) {
      for (const head of heads) {
        if (!this.before.has(head)) this.before.set(head, new Set());
        for (const tail of [y, ...(this.before.get(y) ?? [])]) this.before.get(head).add(tail);
      }
    }
  }
  // tied: rows by id; isSettled: whether no order of these open ones can matter. Returns the chosen row and what the trace says of it.
  choose(tied, isSettled) {
    if (tied.length === 1) return { row: tied[0], tied: [], decided_by: null };
    const answer = (row, by) => ({ row, tied: tied.map((one) => one.id), decided_by: by });
    let open = tied;
    for (const criterion of this.criteria) {
      if (criterion === "cheapest") open = best(open, (row) => ZERO.minus(row.cost));
      if (criterion === "most-votes") open = best(open, (row) => row.score);
      if (criterion === "lot" && this.lot) open = [open.reduce((one, other) => (this.lot.indexOf(other.id) < this.lot.indexOf(one.id) ? other : one))];
      if (open.length === 1) return answer(open[0], criterion);
    }
    const candidates = open.filter((row) => !open.some((other) => this.isBefore(other.id, row.id)));
    if (candidates.length === 1 || isSettled(open)) return answer(candidates[0], "no-difference");
    const taken = candidates[this.path[this.choices.length] ?? 0];
    this.choices.push(candidates.length);
    this.fix(taken.id, open.filter((row) => row !== taken).map((row) => row.id));
    return answer(taken, "no-difference");
  }
}
export function best(rows, value) {
  let top = null, kept = [];
  for (const row of rows) {
    const one = value(row), order = top === null ? 1 : one.against(top);
    if (order > 0) [top, kept] = [one, [row]];
    else if (order === 0) kept.push(row);
  }
  return kept;
}

// One after another, the greatest value first; the next tie is met only when the next turn is asked for. What isGone takes no further turn.
export function* turns(rows, ties, { value = (row) => row.score, isSettled = () => false, isGone = () => false } = {}) {
  let remaining = rows;
  while (remaining.length) {
    const { row, tied, decided_by } = ties.choose(best(remaining, value), isSettled);
    remaining = remaining.filter((other) => other !== row);
    yield { row, says: { proposal: row.id, value: value(row).asRational, tied, decided_by } };
    remaining = remaining.filter((other) => !isGone(other));
  }
}
