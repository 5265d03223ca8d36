import type { Hazard } from '../../../domain/primitives.ts';
import { tableOf } from '../../documents/table.ts';
import { type CapInfo, parameterOf } from './cap-message.ts';

/** One P-VTEC string of the US weather service (NWSI 10-1703): which of an office's events a message is about, and what it does to it. */
export type Vtec = {
  /** O operational, T test, E experimental, X experimental in an operational product. */
  product: string;
  /** NEW CON EXT EXA EXB UPG CAN EXP COR ROU. */
  action: string;
  office: string;
  phenomenon: string;
  significance: string;
  number: string;
  /** Instants; undefined for 000000T0000Z: already begun, or until further notice. */
  beginsAt: string | undefined;
  endsAt: string | undefined;
};

const pattern =
  /\/([OTEX])\.([A-Z]{3})\.([A-Z]{4})\.([A-Z]{2})\.([A-Z])\.(\d{4})(?:\.([^/\s-]*)-([^/\s]*))?\//g;

const instantOf = (text = ''): string | undefined => {
  const [, year, month, day, hour, minute] = text.match(/^(\d\d)(\d\d)(\d\d)T(\d\d)(\d\d)Z$/) ?? [];
  const milliseconds = Date.parse(`20${year}-${month}-${day}T${hour}:${minute}:00Z`);
  return Number.isNaN(milliseconds) ? undefined : new Date(milliseconds).toISOString();
};

/** The VTEC strings of an info, and where they stand. */
export const vtecsOf = (info: CapInfo): { vtecs: Vtec[]; place: string } => {
  const said =
    parameterOf(info, 'vtec') ?? parameterOf(info, 'nwsvtec') ?? parameterOf(info, 'p-vtec') ?? undefined;
  if (said === undefined) return { vtecs: [], place: '' };
  const texts = info.parameters
    .filter(pair => /^(nws|p-)?vtec$/i.test(pair.name))
    .map(pair => pair.value.slice(0, 2000));
  const vtecs = [...texts.join(' ').matchAll(pattern)].map(match => ({
    product: match[1]!,
    action: match[2]!,
    office: match[3]!,
    phenomenon: match[4]!,
    significance: match[5]!,
    number: match[6]!,
    beginsAt: instantOf(match[7]),
    endsAt: instantOf(match[8]),
  }));
  return { vtecs, place: said.place };
};

const isOver = ({ action }: Vtec) => action === 'CAN' || action === 'EXP' || action === 'UPG';

/** Those that still say that something is going on. */
export const liveVtecs = (vtecs: readonly Vtec[]): Vtec[] => vtecs.filter(vtec => !isOver(vtec));

/** Whether all say that their event is over here: cancelled, expired, or replaced by a graver one. */
export const vtecsEnd = (vtecs: readonly Vtec[]): boolean => vtecs.length > 0 && vtecs.every(isOver);

/** Whether the event is left to run out, which it does at its end and not when that is said. */
export const isExpiring = (vtecs: readonly Vtec[]): boolean =>
  vtecs.length > 0 && vtecs.every(({ action }) => action === 'EXP');

/**
 * The key of the event, "KSEW.FF.W.0001.2025". Numbers begin anew with the year in which an event is first announced, which
 * the string does not say: it is that of the earliest message in the chain of references, or of a beginning before that.
 */
export const vtecKey = (vtec: Vtec, sentAt: string, referencedAt: readonly string[]): string => {
  const first = [sentAt, vtec.beginsAt ?? sentAt, ...referencedAt].sort()[0]!;
  return `${vtec.office}.${vtec.phenomenon}.${vtec.significance}.${vtec.number}.${first.slice(0, 4)}`;
};

/** Phenomena of NWSI 10-1703, appendix A, by what they do; those that harm nobody on land but sailors are "other". */
const phenomena = tableOf<Hazard>({
  AF: 'VO',
  AS: 'OT',
  AV: 'AV',
  BH: 'WV',
  BS: 'CW',
  BW: 'VW',
  BZ: 'CW',
  CF: 'SS',
  CW: 'CW',
  DF: 'MS',
  DS: 'VW',
  DU: 'VW',
  EC: 'CW',
  EH: 'HT',
  EW: 'VW',
  FA: 'FL',
  FF: 'FF',
  FL: 'FL',
  FR: 'CW',
  FW: 'WF',
  FZ: 'CW',
  GL: 'VW',
  HF: 'VW',
  HI: 'TC',
  HS: 'CW',
  HT: 'HT',
  HU: 'TC',
  HW: 'VW',
  HY: 'FL',
  HZ: 'CW',
  IP: 'CW',
  IS: 'CW',
  LB: 'CW',
  LE: 'CW',
  LO: 'OT',
  LS: 'SS',
  LW: 'VW',
  MA: 'ST',
  MF: 'OT',
  MH: 'VO',
  MS: 'OT',
  RB: 'VW',
  RH: 'AC',
  RP: 'WV',
  SB: 'CW',
  SC: 'VW',
  SE: 'WV',
  SI: 'VW',
  SM: 'OT',
  SN: 'CW',
  SQ: 'CW',
  SR: 'VW',
  SS: 'SS',
  SU: 'WV',
  SV: 'ST',
  SW: 'WV',
  TI: 'TC',
  TO: 'TO',
  TR: 'TC',
  TS: 'TS',
  TY: 'TC',
  UP: 'CW',
  VO: 'VO',
  WC: 'CW',
  WI: 'VW',
  WS: 'CW',
  WW: 'CW',
  XH: 'HT',
  ZF: 'OT',
  ZR: 'CW',
});

/** The hazard of a phenomenon code. */
export const vtecHazard = (vtec: Vtec): Hazard | undefined => phenomena.get(vtec.phenomenon);
