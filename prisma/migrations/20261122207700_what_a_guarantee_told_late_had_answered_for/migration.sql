-- A guarantee told when the month it began in was closed is booked later; its fee runs from its first day all the same. What it had answered for until it was
-- booked follows what was counted of the loan then, which the party itself does not see: only its own days and balances come out. One that was cancelled
-- before its month could be settled was a mistake, and owes nothing.
CREATE FUNCTION guarantee_told_late(p_guarantee bigint) RETURNS TABLE (booked date, since date, balance numeric) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH told AS (
    SELECT g.loan_id, e.occurred_on AS booked, e.recorded_at, greatest(g.signed_on, l.admitted_on) AS began, n.amount AS liability
      FROM guarantee g JOIN loan l ON l.id = g.loan_id
      JOIN ledger.entry e ON e.book_id = g.pool_code AND e.reference = 'guarantee:' || g.id || ':recorded:' || g.id AND e.belongs_to IS NOT NULL
      JOIN ledger.line n ON n.book_id = e.book_id AND n.seq = e.seq JOIN ledger.account a ON a.id = n.account_id AND a.code = '9401'
     WHERE g.id = p_guarantee AND (g.cancelled_on IS NULL OR date_trunc('month', g.cancelled_on) > date_trunc('month', e.occurred_on))
  ), event AS (
    SELECT v.occurred_on, v.counted_delta FROM told t JOIN loan_event v ON v.loan_id = t.loan_id AND v.recorded_at <= t.recorded_at
  ), day AS (
    SELECT began AS since FROM told UNION SELECT v.occurred_on FROM told t, event v WHERE v.occurred_on > t.began AND v.occurred_on < t.booked AND v.counted_delta <> 0
  )
  SELECT t.booked, d.since, round(t.liability * sum(v.counted_delta) FILTER (WHERE v.occurred_on <= d.since) / sum(v.counted_delta), 2)
    FROM told t, day d, event v GROUP BY t.booked, t.liability, d.since HAVING sum(v.counted_delta) > 0 ORDER BY d.since
$$;
REVOKE ALL ON FUNCTION guarantee_told_late FROM PUBLIC;
GRANT EXECUTE ON FUNCTION guarantee_told_late TO ningkedai_app;
