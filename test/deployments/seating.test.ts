import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  hasAllSeats,
  isFilled,
  isFull,
  readyAt,
  seatCount,
  seatsOf,
  toDeploymentTeam,
} from '../../functions/deployments/seating.ts';
import { type DeploymentTeam, type Seat, SeatState } from '../../functions/domain/deployment.ts';
import { aDeployment } from '../notices/samples.ts';
import { aSeat } from './seats.ts';

const sample = aDeployment().teams[0] as DeploymentTeam;
const roles = ['team-leader', 'doctor', 'dog-handler', 'nurse'];

/** Any team: one to four roles, none twice. */
const teams = fc
  .uniqueArray(
    fc.record({
      role: fc.constantFrom(...roles),
      count: fc.integer({ min: 1, max: 12 }),
      critical: fc.boolean(),
    }),
    {
      selector: seat => seat.role,
      minLength: 1,
    },
  )
  .map(seats => toDeploymentTeam({ ...sample, seats }, null));

describe('seatsOf', () => {
  it('makes every seat once, open and empty, numbered from 1 within team and role', () => {
    fc.assert(
      fc.property(teams, teams, (rescue, other) => {
        const medical: DeploymentTeam = { ...other, teamType: 'medical-1' };
        const seats = seatsOf({ deploymentId: 'D-0041', teams: [rescue, medical] });
        expect(seats).toHaveLength(seatCount(rescue) + seatCount(medical));
        expect(new Set(seats.map(seat => seat.seatId)).size).toBe(seats.length);
        for (const team of [rescue, medical]) {
          expect(hasAllSeats(team, seats)).toBe(true);
          for (const { role, count, critical } of team.seats) {
            const own = seats.filter(seat => seat.teamType === team.teamType && seat.role === role);
            expect(own.map(seat => seat.number)).toEqual(
              Array.from({ length: count }, (_, index) => index + 1),
            );
            expect(
              own.every(seat => seat.critical === critical && seat.state === 'Open' && !seat.expertId),
            ).toBe(true);
          }
        }
      }),
    );
  });

  it('names a seat by team, role and a number that sorts', () => {
    const [first] = seatsOf({ deploymentId: 'D-0041', teams: [sample] });
    expect(first).toEqual(aSeat());
  });

  it('gives a team that grows the same seats and more', () => {
    fc.assert(
      fc.property(teams, fc.integer({ min: 1, max: 5 }), (team, more) => {
        const grown = { ...team, seats: team.seats.map(seat => ({ ...seat, count: seat.count + more })) };
        const ids = (each: DeploymentTeam) =>
          seatsOf({ deploymentId: 'D', teams: [each] }).map(seat => seat.seatId);
        expect(ids(grown)).toEqual(expect.arrayContaining(ids(team)));
      }),
    );
  });
});

describe('toDeploymentTeam', () => {
  it('runs the standard from the request, and has none before it', () => {
    expect(toDeploymentTeam(sample, null)).toMatchObject({ deadlineAt: null, required: 4, goesShort: false });
    expect(toDeploymentTeam(sample, '2023-02-06T04:38:00.000Z').deadlineAt).toBe('2023-02-07T04:38:00.000Z');
  });
});

describe('isFull', () => {
  const two = { ...sample, required: 2 };
  const seats = (...states: Seat['state'][]) => states.map(state => aSeat({ state }));
  const table: [string, DeploymentTeam, Seat[], boolean][] = [
    ['both consents on every seat', two, seats('Both consents', 'Confirmed'), true],
    ['a seat without the employer', two, seats('Both consents', 'Employer to agree'), false],
    ['a seat that is not written yet', two, seats('Both consents'), false],
    ['a seat without candidate', two, seats('Both consents', 'No candidate'), false],
    [
      'a seat without candidate, and the team goes short',
      { ...two, goesShort: true },
      seats('Both consents', 'No candidate'),
      true,
    ],
    [
      'somebody still asked, though the team goes short',
      { ...two, goesShort: true },
      seats('Asked', 'No candidate'),
      false,
    ],
    [
      "another team's open seat",
      two,
      [...seats('Both consents', 'Both consents'), aSeat({ teamType: 'medical-1' })],
      true,
    ],
    [
      "another team's filled seats",
      two,
      seats('Both consents', 'Both consents').map(seat => ({ ...seat, teamType: 'medical-1' as const })),
      false,
    ],
  ];
  it.each(table)('%s', (_what, team, all, expected) => expect(isFull(team, all)).toBe(expected));

  it('counts a seat as filled on both consents alone', () =>
    expect(SeatState.options.filter(state => isFilled(aSeat({ state })))).toEqual([
      'Both consents',
      'Confirmed',
    ]));
});

describe('readyAt', () => {
  const arrives = (hour: string, change: Partial<Seat> = {}) =>
    aSeat({ state: 'Both consents', arrivesAt: `2023-02-06T${hour}:00:00.000Z`, ...change });
  it('is when the last of those who go is there', () => {
    expect(readyAt(sample, [arrives('09'), arrives('11'), arrives('10')])).toBe('2023-02-06T11:00:00.000Z');
  });
  it('does not count who has not agreed, or goes with another team', () => {
    const others = [arrives('20', { state: 'Asked' }), arrives('21', { teamType: 'medical-1' })];
    expect(readyAt(sample, [arrives('09'), ...others])).toBe('2023-02-06T09:00:00.000Z');
    expect(readyAt(sample, others)).toBeNull();
  });
});
