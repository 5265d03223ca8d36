import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../../functions/alerts/documents/document.ts';
import { valueAt } from '../../../../functions/alerts/documents/place.ts';
import { readBody } from '../../../../functions/alerts/intake.ts';
import { read } from '../../messages.ts';
import { capAtom, fields, linked, message, oid, weatherService } from './cap-feeds.ts';

const captures = join(import.meta.dirname, '../../../../../shared/captures');

describe('entries that say what their message says', () => {
  it('are read as the message, under its sender, identifier and time', async () => {
    const reading = await read(
      capAtom(weatherService(oid, fields('<cap:sent>2024-05-01T08:59:00-05:00</cap:sent>'))),
    );
    const full = await read(
      message(oid)
        .replace('met@example.org', 'w-nws.webmaster@noaa.gov')
        .replace('2024-05-01T09:00:00Z', '2024-05-01T08:59:00-05:00'),
    );
    expect(reading.links).toEqual([]);
    const [alert] = reading.accepted;
    expect(alert).toMatchObject({
      alertId: full.accepted[0]?.alertId,
      source: 'w-nws.webmaster@noaa.gov',
      sourceId: oid,
      hazard: 'FL',
      format: 'cap-index',
      rawPlace: 'entry[0]',
      sentAt: '2024-05-01T13:59:00.000Z',
      expiresAt: '2024-05-02T14:00:00.000Z',
      countries: ['USA'],
      title: 'Flood Warning issued May 1 at 9:00AM CDT',
    });
    expect(alert?.footprint).toHaveLength(1);
    expect(alert?.areas[0]).toMatchObject({ name: 'Polk; Warren' });
    expect(alert?.areas[0]?.codes).toEqual(
      expect.arrayContaining(['FIPS6:019153', 'FIPS6:019181', 'UGC:IAC153']),
    );
  });

  it('take the time of publication where the index leaves out when it was sent', async () => {
    const { accepted } = await read(capAtom(weatherService(oid, fields())));
    expect(accepted[0]?.sentAt).toBe('2024-05-01T14:00:00.000Z');
    expect(accepted[0]?.places.sentAt).toBe('published');
  });

  it('are read for any sender whose entries hold the whole name of the message', async () => {
    const named =
      '<cap:identifier>x.1</cap:identifier><cap:sender>met@example.org</cap:sender><cap:sent>2024-05-01T09:00:00Z</cap:sent>';
    const whole = `<entry><id>1</id><title>Hochwasser</title>${linked('https://a.org/1.cap')}${fields(named)}</entry>`;
    const { accepted, links } = await read(capAtom(whole));
    expect([accepted[0]?.source, accepted[0]?.sourceId, links]).toEqual(['met@example.org', 'x.1', []]);
    const lacking = await read(capAtom(whole.replace(/<cap:sender>.*?<\/cap:sender>/, '')));
    expect([lacking.accepted, lacking.links]).toEqual([
      [],
      [{ place: 'entry[0]', url: 'https://a.org/1.cap' }],
    ]);
  });

  it.each([
    [
      'placeholders',
      weatherService(
        'x',
        `<cap:identifier>!</cap:identifier><cap:sender>!</cap:sender>${fields('<cap:sent>!</cap:sent>')}`,
      ),
    ],
    [
      'an address of another host',
      weatherService(oid, fields()).replaceAll('api.weather.gov', 'api.weather.gov.evil.org'),
    ],
    ['an author of another name', weatherService(oid, fields()).replace('@noaa.gov', '@evil.org')],
    ['no status', weatherService(oid, fields().replace(/<cap:status>.*?<\/cap:status>/, ''))],
  ])('are only linked with %s', async (_, body) => {
    const reading = await read(capAtom(body));
    expect(reading.accepted).toEqual([]);
    expect(reading.links).toHaveLength(1);
  });

  it.each([
    ['Required Weekly Test', /weekly test/i],
    ['Practice/Demo Warning', /practice/i],
    ['Administrative Message', /administrative/i],
  ])('are not believed as %s though marked Actual', async (event, reason) => {
    const reading = await read(capAtom(weatherService(oid, fields('', event))));
    expect(reading.accepted).toEqual([]);
    expect(reading.ignored[0]).toMatchObject({
      item: expect.stringContaining('entry[0]'),
      reason: expect.stringMatching(reason),
    });
  });

  it('stop a broken entry at itself', async () => {
    const bad = weatherService(oid.replace('001', '002'), fields('<cap:sent>yesterday</cap:sent>'));
    const reading = await read(capAtom(bad + weatherService(oid, fields())));
    expect(reading.rejected).toEqual([
      { item: expect.stringMatching(/^entry\[0\] urn:oid/), reason: expect.stringContaining('sent') },
    ]);
    expect(reading.accepted).toHaveLength(1);
  });
});

describe.skipIf(!existsSync(captures))('entries as they were published', () => {
  const bytesOf = (file: string) => new Uint8Array(readFileSync(join(captures, file)));

  it('an entry and its message are one message', async () => {
    const index = await readBody(bytesOf('cap-index/us_nws_weather.atom'));
    const full = await readBody(bytesOf('cap/weather.cap'));
    const [alert] = index.accepted;
    const [whole] = full.accepted;
    expect(alert?.alertId).toBe(whole?.alertId);
    for (const field of ['hazard', 'level', 'occurredAt', 'expiresAt', 'status', 'messageType'] as const)
      expect(alert?.[field]).toEqual(whole?.[field]);
    expect(alert?.ownIds.sort()).toEqual(whole?.ownIds.sort());
  });

  it('every field of every entry can be found where it is said to have been read', async () => {
    for (const file of ['nws-atom-392kB.xml', 'us_nws_weather.atom']) {
      const bytes = bytesOf(`cap-index/${file}`);
      const document = readDocument(bytes);
      for (const alert of (await readBody(bytes)).accepted.slice(0, 25)) {
        expect(Object.keys(alert.places)).toEqual(
          expect.arrayContaining(['title', 'level', 'sentAt', 'occurredAt']),
        );
        for (const place of Object.values(alert.places))
          expect(valueAt(document, `${alert.rawPlace}/${place}`), `${alert.rawPlace}/${place}`).toBeDefined();
      }
    }
  });
});
