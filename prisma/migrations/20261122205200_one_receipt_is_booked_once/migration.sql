-- A bank's receipt is booked once in a pool: as a contribution, a recovery or a refund. What was taken back frees its number. Whoever writes holds the pool's lock.
CREATE FUNCTION check_receipt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM contribution c WHERE c.pool_code = NEW.pool_code AND c.receipt_no = NEW.receipt_no AND c.reversed_on IS NULL)
    OR EXISTS (SELECT FROM claim_event e WHERE e.pool_code = NEW.pool_code AND e.receipt_no = NEW.receipt_no AND e.kind IN ('recovery', 'refund')
                  AND NOT EXISTS (SELECT FROM claim_event r WHERE r.reverses = e.id)) THEN
    RAISE EXCEPTION 'RECEIPT_CONFLICT: 回单号 % 已登记，内容不同', NEW.receipt_no USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER check_receipt BEFORE INSERT ON contribution FOR EACH ROW EXECUTE FUNCTION check_receipt();
CREATE TRIGGER check_receipt BEFORE INSERT ON claim_event FOR EACH ROW WHEN (NEW.kind IN ('recovery', 'refund')) EXECUTE FUNCTION check_receipt();
