import type { CapReference } from './cap-message.ts';

/** The longest chain seen names 29 messages. */
const maximumReferences = 200;

/** Two names of 300 characters and a time. */
const longestTriple = 700;

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/**
 * Reads "sender,identifier,sent" triples parted by white space. Senders write names with blanks and identifiers with
 * commas, so a triple ends where a time does; the first and the last part are cut off, the rest is the identifier.
 */
export const referencesOf = (text: string, remarks: string[]): CapReference[] => {
  if (text === '') return [];
  const references: CapReference[] = [];
  let open = '';
  let tooLong = false;
  for (const token of text.split(/\s+/)) {
    open = open === '' ? token : `${open} ${token}`;
    if (open.length > longestTriple) {
      tooLong = true;
      open = '';
      continue;
    }
    const end = open.lastIndexOf(',');
    const begin = open.indexOf(',');
    if (begin < 1 || end <= begin + 1 || !time.test(open.slice(end + 1))) continue;
    if (references.length === maximumReferences) {
      remarks.push(`more than ${maximumReferences} references`);
      return references;
    }
    references.push({
      sender: open.slice(0, begin).trim(),
      identifier: open.slice(begin + 1, end).trim(),
      sent: open.slice(end + 1),
    });
    open = '';
  }
  if (tooLong) remarks.push('a reference that is too long');
  if (open === '') return references;
  const [sender = '', identifier = '', ...more] = open.split(',');
  if (sender !== '' && identifier !== '' && more.join('').trim() === '') {
    remarks.push('a reference without the time of sending');
    return [...references, { sender, identifier: identifier.trim(), sent: '' }];
  }
  remarks.push('a reference is not "sender,identifier,sent"');
  return references;
};
