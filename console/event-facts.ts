/// <reference lib="dom" />
import { card, el, level, part, table } from './dom.ts';
import { type Outline, outlineOf } from './outline.ts';
import { type RawPlace, rawLink } from './raw.ts';
import { measureName, type WholeEvent } from './whole-event.ts';
import { count, utcTime } from './words.ts';

/** More areas than this fold in: a flood warning has hundreds. */
const MOST_AREAS = 12;

/** The message and the place that a field was read from, as something that opens it. */
function originOf(event: WholeEvent, field: string): HTMLElement | string {
  const origin = event.provenance[field];
  if (!origin) return 'not recorded';
  const entry = event.alerts.find(each => each.alertId === origin.alertId);
  const at: RawPlace = {
    rawDigest: origin.rawDigest,
    item: entry?.rawPlace ?? origin.place,
    place: origin.place,
  };
  return el(
    'span',
    { class: 'origin' },
    entry?.source ?? origin.alertId,
    ' ',
    rawLink(at, origin.place, `raw ${field}`),
  );
}

const degrees = (value: number, [positive, negative]: [string, string]): string =>
  `${Math.abs(value).toFixed(3)}° ${value < 0 ? negative : positive}`;
const latitude = (value: number): string => degrees(value, ['N', 'S']);
const longitude = (value: number): string => degrees(value, ['E', 'W']);

function drawing({ width, height, paths, mark, south, north, west, east }: Outline): HTMLElement {
  const shape = (name: string, attributes: Record<string, string | number>) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    return element;
  };
  const svg = shape('svg', {
    class: 'outline',
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: 'img',
    'aria-label': `Outline of the area from ${latitude(south)} to ${latitude(north)} and ${longitude(west)} to ${longitude(east)}, north is up`,
  });
  svg.append(
    ...paths.map(d => shape('path', { d })),
    ...(mark ? [shape('circle', { cx: mark.x, cy: mark.y, r: 3.5 })] : []),
  );
  return el(
    'figure',
    {},
    svg,
    el(
      'figcaption',
      { class: 'hint' },
      `${latitude(south)} to ${latitude(north)}, ${longitude(west)} to ${longitude(east)}; north is up`,
    ),
  );
}

/** How bad in each source's own scale, every measure with the place it was read from, where, and which areas. */
export function showFacts(host: Element, event: WholeEvent): void {
  part(host, 'levels', [event.level, event.levelRule, event.sources, event.provenance.level], () => [
    card(
      'How bad, in each source’s own scale',
      null,
      table(
        'levels',
        'Levels by source',
        ['Source', 'Own scale', 'Common level', 'Rule'],
        event.sources.flatMap(({ accountId, says }) =>
          says.map(voice => {
            const said = voice.judged ?? voice;
            return el(
              'tr',
              {},
              el('td', {}, accountId),
              el(
                'td',
                {},
                said.sourceLevel ? `${said.sourceLevel.scale}: ${said.sourceLevel.value}` : 'gives none',
              ),
              el('td', {}, level(voice.level)),
              el('td', {}, el('small', {}, voice.levelRule)),
            );
          }),
        ),
      ),
      el(
        'p',
        { class: 'in row wrap foot' },
        'Common level ',
        level(event.level),
        ` by the rule ${event.levelRule}, from `,
        originOf(event, 'level'),
      ),
    ),
  ]);

  part(host, 'measures', [event.measures, event.provenance], () =>
    event.measures.length === 0
      ? []
      : [
          card(
            'Measures',
            el('span', {}, String(event.measures.length)),
            table(
              'measures',
              'Measures with the message and the place each was read from',
              ['What', 'Value', 'From'],
              event.measures.map(({ name, value, unit }) =>
                el(
                  'tr',
                  {},
                  el('td', {}, measureName(name, unit)),
                  el(
                    'td',
                    {},
                    el('b', {}, value.toLocaleString('en', { maximumFractionDigits: 3 })),
                    ` ${unit}`,
                  ),
                  el('td', {}, originOf(event, `measures.${name}`)),
                ),
              ),
            ),
          ),
        ],
  );

  part(
    host,
    'where',
    [event.position, event.footprint, event.countries, event.provenance.position, event.provenance.footprint],
    () => {
      const points = event.footprint?.reduce((sum, ring) => sum + ring.length, 0) ?? 0;
      const outline = outlineOf(event.footprint ?? [], event.position);
      return [
        card(
          'Where',
          el('span', {}, event.countries.join(', ') || 'no country given'),
          el(
            'div',
            { class: 'in lines' },
            el(
              'p',
              {},
              event.position
                ? [
                    el(
                      'b',
                      {},
                      `${latitude(event.position.latitude)} ${longitude(event.position.longitude)}`,
                    ),
                    ', from ',
                    originOf(event, 'position'),
                  ]
                : 'No source gives a position.',
            ),
            el(
              'p',
              {},
              event.footprint
                ? [
                    `Area of ${count(event.footprint.length, 'outline')} with ${count(points, 'point')}, from `,
                    originOf(event, 'footprint'),
                  ]
                : 'No source gives an area.',
            ),
            outline && drawing(outline),
          ),
        ),
      ];
    },
  );

  part(host, 'areas', [event.areas, event.provenance.areas], () => {
    if (event.areas.length === 0) return [];
    const live = event.areas.filter(area => area.state === 'live');
    const over = event.areas.filter(area => area.state === 'over');
    const rows = [...live, ...over].map(area =>
      el(
        'tr',
        {},
        el(
          'td',
          {},
          area.name || 'without a name',
          area.codes.length > 0 && [el('br'), el('small', {}, area.codes.join(', '))],
        ),
        el('td', {}, area.state === 'live' ? el('b', {}, 'live') : 'over'),
        el('td', {}, level(area.level)),
        el('td', {}, area.endsAt ? utcTime(area.endsAt) : 'no end given'),
      ),
    );
    const heads = ['Area', 'State', 'Level', 'Until'];
    return [
      card(
        'Areas',
        el('span', {}, `${live.length} live, ${over.length} over`),
        table('areas', 'Areas, live ones first', heads, rows.slice(0, MOST_AREAS)),
        rows.length > MOST_AREAS &&
          el(
            'details',
            { class: 'in' },
            el('summary', { 'data-key': 'areas' }, `${rows.length - MOST_AREAS} more`),
            table('areas', 'Further areas', heads, rows.slice(MOST_AREAS)),
          ),
        el('p', { class: 'in foot' }, 'From ', originOf(event, 'areas')),
      ),
    ];
  });
}
