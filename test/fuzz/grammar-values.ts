import fc from 'fast-check';

/** Values as the formats write them, in XML and in JSON. */
export const words = (...list: string[]) => fc.constantFrom(...list);

export const instant = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  .map(date => date.toISOString());
export const offsets = words('Z', '+00:00', '-00:00', '+09:00', '-08:00', '+05:45', '');
export const offsetInstant = fc
  .tuple(instant, offsets)
  .map(([text, offset]) => text.replace(/(\.\d+)?Z$/, offset));
export const rfc822 = instant.map(text => new Date(text).toUTCString());
export const latitude = fc.double({ min: -91, max: 91, noNaN: true }).map(value => value.toFixed(3));
export const longitude = fc.double({ min: -182, max: 182, noNaN: true }).map(value => value.toFixed(3));
export const identifier = fc.oneof(words('A1', 'A2', 'KSEW.1', '2.49.0.1.840.0.abc', 'a,b c'), fc.uuid());
export const sender = words('met@agency.example', 'w-nws.webmaster@noaa.gov', 'cap@gdacs.org', 'a b,c');
export const name = words(
  'Flood Warning',
  'Earthquake',
  'Tsunami Cancellation',
  'Required Monthly Test',
  '津波警報',
  'Hurricane',
  '',
);

export const vtec = words(
  '/O.NEW.KSEW.FL.W.0012.000000T0000Z-251216T0000Z/',
  '/O.CAN.KSEW.FL.W.0012.000000T0000Z-251216T0000Z/',
  '/X/',
);
