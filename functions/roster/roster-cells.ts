import type { Expert, Qualification } from '../domain/expert.ts';
import type { Policy } from '../domain/policy.ts';
import { country, hyphenated, moment, parts, wholeNumber } from './cells.ts';
import { CellFault } from './csv-file.ts';

/** What a file is checked against: the policy's codes of roles and vaccines, the countries, the desk's zone (IANA). */
export type RosterRules = {
  roles: readonly string[];
  vaccines: readonly string[];
  isCountry: (code: string) => boolean;
  timeZone: string;
};

/** A roster file is checked against the policy in force. */
export const rosterRulesOf = (policy: Policy, isCountry: RosterRules['isCountry']): RosterRules => ({
  roles: policy.roles.map(({ role }) => role),
  vaccines: policy.entry.vaccinations.map(({ vaccine }) => vaccine),
  isCountry,
  timeZone: policy.desk.timeZone,
});

/** `name:rest`; null where there is no colon. */
const named = (text: string): [name: string, rest: string | null] => {
  const [name = '', ...rest] = text.split(':');
  return [name.trim(), rest.length === 0 ? null : rest.join(':').trim()];
};

/** Readers of the cells of a roster that hold several things, separated by `|`. */
export const rosterCells = (rules: RosterRules) => {
  const begins = moment('begins', rules.timeZone);
  const ends = moment('ends', rules.timeZone);

  /** `2026-03-01..2026-03-10`, and what follows it. */
  const period = (text: string, example: string): { from: string; to: string; rest: string } => {
    const [, from, to, rest = ''] = /^(\S+?)\.\.(\S+)\s*(.*)$/.exec(text) ?? [];
    if (!from || !to) throw new CellFault(`\`${text}\` is not a period (${example} is)`);
    const read = { from: begins(from), to: ends(to), rest };
    if (Date.parse(read.from) >= Date.parse(read.to))
      throw new CellFault(`\`${text}\` ends before it begins`);
    return read;
  };

  /** `2026-03-01..2026-03-10 leave`. */
  const absence = (text: string): Expert['unavailability'][number] => {
    const { from, to, rest } = period(text, '2026-03-01..2026-03-10 leave');
    return { from, to, reason: rest || 'not stated' };
  };

  /** `2025-02-07..2025-02-17|…`, in whatever order, as they followed one another. */
  const missions = (text: string): Expert['pastMissions'] => {
    const read = parts(text)
      .map(part => {
        const { from, to, rest } = period(part, '2025-02-07..2025-02-17');
        if (rest) throw new CellFault(`\`${part}\` is not a period (2025-02-07..2025-02-17 is)`);
        return { from, to };
      })
      .sort((a, b) => Date.parse(a.from) - Date.parse(b.from));
    for (const [i, { from }] of read.entries()) {
      const before = read[i - 1];
      if (before && Date.parse(from) < Date.parse(before.to))
        throw new CellFault('two missions at the same time');
    }
    return read;
  };

  /** `doctor:2:2027-03-31`. */
  const qualification = (text: string): Qualification => {
    const [role = '', proficiency = '', validUntil = ''] = text
      .split(':', 2)
      .concat(text.split(':').slice(2).join(':'));
    if (!rules.roles.includes(role)) throw new CellFault(`\`${role}\` is not a role of the policy`);
    return {
      role,
      proficiency: wholeNumber(1, 3)(proficiency),
      validUntil: ends(validUntil),
    };
  };

  /** `TUR:2027-01-31`. */
  const visa = (text: string): Expert['visas'][number] => {
    const [code, until] = named(text);
    if (until === null) throw new CellFault(`\`${text}\` does not say until when (TUR:2027-01-31 does)`);
    return { country: country(rules.isCountry)(code), validUntil: ends(until) };
  };

  /** `tetanus:2030-01-01`, or `yellow-fever` for life. */
  const vaccinations = (text: string): Expert['vaccinations'] => {
    const read = parts(text).map(part => {
      const [name, until] = named(part);
      const vaccine = hyphenated(name);
      if (!rules.vaccines.includes(vaccine))
        throw new CellFault(`\`${name}\` is not a vaccine of the policy`);
      return { vaccine, validUntil: until === null ? null : ends(until) };
    });
    const twice = read.find(({ vaccine }, i) => read.findIndex(each => each.vaccine === vaccine) < i);
    if (twice) throw new CellFault(`\`${twice.vaccine}\` is there twice`);
    return read;
  };

  return {
    absences: (text: string) => parts(text).map(absence),
    missions,
    qualifications: (text: string) => parts(text).map(qualification),
    visas: (text: string) => parts(text).map(visa),
    vaccinations,
  };
};
