import { isDeepStrictEqual } from 'node:util';
import type { EmailChannel, Employer, Expert, PhoneChannel } from '../domain/expert.ts';
import type { RowFault } from './csv-file.ts';
import type { RosterRow } from './roster-file.ts';

/** What an import writes. People and employers that the file does not name stay as they are: an import ends nobody. */
export type RosterImport = {
  /** Rows that hold, changed or not. */
  accepted: number;
  /** New or changed people and employers, whole. */
  experts: Expert[];
  employers: Employer[];
  /** Everybody of the file, as they will be, whose e-mail address waits for their confirmation. */
  unconfirmed: { experts: Expert[]; employers: Employer[] };
  faults: RowFault[];
};

/**
 * Lays the rows of a file over the roster on record.
 *
 * - A telephone number counts as confirmed as soon as the roster administrator has it; an e-mail address is pending until
 *   the person has confirmed it, because SNS delivers nothing before.
 * - An unchanged number or address keeps its state: what failed for good is not mended by a file that says the same.
 * - A later mission and a higher count on record win over the file: the desk may know of a mission before the personnel
 *   office does. The three things that are said of missions agree in the end: nobody has been on fewer than are listed.
 * - Holds are not the file's: they stay as they are.
 */
export const planRosterImport = (
  rows: readonly RosterRow[],
  onRecord: { experts: readonly Expert[]; employers: readonly Employer[] },
): RosterImport => {
  const faults: RowFault[] = [];
  const experts = new Map(onRecord.experts.map(expert => [expert.expertId, expert]));
  const employers = new Map(onRecord.employers.map(employer => [employer.employerId, employer]));
  const sound = rows.filter(isOnce(rows, onRecord.experts, faults)).filter(row => {
    const { expertId, employerId } = row.person;
    // Both name the person's topic for e-mail, so an id can be only one of the two.
    if (employers.has(expertId) || expertId === employerId)
      faults.push({ line: row.line, column: 'expertId', reason: `\`${expertId}\` is the id of an employer` });
    else if (experts.has(employerId))
      faults.push({
        line: row.line,
        column: 'employerId',
        reason: `\`${employerId}\` is the id of a person`,
      });
    else return true;
    return false;
  });
  const named = employersOf(sound, employers, faults);
  const kept = sound.filter(row => named.has(row));

  const people = kept.map(({ person }) => expertOf(person, experts.get(person.expertId)));
  const theirEmployers = [...new Map(kept.map(row => [row.employer.employerId, named.get(row)!])).values()];
  return {
    accepted: kept.length,
    experts: people.filter(after => !isDeepStrictEqual(after, experts.get(after.expertId))),
    employers: theirEmployers.filter(after => !isDeepStrictEqual(after, employers.get(after.employerId))),
    unconfirmed: { experts: people.filter(isUnconfirmed), employers: theirEmployers.filter(isUnconfirmed) },
    faults: faults.sort((a, b) => a.line - b.line),
  };
};

/** Whose address is to be confirmed, under the id that names their topic. */
export const enrolmentsOf = ({ unconfirmed }: RosterImport): { personId: string; email: EmailChannel }[] => [
  ...unconfirmed.experts.map(({ expertId, email }) => ({ personId: expertId, email: email! })),
  ...unconfirmed.employers.map(({ employerId, email }) => ({ personId: employerId, email: email! })),
];

/** Those of the import whose e-mail channel has changed since, with the channel as it is now. */
export const withChannels = (
  { unconfirmed }: RosterImport,
  channels: ReadonlyMap<string, EmailChannel>,
): { experts: Expert[]; employers: Employer[] } => {
  const changed = <T extends { email: EmailChannel | null }>(person: T, id: string): T[] => {
    const email = channels.get(id);
    return email && !isDeepStrictEqual(email, person.email) ? [{ ...person, email }] : [];
  };
  return {
    experts: unconfirmed.experts.flatMap(each => changed(each, each.expertId)),
    employers: unconfirmed.employers.flatMap(each => changed(each, each.employerId)),
  };
};

/** Nobody twice, and no number of two people: an answer by SMS must be somebody's. */
const isOnce = (rows: readonly RosterRow[], experts: readonly Expert[], faults: RowFault[]) => {
  const inFile = new Set(rows.map(row => row.person.expertId));
  const ids = new Map<string, string>();
  const numbers = new Map<string, string>();
  for (const { expertId, phone } of experts)
    if (phone && !inFile.has(expertId)) numbers.set(phone.number, `of ${expertId} on record`);
  return ({ line, person }: RosterRow): boolean => {
    const sameId = ids.get(person.expertId);
    const sameNumber = person.phone ? numbers.get(person.phone) : undefined;
    if (sameId)
      faults.push({ line, column: 'expertId', reason: `\`${person.expertId}\` is there before, ${sameId}` });
    else if (sameNumber) faults.push({ line, column: 'phone', reason: `also the number ${sameNumber}` });
    if (sameId || sameNumber) return false;
    ids.set(person.expertId, `in line ${line}`);
    if (person.phone) numbers.set(person.phone, `in line ${line}`);
    return true;
  };
};

/** The employer of each row that holds. The first row that says something of an employer says it for all rows. */
const employersOf = (
  rows: readonly RosterRow[],
  onRecord: ReadonlyMap<string, Employer>,
  faults: RowFault[],
): Map<RosterRow, Employer> => {
  const said = new Map<string, { row: RosterRow['employer']; lines: Record<string, number> }>();
  const agreeing = rows.filter(({ line, employer }) => {
    const first = said.get(employer.employerId) ?? {
      row: { employerId: employer.employerId, name: null, language: null, phone: null, email: null },
      lines: {},
    };
    const columns = [
      ['name', 'employerName'],
      ['language', 'employerLanguage'],
      ['phone', 'employerPhone'],
      ['email', 'employerEmail'],
    ] as const;
    const other = columns.find(
      ([field]) =>
        employer[field] !== null && first.row[field] !== null && employer[field] !== first.row[field],
    );
    if (other) {
      const [field, column] = other;
      const reason = `\`${employer.employerId}\` has another one in line ${first.lines[field]}`;
      faults.push({ line, column, reason });
      return false;
    }
    for (const [field] of columns)
      if (employer[field] !== null && first.row[field] === null) {
        Object.assign(first.row, { [field]: employer[field] });
        first.lines[field] = line;
      }
    said.set(employer.employerId, first);
    return true;
  });

  const found = new Map<RosterRow, Employer>();
  for (const row of agreeing) {
    const { employerId } = row.employer;
    const { name, language, phone, email } = said.get(employerId)!.row;
    const before = onRecord.get(employerId);
    if (!name && !before) {
      const reason = `\`${employerId}\` is not on record and no row has its employerName`;
      faults.push({ line: row.line, column: 'employerId', reason });
      continue;
    }
    found.set(row, {
      employerId,
      name: name ?? before!.name,
      language: language ?? before?.language ?? row.person.language,
      // A file that says nothing of an employer's number takes none away: it stands once, in whichever row.
      phone: phone === null ? (before?.phone ?? null) : phoneChannel(phone, before?.phone ?? null),
      email: email === null ? (before?.email ?? null) : emailChannel(email, before?.email ?? null),
    });
  }
  return found;
};

const expertOf = (person: RosterRow['person'], before: Expert | undefined): Expert => {
  const pastMissions = missionsOf(person.pastMissions, before?.pastMissions ?? []);
  return {
    expertId: person.expertId,
    name: person.name,
    gender: person.gender ?? before?.gender ?? 'unstated',
    language: person.language,
    languages: person.languages ?? before?.languages ?? [person.language],
    employerId: person.employerId,
    standingConsentUntil: kept(person.standingConsentUntil, before?.standingConsentUntil ?? null),
    qualifications: person.qualifications,
    home: person.home,
    timeZone: kept(person.timeZone, before?.timeZone ?? null),
    noticeToMoveMinutes: person.noticeToMoveMinutes ?? before?.noticeToMoveMinutes ?? DEFAULT_NOTICE_MINUTES,
    phone: person.phone === null ? null : phoneChannel(person.phone, before?.phone ?? null),
    email: person.email === null ? null : emailChannel(person.email, before?.email ?? null),
    unavailability: kept(person.unavailability, before?.unavailability ?? []),
    rota: kept(person.rota, before?.rota ?? null),
    lastMissionEndedAt: [
      person.lastMissionEndedAt,
      before?.lastMissionEndedAt,
      ...pastMissions.map(({ to }) => to),
    ].reduce<string | null>((last, each) => later(last, each ?? null), null),
    missions: Math.max(person.missions ?? 0, before?.missions ?? 0, pastMissions.length),
    pastMissions,
    passportValidUntil: kept(person.passportValidUntil, before?.passportValidUntil ?? null),
    visas: kept(person.visas, before?.visas ?? []),
    vaccinations: kept(person.vaccinations, before?.vaccinations ?? []),
    medicalClearanceUntil: kept(person.medicalClearanceUntil, before?.medicalClearanceUntil ?? null),
    hold: before?.hold ?? null,
  };
};

/** The missions of the file, and those on record that began after them. */
const missionsOf = (
  said: Expert['pastMissions'] | undefined,
  before: Expert['pastMissions'],
): Expert['pastMissions'] => {
  const last = said?.at(-1);
  if (!said || !last) return before;
  return [...said, ...before.filter(({ from }) => Date.parse(from) >= Date.parse(last.to))];
};

/** Of somebody whose file says nothing of it. Unconfirmed: two hours to pack and to hand over. */
const DEFAULT_NOTICE_MINUTES = 120;

const isUnconfirmed = ({ email }: { email: EmailChannel | null }): boolean => email?.state === 'pending';

/** What the file says, or what is on record when the file has no such column. */
const kept = <T>(said: T | undefined, before: T): T => (said === undefined ? before : said);

const later = (a: string | null, b: string | null): string | null =>
  a === null || b === null ? (a ?? b) : Date.parse(a) >= Date.parse(b) ? a : b;

const phoneChannel = (number: string, before: PhoneChannel | null): PhoneChannel =>
  before?.number === number ? before : { number, state: 'confirmed' };

/** A new address begins without a topic: the old one still belongs to the old address. */
const emailChannel = (address: string, before: EmailChannel | null): EmailChannel =>
  before?.address === address ? before : { address, state: 'pending', topicArn: null };
