import { plainText } from '../../documents/plain-text.ts';
import { type Format, ItemRejected, readItem } from '../format.ts';
import { fieldOf, isObject, textIn } from '../json-fields.ts';
import { alertDraftOf } from './cap-draft.ts';
import { isCapJson, messageOfJson } from './cap-json.ts';

const warningsOf = (value: unknown): unknown[] | undefined => {
  const warnings = fieldOf(value, 'warnings');
  return Array.isArray(warnings) ? warnings : undefined;
};

/** The lists of feeds.meteoalarm.org (api/v1/warnings/feeds-…): CAP messages of a country's weather service as JSON. */
export const meteoalarmJson: Format = {
  name: 'meteoalarm-json',
  recognises: document => {
    if (document.kind !== 'json') return false;
    const warnings = warningsOf(document.value);
    if (warnings === undefined) return false;
    // A country without warnings is an empty list and nothing else.
    if (warnings.length === 0) return isObject(document.value) && Object.keys(document.value).length === 1;
    return warnings.some(warning => isCapJson(fieldOf(warning, 'alert')));
  },
  read: document =>
    (document.kind === 'json' ? (warningsOf(document.value) ?? []) : []).map((warning, index) => {
      const alert = fieldOf(warning, 'alert');
      const id = textIn(fieldOf(alert, 'identifier')) ?? textIn(fieldOf(warning, 'uuid'));
      return readItem(`warnings[${index}]`, plainText(id), () => {
        if (!isObject(alert)) throw new ItemRejected('no alert');
        return alertDraftOf(messageOfJson(alert, 'alert/'));
      });
    }),
};
