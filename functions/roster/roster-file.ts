import type { Employer, Expert, Qualification } from '../domain/expert.ts';
import {
  decimal,
  emailAddress,
  id,
  languages,
  moment,
  oneOf,
  parts,
  phone,
  someText,
  unlessBlank,
  wholeNumber,
  writtenLanguage,
} from './cells.ts';
import { CellFault, type RowFault, readCsv, readRow } from './csv-file.ts';

/**
 * The roster as a CSV file, one row a person with their employer. Required columns must be there; of the optional ones,
 * a column that the file lacks leaves what is on record, a blank cell empties it. Lists are separated by `|`.
 *
 *     expertId           E-0001
 *     familyName, givenName
 *     language           en or ja: in which the person is written to
 *     employerId         EMP-001
 *     qualifications     doctor:2:2027-03-31|team-leader:1:2026-12-31   role:proficiency 1-3:valid until
 *     latitude, longitude                                               of the home, degrees
 *     phone, email       one of them at least; phone as +81 90 1234 5678
 *     gender             female, male, other or unstated
 *     languages          ja|en|fr (ISO 639)
 *     employerName, employerLanguage, employerPhone, employerEmail      once per employer is enough
 *     standingConsentUntil   2026-12-31, the employer's consent on record
 *     noticeToMoveMinutes    120
 *     unavailability     2026-03-01..2026-03-10 leave|2026-05-01..2026-05-31 training
 *     rotaGroup, rotaGroups  group counted from 0, and how many groups there are; both blank: always on call
 *     lastMissionEndedAt, missions, passportValidUntil
 *
 * A day counts in the desk's time zone; "until" means to its end.
 */
export const rosterColumns = {
  required: [
    'expertId',
    'familyName',
    'givenName',
    'language',
    'employerId',
    'qualifications',
    'latitude',
    'longitude',
    'phone',
    'email',
  ],
  optional: [
    'gender',
    'languages',
    'employerName',
    'employerLanguage',
    'employerPhone',
    'employerEmail',
    'standingConsentUntil',
    'noticeToMoveMinutes',
    'unavailability',
    'rotaGroup',
    'rotaGroups',
    'lastMissionEndedAt',
    'missions',
    'passportValidUntil',
  ],
} as const;

/** What one row says; undefined where the file has no such column. */
export type RosterRow = {
  line: number;
  person: Pick<Expert, 'expertId' | 'name' | 'language' | 'employerId' | 'qualifications' | 'home'> & {
    phone: string | null;
    email: string | null;
    gender: Expert['gender'] | undefined;
    languages: string[] | undefined;
    standingConsentUntil: string | null | undefined;
    noticeToMoveMinutes: number | undefined;
    unavailability: Expert['unavailability'] | undefined;
    rota: Expert['rota'] | undefined;
    lastMissionEndedAt: string | null | undefined;
    missions: number | undefined;
    passportValidUntil: string | null | undefined;
  };
  employer: {
    employerId: string;
    name: string | null;
    language: Employer['language'] | null;
    phone: string | null;
    email: string | null;
  };
};

/** What a file is checked against: the policy's role codes and the desk's zone (IANA). */
export type RosterRules = { roles: readonly string[]; timeZone: string };

const MINUTES_OF_A_WEEK = 7 * 24 * 60;

/** Reads a roster file; rows that cannot be used are faults, all others are kept. Throws FileRejected. */
export const readRosterFile = (
  text: string,
  rules: RosterRules,
): { rows: RosterRow[]; faults: RowFault[]; ignoredColumns: string[] } => {
  const { rows: lines, faults, ignoredColumns } = readCsv(text, rosterColumns);
  const begins = moment('begins', rules.timeZone);
  const ends = moment('ends', rules.timeZone);

  /** `2026-03-01..2026-03-10 leave`. */
  const absence = (text: string): Expert['unavailability'][number] => {
    const [, from, to, reason] = /^(\S+?)\.\.(\S+)\s*(.*)$/.exec(text) ?? [];
    if (!from || !to) throw new CellFault(`\`${text}\` is not a period (2026-03-01..2026-03-10 leave is)`);
    const period = { from: begins(from), to: ends(to), reason: reason || 'not stated' };
    if (Date.parse(period.from) >= Date.parse(period.to))
      throw new CellFault(`\`${text}\` ends before it begins`);
    return period;
  };

  /** `doctor:2:2027-03-31`. */
  const qualification = (text: string): Qualification => {
    const [role = '', proficiency = '', validUntil = ''] = text
      .split(':', 2)
      .concat(text.split(':').slice(2).join(':'));
    if (!rules.roles.includes(role)) throw new CellFault(`\`${role}\` is not a role of the policy`);
    return {
      role,
      proficiency: wholeNumber(1, 3)(proficiency),
      validUntil: ends(validUntil),
    };
  };

  const rows: RosterRow[] = [];
  for (const line of lines) {
    const read = readRow(line, faults, (cell): Omit<RosterRow, 'line'> => {
      const employerId = cell('employerId', id);
      const rotaGroup = cell('rotaGroup', unlessBlank(wholeNumber(0, 999)));
      const rota = cell('rotaGroups', text => {
        const rotaGroups = unlessBlank(wholeNumber(1, 1000))(text);
        if (rotaGroup === undefined || rotaGroups === undefined) return undefined;
        if (rotaGroup === null && rotaGroups === null) return null;
        if (rotaGroup === null || rotaGroups === null)
          throw new CellFault('a rota needs both its group and the number of groups');
        if (rotaGroup >= rotaGroups)
          throw new CellFault(`group ${rotaGroup} is not one of ${rotaGroups}, counted from 0`);
        return { group: rotaGroup, groups: rotaGroups };
      });
      const email = cell('email', unlessBlank(emailAddress)) ?? null;
      return {
        person: {
          expertId: cell('expertId', id),
          name: {
            family: cell('familyName', someText('the family name')),
            given: cell('givenName', someText('the given name')),
          },
          language: cell('language', text => writtenLanguage(someText('the language')(text))),
          employerId,
          qualifications: cell('qualifications', text =>
            parts(someText('the qualification')(text)).map(qualification),
          ),
          home: {
            latitude: cell('latitude', decimal(-90, 90)),
            longitude: cell('longitude', decimal(-180, 180)),
          },
          phone: cell('phone', text => {
            const number = unlessBlank(phone)(text) ?? null;
            if (number === null && email === null)
              throw new CellFault(
                'neither a telephone number nor an e-mail address: this person cannot be asked',
              );
            return number;
          }),
          email,
          gender: cell('gender', unlessBlank(oneOf('female', 'male', 'other', 'unstated'))) ?? undefined,
          languages: cell('languages', unlessBlank(languages)) ?? undefined,
          standingConsentUntil: cell('standingConsentUntil', unlessBlank(ends)),
          noticeToMoveMinutes:
            cell('noticeToMoveMinutes', unlessBlank(wholeNumber(0, MINUTES_OF_A_WEEK))) ?? undefined,
          unavailability: cell('unavailability', text =>
            text === undefined ? undefined : parts(text).map(absence),
          ),
          rota,
          lastMissionEndedAt: cell('lastMissionEndedAt', unlessBlank(ends)),
          missions: cell('missions', unlessBlank(wholeNumber(0, 999))) ?? undefined,
          passportValidUntil: cell('passportValidUntil', unlessBlank(ends)),
        },
        employer: {
          employerId,
          name:
            cell(
              'employerName',
              unlessBlank(text => text.normalize('NFC')),
            ) ?? null,
          language: cell('employerLanguage', unlessBlank(writtenLanguage)) ?? null,
          phone: cell('employerPhone', unlessBlank(phone)) ?? null,
          email: cell('employerEmail', unlessBlank(emailAddress)) ?? null,
        },
      };
    });
    if (read) rows.push({ line: line.line, ...read });
  }
  return { rows, faults, ignoredColumns };
};
