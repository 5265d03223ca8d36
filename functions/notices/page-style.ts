import { createHash } from 'node:crypto';

/** The answer page's style sheet: inline, so that the page is one document; no font, no image, no script. */
export const PAGE_STYLE = `:root{color-scheme:light dark;--bg:#fff;--ink:#16202a;--m:#45525e;--l:#c3ccd5;--e:#7c8895;--a:#0a58a8;--ai:#fff;--s:#eef2f6;--ok:#17603c;--oks:#e7f4ec;--w:#8a3f06;--ws:#fdf1e3}
@media(prefers-color-scheme:dark){:root{--bg:#0d1319;--ink:#e4ebf2;--m:#b3c0cc;--l:#3a4855;--e:#6d7f91;--a:#6fb3f5;--ai:#08131f;--s:#1b2530;--ok:#8bd9ae;--oks:#12301f;--w:#f5b871;--ws:#38260f}}
*{box-sizing:border-box;margin:0}
body{font:400 1.0625rem/1.55 system-ui,-apple-system,"Segoe UI","Hiragino Sans","Noto Sans","Noto Sans CJK JP",sans-serif;background:var(--bg);color:var(--ink);font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.p{max-width:35rem;margin:0 auto;padding:.875rem 1.125rem 1.75rem}
header{display:flex;justify-content:space-between;gap:.75rem;font-size:.875rem;line-height:1.4;color:var(--m);padding-bottom:.6rem;border-bottom:1px solid var(--l)}
header b{color:var(--ink)}
h1{font-size:1.5625rem;line-height:1.28;margin:1rem 0 .4rem;text-wrap:balance}
:lang(ja) h1{font-size:1.4375rem;word-break:auto-phrase}
h2,legend{font-size:1.125rem;line-height:1.45;font-weight:600;margin:1.2rem 0 .4rem;padding:0}
.by{margin-bottom:.875rem}.by b,.by small{white-space:nowrap}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.3rem .875rem;font-size:1rem;line-height:1.45;padding:.75rem 0;border-block:1px solid var(--l)}
dt,small,.m{color:var(--m)}small,.m{font-size:.875rem;line-height:1.45}.m,p+p{margin-top:.6rem}
s{color:var(--m)}
button{display:block;width:100%;min-height:3.5rem;margin-top:.75rem;padding:.5rem;border-radius:8px;border:2px solid var(--a);background:var(--a);color:var(--ai);font-family:inherit;font-size:1.1875rem;line-height:1.3;font-weight:600}
button.n{background:var(--bg);color:var(--ink);border-color:var(--m)}
textarea,input[type=text]{display:block;width:100%;min-height:3rem;margin-top:.4rem;padding:.5rem .6rem;border:1px solid var(--e);border-radius:6px;background:var(--bg);color:var(--ink);font:inherit}
textarea{min-height:6.5rem}
a{color:var(--a)}
button:focus-visible,a:focus-visible,input:focus-visible,textarea:focus-visible,summary:focus-visible{outline:3px solid #ffbf47;outline-offset:2px;box-shadow:0 0 0 5px #16202a}
.x{border-inline-start:6px solid var(--a);background:var(--s);padding:.75rem .875rem;margin:.875rem 0}
.x.ok{border-color:var(--ok);background:var(--oks)}.x.w{border-color:var(--w);background:var(--ws)}
.x h1{margin:0 0 .25rem;font-size:1.375rem}
.dr{background:repeating-linear-gradient(-45deg,#6a2bb0 0 12px,#511d8c 12px 24px);color:#fff;font-weight:700;padding:.6rem 1.125rem;text-align:center}
details{margin-top:1rem}
summary{min-height:2.75rem;display:flex;align-items:center;color:var(--a);font-size:1rem;text-decoration:underline;cursor:pointer}
label.r{display:flex;gap:.6rem;align-items:center;min-height:3rem}
input[type=radio]{width:1.5rem;height:1.5rem;flex:none;accent-color:var(--a)}
fieldset{border:0;padding:0;min-width:0}
footer{margin-top:1.4rem;padding-top:.15rem;border-top:1px solid var(--l)}`;

const digest = createHash('sha256').update(PAGE_STYLE).digest('base64');

/** Nothing is loaded from anywhere, only this style sheet applies, and forms go back to where they came from. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${digest}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
