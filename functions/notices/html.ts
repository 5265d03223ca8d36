/** HTML that is safe to place in a page as it stands. */
export type Html = { readonly html: string };

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes a text for the inside of an element or a quoted attribute. */
function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, character => ENTITIES[character]!);
}

type Value = Html | string | number | null | readonly (Html | null)[];

const toHtml = (value: Value): string => {
  if (value === null) return '';
  if (Array.isArray(value)) return value.map(toHtml).join('');
  return typeof value === 'object' && 'html' in value ? value.html : escapeHtml(String(value));
};

/** A template whose values are escaped unless they are HTML already; null is nothing. */
export function html(strings: TemplateStringsArray, ...values: Value[]): Html {
  return { html: strings.map((text, at) => text + (at < values.length ? toHtml(values[at]!) : '')).join('') };
}

/** Wording with {placeholders} and `*bold*` parts; what is filled in is text and stays text. */
export function phrase(wording: string, values: Readonly<Record<string, string>>): Html {
  const bold = escapeHtml(wording).replaceAll(/\*([^*]+)\*/g, '<b>$1</b>');
  const filled = bold.replaceAll(/\{(\w+)\}/g, (_, key: string) => {
    const value = values[key];
    if (value === undefined) throw new RangeError(`The wording asks for {${key}}, which has no value.`);
    return escapeHtml(value);
  });
  return { html: filled };
}
