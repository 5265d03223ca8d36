import { seatCount } from '../functions/deployments/seating.ts';
import { hasEnded } from '../functions/deployments/states.ts';
import type { Deployment, DeploymentTeam, MissionStage } from '../functions/domain/deployment.ts';
import type { DisasterEvent } from '../functions/domain/event.ts';
import type { Instant } from '../functions/domain/primitives.ts';
import { HOUR, plus } from '../functions/domain/time.ts';
import { secondApprovalAboveSeats, stages } from '../functions/needs/policy.json';
import { count, deskTime, inWords, roleName, teamName } from './words.ts';

/** Now: people's way hangs on it. Soon: this shift. When you can: nothing is lost by waiting. */
export type Priority = 'Now' | 'Soon' | 'When you can';

/** One thing that waits for a person, and what happens when nobody acts. */
export type Waiting = {
  priority: Priority;
  what: string;
  consequence: string;
  /** What the button to it says. */
  verb: string;
  decideBy: Instant | null;
  since: Instant;
};
export type WaitingDeployment = Waiting & { deploymentId: string };

const PRIORITIES: Priority[] = ['Now', 'Soon', 'When you can'];

/** "Rescue team, Medical team Type 1 → Türkiye". */
export const titleOf = ({ teams, goods, disaster }: Deployment): string => {
  const what = [
    ...teams.map(team => teamName(team.teamType)),
    ...(teams.length === 0 && goods.length > 0 ? ['Goods'] : []),
  ];
  return `${what.join(' and ')} → ${disaster.countryName || disaster.title}`;
};

/** People asked when it is approved: one a seat, and stand-by people, rounded up in each role. */
export function peopleAsked(teams: Pick<DeploymentTeam, 'seats' | 'standbyRatio'>[]): {
  seats: number;
  standby: number;
} {
  return {
    seats: teams.reduce((sum, team) => sum + seatCount(team), 0),
    standby: teams
      .flatMap(team => team.seats.map(seat => Math.ceil(seat.count * team.standbyRatio - 1e-9)))
      .reduce((sum, each) => sum + each, 0),
  };
}

/** The policy of this build asks for two approvals of a deployment of this size. */
export const needsTwo = (d: Deployment): boolean =>
  peopleAsked(d.teams).seats > secondApprovalAboveSeats.seats;

/** Seats without a candidate about which the desk has not decided, with their reasons. */
export const openGaps = (d: Deployment): [seatId: string, reason: string][] =>
  hasEnded(d)
    ? []
    : Object.entries(d.gaps).flatMap(([seatId, reason]) =>
        d.teams.some(team => seatId.startsWith(`${team.teamType}/`) && !team.goesShort && !team.confirmedAt)
          ? [[seatId, inWords(reason)]]
          : [],
      );

/** The stage to report next; undefined when no stage can be reported. */
export function nextStage(d: Pick<Deployment, 'state' | 'stage'>): MissionStage | undefined {
  if (!['Confirmed', 'Assembling', 'Under way', 'Operating', 'Coming home'].includes(d.state))
    return undefined;
  return MISSION_STAGES[d.stage ? MISSION_STAGES.indexOf(d.stage) + 1 : 0];
}

/** Gaps of one role and one reason as one line: "Fire rescue, 15 seats". */
export function gapLines(gaps: [seatId: string, reason: string][]): { seats: string; reason: string }[] {
  const alike = new Map<string, [string, string][]>();
  for (const gap of gaps) {
    const kind = `${gap[0].split('/').slice(0, 2).join('/')} ${gap[1]}`;
    alike.set(kind, [...(alike.get(kind) ?? []), gap]);
  }
  return [...alike.values()].map(group => ({
    seats: `${roleName(group[0]![0].split('/')[1]!)}, ${count(group.length, 'seat')}`,
    reason: group[0]![1],
  }));
}

/** The stages of a mission in order. */
export const MISSION_STAGES = stages.map(each => each.stage as MissionStage);

/** When somebody asks why the next stage has not been reported. */
export function stageDueAt(d: Deployment): Instant | undefined {
  const next = nextStage(d);
  const hours = stages.find(each => each.stage === next)?.overdueAfterHours;
  const confirmedAt = d.teams
    .flatMap(team => team.confirmedAt ?? [])
    .sort()
    .at(-1);
  const from = d.stages.at(-1)?.at ?? confirmedAt;
  return hours && from ? plus(from, hours * HOUR) : undefined;
}

const firstDeadline = (d: Deployment): Instant | null =>
  d.teams.flatMap(team => (team.deadlineAt && !team.confirmedAt ? [team.deadlineAt] : [])).sort()[0] ?? null;

function waitingIn(d: Deployment, now: number): WaitingDeployment[] {
  const { seats, standby } = peopleAsked(d.teams);
  const title = titleOf(d);
  const item = (
    priority: Priority,
    what: string,
    consequence: string,
    verb: string,
    since: Instant,
    decideBy: Instant | null = null,
  ): WaitingDeployment => ({
    deploymentId: d.deploymentId,
    priority,
    what: `${what}: ${title}`,
    consequence,
    verb,
    since,
    decideBy,
  });
  const asked =
    seats > 0 ? `${count(seats + standby, 'person', 'people')} would be asked.` : 'Goods would be reserved.';
  const found: WaitingDeployment[] = [];
  if (d.state === 'Proposed')
    found.push(
      item(
        d.disaster.level === 'Red' ? 'Now' : 'Soon',
        'Record the request',
        `Nobody is asked until a request is recorded and approved. ${asked}`,
        'Open and decide',
        d.createdAt,
      ),
    );
  if (d.state === 'Prepared (no request)')
    found.push(
      item(
        'When you can',
        'Record the request when it comes',
        'People were asked whether they could go; nobody is held.',
        'Open',
        d.preparedAt ?? d.createdAt,
      ),
    );
  if (d.state === 'Waits for approval')
    found.push(
      item(
        'Now',
        'Approval',
        asked,
        'Open and approve',
        d.request?.recordedAt ?? d.updatedAt,
        firstDeadline(d),
      ),
    );
  if (d.state === 'Waits for second approval') {
    const first = d.approvals.at(-1);
    found.push(
      item(
        'Now',
        'Second approval',
        `${first?.by ?? 'Somebody'} gave the first${first ? `, ${deskTime(first.at, now)}` : ''}. ${asked}`,
        'Open and approve',
        first?.at ?? d.updatedAt,
        firstDeadline(d),
      ),
    );
  }
  const gaps = openGaps(d);
  if (gaps.length > 0)
    found.push(
      item(
        'Now',
        `No candidate left for ${count(gaps.length, 'seat')}`,
        'The team is not told to go until you go short, widen the search or stand down.',
        'See the choices',
        d.updatedAt,
        firstDeadline(d),
      ),
    );
  if (d.increase && !hasEnded(d))
    found.push(
      item(
        'Now',
        'Further need',
        'A further event of the same emergency adds to it; nothing is added until it is approved.',
        'Open and approve',
        d.increase.proposedAt,
      ),
    );
  const due = stageDueAt(d);
  if (due && Date.parse(due) < now)
    found.push(
      item(
        'Soon',
        `Report “${nextStage(d)}”`,
        'Nobody has said whether the people have reached this stage.',
        'Report the stage',
        due,
      ),
    );
  return found;
}

/** By priority, then time left, then the longest waiting. */
export const inTurn = (a: Waiting, b: Waiting): number =>
  PRIORITIES.indexOf(a.priority) - PRIORITIES.indexOf(b.priority) ||
  (a.decideBy ?? '9999').localeCompare(b.decideBy ?? '9999') ||
  a.since.localeCompare(b.since);

/** What waits for a person in deployments. What is real and what is a drill are never in one list. */
export const waitsForAPerson = (
  deployments: Deployment[],
  now: number,
  inDrills = false,
): WaitingDeployment[] =>
  deployments
    .filter(deployment => deployment.drill === inDrills)
    .flatMap(deployment => waitingIn(deployment, now))
    .sort(inTurn);

const LEVELS = ['Red', 'Orange', 'Green', 'Unknown'];

/** Open events, worst first, then newest; exercises come last whatever their level. */
export const byLevel = <E extends Pick<DisasterEvent, 'level' | 'exercise' | 'occurredAt'>>(
  events: E[],
): E[] =>
  [...events].sort(
    (a, b) =>
      Number(a.exercise) - Number(b.exercise) ||
      LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
      b.occurredAt.localeCompare(a.occurredAt),
  );
