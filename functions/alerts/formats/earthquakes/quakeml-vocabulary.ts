import { plainText } from '../../documents/plain-text.ts';
import { tableOf } from '../../documents/table.ts';
import type { XmlElement } from '../../documents/xml.ts';

const listed = (words: string): ReadonlySet<string> => new Set(words.split('|'));

/** QuakeML 1.2 enumerations of what is looked at here (BED, chapter 3.3), in lower case. */
const evaluationModes = listed('manual|automatic');
const evaluationStatuses = listed('preliminary|confirmed|reviewed|final|rejected|reported');
const originTypes = listed('hypocenter|centroid|amplitude|macroseismic|rupture start|rupture end');
const depthTypes = listed(
  'from location|from moment tensor inversion|from modeling of broad-band p waveforms|constrained by depth phases|constrained by direct phases|constrained by depth and direct phases|operator assigned|other',
);
const typeCertainties = listed('known|suspected');

const vocabularies = tableOf<ReadonlyMap<string, ReadonlySet<string>>>({
  event: tableOf({ typeCertainty: typeCertainties }),
  origin: tableOf({
    depthType: depthTypes,
    type: originTypes,
    evaluationMode: evaluationModes,
    evaluationStatus: evaluationStatuses,
  }),
  magnitude: tableOf({ evaluationMode: evaluationModes, evaluationStatus: evaluationStatuses }),
});

/** Some networks write "_" for the space ("from_location"). */
const isListed = (words: ReadonlySet<string>, text: string): boolean =>
  text === '' || words.has(text.toLowerCase().replaceAll('_', ' '));

const strangeIn = (element: XmlElement): string[] => {
  const words = vocabularies.get(element.name);
  if (!words) return [];
  return element.children.flatMap(child => {
    const vocabulary = words.get(child.name);
    const text = child.text.trim();
    return vocabulary === undefined || isListed(vocabulary, text)
      ? []
      : [`${element.name} ${child.name} "${plainText(text).slice(0, 40)}" is no word of QuakeML`];
  });
};

/** Words that QuakeML does not have, in an event, its origins and magnitudes; each once, five at most. */
export const strangeValuesIn = (event: XmlElement): string[] =>
  [...new Set([...strangeIn(event), ...event.children.flatMap(strangeIn)].slice(0, 100))].slice(0, 5);
