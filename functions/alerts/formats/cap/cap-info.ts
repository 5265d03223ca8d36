import type { Hazard, Level } from '../../../domain/primitives.ts';
import { tableOf } from '../../documents/table.ts';
import type { CapInfo } from './cap-message.ts';
import { parameterOf } from './cap-message.ts';
import { type Vtec, vtecsEnd } from './nws-vtec.ts';

/** An end said in the name of the event: it names nothing else. */
const endedEvent =
  /\b(cancell?ations?|cancelled|canceled|all clear|entwarnung|annulation|cancelaci[oó]n|cancelad[oa]|cancelamento)\b|取消|解除|解禁|취소|해제/iu;

/**
 * An end said in a headline. Much else is cancelled in headlines ("flights cancelled"), so there it must be the warning
 * that is, or stand alone at the end.
 */
const endedHeadline =
  /[-–—:]\s*(has )?(ended|terminée?s?|cancell?ed|lifted|annulée?|finalizad[oa])\.?\s*$|^\W*(all clear|cancel(lation)?|cancell?ed|entwarnung|aufhebung|annulation|fin d['’]alerte|levée)\b|\ball[- ]clear\b|\b(warning|watch|advisory|alert|statement|threat)s?( \w+){0,3} (is|are|was|has been|have been|now)( now)? (cancell?ed|lifted|ended|discontinued|terminated)\b|\b(warning|watch|advisory|alert|statement) cancell?(ation|ed)\b|\bcancell?ation of\b|\bfin de (la )?(vigilance|l['’]alerte|alerta)|\b(aviso|alerta|alerte|advertencia)( \S+){0,4} (cancelad[oa]|levée?|levantad[oa]|finalizad[oa]|annulée?)\b|\b(warnung|unwetterwarnung)( \S+){0,4} (aufgehoben|beendet)\b|取消|解除|해제/iu;

/** Words of which each of the two patterns needs one: nearly all texts have none of them, and the patterns are slow. */
const hintOfEnd =
  /cancel|clear|ended|beendet|lifted|termin|annul|finalizad|discontinued|entwarnung|aufhebung|aufgehoben|fin d|lev[ée]|levantad|取消|解除|解禁|취소|해제/iu;

const says = (text: string, end: RegExp): boolean => hintOfEnd.test(text) && end.test(text);

/** Where an info says that its hazard is over here, as a place in the item; undefined when it is not. */
export const endOf = (
  info: CapInfo,
  vtecs: { vtecs: readonly Vtec[]; place: string },
): string | undefined => {
  const clear = info.responseTypes.find(type => /^all ?clear$/i.test(type.value));
  if (clear) return clear.place;
  if (vtecsEnd(vtecs.vtecs)) return vtecs.place;
  for (let index = 0; index < info.parameters.length; index += 1) {
    const { name, value, place } = info.parameters[index]!;
    if (/alert_location_status$/i.test(name) && /^(ended|terminée?)$/i.test(value))
      return place ?? `${info.base}parameter[${index}]/value`;
  }
  // Urgency Past alone is no end: every report of an earthquake has it.
  if (says(info.event, endedEvent)) return `${info.base}event`;
  if (says(info.headline, endedHeadline)) return `${info.base}headline`;
  return undefined;
};

/** Event codes of messages about people and crimes: an abducted child or a search by the police is no disaster. */
const civilCodes = /^(BLU|CAE|LAE|LEW|MEP|TOE)$/;

type Rated = {
  level: Level;
  levelRule: string;
  sourceLevel: { scale: string; value: string };
  place: string;
};

const severityLevels = tableOf<Level>({
  extreme: 'Red',
  severe: 'Orange',
  moderate: 'Green',
  minor: 'Green',
});

/** Hazards for which other countries send help; the others are weather that a country's own services deal with. */
const isDisaster = (hazard: Hazard) => /^(EQ|TS|TC|SS|VO|DR|EP|AC|LS|MS)$/.test(hazard);

/** The grade of MeteoAlarm, 1 green to 4 red, which each country sets for its own climate ("3; orange; Severe"). */
const awarenessOf = (value: string): number => {
  const [digit] = value.match(/^\s*([1-4])\b/) ?? [];
  if (digit !== undefined) return Number(digit);
  return ['green', 'yellow', 'orange', 'red'].findIndex(colour => value.toLowerCase().includes(colour)) + 1;
};

/** Whether the info only says that nothing is to be warned of: MeteoAlarm's green. */
export const isGreen = (info: CapInfo): boolean => {
  const awareness = parameterOf(info, 'awareness_level');
  return awareness !== undefined && awarenessOf(awareness.value) === 1;
};

/**
 * What CAP severity means on the common scale, which is the likelihood that help from abroad is needed. Extreme is Red,
 * Severe is Orange, and an unlikely event is Green whatever it would do. Two senders grade routine weather by that scale,
 * hundreds of times a day, so for weather of theirs the highest grade alone is Orange and nothing is Red: the US weather
 * service (every severe thunderstorm is "Severe", every tornado "Extreme": Orange needs its own tag for a catastrophe) and
 * the services in MeteoAlarm (grade 4, red, is given several times a season in each country).
 */
export const infoLevel = (info: CapInfo, hazard: Hazard, vtecs: readonly Vtec[]): Rated => {
  const severity = info.severity.toLowerCase();
  const sourceLevel = { scale: 'CAP severity', value: info.severity };
  const place = `${info.base}severity`;
  const level = severityLevels.get(severity) ?? 'Unknown';
  const rated = (rated: Level, levelRule: string): Rated => ({ level: rated, levelRule, sourceLevel, place });

  if (hazard === 'OT' && info.eventCodes.some(({ value }) => civilCodes.test(value)))
    return rated('Unknown', 'cap-civil-message');
  const awareness = parameterOf(info, 'awareness_level');
  if (awareness !== undefined && awarenessOf(awareness.value) > 0)
    return {
      level: awarenessOf(awareness.value) === 4 ? 'Orange' : 'Green',
      levelRule: `meteoalarm-awareness-${awarenessOf(awareness.value)}`,
      sourceLevel: { scale: 'MeteoAlarm awareness level', value: awareness.value },
      place: awareness.place,
    };
  if (level === 'Unknown') return rated('Unknown', 'cap-severity-unknown');
  if (info.certainty.toLowerCase() === 'unlikely') return rated('Green', 'cap-certainty-unlikely');
  if (vtecs.length > 0 && !isDisaster(hazard)) {
    const threats = ['flashflooddamagethreat', 'tornadodamagethreat', 'thunderstormdamagethreat'];
    const catastrophic = threats.some(name => /catastrophic/i.test(parameterOf(info, name)?.value ?? ''));
    if (catastrophic) return rated('Orange', 'nws-weather-catastrophic');
    const grave = severity === 'extreme' && hazard !== 'TO';
    return rated(grave ? 'Orange' : 'Green', `nws-weather-${severity}`);
  }
  return rated(level, `cap-severity-${severity}`);
};
