import { describe, expect, it } from 'vitest';
import { capInfo, capMessage, read } from '../../messages.ts';

const one = async (message: Parameters<typeof capMessage>[0]) => {
  const reading = await read(capMessage(message));
  expect(reading).toMatchObject({ rejected: [], ignored: [] });
  return reading.accepted[0]!;
};

describe('CAP', () => {
  it('reads a message into the common model', async () => {
    expect(await one({})).toMatchObject({
      alertId: 'met@agency.example:A1:2026-03-01T00:00:00.000Z',
      source: 'met@agency.example',
      sourceId: 'A1',
      status: 'Actual',
      messageType: 'Alert',
      hazard: 'FL',
      level: 'Orange',
      levelRule: 'cap-severity-severe',
      expiresAt: '2026-03-02T00:00:00.000Z',
      position: { latitude: 10.5, longitude: 20.5 },
      strongIds: ['cap:met@agency.example,A1'],
    });
  });

  it('reads any prefix, older namespaces and messages inside an envelope', async () => {
    const prefixed = capMessage()
      .replace(/<(\/?)(\w)/g, '<$1cap:$2')
      .replace('xmlns=', 'xmlns:cap=');
    const older = capMessage({ identifier: 'A2' }).replace(
      'urn:oasis:names:tc:emergency:cap:1.2',
      'http://www.incident.com/cap/1.0',
    );
    const reading = await read(`<list><entry>${prefixed}</entry>${older}</list>`);
    expect(reading.accepted.map(alert => [alert.sourceId, alert.rawPlace])).toEqual([
      ['A1', 'alert[0]'],
      ['A2', 'alert[1]'],
    ]);
  });

  it.each([
    ['Extreme', 'Likely', 'Red'],
    ['Severe', 'Observed', 'Orange'],
    ['Moderate', 'Likely', 'Green'],
    ['Minor', 'Likely', 'Green'],
    ['Unknown', 'Likely', 'Unknown'],
    ['Extreme', 'Unlikely', 'Green'],
  ])('maps severity %s, %s to %s', async (severity, certainty, level) => {
    expect((await one({ infos: [capInfo({ severity, certainty })] })).level).toBe(level);
  });

  it.each([
    [{ status: 'Test' }, 'status Test: not for any recipient to act on'],
    [{ status: 'System' }, 'status System: not for any recipient to act on'],
    [{ status: 'Draft' }, 'status Draft: not for any recipient to act on'],
    [{ scope: 'Restricted' }, 'scope Restricted: not public'],
    [{ msgType: 'Ack' }, 'msgType Ack: an answer between systems'],
    [
      {
        infos: [
          capInfo({
            severity: 'Extreme',
            more: '<eventCode><valueName>SAME</valueName><value>RWT</value></eventCode>',
          }),
        ],
      },
      'event code RWT: a weekly test, though marked Actual',
    ],
  ])('ignores %j', async (message, reason) => {
    const reading = await read(capMessage(message));
    expect(reading).toMatchObject({ accepted: [], rejected: [], ignored: [{ item: 'alert[0] A1', reason }] });
  });

  it.each([
    [capMessage({ sent: '2026-03-01T00:00:00' }), 'sent is no time with an offset'],
    [capMessage({ sent: '2026-02-30T00:00:00Z' }), 'sent is no time with an offset'],
    [capMessage({ infos: [] }), 'no info: nothing is said'],
    [capMessage().replace(/<scope>.*<\/scope>/, ''), 'no scope'],
    [capMessage({ msgType: 'Shout' }), 'msgType "Shout" is none that CAP has'],
  ])('rejects what is broken', async (body, reason) => {
    expect(await read(body)).toMatchObject({ accepted: [], rejected: [{ item: 'alert[0] A1', reason }] });
  });

  it.each(['TEST - flood', '[EXERCISE] flood', 'This is only a test', '訓練 津波警報', 'SIMULACRO de sismo'])(
    'takes "%s" for an exercise though it is marked Actual',
    async headline => {
      expect((await one({ infos: [capInfo({ headline })] })).status).toBe('Exercise');
    },
  );

  it.each(['Testimony of a flood', 'Drilling accident'])('does not take "%s" for one', async headline => {
    expect((await one({ infos: [capInfo({ headline })] })).status).toBe('Actual');
  });

  it('lets the block speak that is still active when another has ended', async () => {
    const alert = await one({
      infos: [
        capInfo({ event: 'Tsunami Cancellation', urgency: 'Past', severity: 'Extreme' }),
        capInfo({
          event: 'Tsunami Advisory',
          urgency: 'Immediate',
          severity: 'Severe',
          headline: 'advisory',
        }),
      ],
    });
    expect(alert).toMatchObject({ endedAt: null, level: 'Orange', title: 'advisory', hazard: 'TS' });
  });

  it.each([
    ['a cancellation by its event', { event: 'Tsunami Cancellation' }],
    ['all clear', { more: '<responseType>AllClear</responseType>' }],
    [
      'a VTEC that cancels',
      {
        more: '<parameter><valueName>VTEC</valueName><value>/O.CAN.KSEW.FF.W.0001.t1-t2/</value></parameter>',
      },
    ],
  ])('knows %s for an end', async (_how, info) => {
    expect((await one({ infos: [capInfo(info)] })).endedAt).toBe('2026-03-01T00:00:00.000Z');
  });

  it('does not take urgency Past for an end: every report of a quake has it', async () => {
    expect((await one({ infos: [capInfo({ event: 'Earthquake', urgency: 'Past' })] })).endedAt).toBeNull();
  });

  it('prefers English among languages and the gravest among areas', async () => {
    const alert = await one({
      infos: [
        capInfo({ language: 'zh', headline: '洪水', event: '洪水' }),
        capInfo({ headline: 'flood' }),
        capInfo({ headline: 'minor', severity: 'Minor' }),
      ],
    });
    expect(alert).toMatchObject({ title: 'flood', level: 'Orange' });
  });

  it('does not believe an expiry before the sending', async () => {
    expect((await one({ infos: [capInfo({ expires: '2026-02-28T00:00:00Z' })] })).expiresAt).toBeNull();
  });

  it('takes the point of a circle without radius, and a box across the antimeridian', async () => {
    const area = (inner: string) => capInfo({ area: `<area><areaDesc>x</areaDesc>${inner}</area>` });
    expect((await one({ infos: [area('<circle>51.885,-131.076 0.0</circle>')] })).position).toEqual({
      latitude: 51.885,
      longitude: -131.076,
    });
    const polygon = '<polygon>-10,179 -10,-179 -12,-179 -12,179 -10,179</polygon>';
    expect((await one({ infos: [area(polygon)] })).position).toEqual({ latitude: -11, longitude: 180 });
    expect((await one({ infos: [area('<polygon>95,10 nan,3</polygon>')] })).position).toBeNull();
  });

  it('reads GDACS by its parameters: one event over all its identifiers', async () => {
    const parameters = {
      eventid: '1278646',
      eventtype: 'EQ',
      currentepisodeid: '1387477',
      alertlevel: 'Orange',
      fromdate: 'Mon, 26 Jul 2021 02:57 GMT',
      datemodified: 'Mon, 26 Jul 2021 03:49 GMT',
      severity: 'Magnitude 4.9M, Depth:10km',
      country: 'Kermadec Islands Region',
    };
    const more = Object.entries(parameters)
      .map(([name, value]) => `<parameter><valueName>${name}</valueName><value>${value}</value></parameter>`)
      .join('');
    const alert = await one({
      identifier: 'GDACS_EQ_1278646_1387477',
      sender: 'info-gdacs@gdacs.org',
      infos: [capInfo({ more, expires: '' })],
    });
    expect(alert).toMatchObject({
      source: 'GDACS',
      sourceId: 'EQ1278646',
      revision: '2021-07-26T03:49:00.000Z/000001387477',
      level: 'Orange',
      occurredAt: '2021-07-26T02:57:00.000Z',
      sentAt: '2021-07-26T03:49:00.000Z',
      measures: [
        { name: 'magnitude', value: 4.9 },
        { name: 'depthKm', value: 10 },
      ],
    });
  });

  it.each([
    [{ identifier: 'A 1' }, 'identifier has a blank, comma, "<" or "&", which CAP forbids'],
    [{ msgType: 'Update' }, 'Update without references'],
    [{ infos: [capInfo({ certainty: 'Sure' })] }, 'certainty "Sure" is none that CAP has'],
    [
      { infos: [capInfo({ expires: '2026-03-02T00:00:00' })] },
      'expires "2026-03-02T00:00:00" is no time with an offset',
    ],
    [
      { infos: [capInfo({ expires: '2026-03-01T00:00:00-00:00' })] },
      'expires no later than it was sent: not believed',
    ],
    [
      { infos: [capInfo({ area: '<area><polygon>1,1 1,2 2,2</polygon></area>' })] },
      'an area without areaDesc',
    ],
  ])('reads %j and says what is wrong with it', async (message, remark) => {
    expect((await one(message)).remarks).toContain(remark);
  });

  it.each(['identifier', 'sender', 'sent', 'status', 'msgType', 'scope'])(
    'rejects a message without %s',
    async name => {
      const body = capMessage().replace(new RegExp(`<${name}>[^<]*</${name}>`), '');
      expect((await read(body)).rejected.map(({ reason }) => reason)).toEqual([`no ${name}`]);
    },
  );

  it('takes "Very Likely" of CAP 1.0 for Likely, and codes written as text', async () => {
    const older = capMessage({
      infos: [
        capInfo({
          event: 'WARNING',
          certainty: 'Very Likely',
          more: '<eventCode>same=SVR</eventCode>',
          area: '<area><areaDesc>x</areaDesc><geocode>fips6=006109</geocode></area>',
        }),
      ],
    }).replace('urn:oasis:names:tc:emergency:cap:1.2', 'http://www.incident.com/cap/1.0');
    const [alert] = (await read(older)).accepted;
    expect(alert).toMatchObject({ hazard: 'ST', level: 'Orange', countries: ['USA'], remarks: [] });
    expect(alert?.areas[0]?.codes).toEqual(['fips6:006109']);
  });

  it('notes a namespace that no version of CAP has, and a signature that nobody verified', async () => {
    const body = capMessage()
      .replace('emergency:cap:1.2', 'emergency:alerts:1.2')
      .replace('</alert>', '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/></alert>');
    expect((await read(body)).accepted[0]?.remarks).toEqual([
      'namespace "urn:oasis:names:tc:emergency:alerts:1.2" is none of CAP 1.0, 1.1 or 1.2',
      'signed; the signature was not verified',
    ]);
  });

  it('finds messages in lists, Atom and RSS, and counts every element called alert', async () => {
    for (const [open, close] of [
      ['<alerts>', '</alerts>'],
      [
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="text/xml">',
        '</content></entry></feed>',
      ],
      ['<rss><channel><item><alert>a sound</alert></item><item>', '</item></channel></rss>'],
    ]) {
      const [alert] = (await read(`${open}${capMessage()}${close}`)).accepted;
      expect(alert?.rawPlace).toBe(open?.includes('sound') ? 'alert[1]' : 'alert[0]');
    }
  });

  it('tells messages about people and crimes from disasters', async () => {
    const more = '<eventCode><valueName>SAME</valueName><value>CAE</value></eventCode>';
    const alert = await one({ infos: [capInfo({ event: 'Child Abduction', headline: 'Amber', more })] });
    expect(alert).toMatchObject({ level: 'Unknown', levelRule: 'cap-civil-message' });
  });

  it('reads depths in miles, and quake times as the USGS wrote them', async () => {
    const parameters = {
      EventTime: '20121014T224056.420Z',
      Depth: '11.8 mi.',
      Magnitude: '3.4 Ml',
      EventIDKey: 'usB000D5T4',
    };
    const more = Object.entries(parameters)
      .map(([name, value]) => `<parameter><valueName>${name}</valueName><value>${value}</value></parameter>`)
      .join('');
    const alert = await one({ infos: [capInfo({ event: 'Earthquake', more })] });
    expect(alert).toMatchObject({
      sourceId: 'usB000D5T4',
      occurredAt: '2012-10-14T22:40:56.420Z',
      measures: [
        { name: 'magnitude', value: 3.4, unit: 'M' },
        { name: 'depthKm', value: 19, unit: 'km' },
      ],
    });
    expect(alert.ownIds).toContain('usgs:usb000d5t4');
  });
});
