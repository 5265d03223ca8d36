import type { EmptySeat, Pick } from '../domain/plan.ts';
import { momentAfter } from './arrival.ts';
import { filtersFor } from './eligibility.ts';
import type { MatchInput } from './instance.ts';
import { type Arc, compareArcs, type Model, type ModelGroup } from './model.ts';

/** Each chosen person on a seat of the group, the earliest first, and in words why. */
export function explainPicks(model: Model, chosen: readonly Arc[], input: MatchInput): Pick[] {
  const taken = new Set(chosen.map(arc => arc.person));
  return model.groups.flatMap((group, g) => {
    const own = chosen.filter(arc => arc.group === g).sort(compareArcs);
    const next = model.arcs.find(arc => arc.group === g && !taken.has(arc.person));
    return own.map((arc, i) => ({
      seatId: group.seatIds[i]!,
      expertId: arc.eligible.person.expertId,
      arrivesAt: momentAfter(input.now, arc.minutes),
      reasons: [
        certified(group, arc),
        arrives(arc),
        speaks(arc, input.languages),
        arc.eligible.isPreferred ? 'has already said that they can go' : '',
        compared(arc, next),
      ].filter(reason => reason !== ''),
    }));
  });
}

function certified({ role }: ModelGroup, { eligible: { qualification } }: Arc): string {
  const grade = ['', 'basic', 'experienced', 'instructor'][qualification.proficiency]!;
  return `certified as ${inWords(role)} (${grade}) until ${qualification.validUntil.slice(0, 10)}`;
}

function arrives({ eligible: { arrival } }: Arc): string {
  const parts = [
    arrival.replyMinutes > 0 ? `to answer ${duration(arrival.replyMinutes)}` : '',
    arrival.employerMinutes > 0 ? `the employer's answer ${duration(arrival.employerMinutes)}` : '',
    `notice to move ${duration(arrival.noticeMinutes)}`,
    `${Math.round(arrival.distanceKm)} km by ${arrival.by} ${duration(arrival.travelMinutes)}`,
  ].filter(part => part !== '');
  return `ready ${duration(arrival.minutes)} from now at the latest: ${parts.join(', ')}`;
}

function speaks({ eligible: { person } }: Arc, languages: readonly string[]): string {
  const shared = person.languages.filter(code => languages.includes(code));
  if (shared.length > 0) return `speaks ${shared.join(', ')}`;
  return languages.length > 0 ? `speaks none of ${languages.join(', ')}` : '';
}

function compared(arc: Arc, next: Arc | undefined): string {
  if (!next) return 'nobody else is eligible and free';
  const later = next.minutes - arc.minutes;
  if (later > 0) return `the next best would arrive ${duration(later)} later`;
  if (later === 0) return 'the next best would arrive at the same time';
  return `somebody who arrives ${duration(-later)} earlier is left for another goal`;
}

/** Each seat that nobody takes, with what removed those who hold its role. */
export function explainEmptySeats(model: Model, chosen: readonly Arc[], input: MatchInput): EmptySeat[] {
  const order = filtersFor(input)
    .map(filter => filter.excluded)
    .reverse();
  return model.groups.flatMap((group, g) => {
    const filled = chosen.filter(arc => arc.group === g).length;
    const { qualified, eligible, removed } = group.screening;
    const filters: Record<string, number> = {};
    for (const name of order) if (removed.has(name)) filters[name] = removed.get(name)!;
    const reason = reasonOf(qualified, filled, eligible.length - filled, filters);
    return group.seatIds.slice(filled).map(seatId => ({ seatId, reason, filters }));
  });
}

function reasonOf(
  qualified: number,
  filled: number,
  elsewhere: number,
  filters: Readonly<Record<string, number>>,
): string {
  if (qualified === 0) return 'Nobody on the roster holds this role.';
  const parts = [
    filled > 0 ? `${filled} ${filled === 1 ? 'takes' : 'take'} a seat of this role` : '',
    elsewhere > 0 ? `${elsewhere} ${elsewhere === 1 ? 'takes' : 'take'} another seat` : '',
    ...Object.entries(filters).map(([name, count]) => `${count} ${name}`),
  ].filter(part => part !== '');
  return `Of ${qualified} qualified: ${parts.join(', ')}.`;
}

const inWords = (role: string): string => role.replaceAll('-', ' ');

/** "45 min", "3 h", "9 h 5 min". */
function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}
