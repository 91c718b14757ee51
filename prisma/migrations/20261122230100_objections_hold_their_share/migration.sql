-- What an objection holds keeps its share of the budget until it is decided; then it is granted by a supplement of its batch. Who objected is told to nobody outside.
ALTER TABLE "subsidy_line" ADD COLUMN "reserved" DECIMAL(18,2);
ALTER TABLE "subsidy_batch" ADD COLUMN "reserved" DECIMAL(18,2);
ALTER TABLE "subsidy_payment" ADD COLUMN "supplement_id" BIGINT;

-- CreateTable
CREATE TABLE "subsidy_objector" (
    "objection_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "contact" TEXT NOT NULL,

    CONSTRAINT "subsidy_objector_pkey" PRIMARY KEY ("objection_id")
);

-- CreateTable
CREATE TABLE "subsidy_supplement" (
    "id" BIGSERIAL NOT NULL,
    "batch_id" BIGINT NOT NULL,
    "application_id" BIGINT NOT NULL,
    "line_id" BIGINT NOT NULL,
    "pool_code" TEXT,
    "enterprise_uscc" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "amount" DECIMAL(18,2) NOT NULL,
    "status" TEXT NOT NULL,
    "cites" JSONB NOT NULL,
    "explanation" JSONB NOT NULL,
    "reason" TEXT,
    "allocated_by" TEXT NOT NULL,
    "allocated_on" DATE NOT NULL,
    "decided_by" TEXT,
    "decided_on" DATE,
    "ordered_by" TEXT,
    "ordered_on" DATE,
    "order_no" TEXT,

    CONSTRAINT "subsidy_supplement_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "subsidy_supplement_batch_id_idx" ON "subsidy_supplement"("batch_id");

-- CreateIndex
CREATE INDEX "subsidy_supplement_line_id_idx" ON "subsidy_supplement"("line_id");

-- CreateIndex
CREATE INDEX "subsidy_supplement_application_id_idx" ON "subsidy_supplement"("application_id");

-- AddForeignKey
ALTER TABLE "subsidy_payment" ADD CONSTRAINT "subsidy_payment_supplement_id_fkey" FOREIGN KEY ("supplement_id") REFERENCES "subsidy_supplement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subsidy_objector" ADD CONSTRAINT "subsidy_objector_objection_id_fkey" FOREIGN KEY ("objection_id") REFERENCES "subsidy_objection"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subsidy_supplement" ADD CONSTRAINT "subsidy_supplement_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "subsidy_batch"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subsidy_supplement" ADD CONSTRAINT "subsidy_supplement_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "subsidy_application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subsidy_supplement" ADD CONSTRAINT "subsidy_supplement_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "subsidy_line"("id") ON DELETE RESTRICT ON UPDATE CASCADE;



ALTER TABLE subsidy_line ADD CONSTRAINT line_reserved CHECK (reserved BETWEEN 0 AND amount);
ALTER TABLE subsidy_batch ADD CONSTRAINT batch_reserved CHECK (reserved >= 0 AND granted + reserved <= available);
ALTER TABLE subsidy_objector ADD CONSTRAINT objector_kind CHECK (kind IN ('person', 'organisation'));
ALTER TABLE subsidy_supplement
  ADD CONSTRAINT supplement_amount CHECK (amount > 0),
  ADD CONSTRAINT supplement_cause CHECK (cause = 'objection'),
  ADD CONSTRAINT supplement_status CHECK (status IN ('proposed', 'approved', 'ordered', 'declined')),
  ADD CONSTRAINT supplement_two_people CHECK (decided_by <> allocated_by AND (decided_by IS NULL) = (status = 'proposed') AND (ordered_by IS NOT NULL) = (status = 'ordered'));
CREATE UNIQUE INDEX supplement_of_objection ON subsidy_supplement (line_id) WHERE cause = 'objection' AND status <> 'declined';
CREATE FUNCTION supplement_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = OLD.status OR (OLD.status || ' ' || NEW.status) IN ('proposed approved', 'proposed declined', 'approved ordered') THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'SUPPLEMENT_STEP: 补充分配 % 不能由「%」转为「%」', OLD.id, OLD.status, NEW.status USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER supplement_steps BEFORE UPDATE OF status ON subsidy_supplement FOR EACH ROW EXECUTE FUNCTION supplement_steps();

-- One live payment of the batch and one of each supplement.
DROP INDEX payment_one_live;
CREATE UNIQUE INDEX payment_one_live ON subsidy_payment (application_id, coalesce(supplement_id, 0)) WHERE status <> 'returned';

-- What the bank has paid of a line: by its batch's payment, or by that of the supplement that granted it.
CREATE OR REPLACE FUNCTION subsidy_line_paid(p_line bigint) RETURNS numeric LANGUAGE sql VOLATILE AS $$
  SELECT coalesce((SELECT l.granted FROM subsidy_line l WHERE l.id = p_line
      AND NOT EXISTS (SELECT FROM subsidy_supplement s WHERE s.line_id = l.id AND s.cause = 'objection' AND s.status IN ('approved', 'ordered'))
      AND EXISTS (SELECT FROM subsidy_payment p WHERE p.application_id = l.application_id AND p.supplement_id IS NULL AND p.status = 'paid')), 0)
    + coalesce((SELECT sum(s.amount) FROM subsidy_supplement s JOIN subsidy_payment p ON p.supplement_id = s.id AND p.status = 'paid' WHERE s.line_id = p_line), 0)
$$;

-- An enterprise may withdraw until its money is ordered.
CREATE OR REPLACE FUNCTION subsidy_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = OLD.status OR (OLD.status || ' ' || NEW.status) IN (
    'draft submitted', 'draft withdrawn', 'returned submitted', 'returned withdrawn', 'submitted returned', 'submitted recommended', 'submitted refused', 'submitted withdrawn',
    'recommended returned', 'recommended reviewed', 'recommended refused', 'recommended withdrawn', 'reviewed returned', 'reviewed audited', 'reviewed refused', 'reviewed withdrawn',
    'audited returned', 'audited decided', 'audited refused', 'audited withdrawn', 'decided returned', 'decided published', 'decided withdrawn', 'published refused', 'published granted', 'published withdrawn',
    'granted published', 'granted approved', 'granted withdrawn', 'approved paid', 'approved withdrawn', 'paid approved') THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'APPLICATION_STEP: 补贴申请 % 不能由「%」转为「%」', OLD.id, OLD.status, NEW.status USING ERRCODE = 'integrity_constraint_violation';
END $$;

ALTER TABLE subsidy_objector ENABLE ROW LEVEL SECURITY;
CREATE POLICY department ON subsidy_objector TO ningkedai_app USING ((SELECT current_setting('app.scope', true) = 'all'));
REVOKE UPDATE ON subsidy_objector FROM ningkedai_app;
ALTER TABLE subsidy_supplement ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON subsidy_supplement TO ningkedai_app USING ((SELECT current_setting('app.scope', true) = 'all') OR sees(NULL, pool_code, enterprise_uscc));
