// What contradicts itself is not counted: village-rules.md, "Contradictions".
import { closure } from "./election.mjs";
import { total, whole, ZERO } from "./values.mjs";

const IMPOSSIBLE = ["withdrawn", "over-pool", "over-cap", "below-minimum"]; // could get nothing, however they are voted for
const sum = (rows, amount) => total(rows.map(amount));
const above = (one, other) => one.against(other) > 0;
const overlap = (one, other) => one.rows.some((row) => other.rows.includes(row));
const pairs = (list) => list.flatMap((one, index) => list.slice(index + 1).map((other) => [one, other]));

// Every set of which no two overlap.
function disjoint(list) {
  if (!list.length) return [[]];
  const [first, ...others] = list, without = disjoint(others);
  return [...without, ...without.filter((set) => !set.some((one) => overlap(one, first))).map((set) => [first, ...set])];
}

// Whether the plan of an election cannot be kept, whoever votes for what.
export function contradicts(election) {
  const { plan, pool, shared, rows, preFunded, valid, eligible, byId } = election;
  if (preFunded.some((row) => row.withdrawn) || above(sum(preFunded, (row) => row.cost), pool)) return true;
  if (plan.rule === "acclamation" && (!valid.isZero || above(sum(eligible, (row) => row.ask), shared))) return true;
  if (above(sum((plan.prizes ?? []).filter((prize) => prize !== "rest"), whole), shared)) return true;

  const tables = (plan.constraints ?? []).map((table) => ({ kind: table.kind, limit: table.amount === undefined ? null : whole(table.amount), rows: table.proposals.map((id) => byId.get(id)) }));
  const of = (...kinds) => tables.filter((table) => kinds.includes(table.kind)), given = (list) => list.filter((row) => row.given);
  const getsAtMost = (row) => (row.given ? row.cost : IMPOSSIBLE.includes(row.out) ? ZERO : row.ask);
  const lacks = (floor) => floor.limit.minus(sum(given(floor.rows), (row) => row.cost)), sites = of("one-of");
  const bestOfSites = (list) => {
    const best = new Map();
    for (const row of list) {
      const place = (row.given ? null : sites.find((site) => site.rows.includes(row))) ?? row, amount = getsAtMost(row);
      if (!best.has(place) || above(amount, best.get(place))) best.set(place, amount);
    }
    return total([...best.values()]);
  };
  const carriedOutWith = rows.map((row) => closure(row, election, () => false)), whatItNeeds = rows.map((row) => closure(row, election, (other) => other.given));
  return of("at-least").some((floor) => above(lacks(floor), shared) || above(floor.limit, bestOfSites(floor.rows)))
    || of("earmark", "pot").some((one) => above(one.limit, shared))
    || of("at-most").some((quota) => above(sum(given(quota.rows), (row) => row.cost), quota.limit)
      || of("at-least", "earmark").some((one) => above(one.limit, quota.limit) && one.rows.every((row) => quota.rows.includes(row))))
    || sites.some((site) => given(site.rows).length > 1 || carriedOutWith.some((needed) => needed.filter((row) => site.rows.includes(row)).length > 1))
    || whatItNeeds.some((needed) => needed.length > 1 && !needed.some((row) => row.given || IMPOSSIBLE.includes(row.out)) && above(sum(needed, (row) => row.ask), shared))
    || disjoint(of("at-least")).some((floors) => above(sum(floors, (floor) => (above(lacks(floor), ZERO) ? lacks(floor) : ZERO)), shared))
    || above(sum(of("earmark", "pot"), (one) => one.limit), shared)
    || [of("earmark"), of("pot")].some((list) => pairs(list).some(([one, other]) => overlap(one, other)));
}
