-- Closings, annual statements, looks at the loans, LPR quotes and holiday notices are kept by digest like everything that figures rest on. And a record
-- is compared with its first digest: who changes it and adds a digest that fits is told by there being two. Only what has a later edition may have more.
ALTER TABLE audit.kind ADD COLUMN replaceable boolean NOT NULL DEFAULT false;

CREATE FUNCTION audit.of_closing(r closing) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', r.id, 'poolCode', r.pool_code, 'period', r.period, 'exception', r.exception, 'checklist', r.checklist, 'ledgerHead', r.ledger_head,
    'ledgerEntries', r.ledger_entries, 'proposedBy', r.proposed_by, 'proposedOn', r.proposed_on, 'closedBy', r.closed_by, 'closedOn', r.closed_on)::text
$$;
CREATE FUNCTION audit.of_year_closing(r year_closing) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', r.id, 'poolCode', r.pool_code, 'year', r.year, 'carried', r.carried, 'ledgerHead', r.ledger_head, 'ledgerEntries', r.ledger_entries,
    'proposedBy', r.proposed_by, 'proposedOn', r.proposed_on, 'closedBy', r.closed_by, 'closedOn', r.closed_on)::text
$$;
CREATE FUNCTION audit.of_annual_statement(r annual_statement) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('yearClosingId', r.year_closing_id, 'poolCode', r.pool_code, 'year', r.year, 'partyKind', r.party_kind, 'partyCode', r.party_code,
    'statement', r.statement, 'documentId', r.document_id)::text
$$;
CREATE FUNCTION audit.of_loan_reconciliation(r loan_reconciliation) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', r.id, 'poolCode', r.pool_code, 'period', r.period, 'number', r.number, 'agreed', r.agreed, 'differences', r.differences, 'inputs', r.inputs,
    'result', r.result, 'runBy', r.run_by, 'runOn', r.run_on)::text
$$;
CREATE FUNCTION audit.of_lpr_quote(r lpr_quote) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('month', r.month, 'publishedOn', r.published_on, 'oneYear', r.one_year::text, 'fivePlus', r.five_plus::text, 'confirmed', r.confirmed, 'source', r.source)::text
$$;
CREATE FUNCTION audit.of_holiday_notice(r holiday_notice) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('year', r.year, 'off', r.off, 'worked', r.worked, 'source', r.source)::text
$$;

INSERT INTO audit.kind (kind, relation, book, key, wording, counts, replaceable) VALUES
  ('closing', 'closing', 'r.pool_code', 'r.period', 'of_closing', 'r.status = ''closed''', false),
  ('yearClosing', 'year_closing', 'r.pool_code', 'r.year', 'of_year_closing', 'r.status = ''closed''', false),
  ('annualStatement', 'annual_statement', 'r.pool_code', 'r.year || '':'' || r.party_kind || '':'' || r.party_code', 'of_annual_statement', 'true', false),
  ('loanReconciliation', 'loan_reconciliation', 'r.pool_code', 'r.id', 'of_loan_reconciliation', 'true', false),
  ('lprQuote', 'lpr_quote', '''-''', 'r.month', 'of_lpr_quote', 'true', true),
  ('holidayNotice', 'holiday_notice', '''-''', 'r.year', 'of_holiday_notice', 'true', true);

CREATE TRIGGER keep_closing_record AFTER UPDATE ON closing FOR EACH ROW WHEN (OLD.status <> 'closed' AND NEW.status = 'closed') EXECUTE FUNCTION audit.keep_row('closing');
CREATE TRIGGER keep_closing_record AFTER UPDATE ON year_closing FOR EACH ROW WHEN (OLD.status <> 'closed' AND NEW.status = 'closed') EXECUTE FUNCTION audit.keep_row('yearClosing');
CREATE TRIGGER keep AFTER INSERT ON annual_statement REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.keep_rows('annualStatement');
CREATE TRIGGER keep AFTER INSERT ON loan_reconciliation REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.keep_rows('loanReconciliation');
CREATE TRIGGER keep AFTER INSERT OR UPDATE ON lpr_quote FOR EACH ROW EXECUTE FUNCTION audit.keep_row('lprQuote');
CREATE TRIGGER keep AFTER INSERT OR UPDATE ON holiday_notice FOR EACH ROW EXECUTE FUNCTION audit.keep_row('holidayNotice');

-- Each record beside the digest it was kept with.
CREATE OR REPLACE FUNCTION audit.verify_records() RETURNS TABLE (seq bigint, subject text, problem text, detail text) LANGUAGE plpgsql STABLE SET search_path = audit, public, pg_temp AS $$
BEGIN
  RETURN QUERY
  WITH now AS (
    SELECT r.subject, sha256(convert_to(r.record, 'UTF8')) AS hash FROM kind k CROSS JOIN LATERAL records(k.kind) r
    UNION ALL
    SELECT 'bankLines:' || l.pool_code || ':' || l.statement_id, string_agg(substr(sha256(convert_to(of_bank_line(l), 'UTF8')), 1, 8), ''::bytea ORDER BY l.id) FROM bank_line l GROUP BY l.pool_code, l.statement_id
  ), digests AS (
    SELECT e.subject, e.sha256 AS hash, e.id, k.replaceable FROM evidence e JOIN kind k ON k.kind = split_part(e.subject, ':', 1) WHERE e.parts IS NULL
  ), held AS (
    SELECT DISTINCT ON (d.subject) d.* FROM digests d ORDER BY d.subject, CASE WHEN d.replaceable THEN -d.id ELSE d.id END
  ), kept AS (
    SELECT h.subject, h.hash, h.id FROM held h UNION ALL SELECT e.subject, string_agg(e.parts, ''::bytea ORDER BY e.id), max(e.id) FROM evidence e WHERE e.parts IS NOT NULL GROUP BY e.subject
  )
  SELECT s.seq, coalesce(n.subject, k.subject), 'record', CASE WHEN k.subject IS NULL THEN '没有留存摘要：绕过程序写入' WHEN n.subject IS NULL THEN '已被删除' ELSE '与留存摘要不符：内容被改动' END
    FROM now n FULL JOIN kept k ON k.subject = n.subject LEFT JOIN seal s ON s.evidence_id = k.id WHERE n.hash IS DISTINCT FROM k.hash
  UNION ALL
  SELECT s.seq, d.subject, 'record', '另有一个不同的摘要：资料留存以后被改写'
    FROM digests d JOIN held h ON h.subject = d.subject AND h.hash <> d.hash LEFT JOIN seal s ON s.evidence_id = d.id WHERE NOT d.replaceable;
END $$;

-- A record is in the archive of the part of the chain in which it was kept.
CREATE OR REPLACE FUNCTION audit.archived(p_kind text, p_book text) RETURNS TABLE (subject text, seal bigint, waits boolean, record text) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = audit, public, pg_temp AS $$
  SELECT r.subject, (SELECT CASE WHEN k.replaceable THEN max(s.seq) ELSE min(s.seq) END FROM evidence e JOIN seal s ON s.evidence_id = e.id WHERE e.subject = r.subject),
         EXISTS (SELECT FROM evidence e JOIN unsealed u ON u.evidence_id = e.id WHERE e.subject = r.subject), r.record
    FROM kind k CROSS JOIN LATERAL records(k.kind, p_book) r WHERE k.kind = p_kind AND current_setting('app.scope', true) = 'all'
$$;

-- What there is already is kept as it stands.
DO $$
DECLARE k audit.kind;
BEGIN
  FOR k IN SELECT * FROM audit.kind WHERE kind IN ('closing', 'yearClosing', 'annualStatement', 'loanReconciliation', 'lprQuote', 'holidayNotice') ORDER BY kind LOOP
    EXECUTE format('INSERT INTO audit.evidence (subject, sha256) SELECT r.subject, sha256(convert_to(r.record, ''UTF8'')) FROM audit.records(%L) r ORDER BY 1', k.kind);
  END LOOP;
END $$;
SELECT audit.seal_all();
REVOKE ALL ON FUNCTION audit.of_closing, audit.of_year_closing, audit.of_annual_statement, audit.of_loan_reconciliation, audit.of_lpr_quote, audit.of_holiday_notice FROM PUBLIC;
