-- 三方对账: the bank's month-end balances, the programme's register and the pool's reserves side by side, loan by loan.
CREATE TABLE "loan_reconciliation" (
    "id" BIGSERIAL NOT NULL,
    "pool_code" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "agreed" INTEGER NOT NULL,
    "differences" INTEGER NOT NULL,
    "inputs" TEXT NOT NULL,
    "result" TEXT NOT NULL,
    "run_by" TEXT NOT NULL,
    "run_on" DATE NOT NULL,
    "run_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "loan_reconciliation_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "loan_difference" (
    "id" BIGSERIAL NOT NULL,
    "run_id" BIGINT NOT NULL,
    "pool_code" TEXT NOT NULL,
    "bank_code" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "due_bill_no" TEXT NOT NULL,
    "enterprise" TEXT,
    "kind" TEXT NOT NULL,
    "reported" DECIMAL(18,2),
    "registered" DECIMAL(18,2),
    "reserve" DECIMAL(18,2),
    "ledger_reserve" DECIMAL(18,2),
    "amount" DECIMAL(18,2),
    "status" TEXT NOT NULL,
    "owner" TEXT,
    "found_on" DATE NOT NULL,
    "closed_on" DATE,

    CONSTRAINT "loan_difference_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "loan_difference_note" (
    "id" BIGSERIAL NOT NULL,
    "difference_id" BIGINT NOT NULL,
    "pool_code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "written_by" TEXT NOT NULL,
    "written_on" DATE NOT NULL,

    CONSTRAINT "loan_difference_note_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "loan_reconciliation_pool_code_period_number_key" ON "loan_reconciliation"("pool_code", "period", "number");
CREATE INDEX "loan_difference_pool_code_period_id_idx" ON "loan_difference"("pool_code", "period", "id");
CREATE INDEX "loan_difference_note_difference_id_idx" ON "loan_difference_note"("difference_id");
ALTER TABLE "loan_difference" ADD CONSTRAINT "loan_difference_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "loan_reconciliation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "loan_difference_note" ADD CONSTRAINT "loan_difference_note_difference_id_fkey" FOREIGN KEY ("difference_id") REFERENCES "loan_difference"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One difference of a kind stands open for a loan and a month, however often it is looked at.
CREATE UNIQUE INDEX loan_difference_once ON loan_difference (pool_code, period, bank_code, due_bill_no, kind) WHERE closed_on IS NULL;

ALTER TABLE loan_difference
  ADD CONSTRAINT loan_difference_kind CHECK (kind IN ('reportMissing', 'loanUnknown', 'outstandingDiffers', 'reserveDiffers')),
  ADD CONSTRAINT loan_difference_status CHECK (status IN ('open', 'explained', 'agreed') AND (status = 'agreed') = (closed_on IS NOT NULL));
ALTER TABLE loan_difference_note ADD CONSTRAINT loan_difference_note_kind CHECK (kind IN ('comment', 'explain', 'reopen'));

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON loan_reconciliation FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON loan_difference_note FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON loan_difference FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE ON loan_reconciliation, loan_difference_note, loan_difference FROM ningkedai_app;
GRANT UPDATE (status, owner, closed_on) ON loan_difference TO ningkedai_app;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['loan_reconciliation', 'loan_difference', 'loan_difference_note'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own_rows ON %I TO ningkedai_app USING ((SELECT current_setting(''app.scope'', true) = ''all'') OR sees(NULL, pool_code, NULL))', t);
  END LOOP;
END $$;
