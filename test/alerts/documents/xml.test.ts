import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { readXml, textOf } from '../../../functions/alerts/documents/xml.ts';

/** Not well formed, or more than a feed may ask for. */
const refused: [what: string, xml: string, reason: RegExp][] = [
  [
    'an entity that reads a file',
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    /DOCTYPE/,
  ],
  ['a bomb of entities', '<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><a>&b;</a>', /DOCTYPE/],
  ['a DOCTYPE behind a comment', '<?xml version="1.0"?><!-- x --><!DOCTYPE a><a/>', /DOCTYPE/],
  ['a DOCTYPE in small letters', '<!doctype a><a/>', /line 1/],
  ['an entity of nobody', '<a>&nbsp;</a>', /line 1/],
  ['an element that is not closed', '<a><b></a>', /line 1/],
  ['an element that is never closed', '<a>', /line 1/],
  ['two roots', '<a/><b/>', /line 1/],
  ['text outside', '<a/>x', /line 1/],
  ['no element', '<!-- nothing -->', /line 1/],
  ['an attribute twice', '<a b="1" b="2"/>', /line 1/],
  ['a prefix of nobody', '<cap:alert/>', /line 1/],
  ['a bare ampersand', '<a>1 & 2</a>', /line 1/],
  ['a control character', '<a>\u0001</a>', /line 1/],
  ['a reference to half a character', '<a>&#xD800;</a>', /line 1/],
  ['a reference to NUL', '<a>&#0;</a>', /line 1/],
  ['a declaration that is not the first', ' <?xml version="1.0"?><a/>', /line 1/],
  ['elements within elements', `${'<a>'.repeat(65)}${'</a>'.repeat(65)}`, /nested deeper than 64/],
  ['half a million elements', `<a>${'<b/>'.repeat(400_001)}</a>`, /more than 400000 elements/],
  [
    'a row of attributes',
    `<a ${Array.from({ length: 65 }, (_, n) => `a${n}=""`).join(' ')}/>`,
    /more than 64 attr/,
  ],
  ['an attribute of a megabyte', `<a b="${'x'.repeat(1_000_000)}"/>`, /attribute longer than 65536/],
  ['nine million characters', `<a>${'x'.repeat(8_000_000)}</a>`, /more than 8000000 characters/],
];

describe('XML of strangers', () => {
  it.each(refused)('refuses %s', (_, xml, reason) => {
    expect(() => readXml(xml)).toThrow(expect.objectContaining({ name: 'UnreadableXml' }));
    expect(() => readXml(xml)).toThrow(reason);
  });

  it('names the line of what is wrong', () => {
    expect(() => readXml('<a>\n  <b>\n</a>')).toThrow(/^line 3, column \d+/);
  });

  it('does nothing that instructions and inclusions ask for', () => {
    const root = readXml(
      '<?xml-stylesheet href="http://example.com/x.xsl"?><a xmlns:xi="http://www.w3.org/2001/XInclude">' +
        '<?php system("x") ?><xi:include href="file:///etc/passwd" parse="text"/></a>',
    );
    expect(root.children).toEqual([expect.objectContaining({ name: 'include', text: '', children: [] })]);
  });

  it('reads CDATA and references as the text they stand for, once', () => {
    const root = readXml('<a><b><![CDATA[<p>1 & 2</p>]]> &amp;lt;&#233;&#x1F30A;</b></a>');
    expect(textOf(root, 'b')).toBe('<p>1 & 2</p> &lt;é🌊');
  });

  it('knows elements and attributes by their local names, and no name sets a prototype', () => {
    const root = readXml('<c:a xmlns:c="urn:x" c:b="1"><__proto__ x="1"/><constructor/></c:a>');
    expect([root.name, root.namespace, root.attributes.b]).toEqual(['a', 'urn:x', '1']);
    expect(root.children.map(child => child.name)).toEqual(['__proto__', 'constructor']);
    expect(readXml('<a __proto__="1" constructor="2"/>').attributes.constructor).toBe('2');
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it('accepts just what a strict parser accepts', () => {
    const accepts = (xml: string) => {
      let ok = true;
      const parser = new SaxesParser({ xmlns: true });
      parser.on('error', () => {
        ok = false;
      });
      parser.write(xml).close();
      return ok;
    };
    const piece = fc.constantFrom(
      '<a>',
      '</a>',
      '<b x="1"/>',
      'text',
      '&amp;',
      '&',
      '<',
      '>',
      ']]>',
      '<!--',
      '-->',
      '"',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), pieces => {
        const xml = `<r>${pieces.join('')}</r>`;
        let read = true;
        try {
          readXml(xml);
        } catch {
          read = false;
        }
        expect(read).toBe(accepts(xml));
      }),
    );
  });
});
