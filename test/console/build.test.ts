import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildConsole } from '../../console/build.ts';

const folder = mkdtempSync(join(tmpdir(), 'relief-console-'));
const read = (file: string) => readFileSync(join(folder, file), 'utf8');
beforeAll(() => buildConsole(folder));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the built console', () => {
  it('is four files, small, and holds no schema library', () => {
    expect(readdirSync(folder).sort()).toEqual(['console.js', 'icon.svg', 'index.html', 'style.css']);
    expect(read('console.js').length).toBeLessThan(100_000);
    expect(read('style.css')).not.toContain('@import');
  });

  it('runs under a policy without unsafe-inline and takes text as text', () => {
    const html = read('index.html');
    expect(html).toContain("script-src 'self'");
    expect(html).not.toContain('unsafe-inline');
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/);
    expect(read('console.js')).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\.style\b|eval\(/,
    );
  });

  it("has no telephone number in it, not even the policy's own", () => {
    expect(read('console.js')).not.toMatch(/\+\d{8,}/);
  });
});
