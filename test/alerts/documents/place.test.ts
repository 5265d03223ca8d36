import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../functions/alerts/documents/document.ts';
import { placeWithin, stepOfKey, valueAt } from '../../../functions/alerts/documents/place.ts';

const documentOf = (text: string) => readDocument(new TextEncoder().encode(text));

describe('places in XML', () => {
  const feed = documentOf(`<rss xmlns:g="urn:g"><channel><title>feed</title>
    <item><title>first</title><g:severity unit="M" value="6.3">Magnitude
      6.3M</g:severity></item>
    <item><title>second</title><group><item><title>within</title></item></group>
      <parameter><valueName>a</valueName><value>1</value></parameter>
      <parameter><valueName>b</valueName><value>2</value></parameter></item>
    <item><title/></item></channel></rss>`);

  it.each([
    ['item[0]/title', 'first'],
    ['item/title', 'first'],
    ['item[1]/title', 'second'],
    // In the order in which they open: the item within the second comes after it.
    ['item[2]/title', 'within'],
    ['item[3]/title', ''],
    ['title[0]', 'feed'],
    ['item[0]/severity', 'Magnitude 6.3M'],
    ['item[0]/severity/@value', '6.3'],
    ['item[1]/parameter[1]/value', '2'],
    ['item[1]/parameter[1]', 'b 2'],
    ['rss[0]/channel/item[2]/title', ''],
    ['item[1]/group/item/title', 'within'],
  ])('%s', (place, text) => {
    expect(valueAt(feed, place)).toBe(text);
  });

  it.each([
    'item[4]',
    'item[0]/point',
    'item[1]/parameter[2]/value',
    'item[0]/severity/@scale',
    'item[0]/@x/y',
    'none',
    '',
    '$',
    'constructor',
    'item[0]/severity/@constructor',
  ])('nothing at %s', place => {
    expect(valueAt(feed, place)).toBeUndefined();
  });

  it('counts the root', () => {
    expect(valueAt(documentOf('<alert><alert>inner</alert></alert>'), 'alert[1]')).toBe('inner');
    expect(valueAt(documentOf('<a x="1"/>'), 'a[0]/@x')).toBe('1');
  });
});

describe('places in JSON', () => {
  const feed = documentOf(
    JSON.stringify({
      features: [
        { properties: { mag: 6.3, place: 'Herat', alert: null } },
        {
          geometry: {
            coordinates: [
              [1, 2],
              [3, 4],
            ],
          },
        },
      ],
      'a/b': { '~': 'tilde', '': 'nameless' },
      0: 'zero',
    }),
  );

  it.each([
    ['features[0]/properties/mag', '6.3'],
    ['features[0]/properties/place', 'Herat'],
    ['features[0]/properties/alert', 'null'],
    ['features[0]/properties', '{"mag":6.3,"place":"Herat","alert":null}'],
    ['features[1]/geometry/coordinates[1][0]', '3'],
    ['a~1b/~0', 'tilde'],
    ['a~1b/', 'nameless'],
    ['0', 'zero'],
  ])('%s', (place, text) => {
    expect(valueAt(feed, place)).toBe(text);
  });

  it.each([
    'features[2]',
    'features[0]/properties/toString',
    'features[0]/properties/place/length',
    'a/b',
    'features[0][0]',
    '__proto__',
    '',
  ])('nothing at %s', place => {
    expect(valueAt(feed, place)).toBeUndefined();
  });

  it('names lists at the top and whole documents', () => {
    const list = documentOf('[{"id":1},{"id":2}]');
    expect(valueAt(list, '$[1]/id')).toBe('2');
    expect(valueAt(list, '$')).toBe('[{"id":1},{"id":2}]');
    expect(valueAt(documentOf('{"id":7}'), placeWithin('$', 'id'))).toBe('7');
    expect(valueAt(list, placeWithin('$[0]', 'id'))).toBe('1');
  });

  it('finds every key again by its step', () => {
    fc.assert(
      fc.property(
        fc.string().filter(key => !/\]$|^\$$|^__proto__$/.test(key)),
        key => {
          expect(
            valueAt({ kind: 'json', value: { [key]: { deep: 'here' } } }, `${stepOfKey(key)}/deep`),
          ).toBe('here');
        },
      ),
    );
  });
});
