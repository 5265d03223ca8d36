import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MatchInstance } from '../../../functions/matching/problem.ts';
import { columnsOf } from '../../../functions/roster/columns-of.ts';
import { generatedColumns } from '../../../infra/local/instances/columns.ts';
import { generate, generateInstance, kinds } from '../../../infra/local/instances/generator.ts';
import { instanceJsonSchema, readInstanceFile } from '../../../infra/local/instances/instance-file.ts';

const wish = { seed: 7, seats: 70, people: 200, kind: 'standard' } as const;

const digest = (value: unknown) =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12);

describe('a generated instance', () => {
  it('is the same for the same wish, today and on every machine', () => {
    expect(generateInstance(wish)).toEqual(generateInstance(wish));
    expect(kinds.map(kind => digest(generateInstance({ ...wish, kind })))).toMatchInlineSnapshot(`
      [
        "64c30c41ce13",
        "f17d7a49a492",
        "1fc0ee33cc8c",
        "86d7595006e4",
        "0e33a4950147",
      ]
    `);
  });

  it('is another for another seed, with the same seats and the same number of people', () => {
    const [one, other] = [wish, { ...wish, seed: 8 }].map(generateInstance);
    expect(digest(one!.experts)).not.toBe(digest(other!.experts));
    expect(other!.seats).toEqual(one!.seats);
    expect(other!.experts).toHaveLength(200);
  });

  it('has the person at a place whoever else there is', () => {
    expect(generate(wish).person(150)).toEqual(generateInstance(wish).experts[150]);
  });

  it.each(kinds.flatMap(kind => [1, 20, 70, 500].map(seats => [kind, seats] as const)))(
    'is one that the matching takes: %s, %i seats',
    (kind, seats) => {
      const instance = generateInstance({ seed: 3, seats, people: 60, kind });
      expect(MatchInstance.parse(instance)).toEqual(instance);
      expect(instance.seats).toHaveLength(seats);
    },
  );

  it('names nobody', () => {
    expect(Object.keys(generateInstance(wish).experts[0]!)).not.toContain('name');
  });
});

describe('the kinds', () => {
  const holders = (kind: (typeof kinds)[number], role: string) =>
    generateInstance({ ...wish, people: 3000, kind }).experts.filter(({ qualifications }) =>
      qualifications.some(each => each.role === role),
    ).length;

  it('infeasible: nobody holds two of the roles', () => {
    expect([holders('infeasible', 'surgeon'), holders('infeasible', 'structural-engineer')]).toEqual([0, 0]);
  });

  it('tight: few hold the rare roles, as many as ever the others', () => {
    expect(holders('tight', 'anaesthetist')).toBeLessThan(holders('standard', 'anaesthetist') / 3);
    expect(holders('tight', 'nurse')).toBeGreaterThan(holders('standard', 'nurse') / 2);
  });

  it('ties: people differ in nothing that counts', () => {
    const { experts } = generateInstance({ ...wish, kind: 'ties' });
    const alike = experts.map(({ expertId, employerId, qualifications, ...rest }) =>
      JSON.stringify({ ...rest, level: qualifications[0]!.proficiency }),
    );
    expect(new Set(alike).size).toBe(1);
  });
});

describe('the columns of a generated instance', () => {
  it('are those of its people, also when they are made in parts', () => {
    const generated = generate({ ...wish, people: 130, seats: 20 });
    const people = Array.from({ length: generated.count }, (_, place) => generated.person(place));
    expect(generatedColumns(generated, 50)).toEqual(columnsOf(people));
    expect(generatedColumns({ ...generated, count: 0 }).count).toBe(0);
  });
});

describe('the published form', () => {
  it('is current: npm run -s instance -- --schema > docs/match-instance.schema.json', () => {
    const published = JSON.parse(readFileSync('docs/match-instance.schema.json', 'utf8'));
    expect(published).toEqual(JSON.parse(JSON.stringify(instanceJsonSchema())));
  });
});

describe('reading an instance', () => {
  const instance = generateInstance({ ...wish, people: 3 });

  it('takes people alone, goods alone, and both', () => {
    const goods = {
      now: instance.now,
      destination: instance.assemblyPoint,
      needs: [],
      warehouses: [],
      stock: [],
    };
    expect(readInstanceFile(instance)).toMatchObject({ file: { goods: null }, unknown: [] });
    expect(readInstanceFile({ goods })).toMatchObject({ file: { people: null } });
    expect(readInstanceFile({ ...instance, goods })).toMatchObject({ file: { people: {}, goods: {} } });
  });

  it('says where both are wrong', () => {
    const read = readInstanceFile({ ...instance, restDays: -1, goods: {} });
    expect(read.file).toBe(null);
    expect('issues' in read && read.issues.map(({ path }) => path.join('.'))).toEqual(
      expect.arrayContaining(['restDays', 'goods.needs']),
    );
  });

  it('names a field that means nothing, which may be one misspelt', () => {
    expect(readInstanceFile({ ...instance, teamrules: [] })).toMatchObject({ unknown: ['teamrules'] });
  });

  it.each([null, 7, 'text', [], [instance]])('refuses what is no object: %j', value => {
    expect(readInstanceFile(value).file).toBe(null);
  });
});
