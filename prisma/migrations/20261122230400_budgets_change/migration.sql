-- A budget is raised, cut or carried over by two people, never below what is promised and paid of it.
ALTER TABLE "subsidy_budget" ADD COLUMN "initial" DECIMAL(18,2) NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "subsidy_budget_change" (
    "id" BIGSERIAL NOT NULL,
    "budget_code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "amount" DECIMAL(18,2) NOT NULL,
    "document" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "moved" DECIMAL(18,2),
    "voucher_no" TEXT,
    "proposed_by" TEXT NOT NULL,
    "proposed_on" DATE NOT NULL,
    "decided_by" TEXT,
    "decided_on" DATE,
    "opinion" TEXT,

    CONSTRAINT "subsidy_budget_change_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "subsidy_budget_change_voucher_no_key" ON "subsidy_budget_change"("voucher_no");

-- CreateIndex
CREATE INDEX "subsidy_budget_change_budget_code_idx" ON "subsidy_budget_change"("budget_code");

-- AddForeignKey
ALTER TABLE "subsidy_budget_change" ADD CONSTRAINT "subsidy_budget_change_budget_code_fkey" FOREIGN KEY ("budget_code") REFERENCES "subsidy_budget"("code") ON DELETE RESTRICT ON UPDATE CASCADE;



UPDATE subsidy_budget SET initial = amount;
ALTER TABLE subsidy_budget ADD CONSTRAINT budget_initial CHECK (initial >= 0);
ALTER TABLE subsidy_budget_change
  ADD CONSTRAINT change_kind CHECK (kind IN ('increase', 'decrease', 'carryOver')),
  ADD CONSTRAINT change_amounts CHECK (amount > 0 AND moved BETWEEN 0 AND amount AND (moved IS NULL OR status = 'approved') AND (coalesce(moved, 0) = 0 OR (kind <> 'increase' AND voucher_no IS NOT NULL))),
  ADD CONSTRAINT change_status CHECK (status IN ('proposed', 'approved', 'declined')),
  ADD CONSTRAINT change_two_people CHECK (decided_by <> proposed_by AND (decided_by IS NULL) = (status = 'proposed'));
CREATE UNIQUE INDEX change_one_open ON subsidy_budget_change (budget_code) WHERE status = 'proposed';
CREATE FUNCTION change_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status = 'proposed' THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'CHANGE_STEP: 预算调整 % 已办理，不能再改', OLD.id USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER change_steps BEFORE UPDATE ON subsidy_budget_change FOR EACH ROW EXECUTE FUNCTION change_steps();
