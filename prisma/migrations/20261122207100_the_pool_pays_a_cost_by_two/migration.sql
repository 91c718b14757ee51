-- What a pool spends on a pursuit is money out: proposed by one person and confirmed by another, whoever asks.
ALTER TABLE claim_proposal DROP CONSTRAINT proposal_kind;
ALTER TABLE claim_proposal ADD CONSTRAINT proposal_kind CHECK (kind IN ('writeOff', 'refund', 'cost'));
-- One confirmation lets one payment out. Vouchers recorded before this was asked for have none.
CREATE UNIQUE INDEX cost_of_proposal ON claim_event ((details ->> 'proposal')) WHERE kind = 'cost';

CREATE FUNCTION check_cost() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM claim_proposal p WHERE p.id = (NEW.details ->> 'proposal')::bigint AND p.claim_id = NEW.claim_id AND p.kind = 'cost' AND p.status = 'confirmed'
                    AND p.decided_by <> p.proposed_by AND p.amount = NEW.amount AND p.details ->> 'voucherNo' = NEW.receipt_no) THEN
    RAISE EXCEPTION 'SAME_PERSON: 资金池垫付追偿费用须由一人提出、另一人复核' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER check_cost BEFORE INSERT ON claim_event FOR EACH ROW WHEN (NEW.kind = 'cost' AND NEW.paid_by = 'pool') EXECUTE FUNCTION check_cost();
