import { expect, it } from 'vitest';
import { ofType, synthesise } from './synthesised.ts';

/** How many of each: a change that nobody meant shows as a difference here before it shows in an account. */
it.each(['prod', 'local'] as const)('the shape of the stage %s', stage => {
  const { data, relief } = synthesise(stage);
  const shape = Object.fromEntries(
    Object.entries({ data, relief }).map(([stack, resources]) => {
      const types = [...new Set(Object.values(resources).map(each => each.Type))].sort();
      return [stack, Object.fromEntries(types.map(type => [type, ofType(resources, type).length]))];
    }),
  );
  expect(shape).toMatchSnapshot();
});
