import type { DisasterEvent, Voice } from '../../domain/event.ts';

/** An item of DynamoDB holds 400 KB; names of attributes and the way numbers are written take a part of that. */
const mostBytes = 320_000;

const bytesOf = (event: DisasterEvent) => Buffer.byteLength(JSON.stringify(event));

const withVoices = (event: DisasterEvent, change: (voice: Voice) => Voice): DisasterEvent => ({
  ...event,
  accounts: event.accounts.map(account => ({ ...account, voices: account.voices.map(change) })),
});

/** What an event can do without, the least missed first: each message stands whole beside it. */
const savings: readonly ((event: DisasterEvent) => DisasterEvent)[] = [
  event => withVoices(event, voice => ({ ...voice, footprint: null })),
  event => withVoices(event, voice => ({ ...voice, areas: voice.areas.slice(0, 4), remarks: [] })),
  event => ({ ...event, alerts: event.alerts.slice(-50) }),
  event => withVoices(event, voice => ({ ...voice, places: {}, titles: {}, areas: [] })),
  event => ({
    ...event,
    footprint: null,
    areas: event.areas.slice(0, 20),
    doubts: event.doubts.slice(0, 20),
  }),
];

/** The event, small enough for one item: an event of very many messages loses drawings, then history, never a voice. */
export const fitted = (event: DisasterEvent): DisasterEvent => {
  let fitting = event;
  for (const save of savings) {
    if (bytesOf(fitting) <= mostBytes) return fitting;
    fitting = save(fitting);
  }
  return fitting;
};
