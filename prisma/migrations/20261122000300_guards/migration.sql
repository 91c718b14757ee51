-- What the tables themselves refuse, whoever asks: amounts, states, one active filing per 借据号, the leverage ceiling, and whose rows one sees.

ALTER TABLE contribution
  ADD CONSTRAINT contribution_positive CHECK (amount > 0),
  ADD CONSTRAINT contribution_two_people CHECK (reversed_by IS NULL OR reversed_by <> recorded_by);
ALTER TABLE loan_filing
  ADD CONSTRAINT filing_amounts CHECK (principal > 0 AND counted_principal > 0 AND counted_principal <= principal),
  ADD CONSTRAINT filing_dates CHECK (matures_on > disbursed_on),
  ADD CONSTRAINT filing_status CHECK (status IN ('submitted', 'consented', 'refused', 'withdrawn')),
  ADD CONSTRAINT filing_two_people CHECK (decided_by IS NULL OR status = 'withdrawn' OR decided_by <> filed_by);
CREATE UNIQUE INDEX filing_natural_key ON loan_filing (bank_code, due_bill_no) WHERE status IN ('submitted', 'consented');
ALTER TABLE loan
  ADD CONSTRAINT loan_amounts CHECK (outstanding_principal >= 0 AND outstanding_principal <= principal AND counted_principal <= principal),
  ADD CONSTRAINT loan_status CHECK (status IN ('active', 'paidOff'));
ALTER TABLE pool_exposure ADD CONSTRAINT exposure_not_negative CHECK (counted_outstanding >= 0 AND reserve >= 0);
ALTER TABLE pool_position ADD CONSTRAINT position_not_negative CHECK (counted_outstanding >= 0 AND reserved >= 0 AND capital >= 0);
ALTER TABLE policy_version ADD CONSTRAINT version_two_people CHECK (decided_by IS NULL OR decided_by <> proposed_by);
CREATE UNIQUE INDEX policy_version_in_force ON policy_version (clause_id, effective_from) WHERE status = 'approved';
ALTER TABLE settlement ADD CONSTRAINT settlement_status CHECK (status IN ('running', 'settled', 'provisional'));

-- The ceiling a second time: counted outstanding may not rise above leverage × capital. It may stand above when capital falls; that stops consents only.
CREATE FUNCTION hold_headroom() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.counted_outstanding > OLD.counted_outstanding AND NEW.counted_outstanding > NEW.leverage * NEW.capital THEN
    RAISE EXCEPTION 'HEADROOM_EXCEEDED: 资金池 % 可用额度不足', NEW.pool_code USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER hold_headroom BEFORE UPDATE ON pool_position FOR EACH ROW EXECUTE FUNCTION hold_headroom();

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
DO $$ BEGIN
  IF to_regclass('_prisma_migrations') IS NOT NULL THEN REVOKE ALL ON _prisma_migrations FROM ningkedai_app; END IF;
END $$;

-- app.scope = all | own; with own: app.bank, app.pools (comma-separated), app.enterprise. Unset sees nothing.
CREATE FUNCTION sees(bank text, pool text, enterprise text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT current_setting('app.scope', true) = 'all' OR (current_setting('app.scope', true) = 'own' AND (
    bank = nullif(current_setting('app.bank', true), '') OR enterprise = nullif(current_setting('app.enterprise', true), '')
    OR pool = ANY (string_to_array(nullif(current_setting('app.pools', true), ''), ','))))
$$;
DO $$
DECLARE t text; expr text;
BEGIN
  FOREACH t IN ARRAY ARRAY['loan_filing', 'loan', 'loan_event', 'balance_report_line', 'balance_report', 'import', 'settlement_statement', 'document'] LOOP
    expr := CASE t WHEN 'loan_filing' THEN 'sees(bank_code, pool_code, enterprise_uscc)' WHEN 'loan' THEN 'sees(bank_code, pool_code, enterprise_uscc)'
      WHEN 'balance_report' THEN 'sees(bank_code, NULL, NULL)' WHEN 'settlement_statement' THEN 'sees(party_code, pool_code, NULL)' ELSE 'sees(bank_code, pool_code, NULL)' END;
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    -- The first test is the same for every row, so the planner runs it once; sees() is asked only for those who see their own.
    EXECUTE format('CREATE POLICY own_rows ON %I TO ningkedai_app USING ((SELECT current_setting(''app.scope'', true) = ''all'') OR %s)', t, expr);
  END LOOP;
END $$;
ALTER TABLE import_row ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON import_row TO ningkedai_app USING ((SELECT current_setting('app.scope', true) = 'all') OR EXISTS (SELECT FROM import i WHERE i.id = import_id));


-- Rules look across all banks (the cap per enterprise, the first loan), which the asking bank itself may not: only these sums come out.
CREATE FUNCTION enterprise_commitments(usccs text[]) RETURNS TABLE (uscc text, counted numeric, loans bigint) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT uscc, sum(counted), sum(loans)::bigint FROM (
    SELECT enterprise_uscc AS uscc, counted_principal AS counted, 0 AS loans FROM loan_filing WHERE status = 'submitted' AND enterprise_uscc = ANY (usccs)
    UNION ALL
    SELECT l.enterprise_uscc, e.counted_outstanding, 1 FROM loan l JOIN pool_exposure e ON e.pool_code = l.pool_code AND e.key = l.id WHERE l.enterprise_uscc = ANY (usccs)
  ) c GROUP BY uscc
$$;
REVOKE ALL ON FUNCTION enterprise_commitments FROM PUBLIC;
GRANT EXECUTE ON FUNCTION enterprise_commitments TO ningkedai_app;

-- What turns a document into its verification code; never leaves this database.
INSERT INTO setting (key, value) VALUES ('verificationSecret', to_jsonb(encode(sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')), 'hex')));
