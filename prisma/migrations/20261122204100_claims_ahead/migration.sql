-- How many approved claims a pool pays before one: a bank sees only its own claims, but its place in the queue counts everybody's. Only the number comes out.
CREATE FUNCTION claims_ahead(p_claim bigint) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*) FROM claim c JOIN claim before ON before.pool_code = c.pool_code AND before.status = 'confirmed' AND before.queue_no < c.queue_no WHERE c.id = p_claim
$$;
REVOKE ALL ON FUNCTION claims_ahead FROM PUBLIC;
GRANT EXECUTE ON FUNCTION claims_ahead TO ningkedai_app;
