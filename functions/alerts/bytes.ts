/** A body whose characters cannot be read; the message says why. */
export class UnreadableBytes extends Error {
  override name = 'UnreadableBytes';
}

/** Labels a feed may declare; anything else is refused instead of guessed. */
const knownEncodings = new Set([
  'utf-8',
  'utf8',
  'us-ascii',
  'ascii',
  'iso-8859-1',
  'iso8859-1',
  'latin1',
  'iso-8859-2',
  'iso-8859-9',
  'iso-8859-15',
  'windows-1250',
  'windows-1251',
  'windows-1252',
  'windows-1254',
  'utf-16',
  'utf-16le',
  'utf-16be',
  'shift_jis',
  'euc-jp',
  'euc-kr',
  'gb2312',
  'gbk',
  'gb18030',
  'big5',
]);

/** What windows-1252 has at 0x80-0x9F: Node 20 leaves control characters there (undefined places stay as they are). */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const markOf = (bytes: Uint8Array): string | undefined => {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
};

const charsetOf = (contentType: string | undefined): string | undefined =>
  contentType?.match(/charset\s*=\s*"?([\w.-]+)/i)?.[1]?.toLowerCase();

/** The encoding of an XML declaration stands within the first 160 bytes, which are ASCII in all encodings that need one. */
const declaredIn = (bytes: Uint8Array): string | undefined =>
  Buffer.from(bytes.subarray(0, 160))
    .toString('latin1')
    .match(/^\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w.-]+)["']/)?.[1]
    ?.toLowerCase();

/**
 * The text of a body: byte order mark, then the charset of the content type, then the XML declaration, then UTF-8.
 * Throws UnreadableBytes on an unknown label or on bytes that the encoding does not have.
 */
export const decodeText = (bytes: Uint8Array, contentType?: string): string => {
  const charset = charsetOf(contentType);
  // A wrong charset in a header is common; the label counts only when it is one of ours.
  const label =
    markOf(bytes) ??
    (charset !== undefined && knownEncodings.has(charset) ? charset : undefined) ??
    declaredIn(bytes) ??
    'utf-8';
  if (!knownEncodings.has(label)) throw new UnreadableBytes(`unknown encoding "${label.slice(0, 40)}"`);
  let text: string;
  try {
    const decoder = new TextDecoder(label, { fatal: true });
    text = decoder.decode(bytes);
    if (decoder.encoding === 'windows-1252')
      text = text.replace(/[\u0080-\u009f]/g, c => windows1252[c.charCodeAt(0) - 0x80]!);
  } catch {
    throw new UnreadableBytes(`bytes are not valid ${label}`);
  }
  // TextDecoder takes one mark away; a feed that was written twice carries another.
  return text.replace(/^\ufeff+/, '');
};
