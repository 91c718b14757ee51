-- Who holds nothing but the archive sees which line of the bank was matched with which entry, what became of every difference, and of a subsidy what was
-- objected, corrected, claimed back, paid and returned. What changes while it is worked on is kept edition by edition, each with its text: a digest alone
-- says that something was there, not what.
CREATE TABLE audit.edition (
  evidence_id bigint PRIMARY KEY,
  record      text NOT NULL
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.edition FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION audit.of_match(r bank_match) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', r.id, 'poolCode', r.pool_code, 'accountNo', r.account_no, 'rule', r.rule, 'reason', r.reason, 'runId', r.run_id, 'matchedBy', r.matched_by, 'matchedOn', r.matched_on,
    'lines', (SELECT coalesce(jsonb_agg(u.line_id ORDER BY u.line_id), '[]') FROM public.bank_match_line u WHERE u.match_id = r.id),
    'legs', (SELECT coalesce(jsonb_agg(jsonb_build_array(u.seq, u.line_no) ORDER BY u.seq, u.line_no), '[]') FROM public.bank_match_leg u WHERE u.match_id = r.id))::text
$$;
CREATE FUNCTION audit.of_match_undoing(r bank_match) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', r.id, 'poolCode', r.pool_code, 'undoneBy', r.undone_by, 'undoneOn', r.undone_on, 'reason', r.undone_reason)::text
$$;
CREATE FUNCTION audit.of_difference(r difference) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', r.id, 'poolCode', r.pool_code, 'accountNo', r.account_no, 'runId', r.run_id, 'kind', r.kind, 'direction', r.direction, 'amount', r.amount::text,
    'on', r.occurred_on, 'lineId', r.line_id, 'seq', r.seq, 'lineNo', r.line_no, 'status', r.status, 'owner', r.owner, 'resolution', r.resolution, 'note', r.note, 'postings', r.postings,
    'proposedBy', r.proposed_by, 'proposedOn', r.proposed_on, 'decidedBy', r.decided_by, 'decidedOn', r.decided_on, 'closedOn', r.closed_on,
    'party', r.party, 'partyNote', r.party_note, 'partyBy', r.party_by, 'partyOn', r.party_on, 'partyDecidedBy', r.party_decided_by, 'partyDecidedOn', r.party_decided_on)::text
$$;
CREATE FUNCTION audit.of_difference_comment(r difference_comment) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', r.id, 'differenceId', r.difference_id, 'poolCode', r.pool_code, 'text', r.text, 'writtenBy', r.written_by, 'writtenOn', r.written_on)::text
$$;
CREATE FUNCTION audit.of_loan_difference(r loan_difference) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', r.id, 'runId', r.run_id, 'poolCode', r.pool_code, 'bankCode', r.bank_code, 'period', r.period, 'dueBillNo', r.due_bill_no, 'enterprise', r.enterprise, 'kind', r.kind,
    'reported', r.reported::text, 'registered', r.registered::text, 'reserve', r.reserve::text, 'ledgerReserve', r.ledger_reserve::text, 'amount', r.amount::text, 'status', r.status, 'owner', r.owner,
    'foundOn', r.found_on, 'closedOn', r.closed_on)::text
$$;
CREATE FUNCTION audit.of_loan_difference_note(r loan_difference_note) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', r.id, 'differenceId', r.difference_id, 'poolCode', r.pool_code, 'kind', r.kind, 'text', r.text, 'writtenBy', r.written_by, 'writtenOn', r.written_on)::text
$$;
-- Of an objection everything but who raised it: that stays with the department.
CREATE FUNCTION audit.of_subsidy_objection(r subsidy_objection) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', r.id, 'lineId', r.line_id, 'enterpriseUscc', r.enterprise_uscc, 'ground', r.ground, 'raisedOn', r.raised_on, 'recordedBy', r.recorded_by, 'status', r.status,
    'opinion', r.opinion, 'decidedBy', r.decided_by, 'decidedOn', r.decided_on)::text
$$;
CREATE FUNCTION audit.of_subsidy_payment(r subsidy_payment) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', r.id, 'batchId', r.batch_id, 'applicationId', r.application_id, 'enterpriseUscc', r.enterprise_uscc, 'attempt', r.attempt, 'supplementId', r.supplement_id,
    'amount', r.amount::text, 'payeeName', r.payee_name, 'payeeBank', r.payee_bank, 'payeeAccount', r.payee_account, 'status', r.status, 'voucherNo', r.voucher_no, 'orderedBy', r.ordered_by,
    'orderedOn', r.ordered_on, 'paidBy', r.paid_by, 'paidOn', r.paid_on, 'returnedOn', r.returned_on, 'returnReason', r.return_reason)::text
$$;
CREATE FUNCTION audit.of_subsidy_supplement(r subsidy_supplement) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', r.id, 'batchId', r.batch_id, 'applicationId', r.application_id, 'lineId', r.line_id, 'enterpriseUscc', r.enterprise_uscc, 'cause', r.cause, 'amount', r.amount::text,
    'status', r.status, 'cites', r.cites, 'reason', r.reason, 'allocatedBy', r.allocated_by, 'allocatedOn', r.allocated_on, 'decidedBy', r.decided_by, 'decidedOn', r.decided_on,
    'orderedBy', r.ordered_by, 'orderedOn', r.ordered_on, 'orderNo', r.order_no)::text
$$;
CREATE FUNCTION audit.of_subsidy_correction(r subsidy_correction) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', r.id, 'applicationId', r.application_id, 'lineId', r.line_id, 'enterpriseUscc', r.enterprise_uscc, 'cause', r.cause, 'reason', r.reason, 'evidence', r.evidence,
    'facts', r.facts, 'amountBefore', r.amount_before::text, 'amountAfter', r.amount_after::text, 'decidedBefore', r.decided_before::text, 'decidedAfter', r.decided_after::text,
    'difference', r.difference::text, 'cites', r.cites, 'explanation', r.explanation, 'supplementId', r.supplement_id, 'clawbackId', r.clawback_id, 'recordedBy', r.recorded_by,
    'recordedOn', r.recorded_on)::text
$$;
CREATE FUNCTION audit.of_subsidy_clawback(r subsidy_clawback) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', r.id, 'applicationId', r.application_id, 'lineId', r.line_id, 'budgetCode', r.budget_code, 'enterpriseUscc', r.enterprise_uscc, 'enterpriseName', r.enterprise_name,
    'ground', r.ground, 'reason', r.reason, 'evidence', r.evidence, 'amount', r.amount::text, 'received', r.received::text, 'remitted', r.remitted::text, 'credit', r.credit, 'status', r.status,
    'cites', r.cites, 'ban', r.ban, 'proposedBy', r.proposed_by, 'proposedOn', r.proposed_on, 'decidedBy', r.decided_by, 'decidedOn', r.decided_on, 'opinion', r.opinion,
    'cancelReason', r.cancel_reason, 'cancelProposedBy', r.cancel_proposed_by, 'cancelProposedOn', r.cancel_proposed_on, 'cancelledBy', r.cancelled_by, 'cancelledOn', r.cancelled_on)::text
$$;
CREATE FUNCTION audit.of_subsidy_clawback_receipt(r subsidy_clawback_receipt) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', r.id, 'clawbackId', r.clawback_id, 'enterpriseUscc', r.enterprise_uscc, 'amount', r.amount::text, 'receivedOn', r.received_on, 'receiptNo', r.receipt_no,
    'recordedBy', r.recorded_by, 'recordedOn', r.recorded_on)::text
$$;
CREATE FUNCTION audit.of_subsidy_remittance(r subsidy_remittance) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', r.id, 'clawbackId', r.clawback_id, 'enterpriseUscc', r.enterprise_uscc, 'amount', r.amount::text, 'status', r.status, 'orderedBy', r.ordered_by,
    'orderedOn', r.ordered_on, 'voucherNo', r.voucher_no, 'paidBy', r.paid_by, 'paidOn', r.paid_on)::text
$$;
CREATE FUNCTION audit.of_subsidy_budget_change(r subsidy_budget_change) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', r.id, 'budgetCode', r.budget_code, 'kind', r.kind, 'amount', r.amount::text, 'document', r.document, 'reason', r.reason, 'status', r.status,
    'moved', r.moved::text, 'voucherNo', r.voucher_no, 'proposedBy', r.proposed_by, 'proposedOn', r.proposed_on, 'decidedBy', r.decided_by, 'decidedOn', r.decided_on, 'opinion', r.opinion)::text
$$;

-- Whose book a subsidy is of: that of the budget it is paid from.
CREATE FUNCTION audit.budget_of(p_application bigint) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT b.code FROM public.subsidy_application a JOIN public.subsidy_budget b ON b.scheme_code = a.scheme_code AND b.year = a.year WHERE a.id = p_application
$$;
INSERT INTO audit.kind (kind, relation, book, key, wording, counts, replaceable) VALUES
  ('match', 'bank_match', 'r.pool_code', 'r.id', 'of_match', 'true', false),
  ('matchUndoing', 'bank_match', 'r.pool_code', 'r.id', 'of_match_undoing', 'r.undone_on IS NOT NULL', false),
  ('difference', 'difference', 'r.pool_code', 'r.id', 'of_difference', 'true', true),
  ('differenceComment', 'difference_comment', 'r.pool_code', 'r.id', 'of_difference_comment', 'true', false),
  ('loanDifference', 'loan_difference', 'r.pool_code', 'r.id', 'of_loan_difference', 'true', true),
  ('loanDifferenceNote', 'loan_difference_note', 'r.pool_code', 'r.id', 'of_loan_difference_note', 'true', false),
  ('subsidyObjection', 'subsidy_objection', 'audit.budget_of((SELECT l.application_id FROM public.subsidy_line l WHERE l.id = r.line_id))', 'r.id', 'of_subsidy_objection', 'true', true),
  ('subsidyPayment', 'subsidy_payment', '(SELECT b.budget_code FROM public.subsidy_batch b WHERE b.id = r.batch_id)', 'r.id', 'of_subsidy_payment', 'true', true),
  ('subsidySupplement', 'subsidy_supplement', '(SELECT b.budget_code FROM public.subsidy_batch b WHERE b.id = r.batch_id)', 'r.id', 'of_subsidy_supplement', 'true', true),
  ('subsidyCorrection', 'subsidy_correction', 'audit.budget_of(r.application_id)', 'r.id', 'of_subsidy_correction', 'true', false),
  ('subsidyClawback', 'subsidy_clawback', 'r.budget_code', 'r.id', 'of_subsidy_clawback', 'true', true),
  ('subsidyClawbackReceipt', 'subsidy_clawback_receipt', '(SELECT c.budget_code FROM public.subsidy_clawback c WHERE c.id = r.clawback_id)', 'r.id', 'of_subsidy_clawback_receipt', 'true', false),
  ('subsidyRemittance', 'subsidy_remittance', '(SELECT c.budget_code FROM public.subsidy_clawback c WHERE c.id = r.clawback_id)', 'r.id', 'of_subsidy_remittance', 'true', true),
  ('subsidyBudgetChange', 'subsidy_budget_change', 'r.budget_code', 'r.id', 'of_subsidy_budget_change', 'true', true);

-- Keeps an edition of whatever a statement put in or changed, with its digest; what is still as it was needs none.
CREATE FUNCTION audit.keep_editions() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = audit, public, pg_temp AS $$
DECLARE k audit.kind;
BEGIN
  SELECT * INTO STRICT k FROM kind WHERE kind = TG_ARGV[0];
  EXECUTE format('WITH n AS (SELECT %L || '':'' || %s || '':'' || %s AS subject, audit.%I(r) AS record FROM new_rows r WHERE %s), changed AS (
      SELECT n.* FROM n WHERE n.record IS DISTINCT FROM (SELECT d.record FROM audit.evidence e JOIN audit.edition d ON d.evidence_id = e.id WHERE e.subject = n.subject ORDER BY e.id DESC LIMIT 1)
    ), kept AS (
      INSERT INTO audit.evidence (subject, sha256) SELECT subject, sha256(convert_to(record, ''UTF8'')) FROM changed ORDER BY 1 RETURNING id, subject
    )
    INSERT INTO audit.edition SELECT kept.id, changed.record FROM kept JOIN changed USING (subject)', k.kind, k.book, k.key, k.wording, k.counts);
  RETURN NULL;
END $$;

-- A match is kept at commit, with the lines and legs that it has by then: all of one run at once, when the first of them comes up.
CREATE FUNCTION audit.keep_match() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = audit, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM evidence e WHERE e.subject = 'match:' || NEW.pool_code || ':' || NEW.id) THEN RETURN NULL; END IF;
  INSERT INTO evidence (subject, sha256)
  SELECT 'match:' || r.pool_code || ':' || r.id, sha256(convert_to(of_match(r), 'UTF8')) FROM bank_match r
   WHERE r.id >= NEW.id AND (r.id = NEW.id OR r.run_id = NEW.run_id) AND NOT EXISTS (SELECT FROM evidence e WHERE e.subject = 'match:' || r.pool_code || ':' || r.id) ORDER BY r.id;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER keep_match AFTER INSERT ON bank_match DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.keep_match();
CREATE TRIGGER keep_undoing AFTER UPDATE ON bank_match FOR EACH ROW WHEN (OLD.undone_on IS DISTINCT FROM NEW.undone_on) EXECUTE FUNCTION audit.keep_row('matchUndoing');
CREATE TRIGGER keep AFTER INSERT ON difference_comment REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.keep_rows('differenceComment');
CREATE TRIGGER keep AFTER INSERT ON loan_difference_note REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.keep_rows('loanDifferenceNote');
CREATE TRIGGER keep AFTER INSERT ON subsidy_correction REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.keep_rows('subsidyCorrection');
CREATE TRIGGER keep AFTER INSERT ON subsidy_clawback_receipt REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.keep_rows('subsidyClawbackReceipt');
DROP TRIGGER keep ON lpr_quote;
DROP TRIGGER keep ON holiday_notice;
DO $$
DECLARE k audit.kind;
BEGIN
  FOR k IN SELECT * FROM audit.kind WHERE replaceable LOOP
    EXECUTE format('CREATE TRIGGER keep_new AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.keep_editions(%L)', k.relation, k.kind);
    EXECUTE format('CREATE TRIGGER keep_changed AFTER UPDATE ON %I REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.keep_editions(%L)', k.relation, k.kind);
  END LOOP;
END $$;

-- What an archive holds: of what has editions each that there was, the last one as it stands in its table now. One that waits for its link is in no archive yet.
CREATE OR REPLACE FUNCTION audit.archived(p_kind text, p_book text) RETURNS TABLE (subject text, seal bigint, waits boolean, record text) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = audit, public, pg_temp AS $$
  SELECT r.subject, (SELECT min(s.seq) FROM evidence e JOIN seal s ON s.evidence_id = e.id WHERE e.subject = r.subject),
         EXISTS (SELECT FROM evidence e JOIN unsealed u ON u.evidence_id = e.id WHERE e.subject = r.subject), r.record
    FROM kind k CROSS JOIN LATERAL records(k.kind, p_book) r WHERE k.kind = p_kind AND NOT k.replaceable AND current_setting('app.scope', true) = 'all'
  UNION ALL
  SELECT r.subject, s.seq, EXISTS (SELECT FROM unsealed u WHERE u.evidence_id = l.id), r.record
    FROM kind k CROSS JOIN LATERAL records(k.kind, p_book) r LEFT JOIN LATERAL (SELECT max(e.id) AS id FROM evidence e WHERE e.subject = r.subject) l ON true LEFT JOIN seal s ON s.evidence_id = l.id
   WHERE k.kind = p_kind AND k.replaceable AND current_setting('app.scope', true) = 'all'
  UNION ALL
  SELECT e.subject, s.seq, false, d.record
    FROM kind k JOIN evidence e ON starts_with(e.subject, k.kind || ':' || p_book || ':') JOIN edition d ON d.evidence_id = e.id JOIN seal s ON s.evidence_id = e.id
   WHERE k.kind = p_kind AND k.replaceable AND current_setting('app.scope', true) = 'all' AND EXISTS (SELECT FROM evidence o WHERE o.subject = e.subject AND o.id > e.id)
$$;

-- And every edition beside its digest: none changed, none gone since there are editions.
CREATE FUNCTION audit.verify_editions() RETURNS TABLE (seq bigint, subject text, problem text, detail text) LANGUAGE sql STABLE SET search_path = audit, public, pg_temp AS $$
  SELECT s.seq, e.subject, 'record', CASE WHEN d.evidence_id IS NULL THEN '这一版已被删除' ELSE '这一版与留存摘要不符：内容被改动' END
    FROM evidence e JOIN kind k ON k.kind = split_part(e.subject, ':', 1) AND k.replaceable LEFT JOIN edition d ON d.evidence_id = e.id LEFT JOIN seal s ON s.evidence_id = e.id
   WHERE e.id >= (SELECT min(evidence_id) FROM edition) AND sha256(convert_to(d.record, 'UTF8')) IS DISTINCT FROM e.sha256
$$;
DO $$
DECLARE source text := pg_get_functiondef('audit.verify()'::regprocedure);
BEGIN
  EXECUTE replace(source, 'SELECT f.* FROM verify_records() f', 'SELECT f.* FROM verify_records() f UNION ALL SELECT f.* FROM verify_editions() f');
END $$;

-- What there is already is kept as it stands.
DO $$
DECLARE k audit.kind;
BEGIN
  FOR k IN SELECT * FROM audit.kind WHERE replaceable OR kind IN ('match', 'matchUndoing', 'differenceComment', 'loanDifferenceNote', 'subsidyCorrection', 'subsidyClawbackReceipt') ORDER BY kind LOOP
    EXECUTE format('WITH r AS (SELECT * FROM audit.records(%L)), kept AS (INSERT INTO audit.evidence (subject, sha256) SELECT subject, sha256(convert_to(record, ''UTF8'')) FROM r ORDER BY 1 RETURNING id, subject)
      INSERT INTO audit.edition SELECT kept.id, r.record FROM kept JOIN r USING (subject) WHERE %L', k.kind, k.replaceable);
  END LOOP;
END $$;
SELECT audit.seal_all();
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA audit FROM PUBLIC;
