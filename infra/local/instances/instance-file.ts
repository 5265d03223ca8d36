import * as z from 'zod';
import { GoodsProblem } from '../../../functions/matching/freight/problem.ts';
import { MatchInstance } from '../../../functions/matching/problem.ts';
import { MOST_TRAIT_RULES } from '../../../functions/matching/team-rules.ts';

/** What a file asks: people for seats, goods from warehouses, or both. Never nothing. */
export type InstanceFile = { people: MatchInstance | null; goods: GoodsProblem | null };

/** What was read, with the names of fields that mean nothing; or what is wrong, place by place. */
export type Read =
  | { file: InstanceFile; unknown: string[] }
  | { file: null; issues: { path: PropertyKey[]; message: string }[] };

/** A file without any of these asks for goods alone. */
const askingForPeople = ['teams', 'seats', 'experts'];

/** Reads an instance from parsed JSON. A field that is not known is no fault, but is named: it may be one misspelt. */
export function readInstanceFile(value: unknown): Read {
  const fields = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  const has = (field: string) => fields !== null && field in fields;
  const wantsGoods = has('goods');
  const wantsPeople = !wantsGoods || askingForPeople.some(has);
  const people = wantsPeople ? MatchInstance.safeParse(value) : null;
  const goods = wantsGoods ? GoodsProblem.safeParse((value as { goods: unknown }).goods) : null;
  const issues = [
    ...(people?.error?.issues ?? []),
    ...tooManyRules(people?.data ?? null),
    ...(goods?.error?.issues.map(issue => ({ ...issue, path: ['goods', ...issue.path] })) ?? []),
  ];
  if (issues.length > 0) return { file: null, issues };
  const known = new Set(['$schema', 'goods', ...Object.keys(MatchInstance.shape)]);
  return {
    file: { people: people?.data ?? null, goods: goods?.data ?? null },
    unknown: Object.keys(fields ?? {}).filter(field => !known.has(field)),
  };
}

/** Rules that are not about employers are counted in the 32 bits of a number. */
function tooManyRules(people: MatchInstance | null): { path: PropertyKey[]; message: string }[] {
  const counting = people?.teamRules.filter(({ of }) => of.is !== 'same employer').length ?? 0;
  if (counting <= MOST_TRAIT_RULES) return [];
  const message = `${counting} rules are not about employers; more than ${MOST_TRAIT_RULES} cannot be kept`;
  return [{ path: ['teamRules'], message }];
}

/**
 * The form of an instance as JSON Schema (draft 2020-12), for editors and for other programs. It knows types, choices and
 * ranges; that ids are there once, that seats belong to a team, and that moments are in order, only the reader checks.
 */
export function instanceJsonSchema(): Record<string, unknown> {
  const schemaOf = (schema: z.ZodType) => {
    const { $schema: _, ...rest } = z.toJSONSchema(schema, {
      io: 'input',
      override({ jsonSchema }) {
        // The format says the rest; only that the moment is in UTC it does not.
        if (jsonSchema.format === 'date-time') jsonSchema.pattern = 'Z$';
      },
    });
    return rest;
  };
  const people = schemaOf(MatchInstance) as { properties: Record<string, unknown> };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Match instance',
    description:
      'One problem of matching: people for the open seats of relief teams, goods for a destination, or both.',
    anyOf: [
      { ...people, properties: { ...people.properties, goods: { $ref: '#/$defs/goods' } } },
      {
        type: 'object',
        properties: { goods: { $ref: '#/$defs/goods' } },
        required: ['goods'],
        not: { anyOf: askingForPeople.map(field => ({ required: [field] })) },
      },
    ],
    $defs: { goods: schemaOf(GoodsProblem) },
  };
}
