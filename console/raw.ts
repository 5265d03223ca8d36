/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { FeedDocument } from '../functions/alerts/documents/document.ts';
import { valueAt } from '../functions/alerts/documents/place.ts';
import type { XmlElement } from '../functions/alerts/documents/xml.ts';
import { el } from './dom.ts';
import { askText } from './session.ts';
import { count } from './words.ts';

/** A longer text is cut on the screen: a browser that stands still helps nobody. */
const MOST_SHOWN = 400_000;

/** A place in a kept message: the item, and the field in it that something was read from. */
export type RawPlace = { rawDigest: string; item: string; place?: string | undefined };

const elementOf = (node: Element): XmlElement => ({
  name: node.localName,
  namespace: node.namespaceURI ?? '',
  attributes: Object.fromEntries([...node.attributes].map(each => [each.localName, each.value])),
  children: [...node.children].map(elementOf),
  text: [...node.childNodes]
    .filter(child => child.nodeType === Node.TEXT_NODE || child.nodeType === Node.CDATA_SECTION_NODE)
    .map(child => child.textContent ?? '')
    .join(''),
});

/** One item of a message as text, and the value at the place; undefined when the text cannot be taken apart here. */
export function itemIn(
  text: string,
  { item, place }: RawPlace,
): { item: string; value?: string } | undefined {
  const body = text.replace(/^\uFEFF/, '').trim();
  try {
    if (!body.startsWith('<')) {
      const document: FeedDocument = { kind: 'json', value: JSON.parse(body) };
      const found = valueAt(document, item);
      const value = place === undefined ? undefined : valueAt(document, place);
      return found === undefined
        ? undefined
        : { item: JSON.stringify(JSON.parse(found), null, 2), ...(value !== undefined && { value }) };
    }
    // Parsed as XML it stays data: nothing of it is run, fetched or put into this page but as text.
    const parsed = new DOMParser().parseFromString(body, 'application/xml');
    const [, name = '', index = '0'] = /^([^[/]+)(?:\[(\d+)\])?$/.exec(item) ?? [];
    const node = parsed.getElementsByTagNameNS('*', name)[Number(index)];
    if (!node || parsed.querySelector('parsererror')) return undefined;
    const value =
      place === undefined
        ? undefined
        : valueAt({ kind: 'xml', root: elementOf(parsed.documentElement) }, place);
    return { item: new XMLSerializer().serializeToString(node), ...(value !== undefined && { value }) };
  } catch {
    return undefined;
  }
}

/** Opens a kept message as text: first the item that is meant, the whole on a button. */
export async function showRaw(at: RawPlace): Promise<void> {
  const heading = el('h2', { tabindex: -1, id: 'raw-title' }, 'Message as it came');
  const about = el('p', { class: 'quiet', role: 'status' }, 'Reading…');
  const pre = el('pre', { tabindex: 0, 'aria-label': 'Text of the message', hidden: true });
  const other = el('button', { type: 'button', hidden: true }, 'Whole message');
  const dialog = el(
    'dialog',
    { class: 'raw', 'aria-labelledby': 'raw-title' },
    heading,
    about,
    pre,
    el(
      'footer',
      {},
      other,
      el('button', { type: 'button', class: 'primary', click: () => dialog.close() }, 'Close'),
    ),
  );
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  heading.focus();
  const answer = await askText(`/api/messages/${at.rawDigest}`);
  if (!('value' in answer)) {
    about.textContent =
      'refused' in answer
        ? `${answer.refused.title}. ${answer.refused.detail}`
        : 'No answer from the system. Close this and open it again.';
    return;
  }
  const found = itemIn(answer.value, at);
  const digest = `SHA-256 ${at.rawDigest}`;
  const show = (whole: boolean) => {
    const text = whole || !found ? answer.value : found.item;
    about.replaceChildren(
      whole || !found ? 'The whole message' : `Item ${at.item}`,
      ...(at.place !== undefined && at.place !== at.item
        ? [`, read at ${at.place}`, ...(found?.value ? [': ', el('b', {}, found.value.slice(0, 300))] : [])]
        : []),
      el('br'),
      el('small', {}, digest),
      ...(text.length > MOST_SHOWN
        ? [
            el('br'),
            `Only the first ${MOST_SHOWN.toLocaleString('en')} of ${count(text.length, 'character')} are shown.`,
          ]
        : []),
    );
    pre.textContent = text.slice(0, MOST_SHOWN);
    pre.hidden = false;
    pre.scrollTop = 0;
    other.hidden = !found;
    other.textContent = whole ? `Only ${at.item}` : 'Whole message';
    other.onclick = () => show(!whole);
  };
  show(false);
}

/** A button that looks like a link and opens a kept message. */
export const rawLink = (at: RawPlace, label: string, key: string): HTMLElement =>
  el('button', { type: 'button', class: 'link', 'data-key': key, click: () => void showRaw(at) }, label);
