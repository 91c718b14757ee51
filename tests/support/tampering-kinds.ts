import { BOOK } from './archive.ts';
import type { Dice, Maker } from './tampering.ts';
import { MATCHING } from './tampering-matching.ts';
import { about, either, one, onRecord, says, within } from './tampering-places.ts';

/** All later hashes of the book forged anew, its head, too. */
const rehashBook = (from: number): string[] => [
  `WITH folded AS (
     SELECT l.seq, array_agg(a.code ORDER BY l.line_no) codes, array_agg(a.sub_key ORDER BY l.line_no) keys, array_agg(l.side::text ORDER BY l.line_no) sides, array_agg(l.amount ORDER BY l.line_no) amounts,
            array_agg(l.subject ORDER BY l.line_no) subjects FROM ledger.line l JOIN ledger.account a ON a.id = l.account_id WHERE l.book_id = '${BOOK}' AND l.seq >= ${from} GROUP BY l.seq
   ), hashed AS (
     SELECT e.seq, ledger.chain(coalesce((SELECT b.hash FROM ledger.entry b WHERE b.book_id = '${BOOK}' AND b.seq = ${from} - 1), ledger.genesis('${BOOK}')), ledger.canonical(e.book_id, e.seq, e.reference,
            e.occurred_on, e.recorded_at, e.kind, e.memo, e.cites, e.belongs_to, e.reverses, e.actor, f.codes, f.keys, f.sides, f.amounts, f.subjects)) OVER (ORDER BY e.seq) AS hash
       FROM ledger.entry e JOIN folded f USING (seq) WHERE e.book_id = '${BOOK}')
   UPDATE ledger.entry e SET hash = h.hash FROM hashed h WHERE e.book_id = '${BOOK}' AND e.seq = h.seq`,
  bookEnds,
];
const bookEnds = `UPDATE ledger.book SET entries = l.seq, head = l.hash FROM (SELECT seq, hash FROM ledger.entry WHERE book_id = '${BOOK}' ORDER BY seq DESC LIMIT 1) l WHERE id = '${BOOK}'`;
/** Balances made to fit whatever the lines are now. */
const BALANCES = `UPDATE ledger.account a SET balance = coalesce((SELECT sum(CASE WHEN l.side = a.normal_side THEN l.amount ELSE -l.amount END) FROM ledger.line l WHERE l.account_id = a.id), 0) WHERE a.book_id = '${BOOK}'`;

/** All later hashes of the audit chain forged anew, its head, too. */
const rehashAudit = (from: number): string[] => [
  `WITH hashed AS (
     SELECT s.seq, ledger.chain(coalesce((SELECT b.hash FROM audit.seal b WHERE b.seq = ${from} - 1), ledger.genesis('audit')),
            convert_to(CASE WHEN s.audit_id IS NULL THEN audit.content(s.seq, e) ELSE audit.content(s.seq, a) END, 'UTF8')) OVER (ORDER BY s.seq) AS hash
       FROM audit.seal s LEFT JOIN audit_log a ON a.id = s.audit_id LEFT JOIN audit.evidence e ON e.id = s.evidence_id WHERE s.seq >= ${from})
   UPDATE audit.seal s SET hash = h.hash FROM hashed h WHERE s.seq = h.seq`,
  auditEnds,
];
const auditEnds = `UPDATE audit.chain SET entries = l.seq, head = l.hash FROM (SELECT seq, hash FROM audit.seal ORDER BY seq DESC LIMIT 1) l`;

/** Every digest made to fit whatever the records are now. */
const EVIDENCE = `UPDATE audit.evidence e SET sha256 = n.hash FROM (SELECT r.subject, sha256(convert_to(r.record, 'UTF8')) AS hash FROM audit.kind k CROSS JOIN LATERAL audit.records(k.kind) r) n
  WHERE n.subject = e.subject AND e.id = (SELECT max(o.id) FROM audit.evidence o WHERE o.subject = e.subject) AND e.sha256 <> n.hash`;

const onEntry =
  (
    make: (seq: number, roll: Dice, lines: number) => { says: string; sql: string[] },
    place = (seq: number) => about(`凭证 ${seq}`),
  ): Maker =>
  (roll, { entries }) => {
    const { seq, lines } = one(roll, entries);
    return { ...make(seq, roll, lines), locates: place(seq) };
  };
const line = (seq: number, no: number) => `book_id = '${BOOK}' AND seq = ${seq} AND line_no = ${no}`;
const entry = (seq: number) => `book_id = '${BOOK}' AND seq = ${seq}`;

/** An amount of an entry raised on both sides, with the balances made to fit: nothing but the hashes tells. */
const raised = (seq: number, fen: number): string[] => [
  `UPDATE ledger.line SET amount = amount + ${fen}::numeric / 100 WHERE ${entry(seq)} AND line_no IN (SELECT min(line_no) FROM ledger.line WHERE ${entry(seq)} AND side = 'D' UNION SELECT min(line_no) FROM ledger.line WHERE ${entry(seq)} AND side = 'C')`,
  BALANCES,
];

/** Every kind of tampering, each with its own way to choose what it changes. */
export const TAMPERINGS: Record<string, Maker> = {
  lineAmount: onEntry((seq, roll, lines) => {
    const no = 1 + roll(lines);
    return {
      says: `金额 ${seq}/${no}`,
      sql: [`UPDATE ledger.line SET amount = amount + ${1 + roll(99_999)}::numeric / 100 WHERE ${line(seq, no)}`],
    };
  }),
  bothAmounts: onEntry((seq, roll) => ({ says: `两边金额 ${seq}`, sql: raised(seq, 1 + roll(99_999)) })),
  lineDate: onEntry((seq, roll, lines) => {
    const no = 1 + roll(lines);
    return {
      says: `分录日期 ${seq}/${no}`,
      sql: [`UPDATE ledger.line SET occurred_on = occurred_on - ${1 + roll(30)} WHERE ${line(seq, no)}`],
    };
  }),
  entryDate: onEntry((seq, roll) => {
    const days = 1 + roll(30);
    const sql = ['entry', 'line'].map(
      (table) => `UPDATE ledger.${table} SET occurred_on = occurred_on - ${days} WHERE ${entry(seq)}`,
    );
    return { says: `凭证日期 ${seq}`, sql };
  }),
  recordedAt: onEntry((seq, roll) => ({
    says: `记账时刻 ${seq}`,
    sql: [
      `UPDATE ledger.entry SET recorded_at = recorded_at - interval '${1 + roll(1000)} microseconds' WHERE ${entry(seq)}`,
    ],
  })),
  memo: onEntry((seq) => ({
    says: `摘要 ${seq}`,
    sql: [`UPDATE ledger.entry SET memo = memo || '。' WHERE ${entry(seq)}`],
  })),
  side: onEntry((seq) => ({
    says: `方向 ${seq}`,
    sql: [`UPDATE ledger.line SET side = CASE side WHEN 'D' THEN 'C' ELSE 'D' END WHERE ${entry(seq)}`, BALANCES],
  })),
  lineDeleted: onEntry((seq, _roll, lines) => ({
    says: `删分录 ${seq}/${lines}`,
    sql: [`DELETE FROM ledger.line WHERE ${line(seq, lines)}`],
  })),
  lineInserted: onEntry((seq, _roll, lines) => ({
    says: `添分录 ${seq}`,
    sql: [
      `INSERT INTO ledger.line SELECT book_id, seq, ${lines + 1}, account_id, side, 0.01, occurred_on, subject FROM ledger.line WHERE ${line(seq, 1)}`,
    ],
  })),
  accountOfAnother: onEntry((seq) => ({
    says: `他账套科目 ${seq}`,
    sql: [
      `INSERT INTO ledger.account (book_id, code, sub_key, normal_side, off_balance, floor_zero) SELECT 'yinchuan', a.code, a.sub_key, a.normal_side, a.off_balance, false FROM ledger.line l JOIN ledger.account a ON a.id = l.account_id WHERE l.book_id = '${BOOK}' AND l.seq = ${seq} AND l.line_no = 1 ON CONFLICT DO NOTHING`,
      `UPDATE ledger.line l SET account_id = o.id FROM ledger.account a JOIN ledger.account o ON o.book_id = 'yinchuan' AND o.code = a.code AND o.sub_key = a.sub_key WHERE a.id = l.account_id AND l.book_id = '${BOOK}' AND l.seq = ${seq} AND l.line_no = 1`,
    ],
  })),
  entryDeleted: (roll, { entries }) => {
    const { seq } = entries[roll(entries.length - 1)]!;
    return {
      says: `删凭证 ${seq}`,
      sql: [`DELETE FROM ledger.line WHERE ${entry(seq)}`, `DELETE FROM ledger.entry WHERE ${entry(seq)}`],
      locates: either(about(`凭证 ${seq + 1}`), says(`第 ${seq} 号`)),
    };
  },
  entryWithoutLines: (roll, { entries }) => {
    const { seq } = one(roll, entries);
    return {
      says: `只删凭证 ${seq}`,
      sql: [`DELETE FROM ledger.entry WHERE ${entry(seq)}`],
      locates: either(about(`凭证 ${seq}`), says(`第 ${seq} 号`)),
    };
  },
  entriesExchanged: (roll, { entries }) => {
    const { seq } = entries[roll(entries.length - 1)]!;
    const move = (table: string, from: number, to: number) =>
      `UPDATE ledger.${table} SET seq = ${to} WHERE ${entry(from)}`;
    const both = ['entry', 'line'].flatMap((table) => [
      move(table, seq, -1),
      move(table, seq + 1, seq),
      move(table, -1, seq + 1),
    ]);
    return { says: `换序 ${seq}、${seq + 1}`, sql: both, locates: about(`凭证 ${seq}`) };
  },
  entryInserted: (_roll, { entries }) => {
    const next = entries.length + 1;
    const sql = [
      `INSERT INTO ledger.entry SELECT book_id, ${next}, reference || ':again', occurred_on, recorded_at, kind, memo, cites, belongs_to, NULL, actor, sha256('forged'::bytea) FROM ledger.entry WHERE ${entry(1)}`,
      `INSERT INTO ledger.line SELECT book_id, ${next}, line_no, account_id, side, amount, occurred_on, subject FROM ledger.line WHERE ${entry(1)}`,
      BALANCES,
      bookEnds,
    ];
    return { says: `添凭证 ${next}`, sql, locates: about(`凭证 ${next}`) };
  },
  bookTailCut: (roll, { entries }) => {
    const from = entries.length - roll(Math.min(10, entries.length - 1));
    const cut = ['line', 'entry'].map(
      (table) => `DELETE FROM ledger.${table} WHERE book_id = '${BOOK}' AND seq >= ${from}`,
    );
    return { says: `截尾 自 ${from}`, sql: [...cut, BALANCES, bookEnds], locates: within('凭证', from) };
  },
  bookRehashed: onEntry(
    (seq, roll) => ({ says: `改写并重算 自 ${seq}`, sql: [...raised(seq, 1 + roll(99_999)), ...rehashBook(seq)] }),
    (seq) => within('凭证', seq),
  ),
  everythingRehashed: (roll, { entries, links }) => {
    const { seq } = one(roll, entries);
    // The heads that statements and documents carry, their digests and the audit chain are all forged to fit: only paper tells.
    const newHead = `(SELECT encode(hash, 'hex') FROM ledger.entry e WHERE e.book_id = '${BOOK}' AND e.seq`;
    const sql = [
      ...raised(seq, 1 + roll(99_999)),
      ...rehashBook(seq),
      `UPDATE settlement SET ledger_head = ${newHead} = ledger_entries) WHERE pool_code = '${BOOK}' AND ledger_entries > 0`,
      `UPDATE settlement_statement SET statement = jsonb_set(statement::jsonb, '{ledger,head}', to_jsonb(${newHead} = (statement::jsonb #>> '{ledger,entries}')::bigint)))::text WHERE pool_code = '${BOOK}' AND (statement::jsonb #>> '{ledger,entries}')::bigint > 0`,
      `UPDATE document SET view_model = jsonb_set(view_model, '{ledger,head}', to_jsonb(${newHead} = (view_model #>> '{ledger,entries}')::bigint))) WHERE pool_code = '${BOOK}' AND (view_model #>> '{ledger,entries}')::bigint > 0`,
      EVIDENCE,
      ...rehashAudit(links[0]!.seq),
    ];
    return { says: `连同单据、摘要全部重算 自 ${seq}`, sql, locates: within('凭证', seq) };
  },
  balance: (roll) => ({
    says: '科目余额',
    sql: [
      `UPDATE ledger.account SET balance = balance + ${1 + roll(99_999)}::numeric / 100 WHERE id = (SELECT min(id) FROM ledger.account WHERE book_id = '${BOOK}' AND code = '1002')`,
    ],
    locates: (finding) => Boolean(finding.about?.startsWith('科目 1002')),
  }),
  auditRow: (roll, { links }) => {
    const { seq, id } = one(roll, links);
    const change = one(roll, [
      `actor = actor || 'x'`,
      `"on" = "on" - 1`,
      `at = at - interval '1 second'`,
      `action = action || 'x'`,
      `subject = subject || 'x'`,
      `after = '{"forged":true}'`,
      `before = '{"forged":true}'`,
      `request_id = 'forged'`,
    ]);
    return {
      says: `审计行 ${id} ${change}`,
      sql: [`UPDATE audit_log SET ${change} WHERE id = ${id}`],
      locates: about(`审计链 ${seq}`),
    };
  },
  auditDeleted: (roll, { links }) => {
    const { seq, id } = one(roll, links);
    return { says: `删审计行 ${id}`, sql: [`DELETE FROM audit_log WHERE id = ${id}`], locates: about(`审计链 ${seq}`) };
  },
  auditDeletedWithLink: (roll, { links }) => {
    const { seq, id } = links[roll(links.length - 1)]!;
    return {
      says: `删审计行 ${id} 及其链`,
      sql: [`DELETE FROM audit_log WHERE id = ${id}`, `DELETE FROM audit.seal WHERE seq = ${seq}`],
      locates: says(`第 ${seq} 号`),
    };
  },
  auditInserted: (roll) => {
    const id = 1_000_000 + roll(1000);
    const sql = `INSERT INTO audit_log (id, "on", actor, role, action, subject) VALUES (${id}, '2026-06-01', 'forged', 'finance', 'claim.pay', 'claim:1')`;
    return { says: '添审计行', sql: [sql], locates: about(`审计记录 ${id}`) };
  },
  auditExchanged: (roll, { links }) => {
    const at = roll(links.length - 1);
    const [a, b] = [links[at]!, links[at + 1]!];
    const sql = [
      `UPDATE audit.seal SET audit_id = -1 WHERE seq = ${a.seq}`,
      `UPDATE audit.seal SET audit_id = ${a.id} WHERE seq = ${b.seq}`,
      `UPDATE audit.seal SET audit_id = ${b.id} WHERE seq = ${a.seq}`,
    ];
    return { says: `审计换序 ${a.seq}、${b.seq}`, sql, locates: about(`审计链 ${a.seq}`) };
  },
  auditTailCut: (roll, { links }) => {
    const { seq } = links[links.length - 1 - roll(20)]!;
    const sql = [
      `DELETE FROM audit_log WHERE id IN (SELECT audit_id FROM audit.seal WHERE seq >= ${seq})`,
      `DELETE FROM audit.seal WHERE seq >= ${seq}`,
      auditEnds,
    ];
    return { says: `审计截尾 自 ${seq}`, sql, locates: within('审计链', seq) };
  },
  auditRehashed: (roll, { links }) => {
    const { seq, id } = one(roll, links);
    return {
      says: `审计改写并重算 自 ${seq}`,
      sql: [`UPDATE audit_log SET actor = 'forged' WHERE id = ${id}`, ...rehashAudit(seq)],
      locates: within('审计链', seq),
    };
  },
  bankAmount: (roll, { bankLines }) => {
    const { id, statement, row } = one(roll, bankLines);
    return {
      says: `银行明细 ${id}`,
      sql: [`UPDATE bank_line SET amount = amount + ${1 + roll(99_999)}::numeric / 100 WHERE id = ${id}`],
      locates: either(says(`明细 ${id}`), says(`对账单 ${statement}`), says(`第 ${row} 行`)),
    };
  },
  bankDate: (roll, { bankLines }) => {
    const { id } = one(roll, bankLines);
    return {
      says: `银行明细日期 ${id}`,
      sql: [`UPDATE bank_line SET occurred_on = occurred_on - 1 WHERE id = ${id}`],
      locates: says(`明细 ${id}`),
    };
  },
  bankSerial: (roll, { bankLines }) => {
    const { id } = one(roll, bankLines);
    return {
      says: `银行明细流水号 ${id}`,
      sql: [`UPDATE bank_line SET serial = 'X' || id WHERE id = ${id}`],
      locates: about(`明细 ${id}`),
    };
  },
  bankDeleted: (roll, { bankLines }) => {
    const { id, statement } = one(roll, bankLines);
    return {
      says: `删银行明细 ${id}`,
      sql: [`DELETE FROM bank_line WHERE id = ${id}`],
      locates: (f) => f.check === 'bank.count' && Boolean(f.about?.startsWith(`对账单 ${statement}（`)),
    };
  },
  bankInserted: (roll, { bankLines }) => {
    const { id } = one(roll, bankLines);
    const sql = `INSERT INTO bank_line (id, statement_id, pool_code, account_no, occurred_on, direction, amount, ordinal, memo, row) SELECT 999999, statement_id, pool_code, account_no, occurred_on, direction, 1.00, 99, memo, row FROM bank_line WHERE id = ${id}`;
    return { says: '添银行明细', sql: [sql], locates: says('明细 999999') };
  },
  bankFile: (roll, { bankLines }) => {
    const { statement } = one(roll, bankLines);
    return {
      says: `对账单原件 ${statement}`,
      sql: [`UPDATE bank_statement SET file = file || '\\x0a'::bytea WHERE id = ${statement}`],
      locates: (f) => f.check === 'bank.file' && Boolean(f.about?.startsWith(`对账单 ${statement}（`)),
    };
  },
  bankClosing: (roll, { bankLines }) => {
    const { statement } = one(roll, bankLines);
    return {
      says: `对账单期末 ${statement}`,
      sql: [`UPDATE bank_statement SET closing = closing + 1 WHERE id = ${statement}`],
      locates: about(`bankStatement:${BOOK}:${statement}`),
    };
  },
  statement: onRecord('settlementStatement', (id, roll) => ({
    says: `结算单 ${id}`,
    sql: [
      `UPDATE settlement_statement SET statement = regexp_replace(statement, '"closing":"', '"closing":"${1 + roll(9)}') WHERE document_id = '${id}'`,
    ],
  })),
  statementDeleted: onRecord('settlementStatement', (id) => ({
    says: `删结算单 ${id}`,
    sql: [`DELETE FROM settlement_statement WHERE document_id = '${id}'`],
  })),
  settlementHead: onRecord('settlement', (id) => ({
    says: `结算的账簿头 ${id}`,
    sql: [`UPDATE settlement SET ledger_entries = ledger_entries + 1 WHERE id = '${id}'`],
  })),
  statementGarbled: onRecord('settlementStatement', (id) => ({
    says: `结算单不成文 ${id}`,
    sql: [`UPDATE settlement_statement SET statement = '{' WHERE document_id = '${id}'`],
  })),
  // The digest of what it is now is added at the end of the chain as the program would add it: nothing before it is touched.
  statementKeptAgain: onRecord('settlementStatement', (id) => ({
    says: `结算单改写后另留摘要 ${id}`,
    sql: [
      `UPDATE settlement_statement SET statement = replace(statement, '"2026-', '"2025-') WHERE document_id = '${id}'`,
      `WITH kept AS (INSERT INTO audit.evidence (subject, sha256) SELECT r.subject, sha256(convert_to(r.record, 'UTF8')) FROM audit.records('settlementStatement', '${BOOK}') r WHERE r.record LIKE '%${id}%' RETURNING id)
       INSERT INTO audit.unsealed (evidence_id) SELECT id FROM kept`,
      'SELECT audit.seal_all()',
    ],
  })),
  closing: onRecord('closing', (id) => ({
    says: `结账 ${id}`,
    sql: [`UPDATE closing SET closed_by = 'forged' WHERE id = '${id}'`],
  })),
  lprQuote: () => ({
    says: '添 LPR',
    sql: [
      `INSERT INTO lpr_quote (month, published_on, one_year, five_plus, confirmed, source) VALUES ('2026-09', '2026-09-20', 9.000, 9.500, true, '伪造') ON CONFLICT (month) DO UPDATE SET one_year = 9.000`,
    ],
    locates: about('lprQuote:-:2026-09'),
  }),
  document: onRecord('document', (id) => ({
    says: `单据内容 ${id}`,
    sql: [`UPDATE document SET view_model = jsonb_set(view_model, '{issuer}', '"伪造"') WHERE id = '${id}'`],
  })),
  documentDeleted: onRecord('document', (id) => ({
    says: `删单据 ${id}`,
    sql: [`UPDATE settlement_statement SET document_id = NULL WHERE false`, `DELETE FROM document WHERE id = '${id}'`],
  })),
  pdf: onRecord('drawing', (id) => ({
    says: `单据 PDF ${id}`,
    sql: [`UPDATE document SET pdf = pdf || '\\x00'::bytea WHERE id = '${id}'`],
  })),
  pdfWithHash: onRecord('drawing', (id) => ({
    says: `单据 PDF 及散列值 ${id}`,
    sql: [
      `UPDATE document SET pdf = pdf || '\\x00'::bytea, pdf_sha256 = sha256(pdf || '\\x00'::bytea) WHERE id = '${id}'`,
    ],
  })),
  reconciliation: onRecord('reconciliation', (id) => ({
    says: `对账 ${id}`,
    sql: [`UPDATE reconciliation SET bank_closing = bank_closing + 1 WHERE id = ${id}`],
  })),
  ...MATCHING,
};
