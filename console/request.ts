/// <reference lib="dom" />
import { decide } from './decisions.ts';
import type { Filled } from './dialog.ts';
import { byId, el } from './dom.ts';
import { entered, facts, field, text } from './fields.ts';
import type { Whole } from './whole.ts';
import { deskTime, readMoment } from './words.ts';

/** The four answers of the request; the standard of every team runs from the time of receipt. */
export function recordRequest(d: Whole, now: () => number): void {
  const received = text('');
  const radio = (value: string, label: string) =>
    el(
      'label',
      { class: 'row' },
      el('input', { type: 'radio', name: 'conflict', value, id: `conflict-${value}` }),
      label,
    );
  const fields = [
    field(
      'reference',
      'Reference of the request',
      'As written on it, for example NV 2023/114.',
      text(d.request?.reference),
    ),
    field('received', 'Received at', "The desk's time: 1238, 12:38, 6 Feb 12:38 or now.", received),
    field(
      'channel',
      'Channel',
      'How it came: note verbale, embassy by telephone, UN.',
      text(d.request?.channel),
    ),
    el(
      'fieldset',
      {},
      el('legend', {}, 'Was the disaster caused by armed conflict?'),
      radio('no', 'No'),
      radio('yes', 'Yes: this refuses the deployment (rule GATE-CONFLICT), and it cannot be undone'),
    ),
  ];
  received.addEventListener('input', () => {
    const at = readMoment(received.value, now());
    byId('received-hint').textContent = at
      ? `${deskTime(at, now())} · ${at.slice(11, 16)} UTC`
      : "The desk's time: 1238, 12:38, 6 Feb 12:38 or now.";
  });
  const filled = (): Filled => {
    const receivedAt = readMoment(received.value, now());
    const conflict = document.querySelector<HTMLInputElement>('input[name=conflict]:checked')?.value;
    const errors: [string, string][] = [];
    if (!entered('reference')) errors.push(['reference', 'Give the reference of the request.']);
    if (!receivedAt)
      errors.push(['received', 'When was the request received? Write 12:38, 6 Feb 12:38 or now.']);
    if (!entered('channel')) errors.push(['channel', 'Say how the request came.']);
    if (!conflict) errors.push(['conflict-no', 'Say whether armed conflict caused the disaster.']);
    if (errors.length > 0) return { errors };
    return {
      body: {
        request: {
          reference: entered('reference'),
          receivedAt,
          channel: entered('channel'),
          conflictCaused: conflict === 'yes',
        },
      },
    };
  };
  decide(
    {
      action: 'record-request',
      title: whole => `Record the request of ${whole.disaster.countryName}`,
      facts: whole =>
        facts(
          'Nobody is asked yet: an approver decides next.',
          'The time to be ready runs from when the request was received.',
          ...(whole.approvals.length > 0 ? ['Approvals given so far no longer count.'] : []),
        ),
      verb: () => 'Record the request',
      fields,
      filled,
    },
    d,
  );
}
