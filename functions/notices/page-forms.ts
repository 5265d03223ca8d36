import type { Offer } from '../domain/deployment.ts';
import { isBefore } from '../domain/time.ts';
import { NOTE_LENGTH, type PageAnswer } from './answer-form.ts';
import { type Html, html } from './html.ts';
import type { AnswerPage } from './page-state.ts';
import type { PageWording } from './page-wording.ts';

type Button = { answer: PageAnswer; label: string; plain?: boolean };

/** One form: its buttons answer, `inside` goes with them. */
const form = (offer: Offer, buttons: readonly Button[], inside: Html | null = null): Html =>
  html`<form method="post"><input type="hidden" name="seen" value="${offer.assembleBy}">${inside}${buttons.map(
    ({ answer, label, plain }) =>
      html`<button${plain ? html` class="n"` : null} name="answer" value="${answer}">${label}</button>`,
  )}</form>`;

const details = (summary: string, inside: Html, open = false): Html =>
  html`<details${open ? html` open` : null}><summary>${summary}</summary>${inside}</details>`;

const choices = (legend: Html, labels: readonly string[], chosen?: number): Html =>
  html`<fieldset><legend>${legend}</legend>${labels.map(
    (label, at) =>
      html`<label class="r"><input type="radio" name="note" value="${label}"${at === chosen ? html` checked` : null}> ${label}</label>`,
  )}</fieldset>`;

/** What can be done in a state, each as a POST of its own. */
export function forms(page: AnswerPage, words: PageWording): Html | null {
  const { offer, state } = page;
  const { buttons } = words;
  if (page.audience === 'employer') return employerForms(page, words);
  const no: Button = { answer: 'no', label: buttons.no, plain: true };
  switch (state) {
    case 'open':
      return form(offer, [
        { answer: 'yes', label: offer.kind === 'standby' ? buttons.yesStandby : buttons.yes },
        no,
      ]);
    case 'changed':
      return form(offer, [
        { answer: 'yes', label: buttons.stillYes },
        { ...no, label: buttons.stillNo },
      ]);
    case 'too late':
      return offer.kind === 'availability'
        ? null
        : form(offer, [
            { answer: 'standby', label: buttons.lateYes },
            { ...no, label: buttons.lateNo },
          ]);
    case 'accepted': {
      const change = details(words.changeAnswer, form(offer, [{ ...no, label: buttons.noAfterAll }]));
      return html`${offer.kind === 'seat' && offer.employer === null ? employerStands(page, words) : null}${change}`;
    }
    case 'declined': {
      const { legend, optional, choices: reasons } = words.whyNot;
      const why = choices(html`${legend} <small>${optional}</small>`, reasons);
      const again: Button = {
        answer: offer.finalWord === null && isBefore(page.now, offer.answerBy) ? 'yes' : 'standby',
        label: buttons.yesAfterAll,
        plain: true,
      };
      const canReturn = offer.kind !== 'availability' || again.answer === 'yes';
      return html`${form(offer, [{ answer: 'note', label: buttons.send, plain: true }], why)}${
        canReturn ? details(words.changeAnswer, form(offer, [again])) : null
      }`;
    }
    case 'go':
      return form(offer, [
        { answer: 'coming', label: buttons.coming },
        { answer: 'problem', label: buttons.problem, plain: true },
      ]);
    case 'stood down':
      return form(offer, [{ answer: 'read', label: buttons.read }]);
    default:
      return null;
  }
}

/** How the employer stands, in the member's words: a note for the desk, never a consent. */
function employerStands({ offer }: AnswerPage, words: PageWording): Html {
  const { legend, choices: labels, who } = words.employerStands;
  const name = html`<p><label for="who">${who}</label><input id="who" type="text" name="note" maxlength="100" autocomplete="off"></p>`;
  return form(
    offer,
    [{ answer: 'note', label: words.buttons.send, plain: true }],
    html`${choices(html`${legend}`, labels, 1)}${name}`,
  );
}

function employerForms({ offer, state }: AnswerPage, { buttons, changeAnswer }: PageWording): Html | null {
  const disagree: Button = { answer: 'no', label: buttons.disagree, plain: true };
  if (state === 'open' || state === 'changed')
    return form(offer, [{ answer: 'yes', label: buttons.agree }, disagree]);
  return state === 'accepted' ? details(changeAnswer, form(offer, [disagree])) : null;
}

/** "I want to add something": open when a note has to be shown again. */
export function noteForm(page: AnswerPage, words: PageWording): Html | null {
  const { offer, state, typed = '' } = page;
  if (state === 'filled' || state === 'home') return null;
  const area = html`<label for="note">${words.noteLabel}</label><textarea id="note" name="note" maxlength="${NOTE_LENGTH}">${'\n'}${typed}</textarea>`;
  return details(
    words.addSomething,
    form(offer, [{ answer: 'note', label: words.buttons.send, plain: true }], area),
    typed !== '',
  );
}

/** SMS codes are answered while there is something to answer. */
export function canAnswerBySms({ audience, state }: AnswerPage): boolean {
  if (audience === 'employer') return state === 'open';
  return state === 'open' || state === 'accepted' || state === 'changed';
}
