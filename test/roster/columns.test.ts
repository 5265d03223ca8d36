import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixedColumns, forever, listColumns, type RosterColumns } from '../../functions/roster/columns.ts';
import { columnsOf, type RosterPerson } from '../../functions/roster/columns-of.ts';
import { overlay } from '../../functions/roster/overlay.ts';
import { firstFrom, homeOf, idOf, placeOf, postingsOf } from '../../functions/roster/reading.ts';
import { decodeColumns, encodeColumns } from '../../functions/roster/snapshot-file.ts';
import { anExpert } from '../support/people.ts';

const moment = fc
  .integer({ min: 1, max: 4_000_000_000 })
  .map(seconds => new Date(seconds * 1000).toISOString());
const word = (...words: string[]) => fc.constantFrom(...words);
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const some = <T>(value: fc.Arbitrary<T>) => fc.array(value, { maxLength: 3 });
const span = fc.record({ from: moment, to: moment });
const channel = orNull(fc.record({ state: word('confirmed', 'pending', 'lost') }));
const id = fc.string({ unit: word('A', 'b', '0', '9', '-', 'z'), minLength: 1, maxLength: 3 });

const person: fc.Arbitrary<RosterPerson> = fc.record({
  expertId: id,
  gender: fc.constantFrom('female', 'male', 'other', 'unstated'),
  languages: some(word('en', 'ja', 'ta')),
  employerId: word('E1', 'E2', 'E3'),
  standingConsentUntil: orNull(moment),
  qualifications: some(
    fc.record({
      role: word('doctor', 'nurse', 'pilot'),
      validUntil: moment,
      proficiency: fc.integer({ min: 1, max: 3 }),
    }),
  ),
  home: fc.record({
    latitude: fc.double({ min: -90, max: 90, noNaN: true }),
    longitude: fc.double({ min: -180, max: 180, noNaN: true }),
  }),
  timeZone: orNull(word('Asia/Tokyo', 'Europe/Oslo')),
  noticeToMoveMinutes: fc.nat(5000),
  phone: channel,
  email: channel,
  unavailability: some(span),
  rota: orNull(fc.record({ group: fc.nat(9), groups: fc.integer({ min: 1, max: 9 }) })),
  lastMissionEndedAt: orNull(moment),
  missions: fc.nat(99),
  pastMissions: some(span),
  passportValidUntil: orNull(moment),
  visas: some(fc.record({ country: word('UGA', 'PHL'), validUntil: moment })),
  vaccinations: some(fc.record({ vaccine: word('tetanus', 'rabies'), validUntil: orNull(moment) })),
  medicalClearanceUntil: orNull(moment),
  hold: orNull(fc.record({ deploymentId: word('D-1', 'D-2', 'D-3'), until: moment })),
});
const roster = (most: number) =>
  fc.uniqueArray(person, { selector: ({ expertId }) => expertId, maxLength: most });

const secondsOf = (at: string | null) => (at === null ? 0 : Math.floor(Date.parse(at) / 1000));

/** A person as the columns tell of them, in the words and order of the record. */
const told = (columns: RosterColumns, i: number) => {
  const { words } = columns;
  const each = <T>(starts: Uint32Array, read: (at: number) => T): T[] =>
    Array.from({ length: starts[i + 1]! - starts[i]! }, (_, at) => read(starts[i]! + at));
  return {
    expertId: idOf(columns, i),
    gender: ['unstated', 'female', 'male', 'other'][columns.gender[i]!],
    languages: each(columns.languageStarts, at => words.languages[columns.language[at]!]),
    employerId: words.employers[columns.employer[i]!],
    consentUntil: columns.consentUntil[i],
    qualifications: each(columns.qualificationStarts, at => [
      words.roles[columns.qualificationRole[at]!],
      columns.qualificationUntil[at],
      columns.qualificationLevel[at],
    ]),
    zone: columns.zone[i] === 0 ? null : words.zones[columns.zone[i]! - 1],
    notice: columns.noticeMinutes[i],
    reachable: columns.reachable[i] === 1,
    absences: each(columns.absenceStarts, at => [columns.absenceFrom[at], columns.absenceTo[at]]),
    rota: columns.rotaGroups[i] === 0 ? null : [columns.rotaGroup[i], columns.rotaGroups[i]],
    missions: [columns.missions[i], columns.lastMissionEnd[i]],
    past: each(columns.missionStarts, at => [columns.missionFrom[at], columns.missionTo[at]]),
    until: [columns.passportUntil[i], columns.clearanceUntil[i]],
    visas: each(columns.visaStarts, at => [words.countries[columns.visaCountry[at]!], columns.visaUntil[at]]),
    shots: each(columns.vaccinationStarts, at => [
      words.vaccines[columns.vaccine[at]!],
      columns.vaccinationUntil[at],
    ]),
    hold: columns.heldBy[i] === 0 ? null : [words.deployments[columns.heldBy[i]! - 1], columns.heldUntil[i]],
  };
};

const recorded = (p: RosterPerson) => ({
  expertId: p.expertId,
  gender: p.gender,
  languages: p.languages,
  employerId: p.employerId,
  consentUntil: secondsOf(p.standingConsentUntil),
  qualifications: p.qualifications.map(q => [q.role, secondsOf(q.validUntil), q.proficiency]),
  zone: p.timeZone,
  notice: p.noticeToMoveMinutes,
  reachable: [p.phone, p.email].some(each => each?.state === 'confirmed'),
  absences: p.unavailability.map(each => [secondsOf(each.from), secondsOf(each.to)]),
  rota: p.rota && [p.rota.group, p.rota.groups],
  missions: [p.missions, secondsOf(p.lastMissionEndedAt)],
  past: p.pastMissions.map(each => [secondsOf(each.from), secondsOf(each.to)]),
  until: [secondsOf(p.passportValidUntil), secondsOf(p.medicalClearanceUntil)],
  visas: p.visas.map(each => [each.country, secondsOf(each.validUntil)]),
  shots: p.vaccinations.map(each => [
    each.vaccine,
    each.validUntil === null ? forever : secondsOf(each.validUntil),
  ]),
  hold: p.hold && [p.hold.deploymentId, secondsOf(p.hold.until)],
});

const inOrder = (people: readonly RosterPerson[]) =>
  people.toSorted((a, b) => (a.expertId < b.expertId ? -1 : 1));

describe('people as columns', () => {
  it('say of everybody what their record says, in the order of ids, however the list stands', () => {
    fc.assert(
      fc.property(roster(12), people => {
        const columns = columnsOf(people);
        const all = Array.from({ length: columns.count }, (_, i) => told(columns, i));
        expect(all).toEqual(inOrder(people).map(recorded));
        expect(columnsOf(people.toReversed())).toEqual(columns);
      }),
      { numRuns: 40 },
    );
  });

  it('find everybody by id, and nobody whom there is not', () => {
    fc.assert(
      fc.property(roster(20), id, (people, asked) => {
        const columns = columnsOf(people);
        const ids = inOrder(people).map(({ expertId }) => expertId);
        expect(ids.map(each => placeOf(columns, each))).toEqual(ids.map((_, place) => place));
        expect(placeOf(columns, asked)).toBe(ids.indexOf(asked));
        expect(firstFrom(columns, asked)).toBe(ids.filter(each => each < asked).length);
        expect(placeOf(columns, `${asked}\u00e9`)).toBe(-1);
      }),
      { numRuns: 40 },
    );
  });

  it('list the holders of each role, ascending, once for each certificate', () => {
    fc.assert(
      fc.property(roster(12), people => {
        const columns = columnsOf(people);
        const { starts, person: persons, qualification } = postingsOf(columns);
        const listed = columns.words.roles.map((_, role) =>
          Array.from(persons.subarray(starts[role], starts[role + 1]), place => idOf(columns, place)),
        );
        expect(listed).toEqual(
          columns.words.roles.map(role =>
            inOrder(people).flatMap(p => p.qualifications.filter(q => q.role === role).map(() => p.expertId)),
          ),
        );
        for (const [at, place] of qualification.entries()) {
          const role = starts.findLastIndex(start => start <= at);
          expect(columns.qualificationRole[place]).toBe(role);
        }
        expect(postingsOf(columns).person).toBe(persons);
      }),
      { numRuns: 40 },
    );
  });

  it('know homes to the metre', () => {
    fc.assert(
      fc.property(person, someone => {
        const home = homeOf(columnsOf([someone]), 0);
        const metres = 111_195;
        expect(Math.abs(home.latitude - someone.home.latitude) * metres).toBeLessThan(2);
        const east = Math.abs(home.longitude - someone.home.longitude) % 360;
        const across = Math.min(east, 360 - east) * Math.cos((someone.home.latitude * Math.PI) / 180);
        expect(across * metres).toBeLessThan(2);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['half a second after the full one', '2026-01-01T00:00:00.500Z', 1767225600],
    ['before 1970', '1969-12-31T23:59:59.000Z', 0],
    ['in the year 2500', '2500-01-01T00:00:00.000Z', forever - 1],
  ])('round a moment %s', (_when, passportValidUntil, seconds) => {
    expect(columnsOf([anExpert({ passportValidUntil })]).passportUntil[0]).toBe(seconds);
  });

  it('call nobody on duty by a rota of more groups than they can count', () => {
    const columns = columnsOf([anExpert({ rota: { group: 3, groups: 100_000 } })]);
    // Day 3 of the cycle would be the duty day: a group that no day has is never on duty, which is safe.
    expect(columns.rotaGroup[0]).toBeGreaterThanOrEqual(columns.rotaGroups[0]!);
  });

  it.each([
    ['an id that is there twice', [anExpert(), anExpert()], 'E-0001 is in the roster twice'],
    ['an id beyond ASCII', [anExpert({ expertId: 'Zo\u00eb' })], 'letters that are not ASCII'],
    ['a moment that is none', [anExpert({ passportValidUntil: 'soon' })], '"soon" is not a moment'],
  ])('refuse %s', (_what, people, reason) => {
    expect(() => columnsOf(people)).toThrow(reason);
  });
});

describe('people laid over a roster', () => {
  it('give exactly the columns of the same people made at once', () => {
    fc.assert(
      fc.property(roster(12), roster(6), fc.array(id, { maxLength: 4 }), (before, changed, left) => {
        const base = columnsOf(before);
        const bytes = encodeColumns(base);
        const after = new Map(before.map(each => [each.expertId, each]));
        for (const each of left) after.delete(each);
        for (const each of changed) after.set(each.expertId, each);
        expect(overlay(base, columnsOf(changed), left)).toEqual(columnsOf([...after.values()]));
        expect(encodeColumns(base)).toEqual(bytes);
      }),
      { numRuns: 150 },
    );
  });

  it('share what they do not change: a hold copies two columns, and the roles need no new counting', () => {
    const people = Array.from({ length: 100 }, (_, i) => anExpert({ expertId: `E-${100 + i}` }));
    const base = columnsOf(people);
    const held = { ...people[40]!, hold: { deploymentId: 'D-1', until: '2026-01-01T00:00:00.000Z' } };
    const after = overlay(base, columnsOf([held]));
    const names = [
      ...Object.keys(fixedColumns),
      ...listColumns.flatMap(({ starts, items }) => [starts, ...Object.keys(items)]),
    ] as (keyof RosterColumns)[];
    expect(names.filter(name => after[name] !== base[name])).toEqual(['heldBy', 'heldUntil']);
    expect(postingsOf(after)).toBe(postingsOf(base));
    expect(overlay(base, columnsOf([]))).toBe(base);
  });
});

describe('the file of a snapshot', () => {
  it('gives back what was put in, from wherever its bytes lie', () => {
    fc.assert(
      fc.property(roster(12), fc.integer({ min: 0, max: 9 }), (people, shift) => {
        const columns = columnsOf(people);
        const bytes = encodeColumns(columns);
        const moved = new Uint8Array(bytes.length + shift);
        moved.set(bytes, shift);
        expect(decodeColumns(moved.subarray(shift))).toEqual(columns);
      }),
      { numRuns: 40 },
    );
  });

  const sound = encodeColumns(columnsOf([anExpert(), anExpert({ expertId: 'E-0002' })]));
  const changed = (change: (bytes: Uint8Array) => void) => {
    const bytes = sound.slice();
    change(bytes);
    return bytes;
  };
  const header = new TextDecoder().decode(
    sound.subarray(16, 16 + new DataView(sound.buffer).getUint32(12, true)),
  );

  it.each([
    ['nothing', new Uint8Array(), 'these bytes are no snapshot of the roster'],
    ['text', new TextEncoder().encode('expertId,name\nE-1,Mori\n'), 'these bytes are no snapshot'],
    ['another version', changed(bytes => (bytes[8] = 9)), 'of version 9, not 1'],
    ['half a header', sound.slice(0, 40), 'ends within its header'],
    ['a header that is no JSON', changed(bytes => (bytes[16] = 0)), 'the header of the snapshot is not JSON'],
    [
      'a count that is wrong',
      changed(bytes => (bytes[16 + header.indexOf('2')] = 51)),
      'values for 3 people',
    ],
    ['half the columns', sound.slice(0, -200), 'the snapshot ends within'],
    ['eight bytes more', Uint8Array.from([...sound, 0, 0, 0, 0, 0, 0, 0, 0]), 'bytes where'],
  ])('is refused with its reason: %s', (_what, bytes, reason) => {
    expect(() => decodeColumns(bytes)).toThrow(
      expect.objectContaining({ name: 'SnapshotUnreadable', message: expect.stringContaining(reason) }),
    );
  });

  it('is refused when a column points beyond its words, or a list goes back', () => {
    const columns = columnsOf([anExpert(), anExpert({ expertId: 'E-0002' })]);
    const broken = (change: Partial<RosterColumns>) => () =>
      decodeColumns(encodeColumns({ ...columns, ...change }));
    expect(broken({ employer: Uint32Array.of(0, 1) })).toThrow(
      'employer names a word that employers does not have',
    );
    expect(broken({ heldBy: Uint32Array.of(0, 1) })).toThrow('heldBy names a word');
    expect(broken({ languageStarts: Uint32Array.of(0, 5, 4) })).toThrow(
      'languageStarts goes back at person 1',
    );
    expect(broken({ languageStarts: Uint32Array.of(0, 2, 3) })).toThrow('does not cover language');
  });

  it('never throws anything else, whatever is broken in it', () => {
    fc.assert(
      fc.property(fc.nat(sound.length - 1), fc.nat(255), (place, value) => {
        try {
          decodeColumns(changed(bytes => (bytes[place] = value)));
        } catch (error) {
          expect(error).toMatchObject({ name: 'SnapshotUnreadable' });
        }
      }),
      { numRuns: 300 },
    );
  });
});
