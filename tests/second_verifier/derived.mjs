// Section 10: derived files.
import { withdrawnIds } from "./history.mjs";
import { decode, isText, need, total, whole } from "./values.mjs";

const cell = (text) => (/[;"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const row = (...cells) => cells.map((one) => cell(String(one))).join(";");
function shortAmount(minor) {
  const [units, cents] = [Math.trunc(minor / 100), String(minor % 100).padStart(2, "0")];
  return cents === "00" ? `${units}` : `${units}.${cents.replace(/0$/, "")}`;
}
const commaAmount = (minor) => `${Math.trunc(minor / 100)},${String(minor % 100).padStart(2, "0")}`;

function plainFile(bundle) {
  const { "round.json": { round, pool, ballot }, "proposals.jsonl": proposals, "ballots.tsv": profile } = bundle.read, gone = new Set(withdrawnIds(bundle));
  const { method } = ballot, pointed = method === "points" || method === "scoring", voters = total(profile.map((one) => one.voters)).asNumber;
  const type = { approval: "approval", knapsack: "approval", points: "cumulative", scoring: "scoring", ranked: "ordinal" }[method];
  const lines = ["META", "key;value", row("description", round), row("num_projects", proposals.length), row("num_votes", voters), row("budget", shortAmount(pool.amount)), row("vote_type", type), row("rule", "unknown")];
  if (method === "knapsack") lines.push(row("max_sum_cost", shortAmount(pool.amount)));
  if (method === "scoring") lines.push(row("default_score", ballot.default_score));
  const least = proposals.map(({ id, min_cost: amount, withdrawn }) => (withdrawn || gone.has(id) ? null : amount)), some = least.some((amount) => amount !== null);
  lines.push(row("currency", pool.currency), "PROJECTS", `project_id;cost;name;category;neighborhood${some ? ";min_cost" : ""}`);
  for (const [index, { id, cost, title, category, area, withdrawn }] of proposals.entries()) {
    const price = withdrawn || gone.has(id) ? "999999999" : shortAmount(cost) === "999999999" ? "999999999.00" : shortAmount(cost);
    lines.push(row(id, price, title, category.join(","), area ?? "", ...(some ? [least[index] === null ? "" : shortAmount(least[index])] : [])));
  }
  lines.push("VOTES", pointed ? "voter_id;vote;points" : "voter_id;vote");
  let voter = 0;
  for (const { voters: number, entries } of profile) {
    const cells = [entries.map(([id]) => id).join(","), ...(pointed ? [entries.map(([, points]) => points).join(",")] : [])];
    for (let index = 0n; index < number.numerator; index++) lines.push(row(++voter, ...cells));
  }
  return lines.map((line) => `${line}\n`).join("");
}
function resultTable(bundle) {
  const { "result.json": { outcome }, "trace.jsonl": [header], "proposals.jsonl": proposals } = bundle.read;
  const byId = new Map(proposals.map((one) => [one.id, one])), totals = new Map(header.proposals.map((one) => [one.proposal, one]));
  const guarded = (text) => (/^[=+\-@]/.test(text) ? `'${text}` : text), shown = (value) => (isText(value) ? `'${value}` : value);
  const people = new Map((bundle.read["result.json"].heads?.supporters ?? []).map((one) => [one.proposal, [one.heads]]));
  const lines = [`id;titel/title;pris/cost;støtter/supporters;${people.size ? "personer/people;" : ""}stemmetal/score;beløb/amount;status`];
  for (const { proposal, amount, reason } of [...outcome.funded, ...outcome.not_funded]) {
    const { title, cost } = byId.get(proposal), { supporters, score } = totals.get(proposal);
    lines.push(row(guarded(proposal), guarded(title), commaAmount(cost), shown(supporters), ...(people.get(proposal) ?? []), shown(score), commaAmount(amount ?? 0), reason ?? "funded"));
  }
  return `\ufeff${lines.map((line) => `${line}\r\n`).join("")}`;
}
export function checkDerived(bundle) {
  const profile = bundle.read["ballots.tsv"], voters = profile && total(profile.map((one) => one.voters));
  const wanted = Boolean(profile) && !bundle.read["weights.json"] && profile.every((one) => one.voters.denominator === 1n) && voters.against(whole(1000000)) <= 0;
  need(bundle.members.has("round.pb") === wanted, "E1601", "round.pb");
  if (wanted) need(plainFile(bundle) === decode(bundle.members.get("round.pb")), "E1601", "round.pb");
  need(resultTable(bundle) === decode(bundle.members.get("tables/result.csv")), "E1601", "tables/result.csv");
}
