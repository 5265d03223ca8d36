import type { Hazard } from '../../domain/primitives.ts';

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

/** Words of event names, the narrow ones first: "tsunami" also names its earthquake, "flash flood" is a flood. */
const words: readonly (readonly [RegExp, Hazard])[] = [
  [/tsunami|maremoto|津波|海嘯|海啸|쓰나미/iu, 'TS'],
  [/earth\s?quake|\bquake|seism|sismo|terremoto|tremblement de terre|erdbeben|gempa|地震|지진/iu, 'EQ'],
  [/volcan|volcán|eruption|erupción|vulkan|噴火|火山/iu, 'VO'],
  [/tornado|竜巻|龙卷/iu, 'TO'],
  [/storm surge|coastal flood|marejada|高潮|风暴潮/iu, 'SS'],
  [/flash flood|inundaci[oó]n s[uú]bita|crue soudaine|山洪/iu, 'FF'],
  [
    /tropical (storm|cyclone|depression)|cyclone|hurricane|typhoon|cicl[oó]n|hurac[aá]n|tif[oó]n|台風|台风|颱風/iu,
    'TC',
  ],
  [/flood|inundaci|inondation|crue|hochwasser|überschwemm|banjir|洪水|洪澇|洪涝|水庫洩洪/iu, 'FL'],
  [/mud\s?slide|debris flow|泥石流|土石流/iu, 'MS'],
  [/land\s?slide|deslizamiento|glissement|erdrutsch|longsor|土砂|山体滑坡/iu, 'LS'],
  [/avalanche|lawine|雪崩|なだれ/iu, 'AV'],
  [
    /wild\s?fire|bush\s?fire|forest fire|grass fire|fire weather|red flag|incendio forestal|feu de for|waldbrand|山火|林野火災/iu,
    'WF',
  ],
  [/\bfire\b|incendio|incendie|brand\b|火災|火灾/iu, 'FR'],
  [/drought|sequ[ií]a|s[eé]cheresse|dürre|干旱|渇水/iu, 'DR'],
  [/heat|high temperature|calor|canicule|hitze|高温|猛暑|熱中症/iu, 'HT'],
  [/blizzard|snow|winter|freez|frost|cold|chill|\bice\b|nieve|neige|helada|schnee|大雪|寒潮|低温|霜/iu, 'CW'],
  [/thunder|hail|lightning|tormenta|orage|gewitter|雷|冰雹/iu, 'ST'],
  [/wind|gale|vent\b|viento|sturm|大风|暴風/iu, 'VW'],
  [/rain|lluvia|pluie|regen|暴雨|大雨/iu, 'ST'],
  [/epidemic|outbreak|pandemic|covid|epidemia|疫/iu, 'EP'],
  [/locust|insect|langosta/iu, 'IN'],
  [/hazardous material|chemical|radiolog|nuclear|explosion|industrial accident/iu, 'AC'],
];

const wordHazard = (text: string): Hazard | undefined => words.find(([pattern]) => pattern.test(text))?.[1];

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
