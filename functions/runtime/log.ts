type Fields = Record<string, string | number | boolean | null | undefined>;

/** Things that look like a phone number or a mail address, should one slip into an error text. */
const PERSONAL = /\+\d[\d -]{6,}\d|[^\s@"<>]+@[^\s@"<>]+\.[a-z]{2,}/gi;
/** The answer page's token is a credential. */
const TOKEN = /\/a\/[a-z0-9]+/gi;

/** The text without what looks like a phone number, a mail address or a token of the answer page. */
export const withoutPersonalData = (text: string): string =>
  text.replace(PERSONAL, '[personal]').replace(TOKEN, '/a/[token]');

function write(level: 'info' | 'warn' | 'error', message: string, fields: Fields): void {
  const line = JSON.stringify({ level, message, ...fields }, (_key, value) =>
    typeof value === 'string' ? withoutPersonalData(value) : value,
  );
  console[level](line);
}

/** One JSON line an entry. Fields are ids, counts and words: never a name, a number, an address or a token. */
export const log = {
  info: (message: string, fields: Fields = {}) => write('info', message, fields),
  warn: (message: string, fields: Fields = {}) => write('warn', message, fields),
  error: (message: string, fields: Fields = {}) => write('error', message, fields),
};
