import type * as z from 'zod';
import { Policy } from '../domain/policy.ts';
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
  try {
    new Intl.DateTimeFormat('en', { timeZone: policy.desk.timeZone });
  } catch {
    yield `desk.timeZone: no time zone is called "${policy.desk.timeZone}"`;
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
