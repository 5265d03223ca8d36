import type { NoticeSubjects, NoticeWording } from './wording.ts';

/** What messages say in English. One or two GSM segments each by SMS. */
export const wordingEn: NoticeWording = {
  notices: {
    offer: {
      sms: '{desk}: can you go to {place} ({hazard}) as {role}, {team}? Be at {assembly} {assembleBy}, home {home}. Answer by {answerBy}: {code} YES or {code} NO, or {link}',
      email:
        'Can you go to {place} with the {team}?\n\nAnswer by {answerBy}.\n\n{facts}\n\n{howTo}\n\nA yes holds your place. You are NOT told to go until your employer has agreed and the desk confirms. You can change your answer until {answerBy}.',
    },
    'standby offer': {
      sms: '{desk}: stand-by for {place} ({hazard}) as {role}, {team}? You go only if a place falls free: {assembly} {assembleBy}, home {home}. By {answerBy}: {code} YES or {code} NO, or {link}',
      email:
        'Can you stand by for {place} with the {team}?\n\nAnswer by {answerBy}.\n\n{facts}\n\n{howTo}\n\nStand-by holds nothing: you go only if a place falls free, and only after a message that says GO.',
    },
    availability: {
      sms: '{desk}: could you go to {place} ({hazard}) as {role}? Only a question: no request has come and nobody is going yet. From {assembleBy}, home {home}. By {answerBy}: {code} YES or {code} NO, or {link}',
      email:
        'Could you go to {place} with the {team}, if a request comes?\n\nThis is only a question: no request has come, nothing is held for you and nobody is going yet. Answer by {answerBy}.\n\n{facts}\n\n{howTo}',
    },
    'answer recorded': {
      sms: '{desk}: your yes for {place} is recorded ({code}). Do NOT leave yet: wait for GO or STAND DOWN from us. To change: {code} NO',
      email:
        'Your yes for {place} is recorded. Your place is held.\n\nYou are NOT told to go yet. Your employer is asked and the desk confirms; then you get a message that says GO or STAND DOWN.\n\nTo change your answer until {answerBy}: {link}\n\n{facts}',
    },
    'answer recorded, stand-by': {
      sms: '{desk}: you can stand by for {place}: recorded ({code}). Nothing is held. Go only if we say GO. To change: {code} NO',
      email:
        'Recorded: you can stand by for {place}.\n\nNothing is held for you. You go only after a message that says GO. To change your answer: {link}\n\n{facts}',
    },
    'answer recorded, availability': {
      sms: '{desk}: thank you, your yes about {place} is recorded ({code}). Nobody is going yet. If a request comes, we ask you again.',
      email:
        'Thank you: your yes about {place} is recorded.\n\nNobody is going yet and nothing is held for you. If a request comes, you are asked again.',
    },
    'answer unclear': {
      sms: '{desk}: we could not read your answer about {place}. Please send only {code} YES or {code} NO, or use {link} Questions: {phone}',
      email:
        'We could not read your answer about {place} as a yes or a no. Nothing has been decided by it.\n\n{howTo}\n\nThe desk reads what you wrote. Questions: {phone}',
    },
    deploy: {
      sms: '{desk}: GO. You are confirmed for {place} as {role}, {team}. Be at {assembly} by {assembleBy}, home about {home}. Your employer has agreed. Confirm: {link} Problem? {phone}',
      email:
        'GO: you are confirmed for {place} with the {team}.\n\nYour employer has agreed and the desk has confirmed you.\n\n{facts}\n\nSay that you will be there, or that something has come up: {link}\nThe desk: {phone}',
    },
    standby: {
      sms: '{desk}: the team for {place} is confirmed and you are on stand-by as {role} ({code}). Do not travel. We call you if a place falls free, and tell you when stand-by ends.',
      email:
        'The team for {place} is confirmed and you are on stand-by as {role}.\n\nDo not travel. Nothing is held for you. You are called if a place falls free, and told when stand-by ends.\n\n{facts}',
    },
    declined: {
      sms: '{desk}: your no for {place} is recorded ({code}). Nothing is held for you. Thank you for answering.',
      email:
        'Your no for {place} is recorded. Nothing is held for you.\n\nThank you for answering: the next person can be asked.',
    },
    'declined by employer': {
      sms: '{desk}: your employer cannot let you go to {place} ({code}). You are not going and nothing is held for you. Thank you for saying yes.',
      email:
        'Your employer cannot let you go to {place}. You are not going and nothing is held for you.\n\nThank you for saying yes: it stays in the record of who was ready.',
    },
    'window ended': {
      sms: '{desk}: the time to answer about {place} has ended ({code}) and the next person is asked. Nothing is held for you. If you could still go: {link}',
      email:
        'The time to answer about {place} has ended and the next person is asked. Nothing is held for you.\n\nIf you could still go, say so and you join the stand-by list: {link}',
    },
    'window ended for employer': {
      sms: '{desk}: your employer did not agree in time for {place} ({code}), so the next person is asked. Nothing is held for you. Thank you for saying yes.',
      email:
        'Your employer did not agree in time for {place}, so the next person is asked. Nothing is held for you.\n\nThank you for saying yes: it stays in the record of who was ready.',
    },
    'window ended, availability': {
      sms: '{desk}: the question about {place} has ended ({code}). Nothing is asked of you now.',
      email: 'The question about {place} has ended. Nothing is asked of you now.',
    },
    'stand down': {
      sms: '{desk}: STAND DOWN. You are not going to {place} ({code}). Do not travel; nothing is held for you. Already on the way? Call {phone}. Thank you.',
      email:
        'STAND DOWN: you are not going to {place}.\n\nDo not travel. Nothing is held for you. If you are already on the way, call the desk first: {phone}\n\nThank you for being ready.',
    },
    'stand down, availability': {
      sms: '{desk}: the preparation for {place} has ended ({code}). Nothing is asked of you now. Thank you.',
      email: 'The preparation for {place} has ended. Nothing is asked of you now. Thank you.',
    },
    home: {
      sms: '{desk}: welcome home. Your mission to {place} is closed ({code}) and your rest begins. Thank you. Not well? Call {phone}',
      email:
        'Welcome home. Your mission to {place} is closed and your rest begins.\n\nIf you are not well, now or later, call the desk: {phone}\n\nThank you.',
    },
    'employer request': {
      sms: '{desk}: {name} said yes to go to {place} ({hazard}) as {role}, {assembleDay} to {home}. Do you agree? By {employerAnswerBy}: {code} YES or {code} NO, or {link}',
      email:
        '{name} said yes to go to {place} as {role} with the {team}, {assembleDay} to {home}.\n\nDo you agree? Answer by {employerAnswerBy}.\n\n{facts}\n\n{howTo}\n\nWithout your agreement {name} is not told to go.',
    },
    'to employer, answer unclear': {
      sms: '{desk}: we could not read your answer about {name}. Please send only {code} YES or {code} NO, or use {link} Questions: {phone}',
      email: 'We could not read your answer about {name} as a yes or a no.\n\n{howTo}\n\nQuestions: {phone}',
    },
    'to employer, deploy': {
      sms: '{desk}: {name} is confirmed and goes to {place} as {role}, {assembleDay} to {home} ({code}). Thank you for agreeing. Questions: {phone}',
      email:
        '{name} is confirmed and goes to {place} as {role} with the {team}, {assembleDay} to {home}.\n\nThank you for agreeing. Questions: {phone}',
    },
    'to employer, declined': {
      sms: '{desk}: {name} is not going to {place} ({code}). No answer is needed from you any more. Thank you.',
      email: '{name} is not going to {place}. No answer is needed from you any more. Thank you.',
    },
    'to employer, window ended': {
      sms: '{desk}: the time to agree for {name} ({place}) has ended ({code}). {name} is not going. No answer is needed any more.',
      email:
        'The time to agree for {name} ({place}) has ended. {name} is not going. No answer is needed any more.',
    },
    'to employer, stand down': {
      sms: '{desk}: STAND DOWN. {name} is not going to {place} ({code}). No answer is needed from you. Thank you.',
      email: 'STAND DOWN: {name} is not going to {place}. No answer is needed from you. Thank you.',
    },
    'to employer, home': {
      sms: '{desk}: {name} is home from {place} ({code}). Thank you for letting a colleague go.',
      email: '{name} is home from {place}. Thank you for letting a colleague go.',
    },
  },
  facts:
    'Disaster: {hazard}, {occurred}. {title}\nRole:     {role}\nBe at:    {assembly}, {assembleBy}\nHome:     about {home} ({days} days)\nBring:    {bring}',
  howTo: 'Answer here: {link}\nOr by SMS to the number that wrote to you: {code} YES or {code} NO',
  footer:
    '{desk}, {phone}. Offer {code}. Meant for one person: please do not pass it on. If you got it twice, it is the same offer.',
  drill: { sms: 'DRILL, nobody will travel. ', email: 'DRILL: this is an exercise. Nobody will travel.\n\n' },
  unplaced: {
    askForCode:
      '{desk}: please answer with the code of our message, like K7-2QF YES. Nothing was recorded. Questions: {phone}',
    unknownCode:
      '{desk}: that code names no question to you. Please check our newest message. Nothing was recorded. Questions: {phone}',
  },
  hazards: {
    AC: 'technical accident',
    AV: 'avalanche',
    CE: 'complex emergency',
    CW: 'cold wave',
    DR: 'drought',
    EC: 'extratropical cyclone',
    EP: 'epidemic',
    EQ: 'earthquake',
    ET: 'extreme temperature',
    FA: 'famine',
    FF: 'flash flood',
    FL: 'flood',
    FR: 'fire',
    HT: 'heat wave',
    IN: 'insect infestation',
    LS: 'landslide',
    MS: 'mudslide',
    OT: 'disaster',
    SL: 'landslide',
    SS: 'storm surge',
    ST: 'severe storm',
    TC: 'tropical cyclone',
    TO: 'tornado',
    TS: 'tsunami',
    VO: 'volcano',
    VW: 'violent wind',
    WF: 'wildfire',
    WV: 'storm surge',
  },
};

/** Subjects of e-mails: role and country first, so that a list of mails can be read. */
export const subjectsEn: NoticeSubjects = {
  offer: 'Can you go? {place}, {role}. Answer by {answerBy} [{code}]',
  'standby offer': 'Can you stand by? {place}, {role}. Answer by {answerBy} [{code}]',
  availability: 'Could you go? {place}, {role}. Answer by {answerBy} [{code}]',
  'answer recorded': 'Your yes is recorded: {place}, {role} [{code}]',
  'answer recorded, stand-by': 'Stand-by recorded: {place}, {role} [{code}]',
  'answer recorded, availability': 'Your yes is recorded: {place}, {role} [{code}]',
  'answer unclear': 'Please answer again: {place}, {role} [{code}]',
  deploy: 'GO: {place}, {role}. Be there {assembleBy} [{code}]',
  standby: 'You are on stand-by: {place}, {role} [{code}]',
  declined: 'Your no is recorded: {place}, {role} [{code}]',
  'declined by employer': 'You are not going: {place}, {role} [{code}]',
  'window ended': 'Time to answer has ended: {place}, {role} [{code}]',
  'window ended for employer': 'You are not going: {place}, {role} [{code}]',
  'window ended, availability': 'The question has ended: {place}, {role} [{code}]',
  'stand down': 'STAND DOWN: {place}, {role} [{code}]',
  'stand down, availability': 'Preparation has ended: {place}, {role} [{code}]',
  home: 'Welcome home: {place}, {role} [{code}]',
  'employer request': 'Do you agree? {name} to {place}, {role}. By {employerAnswerBy} [{code}]',
  'to employer, answer unclear': 'Please answer again: {name} to {place} [{code}]',
  'to employer, deploy': '{name} goes to {place}, {role} [{code}]',
  'to employer, declined': '{name} is not going: {place} [{code}]',
  'to employer, window ended': '{name} is not going: {place} [{code}]',
  'to employer, stand down': 'STAND DOWN: {name}, {place} [{code}]',
  'to employer, home': '{name} is home: {place} [{code}]',
};
