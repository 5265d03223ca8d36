import { readFileSync } from 'node:fs';

/**
 * The most memory that this process has had resident, in bytes. Linux counts into `maxRSS` also what the parent had when
 * it made the process, which is not this one's: /proc says it right.
 */
export function peakRssBytes(): number {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))!;
    return Number(kilobytes) * 1024;
  } catch {
    return process.resourceUsage().maxRSS * 1024;
  }
}
