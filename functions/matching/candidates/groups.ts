import { secondsOf } from '../../roster/columns-of.ts';
import type { MatchProblem, MatchTeam } from '../problem.ts';
import type { Group } from './candidacies.ts';

/** All teams by deadline (earliest first, none last), then by name. */
export function teamsInOrder({ teams }: MatchProblem): MatchTeam[] {
  const deadlineOf = ({ deadlineAt }: MatchTeam) =>
    deadlineAt === null ? Number.POSITIVE_INFINITY : secondsOf(deadlineAt);
  return teams.toSorted((a, b) => {
    const [one, other] = [deadlineOf(a), deadlineOf(b)];
    if (one !== other) return one < other ? -1 : 1;
    return a.teamType < b.teamType ? -1 : 1;
  });
}

/** Each role of each team that has open seats, or people to stand by: in the order of teams, then of groupId. */
export function groupsOf(problem: MatchProblem): Group[] {
  return teamsInOrder(problem).flatMap(team => {
    const groups = new Map<string, Group>();
    const groupFor = (role: string, critical: boolean): Group => {
      const groupId = `${team.teamType}/${role}`;
      const known = groups.get(groupId);
      if (known) return known;
      const made: Group = {
        groupId,
        teamType: team.teamType,
        role,
        critical,
        seatIds: [],
        standby: 0,
        team,
      };
      groups.set(groupId, made);
      return made;
    };
    for (const { seatId, teamType, role, critical } of problem.seats) {
      if (teamType === team.teamType) groupFor(role, critical).seatIds.push(seatId);
    }
    for (const { role, critical, count } of team.standby) {
      if (count > 0) groupFor(role, critical).standby = count;
    }
    for (const { seatIds } of groups.values()) seatIds.sort();
    return [...groups.values()].sort((a, b) => (a.groupId < b.groupId ? -1 : 1));
  });
}
