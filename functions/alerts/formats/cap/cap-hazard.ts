import type { Hazard } from '../../../domain/primitives.ts';
import { tableOf } from '../../documents/table.ts';
import { type CapInfo, parameterOf } from './cap-message.ts';
import { liveVtecs, type Vtec, vtecHazard } from './nws-vtec.ts';

/** Event codes of the US Emergency Alert System (47 CFR 11.31), the only code list that most CAP senders share. */
const sameCodes = new Map<string, Hazard>(
  Object.entries({
    AVA: 'AV',
    AVW: 'AV',
    BZW: 'CW',
    CFA: 'SS',
    CFW: 'SS',
    DSW: 'VW',
    EQW: 'EQ',
    EWW: 'VW',
    FFA: 'FF',
    FFS: 'FF',
    FFW: 'FF',
    FLA: 'FL',
    FLS: 'FL',
    FLW: 'FL',
    FRW: 'FR',
    HMW: 'AC',
    HUA: 'TC',
    HUS: 'TC',
    HUW: 'TC',
    HWA: 'VW',
    HWW: 'VW',
    NUW: 'AC',
    RHW: 'AC',
    SQW: 'CW',
    SSA: 'SS',
    SSW: 'SS',
    SVA: 'ST',
    SVR: 'ST',
    SVS: 'ST',
    TOA: 'TO',
    TOR: 'TO',
    TRA: 'TC',
    TRW: 'TC',
    TSA: 'TS',
    TSW: 'TS',
    VOW: 'VO',
    WFW: 'WF',
    WSA: 'CW',
    WSW: 'CW',
  } as const),
);

/** Awareness types of MeteoAlarm ("3; Thunderstorm"); fog is no disaster. */
const awarenessTypes = tableOf<Hazard>({
  '1': 'VW',
  '2': 'CW',
  '3': 'ST',
  '4': 'OT',
  '5': 'HT',
  '6': 'CW',
  '7': 'SS',
  '8': 'WF',
  '9': 'AV',
  '10': 'ST',
  '11': 'FL',
  '12': 'FL',
  '13': 'FL',
});

/** Words of event names, the narrow ones first: "tsunami" also names its earthquake, "flash flood" is a flood. */
const words: readonly (readonly [RegExp, Hazard])[] = [
  [/tsunami|maremoto|津波|海嘯|海啸|쓰나미|цунами/iu, 'TS'],
  [
    /earth\s?quake|\bquake|seism|s[ií]smo|terremot|tremblement de terre|erdbeben|jordskjelv|jordbävning|gempa|deprem|zemljotres|землетрясени|地震|지진/iu,
    'EQ',
  ],
  [
    /volc[aá]n|eruption|erupci[oó]n|[ée]ruption|erupção|vulkan|vulc[aã]|ashfall|ceniza|噴火|火山|화산|вулкан/iu,
    'VO',
  ],
  [/tornado|\btromb(a|e) |竜巻|龙卷|龍捲/iu, 'TO'],
  [
    /storm[ -]?surge|coastal[ -]?(flood|event)|marejada|vague-?submersion|sturmflut|stormflo|mareggiat|高潮|风暴潮|風暴潮/iu,
    'SS',
  ],
  [/flash flood|inundaci[oó]n s[uú]bita|crue soudaine|sturzflut|alluvione lampo|山洪/iu, 'FF'],
  [
    /tropical (storm|cyclone|depression)|cyclon|hurricane(?! force wind)|typhoon|cicl[oó]n|ciclone|hurac[aá]n|furac[aã]o|tif[oó]n|bagyo|siklon|台風|台风|颱風|태풍|тайфун/iu,
    'TC',
  ],
  [
    /flood|inunda[cç]|enchente|inondation|\bcrues?\b|hochwasser|überschwemm|überflut|översväm|høye? vannføring|\bflom\b|alluvion|esondazion|povod|poplav|árvíz|\bsel\b|banjir|наводнен|洪水|洪澇|洪涝|水庫洩洪|홍수|浸水|氾濫/iu,
    'FL',
  ],
  [/mud\s?(slide|flow)|debris[ -]?flow|\blahar|泥石流|土石流/iu, 'MS'],
  [
    /land\s?slide|rock\s?slide|deslizamiento|deslizamento|glissement|erdrutsch|jordskred|\bfrana|longsor|土砂|山体滑坡|산사태/iu,
    'LS',
  ],
  [/avalanche|avalancha|lawine|snøskred|valang|雪崩|なだれ|лавин/iu, 'AV'],
  [
    /wild\s?fire|bush\s?fire|forest[ -]?fire|grass\s?fire|scrub fire|fire weather|red flag|fire danger|incendios? forestal|feux? de for|incendi boschivi|waldbrand|skogbrann|skogsbrand|лесн(ой|ые|ых) пожар|山火|林野火災|森林火[灾災]/iu,
    'WF',
  ],
  [/\bfire\b|incendio|incendie|[ií]ncêndio|brand\b|\bbrann\b|rauchentwicklung|火災|火灾|화재|пожар/iu, 'FR'],
  [/drought|sequ[ií]a|s[eé]cheresse|dürre|\bseca\b|siccit|干旱|渇水|가뭄|засух/iu, 'DR'],
  [/\bheat|high[ -]temperature|\bcalor\b|canicule|hitze|caldo|varme|高温|高溫|猛暑|熱中症|폭염/iu, 'HT'],
  [
    /blizzard|snow|winter|freez|frost|\bcold|low[ -]temperature|chill|\bice\b|\bicy\b|nieve|neige|verglas|grand froid|helada|geada|\bfr[ií]o\b|neve\b|schnee|glätte|glatteis|snø|snijeg|大雪|寒潮|低温|低溫|霜|着雪|한파|대설/iu,
    'CW',
  ],
  [
    /thunder|\bhail\b|lightning|tormenta|orage|gewitter|hagel|temporal[ei]|trovoada|tordenvær|åska|雷|冰雹|竜巻注意/iu,
    'ST',
  ],
  [
    /\bwinds?\b|\bgales?\b|gusts?\b|squall|\bvent\b|viento|\bvento\b|vendaval|sturm|böen|\borkan|kuling|vjetar|大风|大風|暴風|강풍/iu,
    'VW',
  ],
  [/\brain|rainfall|downpour|lluvia|chuva|pluie|pioggia|regn|regen|kiša|暴雨|大雨|豪雨|호우/iu, 'ST'],
  [/high (surf|seas|waves)|\bwaves?\b|rip current|hazardous seas|\bswell|oleaje|波浪|巨浪|풍랑/iu, 'WV'],
  [/epidemic|outbreak|pandemic|covid|epidemia|疫/iu, 'EP'],
  [/locust|insect|langosta/iu, 'IN'],
  [
    /hazardous material|chemical|chemie|gefahrstoff|radiolog|nuclear|explosi(on|ón|ve)|industrial accident|dam (failure|break)|gasaustritt/iu,
    'AC',
  ],
];

/** Services have some dozens of names for their events, and each poll brings hundreds of each. */
const known = new Map<string, Hazard | null>();
const mostKnown = 1000;
const longestKnown = 80;

const wordHazard = (text: string): Hazard | undefined => {
  const before = known.get(text);
  if (before !== undefined) return before ?? undefined;
  const hazard = words.find(([pattern]) => pattern.test(text))?.[1];
  if (text.length > longestKnown) return hazard;
  if (known.size >= mostKnown) known.clear();
  known.set(text, hazard ?? null);
  return hazard;
};

/** What an info block says of its hazard; its category is no help, "Fire" is also fire brigades at a road accident. */
type Hints = {
  event: string;
  headline: string;
  eventCodes: readonly string[];
};

/** The hazard that an info block is about: event name, then event codes, headline; OT when none tells. */
export const capHazard = ({ event, headline, eventCodes }: Hints): Hazard => {
  const named =
    wordHazard(event) ??
    eventCodes.map(code => sameCodes.get(code.toUpperCase())).find(hazard => hazard !== undefined) ??
    wordHazard(headline) ??
    'OT';
  // "Fire" is the event name of bush fires too; the headline tells them apart.
  return named === 'FR' && wordHazard(headline) === 'WF' ? 'WF' : named;
};

/**
 * The hazard of an info and where it is said: by its VTEC or its MeteoAlarm type where it has one, which are exact; by its
 * words otherwise.
 */
export const hazardOfInfo = (
  info: CapInfo,
  { vtecs, place }: { vtecs: readonly Vtec[]; place: string },
): { hazard: Hazard; place: string } => {
  const vtec = liveVtecs(vtecs)[0] ?? vtecs[0];
  const coded = vtec && vtecHazard(vtec);
  if (coded !== undefined) return { hazard: coded, place };
  const type = parameterOf(info, 'awareness_type');
  const number = type?.value.match(/^\s*(\d{1,2})\b/)?.[1];
  // "Coastal event" is any weather of the coast, so there the words come first.
  const vague = number === '7' && wordHazard(info.event) !== undefined;
  const typed = number === undefined ? undefined : awarenessTypes.get(number);
  if (type && typed !== undefined && !vague) return { hazard: typed, place: type.place };
  const hazard = capHazard({
    event: info.event,
    headline: info.headline,
    eventCodes: info.eventCodes.map(({ value }) => value),
  });
  const said = info.event !== '' ? 'event' : info.headline !== '' ? 'headline' : undefined;
  return { hazard, place: said === undefined ? '' : `${info.base}${said}` };
};
