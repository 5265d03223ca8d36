import type { Employer, Expert } from '../../functions/domain/expert.ts';

/** Somebody of the roster who can go anywhere, with what a test changes. */
export const anExpert = (change: Partial<Expert> = {}): Expert => ({
  expertId: 'E-0001',
  name: { family: 'Mori', given: 'Aoi' },
  gender: 'female',
  language: 'en',
  languages: ['ja', 'en'],
  employerId: 'EMP-001',
  standingConsentUntil: null,
  qualifications: [{ role: 'doctor', validUntil: '2030-01-01T00:00:00.000Z', proficiency: 2 }],
  home: { latitude: 35.68, longitude: 139.69 },
  timeZone: null,
  noticeToMoveMinutes: 90,
  phone: { number: '+447700900001', state: 'confirmed' },
  email: { address: 'aoi.mori@roster.example', state: 'confirmed', topicArn: null },
  unavailability: [],
  rota: null,
  lastMissionEndedAt: null,
  missions: 0,
  pastMissions: [],
  passportValidUntil: '2032-01-01T00:00:00.000Z',
  visas: [],
  vaccinations: [
    { vaccine: 'tetanus', validUntil: '2032-01-01T00:00:00.000Z' },
    { vaccine: 'hepatitis-a', validUntil: null },
    { vaccine: 'yellow-fever', validUntil: null },
  ],
  medicalClearanceUntil: '2032-01-01T00:00:00.000Z',
  hold: null,
  ...change,
});

/** An employer with what a test changes. */
export const anEmployer = (change: Partial<Employer> = {}): Employer => ({
  employerId: 'EMP-001',
  name: 'Aoba Hospital',
  language: 'ja',
  phone: { number: '+442079460001', state: 'confirmed' },
  email: { address: 'personnel@aoba-hospital.example', state: 'confirmed', topicArn: null },
  ...change,
});
