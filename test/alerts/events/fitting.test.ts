import { describe, expect, it } from 'vitest';
import { fitted } from '../../../functions/alerts/events/fitting.ts';
import type { DisasterEvent } from '../../../functions/domain/event.ts';
import { alertsOf, capInfo, capMessage, foldAll } from '../messages.ts';

/** A flood told by that many warnings of one incident, each with an area of 200 points and many names. */
const anEventOf = async (warnings: number): Promise<DisasterEvent> => {
  const ring = Array.from({ length: 400 }, (_, step) => {
    const turn = (step % 399) * ((2 * Math.PI) / 399);
    return `${(10 + Math.cos(turn) * (1 + (step % 7) / 9)).toFixed(4)},${(20 + Math.sin(turn)).toFixed(4)}`;
  });
  ring[399] = ring[0]!;
  const area = (name: string) =>
    `<area><areaDesc>${name}</areaDesc>${Array.from({ length: 30 }, (_, code) => `<geocode><valueName>SAME</valueName><value>0${code}</value></geocode>`).join('')}<polygon>${ring.join(' ')}</polygon></area>`;
  const messages = Array.from({ length: warnings }, (_, index) =>
    capMessage({
      identifier: `W${index}`,
      incidents: 'flood-2026-7',
      infos: [
        capInfo({
          expires: '2026-03-05T00:00:00Z',
          area: Array.from({ length: 30 }, (_, part) => area(`district ${index} ${part}`)).join(''),
        }),
      ],
    }),
  );
  return foldAll(await alertsOf(...messages)).events[0]!;
};

describe('an event of very many messages', () => {
  it('fits into one item, with every voice that it had', async () => {
    const event = await anEventOf(24);
    expect(JSON.stringify(event).length).toBeGreaterThan(320_000);
    const small = fitted(event);
    expect(Buffer.byteLength(JSON.stringify(small))).toBeLessThanOrEqual(320_000);
    const voices = ({ accounts }: DisasterEvent) =>
      accounts.flatMap(account => account.voices.map(voice => voice.alertId));
    expect(voices(small)).toEqual(voices(event));
    expect(small).toMatchObject({ level: event.level, state: event.state, strongIds: event.strongIds });
  });

  it('is left as it is when it is of the usual size', async () => {
    const event = await anEventOf(1);
    expect(fitted(event)).toBe(event);
  });
});
