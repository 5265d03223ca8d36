import { describe, expect, it } from 'vitest';
import type { Picture } from '../../functions/deployments/news.ts';
import { missingSeats, prospectOf, teamsToReopen } from '../../functions/deployments/prospect.ts';
import type { Deployment, DeploymentTeam } from '../../functions/domain/deployment.ts';
import { aDeployment, anOffer, consent } from '../notices/samples.ts';
import { aSeat, nobody } from './seats.ts';

const AT = '2023-02-06T05:46:00.000Z';

const team = (change: Partial<DeploymentTeam> = {}): DeploymentTeam => ({
  ...(aDeployment().teams[0] as DeploymentTeam),
  seats: [{ role: 'dog-handler', count: 2, critical: true }],
  required: 2,
  ...change,
});
const picture = (
  deployment: Partial<Deployment>,
  seats: Picture['seats'] = [],
  offers: Picture['offers'] = [],
): Picture => ({ deployment: { ...aDeployment(), teams: [team()], ...deployment }, seats, offers });
const two = (change: Parameters<typeof aSeat>[0] = {}) => [
  aSeat({ seatId: 'rescue/dog-handler/01', number: 1 }),
  aSeat({ seatId: 'rescue/dog-handler/02', number: 2, ...change }),
];
const shown = ({ seats }: Picture) =>
  seats.map(seat => `${seat.seatId} ${seat.expertId ?? '-'} ${seat.state}`);

describe('how a deployment would stand before a plan', () => {
  it('has all seats of the need before any of them is written', () => {
    const before = picture({});
    expect(missingSeats(before)).toHaveLength(2);
    expect(shown(prospectOf(before))).toEqual([
      'rescue/dog-handler/01 - Open',
      'rescue/dog-handler/02 - Open',
    ]);
    expect(before.seats).toEqual([]);
  });

  it('counts a further need that waits for approval as approved', () => {
    const {
      seats: _seats,
      required: _required,
      deadlineAt: _at,
      filledAt,
      confirmedAt,
      goesShort,
      ...need
    } = team();
    const increase = {
      eventIds: ['EV-2'],
      teams: [{ ...need, seats: [{ role: 'dog-handler', count: 1, critical: true }] }],
      goods: [{ item: 'tent', quantity: 10, ruleId: 'R', deadlineHours: 24 }],
      reasons: [],
      proposedAt: AT,
      approvals: [],
    };
    const before = picture(
      { increase, goods: [], teams: [team({ confirmedAt: AT })] },
      two({ state: 'Confirmed' }),
    );
    const { deployment, seats } = prospectOf(before);
    expect(seats.at(-1)).toMatchObject({ seatId: 'rescue/dog-handler/03', state: 'Open' });
    expect(deployment.goods).toEqual(increase.goods);
    expect(deployment.teams[0]).toMatchObject({ required: 3, confirmedAt: null });
  });

  it('plans a confirmed team anew only when a seat of it is open', () => {
    const confirmed = { teams: [team({ confirmedAt: AT, filledAt: AT })] };
    const full = picture(
      confirmed,
      two().map(seat => ({ ...seat, state: 'Confirmed' as const })),
    );
    expect(teamsToReopen(full)).toEqual([]);
    expect(prospectOf(full)).toEqual(full);
    const open = picture(confirmed, two());
    expect(prospectOf(open).deployment.teams[0]).toMatchObject({ confirmedAt: null, filledAt: null });
  });

  it('gives a seat without a candidate another chance when the search was widened since', () => {
    const gap = two({ state: 'No candidate' });
    expect(shown(prospectOf(picture({ widened: true }, gap)))).toContain('rescue/dog-handler/02 - Open');
    const planned = { widened: true, gaps: { 'rescue/dog-handler/02': nobody } };
    expect(shown(prospectOf(picture(planned, gap)))).toContain('rescue/dog-handler/02 - No candidate');
  });

  it('gives open seats first to those who stand by with both consents', () => {
    const standsBy = (expertId: string, at: string) =>
      anOffer({
        offerId: `rescue/dog-handler/standby/${expertId}`,
        kind: 'standby',
        role: 'dog-handler',
        seatId: null,
        expertId,
        member: { ...consent('yes'), at },
        employer: { ...consent('yes'), at },
      });
    const offers = [
      standsBy('E-late', '2023-02-06T05:10:00.000Z'),
      standsBy('E-soon', '2023-02-06T05:01:00.000Z'),
    ];
    const one = picture({}, two({ state: 'Asked', expertId: 'E-9' }), offers);
    expect(shown(prospectOf(one))).toEqual([
      'rescue/dog-handler/01 E-soon Both consents',
      'rescue/dog-handler/02 E-9 Asked',
    ]);
  });
});
