import type { Position } from '../domain/primitives.ts';
import type { RosterColumns } from './columns.ts';

/** The id of the person at a place. */
export const idOf = ({ ids, idStarts }: RosterColumns, place: number): string => {
  const end = idStarts[place + 1]!;
  let id = '';
  for (let at = idStarts[place]!; at < end; at++) id += String.fromCharCode(ids[at]!);
  return id;
};

/** The place of the person with this id; -1 when nobody has it. */
export const placeOf = (columns: RosterColumns, expertId: string): number => {
  const place = firstFrom(columns, expertId);
  return place < columns.count && orderOf(columns, place, expertId) === 0 ? place : -1;
};

/** The place of the first person whose id is this one or stands after it; `count` when there is none. */
export const firstFrom = (columns: RosterColumns, expertId: string): number => {
  let low = 0;
  let high = columns.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (orderOf(columns, middle, expertId) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Below 0 when the id at a place stands before the given one, above 0 when after it. */
const orderOf = ({ ids, idStarts }: RosterColumns, place: number, expertId: string): number => {
  const start = idStarts[place]!;
  const length = idStarts[place + 1]! - start;
  const shared = Math.min(length, expertId.length);
  for (let letter = 0; letter < shared; letter++) {
    const difference = ids[start + letter]! - expertId.charCodeAt(letter);
    if (difference !== 0) return difference;
  }
  return length - expertId.length;
};

/**
 * Who holds which role: those of role r (place in words.roles) from starts[r] to starts[r + 1], ascending by person. Who
 * has two certificates of a role is there twice, one after the other.
 */
export type Postings = {
  starts: Uint32Array;
  /** Place of the person. */
  person: Uint32Array;
  /** Place of the certificate in the qualification columns. */
  qualification: Uint32Array;
};

/** By the array of roles: columns that differ in other things alone share it. */
const made = new WeakMap<Uint16Array, { starts: Uint32Array; roles: number; postings: Postings }>();

/** The postings of a roster, sorted by counting when they are first asked for and kept as long as the columns. */
export const postingsOf = (columns: RosterColumns): Postings => {
  const { qualificationRole, qualificationStarts, count, words } = columns;
  const roles = words.roles.length;
  const known = made.get(qualificationRole);
  if (known?.starts === qualificationStarts && known.roles === roles) return known.postings;
  const starts = new Uint32Array(roles + 1);
  for (const role of qualificationRole) starts[role + 1]! += 1;
  for (let role = 0; role < roles; role++) starts[role + 1]! += starts[role]!;
  const next = starts.slice(0, roles);
  const person = new Uint32Array(qualificationRole.length);
  const qualification = new Uint32Array(qualificationRole.length);
  for (let place = 0; place < count; place++) {
    const end = qualificationStarts[place + 1]!;
    for (let at = qualificationStarts[place]!; at < end; at++) {
      const role = qualificationRole[at]!;
      const free = next[role]!;
      next[role] = free + 1;
      person[free] = place;
      qualification[free] = at;
    }
  }
  const postings = { starts, person, qualification };
  made.set(qualificationRole, { starts: qualificationStarts, roles, postings });
  return postings;
};

/** Where a person lives, in degrees, as exact as the columns are: to a metre. */
export const homeOf = ({ x, y, z }: RosterColumns, place: number): Position => {
  const [east, side, up] = [x[place]!, y[place]!, z[place]!];
  return {
    latitude: (Math.atan2(up, Math.hypot(east, side)) * 180) / Math.PI,
    longitude: (Math.atan2(side, east) * 180) / Math.PI,
  };
};
