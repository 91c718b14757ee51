import type { Standing } from '../policy/filing.ts';

/** What a reviewer looks up of an applicant (核实): breaches that bar it, a prize that it names. */
export const FINDINGS = {
  majorBreach: '严重违法行为',
  seriousDishonesty: '严重失信行为',
  abnormalOperation: '列入经营异常名录',
  representativeBadCredit: '法定代表人有重大不良信用记录',
  contest: '创新创业大赛获奖',
} as const;
export type FindingCode = keyof typeof FINDINGS;

/** One that was looked up. `holds`: it is so. */
export interface Finding {
  code: FindingCode;
  holds: boolean;
}

/** What findings tell of a record and of a prize; what nobody looked up is left out. */
export function knownFrom(findings: readonly Finding[]): { standing: Standing; contestConfirmed?: boolean } {
  const known: { standing: Standing; contestConfirmed?: boolean } = { standing: {} };
  for (const { code, holds } of findings) {
    if (code === 'contest') known.contestConfirmed = holds;
    else known.standing[code] = holds;
  }
  return known;
}
