/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { countdown, span } from './words.ts';

type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | number | boolean | undefined | ((event: Event) => void)>;

/** An element. Text goes in as text alone, never as markup; a function is a listener, `false` leaves an attribute out. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Child | Child[])[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value !== undefined && value !== false)
      element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(
    ...children
      .flat()
      .filter((child): child is Node | string => child !== null && child !== undefined && child !== false),
  );
  return element;
}

/** A symbol of the page's sprite. The word stands beside it or in a name, so it is hidden from screen readers. */
export function icon(name: string): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `#i-${name}`);
  svg.append(use);
  return svg;
}

/** The level as shape and word. */
export const level = (word: string): HTMLElement =>
  el('span', { class: `level ${word.toLowerCase()}` }, icon(word.toLowerCase()), word);

export const byId = <T extends HTMLElement = HTMLElement>(id: string): T => document.getElementById(id) as T;

const shownModels = new WeakMap<Element, string>();

/**
 * A part of the page that is built anew only when what it shows has changed, so that nothing moves under a pointer;
 * the focus stays on the same control, and what was folded out stays so.
 */
export function part(host: Element, id: string, model: unknown, build: () => (Node | string)[]): void {
  let place = host.querySelector(`:scope > [data-part="${id}"]`);
  if (!place) {
    place = el('div', { 'data-part': id });
    host.append(place);
  }
  const now = JSON.stringify(model) ?? '';
  if (shownModels.get(place) === now) return;
  shownModels.set(place, now);
  const focused = place.contains(document.activeElement)
    ? document.activeElement?.getAttribute('data-key')
    : null;
  const opened = [...place.querySelectorAll('details[open] > summary')].map(at =>
    at.getAttribute('data-key'),
  );
  place.replaceChildren(...build());
  for (const summary of place.querySelectorAll('details > summary'))
    if (opened.includes(summary.getAttribute('data-key') ?? ''))
      summary.parentElement?.setAttribute('open', '');
  if (focused)
    place.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

/** A card with a heading. */
export const card = (heading: string, aside: Child, ...children: (Child | Child[])[]): HTMLElement =>
  el(
    'section',
    { class: 'card', 'aria-label': heading },
    el('header', {}, el('h2', {}, heading), aside),
    ...children,
  );

/** A table that scrolls by itself where it is wider than the screen. */
export const table = (kind: string, caption: string, heads: string[], rows: HTMLElement[]): HTMLElement =>
  el(
    'div',
    { class: `scroll ${kind}` },
    el(
      'table',
      {},
      el('caption', { class: 'unseen' }, caption),
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          heads.map(head => el('th', { scope: 'col' }, head)),
        ),
      ),
      el('tbody', {}, rows),
    ),
  );

/** Time left to a moment, kept by `tick`. */
export const timeLeft = (until: string): HTMLElement => el('span', { class: 'left', 'data-until': until });

/** Time since a moment, kept by `tick`. */
export const age = (since: string): HTMLElement => el('span', { 'data-since': since });

/** Sets every time left and every age of the page to the server's now (epoch milliseconds). */
export function tick(now: number): void {
  for (const element of document.querySelectorAll<HTMLElement>('[data-until]')) {
    const { text, unit, late } = countdown(element.dataset.until ?? '', now);
    const words = unit ? `${text} ${unit}` : text;
    if (element.textContent !== words) element.textContent = words;
    element.classList.toggle('late', late);
  }
  for (const element of document.querySelectorAll<HTMLElement>('[data-since]'))
    element.textContent = span(now - Date.parse(element.dataset.since ?? ''));
}
