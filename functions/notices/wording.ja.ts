import type { NoticeWording } from './wording.ts';

/** What messages say in Japanese; by SMS they travel as UCS-2, 67 characters a segment. */
export const wordingJa: NoticeWording = {
  notices: {
    offer: {
      sms: '{desk}：{place}（{hazard}）へ{team}の{role}として行けますか。集合 {assembly} {assembleBy}、帰国 {home}ごろ。回答期限 {answerBy}。「{code} はい」か「{code} いいえ」を返信、または {link}',
      email:
        '{team}で{place}へ行けますか。\n\n回答期限：{answerBy}\n\n{facts}\n\n{howTo}\n\n「はい」で席を確保します。派遣の決定ではありません。所属先の同意とデスクの確定を待って、あらためて出発をお知らせします。{answerBy}までは回答を変更できます。',
    },
    'standby offer': {
      sms: '{desk}：{place}（{hazard}）へ{team}の{role}として待機できますか。空席が出たときだけ出発です。集合 {assembly} {assembleBy}、帰国 {home}ごろ。回答期限 {answerBy}。「{code} はい」か「{code} いいえ」を返信、または {link}',
      email:
        '{place}への{team}の待機要員になれますか。\n\n回答期限：{answerBy}\n\n{facts}\n\n{howTo}\n\n待機では席を確保しません。空席が出て「出発」の通知が届いたときだけ出発します。',
    },
    availability: {
      sms: '{desk}：【照会のみ】{place}（{hazard}）へ{role}として行けますか。要請はまだなく、派遣は決まっていません。{assembleBy}から{home}ごろまで。回答期限 {answerBy}。「{code} はい」か「{code} いいえ」、または {link}',
      email:
        '要請があった場合、{team}で{place}へ行けますか。\n\n照会のみです。要請はまだなく、席は確保されず、派遣は決まっていません。回答期限：{answerBy}\n\n{facts}\n\n{howTo}',
    },
    'answer recorded': {
      sms: '{desk}：{place}の件、「はい」を記録しました（{code}）。まだ出発しないでください。「出発」または「派遣中止」をお知らせします。変更は「{code} いいえ」',
      email:
        '{place}の件、「はい」を記録し、席を確保しました。\n\nまだ出発しないでください。所属先の同意とデスクの確定のあと、「出発」または「派遣中止」をお知らせします。\n\n{answerBy}までの変更：{link}\n\n{facts}',
    },
    'answer recorded, stand-by': {
      sms: '{desk}：{place}の待機「はい」を記録しました（{code}）。席の確保はありません。「出発」の通知があるまで移動しないでください。変更は「{code} いいえ」',
      email:
        '{place}の待機「はい」を記録しました。\n\n席の確保はありません。「出発」の通知が届いたときだけ出発します。変更：{link}\n\n{facts}',
    },
    'answer recorded, availability': {
      sms: '{desk}：{place}の照会「はい」を記録しました（{code}）。派遣は決まっていません。要請があれば、あらためて伺います。',
      email:
        '{place}の照会「はい」を記録しました。\n\n派遣は決まっておらず、席の確保もありません。要請があれば、あらためて伺います。',
    },
    'answer unclear': {
      sms: '{desk}：{place}の件の回答を読み取れませんでした。「{code} はい」か「{code} いいえ」だけを返信、または {link} 電話 {phone}',
      email:
        '{place}の件の回答を「はい」「いいえ」として読み取れませんでした。まだ何も決まっていません。\n\n{howTo}\n\nいただいた文面はデスクが読みます。電話：{phone}',
    },
    deploy: {
      sms: '{desk}：【出発】{place}へ{team}の{role}として派遣が確定しました。集合 {assembly} {assembleBy}、帰国 {home}ごろ。所属先は同意済みです。確認 {link} 電話 {phone}',
      email:
        '【出発】{team}での{place}への派遣が確定しました。\n\n所属先は同意済みで、デスクが確定しました。\n\n{facts}\n\n集合の確認、または支障の連絡：{link}\nデスク：{phone}',
    },
    standby: {
      sms: '{desk}：{place}のチームが確定しました。{role}として待機をお願いします（{code}）。移動しないでください。空席が出たとき、また待機が終わるときに連絡します。',
      email:
        '{place}のチームが確定しました。{role}として待機をお願いします。\n\n移動しないでください。席の確保はありません。空席が出たとき、また待機が終わるときに連絡します。\n\n{facts}',
    },
    declined: {
      sms: '{desk}：{place}の件、「いいえ」を記録しました（{code}）。席の確保はありません。ご回答ありがとうございました。',
      email:
        '{place}の件、「いいえ」を記録しました。席の確保はありません。\n\nご回答ありがとうございました。',
    },
    'declined by employer': {
      sms: '{desk}：所属先の同意が得られず、{place}への派遣はありません（{code}）。席の確保はありません。お申し出ありがとうございました。',
      email:
        '所属先の同意が得られず、{place}への派遣はありません。席の確保はありません。\n\nお申し出ありがとうございました。「はい」の回答は記録に残ります。',
    },
    'window ended': {
      sms: '{desk}：{place}の件の回答期限が過ぎ、次の方に照会しています（{code}）。席の確保はありません。まだ行ける場合は {link}',
      email:
        '{place}の件の回答期限が過ぎ、次の方に照会しています。席の確保はありません。\n\nまだ行ける場合はお知らせください。待機者に加わります：{link}',
    },
    'window ended for employer': {
      sms: '{desk}：期限までに所属先の同意がなく、{place}の件は次の方に照会しています（{code}）。席の確保はありません。お申し出ありがとうございました。',
      email:
        '期限までに所属先の同意がなく、{place}の件は次の方に照会しています。席の確保はありません。\n\nお申し出ありがとうございました。「はい」の回答は記録に残ります。',
    },
    'window ended, availability': {
      sms: '{desk}：{place}の照会は終了しました（{code}）。対応は不要です。',
      email: '{place}の照会は終了しました。対応は不要です。',
    },
    'stand down': {
      sms: '{desk}：【派遣中止】{place}への派遣はありません（{code}）。移動しないでください。席の確保はありません。移動中の方は電話を：{phone}',
      email:
        '【派遣中止】{place}への派遣はありません。\n\n移動しないでください。席の確保はありません。すでに移動中の方は、まずデスクに電話してください：{phone}\n\nご協力ありがとうございました。',
    },
    'stand down, availability': {
      sms: '{desk}：{place}の派遣準備は終了しました（{code}）。対応は不要です。ありがとうございました。',
      email: '{place}の派遣準備は終了しました。対応は不要です。ありがとうございました。',
    },
    home: {
      sms: '{desk}：おかえりなさい。{place}の任務は終了し、休養期間に入ります（{code}）。体調に不安があれば電話を：{phone}',
      email:
        'おかえりなさい。{place}の任務は終了し、休養期間に入ります。\n\n今後も体調に不安があれば、デスクに電話してください：{phone}\n\nありがとうございました。',
    },
    'employer request': {
      sms: '{desk}：{name}さんが{place}（{hazard}）への派遣（{role}、{assembleDay}から{home}ごろ）に「はい」と回答しました。同意されますか。期限 {employerAnswerBy}。「{code} はい」か「{code} いいえ」、または {link}',
      email:
        '{name}さんが{place}への派遣（{team}、{role}、{assembleDay}から{home}ごろ）に「はい」と回答しました。\n\n同意されますか。回答期限：{employerAnswerBy}\n\n{facts}\n\n{howTo}\n\n所属先の同意がなければ、{name}さんに出発をお願いすることはありません。',
    },
    'to employer, answer unclear': {
      sms: '{desk}：{name}さんの件の回答を読み取れませんでした。「{code} はい」か「{code} いいえ」だけを返信、または {link} 電話 {phone}',
      email:
        '{name}さんの件の回答を「はい」「いいえ」として読み取れませんでした。\n\n{howTo}\n\n電話：{phone}',
    },
    'to employer, deploy': {
      sms: '{desk}：{name}さんの{place}への派遣（{role}、{assembleDay}から{home}ごろ）が確定しました（{code}）。ご同意ありがとうございました。電話 {phone}',
      email:
        '{name}さんの{place}への派遣（{team}、{role}、{assembleDay}から{home}ごろ）が確定しました。\n\nご同意ありがとうございました。電話：{phone}',
    },
    'to employer, declined': {
      sms: '{desk}：{name}さんの{place}への派遣はありません（{code}）。ご回答は不要になりました。ありがとうございました。',
      email: '{name}さんの{place}への派遣はありません。ご回答は不要になりました。ありがとうございました。',
    },
    'to employer, window ended': {
      sms: '{desk}：{name}さんの件（{place}）の回答期限が過ぎました（{code}）。派遣はありません。ご回答は不要です。',
      email: '{name}さんの件（{place}）の回答期限が過ぎました。派遣はありません。ご回答は不要です。',
    },
    'to employer, stand down': {
      sms: '{desk}：【派遣中止】{name}さんの{place}への派遣はありません（{code}）。ご回答は不要です。ありがとうございました。',
      email:
        '【派遣中止】{name}さんの{place}への派遣はありません。ご回答は不要です。ありがとうございました。',
    },
    'to employer, home': {
      sms: '{desk}：{name}さんが{place}から帰国しました（{code}）。ご協力ありがとうございました。',
      email: '{name}さんが{place}から帰国しました。ご協力ありがとうございました。',
    },
  },
  facts:
    '災害：{occurred} {hazard}　{title}\n役割：{role}\n集合：{assembly} {assembleBy}\n帰国：{home}ごろ（{days}日間）\n持ち物：{bring}',
  howTo: '回答はこちら：{link}\nまたは届いたSMSに返信：「{code} はい」か「{code} いいえ」',
  footer:
    '{desk} {phone}　照会 {code}。ご本人あての通知です。転送しないでください。二度届いた場合も同じ照会です。',
  drill: {
    sms: '【訓練】実際の派遣はありません。',
    email: '【訓練】これは訓練です。実際の派遣はありません。\n\n',
  },
  unplaced: {
    askForCode:
      '{desk}：通知にある照会番号を付けて返信してください（例：K7-2QF はい）。まだ記録していません。電話 {phone}',
    unknownCode:
      '{desk}：その番号の照会は見つかりません。最新の通知をご確認ください。まだ記録していません。電話 {phone}',
  },
  hazards: {
    AC: '技術事故',
    AV: '雪崩',
    CE: '複合災害',
    CW: '寒波',
    DR: '干ばつ',
    EC: '温帯低気圧',
    EP: '感染症',
    EQ: '地震',
    ET: '異常気温',
    FA: '飢饉',
    FF: '鉄砲水',
    FL: '洪水',
    FR: '火災',
    HT: '熱波',
    IN: '虫害',
    LS: '地すべり',
    MS: '土石流',
    OT: '災害',
    SL: '地すべり',
    SS: '高潮',
    ST: '暴風雨',
    TC: '熱帯低気圧',
    TO: '竜巻',
    TS: '津波',
    VO: '火山噴火',
    VW: '暴風',
    WF: '林野火災',
    WV: '高潮',
  },
};
