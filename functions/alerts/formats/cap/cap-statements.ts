import type { AlertArea } from '../../../domain/alert.ts';
import type { Hazard, Level } from '../../../domain/primitives.ts';
import { plainText } from '../../documents/plain-text.ts';
import { instantOfIso } from '../../documents/times.ts';
import { hazardOfInfo } from './cap-hazard.ts';
import { endOf, infoLevel, isGreen } from './cap-info.ts';
import { type CapArea, type CapInfo, parameterOf } from './cap-message.ts';
import { isExpiring, type Vtec, vtecsOf } from './nws-vtec.ts';

/** What a message says about one hazard in some areas, in all its languages: the unit that is live or over. */
export type Statement = {
  /** The same in each language; the first is the one to read. */
  infos: CapInfo[];
  lead: CapInfo;
  /** As the language has them that tells most of them. */
  areas: readonly CapArea[];
  hazard: Hazard;
  hazardPlace: string;
  level: Level;
  levelRule: string;
  sourceLevel: { scale: string; value: string };
  levelPlace: string;
  vtecs: Vtec[];
  vtecPlace: string;
  /** Where it says that it is over; undefined while it is live. */
  endPlace: string | undefined;
  /** When it ended, or will by its own words; said only of one that is over. */
  overAt: string;
  startsAt: string | undefined;
  startsPlace: string;
  expiresAt: string | undefined;
  expiresPlace: string;
};

const codesOf = (area: CapArea) => area.geocodes.map(({ name, value }) => `${name}:${value}`);

const languageOf = (info: CapInfo) => info.language.toLowerCase();

const english = (info: CapInfo) => info.language === '' || languageOf(info).startsWith('en');

/** What stays the same when an info is translated. */
const essence = (info: CapInfo): string =>
  JSON.stringify([
    info.severity,
    info.urgency,
    info.certainty,
    info.onset,
    info.expires,
    info.responseTypes.map(type => type.value),
    info.areas.map(area => codesOf(area)),
  ]).toLowerCase();

/**
 * Groups infos that are translations of each other. The language that says most comes first; an info in another one joins
 * the statement that agrees with it in all but words, or that stands at the same rank when both languages have equally many.
 */
const translations = (infos: readonly CapInfo[]): CapInfo[][] => {
  const byLanguage = new Map<string, CapInfo[]>();
  for (const info of infos) {
    const language = languageOf(info);
    const known = byLanguage.get(language);
    if (known) known.push(info);
    else byLanguage.set(language, [info]);
  }
  const languages = [...byLanguage.values()].sort((a, b) => b.length - a.length);
  const [first = [], ...others] = languages;
  const groups = first.map(info => [info]);
  if (others.length === 0) return groups;
  const essences = groups.map(([info]) => essence(info!));
  for (const translated of others) {
    const language = languageOf(translated[0]!);
    const isFree = (group: readonly CapInfo[]) => group.every(info => languageOf(info) !== language);
    const unmatched = translated.flatMap((info, rank) => {
      const own = essence(info);
      const group = groups.find((candidate, index) => essences[index] === own && isFree(candidate));
      group?.push(info);
      return group ? [] : [{ info, rank }];
    });
    for (const { info, rank } of unmatched) {
      const twin = groups[rank];
      if (translated.length === first.length && twin && isFree(twin)) twin.push(info);
      else {
        groups.push([info]);
        essences.push(essence(info));
      }
    }
  }
  return groups;
};

const timeIn = (
  info: CapInfo,
  fields: readonly ('onset' | 'effective' | 'ends' | 'expires')[],
  remarks: string[],
) => {
  for (const field of fields) {
    const text = info[field];
    if (text === '') continue;
    const at = instantOfIso(text);
    if (at !== undefined) return { at, place: `${info.base}${field}` };
    remarks.push(`${field} "${plainText(text).slice(0, 40)}" is no time with an offset`);
  }
  return { at: undefined, place: '' };
};

/** When it ends: the hazard's own end where the sender has one (NWS), the age limit of the message otherwise. */
const endTimeOf = (info: CapInfo, vtecs: readonly Vtec[], vtecPlace: string, remarks: string[]) => {
  const own = timeIn(info, ['ends'], remarks);
  if (own.at !== undefined) return own;
  const [vtec] = vtecs;
  if (vtecs.length === 1 && vtec?.endsAt !== undefined) return { at: vtec.endsAt, place: vtecPlace };
  return timeIn(info, ['expires'], remarks);
};

/** Some senders draw and code their areas in one language only. */
const told = (info: CapInfo): number =>
  info.areas.reduce(
    (sum, area) =>
      sum + 1 + 2 * Math.sign(area.geocodes.length) + 4 * (area.outlines.length + area.points.length),
    0,
  );

const areasIn = (group: readonly CapInfo[], lead: CapInfo): readonly CapArea[] =>
  group.length === 1
    ? lead.areas
    : group.reduce((most, info) => (told(info) > told(most) ? info : most), lead).areas;

const statementOf = (group: CapInfo[], sentAt: string, remarks: string[]): Statement => {
  const lead = group.find(english) ?? group[0]!;
  const said = vtecsOf(lead);
  const { hazard, place: hazardPlace } = hazardOfInfo(lead, said);
  const { place: levelPlace, ...rated } = infoLevel(lead, hazard, said.vtecs);
  const starts = timeIn(lead, ['onset', 'effective'], remarks);
  const expires = endTimeOf(lead, said.vtecs, said.place, remarks);
  // An expiry before the sending says nothing (5 of 73 bulletins of one centre had one).
  const expired = expires.at !== undefined && expires.at <= sentAt;
  if (expired) remarks.push('expires no later than it was sent: not believed');
  let endPlace: string | undefined;
  if (isGreen(lead)) endPlace = parameterOf(lead, 'awareness_level')?.place;
  for (const info of group) endPlace ??= endOf(info, info === lead ? said : vtecsOf(info));
  return {
    infos: group,
    lead,
    areas: areasIn(group, lead),
    hazard,
    hazardPlace,
    ...rated,
    levelPlace,
    vtecs: said.vtecs,
    vtecPlace: said.place,
    endPlace,
    // A warning that is left to expire (EXP) runs on to its end.
    overAt: !expired && isExpiring(said.vtecs) ? (expires.at ?? sentAt) : sentAt,
    startsAt: starts.at,
    startsPlace: starts.place,
    expiresAt: expired ? undefined : expires.at,
    expiresPlace: expires.place,
  };
};

/** The statements of a message, translations put together. */
export const statementsOf = (infos: readonly CapInfo[], sentAt: string, remarks: string[]): Statement[] =>
  translations(infos).map(group => statementOf(group, sentAt, remarks));

const maximumAreas = 100;
const maximumCodes = 50;

/** The areas of all statements, each once; what is too much is said in `remarks`. `allOver`: the message ends them all. */
export const areasOf = (
  statements: readonly Statement[],
  allOver: boolean,
  remarks: string[],
): AlertArea[] => {
  const areas = new Map<string, AlertArea>();
  let count = 0;
  let cut = 0;
  for (const statement of statements) {
    const over = allOver || statement.endPlace !== undefined;
    for (const area of statement.areas) {
      count += 1;
      if (areas.size === maximumAreas) continue;
      const codes = area.geocodes
        .slice(0, maximumCodes)
        .map(({ name, value }) => plainText(`${name}:${value}`));
      if (area.geocodes.length > maximumCodes) cut += 1;
      const made: AlertArea = {
        name: plainText(area.name),
        state: over ? 'over' : 'live',
        level: statement.level,
        codes,
        startsAt: statement.startsAt ?? null,
        endsAt: over ? statement.overAt : (statement.expiresAt ?? null),
      };
      const key = `${made.name}|${made.state}|${made.level}|${made.startsAt}|${made.endsAt}|${codes.join()}`;
      if (!areas.has(key)) areas.set(key, made);
    }
  }
  if (count > maximumAreas && areas.size === maximumAreas)
    remarks.push(`${count} areas, of which the first ${maximumAreas} are kept`);
  if (cut > 0) remarks.push(`more than ${maximumCodes} codes in ${cut} areas, of which the first are kept`);
  return [...areas.values()];
};
