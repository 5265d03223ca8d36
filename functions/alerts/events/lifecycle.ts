import type { AlertArea, Ring } from '../../domain/alert.ts';
import type { DisasterEvent, Provenance, Voice } from '../../domain/event.ts';
import type { Hazard, Level } from '../../domain/primitives.ts';
import { placeIn } from '../documents/place.ts';
import { latestOf } from '../documents/times.ts';
import { coarser } from '../geography/geometry.ts';

/** An event is one item of 400 KB at most: the drawing of all its areas, and their names, get a fair part of that. */
const limits = { footprintPoints: 1_000, areas: 200 };

const ranks: Record<Level, number> = { Unknown: 1, Green: 2, Orange: 3, Red: 4 };

/**
 * Green because a quake was small is no judgement of what it did, so it does not stand above another source that found it
 * large and cannot judge it yet.
 */
const rankOf = (voice: Voice): number =>
  voice.level === 'Green' && voice.levelRule.endsWith('below-m5.5') ? 0 : ranks[voice.level];

/** Whose position, time and numbers count: the network that locates quakes, then the desk that combines sources. */
const authority = (voice: Voice): number => {
  if (voice.hazard === 'EQ' && voice.source === 'USGS') return 2;
  return voice.source === 'GDACS' ? 1 : 0;
};

const newestFirst = (a: Voice, b: Voice) =>
  a.sentAt === b.sentAt ? (a.alertId < b.alertId ? -1 : 1) : a.sentAt > b.sentAt ? -1 : 1;

const isActive = (voice: Voice, now: string): boolean =>
  !voice.cancelled &&
  (voice.endedAt === null || voice.endedAt > now) &&
  (voice.expiresAt === null || voice.expiresAt > now);

/** GLIDE names a disaster and never says that one is over: it keeps no event open that others follow to its end. */
const follows = (voice: Voice): boolean => voice.source !== 'GLIDE';

/** Hazards of a moment have the origin time of the best source; those that last begin with the first report. */
const isMomentary = (hazard: Hazard) => hazard === 'EQ' || hazard === 'TS';

const measuresOf = (facts: readonly Voice[]) => {
  const byName = new Map<string, { measure: Voice['measures'][number]; voice: Voice }>();
  for (const voice of facts)
    for (const measure of voice.measures)
      if (!byName.has(measure.name)) byName.set(measure.name, { measure, voice });
  return [...byName.values()].sort((a, b) => (a.measure.name < b.measure.name ? -1 : 1));
};

/** An area is over when its own message says so, and when the message that spoke of it is. */
const areasOf = (voices: readonly Voice[], now: string): AlertArea[] =>
  voices
    .flatMap(voice => {
      const live = isActive(voice, now);
      return voice.areas.map(area =>
        area.state === 'live' && (!live || (area.endsAt !== null && area.endsAt <= now))
          ? { ...area, state: 'over' as const }
          : area,
      );
    })
    .slice(0, limits.areas);

const footprintOf = (facts: readonly Voice[]): Ring[] | null => {
  const rings = facts.flatMap(voice => voice.footprint ?? []);
  return rings.length === 0 ? null : coarser(rings, limits.footprintPoints);
};

const sourceOf = (voice: Voice, field: string): Provenance => {
  const { alertId, rawDigest, rawPlace, places, judged } = voice;
  if (field === 'level' && judged)
    return { alertId: judged.alertId, rawDigest: judged.rawDigest, place: judged.place };
  // Where one number of several stands is said by few formats; then the main one leads to the rest.
  const place = places[field] ?? places[field.split('.')[0]!];
  return { alertId, rawDigest, place: placeIn(rawPlace, place) };
};

const provenanceOf = (
  lead: Voice,
  facts: readonly Voice[],
  measures: ReturnType<typeof measuresOf>,
): Record<string, Provenance> => {
  const first = (field: string, has: (voice: Voice) => boolean) => {
    const voice = facts.find(has);
    return voice ? [[field, sourceOf(voice, field)] as const] : [];
  };
  return Object.fromEntries([
    ...(['title', 'hazard', 'level'] as const).map(field => [field, sourceOf(lead, field)] as const),
    ...first('occurredAt', () => true),
    ...first('position', voice => voice.position !== null),
    ...first('footprint', voice => voice.footprint !== null),
    ...first('countries', voice => voice.countries.length > 0),
    ...first('areas', voice => voice.areas.length > 0),
    ...measures.map(
      ({ measure, voice }) =>
        [`measures.${measure.name}`, sourceOf(voice, `measures.${measure.name}`)] as const,
    ),
  ]);
};

/**
 * What the event says as of `now`, from what its accounts say: the gravest level of the voices still active, or the last
 * words when none is. A lower level keeps the event open; only a cancel, an end or an expiry of every voice closes it.
 */
export const settle = (event: DisasterEvent, now: string): DisasterEvent => {
  const voices = event.accounts.flatMap(account => account.voices);
  if (event.mergedInto || voices.length === 0) return event;
  const followers = voices.filter(follows);
  const active = (followers.length > 0 ? followers : voices).filter(voice => isActive(voice, now));
  const basis = active.length > 0 ? active : voices;
  const facts = [...basis].sort((a, b) => authority(b) - authority(a) || newestFirst(a, b));
  const lead = [...basis].sort(
    (a, b) => rankOf(b) - rankOf(a) || authority(b) - authority(a) || newestFirst(a, b),
  )[0]!;
  const began = event.accounts.filter(account => account.voices.length > 0).map(account => account.beganAt);
  const measures = measuresOf(facts);
  // Who knows where it began knows when; a bulletin without a place has the time of its issue.
  const origin = facts.find(voice => voice.position !== null) ?? facts[0]!;
  return {
    ...event,
    hazard: lead.hazard,
    level: lead.level,
    levelRule: lead.levelRule,
    sourceLevels: facts.flatMap(({ source, sourceLevel }) =>
      sourceLevel ? [{ source, ...sourceLevel }] : [],
    ),
    title: lead.title,
    titles: Object.fromEntries([...facts, lead].flatMap(voice => Object.entries(voice.titles))),
    state: active.length > 0 ? 'open' : 'closed',
    occurredAt: isMomentary(lead.hazard) ? origin.occurredAt : began.sort()[0]!,
    endedAt:
      active.length > 0
        ? null
        : (latestOf(
            voices.map(voice => (voice.cancelled ? voice.sentAt : (voice.endedAt ?? voice.expiresAt))),
          ) ?? null),
    countries: [...new Set(facts.flatMap(voice => voice.countries))],
    position: facts.find(voice => voice.position !== null)?.position ?? null,
    footprint: footprintOf(facts),
    areas: areasOf(voices, now),
    measures: measures.map(({ measure }) => measure),
    provenance: provenanceOf(lead, facts, measures),
  };
};
