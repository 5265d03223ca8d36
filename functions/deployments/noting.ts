import { createHash } from 'node:crypto';
import type { PlanMade } from '../domain/deployment.ts';
import type { TeamMatch } from '../domain/plan.ts';
import { reserveOf } from '../matching/reserve.ts';
import { type Choice, plural } from './choosing.ts';
import { keepSeat, type Planning } from './planning.ts';
import { timelineEntry } from './timeline.ts';

/** A longer certificate is kept by its digest alone: an item of the table may have 400 KB. */
const LONGEST_CERTIFICATE = 200_000;

/** A choice as it is kept. */
export function planMade(deploymentId: string, number: number, at: string, choice: Choice): PlanMade {
  const { from, because, match } = choice;
  return {
    deploymentId,
    number,
    at,
    from,
    because,
    picks: match.picks.map(({ seatId, expertId, arrivesAt }) => ({ seatId, expertId, arrivesAt })),
    empty: match.empty.map(({ seatId }) => seatId),
    brokenRules: match.brokenRules,
    stages: match.stages,
    certificate: certificateOf(match),
  };
}

/** The certificate as text, and what its bytes are known by. */
function certificateOf({ certificate }: Choice['match']): PlanMade['certificate'] {
  const text = JSON.stringify(certificate);
  const bytes = Buffer.from(text);
  return {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    text: bytes.length > LONGEST_CERTIFICATE ? null : text,
  };
}

/** Writes a plan and its reserve under the next number. The head that counts it comes after it, so that a repeat writes the same number. */
async function putPlan({ stores, picture, now }: Planning, choice: Choice): Promise<number> {
  const { deploymentId, plans } = picture.deployment;
  await stores.deployments.putPlan(planMade(deploymentId, plans + 1, now, choice));
  if (choice.from === 'whole roster') {
    const { screened, solved, roster } = choice;
    const groups = reserveOf(screened.candidacies, solved.chosen, roster);
    await stores.deployments.putReserve({ deploymentId, plan: plans + 1, groups });
  }
  return plans + 1;
}

/** Keeps a plan with its proof, and nothing of it on the head: people are only sounded out by it. */
export async function keepPlan(planning: Planning, choice: Choice): Promise<void> {
  const { stores, picture } = planning;
  const plans = await putPlan(planning, choice);
  picture.deployment = await stores.deployments.change(picture.deployment.deploymentId, d => ({
    ...d,
    plans,
  }));
}

/** Keeps a plan with its proof, and on the head who may step in, and already why no one can take some seats. */
export async function recordPlan(planning: Planning, choice: Choice, round: number): Promise<void> {
  const { stores, picture, now } = planning;
  const { match, from, because } = choice;
  const { deploymentId } = picture.deployment;
  const where = because ? `${from}: ${because}` : from;
  await stores.deployments.append(
    timelineEntry(
      deploymentId,
      now,
      'plan',
      `plan/${round}`,
      `Planned ${plural(match.picks.length, 'seat')} (${where}). ${match.stages.map(stage => stage.sentence.en).join(' ')}`,
    ),
  );
  const planned = new Set(choice.problem.teams.map(team => team.teamType));
  const number = await putPlan(planning, choice);
  const without = new Set(
    picture.seats.filter(seat => seat.state === 'No candidate').map(seat => seat.seatId),
  );
  picture.deployment = await stores.deployments.change(deploymentId, d => ({
    ...d,
    plans: number,
    standby: from === 'whole roster' ? match.standby : d.standby,
    // Of teams of which no seat was open the plan says nothing new.
    brokenRules: [...d.brokenRules.filter(rule => !planned.has(rule.teamType)), ...match.brokenRules],
    gaps: {
      ...Object.fromEntries(Object.entries(d.gaps).filter(([seatId]) => without.has(seatId))),
      ...Object.fromEntries(match.empty.map(({ seatId, reason }) => [seatId, reason])),
    },
    updatedAt: now,
  }));
}

/** Records on the seats that nobody can take them, and forgets the reasons of those that somebody has. */
export async function recordGaps(planning: Planning, empty: TeamMatch['empty']): Promise<void> {
  const { stores, picture, now } = planning;
  const { deploymentId } = picture.deployment;
  for (const { seatId, reason } of empty) {
    await stores.deployments.append(
      timelineEntry(deploymentId, now, 'seat', `${seatId}/empty`, `${seatId}: no candidate: ${reason.en}`),
    );
    keepSeat(
      planning,
      await stores.deployments.changeSeat(deploymentId, seatId, s =>
        s.state === 'Open' ? { ...s, state: 'No candidate', reasons: [reason] } : undefined,
      ),
    );
  }
  const isGap = (seatId: string) =>
    planning.picture.seats.some(seat => seat.seatId === seatId && seat.state === 'No candidate');
  if (Object.keys(picture.deployment.gaps).every(isGap)) return;
  picture.deployment = await stores.deployments.change(deploymentId, d => ({
    ...d,
    gaps: Object.fromEntries(Object.entries(d.gaps).filter(([seatId]) => isGap(seatId))),
    updatedAt: now,
  }));
}
