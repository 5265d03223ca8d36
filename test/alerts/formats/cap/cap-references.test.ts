import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { referencesOf } from '../../../../functions/alerts/formats/cap/cap-references.ts';

const parsed = (text: string) => {
  const remarks: string[] = [];
  const references = referencesOf(text, remarks).map(({ sender, identifier }) => `${sender}|${identifier}`);
  return { references, remarks };
};

describe('references', () => {
  it.each([
    ['a,1,2026-01-01T00:00:00Z b,2,2026-01-01T00:00:00+09:00', ['a|1', 'b|2']],
    ['a,1,2026-01-01T00:00:00Z\n\t b,2,2026-01-01T00:00:00Z', ['a|1', 'b|2']],
    ['State Office,id 7,2026-01-01T00:00:00-06:00', ['State Office|id 7']],
    ['a,one,two,2026-01-01T00:00:00Z', ['a|one,two']],
    ['http://x.example/,P-1,2026-01-01T00:00:00-00:00', ['http://x.example/|P-1']],
    ['', []],
  ])('reads "%s"', (text, references) => {
    expect(parsed(text)).toEqual({ references, remarks: [] });
  });

  it('says what it could not read, and reads the rest', () => {
    expect(parsed('a,1,2026-01-01T00:00:00Z a,2')).toEqual({
      references: ['a|1', 'a|2'],
      remarks: ['a reference without the time of sending'],
    });
    expect(parsed('nothing')).toEqual({
      references: [],
      remarks: ['a reference is not "sender,identifier,sent"'],
    });
    expect(parsed('a,1,2026-01-01T00:00:00Z '.repeat(250)).references).toHaveLength(200);
  });

  it('reads whatever triples are written, and never throws', () => {
    const name = fc.stringMatching(/^[A-Za-z0-9.@:_/-]{1,20}$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(name, name), { maxLength: 10 }), fc.string(), (names, junk) => {
        const text = names.map(([sender, id]) => `${sender},${id},2026-01-01T00:00:00-00:00`).join(' ');
        expect(parsed(text).references).toEqual(names.map(([sender, id]) => `${sender}|${id}`));
        expect(() => referencesOf(junk, [])).not.toThrow();
      }),
      { numRuns: 100 },
    );
  });
});
