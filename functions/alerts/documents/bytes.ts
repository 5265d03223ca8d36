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

/** Encodings whose bytes, read as another, still look like text: they are believed when they are declared. */
const manyByteEncodings = new Set(['shift_jis', 'euc-jp', 'euc-kr', 'gb2312', 'gbk', 'gb18030', 'big5']);

/** What many web servers write into every header without looking at the body. */
const serverDefaults = new Set(['iso-8859-1', 'iso8859-1', 'latin1', 'us-ascii', 'ascii']);

/** What a body is that is no text at all, by its first bytes. */
const binaries: readonly (readonly [name: string, start: readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['a ZIP archive', [0x50, 0x4b, 0x03, 0x04]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['a PDF', [0x25, 0x50, 0x44, 0x46]],
  ['a PNG image', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG image', [0xff, 0xd8, 0xff]],
];

const beginsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, index) => bytes[index] === byte);

/** A byte order mark, or the zero beside the first character that only UTF-16 has. */
const markOf = (bytes: Uint8Array): string | undefined => {
  if (beginsWith(bytes, [0xef, 0xbb, 0xbf])) return 'utf-8';
  if (beginsWith(bytes, [0xff, 0xfe])) return 'utf-16le';
  if (beginsWith(bytes, [0xfe, 0xff])) return 'utf-16be';
  const [first = 0, second = 0] = bytes;
  if (first !== 0 && second === 0 && bytes.length > 1) return 'utf-16le';
  if (first === 0 && second !== 0) return 'utf-16be';
  return undefined;
};

const charsetOf = (contentType: string | undefined): string | undefined =>
  contentType?.match(/charset\s*=\s*["']?([\w.-]+)/i)?.[1]?.toLowerCase();

/** The encoding of an XML declaration stands within the first 160 bytes, which are ASCII in all encodings that need one. */
const declaredIn = (bytes: Uint8Array): string | undefined =>
  Buffer.from(bytes.subarray(0, 160))
    .toString('latin1')
    .match(/^\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w.-]+)["']/)?.[1]
    ?.toLowerCase();

const decoded = (bytes: Uint8Array, label: string): string | undefined => {
  try {
    const decoder = new TextDecoder(label, { fatal: true });
    const text = decoder.decode(bytes);
    return decoder.encoding === 'windows-1252'
      ? text.replace(/[\u0080-\u009f]/g, c => windows1252[c.charCodeAt(0) - 0x80]!)
      : text;
  } catch {
    return undefined;
  }
};

/**
 * Text of western Europe that claims to be UTF-8: single bytes beyond ASCII between letters. Not a text of UTF-8 with a
 * byte gone wrong (it has whole characters beside the broken one), and not one of East Asia (long rows of such bytes).
 */
const westernText = (bytes: Uint8Array): string | undefined => {
  if (/[^\0-\u007f\ufffd]/.test(new TextDecoder('utf-8').decode(bytes))) return undefined;
  const text = decoded(bytes, 'windows-1252');
  return text !== undefined && !/[^\0-\u007f]{4}|[\u0080-\u009f]/.test(text) ? text : undefined;
};

/** The text of a body, and what had to be assumed to read it. */
export type DecodedText = { text: string; notes: string[] };

const decodedBody = (bytes: Uint8Array, contentType: string | undefined): DecodedText => {
  const mark = markOf(bytes);
  const charset = charsetOf(contentType);
  const declared = declaredIn(bytes);
  // An unknown charset in a header is passed over, an unknown encoding in the document itself is not guessed at.
  const header = charset !== undefined && knownEncodings.has(charset) ? charset : undefined;
  if (mark === undefined && header === undefined && declared !== undefined && !knownEncodings.has(declared))
    throw new UnreadableBytes(`unknown encoding "${declared.slice(0, 40)}"`);
  const own = declared !== undefined && knownEncodings.has(declared) ? declared : undefined;
  const said = header === undefined || serverDefaults.has(header) ? (own ?? header) : header;
  if (mark !== undefined) {
    const text = decoded(bytes, mark);
    if (text === undefined) throw new UnreadableBytes(`bytes are not valid ${mark}`);
    return { text, notes: [] };
  }
  // Without its mark UTF-16 has zeros all over, so a declaration that could be read as ASCII was wrong.
  const label = said === undefined || said.startsWith('utf-16') || said === 'utf8' ? 'utf-8' : said;
  // Only UTF-8 proves itself: text beyond ASCII that decodes as UTF-8 is UTF-8, whatever a header says of it.
  const text =
    (manyByteEncodings.has(label) ? decoded(bytes, label) : undefined) ??
    decoded(bytes, 'utf-8') ??
    decoded(bytes, label);
  if (text !== undefined) {
    const isOther = label !== 'utf-8' && decoded(bytes, 'utf-8') === text && /[^\0-\u007f]/.test(text);
    return { text, notes: isOther ? [`declared as ${label}, is utf-8`] : [] };
  }
  const western = label === 'utf-8' ? westernText(bytes) : undefined;
  if (western === undefined) throw new UnreadableBytes(`bytes are not valid ${label}`);
  const claim = said === undefined ? 'declares no encoding' : `declared as ${label}`;
  return { text: western, notes: [`${claim}, is not utf-8: read as windows-1252`] };
};

/**
 * The text of a body: by its byte order mark, else by what the content type and the XML declaration say, UTF-8 being
 * recognised by itself. Throws UnreadableBytes on what is no text, on an unknown encoding and on bytes that the encoding
 * does not have.
 */
export const decodeText = (bytes: Uint8Array, contentType?: string): DecodedText => {
  const binary = binaries.find(([, start]) => beginsWith(bytes, start));
  if (binary) throw new UnreadableBytes(`not text but ${binary[0]}`);
  const { text, notes } = decodedBody(bytes, contentType);
  // TextDecoder takes one mark away; a feed that was written twice carries another.
  const unmarked = text.replace(/^\ufeff+/, '');
  if (unmarked.includes('\0')) throw new UnreadableBytes('contains NUL characters');
  return { text: unmarked, notes };
};
