-- Papers handed in are kept by the hash of their bytes; a row says what they belong to and who may see them.
CREATE TABLE "attachment" (
    "id" BIGSERIAL NOT NULL,
    "sha256" BYTEA NOT NULL,
    "name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "subject" TEXT NOT NULL,
    "paper" TEXT NOT NULL,
    "pool_code" TEXT NOT NULL,
    "bank_code" TEXT NOT NULL,
    "enterprise_uscc" TEXT,
    "uploaded_by" TEXT NOT NULL,
    "uploaded_on" DATE NOT NULL,
    "uploaded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "withdrawn_by" TEXT,
    "withdrawn_on" DATE,

    CONSTRAINT "attachment_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "attachment_subject_id_idx" ON "attachment"("subject", "id");

ALTER TABLE attachment
  ADD CONSTRAINT attachment_hash CHECK (octet_length(sha256) = 32),
  ADD CONSTRAINT attachment_size CHECK (size > 0 AND size <= 20 * 1024 * 1024),
  ADD CONSTRAINT attachment_withdrawn CHECK ((withdrawn_by IS NULL) = (withdrawn_on IS NULL));
-- The same file for the same paper is there once.
CREATE UNIQUE INDEX attachment_once ON attachment (subject, paper, sha256) WHERE withdrawn_on IS NULL;

-- What was handed in stays as it was; it may only be withdrawn, and that once.
REVOKE UPDATE ON attachment FROM ningkedai_app;
GRANT UPDATE (withdrawn_by, withdrawn_on) ON attachment TO ningkedai_app;
CREATE FUNCTION refuse_second_withdrawal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ATTACHMENT_WITHDRAWN: 附件已撤回' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER withdrawn_once BEFORE UPDATE ON attachment FOR EACH ROW WHEN (OLD.withdrawn_on IS NOT NULL) EXECUTE FUNCTION refuse_second_withdrawal();

ALTER TABLE attachment ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON attachment TO ningkedai_app USING ((SELECT current_setting('app.scope', true) = 'all') OR sees(bank_code, pool_code, enterprise_uscc));
