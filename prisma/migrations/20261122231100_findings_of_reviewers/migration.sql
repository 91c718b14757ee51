-- What reviewers found of an applicant beside its application: a breach, a prize; where they looked it up. Kept for good; the last word counts.
CREATE TABLE "subsidy_finding" (
    "id" BIGSERIAL NOT NULL,
    "application_id" BIGINT NOT NULL,
    "pool_code" TEXT,
    "enterprise_uscc" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "holds" BOOLEAN NOT NULL,
    "source" TEXT NOT NULL,
    "recorded_by" TEXT NOT NULL,
    "recorded_on" DATE NOT NULL,

    CONSTRAINT "subsidy_finding_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "subsidy_finding_application_id_idx" ON "subsidy_finding"("application_id");
CREATE INDEX "subsidy_finding_enterprise_uscc_code_id_idx" ON "subsidy_finding"("enterprise_uscc", "code", "id");
ALTER TABLE "subsidy_finding" ADD CONSTRAINT "subsidy_finding_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "subsidy_application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE subsidy_finding
  ADD CONSTRAINT finding_code CHECK (code IN ('abnormalOperation', 'seriousDishonesty', 'majorBreach', 'representativeBadCredit', 'contest')),
  ADD CONSTRAINT finding_source CHECK (source <> '');
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON subsidy_finding FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE ON subsidy_finding FROM ningkedai_app;
ALTER TABLE subsidy_finding ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON subsidy_finding TO ningkedai_app USING ((SELECT current_setting('app.scope', true) = 'all') OR sees(NULL, pool_code, enterprise_uscc));
