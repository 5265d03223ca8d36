import type { Level } from '../../../domain/primitives.ts';

/** The steps that all Australian services warn in, gravest first, and the notices below them. */
const steps: readonly (readonly [step: RegExp, name: string, level: Level])[] = [
  [/emergency warning/i, 'emergency-warning', 'Orange'],
  [/watch (and|&) act/i, 'watch-and-act', 'Green'],
  [/\badvice\b/i, 'advice', 'Green'],
  [/\b(notification|information|stay informed)\b/i, 'notification', 'Green'],
  // The service itself says that no step applies.
  [/^(not applicable|none|no alert level)$/i, 'none', 'Green'],
];

/**
 * A step of the Australian Warning System in the common scale. The steps say what those nearby should do, not whether the
 * country needs help; an Emergency Warning ("you are in danger and need to act") is worth a look, none is Red by itself.
 */
export const australianLevel = (words: string): { level: Level; levelRule: string } => {
  const step = steps.find(([pattern]) => pattern.test(words));
  return step
    ? { level: step[2], levelRule: `australian-warning-${step[1]}` }
    : { level: 'Unknown', levelRule: 'australian-warning-unknown' };
};

/** Whether a fire service's word for the state of a fire says that it is out. "Out of control" and "Contained" still burn. */
export const isFireOut = (status: string): boolean =>
  /^(out|extinguished|safe|closed|completed)$/i.test(status.trim());
