-- A line judged anew after a rule or a fact was corrected: what it differs by is granted or claimed back, and the first decision stays what it was.
ALTER TABLE "subsidy_application" ADD COLUMN "adjusted" DECIMAL(18,2) NOT NULL DEFAULT 0;
ALTER TABLE "subsidy_line" ADD COLUMN "adjusted" DECIMAL(18,2) NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "subsidy_correction" (
    "id" BIGSERIAL NOT NULL,
    "application_id" BIGINT NOT NULL,
    "line_id" BIGINT NOT NULL,
    "pool_code" TEXT,
    "enterprise_uscc" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "evidence" TEXT NOT NULL,
    "facts" JSONB,
    "amount_before" DECIMAL(18,2) NOT NULL,
    "amount_after" DECIMAL(18,2) NOT NULL,
    "decided_before" DECIMAL(18,2) NOT NULL,
    "decided_after" DECIMAL(18,2) NOT NULL,
    "difference" DECIMAL(18,2) NOT NULL,
    "cites" JSONB NOT NULL,
    "explanation" JSONB NOT NULL,
    "supplement_id" BIGINT,
    "clawback_id" BIGINT,
    "recorded_by" TEXT NOT NULL,
    "recorded_on" DATE NOT NULL,

    CONSTRAINT "subsidy_correction_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "subsidy_correction_application_id_idx" ON "subsidy_correction"("application_id");

-- AddForeignKey
ALTER TABLE "subsidy_correction" ADD CONSTRAINT "subsidy_correction_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "subsidy_application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subsidy_correction" ADD CONSTRAINT "subsidy_correction_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "subsidy_line"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subsidy_correction" ADD CONSTRAINT "subsidy_correction_supplement_id_fkey" FOREIGN KEY ("supplement_id") REFERENCES "subsidy_supplement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subsidy_correction" ADD CONSTRAINT "subsidy_correction_clawback_id_fkey" FOREIGN KEY ("clawback_id") REFERENCES "subsidy_clawback"("id") ON DELETE RESTRICT ON UPDATE CASCADE;



ALTER TABLE subsidy_line ADD CONSTRAINT line_adjusted CHECK (coalesce(granted, 0) + adjusted >= 0);
ALTER TABLE subsidy_application ADD CONSTRAINT application_adjusted CHECK (coalesce(granted, 0) + adjusted >= 0);
ALTER TABLE subsidy_correction
  ADD CONSTRAINT correction_cause CHECK (cause IN ('rule', 'facts')),
  ADD CONSTRAINT correction_amounts CHECK (amount_before >= 0 AND amount_after >= 0 AND decided_before >= 0 AND decided_after >= 0),
  ADD CONSTRAINT correction_effect CHECK (num_nonnulls(supplement_id, clawback_id) = CASE difference WHEN 0 THEN 0 ELSE 1 END);
ALTER TABLE subsidy_supplement DROP CONSTRAINT supplement_amount;
ALTER TABLE subsidy_supplement DROP CONSTRAINT supplement_cause;
ALTER TABLE subsidy_supplement
  ADD CONSTRAINT supplement_cause CHECK (cause IN ('objection', 'correction')),
  ADD CONSTRAINT supplement_amount CHECK (amount > 0 OR (cause = 'correction' AND amount < 0));

-- What the bank has paid of a line: by its batch's payment, with the corrections that were ordered with it, or by that of the supplement that granted it.
CREATE OR REPLACE FUNCTION subsidy_line_paid(p_line bigint) RETURNS numeric LANGUAGE sql VOLATILE AS $$
  SELECT coalesce((SELECT CASE WHEN EXISTS (SELECT FROM subsidy_supplement s WHERE s.line_id = l.id AND s.cause = 'objection' AND s.status IN ('approved', 'ordered')) THEN 0 ELSE l.granted END
      + coalesce((SELECT sum(s.amount) FROM subsidy_supplement s WHERE s.line_id = l.id AND s.cause = 'correction' AND s.status = 'ordered'
          AND NOT EXISTS (SELECT FROM subsidy_payment p WHERE p.supplement_id = s.id)), 0)
    FROM subsidy_line l WHERE l.id = p_line
      AND EXISTS (SELECT FROM subsidy_payment p WHERE p.application_id = l.application_id AND p.supplement_id IS NULL AND p.status = 'paid')), 0)
    + coalesce((SELECT sum(s.amount) FROM subsidy_supplement s JOIN subsidy_payment p ON p.supplement_id = s.id AND p.status = 'paid' WHERE s.line_id = p_line), 0)
$$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON subsidy_correction FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE ON subsidy_correction FROM ningkedai_app;
ALTER TABLE subsidy_correction ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON subsidy_correction TO ningkedai_app USING ((SELECT current_setting('app.scope', true) = 'all') OR sees(NULL, pool_code, enterprise_uscc));

-- What is corrected to nothing before it was ordered ends as refused.
CREATE OR REPLACE FUNCTION subsidy_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = OLD.status OR (OLD.status || ' ' || NEW.status) IN (
    'draft submitted', 'draft withdrawn', 'returned submitted', 'returned withdrawn', 'submitted returned', 'submitted recommended', 'submitted refused', 'submitted withdrawn',
    'recommended returned', 'recommended reviewed', 'recommended refused', 'recommended withdrawn', 'reviewed returned', 'reviewed audited', 'reviewed refused', 'reviewed withdrawn',
    'audited returned', 'audited decided', 'audited refused', 'audited withdrawn', 'decided returned', 'decided published', 'decided withdrawn',
    'published refused', 'published granted', 'published withdrawn', 'published deferred',
    'granted published', 'granted approved', 'granted withdrawn', 'approved paid', 'approved withdrawn', 'approved refused', 'paid approved') THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'APPLICATION_STEP: 补贴申请 % 不能由「%」转为「%」', OLD.id, OLD.status, NEW.status USING ERRCODE = 'integrity_constraint_violation';
END $$;
