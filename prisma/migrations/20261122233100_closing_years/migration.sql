-- Every year of every pool up to a day's, and how far it is from being closed.
CREATE FUNCTION closing_years(p_today date) RETURNS TABLE (id uuid, pool_code text, pool_name text, year integer, status text, months integer, closed integer, previous boolean,
  proposed_by text, proposed_on date, closed_by text, closed_on date, ledger_head text, ledger_entries bigint) LANGUAGE sql STABLE AS $$
  SELECT fixed_id('year-closing:' || p.code || ':' || n.year), p.code, p.name, n.year,
         CASE WHEN y.status IN ('proposed', 'closed') THEN y.status WHEN m.closed = n.months AND b.previous AND n.year < extract(year FROM p_today) THEN 'ready' ELSE 'open' END,
         n.months, m.closed, b.previous, y.proposed_by, y.proposed_on, y.closed_by, y.closed_on, y.ledger_head, y.ledger_entries
    FROM pool p
    CROSS JOIN LATERAL (SELECT g AS year, CASE WHEN g = extract(year FROM p.opened_on) THEN 13 - extract(month FROM p.opened_on)::int ELSE 12 END AS months
      FROM generate_series(extract(year FROM p.opened_on)::int, extract(year FROM p_today)::int) g) n
    LEFT JOIN year_closing y ON y.pool_code = p.code AND y.year = n.year AND y.status <> 'withdrawn'
    CROSS JOIN LATERAL (SELECT count(*)::int AS closed FROM closing c WHERE c.pool_code = p.code AND left(c.period, 4) = n.year::text AND c.status = 'closed') m
    CROSS JOIN LATERAL (SELECT n.year = extract(year FROM p.opened_on)
        OR EXISTS (SELECT FROM year_closing e WHERE e.pool_code = p.code AND e.year = n.year - 1 AND e.status = 'closed') AS previous) b
$$;
REVOKE ALL ON FUNCTION closing_years FROM PUBLIC;
GRANT EXECUTE ON FUNCTION closing_years TO ningkedai_app;
