import { DisasterEvent } from '../../functions/domain/event.ts';

/** An open Red earthquake abroad, changed as the test says. */
export const anEvent = (changes: Partial<DisasterEvent> = {}): DisasterEvent =>
  DisasterEvent.parse({
    eventId: 'EV-1',
    hazard: 'EQ',
    level: 'Red',
    levelRule: 'test',
    title: 'Earthquake',
    state: 'open',
    exercise: false,
    occurredAt: '2025-01-07T01:05:16.000Z',
    endedAt: null,
    countries: ['CHN'],
    position: { latitude: 28.639, longitude: 87.361 },
    measures: [{ name: 'magnitude', value: 7.1, unit: 'M' }],
    strongIds: [],
    alerts: [],
    parentEventId: null,
    updatedAt: '2025-01-07T01:30:00.000Z',
    ...changes,
  });
