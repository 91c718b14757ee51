-- What an account's first statement opens with stands against what the ledger had by then; what is left is booked by two people.
ALTER TABLE difference DROP CONSTRAINT difference_kind, DROP CONSTRAINT difference_of_one_side, DROP CONSTRAINT difference_resolution, DROP CONSTRAINT difference_party;
ALTER TABLE difference
  ADD CONSTRAINT difference_kind CHECK (kind IN ('unknownReceipt', 'bankFee', 'interest', 'missingInLedger', 'missingAtBank', 'amountDiffers', 'duplicate', 'timing', 'opening')),
  ADD CONSTRAINT difference_of_one_side CHECK ((seq IS NULL) = (line_no IS NULL) AND CASE kind WHEN 'opening' THEN line_id IS NULL AND seq IS NULL ELSE (line_id IS NULL) <> (seq IS NULL) END),
  ADD CONSTRAINT difference_resolution CHECK (resolution IN ('interest', 'bankFee', 'suspense', 'paymentSuspense', 'paymentReturned', 'opening', 'timing') AND (resolution = 'opening') = (kind = 'opening')),
  ADD CONSTRAINT difference_party CHECK ((party IS NULL) = (party_by IS NULL) AND (party IS NULL) = (party_on IS NULL) AND (party IS NULL OR (status = 'resolved' AND resolution IN ('suspense', 'opening'))));
CREATE UNIQUE INDEX difference_once_of_opening ON difference (account_no) WHERE kind = 'opening' AND status IN ('open', 'proposed', 'explained', 'resolved');
CREATE UNIQUE INDEX opening_matched_once ON bank_match (account_no) WHERE rule = 'opening' AND undone_on IS NULL;

-- As before, but that an opening stands at the bank's side of its match.
CREATE OR REPLACE FUNCTION check_match() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE bank numeric; book numeric; strangers integer; n integer;
BEGIN
  SELECT coalesce(sum(CASE b.direction WHEN 'in' THEN b.amount ELSE -b.amount END), 0), count(*) FILTER (WHERE b.account_no IS DISTINCT FROM NEW.account_no), count(*)
    INTO bank, strangers, n FROM bank_match_line u LEFT JOIN bank_line b ON b.id = u.line_id WHERE u.match_id = NEW.id;
  IF NEW.rule = 'opening' THEN
    bank := bank + (SELECT s.opening FROM bank_statement s WHERE s.account_no = NEW.account_no ORDER BY s.from_day, s.id LIMIT 1);
    n := n + 1;
  END IF;
  SELECT coalesce(sum(CASE l.side WHEN 'D' THEN l.amount ELSE -l.amount END), 0), strangers + count(*) FILTER (WHERE a.code IS DISTINCT FROM '1002' OR a.sub_key <> NEW.account_no OR u.pool_code <> NEW.pool_code), n + count(*)
    INTO book, strangers, n FROM bank_match_leg u LEFT JOIN ledger.line l ON l.book_id = u.pool_code AND l.seq = u.seq AND l.line_no = u.line_no LEFT JOIN ledger.account a ON a.id = l.account_id WHERE u.match_id = NEW.id;
  IF bank IS DISTINCT FROM book OR strangers > 0 OR n < 2 THEN
    RAISE EXCEPTION 'MATCH_UNEQUAL: 所选银行明细合计 % 元，分录合计 % 元，须相等且属于同一账户', bank, book USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
