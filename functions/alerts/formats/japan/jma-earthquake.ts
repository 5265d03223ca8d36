import type { Level } from '../../../domain/primitives.ts';
import { type AlertDraft, ItemIgnored, ItemRejected } from '../format.ts';
import { hypocentreOf } from './jma-hypocentre.ts';
import { instantOfEventId, isWithdrawn, type JmaReport, jmaDraft, textAt } from './jma-report.ts';
import {
  coordinatesInWords,
  type JmaIntensity,
  jmaIntensity,
  jmaQuakeLevel,
  quakeBulletinId,
} from './jma-values.ts';

type Shaking = { intensity: JmaIntensity; place: string; scale: string };

/** The strongest shaking: observed (MaxInt), or foretold by an early warning (the lower end of the range). */
const shakingOf = (report: JmaReport): Shaking | undefined => {
  const observed = jmaIntensity(textAt(report.body, 'Intensity', 'Observation', 'MaxInt'));
  if (observed)
    return {
      intensity: observed,
      place: 'Body/Intensity/Observation/MaxInt',
      scale: 'JMA seismic intensity',
    };
  const foretold = jmaIntensity(textAt(report.body, 'Intensity', 'Forecast', 'ForecastInt', 'From'));
  return (
    foretold && {
      intensity: { ...foretold, measure: { ...foretold.measure, name: 'forecastJmaIntensity' } },
      place: 'Body/Intensity/Forecast/ForecastInt/From',
      scale: 'JMA seismic intensity, forecast',
    }
  );
};

const isEarlyWarning = (report: JmaReport) => report.product.startsWith('緊急地震速報');
const isFarAway = (report: JmaReport) => /遠地/.test(report.title);

/** The first numbers of an early warning are guesses of seconds (2011: M 4.3, then 8.1); its last report is a measurement. */
const levelOf = (report: JmaReport, magnitude: number | undefined): { level: Level; levelRule: string } =>
  isEarlyWarning(report) && textAt(report.body, 'NextAdvisory') === undefined
    ? { level: 'Unknown', levelRule: 'jma-early-warning' }
    : jmaQuakeLevel(magnitude);

const englishOf = (
  report: JmaReport,
  quake: ReturnType<typeof hypocentreOf>,
  shaking: Shaking | undefined,
): string => {
  const magnitude = quake?.magnitude === undefined ? 'Earthquake' : `M ${quake.magnitude} earthquake`;
  const where = quake?.position ? ` at ${coordinatesInWords(quake.position)}` : ', place not yet known';
  const depth = quake?.depthKm === undefined ? '' : `, ${quake.depthKm} km deep`;
  const kind = isEarlyWarning(report) ? 'Early warning: ' : '';
  const felt = shaking
    ? `, JMA intensity ${shaking.scale.endsWith('forecast') ? 'forecast at least' : 'up to'} ${shaking.intensity.step}`
    : '';
  return `${kind}${magnitude}${where}${depth}${felt}`;
};

/** An eruption abroad comes as a report of a distant quake, without a magnitude. */
const tellsEruption = (report: JmaReport) =>
  isFarAway(report) &&
  /噴火/.test(`${report.headlineText} ${textAt(report.body, 'Comments', 'FreeFormComment') ?? ''}`);

/**
 * A quake: early warnings, intensity flash, hypocentre, hypocentre and intensities, later corrections of the hypocentre.
 * All reports of one quake share its EventID; a flash has no place yet.
 */
export const readJmaEarthquake = (report: JmaReport): AlertDraft => {
  const [eventId] = report.eventIds;
  if (eventId === undefined)
    throw new ItemRejected('Head/EventID: none, so the quake cannot be told from others');
  const eruption = tellsEruption(report);
  const key = `${eruption ? 'VO' : 'EQ'}-${eventId}`;
  const ids = [eruption ? `jma:VO-${eventId}` : `jma:${eventId}`];
  if (isWithdrawn(report)) {
    // A correction of the hypocentre that is taken back leaves the quake as it was.
    if (/震源要素更新/.test(report.product))
      throw new ItemIgnored(`${report.product}: an update is withdrawn, not the quake`);
    return jmaDraft(report, {
      sourceId: key,
      ownIds: ids,
      hazard: eruption ? 'VO' : 'EQ',
      level: 'Unknown',
      levelRule: 'jma-withdrawn',
      sourceLevel: null,
      occurredAt: instantOfEventId(eventId) ?? report.targetAt ?? report.reportAt,
      countryHints: { codes: ['JP'], names: '' },
      english: 'Earthquake report withdrawn by JMA',
      places: {
        occurredAt: instantOfEventId(eventId) === undefined ? report.targetPlace : 'Head/EventID',
        messageType: 'Head/InfoType',
      },
    });
  }
  const quake = hypocentreOf(report.body);
  const shaking = shakingOf(report);
  if (!quake && !shaking) throw new ItemIgnored(`${report.product}: neither hypocentre nor intensity`);
  const originAt = quake?.originAt ?? report.targetAt;
  const { level, levelRule } = levelOf(report, quake?.magnitude);
  const measures = [...(quake?.measures ?? []), ...(shaking ? [shaking.intensity.measure] : [])];
  return jmaDraft(report, {
    sourceId: key,
    ownIds: ids,
    strongIds: eruption
      ? []
      : quakeBulletinId(report.reportAt, quake?.originAt, quake?.position, quake?.magnitude),
    hazard: eruption ? 'VO' : 'EQ',
    level: eruption ? 'Unknown' : level,
    levelRule: eruption ? 'jma-eruption-abroad' : levelRule,
    sourceLevel: shaking ? { scale: shaking.scale, value: shaking.intensity.step } : null,
    occurredAt: originAt ?? report.reportAt,
    position: quake?.position ?? null,
    measures,
    ...(isFarAway(report) ? {} : { countryHints: { codes: ['JP'], names: '' } }),
    remarks: quake?.remarks ?? [],
    english: eruption ? 'Large eruption abroad reported by JMA' : englishOf(report, quake, shaking),
    places: {
      ...(shaking ? { measures: shaking.place } : {}),
      ...quake?.places,
      level: quake?.places.measures ?? (shaking ? shaking.place : 'Control/Title'),
      occurredAt: quake?.originAt ? quake.originPlace : report.targetPlace,
    },
  });
};
