/// <reference lib="dom" />
import { isUndecided } from '../functions/deployments/states.ts';
import { card, el, part } from './dom.ts';
import { goodsMissing, type Whole } from './whole.ts';
import { deskTime, masked } from './words.ts';

/** The goods of a deployment and its timeline, newest first. */
export function showRecord(main: HTMLElement, d: Whole, now: () => number): void {
  part(main, 'goods', [d.goodsLines, d.goods], () => {
    const missing = goodsMissing(d);
    if (d.goods.length === 0 && d.goodsLines.length === 0) return [];
    const rows = d.goodsLines.map(line =>
      el(
        'tr',
        {},
        el('td', {}, line.quantity.toLocaleString('en')),
        el('td', {}, line.item),
        el('td', {}, line.warehouseId),
        el('td', {}, deskTime(line.arrivesAt, now())),
        el('td', {}, line.state),
        el('td', {}, el('small', {}, line.reason.en)),
      ),
    );
    return [
      card(
        'Goods',
        null,
        rows.length > 0 &&
          el(
            'div',
            { class: 'scroll' },
            el(
              'table',
              {},
              el(
                'thead',
                {},
                el(
                  'tr',
                  {},
                  ['Quantity', 'Item', 'Warehouse', 'Arrives', 'State', 'Why'].map(head =>
                    el('th', { scope: 'col' }, head),
                  ),
                ),
              ),
              el('tbody', {}, rows),
            ),
          ),
        missing.length > 0 &&
          el(
            'p',
            { class: 'in' },
            isUndecided(d)
              ? `Reserved when it is approved: ${missing.join(', ')}.`
              : `Not reserved: ${missing.join(', ')}.`,
          ),
      ),
    ];
  });

  part(main, 'timeline', d.timeline.length, () => {
    const lines = [...d.timeline].sort((a, b) => b.at.localeCompare(a.at));
    const line = (each: (typeof lines)[number]) =>
      el(
        'li',
        {},
        el('time', { datetime: each.at, title: each.at }, deskTime(each.at, now())),
        el('span', {}, masked(each.what), el('small', {}, ` ${each.who}`)),
      );
    return [
      card(
        'Timeline',
        el('span', {}, String(lines.length)),
        el('ol', { class: 'in timeline' }, lines.slice(0, 20).map(line)),
        lines.length > 20 &&
          el(
            'details',
            { class: 'in' },
            el('summary', { 'data-key': 'older' }, `${lines.length - 20} older`),
            el('ol', { class: 'timeline' }, lines.slice(20).map(line)),
          ),
      ),
    ];
  });
}
