-- Guarantees, the circuit breaker's episodes, what leaves a pool, and revoked filings.
-- AlterTable
ALTER TABLE "pool" ADD COLUMN     "ends_on" DATE;

-- CreateTable
CREATE TABLE "guarantee" (
    "id" BIGSERIAL NOT NULL,
    "loan_id" BIGINT NOT NULL,
    "pool_code" TEXT NOT NULL,
    "bank_code" TEXT NOT NULL,
    "enterprise_uscc" TEXT NOT NULL,
    "due_bill_no" TEXT NOT NULL,
    "party" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "percent" DECIMAL(9,6) NOT NULL,
    "contract_no" TEXT NOT NULL,
    "signed_on" DATE NOT NULL,
    "fee" TEXT,
    "annual_rate" DECIMAL(9,6),
    "day_count_basis" TEXT,
    "checks" JSONB NOT NULL,
    "cites" JSONB NOT NULL,
    "liability" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "paid" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "status" TEXT NOT NULL,
    "recorded_by" TEXT NOT NULL,
    "recorded_on" DATE NOT NULL,
    "cancelled_by" TEXT,
    "cancelled_on" DATE,
    "reason" TEXT,

    CONSTRAINT "guarantee_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "guarantee_payout" (
    "id" BIGSERIAL NOT NULL,
    "guarantee_id" BIGINT NOT NULL,
    "pool_code" TEXT NOT NULL,
    "bank_code" TEXT NOT NULL,
    "party" TEXT NOT NULL,
    "amount" DECIMAL(18,2) NOT NULL,
    "paid_on" DATE NOT NULL,
    "voucher_no" TEXT NOT NULL,
    "recorded_by" TEXT NOT NULL,
    "recorded_on" DATE NOT NULL,
    "reversed_by" TEXT,
    "reversed_on" DATE,
    "reason" TEXT,

    CONSTRAINT "guarantee_payout_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "suspension" (
    "id" BIGSERIAL NOT NULL,
    "pool_code" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "party" TEXT NOT NULL,
    "bank_code" TEXT,
    "cause" TEXT NOT NULL,
    "measure" TEXT,
    "level" TEXT NOT NULL,
    "stops" TEXT,
    "over" DECIMAL(18,2),
    "under" DECIMAL(18,2),
    "warn_line" DECIMAL(9,4),
    "suspend_line" DECIMAL(9,4),
    "message" TEXT NOT NULL,
    "cites" JSONB NOT NULL,
    "explanation" JSONB,
    "trigger" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "since" DATE NOT NULL,
    "status" TEXT NOT NULL,
    "below_since" DATE,
    "lifted_on" DATE,
    "ended_on" DATE,

    CONSTRAINT "suspension_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "suspension_lift" (
    "id" BIGSERIAL NOT NULL,
    "suspension_id" BIGINT NOT NULL,
    "pool_code" TEXT NOT NULL,
    "bank_code" TEXT,
    "reason" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "proposed_by" TEXT NOT NULL,
    "proposed_on" DATE NOT NULL,
    "decided_by" TEXT,
    "decided_on" DATE,
    "decision" TEXT,

    CONSTRAINT "suspension_lift_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "capital_order" (
    "id" BIGSERIAL NOT NULL,
    "pool_code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "lines" JSONB NOT NULL,
    "total" DECIMAL(18,2) NOT NULL,
    "account_no" TEXT NOT NULL,
    "paid_on" DATE NOT NULL,
    "voucher_no" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "cites" JSONB NOT NULL,
    "status" TEXT NOT NULL,
    "proposed_by" TEXT NOT NULL,
    "proposed_on" DATE NOT NULL,
    "decided_by" TEXT,
    "decided_on" DATE,
    "decision" TEXT,

    CONSTRAINT "capital_order_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "revocation" (
    "id" BIGSERIAL NOT NULL,
    "loan_id" BIGINT NOT NULL,
    "pool_code" TEXT NOT NULL,
    "bank_code" TEXT NOT NULL,
    "ground" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "occurred_on" DATE NOT NULL,
    "cites" JSONB NOT NULL,
    "status" TEXT NOT NULL,
    "proposed_by" TEXT NOT NULL,
    "proposed_on" DATE NOT NULL,
    "decided_by" TEXT,
    "decided_on" DATE,
    "decision" TEXT,

    CONSTRAINT "revocation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "guarantee_loan_id_idx" ON "guarantee"("loan_id");

-- CreateIndex
CREATE INDEX "guarantee_pool_code_id_idx" ON "guarantee"("pool_code", "id");

-- CreateIndex
CREATE INDEX "guarantee_party_id_idx" ON "guarantee"("party", "id");

-- CreateIndex
CREATE INDEX "guarantee_payout_guarantee_id_idx" ON "guarantee_payout"("guarantee_id");

-- CreateIndex
CREATE INDEX "guarantee_payout_pool_code_paid_on_idx" ON "guarantee_payout"("pool_code", "paid_on");

-- CreateIndex
CREATE INDEX "suspension_pool_code_status_idx" ON "suspension"("pool_code", "status");

-- CreateIndex
CREATE INDEX "suspension_bank_code_idx" ON "suspension"("bank_code");

-- CreateIndex
CREATE INDEX "suspension_lift_suspension_id_idx" ON "suspension_lift"("suspension_id");

-- CreateIndex
CREATE INDEX "capital_order_pool_code_id_idx" ON "capital_order"("pool_code", "id");

-- CreateIndex
CREATE INDEX "revocation_loan_id_idx" ON "revocation"("loan_id");

-- AddForeignKey
ALTER TABLE "guarantee" ADD CONSTRAINT "guarantee_loan_id_fkey" FOREIGN KEY ("loan_id") REFERENCES "loan_filing"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "guarantee" ADD CONSTRAINT "guarantee_party_fkey" FOREIGN KEY ("party") REFERENCES "institution"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "guarantee_payout" ADD CONSTRAINT "guarantee_payout_guarantee_id_fkey" FOREIGN KEY ("guarantee_id") REFERENCES "guarantee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "suspension" ADD CONSTRAINT "suspension_pool_code_fkey" FOREIGN KEY ("pool_code") REFERENCES "pool"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "suspension_lift" ADD CONSTRAINT "suspension_lift_suspension_id_fkey" FOREIGN KEY ("suspension_id") REFERENCES "suspension"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "capital_order" ADD CONSTRAINT "capital_order_pool_code_fkey" FOREIGN KEY ("pool_code") REFERENCES "pool"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "revocation" ADD CONSTRAINT "revocation_loan_id_fkey" FOREIGN KEY ("loan_id") REFERENCES "loan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;



-- Who guarantees loans: what it answers for is off the balance sheet and mirrors itself.
INSERT INTO ledger.chart (code, name, normal_side, off_balance, floor_zero) VALUES
  ('9401', '担保责任余额', 'D', true, true),
  ('9402', '担保责任余额（对应）', 'C', true, true);

ALTER TABLE guarantee
  ADD CONSTRAINT guarantee_role CHECK (role IN ('guarantor', 'reguarantor', 'insurer')),
  ADD CONSTRAINT guarantee_amounts CHECK (percent > 0 AND percent <= 100 AND liability >= 0 AND paid >= 0 AND annual_rate >= 0),
  ADD CONSTRAINT guarantee_fee CHECK ((fee IS NULL) = (annual_rate IS NULL) AND (fee IS NULL) = (day_count_basis IS NULL)),
  ADD CONSTRAINT guarantee_status CHECK (status IN ('active', 'cancelled')),
  ADD CONSTRAINT guarantee_two_people CHECK ((status = 'cancelled') = (cancelled_by IS NOT NULL) AND (status = 'active' OR (liability = 0 AND paid = 0)));
CREATE UNIQUE INDEX guarantee_party ON guarantee (loan_id, party) WHERE status = 'active';
CREATE UNIQUE INDEX guarantee_contract ON guarantee (party, contract_no, loan_id) WHERE status = 'active';
ALTER TABLE guarantee_payout
  ADD CONSTRAINT payout_amount CHECK (amount > 0),
  ADD CONSTRAINT payout_reversal CHECK ((reversed_by IS NULL) = (reversed_on IS NULL) AND reversed_by <> recorded_by);
CREATE UNIQUE INDEX guarantee_voucher ON guarantee_payout (party, voucher_no) WHERE reversed_on IS NULL;

-- The parties of a loan together answer for no more than all of it.
CREATE FUNCTION check_guarantees() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT sum(percent) FROM guarantee WHERE loan_id = NEW.loan_id AND status = 'active') > 100 THEN
    RAISE EXCEPTION 'GUARANTEE_SHARES: 借据 % 的各方担保比例合计超过百分之百', NEW.due_bill_no USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER check_guarantees AFTER INSERT OR UPDATE OF percent, status ON guarantee DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_guarantees();

ALTER TABLE suspension
  ADD CONSTRAINT suspension_scope CHECK (scope IN ('bank', 'cooperatingUnit', 'pool', 'guarantor')),
  ADD CONSTRAINT suspension_cause CHECK ((cause = 'ratio' AND measure IS NOT NULL AND over IS NOT NULL AND under IS NOT NULL AND suspend_line IS NOT NULL) OR (cause = 'report' AND measure IS NULL)),
  ADD CONSTRAINT suspension_level CHECK ((level = 'warn' AND stops IS NULL) OR (level = 'suspend' AND stops IN ('filings', 'claims'))),
  ADD CONSTRAINT suspension_status CHECK (status IN ('active', 'lifted', 'ended') AND (status <> 'lifted' OR lifted_on IS NOT NULL) AND ((status = 'ended') = (ended_on IS NOT NULL)));
CREATE UNIQUE INDEX suspension_one_standing ON suspension (pool_code, scope, party, (coalesce(measure, 'report'))) WHERE status <> 'ended';
ALTER TABLE suspension_lift
  ADD CONSTRAINT lift_status CHECK (status IN ('proposed', 'confirmed', 'refused') AND ((status = 'proposed') = (decided_by IS NULL))),
  ADD CONSTRAINT lift_two_people CHECK (decided_by <> proposed_by);
CREATE UNIQUE INDEX lift_one_open ON suspension_lift (suspension_id) WHERE status = 'proposed';

ALTER TABLE capital_order
  ADD CONSTRAINT order_kind CHECK (kind IN ('return', 'windUp')),
  ADD CONSTRAINT order_total CHECK (total > 0 OR (kind = 'windUp' AND total = 0)),
  ADD CONSTRAINT order_status CHECK (status IN ('proposed', 'confirmed', 'refused') AND ((status = 'proposed') = (decided_by IS NULL))),
  ADD CONSTRAINT order_two_people CHECK (status <> 'confirmed' OR decided_by <> proposed_by);
CREATE UNIQUE INDEX order_voucher ON capital_order (pool_code, voucher_no) WHERE status <> 'refused';
CREATE UNIQUE INDEX order_one_wind_up ON capital_order (pool_code) WHERE kind = 'windUp' AND status = 'proposed';

-- At commit of what leaves a pool: what loans tie up is still there, and no contributor has taken what is out for recovery.
CREATE FUNCTION check_return() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE short text;
BEGIN
  IF EXISTS (SELECT FROM pool_position p WHERE p.pool_code = NEW.pool_code AND p.capital < p.reserved) THEN
    RAISE EXCEPTION 'RETURN_TOO_LARGE: 退回后资金池 % 的净额低于准备金占用额', NEW.pool_code USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  SELECT min(l ->> 'contributor') INTO short FROM jsonb_array_elements(NEW.lines) l WHERE contributor_free(NEW.pool_code, l ->> 'contributor') < 0;
  IF short IS NOT NULL THEN
    RAISE EXCEPTION 'CONTRIBUTOR_SHORT: 出资方 % 的余额不足以退回', short USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER check_return AFTER UPDATE OF status ON capital_order DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.status = 'confirmed' AND OLD.status <> 'confirmed' AND NEW.total > 0) EXECUTE FUNCTION check_return();

ALTER TABLE revocation
  ADD CONSTRAINT revocation_status CHECK (status IN ('proposed', 'confirmed', 'refused') AND ((status = 'proposed') = (decided_by IS NULL))),
  ADD CONSTRAINT revocation_two_people CHECK (decided_by <> proposed_by);
CREATE UNIQUE INDEX revocation_one_live ON revocation (loan_id) WHERE status <> 'refused';

-- What two people decided stays as they decided it.
CREATE FUNCTION decided_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status <> 'proposed' THEN
    RAISE EXCEPTION 'ALREADY_DECIDED: 已有结论，不能再变更' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER decided_stays BEFORE UPDATE ON suspension_lift FOR EACH ROW EXECUTE FUNCTION decided_stays();
CREATE TRIGGER decided_stays BEFORE UPDATE ON capital_order FOR EACH ROW EXECUTE FUNCTION decided_stays();
CREATE TRIGGER decided_stays BEFORE UPDATE ON revocation FOR EACH ROW EXECUTE FUNCTION decided_stays();

-- Guarantors, re-guarantors and insurers log in as themselves and see what they answer for.
ALTER TABLE app_user DROP CONSTRAINT user_role, DROP CONSTRAINT user_belongs;
ALTER TABLE app_user
  ADD CONSTRAINT user_role CHECK (role IN ('bank', 'enterprise', 'countyReviewer', 'regionalReviewer', 'finance', 'auditor', 'operator', 'guarantor')),
  ADD CONSTRAINT user_belongs CHECK (role NOT IN ('bank', 'countyReviewer', 'guarantor') OR institution_code IS NOT NULL);

DO $$
DECLARE t text; expr text;
BEGIN
  FOREACH t IN ARRAY ARRAY['guarantee', 'guarantee_payout', 'suspension', 'suspension_lift', 'capital_order', 'revocation'] LOOP
    expr := CASE t WHEN 'guarantee' THEN 'sees(bank_code, pool_code, enterprise_uscc) OR sees(party, NULL, NULL)' WHEN 'guarantee_payout' THEN 'sees(bank_code, pool_code, NULL) OR sees(party, NULL, NULL)'
      -- What stops a whole pool its banks have to know.
      WHEN 'suspension' THEN 'sees(coalesce(bank_code, party), pool_code, NULL) OR (bank_code IS NULL AND EXISTS (SELECT FROM partnership s WHERE sees(s.institution_code, NULL, NULL) AND (s.pool_code IS NULL OR s.pool_code = suspension.pool_code)))'
      WHEN 'capital_order' THEN 'sees(NULL, pool_code, NULL)' ELSE 'sees(bank_code, pool_code, NULL)' END;
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own_rows ON %I TO ningkedai_app USING ((SELECT current_setting(''app.scope'', true) = ''all'') OR %s)', t, expr);
  END LOOP;
END $$;
