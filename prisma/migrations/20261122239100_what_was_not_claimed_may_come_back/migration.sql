-- What is claimed back of a line has been paid: the bank cannot send that back any more. Another payment of the same application, of a supplement or beside
-- one, it can: so each line is looked at as it stands once the payment is back.
CREATE OR REPLACE FUNCTION hold_returns() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM subsidy_line WHERE application_id = NEW.application_id ORDER BY id FOR UPDATE;
  IF EXISTS (SELECT FROM subsidy_clawback c WHERE c.application_id = NEW.application_id AND c.status NOT IN ('declined', 'cancelled')
      GROUP BY c.line_id HAVING sum(c.amount) > subsidy_line_paid(c.line_id)) THEN
    RAISE EXCEPTION 'CLAWBACK_LIVE: 该笔补贴已有追回，不能登记退票' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER hold_returns ON subsidy_payment;
CREATE TRIGGER hold_returns AFTER UPDATE OF status ON subsidy_payment FOR EACH ROW WHEN (OLD.status = 'paid' AND NEW.status = 'returned') EXECUTE FUNCTION hold_returns();
