-- Yearly caps: a compensation counts in the year in which it is paid; what is confirmed and still waits counts in any year, because it may be paid in it.
-- Counted by its confirmation, what was granted in December and waits would not be seen by what is granted in January, and both together could pass the cap.
CREATE OR REPLACE FUNCTION compensated_before(p_policy text, p_pool text, p_bank text, p_enterprise text, p_year int, p_except bigint)
RETURNS TABLE (enterprise numeric, enterprise_year numeric, bank_year numeric, pool numeric, pool_year numeric, pool_net numeric, last_year_balance numeric)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH before AS (
    SELECT c.*, (c.paid_on IS NULL OR extract(year FROM c.paid_on) = p_year) AS this_year FROM claim c JOIN pool p ON p.code = c.pool_code AND p.policy_code = p_policy
     WHERE c.status IN ('confirmed', 'paid') AND c.id IS DISTINCT FROM p_except
  )
  SELECT coalesce(sum(compensation) FILTER (WHERE enterprise_uscc = p_enterprise), 0.00), coalesce(sum(compensation) FILTER (WHERE enterprise_uscc = p_enterprise AND this_year), 0.00),
         coalesce(sum(compensation) FILTER (WHERE bank_code = p_bank AND this_year), 0.00), coalesce(sum(compensation) FILTER (WHERE pool_code = p_pool), 0.00),
         coalesce(sum(compensation) FILTER (WHERE pool_code = p_pool AND this_year), 0.00), coalesce(sum(compensation - recovered) FILTER (WHERE pool_code = p_pool), 0.00),
         (SELECT sum(e.principal_delta) FROM loan_event e JOIN pool p ON p.code = e.pool_code AND p.policy_code = p_policy
           WHERE e.bank_code = p_bank AND e.occurred_on < make_date(p_year, 1, 1))
    FROM before
$$;

-- What stops a whole pool its banks have to know; what a guarantor is warned of is its own.
DROP POLICY own_rows ON suspension;
CREATE POLICY own_rows ON suspension TO ningkedai_app USING ((SELECT current_setting('app.scope', true) = 'all') OR sees(coalesce(bank_code, party), pool_code, NULL)
  OR (scope IN ('pool', 'cooperatingUnit') AND EXISTS (SELECT FROM partnership s WHERE sees(s.institution_code, NULL, NULL) AND (s.pool_code IS NULL OR s.pool_code = suspension.pool_code))));
