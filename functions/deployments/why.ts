import type { Wording } from '../domain/primitives.ts';
import { failedRules, peopleOf } from '../matching/candidates/person.ts';
import type { Names } from '../matching/reasons/spelling.ts';
import { standingOf } from '../matching/reasons/standing.ts';
import { voiceIn } from '../matching/reasons/voice.ts';
import { whyNot } from '../matching/reasons/why-not.ts';
import { placeOf } from '../roster/reading.ts';
import type { Choice } from './choosing.ts';

/** Why a person has a seat of a role in a team, or has not. */
export type Answer = { teamType: string; role: string; reasons: Wording[] };

const NOT_IN_RESERVE: Wording = {
  en: 'Not among the people in reserve, whom this plan is made of; the whole roster is asked when they are not enough.',
  ja: 'この計画の対象である予備要員に含まれていません。予備要員で足りない場合は名簿全体から選びます。',
};

/** Why somebody is in a plan or not: for each role that they hold, else for each that is asked for. */
export function whyOf(choice: Choice, expertId: string, names: Names): Answer[] {
  const { problem, roster, screened, solved, from } = choice;
  const { candidacies } = screened;
  const person = placeOf(roster, expertId);
  const about = candidacies.groups.map(group => ({ group, teamType: group.teamType, role: group.role }));
  if (person < 0 && from === 'people in reserve')
    return about.map(({ teamType, role }) => ({ teamType, role, reasons: [NOT_IN_RESERVE] }));
  const people = peopleOf(problem, roster);
  const held = person < 0 ? [] : about.filter(({ group }) => failedRules(people, group, person) !== null);
  const standing = standingOf(candidacies, solved);
  const say = voiceIn(problem.timeZone, names);
  return (held.length > 0 ? held : about).map(({ group, teamType, role }) => ({
    teamType,
    role,
    reasons: whyNot(standing, solved, people, expertId, group.groupId, say),
  }));
}
