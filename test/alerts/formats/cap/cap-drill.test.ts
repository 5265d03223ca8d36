import { describe, expect, it } from 'vitest';
import { capInfo, capMessage, read } from '../../messages.ts';

const statusOf = async (message: Parameters<typeof capMessage>[0]) =>
  (await read(capMessage(message))).accepted[0]?.status;

describe('tests and exercises marked Actual', () => {
  it.each(['ADR', 'DMO', 'NPT', 'RMT', 'RWT', 'rwt', 'NST'])('ignores event code %s', async code => {
    const more = `<eventCode><valueName>SAME</valueName><value>${code}</value></eventCode>`;
    const reading = await read(capMessage({ infos: [capInfo({ severity: 'Extreme', more })] }));
    expect(reading.accepted).toEqual([]);
    expect(reading.ignored[0]?.reason).toMatch(/^event code .* though marked Actual$/);
  });

  it.each([
    'TEST - flood',
    '[EXERCISE] flood',
    'Tsunami Warning TEST',
    'This is only a test',
    'Required Monthly Test',
    'Test message',
    '訓練 津波警報',
    '訓練津波警報',
    '【訓練】大津波警報',
    'SIMULACRO de sismo',
    'Exercice national',
    'Übung: Hochwasser',
    'Probewarnung',
    'Bundesweiter Warntag 2026',
    '演练：地震预警',
  ])('takes the title "%s" for an exercise', async headline => {
    expect(await statusOf({ infos: [capInfo({ headline })] })).toBe('Exercise');
  });

  it.each([
    'THIS IS A TEST of the alert system.',
    'This is a test - this CAP message was created for testing and evaluation purposes only.',
    'The message that follows: this is an exercise.',
    'Esto es solo un simulacro.',
    'Questa è una prova.',
    'Isto é um exercício.',
    'This is not a\n  real warning.',
    'Ceci est un exercice.',
    'Dies ist nur eine Übung.',
    'これは訓練です。',
    '这是一次演练。',
    'This is not a real emergency.',
  ])('takes the description "%s" for an exercise', async description => {
    const more = `<description>${description}</description>`;
    expect(await statusOf({ infos: [capInfo({ more })] })).toBe('Exercise');
  });

  it.each([
    'Testimony of a flood',
    'Drilling accident',
    'The latest warning',
    'Contested ground: landslide',
    'Test site flooded'.replace('Test', 'COVID test'),
    'Protest march',
  ])('does not take the title "%s" for one', async headline => {
    expect(await statusOf({ infos: [capInfo({ headline })] })).toBe('Actual');
  });

  it.each([
    'THIS IS NOT A TEST. Take shelter now.',
    'This is not a drill.',
    'The river is at its greatest height since the last exercise of 2019.',
  ])('does not take the description "%s" for one', async description => {
    const more = `<description>${description}</description>`;
    expect(await statusOf({ infos: [capInfo({ more })] })).toBe('Actual');
  });

  it('does not believe a test line', async () => {
    expect(await statusOf({ sender: 'testSender@Pelmorex-test' })).toBe('Exercise');
    expect(await statusOf({ sender: 'attestation@agency.example' })).toBe('Actual');
  });

  it('holds the status of an EDXL envelope for all that is in it', async () => {
    const envelope = (status: string) =>
      `<EDXLDistribution xmlns="urn:oasis:names:tc:emergency:EDXL:DE:1.0"><distributionStatus>${status}</distributionStatus>${capMessage()}</EDXLDistribution>`;
    expect((await read(envelope('Actual'))).accepted[0]?.status).toBe('Actual');
    expect((await read(envelope('Exercise'))).accepted[0]?.status).toBe('Exercise');
    expect((await read(envelope('Test'))).ignored[0]?.reason).toMatch(/^status Test/);
  });

  it('takes a VTEC test product for an exercise', async () => {
    const more =
      '<parameter><valueName>VTEC</valueName><value>/T.NEW.KSEW.FF.W.0001.260301T0000Z-260302T0000Z/</value></parameter>';
    expect(await statusOf({ infos: [capInfo({ more })] })).toBe('Exercise');
  });
});
