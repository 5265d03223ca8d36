import type { Deployment } from '../domain/deployment.ts';

/** What may be done with a deployment, by which rule, in words for the desk. */
export type Gate = {
  outcome: 'go' | 'prepare only' | 'refused';
  ruleId: 'GATE-OPEN' | 'GATE-REQUEST' | 'GATE-CONFLICT';
  text: string;
};

/**
 * The law's two conditions before anybody is asked to go: the affected state (or an international body) has asked, and
 * the disaster was not caused by conflict (mofaj jindoushien2_3, _2_3_1). As long as one is not answered, people may
 * only be asked whether they could go.
 */
export function checkGate(deployment: Pick<Deployment, 'request' | 'conflictCaused'>): Gate {
  if (deployment.conflictCaused === true) {
    return {
      outcome: 'refused',
      ruleId: 'GATE-CONFLICT',
      text: 'Refused: caused by armed conflict (rule GATE-CONFLICT). The PKO law may apply: see MOFA.',
    };
  }
  if (deployment.request === null) {
    return {
      outcome: 'prepare only',
      ruleId: 'GATE-REQUEST',
      text: 'No request from the affected state is recorded (rule GATE-REQUEST). Record it, or prepare only.',
    };
  }
  if (deployment.conflictCaused === null) {
    return {
      outcome: 'prepare only',
      ruleId: 'GATE-CONFLICT',
      text: 'Nobody has recorded whether armed conflict caused it (rule GATE-CONFLICT). Record it, or prepare only.',
    };
  }
  return {
    outcome: 'go',
    ruleId: 'GATE-OPEN',
    text: `Request ${deployment.request.reference} is recorded, and it was not caused by conflict.`,
  };
}
