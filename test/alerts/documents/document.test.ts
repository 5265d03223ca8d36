import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../functions/alerts/documents/document.ts';
import { readJson } from '../../../functions/alerts/documents/json.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const json = (text: string): unknown => {
  const document = readDocument(bytes(text));
  return document.kind === 'json' ? document.value : undefined;
};

describe('a body as a document', () => {
  it.each([
    ['nothing', '', 'empty document'],
    ['white space', ' \r\n\t', 'empty document'],
    ['a mark alone', '\ufeff', 'empty document'],
    ['words', 'Service Unavailable', 'neither XML nor JSON'],
    ['a bare number', '42', 'neither XML nor JSON'],
    ['a web page', '<!DOCTYPE html><html><body>Admin section</body></html>', 'a web page (HTML), not a feed'],
    ['a web page without DOCTYPE', '<HTML><body>x</body></HTML>', 'a web page (HTML), not a feed'],
    ['a web page behind a comment', '<!-- x --><html><body/></html>', 'a web page (HTML), not a feed'],
    ['XML that ends early', '<rss><channel>', 'not well-formed XML: line 1, column 14'],
    ['JSON that ends early', '{"a": [1, 2', 'not JSON:'],
    ['NaN, which JSON has not', '{"mag": NaN}', 'not JSON:'],
    ['Infinity, which JSON has not', '[-Infinity]', 'not JSON:'],
    ['single quotes', "{'a': 1}", 'not JSON:'],
    ['a function call around words', 'callback("x")', 'neither XML nor JSON'],
    ['code after the value', '{"a":1};alert(1)', 'not JSON:'],
    ['code behind a function call', 'f({"a":1});g()', 'not JSON:'],
    ['two values', '{"a":1}\n{"a":2}', 'not JSON:'],
  ])('refuses %s in one sentence', (_, text, reason) => {
    expect(() => readDocument(bytes(text))).toThrow(reason);
    expect(() => readDocument(bytes(text))).toThrow(expect.objectContaining({ name: 'UnreadableDocument' }));
  });

  it('refuses more than 16 MB before looking at it', () => {
    expect(() => readDocument(new Uint8Array(16_000_001))).toThrow('more than 16000000 bytes');
  });

  it('says what it had to assume', () => {
    expect(readDocument(bytes('{"a":1}')).notes).toEqual([]);
    expect(readDocument(new Uint8Array(Buffer.from('<a>é</a>', 'latin1'))).notes).toEqual([
      'declares no encoding, is not utf-8: read as windows-1252',
    ]);
  });
});

describe('JSON of strangers', () => {
  it.each([
    ['written out', '{"__proto__": {"isAdmin": true}, "a": {"__proto__": 1, "b": 2}}'],
    ['escaped', '{"\\u005f_proto__": {"isAdmin": true}, "a": {"_\\u005Fproto_\\u005f": 1, "b": 2}}'],
  ])('never sets a prototype: a field "__proto__" %s is left out', (_, text) => {
    const read = readJson(text);
    expect(read).toEqual({ value: { a: { b: 2 } }, notes: ['a field "__proto__" was left out'] });
    const value = read?.value as object;
    const copy: Record<string, unknown> = {};
    for (const [key, each] of Object.entries(value)) copy[key] = each;
    expect('isAdmin' in copy).toBe(false);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it('keeps names that only look dangerous as plain fields', () => {
    const value = json('{"constructor": {"prototype": {"x": 1}}, "toString": 2}') as Record<string, unknown>;
    expect(Object.hasOwn(value, 'constructor')).toBe(true);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it.each([
    ['lists', '[', ']'],
    ['objects', '{"a":', '}'],
  ])('bounds the nesting of %s without filling the stack', (_, open, close) => {
    const nested = (depth: number) => `${open.repeat(depth)}1${close.repeat(depth)}`;
    expect(readJson(nested(64))).toBeDefined();
    expect(() => readJson(nested(65))).toThrow('nested deeper than 64');
    expect(() => readJson(nested(100_000))).toThrow('nested deeper than 64');
    expect(() => readJson(open.repeat(100_000))).toThrow('Unexpected end');
    // Long enough to be measured before it is parsed.
    expect(() => readJson(open.repeat(3_000_000))).toThrow('nested deeper than 64');
  });

  it('bounds what a long body may hold before parsing it, brackets in texts apart', () => {
    expect(() => readJson(`[${'[],'.repeat(1_000_000)}[]]`)).toThrow('more than 1000000 lists and objects');
    const long = JSON.stringify({ text: '[{"'.repeat(600_000), end: '\\' });
    expect(readJson(long)).toMatchObject({ value: { end: '\\' } });
  });

  it('takes numbers beyond all numbers for missing', () => {
    expect(readJson('{"mag": 1e999, "list": [-1e400, 1e308]}')).toEqual({
      value: { mag: null, list: [null, 1e308] },
      notes: ['a number too large to be one was taken for missing'],
    });
  });

  it('replaces halves of characters, which no table takes', () => {
    expect(readJson('{"title": "\\ud83c", "list": ["\\udf0a\\ud83c\\udf0a"]}')).toEqual({
      value: { title: '\ufffd', list: ['\ufffd🌊'] },
      notes: ['half a character was replaced'],
    });
  });

  it('lets the last of a repeated name count, as every JSON reader does', () => {
    expect(json('{"status": "Test", "status": "Actual"}')).toEqual({ status: 'Actual' });
  });

  it('passes over lines of comment before the value, and no others', () => {
    const text = '// 20250109104354\n// https://www.glidenumber.net/glide/…\r\n\n{ "glideset": [] }';
    expect(readJson(text)).toEqual({
      value: { glideset: [] },
      notes: ['comment lines before the JSON were passed over'],
    });
    expect(() => readJson('{ // a\n "glideset": [] }')).toThrow();
    expect(readJson('/* a */ {}')).toBeUndefined();
  });

  it('reads the value inside a function call (JSONP), and runs nothing', () => {
    expect(readJson('eqfeed_callback({"type":"FeatureCollection","note":"a)b;"});')).toEqual({
      value: { type: 'FeatureCollection', note: 'a)b;' },
      notes: ['read from inside a function call (JSONP)'],
    });
    expect(readJson('if(x){}')).toBeUndefined();
  });
});
