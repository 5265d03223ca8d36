import type { Instant, Position } from '../domain/primitives.ts';
import { forever, type RosterColumns } from './columns.ts';

/** What the columns need of a person: an Expert as it is, and a Candidate of an instance. */
export type RosterPerson = {
  expertId: string;
  gender: 'female' | 'male' | 'other' | 'unstated';
  languages: readonly string[];
  employerId: string;
  standingConsentUntil: Instant | null;
  qualifications: readonly { role: string; validUntil: Instant; proficiency: number }[];
  home: Position;
  timeZone: string | null;
  noticeToMoveMinutes: number;
  phone: { state: string } | null;
  email: { state: string } | null;
  unavailability: readonly { from: Instant; to: Instant }[];
  rota: { group: number; groups: number } | null;
  lastMissionEndedAt: Instant | null;
  missions: number;
  pastMissions: readonly { from: Instant; to: Instant }[];
  passportValidUntil: Instant | null;
  visas: readonly { country: string; validUntil: Instant }[];
  vaccinations: readonly { vaccine: string; validUntil: Instant | null }[];
  medicalClearanceUntil: Instant | null;
  hold: { deploymentId: string; until: Instant } | null;
};

const genders = { unstated: 0, female: 1, male: 2, other: 3 } as const;

const most16 = 0xffff;

/** Whole seconds since 1970, rounded down; null and what lies before 1970 is 0, the last years before `forever` are one. */
export const secondsOf = (at: Instant | null): number => {
  if (at === null) return 0;
  const milliseconds = Date.parse(at);
  if (Number.isNaN(milliseconds)) throw new Error(`"${at}" is not a moment`);
  return Math.min(Math.max(Math.floor(milliseconds / 1000), 0), forever - 1);
};

/**
 * People as columns, in the order of their ids, whatever order they are given in; dictionaries are in the order of their
 * words, so that the same people are the same columns. Throws when an id is there twice, or is not ASCII.
 */
export const columnsOf = (people: readonly RosterPerson[]): RosterColumns => {
  const sorted = people.toSorted((a, b) => (a.expertId < b.expertId ? -1 : a.expertId > b.expertId ? 1 : 0));
  const count = sorted.length;
  const length = (size: (person: RosterPerson) => number) =>
    sorted.reduce((sum, person) => sum + size(person), 0);
  const words = dictionariesOf(sorted);
  const role = placesOf(words.roles);
  const language = placesOf(words.languages);
  const employer = placesOf(words.employers);
  const zone = placesOf(words.zones);
  const vaccine = placesOf(words.vaccines);
  const country = placesOf(words.countries);
  const deployment = placesOf(words.deployments);
  const languages = length(person => person.languages.length);
  const qualifications = length(person => person.qualifications.length);
  const absences = length(person => person.unavailability.length);
  const missions = length(person => person.pastMissions.length);
  const vaccinations = length(person => person.vaccinations.length);
  const visas = length(person => person.visas.length);
  const columns: RosterColumns = {
    count,
    words,
    ids: new Uint8Array(length(person => person.expertId.length)),
    idStarts: new Uint32Array(count + 1),
    x: new Float32Array(count),
    y: new Float32Array(count),
    z: new Float32Array(count),
    noticeMinutes: new Uint32Array(count),
    zone: new Uint16Array(count),
    gender: new Uint8Array(count),
    reachable: new Uint8Array(count),
    employer: new Uint32Array(count),
    consentUntil: new Uint32Array(count),
    rotaGroup: new Uint16Array(count),
    rotaGroups: new Uint16Array(count),
    lastMissionEnd: new Uint32Array(count),
    missions: new Uint16Array(count),
    passportUntil: new Uint32Array(count),
    clearanceUntil: new Uint32Array(count),
    heldBy: new Uint32Array(count),
    heldUntil: new Uint32Array(count),
    languageStarts: new Uint32Array(count + 1),
    language: new Uint16Array(languages),
    qualificationStarts: new Uint32Array(count + 1),
    qualificationRole: new Uint16Array(qualifications),
    qualificationUntil: new Uint32Array(qualifications),
    qualificationLevel: new Uint8Array(qualifications),
    absenceStarts: new Uint32Array(count + 1),
    absenceFrom: new Uint32Array(absences),
    absenceTo: new Uint32Array(absences),
    missionStarts: new Uint32Array(count + 1),
    missionFrom: new Uint32Array(missions),
    missionTo: new Uint32Array(missions),
    vaccinationStarts: new Uint32Array(count + 1),
    vaccine: new Uint16Array(vaccinations),
    vaccinationUntil: new Uint32Array(vaccinations),
    visaStarts: new Uint32Array(count + 1),
    visaCountry: new Uint16Array(visas),
    visaUntil: new Uint32Array(visas),
  };
  for (const [i, person] of sorted.entries()) {
    if (i > 0 && person.expertId === sorted[i - 1]!.expertId)
      throw new Error(`the id ${person.expertId} is in the roster twice`);
    writeId(columns, i, person.expertId);
    const { x, y, z } = unitVectorOf(person.home);
    // Plus nothing: -0 and 0 are one place, and the same people must be the same bytes.
    columns.x[i] = Math.fround(x) + 0;
    columns.y[i] = Math.fround(y) + 0;
    columns.z[i] = Math.fround(z) + 0;
    columns.noticeMinutes[i] = Math.min(person.noticeToMoveMinutes, forever);
    columns.zone[i] = person.timeZone === null ? 0 : zone(person.timeZone) + 1;
    columns.gender[i] = genders[person.gender];
    columns.reachable[i] = person.phone?.state === 'confirmed' || person.email?.state === 'confirmed' ? 1 : 0;
    columns.employer[i] = employer(person.employerId);
    columns.consentUntil[i] = secondsOf(person.standingConsentUntil);
    columns.rotaGroup[i] = rotaGroupOf(person.rota);
    columns.rotaGroups[i] = Math.min(person.rota?.groups ?? 0, most16);
    columns.lastMissionEnd[i] = secondsOf(person.lastMissionEndedAt);
    columns.missions[i] = Math.min(person.missions, most16);
    columns.passportUntil[i] = secondsOf(person.passportValidUntil);
    columns.clearanceUntil[i] = secondsOf(person.medicalClearanceUntil);
    columns.heldBy[i] = person.hold ? deployment(person.hold.deploymentId) + 1 : 0;
    columns.heldUntil[i] = secondsOf(person.hold?.until ?? null);

    let at = columns.languageStarts[i]!;
    for (const code of person.languages) columns.language[at++] = language(code);
    columns.languageStarts[i + 1] = at;

    at = columns.qualificationStarts[i]!;
    for (const held of person.qualifications) {
      columns.qualificationRole[at] = role(held.role);
      columns.qualificationUntil[at] = secondsOf(held.validUntil);
      columns.qualificationLevel[at++] = held.proficiency;
    }
    columns.qualificationStarts[i + 1] = at;

    at = columns.absenceStarts[i]!;
    for (const absence of person.unavailability) {
      columns.absenceFrom[at] = secondsOf(absence.from);
      columns.absenceTo[at++] = secondsOf(absence.to);
    }
    columns.absenceStarts[i + 1] = at;

    at = columns.missionStarts[i]!;
    for (const mission of person.pastMissions) {
      columns.missionFrom[at] = secondsOf(mission.from);
      columns.missionTo[at++] = secondsOf(mission.to);
    }
    columns.missionStarts[i + 1] = at;

    at = columns.vaccinationStarts[i]!;
    for (const shot of person.vaccinations) {
      columns.vaccine[at] = vaccine(shot.vaccine);
      columns.vaccinationUntil[at++] = shot.validUntil === null ? forever : secondsOf(shot.validUntil);
    }
    columns.vaccinationStarts[i + 1] = at;

    at = columns.visaStarts[i]!;
    for (const visa of person.visas) {
      columns.visaCountry[at] = country(visa.country);
      columns.visaUntil[at++] = secondsOf(visa.validUntil);
    }
    columns.visaStarts[i + 1] = at;
  }
  return columns;
};

/** A rota of more groups than fit is on duty once in 179 years: a group that never is says the same. */
const rotaGroupOf = (rota: RosterPerson['rota']): number => {
  if (!rota) return 0;
  return rota.groups > most16 ? most16 : Math.min(rota.group, most16);
};

/** The point of the unit sphere: x to 0°N 0°E, z to the north pole. */
export const unitVectorOf = ({ latitude, longitude }: Position): { x: number; y: number; z: number } => {
  const north = (latitude * Math.PI) / 180;
  const east = (longitude * Math.PI) / 180;
  return { x: Math.cos(north) * Math.cos(east), y: Math.cos(north) * Math.sin(east), z: Math.sin(north) };
};

const writeId = ({ ids, idStarts }: RosterColumns, i: number, expertId: string): void => {
  let at = idStarts[i]!;
  for (let letter = 0; letter < expertId.length; letter++) {
    const code = expertId.charCodeAt(letter);
    if (code > 0x7f) throw new Error(`the id ${expertId} has letters that are not ASCII`);
    ids[at++] = code;
  }
  idStarts[i + 1] = at;
};

const dictionariesOf = (people: readonly RosterPerson[]): RosterColumns['words'] => {
  const words = {
    roles: new Set<string>(),
    languages: new Set<string>(),
    employers: new Set<string>(),
    zones: new Set<string>(),
    vaccines: new Set<string>(),
    countries: new Set<string>(),
    deployments: new Set<string>(),
  };
  for (const person of people) {
    for (const { role } of person.qualifications) words.roles.add(role);
    for (const code of person.languages) words.languages.add(code);
    words.employers.add(person.employerId);
    if (person.timeZone !== null) words.zones.add(person.timeZone);
    for (const { vaccine } of person.vaccinations) words.vaccines.add(vaccine);
    for (const { country } of person.visas) words.countries.add(country);
    if (person.hold) words.deployments.add(person.hold.deploymentId);
  }
  const inOrder = (kind: keyof typeof words, most: number) => {
    if (words[kind].size > most) throw new Error(`${words[kind].size} ${kind}: the columns hold ${most}`);
    return [...words[kind]].sort();
  };
  return {
    roles: inOrder('roles', most16),
    languages: inOrder('languages', most16),
    employers: inOrder('employers', forever),
    zones: inOrder('zones', most16 - 1),
    vaccines: inOrder('vaccines', most16),
    countries: inOrder('countries', most16),
    deployments: inOrder('deployments', forever),
  };
};

/** Where a word stands in its dictionary. */
const placesOf = (words: readonly string[]) => {
  const places = new Map(words.map((word, place) => [word, place]));
  return (word: string): number => places.get(word)!;
};
