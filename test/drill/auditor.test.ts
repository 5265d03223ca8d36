import { describe, expect, it } from 'vitest';
import type { Notice, Offer } from '../../functions/domain/deployment.ts';
import { DisasterEvent } from '../../functions/domain/event.ts';
import type { StockLine } from '../../functions/domain/stock.ts';
import { audit, type Evidence } from '../../infra/local/drill/auditor.ts';
import type { Whole } from '../../infra/local/drill/report.ts';
import { aDeployment, anOffer, consent } from '../notices/samples.ts';
import { anExpert } from '../support/people.ts';

const at = (time: string) => `2023-02-06T${time}:00.000Z`;

const anEvent = (eventId: string, exercise = false): DisasterEvent =>
  DisasterEvent.parse({
    eventId,
    hazard: 'EQ',
    level: 'Red',
    levelRule: 'test',
    title: 'Earthquake',
    state: 'open',
    exercise,
    occurredAt: at('01:17'),
    endedAt: null,
    countries: ['TUR'],
    position: null,
    measures: [],
    strongIds: [],
    alerts: [],
    parentEventId: null,
    updatedAt: at('01:40'),
  });

const aLine = (change: Partial<StockLine> = {}): StockLine => ({
  warehouseId: 'narita',
  item: 'tent',
  warehouse: {
    name: 'Narita',
    country: 'JPN',
    position: { latitude: 35.77, longitude: 140.39 },
    staysInCountry: false,
    handlingHours: 4,
    flightEveryHours: 12,
  },
  unit: 'piece',
  available: 100,
  unitWeightKg: 40,
  expiresAt: null,
  reservations: {},
  ...change,
});

let numbers = 0;
const aNotice = (offer: Offer, kind: Notice['kind'], sentAt: string): Notice => {
  numbers += 1;
  return {
    deploymentId: offer.deploymentId,
    noticeId: `${offer.offerId}/${kind}/sms/1`,
    offerId: offer.offerId,
    kind,
    to: 'member',
    channel: 'sms',
    language: 'en',
    state: 'Sent',
    segments: 1,
    messageId: `M-${numbers}`,
    failure: null,
    createdAt: sentAt,
    sentAt,
  };
};

/** A mission that one member went on and came home from, while a second one declined and another deployment loads goods. */
const clean = (): Evidence => {
  const agreed = { ...consent('yes'), at: at('05:50') };
  const went = anOffer({
    offerId: 'O-1',
    state: 'Yes',
    askedAt: at('05:00'),
    member: agreed,
    employer: agreed,
    finalWord: { word: 'home', at: '2023-02-15T10:00:00.000Z' },
  });
  const declined = anOffer({
    offerId: 'O-2',
    expertId: 'E-0002',
    memberKey: 'nnnnnnnnnnnnnnnn',
    employerKey: 'ffffffffffffffff',
    seatId: 'rescue/dog-handler/4',
    state: 'No',
    askedAt: at('05:00'),
    member: { ...consent('no'), at: at('05:20') },
    finalWord: { word: 'declined', at: at('05:20') },
  });
  const over: Whole = {
    deployment: aDeployment({ state: 'Closed' }),
    seats: [
      {
        deploymentId: 'D-0041',
        seatId: 'rescue/dog-handler/3',
        teamType: 'rescue',
        role: 'dog-handler',
        number: 3,
        critical: true,
        state: 'Confirmed',
        expertId: 'E-0001',
        offerId: 'O-1',
        arrivesAt: at('11:00'),
        reasons: [],
        timesAsked: 1,
        filledAt: at('05:50'),
      },
    ],
    offers: [went, declined],
    notices: [
      aNotice(went, 'offer', at('05:00')),
      aNotice(went, 'deploy', at('06:00')),
      aNotice(went, 'home', '2023-02-15T10:00:00.000Z'),
      aNotice(declined, 'offer', at('05:00')),
      aNotice(declined, 'declined', at('05:21')),
    ],
    goods: [
      {
        deploymentId: 'D-0041',
        item: 'tent',
        warehouseId: 'narita',
        quantity: 40,
        arrivesAt: at('22:00'),
        reason: { en: 'soonest', ja: '最も早い' },
        state: 'Arrived',
      },
    ],
    timeline: [],
  };
  const loading: Whole = {
    deployment: aDeployment({ deploymentId: 'DR-0042', eventId: 'EV-2', drill: true }),
    seats: [],
    offers: [],
    notices: [],
    goods: [
      {
        deploymentId: 'DR-0042',
        item: 'tent',
        warehouseId: 'narita',
        quantity: 10,
        arrivesAt: at('22:00'),
        reason: { en: 'soonest', ja: '最も早い' },
        state: 'Loading',
      },
    ],
    timeline: [],
  };
  return {
    events: [anEvent('EV-1'), anEvent('EV-2', true)],
    wholes: [over, loading],
    experts: [
      anExpert(),
      anExpert({
        expertId: 'E-0002',
        phone: { number: '+447700900002', state: 'confirmed' },
        email: { address: 'ren.ito@roster.example', state: 'confirmed', topicArn: null },
      }),
    ],
    stock: [aLine({ available: 50, reservations: { 'DR-0042': 10 } })],
    stockBefore: [aLine()],
    outbox: {
      sms: over.notices.map(({ messageId, sentAt }) => ({
        at: sentAt ?? '',
        messageId: messageId ?? '',
        to: '+447700900001',
        text: 'words',
        segments: 1,
      })),
      emails: [],
      desk: [],
    },
    logs: ['{"level":"info","what":"offers sent","deploymentId":"D-0041"}'],
  };
};

/** The parts of the clean evidence that a case spoils. */
const partsOf = (evidence: Evidence) => {
  const [over, loading] = evidence.wholes as [Whole, Whole];
  const [went, declined] = over.offers as [Offer, Offer];
  const notice = (offerId: string, kind: Notice['kind']) =>
    over.notices.find(each => each.offerId === offerId && each.kind === kind) as Notice;
  return { over, loading, went, declined, notice, line: evidence.stock[0] as StockLine };
};

type Parts = ReturnType<typeof partsOf>;

/** What is planted, and the beginning of every line that the auditor must then write, in its order. */
const cases: [string, (parts: Parts, evidence: Evidence) => void, string[]][] = [
  [
    'one person asked for two deployments at the same time',
    ({ went, loading }) => {
      loading.offers.push({ ...went, deploymentId: 'DR-0042', offerId: 'O-9', askedAt: at('09:00') });
    },
    ['two places: E-0001 has D-0041 O-1 and DR-0042 O-9 at once'],
  ],
  [
    'one person in two seats of a deployment',
    ({ over }) => {
      over.seats.push({ ...over.seats[0]!, seatId: 'rescue/dog-handler/4', number: 4 });
    },
    ['two places: E-0001 has two seats of D-0041'],
  ],
  [
    'somebody held by a deployment that is over',
    (_, { experts }) => {
      experts[1]!.hold = { deploymentId: 'D-0041', until: at('23:00') };
    },
    ['still held: E-0002 by D-0041, which is Closed'],
  ],
  [
    'goods that nobody took and that are gone',
    ({ line }) => {
      line.available -= 1;
    },
    ['goods do not add up: narita/tent had 100, has 59, and 40 left'],
  ],
  [
    'goods from nowhere',
    ({ line }) => {
      line.available += 7;
    },
    ['goods do not add up: narita/tent had 100, has 67, and 40 left'],
  ],
  [
    'more goods taken than there are',
    ({ line, loading }) => {
      line.available = -5;
      line.reservations['DR-0042'] = 65;
      loading.goods[0]!.quantity = 65;
    },
    ['goods that are not there: narita/tent has -5 free'],
  ],
  [
    'a line that is loading and of which the stock knows nothing',
    ({ line }) => {
      line.available += 10;
      line.reservations = {};
    },
    ['goods: tent of narita is Loading for DR-0042'],
  ],
  [
    'a line that was let go and is still reserved',
    ({ loading }) => {
      loading.goods[0]!.state = 'Released';
    },
    ['goods: tent of narita is Released for DR-0042'],
  ],
  [
    'an exercise taken for real',
    (_, { events }) => {
      events[0]!.exercise = true;
    },
    ['exercise taken for real, or the other way: D-0041'],
  ],
  [
    'a real event taken for an exercise',
    ({ over }) => {
      over.deployment.drill = true;
    },
    ['exercise taken for real, or the other way: D-0041'],
  ],
  [
    'told to go without the employer',
    ({ went }) => {
      went.employer = null;
    },
    ['told to go without both consents: D-0041 O-1/deploy'],
  ],
  [
    'told to go against a no',
    ({ went }) => {
      went.member!.answer = 'no';
    },
    ['told to go without both consents: D-0041 O-1/deploy'],
  ],
  [
    'told to go before the employer agreed',
    ({ went }) => {
      went.employer = { ...went.employer!, at: at('06:01') };
    },
    ['told to go without both consents: D-0041 O-1/deploy'],
  ],
  [
    'told to go before the desk approved',
    ({ over }) => {
      over.deployment.approvals[0]!.at = at('06:01');
    },
    ['told to go without approval or request: D-0041'],
  ],
  [
    'told to go before the second person approved',
    ({ over }) => {
      over.deployment.approvals.push({ by: 'second', at: at('06:01'), note: '' });
    },
    ['told to go without approval or request: D-0041'],
  ],
  [
    'asked, and told to go, without a request',
    ({ over }) => {
      over.deployment.request = null;
    },
    ['told to go without approval or request: D-0041', 'asked to go before request and approval: D-0041'],
  ],
  [
    'asked, and told to go, without any approval',
    ({ over }) => {
      over.deployment.approvals = [];
    },
    ['told to go without approval or request: D-0041', 'asked to go before request and approval: D-0041'],
  ],
  [
    'asked to stand by before any approval',
    ({ loading, declined }, { outbox }) => {
      loading.deployment.approvals = [];
      loading.offers.push({ ...declined, deploymentId: 'DR-0042', kind: 'standby', seatId: null });
      const notice = aNotice(loading.offers[0]!, 'standby offer', at('05:00'));
      loading.notices.push(notice);
      outbox.sms.push({ ...outbox.sms[0]!, messageId: notice.messageId! });
    },
    ['asked to go before request and approval: DR-0042'],
  ],
  [
    'no final word for somebody who was asked',
    ({ declined }) => {
      declined.finalWord = null;
    },
    ['no final word: E-0002 on D-0041 O-2'],
  ],
  [
    'a deployment that is over, and somebody still told to go',
    ({ went }) => {
      went.finalWord = { word: 'deploy', at: at('06:00') };
    },
    ['no final word: E-0001 on D-0041 O-1'],
  ],
  [
    'a final word that nobody sent',
    ({ over, notice }) => {
      over.notices = over.notices.filter(each => each !== notice('O-2', 'declined'));
    },
    ['final word not sent: E-0002 on D-0041 O-2 (declined)'],
  ],
  [
    'another final word sent than the one recorded',
    ({ declined }) => {
      declined.finalWord = { word: 'window ended', at: at('06:05') };
    },
    ['final word not sent: E-0002 on D-0041 O-2 (window ended)'],
  ],
  [
    'an answer that nobody acted on',
    ({ declined }) => {
      declined.reviewed = false;
    },
    ['answer not acted on: D-0041 O-2'],
  ],
  [
    'a notice lost half way',
    ({ over, went }) => {
      over.notices.push({ ...aNotice(went, 'answer recorded', at('05:51')), state: 'Sending', sentAt: null });
    },
    ['notice lost: D-0041 O-1/answer recorded/sms/1 is Sending'],
  ],
  [
    'a notice that failed for now and was never tried again',
    ({ over, went }) => {
      const failed = aNotice(went, 'answer recorded', at('05:51'));
      over.notices.push({ ...failed, state: 'Failed for now', sentAt: null });
    },
    ['notice lost: D-0041 O-1/answer recorded/sms/1 is Failed for now'],
  ],
  [
    'a notice recorded as sent that never left',
    ({ notice }, { outbox }) => {
      outbox.sms = outbox.sms.filter(({ messageId }) => messageId !== notice('O-1', 'home').messageId);
    },
    ['recorded as sent, never left: D-0041 O-1/home'],
  ],
  [
    'a telephone number in a log',
    (_, { logs }) => void logs.push('sent to +447700900002 at last'),
    ['secret'],
  ],
  ['an address in a log', (_, { logs }) => void logs.push('{"to":"ren.ito@roster.example"}'), ['secret']],
  ['a key in a log', (_, { logs }) => void logs.push('{"key":"nnnnnnnnnnnnnnnn"}'), ['secret']],
  [
    "a whole link in a log, with the employer's key at its end",
    (_, { logs }) => void logs.push('GET /a/aaaaaaaaffffffffffffffff 200'),
    ['secret'],
  ],
];

describe('audit', () => {
  it('finds nothing in clean evidence', () => expect(audit(clean())).toEqual([]));

  it.each(cases)('finds %s', (_what, plant, found) => {
    const evidence = clean();
    plant(partsOf(evidence), evidence);
    const violations = audit(evidence);
    expect(violations.map((line, index) => line.slice(0, found[index]?.length))).toEqual(found);
  });

  it('never repeats the secret that it found', () => {
    const evidence = clean();
    evidence.logs.push('sent to +447700900002');
    expect(audit(evidence).join()).not.toContain('447700900002');
  });
});

describe('audit, of what is allowed', () => {
  const allowed: [string, (parts: Parts, evidence: Evidence) => void][] = [
    [
      'a second mission after the first one',
      ({ went, loading }) => {
        const later = { askedAt: '2023-03-20T05:00:00.000Z', homeAt: '2023-03-30T00:00:00.000Z' };
        loading.offers.push({ ...went, ...later, deploymentId: 'DR-0042', finalWord: null });
      },
    ],
    [
      'being asked again after the first offer was declined',
      ({ declined, loading }) => {
        loading.offers.push({ ...declined, deploymentId: 'DR-0042', askedAt: at('05:20') });
      },
    ],
    [
      'a hold by a deployment that goes on',
      (_, { experts }) => {
        experts[1]!.hold = { deploymentId: 'DR-0042', until: at('23:00') };
      },
    ],
    [
      'the approval of further need after people were told to go',
      ({ over }) => {
        over.deployment.approvals.push({ by: 'desk', at: at('09:00'), note: 'further need' });
      },
    ],
    [
      'a final word that failed for good',
      ({ notice }) => {
        const last = notice('O-2', 'declined');
        Object.assign(last, { state: 'Failed for good', sentAt: null, messageId: null });
      },
    ],
    [
      'an offer that was withdrawn before it was sent',
      ({ over, declined }) => {
        over.notices = over.notices.filter(({ offerId }) => offerId !== 'O-2');
        Object.assign(declined, { member: null, finalWord: null, askedAt: null });
      },
    ],
    [
      'people asked whether they could go, without request or approval',
      ({ loading, declined }, { outbox }) => {
        Object.assign(loading.deployment, { request: null, approvals: [] });
        const offer: Offer = { ...declined, deploymentId: 'DR-0042', kind: 'availability', seatId: null };
        const notice = aNotice(offer, 'availability', at('05:00'));
        loading.offers.push(offer);
        loading.notices.push(notice);
        outbox.sms.push({ ...outbox.sms[0]!, messageId: notice.messageId! });
      },
    ],
    [
      'an e-mail instead of an SMS',
      (_, { outbox }) => {
        const [sms] = outbox.sms.splice(0, 1);
        outbox.emails.push({ ...sms!, topicArn: 'arn:x', subject: 's' });
      },
    ],
  ];
  it.each(allowed)('says nothing of %s', (_what, change) => {
    const evidence = clean();
    change(partsOf(evidence), evidence);
    expect(audit(evidence)).toEqual([]);
  });
});
