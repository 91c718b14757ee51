import type { LocalDate } from '../calendar/local-date.ts';

/** Today in Asia/Shanghai: the only place but the job worker where a clock is read. China has kept UTC+8 without summer time since 1992. */
export function shanghaiToday(): LocalDate {
  return new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10);
}

/** Milliseconds since 1970, for what changes by the second: a 动态口令. */
export function now(): number {
  return Date.now();
}
