-- Caps by guarantor and year: what the capped bearers have borne of the loans that one guarantor guarantees. Whoever guarantees and is not named is one, too.
DROP FUNCTION compensated_before(text, text, text, text, int, bigint);
CREATE FUNCTION compensated_before(p_policy text, p_pool text, p_bank text, p_enterprise text, p_year int, p_except bigint, p_guarantor text, p_capped text[])
RETURNS TABLE (enterprise numeric, enterprise_year numeric, bank_year numeric, pool numeric, pool_year numeric, pool_net numeric, last_year_balance numeric, guarantor_year numeric)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH before AS (
    SELECT c.*, (c.paid_on IS NULL OR extract(year FROM c.paid_on) = p_year) AS this_year FROM claim c JOIN pool p ON p.code = c.pool_code AND p.policy_code = p_policy
     WHERE c.status IN ('confirmed', 'paid') AND c.id IS DISTINCT FROM p_except
  )
  SELECT coalesce(sum(compensation) FILTER (WHERE enterprise_uscc = p_enterprise), 0.00), coalesce(sum(compensation) FILTER (WHERE enterprise_uscc = p_enterprise AND this_year), 0.00),
         coalesce(sum(compensation) FILTER (WHERE bank_code = p_bank AND this_year), 0.00), coalesce(sum(compensation) FILTER (WHERE pool_code = p_pool), 0.00),
         coalesce(sum(compensation) FILTER (WHERE pool_code = p_pool AND this_year), 0.00), coalesce(sum(compensation - recovered) FILTER (WHERE pool_code = p_pool), 0.00),
         (SELECT sum(e.principal_delta) FROM loan_event e JOIN pool p ON p.code = e.pool_code AND p.policy_code = p_policy
           WHERE e.bank_code = p_bank AND e.occurred_on < make_date(p_year, 1, 1)),
         (SELECT coalesce(sum((s ->> 'amount')::numeric), 0.00) FROM before b, jsonb_array_elements(b.shares) s WHERE b.this_year AND s ->> 'bearer' = ANY (p_capped)
             AND EXISTS (SELECT FROM jsonb_array_elements(b.shares) g WHERE g ->> 'bearer' = 'guarantor' AND coalesce(g ->> 'party', 'guarantor') = p_guarantor))
    FROM before
$$;
REVOKE ALL ON FUNCTION compensated_before FROM PUBLIC;
GRANT EXECUTE ON FUNCTION compensated_before TO ningkedai_app;
