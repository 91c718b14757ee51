-- A party that takes a payout back answers again for its part of what is owed now, but sees neither the loan nor the other parties: only what its part rests on comes out.
CREATE FUNCTION guarantee_basis(p_guarantee bigint) RETURNS TABLE (counted text, others text[], place int) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT round(l.outstanding_principal * l.counted_principal / l.principal, 2)::text,
         (SELECT array_agg(o.percent::text ORDER BY o.id) FROM guarantee o WHERE o.loan_id = g.loan_id AND o.status = 'active'),
         (SELECT count(*)::int FROM guarantee o WHERE o.loan_id = g.loan_id AND o.status = 'active' AND o.id < g.id)
    FROM guarantee g JOIN loan l ON l.id = g.loan_id WHERE g.id = p_guarantee
$$;
REVOKE ALL ON FUNCTION guarantee_basis FROM PUBLIC;
GRANT EXECUTE ON FUNCTION guarantee_basis TO ningkedai_app;
