import { BOOK, BUDGET } from './archive.ts';
import type { Maker } from './tampering.ts';
import { about, onRecord } from './tampering-places.ts';

/** Keeps what a difference is now as one edition more at the end of the chain, as the program would. */
const keptAgain = (id: string): string[] => [
  `WITH kept AS (INSERT INTO audit.evidence (subject, sha256) SELECT r.subject, sha256(convert_to(r.record, 'UTF8')) FROM audit.records('difference', '${BOOK}') r WHERE r.subject = 'difference:${BOOK}:${id}' RETURNING id, subject),
     text AS (INSERT INTO audit.edition SELECT k.id, r.record FROM kept k JOIN audit.records('difference', '${BOOK}') r USING (subject))
   INSERT INTO audit.unsealed (evidence_id) SELECT id FROM kept`,
  'SELECT audit.seal_all()',
];
const editions = (id: string) =>
  `(SELECT id FROM audit.evidence WHERE subject = 'difference:${BOOK}:${id}' ORDER BY id LIMIT 1)`;

/** Told by the archive of the subsidies' book. */
const ofBudget =
  (make: Maker): Maker =>
  (roll, targets) => ({ ...make(roll, targets), book: BUDGET });

/** Tampering with which line goes with which, with what became of differences, and with what policies were entered. */
export const MATCHING: Record<string, Maker> = {
  matchLine: onRecord('match', (id) => ({
    says: `核对换明细 ${id}`,
    sql: [
      'DROP INDEX bank_line_used_once',
      `UPDATE bank_match_line SET line_id = (SELECT min(l.id) FROM bank_line l WHERE l.pool_code = '${BOOK}' AND l.id <> line_id) WHERE match_id = ${id}`,
    ],
  })),
  matchLeg: onRecord('match', (id) => ({
    says: `核对换分录 ${id}`,
    sql: ['DROP INDEX ledger_line_used_once', `UPDATE bank_match_leg SET seq = seq + 1 WHERE match_id = ${id}`],
  })),
  matchDeleted: onRecord('match', (id) => ({
    says: `删核对 ${id}`,
    sql: ['bank_match_line', 'bank_match_leg', 'bank_match'].map(
      (table) => `DELETE FROM ${table} WHERE ${table === 'bank_match' ? 'id' : 'match_id'} = ${id}`,
    ),
  })),
  matchUndone: onRecord('match', (id) => ({
    says: `擅自取消核对 ${id}`,
    sql: [
      `UPDATE bank_match SET undone_by = 'forged', undone_on = '2026-11-20', undone_reason = '伪造' WHERE id = ${id}`,
    ],
  })),
  differenceDecided: onRecord('difference', (id) => ({
    says: `差异复核人 ${id}`,
    sql: [`UPDATE difference SET decided_by = 'forged', note = '伪造' WHERE id = ${id}`],
  })),
  differenceDeleted: onRecord('difference', (id) => ({
    says: `删差异 ${id}`,
    sql: [`DELETE FROM difference WHERE id = ${id}`],
  })),
  differenceEdition: onRecord('difference', (id) => ({
    says: `差异前版 ${id}`,
    sql: [
      `UPDATE audit.edition SET record = replace(record, '"amount"', '"Amount"') WHERE evidence_id = ${editions(id)}`,
    ],
  })),
  differenceEditionDeleted: onRecord('difference', (id) => ({
    says: `删差异前版 ${id}`,
    sql: [`DELETE FROM audit.edition WHERE evidence_id = ${editions(id)}`],
  })),
  // The digest and the text of what it is now are added as the program would add them: only the log has nobody who did it.
  differenceKeptAgain: onRecord('difference', (id) => {
    const sql = [`UPDATE difference SET note = '伪造', party_note = '伪造' WHERE id = ${id}`, ...keptAgain(id)];
    return { says: `差异改写后另留一版 ${id}`, sql };
  }),
  loanDifference: onRecord('loanDifference', (id) => ({
    says: `三方对账差异 ${id}`,
    sql: [`UPDATE loan_difference SET reported = coalesce(reported, 0) + 1 WHERE id = ${id}`],
  })),
  subsidyPayee: ofBudget(
    onRecord('subsidyPayment', (id) => ({
      says: `拨付账号 ${id}`,
      sql: [`UPDATE subsidy_payment SET payee_account = '6222000000000000' WHERE id = ${id}`],
    })),
  ),
  subsidyPaymentDeleted: ofBudget(
    onRecord('subsidyPayment', (id) => ({
      says: `删拨付 ${id}`,
      sql: [`DELETE FROM subsidy_payment WHERE id = ${id}`],
    })),
  ),
  subsidyClawback: ofBudget(
    onRecord('subsidyClawback', (id) => ({
      says: `追回金额 ${id}`,
      sql: [`UPDATE subsidy_clawback SET amount = amount - 1 WHERE id = ${id}`],
    })),
  ),
  quoteNotKept: () => ({
    says: '改 LPR 而未留存',
    sql: [`UPDATE lpr_quote SET one_year = 9.000 WHERE month = (SELECT min(month) FROM lpr_quote)`],
    locates: (finding) => Boolean(finding.about?.startsWith('lprQuote:-:')),
  }),
  policyVersion: () => ({
    says: '添政策取值',
    sql: [
      `INSERT INTO policy_version (id, clause_id, effective_from, value, citation, status, proposed_by, decided_by, decided_on) VALUES ('00000000-0000-4000-8000-000000000001', 'ningkedai-2025.leverage', '2026-01-01', '1', '{}', 'approved', 'forged', 'forged2', '2026-01-02')`,
    ],
    locates: about('policyVersion:-:00000000-0000-4000-8000-000000000001'),
  }),
};
