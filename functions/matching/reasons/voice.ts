import type { Wording } from '../../domain/primitives.ts';
import type { TeamRule } from '../problem.ts';
import { type Names, noNames, roleName, teamName } from './spelling.ts';
import { wordingEn } from './wording.en.ts';
import { wordingJa } from './wording.ja.ts';
import type { ReasonWording, RuleNamed } from './wording.ts';

/** One language: its phrases, and what it calls roles, teams and rules. */
export type Tongue = {
  words: ReasonWording;
  role: (role: string) => string;
  team: (teamType: string) => string;
  rule: (rule: TeamRule) => RuleNamed;
};

/** Says a phrase in every language. */
export type Voice = (phrase: (tongue: Tongue) => string) => Wording;

/** The voice of a desk: days and times in its IANA zone, roles and teams by the names of its policy, or by their codes. */
export function voiceIn(timeZone: string, names: Names = noNames): Voice {
  const tongueOf = (language: 'en' | 'ja', words: ReasonWording): Tongue => {
    const role = (code: string) => roleName(names, code, language);
    const team = (teamType: string) => teamName(names, teamType, language);
    return {
      words,
      role,
      team,
      rule: ({ ruleId, teamType, kind, count, of, roles, sentence }) => ({
        ruleId,
        team: team(teamType),
        kind,
        count,
        of,
        roles: roles?.map(role) ?? null,
        sentence: sentence?.[language] ?? null,
      }),
    };
  };
  const en = tongueOf('en', wordingEn(timeZone));
  const ja = tongueOf('ja', wordingJa(timeZone));
  return phrase => ({ en: phrase(en), ja: phrase(ja) });
}
