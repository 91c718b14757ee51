-- What the tables themselves refuse, whoever asks: amounts, states, one active filing per 借据号, the leverage ceiling, and whose rows one sees.

ALTER TABLE contribution
  ADD CONSTRAINT contribution_positive CHECK (amount > 0),
  ADD CONSTRAINT contribution_two_people CHECK (reversed_by IS NULL OR reversed_by <> recorded_by);
ALTER TABLE loan_filing
  ADD CONSTRAINT filing_amounts CHECK (principal > 0 AND counted_principal > 0 AND counted_principal <= principal),
  ADD CONSTRAINT filing_dates CHECK (matures_on > disbursed_on),
  ADD CONSTRAINT filing_status CHECK (status IN ('submitted', 'consented', 'refused', 'withdrawn')),
  ADD CONSTRAINT filing_two_people CHECK (decided_by IS NULL OR status = 'withdrawn' OR decided_by <> filed_by);
CREATE UNIQUE INDEX contribution_receipt ON contribution (pool_code, receipt_no) WHERE reversed_on IS NULL;
CREATE UNIQUE INDEX filing_natural_key ON loan_filing (bank_code, due_bill_no) WHERE status IN ('submitted', 'consented');
ALTER TABLE loan
  ADD CONSTRAINT loan_amounts CHECK (outstanding_principal >= 0 AND outstanding_principal <= principal AND counted_principal <= principal),
  ADD CONSTRAINT loan_status CHECK (status IN ('active', 'paidOff'));
ALTER TABLE pool_exposure ADD CONSTRAINT exposure_not_negative CHECK (counted_outstanding >= 0 AND reserve >= 0);
ALTER TABLE pool_position ADD CONSTRAINT position_not_negative CHECK (counted_outstanding >= 0 AND reserved >= 0 AND capital >= 0 AND admitted >= 0);
ALTER TABLE policy_version ADD CONSTRAINT version_two_people CHECK (decided_by IS NULL OR decided_by <> proposed_by);
CREATE UNIQUE INDEX policy_version_in_force ON policy_version (clause_id, effective_from) WHERE status = 'approved';
ALTER TABLE settlement ADD CONSTRAINT settlement_status CHECK (status IN ('running', 'settled', 'provisional'));

-- The ceiling a second time: no consent may take counted outstanding above leverage × capital. It may stand above when capital falls or a bank
-- reports more than before; that stops consents, never a fact.
CREATE FUNCTION hold_headroom() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.admitted > OLD.admitted AND NEW.counted_outstanding > NEW.leverage * NEW.capital THEN
    RAISE EXCEPTION 'HEADROOM_EXCEEDED: 资金池 % 可用额度不足', NEW.pool_code USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER hold_headroom BEFORE UPDATE ON pool_position FOR EACH ROW EXECUTE FUNCTION hold_headroom();

-- A filing is decided once: consented, refused and withdrawn are ends.
CREATE FUNCTION decide_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status <> 'submitted' AND NEW.status <> OLD.status THEN
    RAISE EXCEPTION 'ALREADY_DECIDED: 备案 % 已有结论，不能再变更', OLD.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER decide_once BEFORE UPDATE ON loan_filing FOR EACH ROW EXECUTE FUNCTION decide_once();

-- What happens to a loan is booked while it is in the pool and in a month that is open: otherwise a settled month would change.
CREATE FUNCTION check_events() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE bad record;
BEGIN
  SELECT e.reference, e.occurred_on INTO bad FROM new_events e JOIN loan l ON l.id = e.loan_id JOIN ledger.book b ON b.id = e.pool_code
   WHERE e.occurred_on < l.admitted_on OR to_char(e.occurred_on, 'YYYY-MM') <= b.locked_through LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'EVENT_OUT_OF_PLACE: % 记于 %，该月已结算或早于入池', bad.reference, bad.occurred_on USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER in_open_month AFTER INSERT ON loan_event REFERENCING NEW TABLE AS new_events FOR EACH STATEMENT EXECUTE FUNCTION check_events();

-- Takes a pool's hot row and then reads: a statement that waits for the row would still see the book as it was before it waited.
CREATE FUNCTION lock_pool(p_code text) RETURNS TABLE (code text, name text, programme text, policy_code text, regions text[], cooperating_unit text, matching_unit text,
  capital text, counted text, reserved text, locked_through text) LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM pool_position s WHERE s.pool_code = p_code FOR UPDATE;
  RETURN QUERY SELECT p.code, p.name, p.programme, p.policy_code, p.regions, p.cooperating_unit, p.matching_unit, s.capital::text, s.counted_outstanding::text, s.reserved::text, b.locked_through::text
    FROM pool p JOIN pool_position s ON s.pool_code = p.code JOIN ledger.book b ON b.id = p.code WHERE p.code = p_code;
END $$;

-- History is added to, never rewritten.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'APPEND_ONLY: % 只增不改', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON loan_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The application's role: everything but deleting history. Row-level security narrows what it sees to the actor's own.
GRANT USAGE ON SCHEMA public TO ningkedai_app;
GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO ningkedai_app;
GRANT DELETE ON idempotency_key, import_row TO ningkedai_app;
REVOKE UPDATE ON loan_event, audit_log, contribution FROM ningkedai_app;
GRANT UPDATE (reversed_on, reversed_by) ON contribution TO ningkedai_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ningkedai_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE ON TABLES TO ningkedai_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO ningkedai_app;
DO $$ BEGIN
  IF to_regclass('_prisma_migrations') IS NOT NULL THEN REVOKE ALL ON _prisma_migrations FROM ningkedai_app; END IF;
END $$;

-- app.scope = all | own; with own: app.bank, app.pools (comma-separated), app.enterprise. Unset sees nothing.
CREATE FUNCTION sees(bank text, pool text, enterprise text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT current_setting('app.scope', true) = 'all' OR (current_setting('app.scope', true) = 'own' AND (
    bank = nullif(current_setting('app.bank', true), '') OR enterprise = nullif(current_setting('app.enterprise', true), '')
    OR pool = ANY (string_to_array(nullif(current_setting('app.pools', true), ''), ','))))
$$;
DO $$
DECLARE t text; expr text;
BEGIN
  FOREACH t IN ARRAY ARRAY['loan_filing', 'loan', 'loan_event', 'balance_report_line', 'balance_report', 'import', 'settlement_statement', 'document', 'pool_exposure'] LOOP
    expr := CASE t WHEN 'loan_filing' THEN 'sees(bank_code, pool_code, enterprise_uscc)' WHEN 'loan' THEN 'sees(bank_code, pool_code, enterprise_uscc)'
      WHEN 'document' THEN 'sees(bank_code, pool_code, enterprise_uscc)'
      -- An enterprise sees what belongs to its loans; the others never come to the look-up.
      WHEN 'pool_exposure' THEN 'sees(bank_code, pool_code, NULL) OR (current_setting(''app.enterprise'', true) <> '''' AND EXISTS (SELECT FROM loan l WHERE l.id = key))'
      WHEN 'loan_event' THEN 'sees(bank_code, pool_code, NULL) OR (current_setting(''app.enterprise'', true) <> '''' AND EXISTS (SELECT FROM loan l WHERE l.id = loan_id))'
      WHEN 'balance_report' THEN 'sees(bank_code, NULL, NULL) OR EXISTS (SELECT FROM balance_report_line l WHERE l.report_id = balance_report.id)' WHEN 'settlement_statement' THEN 'sees(party_code, pool_code, NULL)' ELSE 'sees(bank_code, pool_code, NULL)' END;
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    -- The first test is the same for every row, so the planner runs it once; sees() is asked only for those who see their own.
    EXECUTE format('CREATE POLICY own_rows ON %I TO ningkedai_app USING ((SELECT current_setting(''app.scope'', true) = ''all'') OR %s)', t, expr);
  END LOOP;
END $$;
ALTER TABLE idempotency_key ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON idempotency_key TO ningkedai_app USING (actor = current_setting('app.actor', true) OR current_setting('app.actor', true) = 'system');
ALTER TABLE audit_log ENABLE ROW LEVEL SECURITY;
CREATE POLICY written_by_all ON audit_log FOR INSERT TO ningkedai_app WITH CHECK (actor = current_setting('app.actor', true));
CREATE POLICY read_by_some ON audit_log FOR SELECT TO ningkedai_app USING ((SELECT current_setting('app.scope', true) = 'all'));
ALTER TABLE import_row ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON import_row TO ningkedai_app USING ((SELECT current_setting('app.scope', true) = 'all') OR EXISTS (SELECT FROM import i WHERE i.id = import_id));


-- Rules look across all banks (the cap per enterprise, the first loan), which the asking bank itself may not: only these sums come out.
CREATE FUNCTION enterprise_commitments(usccs text[]) RETURNS TABLE (uscc text, counted numeric, loans bigint, bad bigint) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT uscc, sum(counted), sum(loans)::bigint, sum(bad)::bigint FROM (
    SELECT enterprise_uscc AS uscc, counted_principal AS counted, 0 AS loans, 0 AS bad FROM loan_filing WHERE status = 'submitted' AND enterprise_uscc = ANY (usccs)
    UNION ALL
    SELECT l.enterprise_uscc, e.counted_outstanding, 1, CASE WHEN l.status = 'active' AND l.classification IN ('substandard', 'doubtful', 'loss') THEN 1 ELSE 0 END FROM loan l JOIN pool_exposure e ON e.pool_code = l.pool_code AND e.key = l.id WHERE l.enterprise_uscc = ANY (usccs)
  ) c GROUP BY uscc
$$;
REVOKE ALL ON FUNCTION enterprise_commitments FROM PUBLIC;
GRANT EXECUTE ON FUNCTION enterprise_commitments TO ningkedai_app;

-- What turns a document into its verification code: only the hash comes out.
REVOKE ALL ON installation_secret FROM ningkedai_app;
INSERT INTO installation_secret SELECT encode(sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')), 'hex');
CREATE FUNCTION document_hash(content text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT encode(sha256(convert_to(secret || content, 'UTF8')), 'hex') FROM installation_secret
$$;

-- Hashes of keys stay where they are: the application asks whether a secret fits, or who a key is.
CREATE FUNCTION key_holder(p_id text, p_secret text, p_today date) RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT id FROM api_key WHERE id = p_id AND secret_hash = sha256(convert_to(p_secret, 'UTF8')) AND revoked_at IS NULL AND (expires_on IS NULL OR expires_on >= p_today)
$$;
REVOKE ALL ON FUNCTION document_hash, key_holder FROM PUBLIC;
GRANT EXECUTE ON FUNCTION document_hash, key_holder TO ningkedai_app;
REVOKE SELECT, UPDATE ON api_key FROM ningkedai_app;
GRANT SELECT (id, name, role, institution_code, enterprise_uscc, scopes, created_at, expires_on, revoked_at), UPDATE (revoked_at) ON api_key TO ningkedai_app;

-- A UUID (version 8) that follows from a name: the same thing made again is the same row.
CREATE FUNCTION fixed_id(name text) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
  SELECT overlay(overlay(substr(encode(sha256(convert_to(name, 'UTF8')), 'hex'), 1, 32) PLACING '8' FROM 13) PLACING 'a' FROM 17)::uuid
$$;

-- Many values in one text parameter (src/db/bulk.ts): U+001F before each, U+001E for null.
CREATE FUNCTION cut(joined text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (string_to_array(joined, chr(31), chr(30)))[2:]
$$;
