import type { Employer, Expert } from '../domain/expert.ts';
import {
  decimal,
  emailAddress,
  id,
  languages,
  moment,
  oneOf,
  phone,
  someText,
  timeZoneName,
  unlessBlank,
  wholeNumber,
  writtenLanguage,
} from './cells.ts';
import { CellFault, type RowFault, readCsv, readRow } from './csv-file.ts';
import { type RosterRules, rosterCells } from './roster-cells.ts';

/**
 * The roster as a CSV file, one row a person with their employer. Required columns must be there; of the optional ones,
 * a column that the file lacks leaves what is on record, a blank cell empties it (but no mission that the desk knows of
 * is forgotten). Lists are separated by `|`.
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
 *     pastMissions       2025-02-07..2025-02-17|2023-02-06..2023-02-16     those of the last two years
 *     timeZone           Asia/Tokyo (IANA), of the home; blank: the desk's
 *     visas              TUR:2027-01-31|NPL:2026-08-31      country (ISO 3166, three letters):valid until
 *     vaccinations       tetanus:2030-01-01|yellow-fever    a vaccine of the policy:valid until; no day: for life
 *     medicalClearanceUntil  2027-03-31, fit for missions by a doctor's word
 *
 * A day counts in the desk's time zone; "until" means to its end. A moment in UTC (2026-12-31T15:00:00Z) can stand for
 * any day: so what is on record, written into a file, comes back as it was.
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
    'pastMissions',
    'timeZone',
    'visas',
    'vaccinations',
    'medicalClearanceUntil',
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
    pastMissions: Expert['pastMissions'] | undefined;
    timeZone: string | null | undefined;
    visas: Expert['visas'] | undefined;
    vaccinations: Expert['vaccinations'] | undefined;
    medicalClearanceUntil: string | null | undefined;
  };
  employer: {
    employerId: string;
    name: string | null;
    language: Employer['language'] | null;
    phone: string | null;
    email: string | null;
  };
};

/** The reader applied to a list, which a blank cell empties; undefined for a column that the file lacks. */
const unlessMissing =
  <T>(reader: (text: string) => T) =>
  (text: string | undefined): T | undefined =>
    text === undefined ? undefined : reader(text);

const MINUTES_OF_A_WEEK = 7 * 24 * 60;

/** Reads a roster file; rows that cannot be used are faults, all others are kept. Throws FileRejected. */
export const readRosterFile = (
  text: string,
  rules: RosterRules,
): { rows: RosterRow[]; faults: RowFault[]; ignoredColumns: string[] } => {
  const { rows: lines, faults, ignoredColumns } = readCsv(text, rosterColumns);
  const ends = moment('ends', rules.timeZone);
  const lists = rosterCells(rules);

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
            lists.qualifications(someText('the qualification')(text)),
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
          unavailability: cell('unavailability', unlessMissing(lists.absences)),
          rota,
          lastMissionEndedAt: cell('lastMissionEndedAt', unlessBlank(ends)),
          missions: cell('missions', unlessBlank(wholeNumber(0, 999))) ?? undefined,
          passportValidUntil: cell('passportValidUntil', unlessBlank(ends)),
          pastMissions: cell('pastMissions', unlessMissing(lists.missions)),
          timeZone: cell('timeZone', unlessBlank(timeZoneName)),
          visas: cell('visas', unlessMissing(lists.visas)),
          vaccinations: cell('vaccinations', unlessMissing(lists.vaccinations)),
          medicalClearanceUntil: cell('medicalClearanceUntil', unlessBlank(ends)),
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
