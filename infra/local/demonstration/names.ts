/** Common names in romanised spelling, put together by chance: whoever they make up is invented. */
export const familyNames = (
  'Abe Akiyama Ando Aoki Arai Araki Chiba Endo Fujii Fujimoto Fujita Fujiwara Fukuda Goto Hamada Hara Harada ' +
  'Hasegawa Hashimoto Hayashi Higuchi Hirano Honda Igarashi Iida Ikeda Imai Inoue Ishida Ishii Ishikawa Ito Iwasaki ' +
  'Kaneko Kato Kawamura Kikuchi Kimura Kinoshita Kobayashi Kojima Kondo Kono Kubo Kudo Maeda Maruyama Masuda ' +
  'Matsuda Matsui Matsumoto Matsuo Miura Miyamoto Miyazaki Mizuno Mori Morita Murakami Murata Nakajima Nakamura ' +
  'Nakano Nakayama Nishimura Noguchi Nomura Ogawa Okada Okamoto Ono Ota Otsuka Saito Sakai Sakamoto Sakurai Sano ' +
  'Sasaki Sato Shibata Shimada Shimizu Sugawara Sugiyama Suzuki Takada Takagi Takahashi Takeuchi Tamura Tanaka ' +
  'Taniguchi Uchida Ueda Ueno Wada Watanabe Yamada Yamaguchi Yamamoto Yamashita Yamazaki Yokoyama Yoshida Uehara'
).split(' ');

export const givenNames = {
  female: (
    'Aiko Akane Akemi Aoi Asuka Ayaka Ayumi Chie Chihiro Emi Eri Fumiko Hana Haruka Hikari Hiromi Kana Kaori Kazumi ' +
    'Keiko Kumiko Mai Maki Mami Mariko Mayumi Megumi Miho Mika Misaki Miyuki Nanami Naoko Noriko Rei Rie Rika Rina ' +
    'Saki Sakura Satomi Sayaka Shiori Tomoko Yoko Yui Yuka Yukari Yuki Yumi'
  ).split(' '),
  male: (
    'Akira Daiki Daisuke Eiji Fumio Hajime Haruto Hideki Hiroki Hiroshi Hisashi Isamu Jun Junichi Kaito Katsumi ' +
    'Kazuki Kazuya Kei Keita Kenichi Kenji Kenta Koichi Koji Kosuke Makoto Manabu Masaki Masaru Minoru Naoki Noboru ' +
    'Osamu Ren Ryo Ryota Satoshi Shin Shinji Shota Shun Sora Susumu Tadashi Takashi Takeshi Takuya Tatsuya Yuto'
  ).split(' '),
} as const;

/** First words of invented hospitals; the word after it says the kind. */
export const hospitalWords = (
  'Aoba Asahi Fujimi Futaba Hibari Hikari Izumi Kaede Kasumi Keyaki Kibou Kita Komorebi Midori Minato Minami Mizuho ' +
  'Momiji Nagisa Nanohana Niji Nozomi Sakura Sakuragi Seiwa Shirakaba Shiosai Sumire Suzukake Tachibana Tsubaki ' +
  'Wakaba Yayoi Yuhigaoka'
).split(' ');

export const hospitalKinds = [
  'General Hospital',
  'Medical Centre',
  'Red Pine Hospital',
  'City Hospital',
  'University Hospital',
];
