import { describe, expect, it } from 'vitest';
import { checkGate } from '../../functions/needs/gate.ts';

const request = {
  reference: 'NV 2023/114',
  receivedAt: '2023-02-06T03:38:00.000Z',
  channel: 'embassy',
  recordedBy: 'desk',
  recordedAt: '2023-02-06T03:49:00.000Z',
};

describe('the gate', () => {
  it.each([
    ['a request, not by conflict', request, false, 'go', 'GATE-OPEN'],
    ['no request', null, false, 'prepare only', 'GATE-REQUEST'],
    ['no request and no answer about conflict', null, null, 'prepare only', 'GATE-REQUEST'],
    ['a request, no answer about conflict', request, null, 'prepare only', 'GATE-CONFLICT'],
    ['conflict, with a request', request, true, 'refused', 'GATE-CONFLICT'],
    ['conflict, without a request', null, true, 'refused', 'GATE-CONFLICT'],
  ] as const)('%s', (_, recorded, conflictCaused, outcome, ruleId) => {
    const gate = checkGate({ request: recorded, conflictCaused });
    expect(gate).toMatchObject({ outcome, ruleId });
    expect(gate.text).not.toBe('');
  });
});
