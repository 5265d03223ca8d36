import * as z from 'zod';

/** A moment, ISO 8601 in UTC ("2023-02-06T01:17:34.342Z"). Field names end in `At`. */
export const Instant = z.iso.datetime();
export type Instant = z.infer<typeof Instant>;

/** ISO 3166-1 alpha-3, upper case. */
export const CountryCode = z.string().regex(/^[A-Z]{3}$/);
export type CountryCode = z.infer<typeof CountryCode>;

/** WGS 84 degrees. */
export const Position = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});
export type Position = z.infer<typeof Position>;

/** Hazard codes of the GLIDE number (glidenumber.net, "About"). */
export const Hazard = z.enum([
  'AC',
  'AV',
  'CE',
  'CW',
  'DR',
  'EC',
  'EP',
  'EQ',
  'ET',
  'FA',
  'FF',
  'FL',
  'FR',
  'HT',
  'IN',
  'LS',
  'MS',
  'OT',
  'SL',
  'SS',
  'ST',
  'TC',
  'TO',
  'TS',
  'VO',
  'VW',
  'WF',
  'WV',
]);
export type Hazard = z.infer<typeof Hazard>;

/** The likelihood that international help is needed, in the words of GDACS. Unknown when no rule maps the source's scale. */
export const Level = z.enum(['Unknown', 'Green', 'Orange', 'Red']);
export type Level = z.infer<typeof Level>;

/** Languages in which people are asked and screens are shown. */
export const Language = z.enum(['en', 'ja']);
export type Language = z.infer<typeof Language>;

/** The same text in every language of the system. */
export const Wording = z.object({ en: z.string(), ja: z.string() });
export type Wording = z.infer<typeof Wording>;

/** E.164 ("+81312345678"). Personal data. */
export const PhoneNumber = z.string().regex(/^\+[1-9]\d{6,14}$/);
export type PhoneNumber = z.infer<typeof PhoneNumber>;
