import type { Candidacies } from '../../../functions/matching/candidates/candidacies.ts';
import type { CertifiedStage, Kind, Prices, Proof } from '../../../functions/matching/proof/certificate.ts';

/** What a certificate speaks of: everybody eligible, with the names of people and employers. */
export type Eligible = {
  candidacies: Candidacies;
  expertId(person: number): string;
  employerId(employer: number): string;
};

/**
 * A row of the programme that a stage stands for: a sum over candidacies, empty seats and breaches that equals, reaches or
 * keeps within a number.
 */
type Row = {
  says: 'equals' | 'reaches' | 'keeps within';
  number: number;
  price: number;
  people: (candidacy: number) => boolean;
  empty: (group: number) => number;
  /** Of its own breach: 1 makes up for people that lack, -1 for people too many. 0: the row has none. */
  breach: number;
  mostBroken: number;
  /** Whether breaches of all rules count in this row. */
  countsBreaches: boolean;
};

/** In 2^16ths, in which all prices are whole: nothing here is rounded. */
const unit = 2 ** 16;

/**
 * What the prices of a stage prove, worked out row by row from the programme written down anew; nothing of the product's
 * own check is in here. For an arrival the bound itself or 0. Throws an Error that says what is wrong with the prices.
 */
export function boundProvenBy(eligible: Eligible, stages: readonly CertifiedStage[], number: number): number {
  const stage = stages[number]!;
  const isArrival = /arrival/.test(stage.goal);
  const leaves: number[] = [];
  const walk = (proof: Proof, sides: readonly Side[]): void => {
    if ('people' in proof) {
      walk(proof.low, [...sides, { kind: proof.people, says: 'keeps within', number: proof.atMost }]);
      walk(proof.high, [...sides, { kind: proof.people, says: 'reaches', number: proof.atMost + 1 }]);
      return;
    }
    if (proof.prices.cases.length !== sides.length) throw new Error('a case has no price');
    const rows = rowsOf(eligible, stages, number, proof.prices, sides);
    const impossible = dualValue(eligible, stages, number, rows, 'nothing') > 0;
    if (impossible) leaves.push(Infinity);
    else leaves.push(isArrival ? 0 : Math.ceil(dualValue(eligible, stages, number, rows, stage.goal) / unit));
  };
  walk(stage.proof, []);
  const least = Math.min(...leaves);
  return isArrival ? (least > 0 ? stage.bound : 0) : least;
}

type Side = { kind: Kind; says: 'reaches' | 'keeps within'; number: number };

/** The minute that bounds a team's arrivals in a stage, or none: its own goal is to be shown impossible one minute earlier. */
function minuteOf(stages: readonly CertifiedStage[], number: number, goal: string, team: string): number {
  const at = stages.findIndex((each, i) => i <= number && each.goal === goal && each.teamType === team);
  if (at < 0) return Infinity;
  return at === number ? stages[at]!.bound - 1 : stages[at]!.value;
}

function emptyWeight({ groups, teams }: Candidacies, goal: string, g: number): number {
  if (goal === 'critical seats empty') return groups[g]!.critical ? 1 : 0;
  if (goal === 'seats empty') return 1;
  if (goal === 'urgency of empty seats') return teams.length - teams.indexOf(groups[g]!.teamType);
  return 0;
}

function rowsOf(
  { candidacies, expertId, employerId }: Eligible,
  stages: readonly CertifiedStage[],
  number: number,
  prices: Prices,
  sides: readonly Side[],
): Row[] {
  const { groups, rules, group, traits, employer, minutes, person } = candidacies;
  const seatsOf = (which: (g: number) => boolean) =>
    groups.reduce((sum, { seatIds }, g) => sum + (which(g) ? seatIds.length : 0), 0);
  const plain = { empty: () => 0, breach: 0, mostBroken: 0, countsBreaches: false };
  const rows: Row[] = [];
  const used = new Set<string>();
  const priceOf = (of: Record<string, number>, key: string, name: string): number => {
    used.add(`${name} ${key}`);
    return of[key] ?? 0;
  };

  for (const [g, { groupId, seatIds }] of groups.entries())
    rows.push({
      ...plain,
      says: 'equals',
      number: seatIds.length,
      price: priceOf(prices.groups, groupId, 'group'),
      people: a => group[a] === g,
      empty: other => (other === g ? 1 : 0),
    });

  for (const [r, { rule, ruleKey, groups: own, count, taken }] of rules.entries()) {
    const sign = rule.kind === 'at least' ? 1 : -1;
    const row = {
      ...plain,
      says: sign > 0 ? ('reaches' as const) : ('keeps within' as const),
      breach: sign,
      mostBroken: sign > 0 ? Math.max(0, count) : seatsOf(g => own.includes(g)),
    };
    if (rule.of.is !== 'same employer') {
      const price = priceOf(prices.rules, ruleKey, 'rule');
      rows.push({ ...row, number: count, price, people: a => ((traits[a]! >>> r) & 1) === 1 });
      continue;
    }
    for (const key of Object.keys(prices.rules).filter(each => each.startsWith(`${ruleKey}:`))) {
      const name = key.slice(ruleKey.length + 1);
      const there = [...taken].find(([place]) => employerId(place) === name)?.[1] ?? 0;
      rows.push({
        ...row,
        number: Math.max(0, count - there),
        price: priceOf(prices.rules, key, 'rule'),
        people: a => own.includes(group[a]!) && employerId(employer[a]!) === name,
      });
    }
  }

  for (const [i, { goal, teamType, value }] of stages.entries()) {
    if (i > number || goal === 'latest arrival' || goal === 'cost') continue;
    if (goal === 'arrival of nine in ten') {
      const minute = minuteOf(stages, number, goal, teamType!);
      rows.push({
        ...plain,
        says: 'keeps within',
        number: Math.floor(seatsOf(g => groups[g]!.teamType === teamType) / 10),
        price: priceOf(prices.goals, String(i), 'stage'),
        people: a => groups[group[a]!]!.teamType === teamType && minutes[a]! > minute,
      });
    } else if (i < number) {
      rows.push({
        ...plain,
        says: 'keeps within',
        number: value,
        price: priceOf(prices.goals, String(i), 'stage'),
        people: () => false,
        empty: g => emptyWeight(candidacies, goal, g),
        countsBreaches: goal === 'team rules broken',
      });
    }
  }

  for (const [i, { kind, says, number: limit }] of sides.entries()) {
    const g = groups.findIndex(({ groupId }) => groupId === kind.group);
    if (g < 0) throw new Error(`no group is called ${kind.group}`);
    const nine = minuteOf(stages, number, 'arrival of nine in ten', groups[g]!.teamType);
    const wanted = kind.traits?.toSorted().join();
    const people = (a: number) => {
      if (group[a] !== g) return false;
      const own = rules.filter((_, r) => (traits[a]! >>> r) & 1).map(({ ruleKey }) => ruleKey);
      if (wanted !== undefined && own.sort().join() !== wanted) return false;
      if (kind.late !== null && minutes[a]! > nine !== kind.late) return false;
      if (kind.employerId !== null && employerId(employer[a]!) !== kind.employerId) return false;
      return kind.expertId === null || expertId(person[a]!) === kind.expertId;
    };
    rows.push({ ...plain, says, number: limit, price: prices.cases[i]!, people });
  }

  const given = [
    ...Object.keys(prices.groups).map(key => `group ${key}`),
    ...Object.keys(prices.rules).map(key => `rule ${key}`),
    ...Object.keys(prices.goals).map(key => `stage ${key}`),
  ];
  const stray = given.find(key => !used.has(key));
  if (stray !== undefined) throw new Error(`there is no row for the price of ${stray}`);
  for (const { says, price } of rows) {
    if (!Number.isSafeInteger(price * unit)) throw new Error(`${price} is no price in whole 2^16ths`);
    if ((says === 'reaches' && price < 0) || (says === 'keeps within' && price > 0))
      throw new Error(`${price} has the wrong sign`);
  }
  return rows.filter(({ price }) => price !== 0);
}

/** Weak duality, in 2^16ths: the rows at their prices, and what each column could at best take off. */
function dualValue(
  { candidacies }: Eligible,
  stages: readonly CertifiedStage[],
  number: number,
  rows: readonly Row[],
  goal: string,
): number {
  const { groups, group, person, minutes, cost, count } = candidacies;
  const latest = groups.map(({ teamType }) => minuteOf(stages, number, 'latest arrival', teamType));
  const held = stages.slice(0, number);
  let total = rows.reduce((sum, row) => sum + row.price * unit * row.number, 0);

  // Rows without a price were left out; a group has at most few of the others, so each candidacy asks only its own.
  const least = new Map<number, number>();
  for (let a = 0; a < count; a += 1) {
    const g = group[a]!;
    if (groups[g]!.seatIds.length === 0 || minutes[a]! > latest[g]!) continue;
    let reduced = goal === 'cost' ? cost[a]! * unit : 0;
    for (const row of rows) if (row.people(a)) reduced -= row.price * unit;
    if (reduced < (least.get(person[a]!) ?? 0)) least.set(person[a]!, reduced);
  }
  for (const reduced of least.values()) total += reduced;

  for (const [g, { seatIds }] of groups.entries()) {
    let reduced = emptyWeight(candidacies, goal, g) * unit;
    for (const row of rows) reduced -= row.empty(g) * row.price * unit;
    const limits = held.flatMap(({ goal: name, value }) => {
      const weight = emptyWeight(candidacies, name, g);
      return weight > 0 ? [Math.floor(value / weight)] : [];
    });
    total += Math.min(0, reduced) * Math.min(seatIds.length, ...limits);
  }

  const brokenSoFar = held.find(({ goal: name }) => name === 'team rules broken')?.value ?? Infinity;
  const breaches = rows
    .filter(({ countsBreaches }) => countsBreaches)
    .reduce((sum, { price }) => sum + price, 0);
  for (const { breach, mostBroken, price } of rows) {
    if (breach === 0) continue;
    const reduced = ((goal === 'team rules broken' ? 1 : 0) - breaches - breach * price) * unit;
    total += Math.min(0, reduced) * Math.min(mostBroken, brokenSoFar);
  }
  if (!Number.isSafeInteger(total)) throw new Error('the prices are too large to be added without rounding');
  return total;
}
