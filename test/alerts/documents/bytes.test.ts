import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../functions/alerts/documents/bytes.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const latin1 = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const utf16le = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'));
const utf16be = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le').swap16());
const xml = (encoding: string, text: string) => `<?xml version="1.0" encoding="${encoding}"?><a>${text}</a>`;

describe('the text of a body', () => {
  it.each([
    ['plain UTF-8', utf8('<a>météo 台風</a>'), undefined, '<a>météo 台風</a>'],
    ['a byte order mark', utf8('\ufeff<a/>'), undefined, '<a/>'],
    ['a doubled byte order mark', utf8('\ufeff\ufeff<a/>'), undefined, '<a/>'],
    ['UTF-16 with a mark', utf16le('\ufeff<a>é</a>'), undefined, '<a>é</a>'],
    ['UTF-16 of the other order', utf16be('\ufeff<a>é</a>'), undefined, '<a>é</a>'],
    ['UTF-16 without a mark', utf16le('<a>é</a>'), undefined, '<a>é</a>'],
    ['UTF-16 of the other order without a mark', utf16be('{"a":1}'), undefined, '{"a":1}'],
    ['a mark against the header', utf8('\ufeff<a>é</a>'), 'text/xml; charset=ISO-8859-1', '<a>é</a>'],
    ['declared Latin-1', latin1(xml('ISO-8859-1', 'é')), undefined, xml('ISO-8859-1', 'é')],
    ['Latin-1 in the header', latin1('<a>é</a>'), 'text/xml; charset="iso-8859-1"', '<a>é</a>'],
    [
      'windows-1252, the places of control characters included',
      new Uint8Array([...utf8(xml('windows-1252', '')), 0x80, 0x93]),
      undefined,
      `${xml('windows-1252', '')}€“`,
    ],
    ['a quoted charset', latin1('<a>é</a>'), "text/xml; charset='windows-1252'", '<a>é</a>'],
    ['an unknown charset in the header', utf8('<a>é</a>'), 'text/xml; charset=x-none', '<a>é</a>'],
    ['UTF-16 declared in what is none', utf8(xml('utf-16', 'é')), undefined, xml('utf-16', 'é')],
    [
      'Shift_JIS',
      new Uint8Array([...utf8('<?xml version="1.0" encoding="Shift_JIS"?>'), 0x92, 0x6e, 0x90, 0x6b]),
      undefined,
      '<?xml version="1.0" encoding="Shift_JIS"?>地震',
    ],
  ])('%s', (_, bytes, contentType, text) => {
    expect(decodeText(bytes, contentType)).toEqual({ text, notes: [] });
  });

  it('believes the document more than the Latin-1 that servers write into every header', () => {
    expect(decodeText(utf8(xml('utf-8', 'é')), 'text/xml; charset=ISO-8859-1').text).toBe(xml('utf-8', 'é'));
    expect(decodeText(latin1(xml('windows-1250', '\xe8')), 'text/xml; charset=us-ascii').text).toContain('č');
  });

  it('sees that a text is UTF-8 whatever is said of it, and says so', () => {
    const { text, notes } = decodeText(utf8(xml('iso-8859-1', 'météo')));
    expect([text, notes]).toEqual([xml('iso-8859-1', 'météo'), ['declared as iso-8859-1, is utf-8']]);
  });

  it('reads western text that is not the UTF-8 it claims to be, and says so', () => {
    const bulletin = 'bulletin météorologique spécial annulé';
    expect(decodeText(latin1(`<a>${bulletin}</a>`))).toEqual({
      text: `<a>${bulletin}</a>`,
      notes: ['declares no encoding, is not utf-8: read as windows-1252'],
    });
    expect(decodeText(latin1(xml('utf-8', bulletin)))).toEqual({
      text: xml('utf-8', bulletin),
      notes: ['declared as utf-8, is not utf-8: read as windows-1252'],
    });
  });

  it.each([
    ['UTF-8 that was cut off inside a character', utf8('<a>台風').subarray(0, -1), 'not valid utf-8'],
    ['UTF-8 with a byte gone wrong', new Uint8Array([...utf8('<a>é台風'), 0xff, 0x3c]), 'not valid utf-8'],
    ['undeclared Shift_JIS', new Uint8Array([0x3c, 0x92, 0x6e, 0x90, 0x6b]), 'not valid utf-8'],
    ['undeclared EUC-JP', new Uint8Array([0x3c, 0xa4, 0xa4, 0xa4, 0xa4]), 'not valid utf-8'],
    [
      'half a character in UTF-16',
      new Uint8Array([0xff, 0xfe, 0x3c, 0x00, 0x00, 0xd8]),
      'not valid utf-16le',
    ],
    [
      'an encoding that nobody has',
      utf8('<?xml version="1.0" encoding="utf-7"?><a/>'),
      'unknown encoding "utf-7"',
    ],
    ['NUL characters', utf8('<a>\0</a>'), 'contains NUL'],
    ['gzip that no header announced', new Uint8Array([0x1f, 0x8b, 8, 0]), 'not text but gzip'],
    ['a ZIP archive (KMZ)', utf8('PK\u0003\u0004…'), 'not text but a ZIP archive'],
    ['a PDF', utf8('%PDF-1.7'), 'not text but a PDF'],
  ])('refuses %s', (_, bytes, reason) => {
    expect(() => decodeText(bytes)).toThrow(reason);
  });

  it('gives back every text that was written as UTF-8, and never throws anything but its own error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 2 }), text => {
        fc.pre(!text.includes('\0') && !text.startsWith('\ufeff'));
        fc.pre(!/^(PK|BZh|%PDF)/.test(text));
        expect(decodeText(utf8(text)).text).toBe(text);
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array(), fc.option(fc.string(), { nil: undefined }), (bytes, contentType) => {
        try {
          decodeText(bytes, contentType);
        } catch (error) {
          expect((error as Error).name).toBe('UnreadableBytes');
        }
      }),
    );
  });
});
