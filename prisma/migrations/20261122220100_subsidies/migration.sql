-- Subsidies: budgets, applications line by line, what may be used once, batches, objections, payments.
-- CreateTable
CREATE TABLE "subsidy_budget" (
    "code" TEXT NOT NULL,
    "scheme_code" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "document" TEXT NOT NULL,
    "amount" DECIMAL(18,2) NOT NULL,
    "committed" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "approved" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "paid" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "account_no" TEXT NOT NULL,
    "account_name" TEXT NOT NULL,
    "bank_name" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_on" DATE NOT NULL,

    CONSTRAINT "subsidy_budget_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "subsidy_application" (
    "id" BIGSERIAL NOT NULL,
    "scheme_code" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "batch_no" INTEGER NOT NULL,
    "pool_code" TEXT,
    "enterprise_uscc" TEXT NOT NULL,
    "enterprise_name" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "request" JSONB NOT NULL,
    "content" TEXT NOT NULL,
    "checks" JSONB NOT NULL,
    "explanation" JSONB NOT NULL,
    "demand" DECIMAL(18,2) NOT NULL,
    "decided" DECIMAL(18,2),
    "granted" DECIMAL(18,2),
    "applied_on" DATE,
    "submitted_on" DATE,
    "received_no" BIGINT,
    "created_by" TEXT NOT NULL,
    "created_on" DATE NOT NULL,
    "recommended_by" TEXT,
    "recommended_on" DATE,
    "reviewed_by" TEXT,
    "reviewed_on" DATE,
    "audited_by" TEXT,
    "audited_on" DATE,
    "decided_by" TEXT,
    "decided_on" DATE,
    "reason" TEXT,
    "ended_by" TEXT,
    "ended_on" DATE,

    CONSTRAINT "subsidy_application_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subsidy_line" (
    "id" BIGSERIAL NOT NULL,
    "application_id" BIGINT NOT NULL,
    "place" INTEGER NOT NULL,
    "scheme_code" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "pool_code" TEXT,
    "enterprise_uscc" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "class" TEXT,
    "name" TEXT NOT NULL,
    "cost" DECIMAL(18,2) NOT NULL,
    "other_money" DECIMAL(18,2) NOT NULL,
    "asked" DECIMAL(18,2) NOT NULL,
    "amount" DECIMAL(18,2) NOT NULL,
    "decided" DECIMAL(18,2),
    "granted" DECIMAL(18,2),
    "status" TEXT NOT NULL,
    "reason" TEXT,
    "item" JSONB NOT NULL,
    "checks" JSONB NOT NULL,
    "explanation" JSONB NOT NULL,

    CONSTRAINT "subsidy_line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subsidy_use" (
    "id" BIGSERIAL NOT NULL,
    "application_id" BIGINT NOT NULL,
    "pool_code" TEXT,
    "enterprise_uscc" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "live" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "subsidy_use_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subsidy_event" (
    "id" BIGSERIAL NOT NULL,
    "application_id" BIGINT NOT NULL,
    "pool_code" TEXT,
    "enterprise_uscc" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "amount" DECIMAL(18,2),
    "details" JSONB,
    "recorded_by" TEXT NOT NULL,
    "recorded_on" DATE NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "subsidy_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subsidy_batch" (
    "id" BIGSERIAL NOT NULL,
    "budget_code" TEXT NOT NULL,
    "scheme_code" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "no" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "published_on" DATE,
    "objections_to" DATE,
    "provisional" BOOLEAN NOT NULL DEFAULT false,
    "demand" DECIMAL(18,2),
    "available" DECIMAL(18,2),
    "granted" DECIMAL(18,2),
    "explanation" JSONB,
    "published_by" TEXT,
    "allocated_by" TEXT,
    "allocated_on" DATE,
    "approved_by" TEXT,
    "approved_on" DATE,
    "ordered_by" TEXT,
    "ordered_on" DATE,
    "order_no" TEXT,

    CONSTRAINT "subsidy_batch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subsidy_objection" (
    "id" BIGSERIAL NOT NULL,
    "line_id" BIGINT NOT NULL,
    "pool_code" TEXT,
    "enterprise_uscc" TEXT NOT NULL,
    "ground" TEXT NOT NULL,
    "raised_on" DATE NOT NULL,
    "recorded_by" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "opinion" TEXT,
    "decided_by" TEXT,
    "decided_on" DATE,

    CONSTRAINT "subsidy_objection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subsidy_payment" (
    "id" BIGSERIAL NOT NULL,
    "batch_id" BIGINT NOT NULL,
    "application_id" BIGINT NOT NULL,
    "pool_code" TEXT,
    "enterprise_uscc" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "amount" DECIMAL(18,2) NOT NULL,
    "payee_name" TEXT NOT NULL,
    "payee_bank" TEXT NOT NULL,
    "payee_account" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "voucher_no" TEXT,
    "ordered_by" TEXT NOT NULL,
    "ordered_on" DATE NOT NULL,
    "paid_by" TEXT,
    "paid_on" DATE,
    "returned_on" DATE,
    "return_reason" TEXT,

    CONSTRAINT "subsidy_payment_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "subsidy_budget_scheme_code_year_key" ON "subsidy_budget"("scheme_code", "year");

-- CreateIndex
CREATE UNIQUE INDEX "subsidy_application_received_no_key" ON "subsidy_application"("received_no");

-- CreateIndex
CREATE INDEX "subsidy_application_scheme_code_year_batch_no_status_idx" ON "subsidy_application"("scheme_code", "year", "batch_no", "status");

-- CreateIndex
CREATE INDEX "subsidy_application_enterprise_uscc_id_idx" ON "subsidy_application"("enterprise_uscc", "id");

-- CreateIndex
CREATE INDEX "subsidy_application_pool_code_status_id_idx" ON "subsidy_application"("pool_code", "status", "id");

-- CreateIndex
CREATE INDEX "subsidy_line_enterprise_uscc_scheme_code_year_idx" ON "subsidy_line"("enterprise_uscc", "scheme_code", "year");

-- CreateIndex
CREATE UNIQUE INDEX "subsidy_line_application_id_place_key" ON "subsidy_line"("application_id", "place");

-- CreateIndex
CREATE INDEX "subsidy_use_application_id_idx" ON "subsidy_use"("application_id");

-- CreateIndex
CREATE INDEX "subsidy_event_application_id_id_idx" ON "subsidy_event"("application_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "subsidy_batch_scheme_code_year_no_key" ON "subsidy_batch"("scheme_code", "year", "no");

-- CreateIndex
CREATE INDEX "subsidy_objection_line_id_idx" ON "subsidy_objection"("line_id");

-- CreateIndex
CREATE INDEX "subsidy_payment_batch_id_status_idx" ON "subsidy_payment"("batch_id", "status");

-- CreateIndex
CREATE UNIQUE INDEX "subsidy_payment_application_id_attempt_key" ON "subsidy_payment"("application_id", "attempt");

-- AddForeignKey
ALTER TABLE "subsidy_line" ADD CONSTRAINT "subsidy_line_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "subsidy_application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subsidy_use" ADD CONSTRAINT "subsidy_use_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "subsidy_application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subsidy_event" ADD CONSTRAINT "subsidy_event_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "subsidy_application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subsidy_batch" ADD CONSTRAINT "subsidy_batch_budget_code_fkey" FOREIGN KEY ("budget_code") REFERENCES "subsidy_budget"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subsidy_objection" ADD CONSTRAINT "subsidy_objection_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "subsidy_line"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subsidy_payment" ADD CONSTRAINT "subsidy_payment_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "subsidy_batch"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subsidy_payment" ADD CONSTRAINT "subsidy_payment_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "subsidy_application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;




-- Commitments of a budget stay off the balance sheet until they are approved; what is approved is owed, and never below nothing.
INSERT INTO ledger.chart (code, name, normal_side, off_balance, floor_zero) VALUES
  ('9501', '补贴预算占用额', 'D', true, true),
  ('9502', '补贴预算占用额（对应）', 'C', true, true);
UPDATE ledger.chart SET floor_zero = true WHERE code = '2303' AND NOT EXISTS (SELECT FROM ledger.account WHERE code = '2303');

-- A budget holds whatever is asked of it, whoever asks at once.
ALTER TABLE subsidy_budget
  ADD CONSTRAINT budget_amounts CHECK (amount >= 0 AND committed >= 0 AND approved >= 0 AND paid >= 0 AND paid <= approved),
  ADD CONSTRAINT budget_year CHECK (year BETWEEN 2000 AND 2999);
CREATE FUNCTION hold_budget() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.committed + NEW.approved > NEW.amount THEN
    RAISE EXCEPTION 'BUDGET_EXCEEDED: % 可用预算不足：预算 %，已占用 %，已批准 %', NEW.name, NEW.amount, NEW.committed, NEW.approved USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER hold_budget BEFORE INSERT OR UPDATE ON subsidy_budget FOR EACH ROW EXECUTE FUNCTION hold_budget();

-- States, amounts and people, whoever asks. Who made something never checks it.
ALTER TABLE subsidy_application
  ADD CONSTRAINT application_status CHECK (status IN ('draft', 'submitted', 'returned', 'recommended', 'reviewed', 'audited', 'decided', 'published', 'granted', 'approved', 'paid', 'refused', 'withdrawn')),
  ADD CONSTRAINT application_origin CHECK (origin IN ('own', 'import')),
  ADD CONSTRAINT application_amounts CHECK (demand >= 0 AND decided BETWEEN 0 AND demand AND granted BETWEEN 0 AND decided),
  ADD CONSTRAINT application_two_people CHECK (recommended_by <> created_by AND reviewed_by NOT IN (created_by, recommended_by) AND audited_by NOT IN (created_by, recommended_by, reviewed_by)
    AND decided_by NOT IN (created_by, reviewed_by, audited_by)),
  ADD CONSTRAINT application_received CHECK ((received_no IS NULL) = (applied_on IS NULL) AND (status NOT IN ('submitted', 'recommended', 'reviewed', 'audited', 'decided', 'published', 'granted', 'approved', 'paid') OR received_no IS NOT NULL));
CREATE SEQUENCE subsidy_received_no;
GRANT USAGE ON SEQUENCE subsidy_received_no TO ningkedai_app;

CREATE FUNCTION subsidy_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = OLD.status OR (OLD.status || ' ' || NEW.status) IN (
    'draft submitted', 'draft withdrawn', 'returned submitted', 'returned withdrawn', 'submitted returned', 'submitted recommended', 'submitted refused', 'submitted withdrawn',
    'recommended returned', 'recommended reviewed', 'recommended refused', 'recommended withdrawn', 'reviewed returned', 'reviewed audited', 'reviewed refused', 'reviewed withdrawn',
    'audited returned', 'audited decided', 'audited refused', 'decided returned', 'decided published', 'published refused', 'published granted', 'granted published', 'granted approved', 'approved paid',
    'paid approved') THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'APPLICATION_STEP: 补贴申请 % 不能由「%」转为「%」', OLD.id, OLD.status, NEW.status USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER subsidy_steps BEFORE UPDATE OF status ON subsidy_application FOR EACH ROW EXECUTE FUNCTION subsidy_steps();

ALTER TABLE subsidy_line
  ADD CONSTRAINT line_kind CHECK (kind IN ('premium', 'interest', 'guaranteeFee', 'valuationFee', 'rndProject')),
  ADD CONSTRAINT line_status CHECK (status IN ('open', 'allowed', 'refused', 'held')),
  ADD CONSTRAINT line_amounts CHECK (cost >= 0 AND other_money >= 0 AND asked >= 0 AND amount BETWEEN 0 AND asked AND decided BETWEEN 0 AND amount AND granted BETWEEN 0 AND decided);
-- Lines are written anew while an application is prepared, and never after.
CREATE FUNCTION keep_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT status FROM subsidy_application WHERE id = OLD.application_id) NOT IN ('draft', 'returned') THEN
    RAISE EXCEPTION 'APPLICATION_STEP: 已提交的补贴申请不能改动明细' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER keep_lines BEFORE DELETE ON subsidy_line FOR EACH ROW EXECUTE FUNCTION keep_lines();
GRANT DELETE ON subsidy_line TO ningkedai_app;

-- The same policy, invoice, loan, voucher or pledge once, across schemes, years and enterprises.
CREATE UNIQUE INDEX subsidy_used_once ON subsidy_use (kind, key) WHERE live;
REVOKE UPDATE ON subsidy_use FROM ningkedai_app;
GRANT UPDATE (live) ON subsidy_use TO ningkedai_app;
-- Which of these are in use by another application. Not whose: that is nobody's business.
CREATE FUNCTION subsidy_taken(p_kinds text[], p_keys text[], p_except bigint) RETURNS TABLE (kind text, key text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT u.kind, u.key FROM subsidy_use u JOIN unnest(p_kinds, p_keys) w(kind, key) ON w.kind = u.kind AND w.key = u.key WHERE u.live AND u.application_id IS DISTINCT FROM p_except
$$;
REVOKE ALL ON FUNCTION subsidy_taken FROM PUBLIC;
GRANT EXECUTE ON FUNCTION subsidy_taken TO ningkedai_app;

ALTER TABLE subsidy_batch
  ADD CONSTRAINT batch_status CHECK (status IN ('published', 'allocated', 'approved', 'ordered')),
  ADD CONSTRAINT batch_amounts CHECK (demand >= 0 AND available >= 0 AND granted BETWEEN 0 AND demand AND granted <= available),
  ADD CONSTRAINT batch_two_people CHECK (approved_by <> allocated_by);
ALTER TABLE subsidy_objection
  ADD CONSTRAINT objection_status CHECK (status IN ('open', 'upheld', 'dismissed')),
  ADD CONSTRAINT objection_decided CHECK ((status = 'open') = (decided_by IS NULL));
ALTER TABLE subsidy_payment
  ADD CONSTRAINT payment_positive CHECK (amount > 0 AND attempt > 0),
  ADD CONSTRAINT payment_status CHECK (status IN ('ordered', 'paid', 'returned')),
  ADD CONSTRAINT payment_two_people CHECK (paid_by <> ordered_by);
CREATE UNIQUE INDEX payment_one_live ON subsidy_payment (application_id) WHERE status <> 'returned';
CREATE UNIQUE INDEX payment_voucher ON subsidy_payment (voucher_no) WHERE voucher_no IS NOT NULL AND status <> 'returned';

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON subsidy_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE ON subsidy_event FROM ningkedai_app;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['subsidy_application', 'subsidy_line', 'subsidy_use', 'subsidy_event', 'subsidy_objection', 'subsidy_payment'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own_rows ON %I TO ningkedai_app USING ((SELECT current_setting(''app.scope'', true) = ''all'') OR sees(NULL, pool_code, enterprise_uscc))', t);
  END LOOP;
END $$;
