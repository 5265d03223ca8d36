import { readFile } from 'node:fs/promises';
import { runDrill } from '/work/main/infra/local/drill/drill.ts';
const files = process.argv.slice(2);
const messages = await Promise.all(files.map(async name => ({ name, bytes: await readFile(name) })));
const t0 = Date.now();
let n = 0; const calls = new Map<string, number>(); const inv = new Map<string, [number,number]>();
const report = await runDrill({ messages, seed: 1, people: 'typical', progress: l => console.error(l), boot: {
  onCall: c => { const k = c.functionName + ' ' + c.operation; calls.set(k, (calls.get(k) ?? 0) + 1); return undefined; },
  logs: l => { if (l.level !== 'info' ) console.error('LOG', l.entry, l.line.slice(0, 600)); },
  onEnd: r => { console.error('END', r.machine, r.name, r.status, r.error, r.cause?.slice?.(0, 400)); },
} });
console.error(Date.now() - t0, 'ms');
console.error([...calls].sort((a,b)=>b[1]-a[1]).slice(0,40).map(([k,v])=>v+' '+k).join('\n'));
console.log(JSON.stringify(report, null, 1));
