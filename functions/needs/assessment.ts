import type { DisasterEvent } from '../domain/event.ts';
import type { CountryProfile, GoodsNeed, Need, TeamNeed } from '../domain/need.ts';
import type { Policy, ResponseRule } from '../domain/policy.ts';
import type { CountryCode, Instant } from '../domain/primitives.ts';
import { HOUR } from '../domain/time.ts';

/** What an assessment looks at. `drill`: an exercise may be worked on, because everything that follows is a drill. */
export type Assessment = {
  event: DisasterEvent;
  policy: Policy;
  profileOf: (country: CountryCode) => CountryProfile | null;
  now: Instant;
  drill?: boolean;
};

type Reason = Need['reasons'][number];

/** Which teams and goods the policy proposes for an event, and in words why, or why nothing. */
export function assessNeed({ event, policy, profileOf, now, drill = false }: Assessment): Need {
  const abroad = event.countries.filter(code => code !== policy.desk.country);
  const [affected] = abroad;
  const country = affected === undefined ? null : profileOf(affected);
  const need = { eventId: event.eventId, policyVersion: policy.version, country };

  const barrier = whatForbids(event, policy, drill);
  if (barrier) return { ...need, teams: [], goods: [], reasons: [barrier] };

  const reasons: Reason[] = [];
  const fired: ResponseRule[] = [];
  for (const rule of policy.rules) {
    if (!rule.when.hazards.includes(event.hazard) || !rule.when.levels.includes(event.level)) continue;
    const missing = whatIsMissing(rule, event, country, now);
    if (missing === null) fired.push(rule);
    reasons.push({ ruleId: rule.ruleId, text: missing ?? `${rule.sentence.en} (${facts(event, now)})` });
  }
  if (reasons.length === 0) {
    reasons.push({ ruleId: 'NO-RULE', text: `No rule is for ${event.hazard} at level ${event.level}.` });
  }
  if (fired.length > 0 && abroad.length > 1) {
    reasons.push({
      ruleId: 'FIRST-COUNTRY',
      text: `Proposed for ${affected}; also affected: ${abroad.slice(1).join(', ')}. Each state makes its own request.`,
    });
  }
  return { ...need, teams: teamsOf(fired, policy), goods: goodsOf(fired, policy), reasons };
}

/** The one thing that keeps an event from proposing anything, whatever its hazard. */
function whatForbids(event: DisasterEvent, policy: Policy, drill: boolean): Reason | null {
  const { country } = policy.desk;
  if (event.exercise && !drill) {
    return { ruleId: 'EXERCISE', text: 'Exercise or test: it may be drilled on, never acted on.' };
  }
  if (event.mergedInto) {
    return { ruleId: 'MERGED', text: `Event ${event.mergedInto} has taken over what was known of this one.` };
  }
  if (event.state === 'closed') return { ruleId: 'CLOSED', text: 'The event is closed.' };
  if (event.countries.length > 0 && event.countries.every(code => code === country)) {
    return {
      ruleId: 'OWN-COUNTRY',
      text: `In ${country}: international teams of ${country} go abroad only.`,
    };
  }
  if (event.level === 'Green') {
    return { ruleId: 'LEVEL-GREEN', text: 'Green: international help is not likely to be needed.' };
  }
  if (event.level === 'Unknown') {
    return {
      ruleId: 'LEVEL-UNKNOWN',
      text: 'No rule maps the level of the source: a person has to judge it.',
    };
  }
  return null;
}

/** Why a rule for this hazard and level does not fire, or null when all that it asks for is there. */
function whatIsMissing(
  rule: ResponseRule,
  event: DisasterEvent,
  country: CountryProfile | null,
  now: Instant,
): string | null {
  const { when } = rule;
  const age = ageHours(event, when.countedFrom, now);
  if (age > when.withinHours) {
    const since = when.countedFrom === 'end' ? 'last seen' : 'began';
    return `Too late: ${since} ${inWords(age)} ago, and the rule ends after ${inWords(when.withinHours)}.`;
  }
  for (const name of when.requiredMeasures) {
    if (!event.measures.some(measure => measure.name === name)) return `Not known: ${name}.`;
  }
  for (const [name, least] of Object.entries(when.atLeast)) {
    const values = event.measures.filter(measure => measure.name === name).map(measure => measure.value);
    // Sources differ; the strongest of them counts, as a late team is worse than a proposal that is declined.
    if (values.length > 0 && Math.max(...values) < least) {
      return `Too small: ${name} ${Math.max(...values)}, and the rule starts at ${least}.`;
    }
  }
  const { leastDeveloped = false, smallIsland = false } = country ?? {};
  const holds = {
    any: true,
    'least-developed': leastDeveloped,
    'small-island': smallIsland,
    'least-developed-or-small-island': leastDeveloped || smallIsland,
  }[when.countries];
  if (!holds) {
    return `Only for ${when.countries.replaceAll('-', ' ')} countries: ${country?.name ?? 'country unknown'} is none.`;
  }
  return null;
}

/** Hours since the onset, or since the hazard was last seen; feeds give times in the future, which count as now. */
function ageHours(event: DisasterEvent, countedFrom: 'onset' | 'end', now: Instant): number {
  const from = countedFrom === 'end' ? lastSeen(event) : Date.parse(event.occurredAt);
  return Math.max(0, (Date.parse(now) - from) / HOUR);
}

/** The end where a source gives one; else the newest message, as sources write on for as long as there is something to see. */
function lastSeen({ endedAt, occurredAt, alerts }: DisasterEvent): number {
  if (endedAt !== null) return Date.parse(endedAt);
  return Math.max(Date.parse(occurredAt), ...alerts.map(({ sentAt }) => Date.parse(sentAt)));
}

function facts(event: DisasterEvent, now: Instant): string {
  const magnitudes = event.measures.filter(measure => measure.name === 'magnitude').map(({ value }) => value);
  const size = magnitudes.length > 0 ? `, M ${Math.max(...magnitudes)}` : '';
  return `${event.level}${size}, began ${inWords(ageHours(event, 'onset', now))} ago`;
}

/** "5 h", "3 d 14 h", "192 d". */
function inWords(hours: number): string {
  const whole = Math.floor(hours);
  if (whole < 48) return `${whole} h`;
  const days = Math.floor(whole / 24);
  const rest = whole % 24;
  return days >= 14 || rest === 0 ? `${days} d` : `${days} d ${rest} h`;
}

/** One team of a type, by the first rule that proposes it. */
function teamsOf(fired: readonly ResponseRule[], policy: Policy): TeamNeed[] {
  const teams: TeamNeed[] = [];
  for (const plan of policy.teams) {
    const rule = fired.find(each => each.propose.teams.includes(plan.teamType));
    if (!rule) continue;
    teams.push({
      teamType: plan.teamType,
      ruleId: rule.ruleId,
      seats: plan.seats,
      deadlineHours: plan.deadlineHours,
      standbyRatio: plan.standbyRatio,
      replyWindowMinutes: plan.replyWindowMinutes,
      employerWindowMinutes: plan.employerWindowMinutes,
      missionDays: plan.missionDays,
    });
  }
  return teams;
}

/** Each consignment once; an item that is in two of them is one line with both quantities and the earlier deadline. */
function goodsOf(fired: readonly ResponseRule[], policy: Policy): GoodsNeed[] {
  const lines = new Map<string, GoodsNeed>();
  for (const plan of policy.consignments) {
    const rule = fired.find(each => each.propose.consignments.includes(plan.consignment));
    if (!rule) continue;
    for (const { item, quantity } of plan.lines) {
      const line = lines.get(item);
      lines.set(item, {
        item,
        quantity: (line?.quantity ?? 0) + quantity,
        ruleId: line?.ruleId ?? rule.ruleId,
        deadlineHours: Math.min(line?.deadlineHours ?? Infinity, plan.deadlineHours),
      });
    }
  }
  return [...lines.values()];
}
