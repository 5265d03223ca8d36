import { AlertStatus, type Measure, type MessageType } from '../../domain/alert.ts';
import type { Hazard, Level } from '../../domain/primitives.ts';
import type { FeedDocument } from '../document.ts';
import { positionOf } from '../geography.ts';
import { leadingNumber, plainText } from '../plain-text.ts';
import { instantOfIso, instantOfRfc822, latestOf } from '../times.ts';
import { childrenOf, descendantsOf, textOf, type XmlElement } from '../xml.ts';
import { capHazard } from './cap-hazard.ts';
import { type CapInfo, capInfoOf, countriesOfGeocodes, infoEnds, infoLevel } from './cap-info.ts';
import { type AlertDraft, draftOf, type Format, ItemIgnored, ItemRejected, readItem } from './format.ts';
import { gdacsHazard, gdacsLevel, gdacsRevision, gdacsSeverity, glideId, usgsId } from './gdacs-values.ts';

/** Event codes of the Emergency Alert System that are no emergency, though published as Actual and even as Extreme. */
const idleCodes: Record<string, string> = {
  ADR: 'an administrative message',
  DMO: 'a practice warning',
  NPT: 'a national test',
  RMT: 'a monthly test',
  RWT: 'a weekly test',
};

const required = (alert: XmlElement, name: string): string => {
  const text = textOf(alert, name);
  if (text === undefined) throw new ItemRejected(`no ${name}`);
  return text;
};

const ranks: Record<Level, number> = { Unknown: 0, Green: 1, Orange: 2, Red: 3 };

/** Of several blocks (languages, areas) the gravest speaks, in English where there is a choice. */
const leadOf = (infos: readonly CapInfo[]): CapInfo | undefined =>
  infos.reduce<CapInfo | undefined>((lead, info) => {
    if (!lead) return info;
    const graver = ranks[infoLevel(info).level] - ranks[infoLevel(lead).level];
    const english = Number(info.language.startsWith('en')) - Number(lead.language.startsWith('en'));
    return graver > 0 || (graver === 0 && english > 0) ? info : lead;
  }, undefined);

/** "sender,identifier,sent" triples; a sender may hold commas, so the first and last part are cut off. */
const referencesOf = (text: string | undefined): { sender: string; identifier: string }[] =>
  (text ?? '').split(/\s+/).flatMap(triple => {
    const parts = triple.split(',');
    if (parts.length < 3) return [];
    return { sender: parts[0]!, identifier: parts.slice(1, -1).join(',') };
  });

const statusOf = (alert: XmlElement, infos: readonly CapInfo[]): AlertStatus => {
  const text = required(alert, 'status');
  const status = AlertStatus.safeParse(text[0]!.toUpperCase() + text.slice(1).toLowerCase());
  if (!status.success) throw new ItemRejected(`status "${plainText(text)}" is none that CAP has`);
  if (status.data === 'Test' || status.data === 'System' || status.data === 'Draft')
    throw new ItemIgnored(`status ${status.data}: not for any recipient to act on`);
  const codes = infos.flatMap(info => info.eventCodes).map(code => code.toUpperCase());
  const idleCode = codes.find(code => Object.hasOwn(idleCodes, code));
  if (idleCode !== undefined)
    throw new ItemIgnored(`event code ${idleCode}: ${idleCodes[idleCode]}, though marked ${plainText(text)}`);
  const announced = infos.some(info =>
    [info.event, info.headline].some(words =>
      /^\W*(test|exercise|drill|simulacro|exercice|訓練|演習|試験)(?![\p{L}\p{N}])|\bthis is (only )?a (test|drill)\b|\[(test|exercise|drill)\]/iu.test(
        words,
      ),
    ),
  );
  return announced ? 'Exercise' : status.data;
};

const messageTypeOf = (alert: XmlElement): MessageType => {
  const text = required(alert, 'msgType');
  switch (text.toLowerCase()) {
    case 'alert':
      return 'Alert';
    case 'update':
      return 'Update';
    case 'cancel':
      return 'Cancel';
    case 'ack':
    case 'error':
      throw new ItemIgnored(`msgType ${text}: an answer between systems`);
    default:
      throw new ItemRejected(`msgType "${plainText(text)}" is none that CAP has`);
  }
};

/** Numbers in the parameters of the tsunami centres and of the USGS. */
const measuresOf = (parameters: ReadonlyMap<string, string>): Measure[] => {
  const magnitude = leadingNumber(parameters.get('eventpreliminarymagnitude') ?? parameters.get('magnitude'));
  const depth = leadingNumber(parameters.get('eventdepth') ?? parameters.get('depth'));
  const measures: Measure[] = [];
  if (magnitude !== undefined) measures.push({ name: 'magnitude', value: magnitude, unit: 'M' });
  if (depth !== undefined) measures.push({ name: 'depthKm', value: depth, unit: 'km' });
  return measures;
};

const positionIn = (lead: CapInfo | undefined) => {
  const [point = ''] = lead?.parameters.get('eventlatlon')?.split(' ') ?? [];
  const [latitude, longitude] = point.split(',').map(leadingNumber);
  return positionOf(latitude, longitude) ?? lead?.positions[0] ?? null;
};

/**
 * GDACS keeps its own facts in parameters and fills the CAP fields carelessly: `sent` was hours off for years,
 * severity follows the hazard and the identifier changes with every episode.
 */
const gdacsFacts = (lead: CapInfo): Partial<AlertDraft> => {
  const { parameters } = lead;
  const eventNumber = parameters.get('eventid');
  if (eventNumber === undefined || !/^\d+$/.test(eventNumber)) throw new ItemRejected('no event id');
  const hazard = gdacsHazard(parameters.get('eventtype'));
  const occurredAt = instantOfRfc822(parameters.get('fromdate'));
  const modifiedAt = instantOfRfc822(parameters.get('datemodified'));
  if (occurredAt === undefined) throw new ItemRejected('fromdate is no date');
  const severity = parameters.get('severity') ?? '';
  const magnitude = leadingNumber(severity.match(/Magnitude\s+([\d.]+)/i)?.[1]);
  const sourceId = `${hazard}${eventNumber}`;
  const observedUntilAt = instantOfRfc822(parameters.get('todate')) ?? null;
  return {
    source: 'GDACS',
    sourceId,
    revision: gdacsRevision(modifiedAt ?? observedUntilAt ?? occurredAt, parameters.get('currentepisodeid')),
    ownIds: [`gdacs:${sourceId}`],
    strongIds: [
      `gdacs:${sourceId}`,
      ...[glideId(parameters.get('glide')), usgsId(parameters.get('sourceid'))].flatMap(id => id ?? []),
    ],
    hazard,
    ...gdacsLevel(parameters.get('alertlevel')),
    ...(modifiedAt === undefined ? {} : { sentAt: modifiedAt }),
    occurredAt,
    observedUntilAt,
    countryHints: {
      codes: (parameters.get('iso3') ?? '').split(/[\s,;]+/),
      names: parameters.get('country') ?? '',
    },
    measures: gdacsSeverity(hazard, magnitude, 'M', severity),
  };
};

const readAlert = (alert: XmlElement): AlertDraft => {
  const infos = childrenOf(alert, 'info').map(capInfoOf);
  const identifier = required(alert, 'identifier');
  const sender = required(alert, 'sender');
  const sentAt = instantOfIso(required(alert, 'sent'));
  if (sentAt === undefined) throw new ItemRejected('sent is no time with an offset');
  const scope = required(alert, 'scope');
  if (scope.toLowerCase() !== 'public') throw new ItemIgnored(`scope ${plainText(scope)}: not public`);
  const messageType = messageTypeOf(alert);
  const status = statusOf(alert, infos);
  if (infos.length === 0 && messageType !== 'Cancel') throw new ItemRejected('no info: nothing is said');

  // One message may end one area and keep another: it is over only when all its blocks are.
  const current = infos.filter(info => !infoEnds(info));
  const speaking = current.length > 0 ? current : infos;
  const lead = leadOf(speaking);
  const hazard: Hazard = lead ? capHazard(lead) : 'OT';
  const { level, levelRule } = lead
    ? infoLevel(lead)
    : { level: 'Unknown' as const, levelRule: 'cap-no-info' };
  const parameters = lead?.parameters ?? new Map<string, string>();
  const eventKey = parameters.get('eventidkey');
  const references = referencesOf(textOf(alert, 'references'));
  const incidents = (textOf(alert, 'incidents') ?? '').split(/\s+/).filter(Boolean);
  const expiresAt = speaking.every(info => info.expiresAt !== undefined)
    ? latestOf(speaking.map(info => info.expiresAt))
    : undefined;
  // The sender named in a reference is often another spelling of the sender itself, which may always speak of its own.
  const named = references.flatMap(reference => [
    { sender: reference.sender, identifier: reference.identifier },
    { sender, identifier: reference.identifier },
  ]);
  const draft = draftOf({
    source: sender,
    sourceId: eventKey ?? identifier,
    revision: sentAt,
    status,
    messageType,
    references: [...new Set(named.map(reference => `${reference.sender}:${reference.identifier}`))],
    ownIds: [
      ...new Set([
        `cap:${sender},${identifier}`,
        ...named.map(reference => `cap:${reference.sender},${reference.identifier}`),
        ...incidents.map(incident => `incident:${sender},${incident}`),
        ...[usgsId(eventKey)].flatMap(id => id ?? []),
      ]),
    ],
    hazard,
    level,
    levelRule,
    sourceLevel: lead ? { scale: 'CAP severity', value: lead.severity } : null,
    places: {},
    titles: {
      [lead?.language ?? 'und']:
        lead?.headline || lead?.event || `${messageType} by ${sender} of an earlier message`,
    },
    sentAt,
    occurredAt:
      instantOfIso(parameters.get('eventorigintime')) ??
      instantOfIso(parameters.get('eventtime')) ??
      lead?.startsAt ??
      sentAt,
    endedAt: infos.length > 0 && current.length === 0 ? sentAt : null,
    // An expiry before the sending says nothing (5 of 73 bulletins of one centre had one).
    expiresAt: expiresAt !== undefined && expiresAt > sentAt ? expiresAt : null,
    observedUntilAt: null,
    countryHints: { codes: countriesOfGeocodes(speaking), names: '' },
    position: positionIn(lead),
    measures: measuresOf(parameters),
  });
  const isGdacs = /(^|@)(www\.)?gdacs\.org$/i.test(sender) && lead !== undefined;
  return isGdacs ? { ...draft, ...gdacsFacts(lead), expiresAt: null, references: [] } : draft;
};

/** CAP messages of a document: the root itself, or any inside a list, an EDXL envelope, an Atom or RSS entry. */
const alertsIn = (document: FeedDocument): XmlElement[] => {
  if (document.kind !== 'xml') return [];
  const { root } = document;
  const found = root.name === 'alert' ? [root] : descendantsOf(root, 'alert');
  return found.filter(alert =>
    alert.children.some(child => child.name === 'identifier' || child.name === 'msgType'),
  );
};

/** CAP 1.0 to 1.2 under any prefix and namespace version. */
export const cap: Format = {
  name: 'cap',
  recognises: document => alertsIn(document).length > 0,
  read: document =>
    alertsIn(document).map((alert, index) =>
      readItem(`alert[${index}]`, plainText(textOf(alert, 'identifier')), () => readAlert(alert)),
    ),
};
