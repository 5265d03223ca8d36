import type { PageWording } from './page-wording.ts';

/** The answer page in Japanese. */
export const pageWordingJa: PageWording = {
  offer: '照会',
  drill: '訓練 ・ 実際の派遣はありません',
  member: {
    open: {
      title: '{team}で{place}へ行けますか',
      lead: '回答期限 *{answerByDay}{answerByTime}* {zone}（{answerByUtc} UTC）',
      below: [
        '「はい」で席を確保します。*派遣の決定ではありません。*所属先の同意とデスクの確定を待って、あらためて出発をお知らせします。{answerByTime}までは回答を変更できます。',
      ],
    },
    'open, stand-by': {
      title: '{place}への{team}の待機要員になれますか',
      lead: '回答期限 *{answerByDay}{answerByTime}* {zone}（{answerByUtc} UTC）',
      below: [
        '待機では席を確保しません。空席が出て「出発」の通知が届いたとき*だけ*出発します。待機が終わるときにもお知らせします。',
      ],
    },
    'open, availability': {
      title: '要請があった場合、{team}で{place}へ行けますか',
      lead: '回答期限 *{answerByDay}{answerByTime}* {zone}（{answerByUtc} UTC）',
      below: [
        '照会のみです。要請はまだなく、*派遣は決まっていません。*席の確保もありません。要請があれば、あらためて伺います。',
      ],
    },
    accepted: {
      title: '✓ 「はい」を記録しました',
      lead: '{answeredAt}。席を確保しました。まだ出発しないでください。',
      below: [
        'デスクが{employer}に同意を確認します{employerUntil}。そのあと「出発」または「派遣中止」をお知らせします。',
      ],
    },
    'accepted, both agreed': {
      title: '✓ 「はい」を記録しました',
      lead: '{answeredAt}。席を確保し、所属先も同意済みです。まだ出発しないでください。',
      below: ['デスクがチーム全体を確定したあと、「出発」または「派遣中止」をお知らせします。'],
    },
    'accepted, stand-by': {
      title: '✓ 待機「はい」を記録しました',
      lead: '{answeredAt}。席の確保はありません。移動しないでください。',
      below: ['空席が出たときは「出発」を、待機が終わるときはその旨をお知らせします。'],
    },
    'accepted, availability': {
      title: '✓ 「はい」を記録しました',
      lead: '{answeredAt}。ありがとうございます。派遣は決まっておらず、席の確保もありません。',
      below: ['要請があれば、あらためて伺います。'],
    },
    go: {
      title: '✓ 派遣が確定しました',
      lead: '{decidedAt}。所属先は同意済みで、デスクが{role}として確定しました。',
      below: [
        '「支障があります」を押すと、すぐデスクに伝わります。辞退にはなりません。デスクから電話します。',
      ],
    },
    declined: {
      title: '「いいえ」を記録しました',
      lead: '{answeredAt}。ご回答ありがとうございました。次の方に照会します。席の確保はありません。',
    },
    'employer declined': {
      title: '所属先の同意が得られませんでした',
      lead: '派遣はありません。席の確保もありません。',
      below: ['お申し出ありがとうございました。「はい」の回答は記録に残ります。'],
    },
    'employer silent': {
      title: '期限までに所属先の同意がありませんでした',
      lead: '次の方に照会しています。派遣はありません。席の確保もありません。',
      below: ['お申し出ありがとうございました。「はい」の回答は記録に残ります。'],
    },
    changed: {
      title: '照会の内容が変わりました',
      lead: '以前の「はい」は新しい日時には使われません。*{answerByDay}{answerByTime}*（{zone}）までに、もう一度お答えください。',
    },
    'too late': {
      title: '回答期限（{answerByTime}）が過ぎました',
      lead: '現在 {now}（{zone}）です。次の方に照会しています。',
      below: [
        'まだ行ける場合はお知らせください。待機者に加わり、すぐデスクに伝わります。席の確保はありません。',
      ],
    },
    'too late, availability': {
      title: '回答期限（{answerByTime}）が過ぎました',
      lead: '現在 {now}（{zone}）です。対応は不要です。',
    },
    filled: {
      title: '席はすべて埋まりました',
      lead: '今回の派遣はありません。席の確保もありません。移動しないでください。',
      below: ['ありがとうございました。ご回答は記録に残ります。'],
    },
    'stood down': {
      title: '派遣中止：派遣はありません',
      lead: '{decidedAt}。デスクが今回の派遣を終了しました。移動しないでください。席の確保もありません。',
      below: ['すでに移動中の方は、まずデスクに電話してください。'],
    },
    home: {
      title: 'おかえりなさい',
      lead: '{decidedAt}。{place}の任務は終了し、休養期間に入ります。ありがとうございました。',
      below: ['今後も体調に不安があれば、デスクに電話してください。'],
    },
  },
  employer: {
    open: {
      title: '{person}さんの国際緊急援助隊への派遣（{assembleDay}から{homeDay}ごろ）に同意されますか',
      lead: '回答期限 *{answerByDay}{answerByTime}* {zone}（{answerByUtc} UTC）',
      below: [
        'ご本人は「はい」と回答しています。所属先の同意がなければ、出発をお願いすることは*ありません*。',
      ],
    },
    accepted: {
      title: '✓ 同意を記録しました',
      lead: '{answeredAt}。{person}さんの派遣が決まりしだいお知らせします。',
    },
    declined: {
      title: '「いいえ」を記録しました',
      lead: '{answeredAt}。{person}さんに出発をお願いすることはありません。ご回答ありがとうございました。',
    },
    'too late': {
      title: '回答期限（{answerByTime}）が過ぎました',
      lead: '現在 {now}（{zone}）です。{person}さんの派遣はありません。ご回答は不要です。',
    },
    go: {
      title: '✓ {person}さんの派遣が確定しました',
      lead: '{decidedAt}。デスクが{role}として確定しました。ご同意ありがとうございました。',
    },
    filled: {
      title: 'ご回答は不要になりました',
      lead: '{person}さんの今回の派遣はありません。ありがとうございました。',
    },
    'stood down': {
      title: '派遣中止：{person}さんの派遣はありません',
      lead: 'デスクが今回の派遣を終了しました。ご回答は不要です。ありがとうございました。',
    },
    home: {
      title: '{person}さんが帰国しました',
      lead: '{decidedAt}。任務は終了しました。ご協力ありがとうございました。',
    },
  },
  unknown: {
    title: 'このリンクは使えません',
    lead: '期限が過ぎたか、新しいリンクに替わったか、正しく写されていません。',
    below: ['最新の通知にあるリンクを開いてください。通知がなければ、対応は不要です。'],
  },
  facts: {
    disaster: '災害',
    role: '役割',
    team: 'チーム',
    assembly: '集合',
    home: '帰国',
    bring: '持ち物',
    person: '役割',
  },
  factValues: {
    disaster: '{occurred} {hazard}',
    home: '{homeDay}ごろ（{days}日間）',
    unchanged: '{value}（変更なし）',
  },
  buttons: {
    yes: 'はい、行けます',
    no: 'いいえ、行けません',
    yesStandby: 'はい、待機できます',
    stillYes: 'はい、行けます',
    stillNo: 'いいえ、行けません',
    lateYes: 'まだ行けます',
    lateNo: '行けません',
    noAfterAll: 'やはり行けません',
    yesAfterAll: 'やはり行けます',
    coming: '集合に間に合います',
    problem: '支障があります',
    read: '読みました',
    send: '送信',
    agree: 'はい、同意します',
    disagree: 'いいえ、同意しません',
  },
  yourEmployer: '所属先',
  until: '（{moment}まで）',
  changeAnswer: '回答を変更する',
  addSomething: '伝えたいことがある',
  noteLabel: 'デスクが読みます（500文字まで）',
  employerStands: {
    legend: '所属先は同意していますか',
    choices: ['所属先：同意している', '所属先：まだ。確認してほしい', '所属先：同意しない'],
    who: '同意した方のお名前（分かれば）',
  },
  whyNot: {
    legend: '理由',
    optional: '省略できます',
    choices: ['別の任務または休暇', '病気・けが', '家庭の事情', '仕事'],
  },
  messages: {
    'nothing chosen': '送信されていません。ボタンを一つ押してください。',
    'unknown answer': '送信されていません。ボタンを一つ押してください。',
    'note too long': '送信されていません。500文字を超えています。文面は下に残してあります。',
    'note is empty': '送信されていません。文面が空です。',
    'not recorded': '記録できませんでした。もう一度ボタンを押すか、デスクに電話してください。',
    'terms changed':
      '記録していません。開いている間に日時が変わりました。もう一度お読みのうえお答えください。',
    'answer unclear': '先ほどの返信は「はい」か「いいえ」か分かりませんでした。ボタンを押してください。',
    'no longer possible':
      '記録していません。その回答は受け付けられなくなりました。現在の状況は下のとおりです。',
    noted: 'ありがとうございます。デスクに届きました。',
    'told the desk': 'デスクに伝えました。電話します。',
    'thank you': 'ありがとうございます。記録しました。',
  },
  footer: {
    phone: '電話',
    sms: 'SMSでも回答できます：*{short} はい* または *{short} いいえ*',
    private: 'ご本人あての通知です。開いただけでは回答になりません。心当たりがなければ閉じてください。',
  },
};
