-- A rate or a holiday notice that was kept before there were editions, and that is still as it was then, has its text under its later digest: so the archive of
-- the year in which it was entered has it, too, and does not say that it was taken away.
CREATE OR REPLACE FUNCTION audit.archived(p_kind text, p_book text) RETURNS TABLE (subject text, seal bigint, waits boolean, record text) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = audit, public, pg_temp AS $$
  SELECT r.subject, (SELECT min(s.seq) FROM evidence e JOIN seal s ON s.evidence_id = e.id WHERE e.subject = r.subject),
         EXISTS (SELECT FROM evidence e JOIN unsealed u ON u.evidence_id = e.id WHERE e.subject = r.subject), r.record
    FROM kind k CROSS JOIN LATERAL records(k.kind, p_book) r WHERE k.kind = p_kind AND NOT k.replaceable AND current_setting('app.scope', true) = 'all'
  UNION ALL
  SELECT r.subject, s.seq, EXISTS (SELECT FROM unsealed u WHERE u.evidence_id = l.id), r.record
    FROM kind k CROSS JOIN LATERAL records(k.kind, p_book) r LEFT JOIN LATERAL (SELECT max(e.id) AS id FROM evidence e WHERE e.subject = r.subject) l ON true LEFT JOIN seal s ON s.evidence_id = l.id
   WHERE k.kind = p_kind AND k.replaceable AND current_setting('app.scope', true) = 'all'
  UNION ALL
  SELECT e.subject, s.seq, false, d.record
    FROM kind k JOIN evidence e ON starts_with(e.subject, k.kind || ':' || p_book || ':') JOIN edition d ON d.evidence_id = e.id JOIN seal s ON s.evidence_id = e.id
   WHERE k.kind = p_kind AND k.replaceable AND current_setting('app.scope', true) = 'all' AND EXISTS (SELECT FROM evidence o WHERE o.subject = e.subject AND o.id > e.id)
  UNION ALL
  SELECT e.subject, s.seq, false, d.record
    FROM kind k JOIN evidence e ON starts_with(e.subject, k.kind || ':' || p_book || ':') JOIN seal s ON s.evidence_id = e.id
    JOIN LATERAL (SELECT t.record FROM evidence o JOIN edition t ON t.evidence_id = o.id WHERE o.subject = e.subject AND o.id > e.id AND o.sha256 = e.sha256 ORDER BY o.id LIMIT 1) d ON true
   WHERE k.kind = p_kind AND k.replaceable AND current_setting('app.scope', true) = 'all' AND e.id < (SELECT min(evidence_id) FROM edition)
$$;
