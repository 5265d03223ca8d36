/** Where the people of a pool work. */
export type Workplace =
  | 'fire headquarters'
  | 'hospital'
  | 'fire agency'
  | 'police'
  | 'coast guard'
  | 'foreign ministry'
  | 'cooperation agency'
  | 'engineering office'
  | 'institute';

/** People of one profession: how many, what else some of them are certified for, and what they are like. */
export type Pool = {
  role: string;
  count: number;
  /** Further certificates: the share of the pool that has one, spread evenly. */
  also?: readonly { role: string; share: number }[];
  workplace: Workplace;
  /** Share of women. */
  women: number;
  /** Share of those who work in English; further languages fall to one in five of them. */
  english: number;
  /** Share of experienced people or instructors. */
  experienced: number;
  /** Missions that everybody of the pool has been on at least: who leads has been out before. */
  leastMissions?: number;
  /** Minutes to get away, least and most. */
  notice: readonly [number, number];
};

const clinical = { workplace: 'hospital', english: 0.45, experienced: 0.6, notice: [120, 480] } as const;
const rescue = { english: 0.25, experienced: 0.65, notice: [30, 120] } as const;

/**
 * Who is on the roster. 599 fire rescue people (fdma.go.jp/mission/prepare/international/post.html), 900 and some medical
 * members of whom 23 are clinical engineers (ja-ces.net ?p=2825). How the others divide is invented, wide enough to fill
 * a rescue and a medical team of one event although many decline.
 */
export const pools: readonly Pool[] = [
  {
    role: 'fire-rescue',
    count: 599,
    also: [
      { role: 'squad-leader', share: 0.17 },
      { role: 'technical-search', share: 0.19 },
      { role: 'communications', share: 0.08 },
    ],
    workplace: 'fire headquarters',
    women: 0.04,
    ...rescue,
  },
  {
    role: 'police-rescue',
    count: 54,
    also: [
      { role: 'squad-leader', share: 0.15 },
      { role: 'technical-search', share: 0.15 },
      { role: 'dog-handler', share: 0.12 },
    ],
    workplace: 'police',
    women: 0.06,
    ...rescue,
  },
  { role: 'dog-handler', count: 14, workplace: 'police', women: 0.35, ...rescue },
  {
    role: 'coast-guard-rescue',
    count: 54,
    also: [
      { role: 'squad-leader', share: 0.12 },
      { role: 'communications', share: 0.1 },
    ],
    workplace: 'coast guard',
    women: 0.06,
    ...rescue,
  },
  {
    role: 'structural-engineer',
    count: 18,
    workplace: 'engineering office',
    women: 0.15,
    ...rescue,
    experienced: 0.85,
  },

  // Leaders come from the foreign ministry, deputies from the four services (ja.wikipedia: weak).
  {
    role: 'team-leader',
    count: 14,
    leastMissions: 2,
    workplace: 'foreign ministry',
    women: 0.35,
    ...rescue,
    english: 1,
    experienced: 0.95,
  },
  {
    role: 'deputy-leader',
    count: 8,
    leastMissions: 1,
    workplace: 'fire agency',
    women: 0.1,
    ...rescue,
    english: 0.7,
    experienced: 0.9,
  },
  {
    role: 'deputy-leader',
    count: 8,
    leastMissions: 1,
    workplace: 'police',
    women: 0.1,
    ...rescue,
    english: 0.7,
    experienced: 0.9,
  },
  {
    role: 'deputy-leader',
    count: 8,
    leastMissions: 1,
    workplace: 'coast guard',
    women: 0.1,
    ...rescue,
    english: 0.7,
    experienced: 0.9,
  },
  {
    role: 'deputy-leader',
    count: 8,
    leastMissions: 1,
    workplace: 'cooperation agency',
    women: 0.4,
    ...rescue,
    english: 1,
    experienced: 0.9,
  },
  {
    role: 'coordinator',
    count: 80,
    also: [
      { role: 'assessment-expert', share: 0.1 },
      { role: 'communications', share: 0.08 },
    ],
    workplace: 'cooperation agency',
    women: 0.5,
    english: 0.98,
    experienced: 0.55,
    notice: [60, 240],
  },
  {
    role: 'assessment-expert',
    count: 14,
    workplace: 'institute',
    women: 0.3,
    ...rescue,
    english: 0.95,
    experienced: 0.9,
  },
  { role: 'communications', count: 10, workplace: 'cooperation agency', women: 0.2, ...rescue, english: 0.8 },
  {
    role: 'water-and-power',
    count: 16,
    workplace: 'engineering office',
    women: 0.15,
    ...rescue,
    english: 0.6,
  },

  {
    role: 'emergency-doctor',
    count: 96,
    also: [
      { role: 'doctor', share: 0.25 },
      { role: 'team-leader', share: 0.07 },
      { role: 'deputy-leader', share: 0.08 },
    ],
    women: 0.28,
    ...clinical,
    english: 0.75,
    experienced: 0.8,
  },
  {
    role: 'surgeon',
    count: 52,
    also: [{ role: 'doctor', share: 0.15 }],
    women: 0.16,
    ...clinical,
    english: 0.75,
    experienced: 0.8,
  },
  { role: 'anaesthetist', count: 28, women: 0.4, ...clinical, english: 0.7, experienced: 0.8 },
  { role: 'infectious-disease-doctor', count: 22, women: 0.35, ...clinical, english: 0.8, experienced: 0.85 },
  {
    role: 'epidemiologist',
    count: 20,
    also: [{ role: 'infectious-disease-doctor', share: 0.2 }],
    women: 0.4,
    ...clinical,
    workplace: 'institute',
    english: 0.95,
    experienced: 0.9,
  },
  {
    role: 'nurse',
    count: 350,
    also: [
      { role: 'rescue-nurse', share: 0.13 },
      { role: 'infection-control-nurse', share: 0.07 },
    ],
    women: 0.86,
    ...clinical,
  },
  { role: 'midwife', count: 34, women: 1, ...clinical },
  { role: 'pharmacist', count: 62, women: 0.6, ...clinical },
  { role: 'radiographer', count: 40, women: 0.35, ...clinical, experienced: 0.7 },
  { role: 'clinical-engineer', count: 23, women: 0.3, ...clinical, experienced: 0.8 },
  { role: 'laboratory', count: 44, women: 0.6, ...clinical },
  { role: 'physiotherapist', count: 36, women: 0.5, ...clinical },
  { role: 'medical-coordinator', count: 96, women: 0.45, ...clinical, english: 0.7 },
];
