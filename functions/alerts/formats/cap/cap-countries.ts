import { tableOf } from '../../documents/table.ts';
import type { CapInfo } from './cap-message.ts';

/** US territories that have country codes of their own, by the state part of a UGC and of a SAME or FIPS code. */
const territories = tableOf({
  AS: 'ASM',
  GU: 'GUM',
  MP: 'MNP',
  PR: 'PRI',
  VI: 'VIR',
  '60': 'ASM',
  '66': 'GUM',
  '69': 'MNP',
  '72': 'PRI',
  '78': 'VIR',
});

/** Codes of the EU's statistics office and of MeteoAlarm that are not those of ISO 3166. */
const european = tableOf({ EL: 'GR', UK: 'GB' });

const countryOf = (name: string, value: string): string | undefined => {
  // A code that is left out names no country, whatever list it would be from.
  if (value === '') return undefined;
  if (/^(same|fips6)$/i.test(name)) return territories.get(value.slice(1, 3)) ?? 'USA';
  if (/^ugc$/i.test(name)) return territories.get(value.slice(0, 2).toUpperCase()) ?? 'USA';
  if (/^(emma_id|nuts\d?)$/i.test(name)) {
    const code = value.slice(0, 2).toUpperCase();
    return european.get(code) ?? code;
  }
  if (/^warncellid$/i.test(name)) return 'DEU';
  if (/cap-cp:location|:clc$/i.test(name)) return 'CAN';
  if (/^taiwan_geocode/i.test(name)) return 'TWN';
  if (/^cpeas/i.test(name)) return 'CHN';
  if (/iso.?3166|country_codes/i.test(name)) return value.match(/^([A-Z]{2})(-[A-Z0-9]{1,3})?$/)?.[1];
  return undefined;
};

/** Country codes that the geocodes of the areas imply, and where the first of them stands. */
export const countriesOfGeocodes = (infos: readonly CapInfo[]): { codes: string[]; place: string } => {
  const codes = new Set<string>();
  let place = '';
  for (const info of infos)
    for (const area of info.areas) {
      let before = '';
      let country: string | undefined;
      for (let index = 0; index < area.geocodes.length; index += 1) {
        const pair = area.geocodes[index]!;
        // Lists are long and of few kinds; of one kind only the part that names the country is looked at.
        const kind = `${pair.name} ${pair.value.slice(0, 3)}`;
        if (kind === before) continue;
        before = kind;
        country = countryOf(pair.name, pair.value);
        if (country === undefined) continue;
        codes.add(country);
        place ||= pair.place ?? `${area.base}geocode[${index}]/value`;
      }
    }
  return { codes: [...codes], place };
};
