-- Bank and ledger side by side: what belongs together, what does not, and every look that was taken.
CREATE TABLE "bank_match" (
    "id" BIGSERIAL NOT NULL,
    "pool_code" TEXT NOT NULL,
    "account_no" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "reason" TEXT,
    "run_id" BIGINT,
    "matched_by" TEXT NOT NULL,
    "matched_on" DATE NOT NULL,
    "undone_by" TEXT,
    "undone_on" DATE,
    "undone_reason" TEXT,

    CONSTRAINT "bank_match_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "bank_match_line" (
    "match_id" BIGINT NOT NULL,
    "line_id" BIGINT NOT NULL,
    "live" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "bank_match_line_pkey" PRIMARY KEY ("match_id","line_id")
);

CREATE TABLE "bank_match_leg" (
    "match_id" BIGINT NOT NULL,
    "pool_code" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "line_no" SMALLINT NOT NULL,
    "live" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "bank_match_leg_pkey" PRIMARY KEY ("match_id","seq","line_no")
);

CREATE TABLE "reconciliation" (
    "id" BIGSERIAL NOT NULL,
    "pool_code" TEXT NOT NULL,
    "account_no" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "bank_closing" DECIMAL(18,2) NOT NULL,
    "ledger_closing" DECIMAL(18,2) NOT NULL,
    "unexplained" DECIMAL(18,2) NOT NULL,
    "matched" INTEGER NOT NULL,
    "differences" INTEGER NOT NULL,
    "inputs" TEXT NOT NULL,
    "result" TEXT NOT NULL,
    "run_by" TEXT NOT NULL,
    "run_on" DATE NOT NULL,
    "run_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "confirmed_by" TEXT,
    "confirmed_on" DATE,

    CONSTRAINT "reconciliation_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "difference" (
    "id" BIGSERIAL NOT NULL,
    "pool_code" TEXT NOT NULL,
    "account_no" TEXT NOT NULL,
    "run_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "direction" TEXT NOT NULL,
    "amount" DECIMAL(18,2) NOT NULL,
    "occurred_on" DATE NOT NULL,
    "line_id" BIGINT,
    "seq" BIGINT,
    "line_no" SMALLINT,
    "status" TEXT NOT NULL,
    "owner" TEXT,
    "resolution" TEXT,
    "note" TEXT,
    "postings" INTEGER NOT NULL DEFAULT 0,
    "proposed_by" TEXT,
    "proposed_on" DATE,
    "decided_by" TEXT,
    "decided_on" DATE,
    "closed_on" DATE,

    CONSTRAINT "difference_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "difference_comment" (
    "id" BIGSERIAL NOT NULL,
    "difference_id" BIGINT NOT NULL,
    "pool_code" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "written_by" TEXT NOT NULL,
    "written_on" DATE NOT NULL,
    "written_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "difference_comment_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "bank_match_account_no_id_idx" ON "bank_match"("account_no", "id");
CREATE INDEX "reconciliation_pool_code_period_idx" ON "reconciliation"("pool_code", "period");
CREATE UNIQUE INDEX "reconciliation_account_no_period_number_key" ON "reconciliation"("account_no", "period", "number");
CREATE INDEX "difference_pool_code_status_id_idx" ON "difference"("pool_code", "status", "id");
CREATE INDEX "difference_account_no_id_idx" ON "difference"("account_no", "id");
CREATE INDEX "difference_comment_difference_id_idx" ON "difference_comment"("difference_id");
ALTER TABLE "bank_match_line" ADD CONSTRAINT "bank_match_line_match_id_fkey" FOREIGN KEY ("match_id") REFERENCES "bank_match"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "bank_match_line" ADD CONSTRAINT "bank_match_line_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "bank_line"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "bank_match_leg" ADD CONSTRAINT "bank_match_leg_match_id_fkey" FOREIGN KEY ("match_id") REFERENCES "bank_match"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "difference_comment" ADD CONSTRAINT "difference_comment_difference_id_fkey" FOREIGN KEY ("difference_id") REFERENCES "difference"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A line of the bank and a line of the ledger are used once, whoever tries and however many at a time.
CREATE UNIQUE INDEX bank_line_used_once ON bank_match_line (line_id) WHERE live;
CREATE UNIQUE INDEX ledger_line_used_once ON bank_match_leg (pool_code, seq, line_no) WHERE live;
CREATE UNIQUE INDEX reconciliation_confirmed_once ON reconciliation (account_no, period) WHERE status = 'confirmed';
CREATE UNIQUE INDEX difference_once_of_line ON difference (line_id) WHERE status IN ('open', 'proposed', 'explained');
CREATE UNIQUE INDEX difference_once_of_leg ON difference (pool_code, seq, line_no) WHERE status IN ('open', 'proposed', 'explained');

ALTER TABLE bank_match
  ADD CONSTRAINT match_undone CHECK ((undone_by IS NULL) = (undone_on IS NULL) AND (undone_by IS NULL) = (undone_reason IS NULL)),
  ADD CONSTRAINT match_manual CHECK (rule <> 'manual' OR reason IS NOT NULL);
ALTER TABLE reconciliation
  ADD CONSTRAINT reconciliation_status CHECK (status IN ('open', 'confirmed')),
  ADD CONSTRAINT reconciliation_confirmed CHECK ((status = 'confirmed') = (confirmed_by IS NOT NULL) AND (status = 'open' OR (unexplained = 0 AND confirmed_by <> run_by)));
ALTER TABLE difference
  ADD CONSTRAINT difference_kind CHECK (kind IN ('unknownReceipt', 'bankFee', 'interest', 'missingInLedger', 'missingAtBank', 'amountDiffers', 'duplicate', 'timing')),
  ADD CONSTRAINT difference_status CHECK (status IN ('open', 'proposed', 'explained', 'resolved', 'matched')),
  ADD CONSTRAINT difference_of_one_side CHECK ((line_id IS NULL) <> (seq IS NULL) AND (seq IS NULL) = (line_no IS NULL)),
  ADD CONSTRAINT difference_resolution CHECK (resolution IN ('interest', 'bankFee', 'suspense', 'timing')),
  ADD CONSTRAINT difference_proposed CHECK (status NOT IN ('proposed', 'explained', 'resolved') OR (resolution IS NOT NULL AND proposed_by IS NOT NULL)),
  ADD CONSTRAINT difference_two_people CHECK (status <> 'resolved' OR decided_by <> proposed_by),
  ADD CONSTRAINT difference_closed CHECK ((status IN ('resolved', 'matched')) = (closed_on IS NOT NULL));

-- At commit a match is whole: both its sides are of the one account and come to the same, to the fen. A reversal has no side at the bank.
CREATE FUNCTION check_match() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE bank numeric; book numeric; strangers integer; n integer;
BEGIN
  SELECT coalesce(sum(CASE b.direction WHEN 'in' THEN b.amount ELSE -b.amount END), 0), count(*) FILTER (WHERE b.account_no IS DISTINCT FROM NEW.account_no), count(*)
    INTO bank, strangers, n FROM bank_match_line u LEFT JOIN bank_line b ON b.id = u.line_id WHERE u.match_id = NEW.id;
  SELECT coalesce(sum(CASE l.side WHEN 'D' THEN l.amount ELSE -l.amount END), 0), strangers + count(*) FILTER (WHERE a.code IS DISTINCT FROM '1002' OR a.sub_key <> NEW.account_no OR u.pool_code <> NEW.pool_code), n + count(*)
    INTO book, strangers, n FROM bank_match_leg u LEFT JOIN ledger.line l ON l.book_id = u.pool_code AND l.seq = u.seq AND l.line_no = u.line_no LEFT JOIN ledger.account a ON a.id = l.account_id WHERE u.match_id = NEW.id;
  IF bank <> book OR strangers > 0 OR n < 2 THEN
    RAISE EXCEPTION 'MATCH_UNEQUAL: 所选银行明细合计 % 元，分录合计 % 元，须相等且属于同一账户', bank, book USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER check_match AFTER INSERT ON bank_match DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_match();

-- A match is never changed; taken back, once, it lets its lines go.
CREATE FUNCTION undo_match() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF OLD.undone_on IS NOT NULL THEN
    RAISE EXCEPTION 'MATCH_UNDONE: 这项核对已经取消' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  UPDATE bank_match_line SET live = false WHERE match_id = OLD.id;
  UPDATE bank_match_leg SET live = false WHERE match_id = OLD.id;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION undo_match FROM PUBLIC;
CREATE TRIGGER undo_match BEFORE UPDATE ON bank_match FOR EACH ROW EXECUTE FUNCTION undo_match();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON bank_match FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON bank_match_line FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON bank_match_leg FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON difference_comment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A run stays as it was, but that a second person confirms it.
CREATE FUNCTION keep_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.status = 'open' AND NEW.status = 'confirmed' AND (to_jsonb(NEW) - '{status,confirmed_by,confirmed_on}'::text[]) = (to_jsonb(OLD) - '{status,confirmed_by,confirmed_on}'::text[]) THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION 'APPEND_ONLY: 对账结果只增不改' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER keep_run BEFORE UPDATE OR DELETE ON reconciliation FOR EACH ROW EXECUTE FUNCTION keep_run();

REVOKE UPDATE ON bank_match, bank_match_line, bank_match_leg, reconciliation, difference_comment FROM ningkedai_app;
GRANT UPDATE (undone_by, undone_on, undone_reason) ON bank_match TO ningkedai_app;
GRANT UPDATE (status, confirmed_by, confirmed_on) ON reconciliation TO ningkedai_app;

DO $$
DECLARE t text; expr text;
BEGIN
  FOREACH t IN ARRAY ARRAY['bank_match', 'bank_match_line', 'bank_match_leg', 'reconciliation', 'difference', 'difference_comment'] LOOP
    expr := CASE t WHEN 'bank_match_line' THEN 'EXISTS (SELECT FROM bank_match m WHERE m.id = match_id)' ELSE 'sees(NULL, pool_code, NULL)' END;
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own_rows ON %I TO ningkedai_app USING ((SELECT current_setting(''app.scope'', true) = ''all'') OR %s)', t, expr);
  END LOOP;
END $$;
