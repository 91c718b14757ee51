-- What the year's budget did not reach goes to the next year as an application of its own, where the clause says so. Whoever withdraws leaves nothing open.
ALTER TABLE "subsidy_application" ADD COLUMN "continues_id" BIGINT;
ALTER TABLE "subsidy_line" ADD COLUMN "continues_line_id" BIGINT;

-- DropIndex
DROP INDEX "subsidy_application_received_no_key";

-- CreateIndex
CREATE INDEX "subsidy_application_received_no_idx" ON "subsidy_application"("received_no");

-- CreateIndex
CREATE INDEX "subsidy_application_continues_id_idx" ON "subsidy_application"("continues_id");

-- CreateIndex
CREATE UNIQUE INDEX "subsidy_line_continues_line_id_key" ON "subsidy_line"("continues_line_id");

-- AddForeignKey
ALTER TABLE "subsidy_application" ADD CONSTRAINT "subsidy_application_continues_id_fkey" FOREIGN KEY ("continues_id") REFERENCES "subsidy_application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subsidy_line" ADD CONSTRAINT "subsidy_line_continues_line_id_fkey" FOREIGN KEY ("continues_line_id") REFERENCES "subsidy_line"("id") ON DELETE RESTRICT ON UPDATE CASCADE;



-- What goes on keeps its place in the order of arrival; else a place is given once.
CREATE UNIQUE INDEX application_received_once ON subsidy_application (received_no) WHERE continues_id IS NULL;

ALTER TABLE subsidy_application DROP CONSTRAINT application_status;
ALTER TABLE subsidy_application ADD CONSTRAINT application_status CHECK (status IN ('draft', 'submitted', 'returned', 'recommended', 'reviewed', 'audited', 'decided', 'published', 'granted', 'approved', 'paid', 'deferred', 'refused', 'withdrawn'));
ALTER TABLE subsidy_objection DROP CONSTRAINT objection_status;
ALTER TABLE subsidy_objection ADD CONSTRAINT objection_status CHECK (status IN ('open', 'upheld', 'dismissed', 'ended'));

CREATE OR REPLACE FUNCTION subsidy_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = OLD.status OR (OLD.status || ' ' || NEW.status) IN (
    'draft submitted', 'draft withdrawn', 'returned submitted', 'returned withdrawn', 'submitted returned', 'submitted recommended', 'submitted refused', 'submitted withdrawn',
    'recommended returned', 'recommended reviewed', 'recommended refused', 'recommended withdrawn', 'reviewed returned', 'reviewed audited', 'reviewed refused', 'reviewed withdrawn',
    'audited returned', 'audited decided', 'audited refused', 'audited withdrawn', 'decided returned', 'decided published', 'decided withdrawn',
    'published refused', 'published granted', 'published withdrawn', 'published deferred',
    'granted published', 'granted approved', 'granted withdrawn', 'approved paid', 'approved withdrawn', 'paid approved') THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'APPLICATION_STEP: 补贴申请 % 不能由「%」转为「%」', OLD.id, OLD.status, NEW.status USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE OR REPLACE FUNCTION supplement_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = OLD.status OR (OLD.status || ' ' || NEW.status) IN ('proposed approved', 'proposed declined', 'approved ordered', 'approved declined') THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'SUPPLEMENT_STEP: 补充分配 % 不能由「%」转为「%」', OLD.id, OLD.status, NEW.status USING ERRCODE = 'integrity_constraint_violation';
END $$;
