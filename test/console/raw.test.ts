import { expect, it } from 'vitest';
import { itemIn } from '../../console/raw.ts';

const message = JSON.stringify({
  features: [{ id: 'a' }, { id: 'b', properties: { mag: 5.6, ids: ',b,' } }],
});
const at = (item: string, place?: string) => ({ rawDigest: 'd', item, place });

it('shows one item of a JSON message and the value at the place', () => {
  const found = itemIn(`\uFEFF${message}`, at('features[1]', 'features[1]/properties/mag'));
  expect(JSON.parse(found!.item)).toEqual({ id: 'b', properties: { mag: 5.6, ids: ',b,' } });
  expect(found!.value).toBe('5.6');
  expect(itemIn(message, at('$', 'features[0]/id'))).toMatchObject({ value: 'a' });
});

it('leaves the whole to be shown when there is no such item or it cannot be taken apart', () => {
  expect(itemIn(message, at('features[7]'))).toBeUndefined();
  expect(itemIn('not JSON', at('features[0]'))).toBeUndefined();
  expect(itemIn('', at('$'))).toBeUndefined();
});
