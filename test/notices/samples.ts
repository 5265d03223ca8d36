import type { Deployment, Offer } from '../../functions/domain/deployment.ts';
import type { Policy } from '../../functions/domain/policy.ts';

export const NOW = '2023-02-06T05:46:00.000Z';

/** The desk's words, with names that a page must escape and a message must transcribe. */
export const policy: Pick<Policy, 'desk' | 'roles' | 'teams'> = {
  desk: {
    name: { en: 'JDR relief desk', ja: '国際緊急援助隊 派遣デスク' },
    country: 'JPN',
    timeZone: 'Asia/Tokyo',
    phone: '+12025550143',
    assemblyPoint: {
      name: { en: 'Narita Airport', ja: '成田空港' },
      position: { latitude: 35.77, longitude: 140.39 },
    },
  },
  roles: [
    {
      role: 'dog-handler',
      name: { en: 'Dog handler', ja: '救助犬ハンドラー' },
      component: 'Search',
      bring: { en: 'passport, dog health papers, kit A', ja: '旅券、救助犬の検疫書類、装備A' },
    },
  ],
  teams: [
    {
      teamType: 'rescue',
      name: { en: 'Rescue team', ja: '救助チーム' },
      seats: [{ role: 'dog-handler', count: 4, critical: true }],
      deadlineHours: 24,
      standbyRatio: 0.2,
      replyWindowMinutes: 60,
      employerWindowMinutes: 180,
      missionDays: 9,
      source: 'test',
    },
  ],
};

/** A deployment that has its request and approval, with what a test changes. */
export const aDeployment = (change: Partial<Deployment> = {}): Deployment => ({
  deploymentId: 'D-0041',
  eventId: 'EV-1',
  furtherEventIds: [],
  disaster: {
    title: 'M 7.8 - Pazarcık earthquake, Kahramanmaraş',
    hazard: 'EQ',
    level: 'Red',
    occurredAt: '2023-02-06T01:17:34.342Z',
    country: 'TUR',
    countryName: 'Türkiye',
    position: { latitude: 37.226, longitude: 37.014 },
  },
  profile: null,
  drill: false,
  state: 'Filling seats',
  policyVersion: '1',
  reasons: [],
  teams: [
    {
      teamType: 'rescue',
      ruleId: 'R-1',
      seats: [{ role: 'dog-handler', count: 4, critical: true }],
      deadlineHours: 24,
      standbyRatio: 0.2,
      replyWindowMinutes: 60,
      employerWindowMinutes: 180,
      missionDays: 9,
      required: 4,
      deadlineAt: '2023-02-07T04:38:00.000Z',
      filledAt: null,
      confirmedAt: null,
      goesShort: false,
    },
  ],
  goods: [],
  request: {
    reference: 'NV 2023/118',
    receivedAt: '2023-02-06T03:38:00.000Z',
    channel: 'embassy',
    recordedBy: 'desk',
    recordedAt: '2023-02-06T03:40:00.000Z',
  },
  conflictCaused: false,
  approvals: [{ by: 'desk', at: '2023-02-06T04:30:00.000Z', note: '' }],
  standby: [],
  plans: 0,
  brokenRules: [],
  gaps: {},
  widened: false,
  increase: null,
  heard: 0,
  heardOf: [],
  stage: null,
  stages: [],
  preparedAt: null,
  soundedOutAt: null,
  standDown: null,
  createdAt: '2023-02-06T01:40:00.000Z',
  createdBy: 'triage',
  updatedAt: '2023-02-06T04:30:00.000Z',
  version: 3,
  ...change,
});

/** An offer that waits to be sent, with what a test changes. */
export const anOffer = (change: Partial<Offer> = {}): Offer => ({
  deploymentId: 'D-0041',
  offerId: 'O-1',
  kind: 'seat',
  code: 'K7-2QF',
  link: 'aaaaaaaa',
  memberKey: 'mmmmmmmmmmmmmmmm',
  employerKey: 'eeeeeeeeeeeeeeee',
  seatId: 'rescue/dog-handler/3',
  teamType: 'rescue',
  role: 'dog-handler',
  expertId: 'E-0001',
  employerId: 'EMP-001',
  language: 'en',
  state: 'Queued',
  member: null,
  employer: null,
  employerAskedAt: null,
  notes: [],
  assembleBy: '2023-02-06T12:00:00.000Z',
  homeAt: '2023-02-15T10:00:00.000Z',
  askedAt: null,
  answerBy: '2023-02-06T06:05:00.000Z',
  employerAnswerBy: null,
  reviewed: true,
  standingConsent: false,
  noticesDue: true,
  answers: 0,
  finalWord: null,
  ...change,
});

/** A consent as the page records it. */
export const consent = (answer: 'yes' | 'no' | 'unclear') => ({
  answer,
  at: NOW,
  via: 'page' as const,
  by: 'E-0001',
});
