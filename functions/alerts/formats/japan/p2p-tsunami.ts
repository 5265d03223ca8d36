import type { AlertArea, Measure } from '../../../domain/alert.ts';
import { plainText } from '../../documents/plain-text.ts';
import { tableOf } from '../../documents/table.ts';
import { type AlertDraft, draftOf, ItemRejected } from '../format.ts';
import { fieldOf, numberIn, placesOf, textIn } from '../json-fields.ts';
import { type TsunamiGrade, tsunamiGrades, tsunamiLevels } from './jma-tsunami.ts';
import { instantOfJapaneseTime, japaneseDay, tsunamiBulletinId } from './jma-values.ts';
import type { P2pMessage } from './p2p-json.ts';

const grades = tableOf<TsunamiGrade>({
  MajorWarning: 'major warning',
  Warning: 'warning',
  Watch: 'advisory',
});

const isTrue = (value: unknown) => value === true || value === 'true';

/**
 * Code 552: all coasts with a warning or an advisory, or that all are lifted. It names neither quake nor event. Japan has one
 * state of warnings at a time, so messages of one and of the next day belong together.
 */
export const readP2pTsunami = (message: P2pMessage): AlertDraft => {
  const bulletinAt = instantOfJapaneseTime(message.issue?.time) ?? instantOfJapaneseTime(message.time);
  if (bulletinAt === undefined) throw new ItemRejected('issue.time: no time');
  // JMA dates its bulletins to the minute; what passes them on is no newer, and must not outrank them.
  const issuedAt = `${bulletinAt.slice(0, 16)}:00.000Z`;
  const lifted = isTrue(message.cancelled);
  const read = message.areas.map(area => {
    const word = textIn(fieldOf(area, 'grade')) ?? '';
    const grade = grades.get(word);
    const name = plainText(textIn(fieldOf(area, 'name')));
    return { area, word, grade, name };
  });
  const known = read.filter(({ name }) => name !== '');
  const grade = lifted
    ? 'none'
    : tsunamiGrades.find(candidate => known.some(coast => coast.grade === candidate));
  if (!lifted && known.length === 0) throw new ItemRejected('areas: none, and not cancelled');
  const areas = known.map(({ area, grade: own, name }): AlertArea => {
    return {
      name,
      state: lifted ? 'over' : 'live',
      level: own === undefined ? 'Unknown' : tsunamiLevels[own].level,
      codes: [],
      startsAt: instantOfJapaneseTime(textIn(fieldOf(fieldOf(area, 'firstHeight'), 'arrivalTime'))) ?? null,
      endsAt: lifted ? issuedAt : null,
    };
  });
  const heights = known.flatMap(({ area }) => numberIn(fieldOf(fieldOf(area, 'maxHeight'), 'value')) ?? []);
  const measures: Measure[] =
    lifted || heights.length === 0
      ? []
      : [{ name: 'tsunamiHeightM', value: Math.max(...heights), unit: 'm expected' }];
  const gravest = known.find(coast => coast.grade === grade);
  const index = gravest === undefined ? -1 : read.indexOf(gravest);
  const judged =
    grade === undefined
      ? { level: 'Unknown' as const, levelRule: 'jma-tsunami-grade-unknown' }
      : tsunamiLevels[grade];
  const english: Readonly<Record<TsunamiGrade, string>> = {
    'major warning': 'Major tsunami warning, Japan',
    warning: 'Tsunami warning, Japan',
    advisory: 'Tsunami advisory, Japan',
    forecast: 'Tsunami forecast, Japan',
    none: 'Tsunami warnings lifted, Japan',
  };
  const japanese: Readonly<Record<TsunamiGrade, string>> = {
    'major warning': '大津波警報',
    warning: '津波警報',
    advisory: '津波注意報',
    forecast: '津波予報',
    none: '津波警報・注意報 解除',
  };
  const sourceId = `TS-${japaneseDay(issuedAt)}`;
  return draftOf({
    source: 'P2P',
    sourceId,
    revision: bulletinAt,
    ownIds: [`p2p:${sourceId}`, `p2p:TS-${japaneseDay(issuedAt, 1)}`],
    // JMA's own bulletin of that second is the same message.
    strongIds: [tsunamiBulletinId(bulletinAt)],
    hazard: 'TS',
    ...judged,
    sourceLevel: { scale: 'JMA tsunami warning', value: grade ?? plainText(known[0]?.word) },
    titles: {
      en: grade === undefined ? 'Tsunami, Japan' : english[grade],
      ja: grade === undefined ? '津波' : japanese[grade],
    },
    sentAt: issuedAt,
    occurredAt: issuedAt,
    endedAt: lifted ? issuedAt : null,
    areas,
    measures,
    countryHints: { codes: ['JP'], names: '' },
    places: placesOf({
      title: lifted ? 'cancelled' : 'areas',
      hazard: 'areas',
      level: lifted ? 'cancelled' : index < 0 ? 'areas' : `areas[${index}]/grade`,
      areas: areas.length > 0 ? 'areas' : undefined,
      measures: measures.length > 0 ? 'areas' : undefined,
      sentAt: message.issue?.time === undefined ? 'time' : 'issue/time',
      occurredAt: message.issue?.time === undefined ? 'time' : 'issue/time',
      endedAt: lifted ? 'cancelled' : undefined,
      countries: message.issue?.source === undefined ? undefined : 'issue/source',
    }),
  });
};
