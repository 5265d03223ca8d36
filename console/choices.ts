/// <reference lib="dom" />

import type { Decision } from './decisions.ts';
import { el, level } from './dom.ts';
import { entered, facts, field, noteField, reasonField, text, withNote, withReason } from './fields.ts';
import { gapLines, needsTwo, nextStage, openGaps, peopleAsked, titleOf } from './waiting.ts';
import { goodsMissing, standDownCounts, type Whole } from './whole.ts';
import { count, deskTime, readMoment, roleName, teamName } from './words.ts';

const stillToGive = (d: Whole): boolean => needsTwo(d) && d.approvals.length === 0;

/** Approval: says how many people are asked, and who gave the first when it is the second. */
export const approval = (now: () => number): Decision => ({
  action: 'approve',
  title: d => `Approve: ${titleOf(d)}?`,
  facts: d => {
    const { seats, standby } = peopleAsked(d.teams);
    const windows = [...new Set(d.teams.map(team => team.replyWindowMinutes))].join(' or ');
    const first = d.approvals.at(-1);
    return [
      el(
        'p',
        {},
        level(d.disaster.level),
        ' ',
        d.disaster.title,
        d.request ? ` · request ${d.request.reference}, ${deskTime(d.request.receivedAt, now())}` : '',
      ),
      ...(first
        ? [
            el(
              'p',
              { class: 'note' },
              el('b', {}, `${first.by} gave the first approval`),
              `, ${deskTime(first.at, now())}${first.note ? `: ${first.note}` : '.'}`,
            ),
          ]
        : []),
      ...(stillToGive(d)
        ? [
            el(
              'p',
              { class: 'note warn' },
              el('b', {}, 'This is the first of two approvals.'),
              ' Nobody is asked until another approver gives the second.',
            ),
          ]
        : []),
      el('h3', {}, stillToGive(d) ? 'When both are given' : 'When you approve, at once'),
      ...facts(
        ...(seats > 0
          ? [
              `${count(seats + standby, 'person', 'people')} are asked: ${seats} for seats, ${standby} for stand-by. They have ${windows} minutes to answer.`,
              `${count(seats, 'person', 'people')} are held for these seats.`,
            ]
          : []),
        ...(d.goods.length > 0
          ? [
              `Goods are reserved: ${d.goods.map(each => `${each.quantity.toLocaleString('en')} ${each.item}`).join(', ')}.`,
            ]
          : []),
        'Nobody is told to go: that needs the yes of the person and of the employer.',
      ),
      el('p', { class: 'quiet' }, 'To undo it, stand the deployment down: everyone asked gets a final word.'),
    ];
  },
  verb: d => {
    const { seats, standby } = peopleAsked(d.teams);
    if (stillToGive(d)) return 'Give the first approval';
    return seats > 0
      ? `Approve and ask ${count(seats + standby, 'person', 'people')}`
      : 'Approve and reserve the goods';
  },
  fields: [noteField()],
  filled: withNote,
});

export const increase = (): Decision => ({
  action: 'approve-increase',
  title: d => `Approve the further need: ${titleOf(d)}?`,
  facts: d => {
    const added = peopleAsked(d.increase?.teams ?? []);
    return facts(
      `${count(added.seats, 'seat')} of ${d.increase?.teams.map(team => teamName(team.teamType)).join(' and ') || 'no team'} are called for: the people still missing are asked.`,
      `Goods called for: ${d.increase?.goods.map(each => `${each.quantity.toLocaleString('en')} ${each.item}`).join(', ') || 'none'}.`,
      ...(d.increase?.reasons.map(each => `${each.text} (${each.ruleId})`) ?? []),
    );
  },
  verb: () => 'Approve the further need',
  fields: [noteField()],
  filled: withNote,
});

export const prepareOnly = (): Decision => ({
  action: 'prepare',
  title: d => `Prepare only: ${titleOf(d)}?`,
  facts: d =>
    facts(
      `People are asked whether they could go, for ${count(peopleAsked(d.teams).seats, 'seat')}.`,
      'Nobody is held and nobody is told to go.',
      'It can be done once; the request can be recorded at any time.',
    ),
  verb: () => 'Ask who could go',
  fields: [noteField()],
  filled: withNote,
});

export const rejection = (): Decision => ({
  action: 'reject',
  title: d => `Reject: ${titleOf(d)}?`,
  facts: () => facts('The deployment ends. Nobody is asked to go, nothing is reserved.'),
  verb: () => 'Reject the deployment',
  fields: [reasonField()],
  filled: withReason,
  danger: true,
});

export const standDown = (): Decision => ({
  action: 'stand-down',
  title: d => `Stand down: ${titleOf(d)}?`,
  facts: d => facts(...standDownCounts(d)),
  verb: () => 'Stand down',
  fields: [
    reasonField(),
    field('typed', 'Type STAND DOWN', 'In capital letters. It cannot be undone.', text()),
  ],
  filled: () => {
    const reason = withReason();
    const errors = 'errors' in reason ? reason.errors : [];
    if (entered('typed') !== 'STAND DOWN') errors.push(['typed', 'Type STAND DOWN in capital letters.']);
    return errors.length > 0 ? { errors } : reason;
  },
  danger: true,
});

export const goShort = (): Decision => ({
  action: 'go-short',
  title: d => `Go without ${count(openGaps(d).length, 'seat')}: ${titleOf(d)}?`,
  facts: d =>
    facts(
      `${count(peopleAsked(d.teams).seats - openGaps(d).length, 'person', 'people')} go once each has both consents.`,
      `Left empty: ${gapLines(openGaps(d))
        .map(({ seats }) => seats)
        .join('; ')}.`,
    ),
  verb: d => `Go short of ${count(openGaps(d).length, 'seat')}`,
  fields: [noteField()],
  filled: withNote,
});

export const widening = (): Decision => ({
  action: 'widen',
  title: d => `Widen the search: ${titleOf(d)}?`,
  facts: d =>
    facts(
      `Later arrivals, less experience and people off their rota count for ${count(openGaps(d).length, 'seat')}.`,
      'The team may be ready after its standard.',
      'People found are held and asked at once. It can be done once.',
    ),
  verb: d => `Widen for ${count(openGaps(d).length, 'seat')}`,
  fields: [noteField()],
  filled: withNote,
});

/** The next stage of the mission, at a time that the desk types. */
export const stageReport = (now: () => number): Decision => ({
  action: 'report-stage',
  title: d => `Report: ${nextStage(d) ?? 'no stage'}`,
  facts: d =>
    facts(
      `${count(d.seats.filter(seat => seat.state === 'Confirmed').length, 'person', 'people')} of ${titleOf(d)}.`,
      ...(nextStage(d) === 'home' ? ['Everybody gets a last word and every hold is released.'] : []),
      ...(goodsMissing(d).length > 0 ? [`Goods still not found: ${goodsMissing(d).join(', ')}.`] : []),
    ),
  verb: d => `Report "${nextStage(d) ?? ''}"`,
  fields: [field('at', 'When', "The desk's time: now, 1238, 12:38 or 6 Feb 12:38.", text('now'))],
  filled: d => {
    const at = readMoment(entered('at'), now());
    return at
      ? { body: { stage: nextStage(d), at } }
      : { errors: [['at', 'When was it? Write now, 12:38 or 6 Feb 12:38.']] };
  },
});

/** What a voice on the telephone said, written down by the desk. */
export const answerByVoice = (offerId: string, who: string): Decision => ({
  action: 'record-answer',
  title: () => `Record an answer of ${who}`,
  facts: () => facts('It counts as if the person had answered on the page, and your name stands beside it.'),
  verb: () => 'Record the answer',
  fields: [
    field(
      'from',
      'Who answered',
      'The member of the team, or the employer.',
      el(
        'select',
        {},
        el('option', { value: 'member' }, 'Member'),
        el('option', { value: 'employer' }, 'Employer'),
      ),
    ),
    field(
      'answer',
      'The answer',
      'Read it back before you record it.',
      el(
        'select',
        {},
        el('option', { value: '' }, 'Choose'),
        el('option', { value: 'yes' }, 'Yes'),
        el('option', { value: 'no' }, 'No'),
      ),
    ),
    noteField(),
  ],
  filled: () =>
    entered('answer')
      ? {
          body: {
            offerId,
            from: entered('from'),
            answer: entered('answer'),
            ...(entered('note') && { note: entered('note') }),
          },
        }
      : { errors: [['answer', 'Choose yes or no.']] },
});

export const replacement = (seatId: string, who: string): Decision => ({
  action: 'replace-person',
  title: () => `Replace ${who}: ${seatWords(seatId)}?`,
  facts: () =>
    facts(`${who} gets a final word and is free again.`, 'The next best person is held and asked.'),
  verb: () => `Replace ${who}`,
  fields: [reasonField()],
  filled: () => {
    const reason = withReason();
    return 'errors' in reason ? reason : { body: { ...reason.body, seatId } };
  },
  danger: true,
});

/** "Dog handler 3" of "rescue/dog-handler/03". */
export const seatWords = (seatId: string): string => {
  const [, role = '', number = ''] = seatId.split('/');
  return `${roleName(role)} ${Number(number) || ''}`.trim();
};
