import type * as z from 'zod';
import { Policy } from '../domain/policy.ts';
import { isTimeZone } from '../domain/time-zone.ts';
import { MOST_TRAIT_RULES, seatsOf, teamRulesOf } from '../matching/team-rules.ts';
import countryNames from './countries.json' with { type: 'json' };
import data from './policy.json' with { type: 'json' };

/** The policy cannot be used; the message names the place and the reason. */
export class PolicyRejected extends Error {
  override name = 'PolicyRejected';
}

/** The desk's policy in force (policy.json, checked once). Throws PolicyRejected. */
export function loadPolicy(): Policy {
  inForce ??= readPolicy(data);
  return inForce;
}

let inForce: Policy | undefined;

/** Reads a policy from outside. Throws PolicyRejected with the first thing that is wrong and where. */
export function readPolicy(value: unknown): Policy {
  const read = Policy.safeParse(value);
  if (!read.success) {
    const issue = read.error.issues[0] as z.core.$ZodIssue;
    throw new PolicyRejected(`policy ${place(issue.path)}: ${issue.message}`);
  }
  for (const problem of contradictions(read.data)) throw new PolicyRejected(`policy ${problem}`);
  return read.data;
}

/** What the schema cannot see: names that must exist and names that must not come twice. */
function* contradictions(policy: Policy): Generator<string> {
  yield* repeated(
    'roles',
    policy.roles.map(role => role.role),
  );
  yield* repeated(
    'teams',
    policy.teams.map(team => team.teamType),
  );
  yield* repeated(
    'consignments',
    policy.consignments.map(each => each.consignment),
  );
  yield* repeated(
    'rules',
    policy.rules.map(rule => rule.ruleId),
  );
  yield* repeated(
    'stages',
    policy.stages.map(stage => stage.stage),
  );

  const roles = new Set(policy.roles.map(role => role.role));
  for (const [t, team] of policy.teams.entries()) {
    yield* repeated(
      `teams[${t}].seats`,
      team.seats.map(seat => seat.role),
    );
    for (const [s, seat] of team.seats.entries()) {
      if (!roles.has(seat.role)) yield `teams[${t}].seats[${s}].role: no role is called "${seat.role}"`;
    }
  }

  const teams = new Set<string>(policy.teams.map(team => team.teamType));
  const consignments = new Set(policy.consignments.map(each => each.consignment));
  for (const [r, rule] of policy.rules.entries()) {
    const { propose } = rule;
    for (const [i, team] of propose.teams.entries()) {
      if (!teams.has(team)) yield `rules[${r}].propose.teams[${i}]: no team is called "${team}"`;
    }
    for (const [i, name] of propose.consignments.entries()) {
      if (!consignments.has(name))
        yield `rules[${r}].propose.consignments[${i}]: no consignment is called "${name}"`;
    }
    if (propose.teams.length + propose.consignments.length === 0) {
      yield `rules[${r}].propose: rule ${rule.ruleId} proposes nothing`;
    }
  }
  if (!isTimeZone(policy.desk.timeZone)) {
    yield `desk.timeZone: no time zone is called "${policy.desk.timeZone}"`;
  }
  yield* entryFaults(policy);
  yield* teamRuleFaults(policy);
  const { travel } = policy;
  if (travel.landFromHour >= travel.landUntilHour) {
    yield 'travel.landUntilHour: the last train leaves before the first';
  }
  if (travel.airFromHour >= travel.airUntilHour) {
    yield 'travel.airUntilHour: the last flight leaves before the first';
  }
}

function* entryFaults({ entry }: Policy): Generator<string> {
  yield* repeated(
    'entry.vaccinations',
    entry.vaccinations.map(each => each.vaccine),
  );
  const lists = [
    ['entry.visas.countries', entry.visas.countries] as const,
    ...entry.vaccinations.map(
      ({ countries }, v) =>
        [`entry.vaccinations[${v}].countries`, countries === 'any' ? [] : countries] as const,
    ),
  ];
  for (const [list, countries] of lists) {
    yield* repeated(list, countries);
    for (const [c, country] of countries.entries()) {
      if (!Object.hasOwn(countryNames, country)) yield `${list}[${c}]: no country has the code "${country}"`;
    }
  }
}

/** Rules that name what does not exist, ask for more than there is, or forbid what another asks. */
function* teamRuleFaults({ roles, teams, teamRules }: Policy): Generator<string> {
  yield* repeated(
    'teamRules',
    teamRules.map(rule => rule.ruleId),
  );
  const known = new Set(roles.map(({ role }) => role));
  for (const [r, rule] of teamRules.entries()) {
    const here = `teamRules[${r}]`;
    yield* repeated(`${here}.roles`, rule.roles ?? []);
    for (const [i, role] of (rule.roles ?? []).entries()) {
      if (!known.has(role)) yield `${here}.roles[${i}]: no role is called "${role}"`;
    }
    yield* repeated(`${here}.teams`, rule.teams === 'any' ? [] : rule.teams);
    const meant = teams.filter(({ teamType }) => rule.teams === 'any' || rule.teams.includes(teamType));
    for (const [i, name] of (rule.teams === 'any' ? [] : rule.teams).entries()) {
      const team = teams.find(({ teamType }) => teamType === name);
      if (!team) yield `${here}.teams[${i}]: no team is called "${name}"`;
      else if (seatsOf(rule, team) === 0) yield `${here}.teams[${i}]: "${name}" has no seat of these roles`;
    }
    if (meant.every(team => seatsOf(rule, team) === 0))
      yield `${here}.roles: no team has a seat of these roles`;
    for (const team of meant) {
      const seats = seatsOf(rule, team);
      if (rule.kind === 'at least' && seats > 0 && (rule.count ?? 0) > seats) {
        yield `${here}.count: ${rule.ruleId} asks for ${rule.count} of the ${seats} seats of "${team.teamType}"`;
      }
    }
  }

  let traitRules = 0;
  for (const team of teams) {
    const rules = teamRulesOf(teamRules, team, ['any']);
    const subject = ({ roles, of }: (typeof rules)[number]) => JSON.stringify([roles?.toSorted(), of]);
    traitRules += rules.filter(({ of }) => of.is !== 'same employer').length;
    for (const rule of rules.filter(({ kind }) => kind === 'at least')) {
      const other = rules.find(
        each => each.kind === 'at most' && each.count < rule.count && subject(each) === subject(rule),
      );
      if (other) {
        yield `teamRules: in "${team.teamType}" ${rule.ruleId} asks for at least ${rule.count}, ${other.ruleId} for at most ${other.count} of the same`;
      }
    }
  }
  if (traitRules > MOST_TRAIT_RULES) {
    yield `teamRules: ${traitRules} rules in all teams together, ${MOST_TRAIT_RULES} at most (those about employers not counted)`;
  }
}

function* repeated(list: string, names: readonly string[]): Generator<string> {
  const seen = new Set<string>();
  for (const [i, name] of names.entries()) {
    if (seen.has(name)) yield `${list}[${i}]: "${name}" is there twice`;
    seen.add(name);
  }
}

/** `["teams", 0, "seats"]` as a reader writes it: `teams[0].seats`. */
function place(path: readonly PropertyKey[]): string {
  const text = path
    .map(part => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
  return text || '(whole)';
}
