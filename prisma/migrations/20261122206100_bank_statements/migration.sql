-- What banks say of the pools' accounts: files as they came, and every movement once.
CREATE TABLE "bank_statement" (
    "id" BIGSERIAL NOT NULL,
    "pool_code" TEXT NOT NULL,
    "account_no" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "file" BYTEA NOT NULL,
    "sha256" BYTEA NOT NULL,
    "format" TEXT NOT NULL,
    "mapping" JSONB,
    "from_day" DATE NOT NULL,
    "to_day" DATE NOT NULL,
    "opening" DECIMAL(18,2) NOT NULL,
    "closing" DECIMAL(18,2) NOT NULL,
    "lines" INTEGER NOT NULL,
    "new_lines" INTEGER NOT NULL,
    "warnings" JSONB NOT NULL,
    "imported_by" TEXT NOT NULL,
    "imported_on" DATE NOT NULL,
    "imported_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "bank_statement_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "bank_line" (
    "id" BIGSERIAL NOT NULL,
    "statement_id" BIGINT NOT NULL,
    "pool_code" TEXT NOT NULL,
    "account_no" TEXT NOT NULL,
    "occurred_on" DATE NOT NULL,
    "time" TEXT,
    "direction" TEXT NOT NULL,
    "amount" DECIMAL(18,2) NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "serial" TEXT,
    "balance" DECIMAL(18,2),
    "counterparty_name" TEXT,
    "counterparty_account" TEXT,
    "counterparty_bank" TEXT,
    "memo" TEXT NOT NULL,
    "row" INTEGER NOT NULL,

    CONSTRAINT "bank_line_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "statement_profile" (
    "id" BIGSERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "mapping" JSONB NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_on" DATE NOT NULL,

    CONSTRAINT "statement_profile_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "bank_statement_account_no_sha256_key" ON "bank_statement"("account_no", "sha256");
CREATE INDEX "bank_statement_pool_code_id_idx" ON "bank_statement"("pool_code", "id");
CREATE UNIQUE INDEX "bank_line_account_no_occurred_on_direction_amount_ordinal_key" ON "bank_line"("account_no", "occurred_on", "direction", "amount", "ordinal");
CREATE INDEX "bank_line_statement_id_idx" ON "bank_line"("statement_id");
CREATE INDEX "bank_line_pool_code_id_idx" ON "bank_line"("pool_code", "id");
CREATE UNIQUE INDEX "statement_profile_name_key" ON "statement_profile"("name");
ALTER TABLE "bank_line" ADD CONSTRAINT "bank_line_statement_id_fkey" FOREIGN KEY ("statement_id") REFERENCES "bank_statement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE bank_statement
  ADD CONSTRAINT statement_days CHECK (from_day <= to_day),
  ADD CONSTRAINT statement_lines CHECK (lines >= 0 AND new_lines BETWEEN 0 AND lines),
  ADD CONSTRAINT statement_hash CHECK (octet_length(sha256) = 32);
ALTER TABLE bank_line
  ADD CONSTRAINT line_direction CHECK (direction IN ('in', 'out')),
  ADD CONSTRAINT line_positive CHECK (amount > 0 AND amount < 1e16),
  ADD CONSTRAINT line_ordinal CHECK (ordinal >= 1);

-- What a bank said stays said: a line may only be given the serial number that its first file lacked.
CREATE FUNCTION keep_bank_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.serial IS NULL AND NEW.serial IS NOT NULL AND (to_jsonb(NEW) - 'serial') = (to_jsonb(OLD) - 'serial') THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION 'APPEND_ONLY: 对账单明细只增不改' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER keep_bank_line BEFORE UPDATE OR DELETE ON bank_line FOR EACH ROW EXECUTE FUNCTION keep_bank_line();
CREATE TRIGGER append_only BEFORE TRUNCATE ON bank_line FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON bank_statement FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

REVOKE UPDATE ON bank_statement, bank_line, statement_profile FROM ningkedai_app;
GRANT UPDATE (serial) ON bank_line TO ningkedai_app;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['bank_statement', 'bank_line'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own_rows ON %I TO ningkedai_app USING ((SELECT current_setting(''app.scope'', true) = ''all'') OR sees(NULL, pool_code, NULL))', t);
  END LOOP;
END $$;
