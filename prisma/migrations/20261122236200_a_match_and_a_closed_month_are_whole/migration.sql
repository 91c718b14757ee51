-- A match is held to be equal when it is made; nothing joins it after that, for nobody would look again.
CREATE FUNCTION whole_match() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE made bigint;
BEGIN
  SELECT n.match_id INTO made FROM new_rows n JOIN bank_match m ON m.id = n.match_id WHERE m.xmin <> pg_current_xact_id()::xid LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'MATCH_MADE: 第 % 项核对已经成立，不得增添明细或分录', made USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER whole_match AFTER INSERT ON bank_match_line REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION whole_match();
CREATE TRIGGER whole_match AFTER INSERT ON bank_match_leg REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION whole_match();

-- Nor does a month that is closed take another statement, nor a year after the transaction that closed it.
CREATE FUNCTION whole_month() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM closing c WHERE c.pool_code = NEW.pool_code AND c.period = NEW.period AND c.status = 'closed') THEN
    RAISE EXCEPTION 'CLOSED: % 已经结账，不得增添结算单', NEW.period USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER whole_month BEFORE INSERT ON settlement_statement FOR EACH ROW EXECUTE FUNCTION whole_month();
CREATE FUNCTION whole_year() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM year_closing y WHERE y.id = NEW.year_closing_id AND y.xmin <> pg_current_xact_id()::xid) THEN
    RAISE EXCEPTION 'CLOSED: % 年已经年终结账，不得增添年度报表', NEW.year USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER whole_year BEFORE INSERT ON annual_statement FOR EACH ROW EXECUTE FUNCTION whole_year();
REVOKE ALL ON FUNCTION whole_match, whole_month, whole_year FROM PUBLIC;
