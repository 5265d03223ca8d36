import type { TeamMatch } from '../domain/plan.ts';
import { keepSeat, type Planning } from './planning.ts';
import { timelineEntry } from './timeline.ts';

/** Records on the head who may step in, and already why no one can take some seats. */
export async function recordStandby(
  planning: Planning,
  match: TeamMatch,
  wholeRoster: boolean,
): Promise<void> {
  const { stores, picture, now } = planning;
  const without = new Set(
    picture.seats.filter(seat => seat.state === 'No candidate').map(seat => seat.seatId),
  );
  const { deploymentId } = picture.deployment;
  picture.deployment = await stores.deployments.change(deploymentId, d => ({
    ...d,
    standby: wholeRoster ? match.standby : d.standby,
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
