import { describe, expect, it } from 'vitest';
import { enrolmentsOf, planRosterImport, withChannels } from '../../functions/roster/import.ts';
import { readRosterFile, rosterColumns } from '../../functions/roster/roster-file.ts';
import { anEmployer, anExpert } from '../support/people.ts';

const rules = {
  roles: ['doctor', 'nurse', 'team-leader'],
  vaccines: ['tetanus', 'yellow-fever'],
  isCountry: (code: string) => ['TUR', 'NPL'].includes(code),
  timeZone: 'Asia/Tokyo',
};

type Cells = Partial<Record<string, string>>;

const somebody: Cells = {
  expertId: 'E-0001',
  familyName: '森',
  givenName: '葵',
  language: 'ja',
  employerId: 'EMP-001',
  employerName: 'Aoba Hospital',
  qualifications: 'doctor:2:2027-03-31',
  latitude: '35.68',
  longitude: '139.69',
  phone: '+44 7700 900001',
  email: 'aoi.mori@roster.example',
};

/** A file of these people; columns that nobody names are left out. */
const file = (...people: Cells[]) => {
  const known: string[] = [...rosterColumns.required, ...rosterColumns.optional];
  const used = known.filter(column => people.some(person => column in person));
  const rows = people.map(person => used.map(column => `"${person[column] ?? ''}"`).join(','));
  return [used.join(','), ...rows].join('\n');
};

const person = (change: Cells = {}): Cells => ({ ...somebody, ...change });

const bringIn = (
  text: string,
  onRecord: Parameters<typeof planRosterImport>[1] = { experts: [], employers: [] },
) => {
  const { rows, faults } = readRosterFile(text, rules);
  const plan = planRosterImport(rows, onRecord);
  const all = [...faults, ...plan.faults].map(fault => `${fault.line} ${fault.column}: ${fault.reason}`);
  return { ...plan, faults: all };
};

describe('a row of the roster', () => {
  it('becomes a person and an employer', () => {
    const { experts, employers, faults, accepted } = bringIn(
      file(
        person({
          gender: 'Female',
          languages: 'JA|en, fr',
          qualifications: 'doctor:2:2027-03-31|team-leader:1:2026/12/31',
          standingConsentUntil: '2026-12-31',
          noticeToMoveMinutes: '90',
          unavailability: '2026-03-01..2026-03-10 annual leave|2026-05-01T00:00:00Z..2026-05-31',
          rotaGroup: '0',
          rotaGroups: '6',
          lastMissionEndedAt: '2025-02-11T03:00:00Z',
          missions: '4',
          passportValidUntil: '2031-06-30',
          pastMissions: '2025-02-01..2025-02-11T03:00:00Z | 2024/1/3..2024/1/14',
          timeZone: 'asia/tokyo',
          visas: 'TUR:2027-01-31|npl:2026-08-31',
          vaccinations: 'Tetanus:2030-01-01 | yellow_fever',
          medicalClearanceUntil: '2027-03-31',
          employerLanguage: 'en',
          employerPhone: '0044 20 7946 0001',
          employerEmail: 'personnel@aoba.example',
        }),
      ),
    );
    expect(faults).toEqual([]);
    expect(accepted).toBe(1);
    expect(experts).toEqual([
      {
        expertId: 'E-0001',
        name: { family: '森', given: '葵' },
        gender: 'female',
        language: 'ja',
        languages: ['ja', 'en', 'fr'],
        employerId: 'EMP-001',
        standingConsentUntil: '2026-12-31T15:00:00.000Z',
        qualifications: [
          { role: 'doctor', proficiency: 2, validUntil: '2027-03-31T15:00:00.000Z' },
          { role: 'team-leader', proficiency: 1, validUntil: '2026-12-31T15:00:00.000Z' },
        ],
        home: { latitude: 35.68, longitude: 139.69 },
        timeZone: 'Asia/Tokyo',
        noticeToMoveMinutes: 90,
        phone: { number: '+447700900001', state: 'confirmed' },
        email: { address: 'aoi.mori@roster.example', state: 'pending', topicArn: null },
        unavailability: [
          { from: '2026-02-28T15:00:00.000Z', to: '2026-03-10T15:00:00.000Z', reason: 'annual leave' },
          { from: '2026-05-01T00:00:00.000Z', to: '2026-05-31T15:00:00.000Z', reason: 'not stated' },
        ],
        rota: { group: 0, groups: 6 },
        lastMissionEndedAt: '2025-02-11T03:00:00.000Z',
        missions: 4,
        pastMissions: [
          { from: '2024-01-02T15:00:00.000Z', to: '2024-01-14T15:00:00.000Z' },
          { from: '2025-01-31T15:00:00.000Z', to: '2025-02-11T03:00:00.000Z' },
        ],
        passportValidUntil: '2031-06-30T15:00:00.000Z',
        visas: [
          { country: 'TUR', validUntil: '2027-01-31T15:00:00.000Z' },
          { country: 'NPL', validUntil: '2026-08-31T15:00:00.000Z' },
        ],
        vaccinations: [
          { vaccine: 'tetanus', validUntil: '2030-01-01T15:00:00.000Z' },
          { vaccine: 'yellow-fever', validUntil: null },
        ],
        medicalClearanceUntil: '2027-03-31T15:00:00.000Z',
        hold: null,
      },
    ]);
    expect(employers).toEqual([
      {
        employerId: 'EMP-001',
        name: 'Aoba Hospital',
        language: 'en',
        phone: { number: '+442079460001', state: 'confirmed' },
        email: { address: 'personnel@aoba.example', state: 'pending', topicArn: null },
      },
    ]);
  });

  it.each<[Cells, string]>([
    [{ languages: 'ja TRK' }, 'languages: `TRK` is not a language code (TR is)'],
    [{ languages: 'qqq' }, 'languages: `qqq` is not a language code (two letters, as in ISO 639-1)'],
    [{ qualifications: 'dentist:2:2027-03-31' }, 'qualifications: `dentist` is not a role of the policy'],
    [{ qualifications: 'doctor:4:2027-03-31' }, 'qualifications: `4` is not a whole number from 1 to 3'],
    [{ qualifications: 'doctor:2:31.3.2027' }, 'qualifications: `31.3.2027` is not a date (2026-03-31 is)'],
    [{ qualifications: '' }, 'qualifications: the qualification is missing'],
    [{ passportValidUntil: '2026-02-30' }, 'passportValidUntil: `2026-02-30` is not a date (2026-03-31 is)'],
    [
      { phone: '090-1234-5678' },
      'phone: not an international telephone number: write + and the country code first, and the cell as text',
    ],
    [{ phone: '+44 7700' }, 'phone: not a telephone number: 7 to 15 digits after the +'],
    [{ email: 'aoi.mori' }, 'email: not an e-mail address'],
    [
      { phone: '', email: '' },
      'phone: neither a telephone number nor an e-mail address: this person cannot be asked',
    ],
    [{ language: 'fr' }, 'language: `fr` is not one of en, ja'],
    [{ latitude: '135.68' }, 'latitude: `135.68` is not a number from -90 to 90'],
    [{ longitude: '' }, 'longitude: the number is missing'],
    [{ familyName: '' }, 'familyName: the family name is missing'],
    [{ expertId: 'E 1' }, 'expertId: `E 1` is not an id (up to 40 letters, digits and hyphens)'],
    [
      { unavailability: '2026-03-10..2026-03-01' },
      'unavailability: `2026-03-10..2026-03-01` ends before it begins',
    ],
    [
      { unavailability: 'March' },
      'unavailability: `March` is not a period (2026-03-01..2026-03-10 leave is)',
    ],
    [{ rotaGroup: '3', rotaGroups: '' }, 'rotaGroups: a rota needs both its group and the number of groups'],
    [{ rotaGroup: '6', rotaGroups: '6' }, 'rotaGroups: group 6 is not one of 6, counted from 0'],
    [{ timeZone: 'Asia/Edo' }, 'timeZone: `Asia/Edo` is not a time zone (Asia/Tokyo is)'],
    [{ timeZone: '+09:00' }, 'timeZone: `+09:00` is not a time zone (Asia/Tokyo is)'],
    [
      { pastMissions: '2025-02-07..2025-02-17 Türkiye' },
      'pastMissions: `2025-02-07..2025-02-17 Türkiye` is not a period (2025-02-07..2025-02-17 is)',
    ],
    [
      { pastMissions: '2025-02-17..2025-02-07' },
      'pastMissions: `2025-02-17..2025-02-07` ends before it begins',
    ],
    [
      { pastMissions: '2025-02-07..2025-02-17|2025-02-17..2025-03-01' },
      'pastMissions: two missions at the same time',
    ],
    [{ visas: 'TUR' }, 'visas: `TUR` does not say until when (TUR:2027-01-31 does)'],
    [{ visas: 'TR:2027-01-31' }, 'visas: `TR` is not a country code (three letters, as in ISO 3166)'],
    [{ visas: 'XYZ:2027-01-31' }, 'visas: `XYZ` is not a country code (three letters, as in ISO 3166)'],
    [{ visas: 'TUR:soon' }, 'visas: `soon` is not a date (2026-03-31 is)'],
    [{ vaccinations: 'tetanos:2030-01-01' }, 'vaccinations: `tetanos` is not a vaccine of the policy'],
    [{ vaccinations: 'tetanus:' }, 'vaccinations: `` is not a date (2026-03-31 is)'],
    [{ vaccinations: 'tetanus|Tetanus:2030-01-01' }, 'vaccinations: `tetanus` is there twice'],
    [{ medicalClearanceUntil: 'yes' }, 'medicalClearanceUntil: `yes` is not a date (2026-03-31 is)'],
    [{ gender: 'x' }, 'gender: `x` is not one of female, male, other, unstated'],
    [{ expertId: 'EMP-001' }, 'expertId: `EMP-001` is the id of an employer'],
  ])('is left out with line, column and reason: %j', (change, fault) => {
    const good = person({ expertId: 'E-0002', phone: '', email: 'b@roster.example' });
    const { experts, faults } = bringIn(file(good, person(change)));
    expect(faults).toEqual([`3 ${fault}`]);
    expect(experts.map(expert => expert.expertId)).toEqual(['E-0002']);
  });

  it('names every bad cell of a row, and no number, address or name', () => {
    const { faults } = bringIn(
      file(person({ phone: '080-9999-1234', email: 'secret at home', languages: 'zz' })),
    );
    expect(faults).toHaveLength(3);
    expect(faults.join()).not.toMatch(/9999|secret|森/);
  });

  it('understands full-width digits and grouped numbers', () => {
    const { experts } = bringIn(file(person({ phone: '＋４４（７７００）９００‐００１', missions: '３' })));
    expect(experts[0]).toMatchObject({ missions: 3, phone: { number: '+447700900001' } });
  });

  it('is kept once when an id or a number comes twice', () => {
    const { experts, faults } = bringIn(
      file(
        person(),
        person({ phone: '+447700900002' }),
        person({ expertId: 'E-0003' }),
        person({ expertId: 'E-0004', phone: '+447700900004' }),
      ),
    );
    expect(experts.map(expert => expert.expertId)).toEqual(['E-0001', 'E-0004']);
    expect(faults).toEqual([
      '3 expertId: `E-0001` is there before, in line 2',
      '4 phone: also the number in line 2',
    ]);
  });

  it('may not take the number of somebody who is on record and not in the file', () => {
    const onRecord = { experts: [anExpert({ expertId: 'E-0009' })], employers: [anEmployer()] };
    expect(bringIn(file(person()), onRecord).faults).toEqual([
      '2 phone: also the number of E-0009 on record',
    ]);
  });
});

describe('employers of a roster', () => {
  it('are described once and may not be described twice in different ways', () => {
    const { employers, faults } = bringIn(
      file(
        person({ employerName: '', phone: '+447700900011' }),
        person({ expertId: 'E-0002', phone: '+447700900012', employerPhone: '+442079460005' }),
        person({ expertId: 'E-0003', phone: '+447700900013', employerName: 'Midori Hospital' }),
      ),
    );
    expect(employers).toMatchObject([
      { employerId: 'EMP-001', name: 'Aoba Hospital', phone: { number: '+442079460005' } },
    ]);
    expect(faults).toEqual(['4 employerName: `EMP-001` has another one in line 3']);
  });

  it('must be on record or have a name', () => {
    expect(bringIn(file(person({ employerName: '' }))).faults).toEqual([
      '2 employerId: `EMP-001` is not on record and no row has its employerName',
    ]);
    const onRecord = { experts: [], employers: [anEmployer()] };
    expect(bringIn(file(person({ employerName: '' })), onRecord)).toMatchObject({
      faults: [],
      employers: [],
    });
  });
});

describe('an import over a roster on record', () => {
  const held = anExpert({
    expertId: 'E-0001',
    hold: { deploymentId: 'D-1', until: '2026-01-01T00:00:00.000Z' },
    phone: { number: '+447700900001', state: 'lost' },
    email: { address: 'aoi.mori@roster.example', state: 'confirmed', topicArn: 'arn:aws:sns:x:1:t' },
    missions: 5,
    lastMissionEndedAt: '2025-05-01T00:00:00.000Z',
    rota: { group: 2, groups: 6 },
    unavailability: [{ from: '2026-01-01T00:00:00.000Z', to: '2026-01-02T00:00:00.000Z', reason: 'leave' }],
    timeZone: 'Asia/Tokyo',
    pastMissions: [
      { from: '2024-11-01T00:00:00.000Z', to: '2024-11-09T00:00:00.000Z' },
      { from: '2025-04-20T00:00:00.000Z', to: '2025-05-01T00:00:00.000Z' },
    ],
    visas: [{ country: 'TUR', validUntil: '2027-01-31T15:00:00.000Z' }],
  });
  const onRecord = { experts: [held], employers: [anEmployer()] };

  it('changes nothing the second time', () => {
    const text = file(person({ languages: 'ja', rotaGroup: '1', rotaGroups: '6', missions: '2' }));
    const first = bringIn(text);
    const second = bringIn(text, first);
    expect(second).toMatchObject({ accepted: 1, experts: [], employers: [], faults: [] });
  });

  it('keeps the hold, the state of unchanged channels, and what the file has no column for', () => {
    const [after] = bringIn(
      file(person({ missions: '1', lastMissionEndedAt: '2024-01-01' })),
      onRecord,
    ).experts;
    expect(after).toMatchObject({
      hold: held.hold,
      phone: held.phone,
      email: held.email,
      rota: held.rota,
      unavailability: held.unavailability,
      missions: 5,
      lastMissionEndedAt: '2025-05-01T00:00:00.000Z',
      pastMissions: held.pastMissions,
      timeZone: held.timeZone,
      visas: held.visas,
      vaccinations: held.vaccinations,
      medicalClearanceUntil: held.medicalClearanceUntil,
    });
  });

  it('takes the missions of the file and keeps those that the desk knows of since', () => {
    const missionsAfter = (pastMissions: string) =>
      bringIn(file(person({ pastMissions })), onRecord).experts[0];
    expect(missionsAfter('2024-10-30..2024-11-10')?.pastMissions).toEqual([
      { from: '2024-10-29T15:00:00.000Z', to: '2024-11-10T15:00:00.000Z' },
      held.pastMissions[1],
    ]);
    expect(missionsAfter('2025-06-01..2025-06-10')).toMatchObject({
      pastMissions: [{ from: '2025-05-31T15:00:00.000Z', to: '2025-06-10T15:00:00.000Z' }],
      lastMissionEndedAt: '2025-06-10T15:00:00.000Z',
      missions: 5,
    });
    expect(bringIn(file(person({ pastMissions: '' })), onRecord).experts[0]?.pastMissions).toEqual(
      held.pastMissions,
    );
  });

  it('has nobody on fewer missions than are listed', () => {
    const [someone] = bringIn(
      file(person({ pastMissions: '2024-10-30..2024-11-10|2025-02-01..2025-02-09', missions: '1' })),
    ).experts;
    expect(someone).toMatchObject({ missions: 2, lastMissionEndedAt: '2025-02-09T15:00:00.000Z' });
  });

  it('empties what the file leaves blank', () => {
    const blank = ['rotaGroup', 'rotaGroups', 'unavailability', 'passportValidUntil', 'timeZone', 'visas'];
    const health = ['vaccinations', 'medicalClearanceUntil'];
    const text = file(person(Object.fromEntries([...blank, ...health].map(column => [column, '']))));
    expect(bringIn(text, onRecord).experts[0]).toMatchObject({
      rota: null,
      unavailability: [],
      passportValidUntil: null,
      timeZone: null,
      visas: [],
      vaccinations: [],
      medicalClearanceUntil: null,
    });
  });

  it('starts a new number as confirmed and a new address as pending without the old topic', () => {
    const text = file(person({ phone: '+447700900777', email: 'new@roster.example' }));
    const plan = bringIn(text, onRecord);
    expect(plan.experts[0]).toMatchObject({
      phone: { number: '+447700900777', state: 'confirmed' },
      email: { address: 'new@roster.example', state: 'pending', topicArn: null },
    });
    expect(enrolmentsOf({ ...plan, faults: [] })).toEqual([
      { personId: 'E-0001', email: { address: 'new@roster.example', state: 'pending', topicArn: null } },
    ]);
  });

  it('writes after the enrolment only whose channel has changed', () => {
    const plan = { ...bringIn(file(person({ email: 'new@roster.example' })), onRecord), faults: [] };
    const pending = { address: 'new@roster.example', state: 'pending', topicArn: null } as const;
    const asked = { ...pending, topicArn: 'arn:aws:sns:x:1:new' };
    expect(withChannels(plan, new Map([['E-0001', pending]])).experts).toEqual([]);
    expect(withChannels(plan, new Map([['E-0001', asked]])).experts[0]?.email).toEqual(asked);
  });
});
