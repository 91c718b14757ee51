-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "api_key" (
    "id" TEXT NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "institution_code" TEXT,
    "enterprise_uscc" TEXT,
    "scopes" TEXT[],
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_on" DATE,
    "revoked_at" TIMESTAMPTZ(6),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_log" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "on" DATE NOT NULL,
    "actor" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "institution" TEXT,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "request_id" TEXT,

    CONSTRAINT "audit_log_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "actor" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" BYTEA NOT NULL,
    "status" INTEGER,
    "body" TEXT,
    "content_type" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("actor","key")
);

-- CreateTable
CREATE TABLE "job_progress" (
    "job_id" UUID NOT NULL,
    "label" TEXT NOT NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "owner" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "job_progress_pkey" PRIMARY KEY ("job_id")
);

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "document" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "pool_code" TEXT,
    "bank_code" TEXT,
    "enterprise_uscc" TEXT,
    "subject" TEXT NOT NULL,
    "view_model" JSONB NOT NULL,
    "public_facts" JSONB NOT NULL,
    "verification_code" TEXT NOT NULL,
    "issued_on" DATE NOT NULL,
    "pdf" BYTEA,
    "pdf_sha256" BYTEA,

    CONSTRAINT "document_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "document_serial" (
    "word" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "document_serial_pkey" PRIMARY KEY ("word","year")
);

-- CreateTable
CREATE TABLE "installation_secret" (
    "secret" TEXT NOT NULL,

    CONSTRAINT "installation_secret_pkey" PRIMARY KEY ("secret")
);

-- CreateTable
CREATE TABLE "loan_filing" (
    "id" BIGSERIAL NOT NULL,
    "pool_code" TEXT NOT NULL,
    "bank_code" TEXT NOT NULL,
    "enterprise_uscc" TEXT NOT NULL,
    "contract_no" TEXT NOT NULL,
    "due_bill_no" TEXT NOT NULL,
    "principal" DECIMAL(18,2) NOT NULL,
    "counted_principal" DECIMAL(18,2) NOT NULL,
    "annual_rate" DECIMAL(9,6) NOT NULL,
    "disbursed_on" DATE NOT NULL,
    "matures_on" DATE NOT NULL,
    "day_count_basis" TEXT NOT NULL,
    "repayment_method" TEXT NOT NULL,
    "guarantee_mode" TEXT NOT NULL,
    "first_loan" BOOLEAN NOT NULL,
    "purpose" TEXT NOT NULL,
    "purpose_text" TEXT,
    "renews_contract_no" TEXT,
    "account_no" TEXT,
    "filed_on" DATE NOT NULL,
    "status" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "content" TEXT NOT NULL,
    "import_id" UUID,
    "filed_by" TEXT NOT NULL,
    "decided_by" TEXT,
    "decided_on" DATE,
    "reason" TEXT,

    CONSTRAINT "loan_filing_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "loan" (
    "id" BIGINT NOT NULL,
    "pool_code" TEXT NOT NULL,
    "bank_code" TEXT NOT NULL,
    "enterprise_uscc" TEXT NOT NULL,
    "due_bill_no" TEXT NOT NULL,
    "principal" DECIMAL(18,2) NOT NULL,
    "counted_principal" DECIMAL(18,2) NOT NULL,
    "outstanding_principal" DECIMAL(18,2) NOT NULL,
    "admitted_on" DATE NOT NULL,
    "disbursed_on" DATE,
    "matures_on" DATE NOT NULL,
    "classification" TEXT NOT NULL DEFAULT 'normal',
    "overdue_days" INTEGER NOT NULL DEFAULT 0,
    "last_report_period" TEXT,
    "paid_off_on" DATE,
    "status" TEXT NOT NULL,

    CONSTRAINT "loan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "loan_event" (
    "id" BIGSERIAL NOT NULL,
    "loan_id" BIGINT NOT NULL,
    "pool_code" TEXT NOT NULL,
    "bank_code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "occurred_on" DATE NOT NULL,
    "belongs_to" TEXT,
    "principal_delta" DECIMAL(18,2) NOT NULL,
    "counted_delta" DECIMAL(18,2) NOT NULL,
    "reserve_delta" DECIMAL(18,2) NOT NULL,
    "interest" DECIMAL(18,2),
    "details" JSONB,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_by" TEXT NOT NULL,

    CONSTRAINT "loan_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "balance_report" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "bank_code" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "received_on" DATE NOT NULL,
    "import_id" UUID,

    CONSTRAINT "balance_report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "balance_report_line" (
    "loan_id" BIGINT NOT NULL,
    "period" TEXT NOT NULL,
    "report_id" UUID NOT NULL,
    "pool_code" TEXT NOT NULL,
    "bank_code" TEXT NOT NULL,
    "outstanding_principal" DECIMAL(18,2) NOT NULL,
    "principal_repaid" DECIMAL(18,2) NOT NULL,
    "interest_paid" DECIMAL(18,2) NOT NULL,
    "classification" TEXT NOT NULL,
    "overdue_days" INTEGER NOT NULL,
    "paid_off" BOOLEAN NOT NULL,
    "received_on" DATE NOT NULL,
    "expected_principal" DECIMAL(18,2) NOT NULL,
    "expected_interest" DECIMAL(18,2) NOT NULL,
    "expected_outstanding" DECIMAL(18,2) NOT NULL,

    CONSTRAINT "balance_report_line_pkey" PRIMARY KEY ("loan_id","period")
);

-- CreateTable
CREATE TABLE "import" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" TEXT NOT NULL,
    "pool_code" TEXT,
    "bank_code" TEXT,
    "mode" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "file" BYTEA NOT NULL,
    "status" TEXT NOT NULL,
    "received_on" DATE NOT NULL,
    "rows_read" INTEGER NOT NULL DEFAULT 0,
    "rows_accepted" INTEGER NOT NULL DEFAULT 0,
    "rows_refused" INTEGER NOT NULL DEFAULT 0,
    "rows_new" INTEGER NOT NULL DEFAULT 0,
    "problem" JSONB,
    "warnings" JSONB NOT NULL,
    "created_by" TEXT NOT NULL,
    "job_id" UUID,

    CONSTRAINT "import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_row" (
    "import_id" UUID NOT NULL,
    "row" INTEGER NOT NULL,
    "seq" TEXT,
    "errors" JSONB NOT NULL,

    CONSTRAINT "import_row_pkey" PRIMARY KEY ("import_id","row")
);

-- CreateTable
CREATE TABLE "institution" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "uscc" TEXT,
    "cnaps" TEXT,

    CONSTRAINT "institution_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "partnership" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "institution_code" TEXT NOT NULL,
    "pool_code" TEXT,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "document" TEXT NOT NULL,

    CONSTRAINT "partnership_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bank_account" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_no" TEXT NOT NULL,
    "account_name" TEXT NOT NULL,
    "bank_name" TEXT NOT NULL,
    "cnaps" TEXT,
    "institution_code" TEXT,
    "pool_code" TEXT,

    CONSTRAINT "bank_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "enterprise" (
    "uscc" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "folded_name" TEXT NOT NULL,
    "registered_at" TEXT NOT NULL,
    "industry" TEXT,
    "staff" INTEGER NOT NULL,
    "assets" DECIMAL(18,2) NOT NULL,
    "revenue" DECIMAL(18,2) NOT NULL,
    "previous_revenue" DECIMAL(18,2) NOT NULL,
    "rnd_expense" DECIMAL(18,2) NOT NULL,
    "legal_representative" TEXT,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "enterprise_pkey" PRIMARY KEY ("uscc")
);

-- CreateTable
CREATE TABLE "enterprise_title" (
    "id" BIGSERIAL NOT NULL,
    "uscc" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "certificate_no" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE NOT NULL,

    CONSTRAINT "enterprise_title_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policy_version" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "clause_id" TEXT NOT NULL,
    "effective_from" DATE NOT NULL,
    "expires_on" DATE,
    "value" JSONB NOT NULL,
    "citation" JSONB NOT NULL,
    "status" TEXT NOT NULL,
    "proposed_by" TEXT NOT NULL,
    "decided_by" TEXT,
    "decided_on" DATE,
    "reason" TEXT,

    CONSTRAINT "policy_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lpr_quote" (
    "month" TEXT NOT NULL,
    "published_on" DATE NOT NULL,
    "one_year" DECIMAL(6,3) NOT NULL,
    "five_plus" DECIMAL(6,3) NOT NULL,
    "confirmed" BOOLEAN NOT NULL,
    "source" TEXT NOT NULL,

    CONSTRAINT "lpr_quote_pkey" PRIMARY KEY ("month")
);

-- CreateTable
CREATE TABLE "holiday_notice" (
    "year" INTEGER NOT NULL,
    "off" DATE[],
    "worked" DATE[],
    "source" TEXT NOT NULL,

    CONSTRAINT "holiday_notice_pkey" PRIMARY KEY ("year")
);

-- CreateTable
CREATE TABLE "pool" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "programme" TEXT NOT NULL,
    "policy_code" TEXT NOT NULL,
    "regions" TEXT[],
    "cooperating_unit" TEXT NOT NULL,
    "matching_unit" TEXT NOT NULL,
    "opened_on" DATE NOT NULL,

    CONSTRAINT "pool_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "pool_position" (
    "pool_code" TEXT NOT NULL,
    "leverage" DECIMAL(9,4) NOT NULL,
    "capital" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "counted_outstanding" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "reserved" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "admitted" DECIMAL(18,2) NOT NULL DEFAULT 0,

    CONSTRAINT "pool_position_pkey" PRIMARY KEY ("pool_code")
);

-- CreateTable
CREATE TABLE "pool_exposure" (
    "pool_code" TEXT NOT NULL,
    "key" BIGINT NOT NULL,
    "bank_code" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "counted_outstanding" DECIMAL(18,2) NOT NULL,
    "reserve" DECIMAL(18,2) NOT NULL,

    CONSTRAINT "pool_exposure_pkey" PRIMARY KEY ("pool_code","key")
);

-- CreateTable
CREATE TABLE "contribution" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "pool_code" TEXT NOT NULL,
    "contributor" TEXT NOT NULL,
    "amount" DECIMAL(18,2) NOT NULL,
    "received_on" DATE NOT NULL,
    "bank_account_id" UUID NOT NULL,
    "receipt_no" TEXT NOT NULL,
    "match_owed" DECIMAL(18,2),
    "match_due_on" DATE,
    "cites" JSONB NOT NULL,
    "recorded_by" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "reversed_on" DATE,
    "reversed_by" TEXT,

    CONSTRAINT "contribution_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "settlement" (
    "id" UUID NOT NULL,
    "pool_code" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "cursor" BIGINT NOT NULL DEFAULT 0,
    "sums" JSONB NOT NULL,
    "settled_on" DATE NOT NULL,
    "ledger_head" TEXT NOT NULL,
    "ledger_entries" BIGINT NOT NULL,
    "job_id" UUID,

    CONSTRAINT "settlement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "settlement_statement" (
    "settlement_id" UUID NOT NULL,
    "party_kind" TEXT NOT NULL,
    "party_code" TEXT NOT NULL,
    "pool_code" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "statement" TEXT NOT NULL,
    "document_id" UUID,

    CONSTRAINT "settlement_statement_pkey" PRIMARY KEY ("settlement_id","party_kind","party_code")
);

-- CreateIndex
CREATE INDEX "audit_log_subject_idx" ON "audit_log"("subject");

-- CreateIndex
CREATE INDEX "audit_log_action_id_idx" ON "audit_log"("action", "id");

-- CreateIndex
CREATE INDEX "idempotency_key_created_at_idx" ON "idempotency_key"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "document_verification_code_key" ON "document"("verification_code");

-- CreateIndex
CREATE INDEX "document_pool_code_issued_on_idx" ON "document"("pool_code", "issued_on");

-- CreateIndex
CREATE INDEX "document_bank_code_issued_on_idx" ON "document"("bank_code", "issued_on");

-- CreateIndex
CREATE UNIQUE INDEX "document_kind_subject_key" ON "document"("kind", "subject");

-- CreateIndex
CREATE UNIQUE INDEX "document_number_key" ON "document"("number");

-- CreateIndex
CREATE INDEX "loan_filing_pool_code_status_id_idx" ON "loan_filing"("pool_code", "status", "id");

-- CreateIndex
CREATE INDEX "loan_filing_bank_code_id_idx" ON "loan_filing"("bank_code", "id");

-- CreateIndex
CREATE INDEX "loan_filing_enterprise_uscc_idx" ON "loan_filing"("enterprise_uscc");

-- CreateIndex
CREATE INDEX "loan_filing_bank_code_contract_no_idx" ON "loan_filing"("bank_code", "contract_no");

-- CreateIndex
CREATE INDEX "loan_filing_bank_code_due_bill_no_idx" ON "loan_filing"("bank_code", "due_bill_no");

-- CreateIndex
CREATE INDEX "loan_bank_code_id_idx" ON "loan"("bank_code", "id");

-- CreateIndex
CREATE INDEX "loan_pool_code_id_idx" ON "loan"("pool_code", "id");

-- CreateIndex
CREATE INDEX "loan_enterprise_uscc_idx" ON "loan"("enterprise_uscc");

-- CreateIndex
CREATE UNIQUE INDEX "loan_bank_code_due_bill_no_key" ON "loan"("bank_code", "due_bill_no");

-- CreateIndex
CREATE UNIQUE INDEX "loan_event_reference_key" ON "loan_event"("reference");

-- CreateIndex
CREATE INDEX "loan_event_pool_code_occurred_on_idx" ON "loan_event"("pool_code", "occurred_on");

-- CreateIndex
CREATE INDEX "loan_event_loan_id_occurred_on_idx" ON "loan_event"("loan_id", "occurred_on");

-- CreateIndex
CREATE UNIQUE INDEX "balance_report_bank_code_period_key" ON "balance_report"("bank_code", "period");

-- CreateIndex
CREATE INDEX "balance_report_line_pool_code_period_loan_id_idx" ON "balance_report_line"("pool_code", "period", "loan_id");

-- CreateIndex
CREATE INDEX "balance_report_line_report_id_idx" ON "balance_report_line"("report_id");

-- CreateIndex
CREATE INDEX "import_bank_code_idx" ON "import"("bank_code");

-- CreateIndex
CREATE INDEX "partnership_institution_code_idx" ON "partnership"("institution_code");

-- CreateIndex
CREATE INDEX "partnership_pool_code_idx" ON "partnership"("pool_code");

-- CreateIndex
CREATE UNIQUE INDEX "bank_account_account_no_key" ON "bank_account"("account_no");

-- CreateIndex
CREATE INDEX "bank_account_institution_code_idx" ON "bank_account"("institution_code");

-- CreateIndex
CREATE INDEX "bank_account_pool_code_idx" ON "bank_account"("pool_code");

-- CreateIndex
CREATE INDEX "enterprise_folded_name_idx" ON "enterprise"("folded_name");

-- CreateIndex
CREATE UNIQUE INDEX "enterprise_title_uscc_kind_certificate_no_key" ON "enterprise_title"("uscc", "kind", "certificate_no");

-- CreateIndex
CREATE INDEX "policy_version_clause_id_status_idx" ON "policy_version"("clause_id", "status");

-- CreateIndex
CREATE INDEX "contribution_pool_code_received_on_idx" ON "contribution"("pool_code", "received_on");

-- CreateIndex
CREATE UNIQUE INDEX "settlement_pool_code_period_key" ON "settlement"("pool_code", "period");

-- CreateIndex
CREATE INDEX "settlement_statement_pool_code_period_idx" ON "settlement_statement"("pool_code", "period");

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_institution_code_fkey" FOREIGN KEY ("institution_code") REFERENCES "institution"("code") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "loan_filing" ADD CONSTRAINT "loan_filing_pool_code_fkey" FOREIGN KEY ("pool_code") REFERENCES "pool"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "loan" ADD CONSTRAINT "loan_id_fkey" FOREIGN KEY ("id") REFERENCES "loan_filing"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "loan_event" ADD CONSTRAINT "loan_event_loan_id_fkey" FOREIGN KEY ("loan_id") REFERENCES "loan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "balance_report_line" ADD CONSTRAINT "balance_report_line_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "balance_report"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "balance_report_line" ADD CONSTRAINT "balance_report_line_loan_id_fkey" FOREIGN KEY ("loan_id") REFERENCES "loan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_row" ADD CONSTRAINT "import_row_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "import"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "partnership" ADD CONSTRAINT "partnership_institution_code_fkey" FOREIGN KEY ("institution_code") REFERENCES "institution"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "partnership" ADD CONSTRAINT "partnership_pool_code_fkey" FOREIGN KEY ("pool_code") REFERENCES "pool"("code") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bank_account" ADD CONSTRAINT "bank_account_institution_code_fkey" FOREIGN KEY ("institution_code") REFERENCES "institution"("code") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bank_account" ADD CONSTRAINT "bank_account_pool_code_fkey" FOREIGN KEY ("pool_code") REFERENCES "pool"("code") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "enterprise_title" ADD CONSTRAINT "enterprise_title_uscc_fkey" FOREIGN KEY ("uscc") REFERENCES "enterprise"("uscc") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pool_position" ADD CONSTRAINT "pool_position_pool_code_fkey" FOREIGN KEY ("pool_code") REFERENCES "pool"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pool_exposure" ADD CONSTRAINT "pool_exposure_pool_code_fkey" FOREIGN KEY ("pool_code") REFERENCES "pool"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contribution" ADD CONSTRAINT "contribution_pool_code_fkey" FOREIGN KEY ("pool_code") REFERENCES "pool"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contribution" ADD CONSTRAINT "contribution_bank_account_id_fkey" FOREIGN KEY ("bank_account_id") REFERENCES "bank_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "settlement" ADD CONSTRAINT "settlement_pool_code_fkey" FOREIGN KEY ("pool_code") REFERENCES "pool"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "settlement_statement" ADD CONSTRAINT "settlement_statement_settlement_id_fkey" FOREIGN KEY ("settlement_id") REFERENCES "settlement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


