-- 结账: a month of a pool is closed for good, by two people, in order; a year once all of its months are, with its statements.
CREATE TABLE "closing" (
    "id" UUID NOT NULL,
    "pool_code" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "exception" TEXT,
    "checklist" TEXT NOT NULL,
    "ledger_head" TEXT,
    "ledger_entries" BIGINT,
    "proposed_by" TEXT NOT NULL,
    "proposed_on" DATE NOT NULL,
    "closed_by" TEXT,
    "closed_on" DATE,

    CONSTRAINT "closing_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "year_closing" (
    "id" UUID NOT NULL,
    "pool_code" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "carried" TEXT,
    "ledger_head" TEXT,
    "ledger_entries" BIGINT,
    "proposed_by" TEXT NOT NULL,
    "proposed_on" DATE NOT NULL,
    "closed_by" TEXT,
    "closed_on" DATE,

    CONSTRAINT "year_closing_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "annual_statement" (
    "year_closing_id" UUID NOT NULL,
    "party_kind" TEXT NOT NULL,
    "party_code" TEXT NOT NULL,
    "pool_code" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "statement" TEXT NOT NULL,
    "document_id" UUID,

    CONSTRAINT "annual_statement_pkey" PRIMARY KEY ("year_closing_id","party_kind","party_code")
);

CREATE UNIQUE INDEX "closing_pool_code_period_key" ON "closing"("pool_code", "period");
CREATE UNIQUE INDEX "year_closing_pool_code_year_key" ON "year_closing"("pool_code", "year");
CREATE INDEX "annual_statement_pool_code_year_idx" ON "annual_statement"("pool_code", "year");
ALTER TABLE "closing" ADD CONSTRAINT "closing_pool_code_fkey" FOREIGN KEY ("pool_code") REFERENCES "pool"("code") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "year_closing" ADD CONSTRAINT "year_closing_pool_code_fkey" FOREIGN KEY ("pool_code") REFERENCES "pool"("code") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "annual_statement" ADD CONSTRAINT "annual_statement_year_closing_id_fkey" FOREIGN KEY ("year_closing_id") REFERENCES "year_closing"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE closing
  ADD CONSTRAINT closing_period CHECK (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  ADD CONSTRAINT closing_status CHECK (status IN ('proposed', 'withdrawn', 'closed')),
  ADD CONSTRAINT closing_closed CHECK ((status = 'closed') = (closed_by IS NOT NULL) AND (closed_by IS NULL) = (closed_on IS NULL) AND (closed_by IS NULL) = (ledger_head IS NULL) AND (closed_by IS NULL) = (ledger_entries IS NULL)),
  ADD CONSTRAINT closing_two_people CHECK (closed_by <> proposed_by);
ALTER TABLE year_closing
  ADD CONSTRAINT year_closing_status CHECK (status IN ('proposed', 'withdrawn', 'closed')),
  ADD CONSTRAINT year_closing_closed CHECK ((status = 'closed') = (closed_by IS NOT NULL) AND (closed_by IS NULL) = (closed_on IS NULL) AND (closed_by IS NULL) = (ledger_head IS NULL) AND (closed_by IS NULL) = (carried IS NULL)),
  ADD CONSTRAINT year_closing_two_people CHECK (closed_by <> proposed_by);

-- A month closes after the one before it, when it is settled, its postings are locked, and each account of the pool is reconciled or a reason says why not;
-- closed it stays. With the owner's eyes, since what it rests on must be seen whole whoever closes.
CREATE FUNCTION keep_closing() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE first text;
BEGIN
  IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'CLOSED: 结账记录不得删除' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF TG_OP = 'UPDATE' AND (OLD.status = 'closed' OR NEW.id <> OLD.id OR NEW.pool_code <> OLD.pool_code OR NEW.period <> OLD.period) THEN
    RAISE EXCEPTION 'CLOSED: % 已经结账，不得重开或改动', OLD.period USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.status <> 'closed' THEN RETURN NEW; END IF;
  IF TG_OP = 'INSERT' THEN RAISE EXCEPTION 'CLOSING_NOT_PROPOSED: 结账须先提出，再由另一人复核' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  SELECT to_char(p.opened_on, 'YYYY-MM') INTO first FROM pool p WHERE p.code = NEW.pool_code;
  IF NEW.period < first OR (NEW.period > first AND NOT EXISTS (SELECT FROM closing c WHERE c.pool_code = NEW.pool_code AND c.status = 'closed'
       AND c.period = to_char(to_date(NEW.period, 'YYYY-MM') - interval '1 month', 'YYYY-MM'))) THEN
    RAISE EXCEPTION 'CLOSING_OUT_OF_ORDER: % 的上一个月尚未结账', NEW.period USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NOT EXISTS (SELECT FROM settlement s JOIN ledger.book b ON b.id = s.pool_code WHERE s.pool_code = NEW.pool_code AND s.period = NEW.period AND s.status <> 'running' AND b.locked_through >= NEW.period) THEN
    RAISE EXCEPTION 'CLOSING_INCOMPLETE: % 尚未结算', NEW.period USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.exception IS NULL AND EXISTS (SELECT FROM bank_account a WHERE a.pool_code = NEW.pool_code
       AND NOT EXISTS (SELECT FROM reconciliation r WHERE r.account_no = a.account_no AND r.period = NEW.period AND r.status = 'confirmed')) THEN
    RAISE EXCEPTION 'CLOSING_INCOMPLETE: % 还有专户没有确认对账', NEW.period USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_closing BEFORE INSERT OR UPDATE OR DELETE ON closing FOR EACH ROW EXECUTE FUNCTION keep_closing();

CREATE FUNCTION keep_year_closing() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE first text; missing text;
BEGIN
  IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'CLOSED: 年终结账记录不得删除' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF TG_OP = 'UPDATE' AND (OLD.status = 'closed' OR NEW.id <> OLD.id OR NEW.pool_code <> OLD.pool_code OR NEW.year <> OLD.year) THEN
    RAISE EXCEPTION 'CLOSED: % 年已经年终结账，不得重开或改动', OLD.year USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.status <> 'closed' THEN RETURN NEW; END IF;
  IF TG_OP = 'INSERT' THEN RAISE EXCEPTION 'CLOSING_NOT_PROPOSED: 年终结账须先提出，再由另一人复核' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  SELECT to_char(p.opened_on, 'YYYY-MM') INTO first FROM pool p WHERE p.code = NEW.pool_code;
  SELECT min(m.period) INTO missing FROM (SELECT NEW.year || '-' || lpad(n::text, 2, '0') AS period FROM generate_series(1, 12) n) m
   WHERE m.period >= first AND NOT EXISTS (SELECT FROM closing c WHERE c.pool_code = NEW.pool_code AND c.period = m.period AND c.status = 'closed');
  IF missing IS NOT NULL OR NEW.year || '-12' < first THEN
    RAISE EXCEPTION 'YEAR_INCOMPLETE: % 年还有月份没有结账：%', NEW.year, coalesce(missing, first) USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.year > left(first, 4)::int AND NOT EXISTS (SELECT FROM year_closing y WHERE y.pool_code = NEW.pool_code AND y.year = NEW.year - 1 AND y.status = 'closed') THEN
    RAISE EXCEPTION 'CLOSING_OUT_OF_ORDER: % 年的上一年尚未年终结账', NEW.year USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_year_closing BEFORE INSERT OR UPDATE OR DELETE ON year_closing FOR EACH ROW EXECUTE FUNCTION keep_year_closing();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON annual_statement FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE TRUNCATE ON closing FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE TRUNCATE ON year_closing FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What a closed month was settled as stays so.
CREATE FUNCTION keep_closed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM closing c WHERE c.pool_code = OLD.pool_code AND c.period = OLD.period AND c.status = 'closed') THEN
    RAISE EXCEPTION 'CLOSED: % 已经结账，结算不得改动', OLD.period USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER keep_closed BEFORE UPDATE OR DELETE ON settlement FOR EACH ROW EXECUTE FUNCTION keep_closed();
CREATE TRIGGER keep_closed BEFORE UPDATE OR DELETE ON settlement_statement FOR EACH ROW EXECUTE FUNCTION keep_closed();

REVOKE UPDATE ON closing, year_closing, annual_statement FROM ningkedai_app;
GRANT UPDATE (status, exception, checklist, ledger_head, ledger_entries, proposed_by, proposed_on, closed_by, closed_on) ON closing TO ningkedai_app;
GRANT UPDATE (status, carried, ledger_head, ledger_entries, proposed_by, proposed_on, closed_by, closed_on) ON year_closing TO ningkedai_app;
REVOKE ALL ON FUNCTION keep_closing, keep_year_closing, keep_closed FROM PUBLIC;

DO $$
DECLARE t text; expr text;
BEGIN
  FOREACH t IN ARRAY ARRAY['closing', 'year_closing', 'annual_statement'] LOOP
    expr := CASE t WHEN 'annual_statement' THEN 'sees(party_code, pool_code, NULL)' ELSE 'sees(NULL, pool_code, NULL)' END;
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own_rows ON %I TO ningkedai_app USING ((SELECT current_setting(''app.scope'', true) = ''all'') OR %s)', t, expr);
  END LOOP;
END $$;

-- Every month of every pool that is over on a day, and how far it is from being closed.
CREATE FUNCTION closing_months(p_today date) RETURNS TABLE (id uuid, pool_code text, pool_name text, period text, status text, settlement_id uuid, settlement_status text,
  accounts integer, reconciled integer, exception text, proposed_by text, proposed_on date, closed_by text, closed_on date, ledger_head text, ledger_entries bigint) LANGUAGE sql STABLE AS $$
  SELECT fixed_id('closing:' || p.code || ':' || m.period), p.code, p.name, m.period,
         CASE WHEN c.status IN ('proposed', 'closed') THEN c.status
              WHEN s.status <> 'running' AND a.reconciled = a.accounts AND (m.period = to_char(p.opened_on, 'YYYY-MM') OR b.status = 'closed') THEN 'ready' ELSE 'open' END,
         s.id, s.status, a.accounts, a.reconciled, c.exception, c.proposed_by, c.proposed_on, c.closed_by, c.closed_on, c.ledger_head, c.ledger_entries
    FROM pool p
    CROSS JOIN LATERAL (SELECT to_char(d, 'YYYY-MM') AS period, to_char(d - interval '1 month', 'YYYY-MM') AS before
      FROM generate_series(date_trunc('month', p.opened_on::timestamp), date_trunc('month', p_today::timestamp) - interval '1 month', interval '1 month') d) m
    LEFT JOIN closing c ON c.pool_code = p.code AND c.period = m.period AND c.status <> 'withdrawn'
    LEFT JOIN closing b ON b.pool_code = p.code AND b.period = m.before
    LEFT JOIN settlement s ON s.pool_code = p.code AND s.period = m.period
    CROSS JOIN LATERAL (SELECT count(*)::int AS accounts,
        (count(*) FILTER (WHERE EXISTS (SELECT FROM reconciliation r WHERE r.account_no = k.account_no AND r.period = m.period AND r.status = 'confirmed')))::int AS reconciled
      FROM bank_account k WHERE k.pool_code = p.code) a
$$;
REVOKE ALL ON FUNCTION closing_months FROM PUBLIC;
GRANT EXECUTE ON FUNCTION closing_months TO ningkedai_app;
