import type { Verdict } from './archive.ts';
import type { Finding } from './report.ts';

/** What archives of several years say of each other. */
export interface Together {
  findings: Finding[];
  /** records of earlier years whose own year's archive is not among these */
  unproven: number;
}

/** Verifies archives beside each other: each chain goes on from where the year before ended, and what a year takes from earlier ones is what those kept. */
export function verifyTogether(verdicts: readonly Verdict[]): Together {
  const findings: Finding[] = [];
  let unproven = 0;
  for (const verdict of verdicts) {
    for (const other of verdicts) if (other !== verdict) findings.push(...joints(verdict, other));
    for (const { subject, seal, sha256, file, line } of verdict.earlier) {
      const holder = verdicts.find(
        ({ manifest }) => manifest && manifest.audit.from <= seal && seal <= manifest.audit.to,
      );
      const digest = holder?.evidence.get(subject)?.find(({ seq }) => seq === seal);
      if (!holder) unproven += 1;
      else if (digest?.sha256 !== sha256)
        findings.push({
          check: 'earlier.hash',
          ...{ file, line, about: subject },
          text: `与 ${holder.manifest!.year} 年度档案审计链第 ${seal} 条的摘要不符：内容被改动`,
        });
    }
  }
  return { findings, unproven };
}

/** Where one archive's chains begin, within another that has that number, the hash is the same. */
function joints({ manifest }: Verdict, other: Verdict): Finding[] {
  if (!manifest || !other.manifest) return [];
  const chains = [['审计链', manifest.audit, other.audit] as const];
  const sameBook = manifest.book === other.manifest.book;
  return [...chains, ...(sameBook ? [['凭证', manifest.ledger, other.ledger] as const] : [])].flatMap(
    ([what, { from, before }, hashes]) => {
      const found = from > 1 ? hashes.get(from - 1) : undefined;
      if (found === undefined || found === before) return [];
      const text = `第 ${from - 1} 号的散列值与 ${other.manifest!.year} 年度档案（${other.manifest!.book}）所载不同：两份不是同一条链`;
      return [{ check: 'chain.joint', file: 'manifest.json', about: `${what} ${from - 1}`, text }];
    },
  );
}
