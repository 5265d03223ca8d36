import fc from 'fast-check';
import { jsonBody } from './grammar-json.ts';
import { xmlBody } from './grammar-xml.ts';

/**
 * A body as one of the formats has it, field by field, each of which may be absent, repeated or filled with junk. What a
 * publisher would never write is the task of the mutations.
 */
export const body: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: xmlBody },
  { weight: 4, arbitrary: jsonBody },
);
