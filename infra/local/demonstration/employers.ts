import type { Employer } from '../../../functions/domain/expert.ts';
import { personTopicName } from '../../../functions/store/person-topics.ts';
import { chanceOf } from './chance.ts';
import { employerNumber, mailAddress } from './contacts.ts';
import { hospitalKinds, hospitalWords } from './names.ts';
import { type City, cities } from './places.ts';
import type { Workplace } from './pools.ts';

/** An employer with its town, and the share of its people for whom its consent stands on record. */
export type Site = { employer: Employer; workplace: Workplace; city: City; standingConsent: number };

/** Fire headquarters with registered people (fdma.go.jp/mission/prepare/international/post.html). */
export const FIRE_HEADQUARTERS = 77;
const HOSPITALS = 150;

/** How many of each; services of the state let their people go by an agreement that stands. */
const kinds: readonly { workplace: Workplace; count: number; standingConsent: number }[] = [
  { workplace: 'fire headquarters', count: FIRE_HEADQUARTERS, standingConsent: 0.5 },
  { workplace: 'hospital', count: HOSPITALS, standingConsent: 0.4 },
  { workplace: 'fire agency', count: 1, standingConsent: 0.95 },
  { workplace: 'police', count: 6, standingConsent: 0.9 },
  { workplace: 'coast guard', count: 3, standingConsent: 0.9 },
  { workplace: 'foreign ministry', count: 1, standingConsent: 1 },
  { workplace: 'cooperation agency', count: 1, standingConsent: 1 },
  { workplace: 'engineering office', count: 5, standingConsent: 0.4 },
  { workplace: 'institute', count: 3, standingConsent: 0.6 },
];

const capital = cities.find(({ name }) => name === 'Tokyo')!;

/** Services with several offices are where their rescuers are stationed. */
const offices: Partial<Record<Workplace, string[]>> = {
  police: ['Tokyo', 'Yokohama', 'Osaka', 'Nagoya', 'Sendai', 'Fukuoka'],
  'coast guard': ['Tokyo', 'Kobe', 'Kitakyushu'],
};

/** All employers of the demonstration. `topicArnPrefix` makes the ARN of a topic from its name. */
export const generateSites = (seed: number, topicArnPrefix: string): Site[] => {
  const sites: Site[] = [];
  for (const { workplace, count, standingConsent } of kinds) {
    for (let index = 0; index < count; index++) {
      const place = sites.length;
      const chance = chanceOf(seed, 'employer', place);
      const city = cityOf(workplace, index, seed);
      const employerId = `EMP-${String(place + 1).padStart(3, '0')}`;
      const name = nameOf(workplace, index, city);
      const address = mailAddress('dispatch', `${name} ${place + 1}`);
      const topicArn = `${topicArnPrefix}${personTopicName(employerId, address)}`;
      const mail = chance.weighted([
        ['confirmed', 88],
        ['pending', 9],
        ['lost', 3],
      ] as const);
      sites.push({
        workplace,
        city,
        standingConsent,
        employer: {
          employerId,
          name,
          language: workplace === 'cooperation agency' || workplace === 'institute' ? 'en' : 'ja',
          phone: { number: employerNumber(place), state: chance.happens(0.97) ? 'confirmed' : 'lost' },
          email: { address, state: mail, topicArn },
        },
      });
    }
  }
  return sites;
};

const cityOf = (workplace: Workplace, index: number, seed: number): City => {
  const office = offices[workplace]?.[index];
  if (office) return cities.find(({ name }) => name === office) ?? capital;
  // Every city has a fire headquarters with registered people; the largest have a second one.
  if (workplace === 'fire headquarters') return bySize[index % cities.length]!;
  if (workplace === 'hospital' || workplace === 'engineering office')
    return chanceOf(seed, 'town', workplace, index).weighted(cities.map(each => [each, each.weight]));
  return capital;
};

const bySize = cities.toSorted((a, b) => b.weight - a.weight);

const nameOf = (workplace: Workplace, index: number, city: City): string => {
  switch (workplace) {
    case 'fire headquarters':
      return index < cities.length ? `${city.name} Fire Headquarters` : `${city.name} West Fire Headquarters`;
    case 'hospital': {
      const word = hospitalWords[index % hospitalWords.length]!;
      return `${word} ${hospitalKinds[Math.floor(index / hospitalWords.length)]!}`;
    }
    case 'fire agency':
      return 'Fire and Disaster Management Agency';
    case 'police':
      return `${city.name} Police Rescue Unit`;
    case 'coast guard':
      return `Coast Guard Base ${city.name}`;
    case 'foreign ministry':
      return 'Foreign Ministry';
    case 'cooperation agency':
      return 'Cooperation Agency';
    case 'engineering office':
      return `${city.name} Structures and Water Works ${index + 1}`;
    case 'institute':
      return ['Institute of Infectious Diseases', 'Institute of Disaster Research', 'Geosurvey Institute'][
        index
      ]!;
  }
};
