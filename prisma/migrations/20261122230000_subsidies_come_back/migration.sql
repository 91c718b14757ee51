-- Subsidies come back: ordered by two people, received in parts, handed over to the treasury where the year of payment is over.
ALTER TABLE "subsidy_budget"
  ADD COLUMN "clawed_back" DECIMAL(18,2) NOT NULL DEFAULT 0,
  ADD COLUMN "recovered" DECIMAL(18,2) NOT NULL DEFAULT 0,
  ADD COLUMN "restored" DECIMAL(18,2) NOT NULL DEFAULT 0,
  ADD COLUMN "remitted" DECIMAL(18,2) NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "subsidy_clawback" (
    "id" BIGSERIAL NOT NULL,
    "application_id" BIGINT NOT NULL,
    "line_id" BIGINT NOT NULL,
    "budget_code" TEXT NOT NULL,
    "scheme_code" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "pool_code" TEXT,
    "enterprise_uscc" TEXT NOT NULL,
    "enterprise_name" TEXT NOT NULL,
    "ground" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "evidence" TEXT NOT NULL,
    "amount" DECIMAL(18,2) NOT NULL,
    "received" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "remitted" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "credit" TEXT,
    "status" TEXT NOT NULL,
    "cites" JSONB NOT NULL,
    "explanation" JSONB NOT NULL,
    "ban" JSONB,
    "proposed_by" TEXT NOT NULL,
    "proposed_on" DATE NOT NULL,
    "decided_by" TEXT,
    "decided_on" DATE,
    "opinion" TEXT,
    "cancel_reason" TEXT,
    "cancel_proposed_by" TEXT,
    "cancel_proposed_on" DATE,
    "cancelled_by" TEXT,
    "cancelled_on" DATE,

    CONSTRAINT "subsidy_clawback_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subsidy_clawback_receipt" (
    "id" BIGSERIAL NOT NULL,
    "clawback_id" BIGINT NOT NULL,
    "pool_code" TEXT,
    "enterprise_uscc" TEXT NOT NULL,
    "amount" DECIMAL(18,2) NOT NULL,
    "received_on" DATE NOT NULL,
    "receipt_no" TEXT NOT NULL,
    "recorded_by" TEXT NOT NULL,
    "recorded_on" DATE NOT NULL,

    CONSTRAINT "subsidy_clawback_receipt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subsidy_remittance" (
    "id" BIGSERIAL NOT NULL,
    "clawback_id" BIGINT NOT NULL,
    "pool_code" TEXT,
    "enterprise_uscc" TEXT NOT NULL,
    "amount" DECIMAL(18,2) NOT NULL,
    "status" TEXT NOT NULL,
    "ordered_by" TEXT NOT NULL,
    "ordered_on" DATE NOT NULL,
    "voucher_no" TEXT,
    "paid_by" TEXT,
    "paid_on" DATE,

    CONSTRAINT "subsidy_remittance_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "subsidy_clawback_line_id_idx" ON "subsidy_clawback"("line_id");

-- CreateIndex
CREATE INDEX "subsidy_clawback_application_id_idx" ON "subsidy_clawback"("application_id");

-- CreateIndex
CREATE INDEX "subsidy_clawback_enterprise_uscc_status_idx" ON "subsidy_clawback"("enterprise_uscc", "status");

-- CreateIndex
CREATE UNIQUE INDEX "subsidy_clawback_receipt_receipt_no_key" ON "subsidy_clawback_receipt"("receipt_no");

-- CreateIndex
CREATE INDEX "subsidy_clawback_receipt_clawback_id_idx" ON "subsidy_clawback_receipt"("clawback_id");

-- CreateIndex
CREATE UNIQUE INDEX "subsidy_remittance_voucher_no_key" ON "subsidy_remittance"("voucher_no");

-- CreateIndex
CREATE INDEX "subsidy_remittance_clawback_id_idx" ON "subsidy_remittance"("clawback_id");

-- AddForeignKey
ALTER TABLE "subsidy_clawback" ADD CONSTRAINT "subsidy_clawback_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "subsidy_application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subsidy_clawback" ADD CONSTRAINT "subsidy_clawback_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "subsidy_line"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subsidy_clawback" ADD CONSTRAINT "subsidy_clawback_budget_code_fkey" FOREIGN KEY ("budget_code") REFERENCES "subsidy_budget"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subsidy_clawback_receipt" ADD CONSTRAINT "subsidy_clawback_receipt_clawback_id_fkey" FOREIGN KEY ("clawback_id") REFERENCES "subsidy_clawback"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subsidy_remittance" ADD CONSTRAINT "subsidy_remittance_clawback_id_fkey" FOREIGN KEY ("clawback_id") REFERENCES "subsidy_clawback"("id") ON DELETE RESTRICT ON UPDATE CASCADE;



-- What came back in the year of payment may be granted again; of an earlier year it belongs to the treasury.
ALTER TABLE subsidy_budget ADD CONSTRAINT budget_back CHECK (clawed_back >= 0 AND recovered BETWEEN 0 AND clawed_back AND restored BETWEEN 0 AND recovered AND remitted BETWEEN 0 AND recovered);
CREATE OR REPLACE FUNCTION hold_budget() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.committed + NEW.approved - NEW.restored > NEW.amount THEN
    RAISE EXCEPTION 'BUDGET_EXCEEDED: % 可用预算不足：预算 %，已占用 %，已批准 %，当年收回 %', NEW.name, NEW.amount, NEW.committed, NEW.approved, NEW.restored USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
UPDATE ledger.chart SET floor_zero = true WHERE code = '2103' AND NOT EXISTS (SELECT FROM ledger.account WHERE code = '2103');

ALTER TABLE subsidy_clawback
  ADD CONSTRAINT clawback_status CHECK (status IN ('proposed', 'ordered', 'received', 'remitted', 'declined', 'cancelled')),
  ADD CONSTRAINT clawback_ground CHECK (ground IN ('fraud', 'ineligible', 'overpaid', 'correction', 'voluntary')),
  ADD CONSTRAINT clawback_credit CHECK (credit IN ('expense', 'treasury') AND (credit IS NULL) = (status IN ('proposed', 'declined'))),
  ADD CONSTRAINT clawback_amounts CHECK (amount > 0 AND received BETWEEN 0 AND amount AND remitted BETWEEN 0 AND received AND (remitted = 0 OR credit = 'treasury')
    AND (status <> 'received' OR received = amount) AND (status <> 'remitted' OR remitted = amount) AND (status NOT IN ('proposed', 'declined', 'cancelled') OR received = 0)),
  ADD CONSTRAINT clawback_two_people CHECK (decided_by <> proposed_by AND cancelled_by <> cancel_proposed_by AND (decided_by IS NULL) = (status = 'proposed') AND (cancelled_by IS NOT NULL) = (status = 'cancelled')),
  ADD CONSTRAINT clawback_ban CHECK (ban IS NULL OR ground = 'fraud');
ALTER TABLE subsidy_clawback_receipt ADD CONSTRAINT receipt_positive CHECK (amount > 0);
ALTER TABLE subsidy_remittance
  ADD CONSTRAINT remittance_positive CHECK (amount > 0),
  ADD CONSTRAINT remittance_status CHECK (status IN ('ordered', 'paid') AND (status = 'paid') = (paid_by IS NOT NULL) AND (status = 'paid') = (voucher_no IS NOT NULL)),
  ADD CONSTRAINT remittance_two_people CHECK (paid_by <> ordered_by);

CREATE FUNCTION clawback_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = OLD.status OR (OLD.status || ' ' || NEW.status) IN ('proposed ordered', 'proposed declined', 'ordered received', 'ordered cancelled', 'received remitted') THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'CLAWBACK_STEP: 追回 % 不能由「%」转为「%」', OLD.id, OLD.status, NEW.status USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER clawback_steps BEFORE UPDATE OF status ON subsidy_clawback FOR EACH ROW EXECUTE FUNCTION clawback_steps();

-- What the bank has paid of a line.
CREATE FUNCTION subsidy_line_paid(p_line bigint) RETURNS numeric LANGUAGE sql VOLATILE AS $$
  SELECT coalesce((SELECT l.granted FROM subsidy_line l WHERE l.id = p_line
    AND EXISTS (SELECT FROM subsidy_payment p WHERE p.application_id = l.application_id AND p.status = 'paid')), 0)
$$;
-- Claims of a line stand in a row: together never more than was paid of it, whoever claims at once.
CREATE FUNCTION hold_clawbacks() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE paid numeric; before numeric;
BEGIN
  PERFORM 1 FROM subsidy_line WHERE id = NEW.line_id FOR UPDATE;
  paid := subsidy_line_paid(NEW.line_id);
  SELECT coalesce(sum(amount), 0) INTO before FROM subsidy_clawback WHERE line_id = NEW.line_id AND id <> NEW.id AND status NOT IN ('declined', 'cancelled');
  IF before + NEW.amount > paid THEN
    RAISE EXCEPTION 'CLAWBACK_TOO_HIGH: 该项已拨付 % 元，已追回或正在追回 % 元，最多还可追回 % 元', paid, before, paid - before USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER hold_clawbacks BEFORE INSERT OR UPDATE OF amount ON subsidy_clawback FOR EACH ROW EXECUTE FUNCTION hold_clawbacks();
-- What is claimed back has been paid: the bank cannot send it back any more.
CREATE FUNCTION hold_returns() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM subsidy_line WHERE application_id = NEW.application_id ORDER BY id FOR UPDATE;
  IF EXISTS (SELECT FROM subsidy_clawback c WHERE c.application_id = NEW.application_id AND c.status NOT IN ('declined', 'cancelled')) THEN
    RAISE EXCEPTION 'CLAWBACK_LIVE: 该笔补贴已有追回，不能登记退票' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER hold_returns BEFORE UPDATE OF status ON subsidy_payment FOR EACH ROW WHEN (OLD.status = 'paid' AND NEW.status = 'returned') EXECUTE FUNCTION hold_returns();

-- A clawback counts what came back and what is handed over, itself.
CREATE FUNCTION count_receipt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE subsidy_clawback SET received = received + NEW.amount WHERE id = NEW.clawback_id;
  RETURN NEW;
END $$;
CREATE TRIGGER count_receipt BEFORE INSERT ON subsidy_clawback_receipt FOR EACH ROW EXECUTE FUNCTION count_receipt();
CREATE FUNCTION count_remittance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE subsidy_clawback SET remitted = remitted + NEW.amount WHERE id = NEW.clawback_id;
  RETURN NEW;
END $$;
CREATE TRIGGER count_remittance BEFORE INSERT ON subsidy_remittance FOR EACH ROW EXECUTE FUNCTION count_remittance();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON subsidy_clawback_receipt FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE ON subsidy_clawback_receipt FROM ningkedai_app;
REVOKE UPDATE ON subsidy_remittance FROM ningkedai_app;
GRANT UPDATE (status, voucher_no, paid_by, paid_on) ON subsidy_remittance TO ningkedai_app;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['subsidy_clawback', 'subsidy_clawback_receipt', 'subsidy_remittance'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own_rows ON %I TO ningkedai_app USING ((SELECT current_setting(''app.scope'', true) = ''all'') OR sees(NULL, pool_code, enterprise_uscc))', t);
  END LOOP;
END $$;
