import type { PageWording } from './page-wording.ts';

/** The answer page in English. */
export const pageWordingEn: PageWording = {
  offer: 'Offer',
  drill: 'DRILL · nobody will travel',
  member: {
    open: {
      title: 'Can you go to {place} with the {team}?',
      lead: 'Answer by *{answerByDay} {answerByTime}* {zone} ({answerByUtc} UTC)',
      below: [
        'A yes holds your place. You are *not* told to go until your employer has agreed and the desk confirms. You can change your answer until {answerByTime}.',
      ],
    },
    'open, stand-by': {
      title: 'Can you stand by for {place} with the {team}?',
      lead: 'Answer by *{answerByDay} {answerByTime}* {zone} ({answerByUtc} UTC)',
      below: [
        'Stand-by holds nothing. You go only if a place falls free, and *only* after a message that says “go”. We tell you when stand-by ends.',
      ],
    },
    'open, availability': {
      title: 'Could you go to {place} with the {team}, if a request comes?',
      lead: 'Answer by *{answerByDay} {answerByTime}* {zone} ({answerByUtc} UTC)',
      below: [
        'This is only a question: no request has come, *nobody is going yet* and nothing is held for you. If a request comes, you are asked again.',
      ],
    },
    accepted: {
      title: '✓ Your yes is recorded',
      lead: '{answeredAt}. Your place is held. You are not told to go yet.',
      below: [
        'The desk asks {employer}{employerUntil}. You then get a message that says “go” or “stand down”.',
      ],
    },
    'accepted, both agreed': {
      title: '✓ Your yes is recorded',
      lead: '{answeredAt}. Your place is held and your employer has agreed. You are not told to go yet.',
      below: ['The desk confirms the whole team. You then get a message that says “go” or “stand down”.'],
    },
    'accepted, stand-by': {
      title: '✓ You can stand by: recorded',
      lead: '{answeredAt}. Nothing is held for you. Do not travel.',
      below: ['You get a message that says “go” if a place falls free, and another when stand-by ends.'],
    },
    'accepted, availability': {
      title: '✓ Your yes is recorded',
      lead: '{answeredAt}. Thank you. Nobody is going yet and nothing is held for you.',
      below: ['If a request comes, you are asked again.'],
    },
    go: {
      title: '✓ You are going',
      lead: '{decidedAt}. Your employer has agreed and the desk has confirmed you as {role}.',
      below: ['“Something has come up” tells the desk at once. It is not yet a no: the desk phones you.'],
    },
    declined: {
      title: 'Your no is recorded',
      lead: '{answeredAt}. Thank you for answering: the next person can be asked. Nothing is held for you.',
    },
    'employer declined': {
      title: 'Your employer cannot let you go',
      lead: 'You are not going and nothing is held for you.',
      below: ['Thank you for saying yes. Your answer counts in the record of who was ready.'],
    },
    'employer silent': {
      title: 'Your employer did not agree in time',
      lead: 'The next person has been asked. You are not going and nothing is held for you.',
      below: ['Thank you for saying yes. Your answer counts in the record of who was ready.'],
    },
    changed: {
      title: 'The offer has changed',
      lead: 'Your earlier yes does not count for the new times. Please answer again by *{answerByDay} {answerByTime}* {zone}.',
    },
    'too late': {
      title: 'Time to answer ended at {answerByTime}',
      lead: 'It is {now} ({zone}). The next person is asked.',
      below: [
        'If you can still go, say so: you join the stand-by list and the desk sees it at once. It holds no seat.',
      ],
    },
    'too late, availability': {
      title: 'Time to answer ended at {answerByTime}',
      lead: 'It is {now} ({zone}). Nothing is asked of you now.',
    },
    filled: {
      title: 'All seats are filled',
      lead: 'You are not needed for this mission. You are free: nothing is held for you. Do not travel.',
      below: ['Thank you. Your answer counts in the record of who was ready.'],
    },
    'stood down': {
      title: 'Stand down: you are not going',
      lead: '{decidedAt}. The desk has ended this mission for you. Do not travel. Nothing is held for you.',
      below: ['If you are already on the way, call the desk first.'],
    },
    home: {
      title: 'Welcome home',
      lead: '{decidedAt}. Your mission to {place} is closed and your rest begins. Thank you.',
      below: ['If you are not well, now or later, call the desk.'],
    },
  },
  employer: {
    open: {
      title: 'May {person} go with JDR, {assembleDay} to {homeDay}?',
      lead: 'Answer by *{answerByDay} {answerByTime}* {zone} ({answerByUtc} UTC)',
      below: ['{person} has said yes. Without your agreement {person} is *not* told to go.'],
    },
    accepted: {
      title: '✓ Your agreement is recorded',
      lead: '{answeredAt}. The desk tells you whether {person} goes.',
    },
    declined: {
      title: 'Your no is recorded',
      lead: '{answeredAt}. {person} is not told to go. Thank you for answering.',
    },
    'too late': {
      title: 'Time to answer ended at {answerByTime}',
      lead: 'It is {now} ({zone}). {person} is not going. No answer is needed any more.',
    },
    go: {
      title: '✓ {person} is going',
      lead: '{decidedAt}. The desk has confirmed {person} as {role}. Thank you for agreeing.',
    },
    filled: {
      title: 'No answer is needed any more',
      lead: '{person} is not going on this mission. Thank you.',
    },
    'stood down': {
      title: 'Stand down: {person} is not going',
      lead: 'The desk has ended this mission for {person}. No answer is needed. Thank you.',
    },
    home: {
      title: '{person} is home',
      lead: '{decidedAt}. The mission is closed. Thank you for letting a colleague go.',
    },
  },
  unknown: {
    title: 'This link no longer works',
    lead: 'It is too old, was replaced by a newer one, or was copied incompletely.',
    below: ['Open the link in your newest message. If you have none, nothing is asked of you now.'],
  },
  facts: {
    disaster: 'Disaster',
    role: 'Your role',
    team: 'Team',
    assembly: 'Be at',
    home: 'Home',
    bring: 'Bring',
    person: 'Role',
  },
  factValues: {
    disaster: '{hazard}, {occurred}',
    home: 'about {homeDay} ({days} days)',
    unchanged: '{value}, as before',
  },
  buttons: {
    yes: 'Yes, I can go',
    no: 'No, I cannot go',
    yesStandby: 'Yes, I can stand by',
    stillYes: 'Yes, I can still go',
    stillNo: 'No, not any more',
    lateYes: 'I could still go',
    lateNo: 'I cannot go',
    noAfterAll: 'No, I cannot go after all',
    yesAfterAll: 'I can go after all',
    coming: 'I will be there',
    problem: 'Something has come up',
    read: 'I have read this',
    send: 'Send',
    agree: 'Yes, we agree',
    disagree: 'No, we do not agree',
  },
  yourEmployer: 'your employer',
  until: ', who may answer until {moment}',
  changeAnswer: 'Change my answer',
  addSomething: 'I want to add something',
  noteLabel: 'The desk reads this (at most 500 characters)',
  employerStands: {
    legend: 'Has your employer agreed?',
    choices: ['Employer: yes', 'Employer: not yet, please ask them', 'Employer: they said no'],
    who: 'Who said so (if you can name them)',
  },
  whyNot: {
    legend: 'Why?',
    optional: 'You may skip this',
    choices: ['On another mission or on leave', 'Ill or injured', 'Family', 'Work'],
  },
  messages: {
    'nothing chosen': 'Nothing was sent: please press one of the buttons.',
    'unknown answer': 'Nothing was sent: that answer is not known. Please press one of the buttons.',
    'note too long': 'Not sent: the note is longer than 500 characters. It is kept below; please shorten it.',
    'note is empty': 'Not sent: the note is empty.',
    'not recorded': 'It could not be recorded just now. Please press the button again, or call the desk.',
    'terms changed':
      'Not recorded: the desk changed the times while this page was open. Please read and answer again.',
    'answer unclear': 'Your earlier message was neither a yes nor a no. Please press one of the buttons.',
    'no longer possible': 'Not recorded: that answer is no longer possible. This page shows how it stands.',
    noted: 'Thank you. The desk has what you wrote.',
    'told the desk': 'The desk has been told and will phone you.',
    'thank you': 'Thank you. It is recorded.',
  },
  footer: {
    phone: 'Phone',
    sms: 'Or answer the SMS: *{short} YES* or *{short} NO*.',
    private: 'Meant for one person. Opening this page answers nothing. If you did not expect it, close it.',
  },
};
