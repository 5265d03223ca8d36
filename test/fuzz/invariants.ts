import { readDocument } from '../../functions/alerts/documents/document.ts';
import { placeWithin, valueAt } from '../../functions/alerts/documents/place.ts';
import type { XmlElement } from '../../functions/alerts/documents/xml.ts';
import { foldInto } from '../../functions/alerts/events/batch.ts';
import { createEventIndex, type EventIndex } from '../../functions/alerts/events/event-index.ts';
import { type Reading, readBody } from '../../functions/alerts/intake.ts';
import { Alert } from '../../functions/domain/alert.ts';
import { DisasterEvent } from '../../functions/domain/event.ts';

/** What one message showed. */
export type Examined = { reading: Reading | undefined; breaches: string[] };

const now = '2026-12-31T00:00:00.000Z';

/** Where formats with CAP's status keep it, from their item. */
const statusPlaces = ['status', 'properties/status', 'alert/status', 'info/status'];
const noReal = /^\s*(test|exercise|system|draft)\s*$/i;
const noRealJapanese = /訓練|試験/;

const prototypeKeys = [Object.prototype, Array.prototype, String.prototype, Function.prototype].map(
  prototype => [prototype, Reflect.ownKeys(prototype).length] as const,
);

const pollution = (): string | undefined =>
  prototypeKeys.some(([prototype, count]) => Reflect.ownKeys(prototype).length !== count)
    ? 'a prototype was changed'
    : undefined;

const isDegrees = (value: number, most: number) => Number.isFinite(value) && Math.abs(value) <= most;

const parentsOf = (element: XmlElement, name: string, found = new Set<XmlElement>()): Set<XmlElement> => {
  for (const child of element.children) {
    if (child.name === name) found.add(element);
    parentsOf(child, name, found);
  }
  return found;
};

const alertBreaches = (alert: Alert, document: ReturnType<typeof readDocument>): string[] => {
  const breaches: string[] = [];
  const parsed = Alert.safeParse(alert);
  if (!parsed.success) breaches.push(`accepted alert is none: ${parsed.error.issues[0]?.path.join('.')}`);
  const { position, footprint, places, rawPlace } = alert;
  if (position && !(isDegrees(position.latitude, 90) && isDegrees(position.longitude, 180)))
    breaches.push('position off the map');
  const points = (footprint ?? []).flat();
  if (points.length > 5000) breaches.push(`footprint of ${points.length} points`);
  if (points.some(([x, y]) => !isDegrees(x, 180) || !isDegrees(y, 90)))
    breaches.push('footprint off the map');
  // JSON.stringify writes halves of characters as escapes.
  if (/(?<!\\)(\\\\)*\\ud[89a-f]/.test(JSON.stringify(alert))) breaches.push('half a character in an alert');
  if (valueAt(document, rawPlace) === undefined) breaches.push(`nothing at the item's place ${rawPlace}`);
  // Items within items, or here and there, have no numbers that all formats agree on; no publisher writes such.
  const isScattered =
    document.kind === 'xml' && parentsOf(document.root, rawPlace.replace(/\[.*/, '')).size > 1;
  for (const [field, place] of Object.entries(places))
    if (!isScattered && valueAt(document, placeWithin(rawPlace, place)) === undefined)
      breaches.push(`${alert.format}: nothing at the place of ${field}, ${rawPlace} ${place}`);
  if (alert.status !== 'Actual') return breaches;
  const said = statusPlaces.map(place => valueAt(document, placeWithin(rawPlace, place)) ?? '');
  if (said.some(status => noReal.test(status)))
    breaches.push(`${alert.format}: an exercise or test read as real`);
  if (alert.format === 'jma-xml' && noRealJapanese.test(valueAt(document, 'Status') ?? ''))
    breaches.push('jma-xml: an exercise or test read as real');
  return breaches;
};

/** The events of the messages so far; begun anew before they grow old, so that each message costs about the same. */
let index: EventIndex = createEventIndex();
let folded = 0;

const foldBreaches = (accepted: readonly Alert[]): string[] => {
  const breaches: string[] = [];
  for (const alert of accepted.slice(0, 3)) {
    if (folded % 300 === 0) index = createEventIndex();
    folded += 1;
    const { changes } = foldInto(index, alert, now);
    for (const event of changes) {
      const parsed = DisasterEvent.safeParse(event);
      if (!parsed.success) breaches.push(`folded into no event: ${parsed.error.issues[0]?.path.join('.')}`);
    }
  }
  return breaches;
};

/** Items of one message of which each field is looked at. */
const mostExamined = 20;

/** Reads a body and folds what it says, and names every promise that was broken on the way. Never throws. */
export const examined = async (bytes: Uint8Array): Promise<Examined> => {
  let reading: Reading | undefined;
  const breaches: string[] = [];
  try {
    reading = await readBody(bytes);
    if (reading.accepted.length > 0) {
      const document = readDocument(bytes);
      for (const alert of reading.accepted.slice(0, mostExamined))
        breaches.push(...alertBreaches(alert, document));
      breaches.push(...foldBreaches(reading.accepted));
    }
    if (
      reading.accepted.length + reading.ignored.length + reading.rejected.length > 0 &&
      reading.problem &&
      reading.accepted.length > 0
    )
      breaches.push('alerts of an unreadable body');
  } catch (error) {
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    const place = stack.match(/at .*/)?.[0]?.trim() ?? '';
    breaches.push(`threw ${message.slice(0, 200)} ${place}`);
  }
  const polluted = pollution();
  if (polluted) breaches.push(polluted);
  return { reading, breaches };
};
