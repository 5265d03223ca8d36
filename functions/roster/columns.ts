/**
 * The roster as columns: what the matching asks of a person, one typed array per fact, so that a hundred thousand people
 * are some ten megabytes and are judged in milliseconds. People stand in the order of their ids (by UTF-16 code units,
 * as `<` compares them). No name, number or address is in here, but it is personal data all the same.
 *
 * Moments are whole seconds since 1970 in UTC, rounded down; 0 is "none", `forever` is "no end". Lists stand one after
 * another, those of person i between starts[i] and starts[i + 1].
 */
export type RosterColumns = {
  count: number;
  /** Dictionaries: the columns hold places in these lists. */
  words: {
    roles: string[];
    languages: string[];
    employers: string[];
    zones: string[];
    vaccines: string[];
    countries: string[];
    deployments: string[];
  };
  /** expertIds in ASCII one after another. */
  ids: Uint8Array;
  idStarts: Uint32Array;
  /** Home as a point of the unit sphere: x to 0°N 0°E, z to the north pole. */
  x: Float32Array;
  y: Float32Array;
  z: Float32Array;
  noticeMinutes: Uint32Array;
  /** Place in words.zones plus one; 0: the desk's zone. */
  zone: Uint16Array;
  /** 0 unstated, 1 female, 2 male, 3 other. */
  gender: Uint8Array;
  /** 1 where at least one channel is confirmed. */
  reachable: Uint8Array;
  /** Place in words.employers. */
  employer: Uint32Array;
  consentUntil: Uint32Array;
  /** Duty group and number of groups; 0 groups: always on call. */
  rotaGroup: Uint16Array;
  rotaGroups: Uint16Array;
  lastMissionEnd: Uint32Array;
  missions: Uint16Array;
  passportUntil: Uint32Array;
  clearanceUntil: Uint32Array;
  /** Place in words.deployments plus one; 0: held by none. */
  heldBy: Uint32Array;
  heldUntil: Uint32Array;
  languageStarts: Uint32Array;
  language: Uint16Array;
  qualificationStarts: Uint32Array;
  qualificationRole: Uint16Array;
  qualificationUntil: Uint32Array;
  qualificationLevel: Uint8Array;
  absenceStarts: Uint32Array;
  absenceFrom: Uint32Array;
  absenceTo: Uint32Array;
  missionStarts: Uint32Array;
  missionFrom: Uint32Array;
  missionTo: Uint32Array;
  vaccinationStarts: Uint32Array;
  vaccine: Uint16Array;
  vaccinationUntil: Uint32Array;
  visaStarts: Uint32Array;
  visaCountry: Uint16Array;
  visaUntil: Uint32Array;
};

/** A moment without end. */
export const forever = 0xffff_ffff;

/** The columns with one value for each person, and the array that each is. */
export const fixedColumns = {
  x: Float32Array,
  y: Float32Array,
  z: Float32Array,
  noticeMinutes: Uint32Array,
  zone: Uint16Array,
  gender: Uint8Array,
  reachable: Uint8Array,
  employer: Uint32Array,
  consentUntil: Uint32Array,
  rotaGroup: Uint16Array,
  rotaGroups: Uint16Array,
  lastMissionEnd: Uint32Array,
  missions: Uint16Array,
  passportUntil: Uint32Array,
  clearanceUntil: Uint32Array,
  heldBy: Uint32Array,
  heldUntil: Uint32Array,
} as const;

/** The lists: where each person's part begins, and the columns that are cut there. */
export const listColumns = [
  { starts: 'idStarts', items: { ids: Uint8Array } },
  { starts: 'languageStarts', items: { language: Uint16Array } },
  {
    starts: 'qualificationStarts',
    items: {
      qualificationRole: Uint16Array,
      qualificationUntil: Uint32Array,
      qualificationLevel: Uint8Array,
    },
  },
  { starts: 'absenceStarts', items: { absenceFrom: Uint32Array, absenceTo: Uint32Array } },
  { starts: 'missionStarts', items: { missionFrom: Uint32Array, missionTo: Uint32Array } },
  { starts: 'vaccinationStarts', items: { vaccine: Uint16Array, vaccinationUntil: Uint32Array } },
  { starts: 'visaStarts', items: { visaCountry: Uint16Array, visaUntil: Uint32Array } },
] as const;

/** Which column holds places of which dictionary, and how much is added to the place (0 stands for none then). */
export const wordColumns = [
  { column: 'zone', words: 'zones', plus: 1 },
  { column: 'employer', words: 'employers', plus: 0 },
  { column: 'heldBy', words: 'deployments', plus: 1 },
  { column: 'language', words: 'languages', plus: 0 },
  { column: 'qualificationRole', words: 'roles', plus: 0 },
  { column: 'vaccine', words: 'vaccines', plus: 0 },
  { column: 'visaCountry', words: 'countries', plus: 0 },
] as const;

/** An array of a column. */
export type ColumnArray = Float32Array | Uint32Array | Uint16Array | Uint8Array;

/** The columns by name, for work that is the same on each of them. */
export type ColumnName = Exclude<keyof RosterColumns, 'count' | 'words'>;
