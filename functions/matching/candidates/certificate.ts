import type { RosterColumns } from '../../roster/columns.ts';

/** A proficiency: 1 basic, 2 experienced, 3 instructor. */
export type Grade = 1 | 2 | 3;

/**
 * Whether the certificate at one place counts rather than that at another: of one person's certificates for one role the
 * one that lasts longest counts, and of those the one of the highest proficiency.
 */
export function isBetter(roster: RosterColumns, one: number, other: number): boolean {
  const longer = roster.qualificationUntil[one]! - roster.qualificationUntil[other]!;
  return longer > 0 || (longer === 0 && roster.qualificationLevel[one]! > roster.qualificationLevel[other]!);
}

/** Place of the certificate that counts for a role, -1 when the person holds none. */
export function certificateOf(roster: RosterColumns, person: number, role: number): number {
  const end = roster.qualificationStarts[person + 1]!;
  let best = -1;
  for (let at = roster.qualificationStarts[person]!; at < end; at += 1) {
    if (roster.qualificationRole[at] === role && (best === -1 || isBetter(roster, at, best))) best = at;
  }
  return best;
}
