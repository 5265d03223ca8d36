import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assemblyTime, holdUntil, newOffer, offerIdOf } from '../../functions/deployments/offers.ts';
import { type DeploymentTeam, Offer } from '../../functions/domain/deployment.ts';
import { plus } from '../../functions/domain/time.ts';
import { createStream } from '../../infra/local/random.ts';
import { aDeployment } from '../notices/samples.ts';
import { anExpert } from '../support/people.ts';
import { aSeat } from './seats.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = '2023-02-06T05:05:00.000Z';
const team = aDeployment().teams[0] as DeploymentTeam;

/** Up to this many minutes from now. */
const within = (hours: number) =>
  fc.integer({ min: 0, max: hours * 60 }).map(minutes => plus(NOW, minutes * MINUTE));
const withDeadline = (deadlineAt: string | null) => ({ ...team, deadlineAt });

describe('assemblyTime', () => {
  it('is never before the last person can be there, nor before now', () => {
    fc.assert(
      fc.property(fc.array(within(72), { maxLength: 6 }), within(72), (arrivals, deadline) => {
        const at = assemblyTime(withDeadline(deadline), arrivals, NOW);
        for (const each of [NOW, ...arrivals]) expect(at >= each).toBe(true);
      }),
    );
  });

  it('keeps nobody waiting for half an hour or more', () => {
    fc.assert(
      fc.property(fc.array(within(72), { maxLength: 6 }), within(72), (arrivals, deadline) => {
        const last = [NOW, ...arrivals].sort().at(-1) as string;
        const at = assemblyTime(withDeadline(deadline), arrivals, NOW);
        expect(Date.parse(at) - Date.parse(last)).toBeLessThan(30 * MINUTE);
      }),
    );
  });

  it('is a full half hour, or the standard itself', () => {
    fc.assert(
      fc.property(fc.array(within(72), { maxLength: 6 }), within(72), (arrivals, deadline) => {
        const at = assemblyTime(withDeadline(deadline), arrivals, NOW);
        expect(at === deadline || Date.parse(at) % (30 * MINUTE) === 0).toBe(true);
      }),
    );
  });

  it('is after the standard only when somebody comes after it', () => {
    fc.assert(
      fc.property(fc.array(within(72), { maxLength: 6 }), within(72), (arrivals, deadline) => {
        const isLate = [NOW, ...arrivals].some(each => each > deadline);
        expect(assemblyTime(withDeadline(deadline), arrivals, NOW) > deadline).toBe(isLate);
      }),
    );
  });

  it('asks neither for the order of arrivals nor for people who come sooner', () => {
    fc.assert(
      fc.property(fc.array(within(72), { minLength: 1, maxLength: 6 }), within(72), (arrivals, deadline) => {
        const last = [...arrivals].sort().at(-1) as string;
        const at = assemblyTime(withDeadline(deadline), arrivals, NOW);
        expect(assemblyTime(withDeadline(deadline), [...arrivals].reverse(), NOW)).toBe(at);
        expect(assemblyTime(withDeadline(deadline), [last], NOW)).toBe(at);
      }),
    );
  });

  const table: [string, string | null, string[], string][] = [
    ['nobody yet', '2023-02-07T04:38:00.000Z', [], '2023-02-06T05:30:00.000Z'],
    [
      'up to the next half hour',
      '2023-02-07T04:38:00.000Z',
      ['2023-02-06T11:01:00.000Z'],
      '2023-02-06T11:30:00.000Z',
    ],
    [
      'on the half hour',
      '2023-02-07T04:38:00.000Z',
      ['2023-02-06T11:30:00.000Z'],
      '2023-02-06T11:30:00.000Z',
    ],
    [
      'not past the standard',
      '2023-02-06T11:10:00.000Z',
      ['2023-02-06T11:01:00.000Z'],
      '2023-02-06T11:10:00.000Z',
    ],
    [
      'past it when somebody is',
      '2023-02-06T11:00:00.000Z',
      ['2023-02-06T11:01:00.000Z'],
      '2023-02-06T11:30:00.000Z',
    ],
    [
      'without a request, the standard from now',
      null,
      ['2023-02-07T05:02:00.000Z'],
      '2023-02-07T05:05:00.000Z',
    ],
  ];
  it.each(table)('%s', (_what, deadline, arrivals, expected) =>
    expect(assemblyTime(withDeadline(deadline), arrivals, NOW)).toBe(expected),
  );
});

describe('newOffer', () => {
  const parts = (change: Partial<Parameters<typeof newOffer>[0]> = {}) => {
    const stream = createStream('offers.test');
    return {
      deployment: aDeployment(),
      team,
      role: 'dog-handler',
      expert: anExpert(),
      kind: 'seat' as const,
      seat: aSeat({ timesAsked: 1 }),
      assembleBy: '2023-02-06T12:00:00.000Z',
      taken: [],
      now: NOW,
      random: stream.next,
      randomBytes: stream.bytes,
      ...change,
    };
  };

  it('asks one person for one seat, with the windows of the team', () => {
    const offer = newOffer(parts());
    expect(Offer.parse(offer)).toEqual(offer);
    expect(offer).toMatchObject({
      offerId: 'rescue/dog-handler/01/2',
      expertId: 'E-0001',
      employerId: 'EMP-001',
      language: 'en',
      state: 'Queued',
      answerBy: '2023-02-06T06:05:00.000Z',
      homeAt: '2023-02-15T12:00:00.000Z',
      askedAt: null,
      finalWord: null,
      noticesDue: true,
    });
    expect(offer.memberKey).not.toBe(offer.employerKey);
  });

  it('gives no code that the person has already', () => {
    const first = newOffer(parts()).code;
    expect(newOffer(parts({ taken: [first] })).code).not.toBe(first);
  });

  it.each([
    ['none on record', null, false],
    ['through the mission', '2023-02-15T12:00:00.000Z', true],
    ['until shortly before the end', '2023-02-15T11:59:59.999Z', false],
  ])('counts standing consent: %s', (_what, standingConsentUntil, expected) =>
    expect(newOffer(parts({ expert: anExpert({ standingConsentUntil }) })).standingConsent).toBe(expected),
  );

  it('names the same offer when a step is repeated, and another for each asking', () => {
    expect(offerIdOf('seat', 'rescue/dog-handler', aSeat(), 'E-1')).toBe('rescue/dog-handler/01/1');
    expect(offerIdOf('seat', 'rescue/dog-handler', aSeat({ timesAsked: 1 }), 'E-1')).toBe(
      'rescue/dog-handler/01/2',
    );
    expect(offerIdOf('standby', 'rescue/dog-handler', null, 'E-1')).toBe('rescue/dog-handler/standby/E-1');
    expect(offerIdOf('availability', 'rescue/dog-handler', null, 'E-1')).toBe(
      'rescue/dog-handler/availability/E-1',
    );
  });
});

describe('holdUntil', () => {
  it('leaves a day to come home', () =>
    expect(holdUntil({ homeAt: NOW })).toBe(new Date(Date.parse(NOW) + 24 * HOUR).toISOString()));
});
