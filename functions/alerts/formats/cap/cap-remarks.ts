import type { MessageType } from '../../../domain/alert.ts';
import { plainText } from '../../documents/plain-text.ts';
import type { CapInfo, CapMessage } from './cap-message.ts';

/** The values of CAP 1.2, in lower case, and those that older versions and careless senders use for them. */
const vocabulary = {
  urgency: /^(immediate|expected|future|past|unknown)$/i,
  severity: /^(extreme|severe|moderate|minor|unknown)$/i,
  // "Very Likely" is of CAP 1.0 and means Likely.
  certainty: /^(observed|very likely|likely|possible|unlikely|unknown)$/i,
} as const;

const remarkOnInfo = (info: CapInfo, message: CapMessage) => {
  const { remarks } = message;
  if (info.event === '') remarks.push('no event');
  // CAP 1.0 had no category yet.
  if (info.categories.length === 0 && message.version !== '1.0') remarks.push('no category');
  for (const name of ['urgency', 'severity', 'certainty'] as const) {
    const text = info[name];
    if (text === '') remarks.push(`no ${name}`);
    else if (!vocabulary[name].test(text))
      remarks.push(`${name} "${plainText(text).slice(0, 40)}" is none that CAP has`);
  }
  if (info.areas.some(area => area.name === '')) remarks.push('an area without areaDesc');
};

/** Notes what CAP forbids and a reader can do without. `type` as written, before an Alert with references became an Update. */
export const remarkOnMessage = (message: CapMessage, type: MessageType): void => {
  const { remarks } = message;
  for (const name of ['identifier', 'sender'] as const)
    if (/[\s,<&]/.test(message[name]))
      remarks.push(`${name} has a blank, comma, "<" or "&", which CAP forbids`);
  if (type !== 'Alert' && message.references.length === 0) remarks.push(`${type} without references`);
  for (const info of message.infos) remarkOnInfo(info, message);
};
