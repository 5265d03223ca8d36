import type { Employer, Expert, Qualification } from '../../../functions/domain/expert.ts';
import type { Instant } from '../../../functions/domain/primitives.ts';
import { personTopicName } from '../../../functions/store/person-topics.ts';
import { type Chance, chanceOf } from './chance.ts';
import { mailAddress, personNumber } from './contacts.ts';
import { generateSites, type Site } from './employers.ts';
import { daysFrom, fitnessOf, pastMissionsOf } from './fitness.ts';
import { familyNames, givenNames } from './names.ts';
import { cities } from './places.ts';
import { type Pool, pools } from './pools.ts';

/** The fire headquarters are on call in turns of a day; with six groups a hundred of their people are on call each day. */
const ROTA_GROUPS = 6;

/** Languages besides Japanese and English, by how many of the roster work in them. */
const furtherLanguages = [
  ['fr', 22],
  ['es', 22],
  ['zh', 14],
  ['pt', 10],
  ['id', 9],
  ['ar', 7],
  ['tr', 16],
  ['ru', 4],
  ['ne', 3],
  ['th', 3],
  ['vi', 4],
  ['ko', 4],
  ['de', 4],
  ['fil', 3],
  ['hi', 3],
  ['it', 2],
  ['my', 2],
  ['ms', 2],
  ['sw', 2],
  ['bn', 2],
  ['ur', 2],
  ['fa', 2],
  ['km', 1],
  ['lo', 1],
  ['mn', 1],
  ['si', 1],
  ['uk', 1],
  ['bi', 1],
] as const;

/**
 * The demonstration roster as it stands at a moment: certificates, leave and missions lie around it. The same seed and the
 * same day give the same people. All of them are invented, and their numbers and addresses are nobody's.
 */
export const generateRoster = (
  seed: number,
  now: Instant,
  topicArnPrefix = 'arn:aws:sns:ap-northeast-1:000000000000:',
): { experts: Expert[]; employers: Employer[] } => {
  const today = `${now.slice(0, 10)}T00:00:00.000Z`;
  const sites = generateSites(seed, topicArnPrefix);
  const experts: Expert[] = [];
  for (const [poolIndex, pool] of pools.entries()) {
    const workplaces = sites.filter(({ workplace }) => workplace === pool.workplace);
    for (let index = 0; index < pool.count; index++) {
      const site = workplaces[index % workplaces.length]!;
      const chance = chanceOf(seed, 'person', poolIndex, index);
      const fitness = chanceOf(seed, 'fitness', poolIndex, index);
      const number = experts.length;
      experts.push(somebody({ chance, fitness, pool, index, site, today, number, topicArnPrefix }));
    }
  }
  return { experts, employers: sites.map(({ employer }) => employer) };
};

type Draw = {
  chance: Chance;
  /** A stream of its own for health, papers and past missions. */
  fitness: Chance;
  pool: Pool;
  /** Place in the pool and on the whole roster, from 0. */
  index: number;
  number: number;
  site: Site;
  today: Instant;
  topicArnPrefix: string;
};

const somebody = (draw: Draw): Expert => {
  const { chance, fitness, pool, number, site, today } = draw;
  const expertId = `E-${String(number + 1).padStart(4, '0')}`;
  const gender = chance.happens(pool.women) ? 'female' : 'male';
  const family = chance.oneOf(familyNames);
  const given = chance.oneOf(givenNames[gender]);
  const languages = languagesOf(chance, pool);
  const mailState = chance.weighted([
    ['confirmed', 80],
    ['pending', 13],
    ['lost', 4],
    ['none', 3],
  ] as const);
  const address = mailAddress(`${given}.${family}.${number + 1}`, 'roster');
  const missions = missionsOf(chance, pool);
  // Whoever lost one of two channels can be reached by the other; a handful by none: the desk sees them as such.
  const phoneState = chance.weighted([
    ['confirmed', 965],
    ['lost', 20],
    ['pending', 15],
  ] as const);
  const expert = {
    expertId,
    name: { family, given },
    gender,
    language: languages.includes('en') && chance.happens(0.15) ? 'en' : 'ja',
    languages,
    employerId: site.employer.employerId,
    standingConsentUntil: chance.happens(site.standingConsent)
      ? daysFrom(
          today,
          chance.weighted([
            [chance.whole(60, 720), 96],
            [chance.whole(-60, 5), 4],
          ]),
        )
      : null,
    qualifications: qualificationsOf(draw),
    home: homeOf(chance, site),
    timeZone: 'Asia/Tokyo',
    noticeToMoveMinutes: 15 * Math.round(chance.whole(...pool.notice) / 15),
    phone: { number: personNumber(number), state: phoneState },
    email:
      mailState === 'none'
        ? null
        : {
            address,
            state: mailState,
            topicArn: `${draw.topicArnPrefix}${personTopicName(expertId, address)}`,
          },
    unavailability: unavailabilityOf(chance, today),
    rota:
      site.workplace === 'fire headquarters'
        ? { group: rotaGroupOf(site.employer), groups: ROTA_GROUPS }
        : null,
    lastMissionEndedAt: missions > 0 ? daysFrom(today, -chance.whole(3, 1400)) : null,
    missions,
    passportValidUntil: chance.happens(0.98) ? daysFrom(today, chance.whole(-20, 3650)) : null,
    hold: null,
  } satisfies Partial<Expert>;
  return {
    ...expert,
    pastMissions: pastMissionsOf(fitness, expert, today),
    ...fitnessOf(fitness, pool, today),
  };
};

/** A headquarters is on call as a whole. */
const rotaGroupOf = (employer: Employer): number => (Number(employer.employerId.slice(4)) - 1) % ROTA_GROUPS;

const languagesOf = (chance: Chance, pool: Pool): string[] => {
  const languages = ['ja'];
  if (chance.happens(pool.english)) {
    languages.push('en');
    if (chance.happens(1 / 5)) languages.push(chance.weighted(furtherLanguages));
  }
  return languages;
};

/** The pool's own certificate, and further ones spread evenly over the pool, so that their number does not hang on luck. */
const qualificationsOf = ({ chance, pool, index, today }: Draw): Qualification[] => {
  const held = [
    pool.role,
    ...(pool.also ?? []).flatMap(({ role, share }, kind) => {
      // Pools are dealt out to employers in turn: a step that differs by kind keeps one employer from having all of them.
      const turn = index + 7 * kind;
      return Math.floor((turn + 1) * share) > Math.floor(turn * share) ? [role] : [];
    }),
  ];
  return held.map((role, kind) => ({
    role,
    // Whoever leads or searches on top of the first certificate is experienced.
    proficiency: kind > 0 || chance.happens(pool.experienced) ? (chance.happens(0.2) ? 3 : 2) : 1,
    validUntil: daysFrom(
      today,
      chance.weighted([
        [chance.whole(40, 1400), 97],
        [chance.whole(-200, 10), 3],
      ]),
    ),
  }));
};

/** In and around the employer's town; one in eight has moved elsewhere. */
const homeOf = (chance: Chance, site: Site): Expert['home'] => {
  const { latitude, longitude } = (chance.happens(0.125) ? chance.oneOf(cities) : site.city).position;
  const near = (degrees: number) => Math.round((degrees + chance.whole(-120, 120) / 1000) * 1000) / 1000;
  return { latitude: near(latitude), longitude: near(longitude) };
};

/** Experience: most have been on one mission or none, some on many. */
const missionsOf = (chance: Chance, pool: Pool): number => {
  let missions = pool.leastMissions ?? 0;
  while (missions < 9 && chance.happens(0.25 + 0.3 * pool.experienced)) missions += 1;
  return missions;
};

const unavailabilityOf = (chance: Chance, today: Instant): Expert['unavailability'] => {
  if (!chance.happens(0.14)) return [];
  const from = daysFrom(today, chance.whole(-20, 50));
  const [reason, days] = chance.weighted([
    [['annual leave', chance.whole(3, 12)], 60],
    [['training', chance.whole(2, 10)], 20],
    [['other duty', chance.whole(5, 40)], 12],
    [['not stated', chance.whole(10, 90)], 8],
  ] as const);
  return [{ from, to: daysFrom(from, days), reason }];
};
