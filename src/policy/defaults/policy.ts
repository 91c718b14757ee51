import type { Clause } from '../clause.ts';
import type { FilingRule } from '../filing.ts';
import type { Folder } from '../folder.ts';
import type { Policy } from '../policy.ts';
import { exampleAfterLoss } from './after-loss.ts';
import { exampleClaimRules } from './claims.ts';
import { exampleRunning } from './running.ts';

/** What a document known only in part says itself. */
export interface KnownArticles extends Pick<Policy, 'lossShares' | 'lossCaps' | 'feeCeilings'> {
  /** Who contributes, where the document names them. */
  contributors?: Clause;
  /** What one enterprise may have outstanding. */
  cap?: Policy['cap'];
  /** Rules of its own that judge filings. */
  filing?: FilingRule[];
}

/** A policy whose document is known only in part: its own articles, and example values for all that a pool needs beside them. */
export function partlyKnownPolicy(folder: Folder, known: KnownArticles): Policy {
  const { contributors, lossShares, lossCaps, feeCeilings, filing = [] } = known;
  const running = exampleRunning(folder, known.cap);
  const claim = exampleClaimRules(folder);
  const afterLoss = exampleAfterLoss(folder);
  const own: (Clause | undefined)[] = [contributors, lossShares, lossCaps, feeCeilings];
  return {
    code: folder.code,
    document: folder.document,
    clauses: [
      ...own.filter((clause) => clause !== undefined),
      ...filing.map(({ clause }) => clause),
      ...running.clauses,
      ...Object.values<Clause>({ ...claim }),
      ...Object.values<Clause>({ ...afterLoss }),
    ],
    filing: [...filing, ...running.filing],
    ...running.named,
    lossShares,
    lossCaps,
    feeCeilings,
    claim,
    ...afterLoss,
  };
}
