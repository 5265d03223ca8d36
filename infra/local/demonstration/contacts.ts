/**
 * Telephone numbers that belong to nobody. Japan sets none aside for this; the numbers here are those that the British
 * regulator keeps free for drama (Ofcom, "Telephone numbers for drama use": mobiles 07700 900000 to 900999, no area 01632
 * 960000 to 960999, London 020 7946 0000 to 0999; bbc.com/news/blogs-magazine-monitor-32348371).
 */
const ranges = {
  mobile: '+447700900',
  noArea: '+441632960',
  london: '+442079460',
} as const;

const numberIn = (range: keyof typeof ranges, index: number): string => {
  if (index < 0 || index > 999) throw new RangeError(`the range ${range} has no number ${index}`);
  return `${ranges[range]}${String(index).padStart(3, '0')}`;
};

/** The number of the nth person, from 0: 2,000 at most. */
export const personNumber = (index: number): string =>
  index < 1000 ? numberIn('mobile', index) : numberIn('noArea', index - 1000);

/** The number of the nth employer, from 0: 1,000 at most. */
export const employerNumber = (index: number): string => numberIn('london', index);

/** An address under `.example`, which no mail can reach (RFC 2606). */
export const mailAddress = (mailbox: string, domain: string): string =>
  `${plain(mailbox)}@${plain(domain)}.example`;

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^-|-$/g, '');
