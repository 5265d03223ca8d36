import { describe, expect, it } from 'vitest';
import type { Deployment } from '../../functions/domain/deployment.ts';
import type { DisasterEvent } from '../../functions/domain/event.ts';
import type { Need } from '../../functions/domain/need.ts';
import { assessNeed } from '../../functions/needs/assessment.ts';
import { profileOf } from '../../functions/needs/country-profile.ts';
import { addIncrease, findOpenDeployment, increase } from '../../functions/needs/emergency.ts';
import { loadPolicy } from '../../functions/needs/policy.ts';
import { anEvent } from './events.ts';

const policy = loadPolicy();

type Open = Parameters<typeof findOpenDeployment>[1][number];
const anOpenDeployment = (changes: Partial<Open> = {}): Open => {
  const { eventId, title, hazard, level, occurredAt, position } = anEvent();
  return {
    deploymentId: 'D-1',
    eventId,
    furtherEventIds: [],
    disaster: { title, hazard, level, occurredAt, country: 'CHN', countryName: 'China', position },
    state: 'Filling seats',
    drill: false,
    createdAt: '2025-01-07T02:00:00.000Z',
    ...changes,
  };
};
const disaster = (changes: Partial<Deployment['disaster']>) => ({
  disaster: { ...anOpenDeployment().disaster, ...changes },
});

describe('the open deployment of an event', () => {
  const later = { eventId: 'EV-2', occurredAt: '2025-01-08T01:00:00.000Z' };
  const table: [string, Partial<DisasterEvent>, Partial<Open>, boolean][] = [
    ['the same event again', {}, {}, true],
    ['an event that was added before', { eventId: 'EV-7' }, { furtherEventIds: ['EV-7'] }, true],
    ['an aftershock a day later', later, {}, true],
    ['a quake 16 days later', { ...later, occurredAt: '2025-01-23T02:00:00.000Z' }, {}, false],
    ['a quake 700 km away', { ...later, position: { latitude: 28.6, longitude: 94.6 } }, {}, false],
    ['a quake of another state nearby', { ...later, countries: ['NPL'] }, {}, false],
    ['a flood after the quake', { ...later, hazard: 'FL' }, {}, false],
    ['a landslide after the quake', { ...later, hazard: 'LS' }, {}, true],
    [
      'a tsunami whose parent is the quake, far along the coast',
      { ...later, hazard: 'TS', parentEventId: 'EV-1', position: { latitude: 20, longitude: 110 } },
      {},
      true,
    ],
    [
      'a tsunami of that quake in another state',
      { ...later, hazard: 'TS', parentEventId: 'EV-1', countries: ['IND'] },
      {},
      false,
    ],
    [
      'a second landfall of the season in the same state',
      { ...later, hazard: 'TC', countries: ['PHL'], position: null },
      disaster({ hazard: 'TC', country: 'PHL' }),
      true,
    ],
    [
      'an event without place and country',
      { ...later, countries: [], position: null },
      disaster({ position: null }),
      false,
    ],
    ['an aftershock when the deployment is closed', later, { state: 'Closed' }, false],
    ['an aftershock when it was refused', later, { state: 'Refused' }, false],
    ['an aftershock while it stands down', later, { state: 'Standing down' }, false],
    ['the same event when it is closed', {}, { state: 'Closed' }, false],
    ['an exercise near a real deployment', { ...later, exercise: true }, {}, false],
    ['an exercise near a drill', { ...later, exercise: true }, { drill: true }, true],
  ];
  it.each(table)('%s', (_, event, deployment, joins) => {
    const open = anOpenDeployment(deployment);
    expect(findOpenDeployment(anEvent(event), [open], policy)).toBe(joins ? open : null);
  });

  it('is the one for this very event before an older one nearby', () => {
    const older = anOpenDeployment({
      deploymentId: 'D-0',
      eventId: 'EV-0',
      createdAt: '2025-01-01T00:00:00.000Z',
    });
    const own = anOpenDeployment();
    expect(findOpenDeployment(anEvent(), [older, own], policy)).toBe(own);
    expect(findOpenDeployment(anEvent({ eventId: 'EV-9' }), [own, older], policy)).toBe(older);
  });
});

describe('what a further event adds', () => {
  const needOf = (changes: Partial<DisasterEvent>): Need => {
    const event = anEvent(changes);
    return assessNeed({ event, policy, profileOf, now: event.occurredAt });
  };
  const red = needOf({});
  const orange = needOf({ level: 'Orange', measures: [] });

  it('is nothing when all is covered', () => {
    expect(increase(red, red)).toEqual({ teams: [], goods: [], reasons: [] });
  });

  it('is the whole team and the missing units when the first event called for less', () => {
    const added = increase(orange, red);
    expect(added.teams.map(team => team.teamType)).toEqual(['rescue', 'medical-2']);
    expect(added.goods.map(({ item, quantity }) => [item, quantity])).toEqual([
      ['tent', 300],
      ['plastic-sheet', 500],
      ['sleeping-pad', 1200],
      ['blanket', 3000],
      ['jerry-can', 1500],
      ['water-purifier', 20],
    ]);
    expect(added.reasons).toHaveLength(8);
  });

  it('is the larger count of each role, never the sum', () => {
    const half: Need = {
      ...red,
      teams: red.teams.map(team => ({
        ...team,
        seats: team.seats.map(seat => ({ ...seat, count: Math.ceil(seat.count / 2) })),
      })),
    };
    const added = increase(half, red);
    const grown = addIncrease(half, added);
    expect(grown.teams.map(({ teamType, seats }) => ({ teamType, seats }))).toEqual(
      red.teams.map(({ teamType, seats }) => ({ teamType, seats })),
    );
    expect(increase(grown, red)).toEqual({ teams: [], goods: [], reasons: [] });
  });

  it('once added covers both events', () => {
    const grown = addIncrease(orange, increase(orange, red));
    expect(increase(grown, red).teams).toEqual([]);
    expect(increase(grown, orange)).toEqual({ teams: [], goods: [], reasons: [] });
    expect(grown.goods.find(({ item }) => item === 'tent')?.quantity).toBe(500);
  });
});
