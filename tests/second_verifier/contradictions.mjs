// What contradicts itself is not counted: village-rules.md, "Contradictions".
import { closure } from "./election.mjs";
import { kept, notBelow } from "./going_on.mjs";
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

// Whether no choice of proposals reaches every floor and leaves all else as the plan promises it: "Floors out of reach".
function outOfReach(election, of, given) {
  const { plan, shared, rows } = election, least = (row) => (plan.rule === "residual" ? row.least : row.ask), costs = (table) => sum(given(table.rows), (row) => row.cost), floors = of("at-least");
  const possible = rows.filter((row) => !row.given && floors.some((floor) => floor.rows.includes(row)))
    .map((row) => closure(row, election, (other) => other.given)).filter((needed) => !needed.some((row) => IMPOSSIBLE.includes(row.out)));
  if (possible.length > 16) return false;
  const chosenOf = (table, choice, amount) => sum(table.rows.filter((row) => choice.has(row)), amount);
  // What more proposals would not mend.
  const isBroken = (choice) => of("one-of").some((site) => site.rows.filter((row) => row.given || choice.has(row)).length > 1)
    || of("at-most").some((quota) => above(costs(quota).plus(chosenOf(quota, choice, least)), quota.limit))
    || above(sum([...choice], least).plus(kept(of("earmark"), of("pot"), (one) => notBelow(one.limit.minus(chosenOf(one, choice, least))))), shared);
  const reaches = (choice, from) => !isBroken(choice) && (floors.every((floor) => !above(floor.limit, costs(floor).plus(chosenOf(floor, choice, (row) => row.ask))))
    || possible.slice(from).some((needed, index) => reaches(new Set([...choice, ...needed]), from + index + 1)));
  return !reaches(new Set(), 0);
}

// Whether the plan of an election cannot be kept, whoever votes for what.
export function contradicts(election) {
  const { plan, pool, shared, rows, preFunded, valid, eligible, byId } = election;
  if (preFunded.some((row) => row.withdrawn) || above(sum(preFunded, (row) => row.cost), pool)) return true;
  if (plan.rule === "acclamation" && (!valid.isZero || above(sum(eligible, (row) => row.ask), shared))) return true;
  if (above(sum((plan.prizes ?? []).filter((prize) => prize !== "rest"), whole), shared)) return true;

  const tables = (plan.constraints ?? []).map((table) => ({ kind: table.kind, limit: table.amount === undefined ? null : whole(table.amount), proposals: table.proposals, rows: table.proposals.map((id) => byId.get(id)) }));
  const of = (...kinds) => tables.filter((table) => kinds.includes(table.kind)), given = (list) => list.filter((row) => row.given);
  const getsAtMost = (row) => (row.given ? row.cost : IMPOSSIBLE.includes(row.out) ? ZERO : row.ask);
  const lacks = (floor) => floor.limit.minus(sum(given(floor.rows), (row) => row.cost)), sites = of("one-of");
  const carriedOutWith = rows.map((row) => closure(row, election, () => false)), whatItNeeds = rows.map((row) => closure(row, election, (other) => other.given));
  return of("at-least").some((floor) => above(lacks(floor), shared) || above(floor.limit, sum(floor.rows, getsAtMost)))
    || of("earmark", "pot").some((one) => above(one.limit, shared))
    || of("at-most").some((quota) => above(sum(given(quota.rows), (row) => row.cost), quota.limit)
      || of("at-least", "earmark").some((one) => above(one.limit, quota.limit) && one.rows.every((row) => quota.rows.includes(row))))
    || sites.some((site) => given(site.rows).length > 1 || carriedOutWith.some((needed) => needed.filter((row) => site.rows.includes(row)).length > 1))
    || whatItNeeds.some((needed) => needed.length > 1 && !needed.some((row) => row.given || IMPOSSIBLE.includes(row.out)) && above(sum(needed, (row) => row.ask), shared))
    || disjoint(of("at-least")).some((floors) => above(sum(floors, (floor) => notBelow(lacks(floor))), shared))
    || above(kept(of("earmark"), of("pot"), (one) => one.limit), shared)
    || [of("earmark"), of("pot")].some((list) => pairs(list).some(([one, other]) => overlap(one, other)))
    || outOfReach(election, of, given);
}
