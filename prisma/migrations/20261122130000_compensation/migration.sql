-- Compensation: claims, whose fen a loss was, what happened since, what two people decide, payouts and bans.
-- CreateTable
CREATE TABLE "claim" (
    "id" BIGSERIAL NOT NULL,
    "pool_code" TEXT NOT NULL,
    "bank_code" TEXT NOT NULL,
    "enterprise_uscc" TEXT NOT NULL,
    "loan_id" BIGINT NOT NULL,
    "due_bill_no" TEXT NOT NULL,
    "contract_no" TEXT NOT NULL,
    "request" JSONB NOT NULL,
    "content" TEXT NOT NULL,
    "papers" JSONB NOT NULL,
    "unpaid_principal" DECIMAL(18,2) NOT NULL,
    "counted_unpaid" DECIMAL(18,2) NOT NULL,
    "requested" DECIMAL(18,2) NOT NULL,
    "status" TEXT NOT NULL,
    "occurred_on" DATE,
    "claimed_on" DATE,
    "submitted_on" DATE,
    "checks" JSONB NOT NULL,
    "shares" JSONB NOT NULL,
    "explanation" JSONB,
    "recognised" DECIMAL(18,2),
    "compensation" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "panel" JSONB,
    "created_by" TEXT NOT NULL,
    "created_on" DATE NOT NULL,
    "verified_by" TEXT,
    "verified_on" DATE,
    "approved_by" TEXT,
    "approved_on" DATE,
    "confirmed_by" TEXT,
    "confirmed_on" DATE,
    "queue_no" INTEGER,
    "paid_by" TEXT,
    "paid_on" DATE,
    "recovered" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "written_off" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "reason" TEXT,
    "ended_by" TEXT,
    "ended_on" DATE,

    CONSTRAINT "claim_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "claim_share" (
    "claim_id" BIGINT NOT NULL,
    "place" INTEGER NOT NULL,
    "pool_code" TEXT NOT NULL,
    "bank_code" TEXT NOT NULL,
    "bearer" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "party" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "payee" TEXT NOT NULL,
    "amount" DECIMAL(18,2) NOT NULL,
    "cites" JSONB NOT NULL,

    CONSTRAINT "claim_share_pkey" PRIMARY KEY ("claim_id","place")
);

-- CreateTable
CREATE TABLE "claim_event" (
    "id" BIGSERIAL NOT NULL,
    "claim_id" BIGINT NOT NULL,
    "pool_code" TEXT NOT NULL,
    "bank_code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "occurred_on" DATE NOT NULL,
    "belongs_to" TEXT,
    "amount" DECIMAL(18,2),
    "cost" DECIMAL(18,2),
    "basis" TEXT,
    "paid_by" TEXT,
    "receipt_no" TEXT,
    "details" JSONB,
    "reverses" BIGINT,
    "recorded_by" TEXT NOT NULL,
    "recorded_on" DATE NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "claim_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "claim_proposal" (
    "id" BIGSERIAL NOT NULL,
    "claim_id" BIGINT NOT NULL,
    "pool_code" TEXT NOT NULL,
    "bank_code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "amount" DECIMAL(18,2) NOT NULL,
    "details" JSONB NOT NULL,
    "checks" JSONB NOT NULL,
    "proposed_by" TEXT NOT NULL,
    "proposed_on" DATE NOT NULL,
    "decided_by" TEXT,
    "decided_on" DATE,
    "reason" TEXT,

    CONSTRAINT "claim_proposal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pool_payout" (
    "id" BIGSERIAL NOT NULL,
    "pool_code" TEXT NOT NULL,
    "party" TEXT NOT NULL,
    "amount" DECIMAL(18,2) NOT NULL,
    "paid_on" DATE NOT NULL,
    "voucher_no" TEXT NOT NULL,
    "account_no" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "proposed_by" TEXT NOT NULL,
    "proposed_on" DATE NOT NULL,
    "decided_by" TEXT,
    "decided_on" DATE,

    CONSTRAINT "pool_payout_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "claim_ban" (
    "id" BIGSERIAL NOT NULL,
    "claim_id" BIGINT NOT NULL,
    "pool_code" TEXT NOT NULL,
    "bank_code" TEXT NOT NULL,
    "ground" TEXT NOT NULL,
    "decided_on" DATE NOT NULL,
    "until" DATE NOT NULL,

    CONSTRAINT "claim_ban_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "claim_pool_code_status_id_idx" ON "claim"("pool_code", "status", "id");

-- CreateIndex
CREATE INDEX "claim_bank_code_id_idx" ON "claim"("bank_code", "id");

-- CreateIndex
CREATE INDEX "claim_enterprise_uscc_idx" ON "claim"("enterprise_uscc");

-- CreateIndex
CREATE INDEX "claim_loan_id_idx" ON "claim"("loan_id");

-- CreateIndex
CREATE UNIQUE INDEX "claim_pool_code_queue_no_key" ON "claim"("pool_code", "queue_no");

-- CreateIndex
CREATE UNIQUE INDEX "claim_event_reference_key" ON "claim_event"("reference");

-- CreateIndex
CREATE UNIQUE INDEX "claim_event_reverses_key" ON "claim_event"("reverses");

-- CreateIndex
CREATE INDEX "claim_event_claim_id_id_idx" ON "claim_event"("claim_id", "id");

-- CreateIndex
CREATE INDEX "claim_event_pool_code_receipt_no_idx" ON "claim_event"("pool_code", "receipt_no");

-- CreateIndex
CREATE INDEX "claim_proposal_claim_id_idx" ON "claim_proposal"("claim_id");

-- CreateIndex
CREATE INDEX "pool_payout_pool_code_id_idx" ON "pool_payout"("pool_code", "id");

-- CreateIndex
CREATE INDEX "claim_ban_bank_code_until_idx" ON "claim_ban"("bank_code", "until");

-- AddForeignKey
ALTER TABLE "claim" ADD CONSTRAINT "claim_loan_id_fkey" FOREIGN KEY ("loan_id") REFERENCES "loan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim" ADD CONSTRAINT "claim_pool_code_fkey" FOREIGN KEY ("pool_code") REFERENCES "pool"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim_share" ADD CONSTRAINT "claim_share_claim_id_fkey" FOREIGN KEY ("claim_id") REFERENCES "claim"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim_event" ADD CONSTRAINT "claim_event_claim_id_fkey" FOREIGN KEY ("claim_id") REFERENCES "claim"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim_event" ADD CONSTRAINT "claim_event_reverses_fkey" FOREIGN KEY ("reverses") REFERENCES "claim_event"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim_proposal" ADD CONSTRAINT "claim_proposal_claim_id_fkey" FOREIGN KEY ("claim_id") REFERENCES "claim"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pool_payout" ADD CONSTRAINT "pool_payout_pool_code_fkey" FOREIGN KEY ("pool_code") REFERENCES "pool"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim_ban" ADD CONSTRAINT "claim_ban_claim_id_fkey" FOREIGN KEY ("claim_id") REFERENCES "claim"("id") ON DELETE RESTRICT ON UPDATE CASCADE;



-- What a compensated loss leaves off the balance sheet: borne outside the pool and not recovered yet, and written off but still pursued (账销案存).
INSERT INTO ledger.chart (code, name, normal_side, off_balance, floor_zero) VALUES
  ('9201', '池外各方已承担损失', 'D', true, true),
  ('9202', '池外各方已承担损失（对应）', 'C', true, true),
  ('9301', '账销案存', 'D', true, true),
  ('9302', '账销案存（对应）', 'C', true, true);

ALTER TABLE loan DROP CONSTRAINT loan_status;
ALTER TABLE loan ADD CONSTRAINT loan_status CHECK (status IN ('active', 'paidOff', 'compensated', 'revoked'));

-- Amounts, states and people, whoever asks. Who made something never checks it.
ALTER TABLE claim
  ADD CONSTRAINT claim_amounts CHECK (unpaid_principal >= 0 AND counted_unpaid >= 0 AND requested >= 0 AND compensation BETWEEN 0 AND unpaid_principal
    AND recognised BETWEEN 0 AND unpaid_principal AND recovered >= 0 AND written_off >= 0 AND recovered <= compensation AND written_off <= compensation),
  ADD CONSTRAINT claim_status CHECK (status IN ('draft', 'submitted', 'returned', 'verified', 'approved', 'confirmed', 'paid', 'refused', 'withdrawn', 'refunded')),
  ADD CONSTRAINT claim_two_people CHECK (verified_by <> created_by AND approved_by NOT IN (created_by, verified_by) AND confirmed_by NOT IN (created_by, verified_by, approved_by)
    AND paid_by NOT IN (created_by, verified_by, approved_by, confirmed_by)),
  ADD CONSTRAINT claim_decided CHECK ((status NOT IN ('verified', 'approved', 'confirmed', 'paid', 'refunded') OR verified_by IS NOT NULL)
    AND (status NOT IN ('approved', 'confirmed', 'paid', 'refunded') OR approved_by IS NOT NULL)
    AND (status NOT IN ('confirmed', 'paid', 'refunded') OR (confirmed_by IS NOT NULL AND queue_no IS NOT NULL))
    AND ((status IN ('paid', 'refunded')) = (paid_by IS NOT NULL)));
CREATE UNIQUE INDEX claim_one_live ON claim (loan_id) WHERE status NOT IN ('refused', 'withdrawn');

CREATE FUNCTION claim_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = OLD.status OR (OLD.status || ' ' || NEW.status) IN (
    'draft submitted', 'draft withdrawn', 'returned submitted', 'returned withdrawn', 'submitted returned', 'submitted verified', 'submitted refused', 'submitted withdrawn',
    'verified returned', 'verified approved', 'verified refused', 'verified withdrawn', 'approved confirmed', 'approved returned', 'approved refused',
    'confirmed paid', 'confirmed returned', 'paid refunded') THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'CLAIM_STEP: 补偿申请 % 不能由「%」转为「%」', OLD.id, OLD.status, NEW.status USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER claim_steps BEFORE UPDATE OF status ON claim FOR EACH ROW EXECUTE FUNCTION claim_steps();

-- What a contributor has in a pool and is not out for recovery: 2901 − 1218.
CREATE FUNCTION contributor_free(p_pool text, p_party text) RETURNS numeric LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(CASE a.code WHEN '2901' THEN a.balance ELSE -a.balance END), 0.00) FROM ledger.account a
   WHERE a.book_id = p_pool AND ((a.code = '2901' AND a.sub_key = p_party) OR (a.code = '1218' AND split_part(a.sub_key, ':', 2) = p_party))
$$;

-- At commit of a payment: the parts are the loss to the fen, the pool's parts are what was paid, and no contributor has paid more than it has.
CREATE FUNCTION check_payment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE whole numeric; pool_parts numeric; short text;
BEGIN
  SELECT sum(amount), coalesce(sum(amount) FILTER (WHERE kind = 'pool'), 0) INTO whole, pool_parts FROM claim_share WHERE claim_id = NEW.id;
  IF whole IS DISTINCT FROM NEW.unpaid_principal OR pool_parts <> NEW.compensation THEN
    RAISE EXCEPTION 'CLAIM_PARTS: 补偿申请 % 各方承担合计 %，应为 %；资金池承担 %，应为 %', NEW.id, coalesce(whole, 0), NEW.unpaid_principal, pool_parts, NEW.compensation USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  SELECT min(s.party) INTO short FROM claim_share s WHERE s.claim_id = NEW.id AND s.kind = 'pool' AND contributor_free(NEW.pool_code, s.party) < 0;
  IF short IS NOT NULL THEN
    RAISE EXCEPTION 'CONTRIBUTOR_SHORT: 出资方 % 的余额不足以支付', short USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER check_payment AFTER UPDATE OF status ON claim DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.status = 'paid' AND OLD.status <> 'paid') EXECUTE FUNCTION check_payment();

-- Nor may a contribution be taken back while it is out as a receivable.
CREATE FUNCTION check_contribution() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF contributor_free(NEW.pool_code, NEW.contributor) < 0 THEN
    RAISE EXCEPTION 'CONTRIBUTOR_SHORT: 该出资方的余额已用于补偿，尚未收回，不能冲销' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER check_contribution AFTER UPDATE OF reversed_on ON contribution FOR EACH ROW WHEN (NEW.reversed_on IS NOT NULL) EXECUTE FUNCTION check_contribution();

ALTER TABLE claim_share
  ADD CONSTRAINT share_kind CHECK (kind IN ('pool', 'own')), ADD CONSTRAINT share_not_negative CHECK (amount >= 0);
ALTER TABLE claim_event
  ADD CONSTRAINT event_amounts CHECK (amount >= 0 AND cost >= 0 AND (kind NOT IN ('cost', 'recovery') OR amount > 0) AND (basis IS DISTINCT FROM 'gross' OR cost <= amount)),
  ADD CONSTRAINT event_reverses CHECK ((kind = 'reversal') = (reverses IS NOT NULL));
ALTER TABLE claim_proposal
  ADD CONSTRAINT proposal_kind CHECK (kind IN ('writeOff', 'refund')),
  ADD CONSTRAINT proposal_status CHECK (status IN ('proposed', 'confirmed', 'refused', 'withdrawn')),
  ADD CONSTRAINT proposal_two_people CHECK (status NOT IN ('confirmed', 'refused') OR decided_by <> proposed_by),
  ADD CONSTRAINT proposal_decided CHECK ((status = 'proposed') = (decided_by IS NULL));
CREATE UNIQUE INDEX proposal_one_open ON claim_proposal (claim_id, kind) WHERE status = 'proposed';
ALTER TABLE pool_payout
  ADD CONSTRAINT payout_positive CHECK (amount > 0),
  ADD CONSTRAINT payout_status CHECK (status IN ('proposed', 'confirmed', 'withdrawn')),
  ADD CONSTRAINT payout_two_people CHECK (status <> 'confirmed' OR decided_by <> proposed_by);
CREATE UNIQUE INDEX payout_voucher ON pool_payout (pool_code, voucher_no) WHERE status <> 'withdrawn';

-- Whoever takes an event back is another than who recorded it.
CREATE FUNCTION check_reversal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM claim_event e WHERE e.id = NEW.reverses AND (e.recorded_by = NEW.recorded_by OR e.claim_id <> NEW.claim_id)) THEN
    RAISE EXCEPTION 'SAME_PERSON: 登记人不得冲销自己登记的记录，请由他人复核' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER check_reversal BEFORE INSERT ON claim_event FOR EACH ROW WHEN (NEW.reverses IS NOT NULL) EXECUTE FUNCTION check_reversal();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON claim_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON claim_share FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE ON claim_event, claim_share, claim_ban FROM ningkedai_app;

DO $$
DECLARE t text; expr text;
BEGIN
  FOREACH t IN ARRAY ARRAY['claim', 'claim_share', 'claim_event', 'claim_proposal', 'pool_payout', 'claim_ban'] LOOP
    expr := CASE t WHEN 'claim' THEN 'sees(bank_code, pool_code, enterprise_uscc)' WHEN 'pool_payout' THEN 'sees(party, pool_code, NULL)' ELSE 'sees(bank_code, pool_code, NULL)' END;
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own_rows ON %I TO ningkedai_app USING ((SELECT current_setting(''app.scope'', true) = ''all'') OR %s)', t, expr);
  END LOOP;
END $$;

-- Whose fen it was: of every compensated loss, in the order of its parts, which fen (1-based, both ends included) fell on whom.
CREATE VIEW compensated_fen WITH (security_invoker = true) AS
  SELECT s.claim_id, c.pool_code, c.due_bill_no, s.place, s.bearer, s.label, s.party, s.kind,
         ((sum(s.amount) OVER w - s.amount) * 100)::bigint + 1 AS first_fen, (sum(s.amount) OVER w * 100)::bigint AS last_fen
    FROM claim_share s JOIN claim c ON c.id = s.claim_id WHERE s.amount > 0 WINDOW w AS (PARTITION BY s.claim_id ORDER BY s.place);
GRANT SELECT ON compensated_fen TO ningkedai_app;

-- What caps look at lies beyond a bank's own rows: only these sums come out. Approved and not yet paid counts as paid. `p_except`: the claim itself.
CREATE FUNCTION compensated_before(p_policy text, p_pool text, p_bank text, p_enterprise text, p_year int, p_except bigint)
RETURNS TABLE (enterprise numeric, enterprise_year numeric, bank_year numeric, pool numeric, pool_year numeric, pool_net numeric, last_year_balance numeric)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH before AS (
    SELECT c.*, extract(year FROM coalesce(c.paid_on, c.confirmed_on)) = p_year AS this_year FROM claim c JOIN pool p ON p.code = c.pool_code AND p.policy_code = p_policy
     WHERE c.status IN ('confirmed', 'paid') AND c.id IS DISTINCT FROM p_except
  )
  SELECT coalesce(sum(compensation) FILTER (WHERE enterprise_uscc = p_enterprise), 0.00), coalesce(sum(compensation) FILTER (WHERE enterprise_uscc = p_enterprise AND this_year), 0.00),
         coalesce(sum(compensation) FILTER (WHERE bank_code = p_bank AND this_year), 0.00), coalesce(sum(compensation) FILTER (WHERE pool_code = p_pool), 0.00),
         coalesce(sum(compensation) FILTER (WHERE pool_code = p_pool AND this_year), 0.00), coalesce(sum(compensation - recovered) FILTER (WHERE pool_code = p_pool), 0.00),
         (SELECT sum(e.principal_delta) FROM loan_event e JOIN pool p ON p.code = e.pool_code AND p.policy_code = p_policy
           WHERE e.bank_code = p_bank AND e.occurred_on < make_date(p_year, 1, 1))
    FROM before
$$;
REVOKE ALL ON FUNCTION compensated_before FROM PUBLIC;
GRANT EXECUTE ON FUNCTION compensated_before TO ningkedai_app;

-- A compensated loan is bad until it has come back.
CREATE OR REPLACE FUNCTION enterprise_commitments(usccs text[]) RETURNS TABLE (uscc text, counted numeric, loans bigint, bad bigint) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT uscc, sum(counted), sum(loans)::bigint, sum(bad)::bigint FROM (
    SELECT enterprise_uscc AS uscc, counted_principal AS counted, 0 AS loans, 0 AS bad FROM loan_filing WHERE status = 'submitted' AND enterprise_uscc = ANY (usccs)
    UNION ALL
    SELECT l.enterprise_uscc, e.counted_outstanding, 1, CASE WHEN l.status IN ('active', 'compensated') AND l.outstanding_principal > 0 AND l.classification IN ('substandard', 'doubtful', 'loss') THEN 1 ELSE 0 END FROM loan l JOIN pool_exposure e ON e.pool_code = l.pool_code AND e.key = l.id WHERE l.enterprise_uscc = ANY (usccs)
  ) c GROUP BY uscc
$$;
