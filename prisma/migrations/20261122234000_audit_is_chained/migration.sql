-- The audit log and the digests of what is kept (statements, documents, reconciliations, policy versions) are one hash chain. Rows are written as freely as
-- before; a sealing step takes what has been committed since the last one and chains it, one sealer at a time, in a short transaction of its own.
CREATE SCHEMA audit;

CREATE TABLE audit.chain (
  one     boolean PRIMARY KEY DEFAULT true CHECK (one),
  entries bigint NOT NULL,
  head    bytea NOT NULL
);
INSERT INTO audit.chain (entries, head) VALUES (0, ledger.genesis('audit'));

-- What a record was when it was kept: sha256 of its canonical text. Of many rows kept at once (the lines of a bank statement) also the first eight bytes of each.
CREATE TABLE audit.evidence (
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  subject text NOT NULL,
  sha256  bytea NOT NULL,
  parts   bytea
);
CREATE INDEX evidence_of_subject ON audit.evidence (subject, id);

CREATE TABLE audit.seal (
  seq         bigint PRIMARY KEY,
  audit_id    bigint UNIQUE,
  evidence_id bigint UNIQUE,
  hash        bytea NOT NULL,
  CHECK (num_nonnulls(audit_id, evidence_id) = 1)
);
-- What is committed and not in the chain yet.
CREATE TABLE audit.unsealed (audit_id bigint, evidence_id bigint);

CREATE FUNCTION audit.await_seal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = audit, pg_temp AS $$
BEGIN
  IF TG_ARGV[0] = 'audit' THEN INSERT INTO unsealed (audit_id) SELECT id FROM new_rows; ELSE INSERT INTO unsealed (evidence_id) SELECT id FROM new_rows; END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER await_seal AFTER INSERT ON audit_log REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.await_seal('audit');
CREATE TRIGGER await_seal AFTER INSERT ON audit.evidence REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.await_seal('evidence');
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.seal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.evidence FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON audit.chain FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR TRUNCATE ON audit.unsealed FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What is hashed of a row of the log, and of a digest: JSON arrays, so that no text can pass for two fields.
CREATE FUNCTION audit.content(seq bigint, a audit_log) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_array('audit', seq, a.id, (extract(epoch FROM a.at) * 1000000)::bigint, a."on" - DATE '2000-01-01', a.actor, a.role, a.institution, a.key_id, a.request_id,
    a.action, a.subject, a.before, a.after)::text
$$;
CREATE FUNCTION audit.content(seq bigint, e audit.evidence) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_array('evidence', seq, e.id, (extract(epoch FROM e.at) * 1000000)::bigint, e.subject, encode(e.sha256, 'hex'), encode(e.parts, 'hex'))::text
$$;

-- Chains what has been committed; answers how many there are and the head. Who comes while another seals waits for it, nobody else waits for anything.
CREATE FUNCTION audit.seal_all(OUT entries bigint, OUT head bytea) LANGUAGE plpgsql SECURITY DEFINER SET search_path = audit, public, pg_temp AS $$
DECLARE c audit.chain;
BEGIN
  SELECT * INTO c FROM chain FOR UPDATE;
  WITH taken AS (
    DELETE FROM unsealed u RETURNING u.audit_id, u.evidence_id
  ), placed AS (
    SELECT t.*, c.entries + row_number() OVER (ORDER BY t.audit_id NULLS LAST, t.evidence_id) AS seq FROM taken t
  ), worded AS (
    SELECT p.seq, p.audit_id, p.evidence_id, convert_to(CASE WHEN p.audit_id IS NULL THEN content(p.seq, e) ELSE content(p.seq, a) END, 'UTF8') AS content
      FROM placed p LEFT JOIN audit_log a ON a.id = p.audit_id LEFT JOIN evidence e ON e.id = p.evidence_id
  ), sealed AS (
    INSERT INTO seal SELECT w.seq, w.audit_id, w.evidence_id, ledger.chain(c.head, w.content) OVER (ORDER BY w.seq) FROM worded w RETURNING seal.seq, seal.hash
  )
  SELECT s.seq, s.hash INTO entries, head FROM sealed s ORDER BY s.seq DESC LIMIT 1;
  IF NOT FOUND THEN
    entries := c.entries;
    head := c.head;
    RETURN;
  END IF;
  UPDATE chain SET entries = seal_all.entries, head = seal_all.head;
END $$;

-- The canonical text of each kind of record: only what never changes after it was kept, columns by name, so that a column added later changes nothing.
CREATE FUNCTION audit.of_bank_statement(r bank_statement) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', r.id, 'poolCode', r.pool_code, 'accountNo', r.account_no, 'fileName', r.file_name, 'sha256', encode(r.sha256, 'hex'), 'format', r.format,
    'from', r.from_day, 'to', r.to_day, 'opening', r.opening::text, 'closing', r.closing::text, 'lines', r.lines, 'newLines', r.new_lines, 'importedBy', r.imported_by, 'importedOn', r.imported_on)::text
$$;
CREATE FUNCTION audit.of_bank_line(r bank_line) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_array(r.id, r.statement_id, r.account_no, r.occurred_on, r.time, r.direction, r.amount::text, r.ordinal, r.balance::text, r.counterparty_name,
    r.counterparty_account, r.counterparty_bank, r.memo, r.row)::text
$$;
CREATE FUNCTION audit.of_reconciliation(r reconciliation) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', r.id, 'poolCode', r.pool_code, 'accountNo', r.account_no, 'period', r.period, 'number', r.number, 'bankClosing', r.bank_closing::text,
    'ledgerClosing', r.ledger_closing::text, 'unexplained', r.unexplained::text, 'matched', r.matched, 'differences', r.differences, 'inputs', r.inputs, 'result', r.result,
    'runBy', r.run_by, 'runOn', r.run_on)::text
$$;
CREATE FUNCTION audit.of_confirmation(r reconciliation) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', r.id, 'poolCode', r.pool_code, 'status', r.status, 'confirmedBy', r.confirmed_by, 'confirmedOn', r.confirmed_on)::text
$$;
CREATE FUNCTION audit.of_settlement(r settlement) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', r.id, 'poolCode', r.pool_code, 'period', r.period, 'settledOn', r.settled_on, 'ledgerHead', r.ledger_head, 'ledgerEntries', r.ledger_entries)::text
$$;
CREATE FUNCTION audit.of_settlement_statement(r settlement_statement) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('settlementId', r.settlement_id, 'poolCode', r.pool_code, 'period', r.period, 'partyKind', r.party_kind, 'partyCode', r.party_code,
    'statement', r.statement, 'documentId', r.document_id)::text
$$;
CREATE FUNCTION audit.of_document(r document) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', r.id, 'kind', r.kind, 'number', r.number, 'title', r.title, 'poolCode', r.pool_code, 'bankCode', r.bank_code, 'enterpriseUscc', r.enterprise_uscc,
    'subject', r.subject, 'verificationCode', r.verification_code, 'issuedOn', r.issued_on, 'publicFacts', r.public_facts, 'view', r.view_model)::text
$$;
CREATE FUNCTION audit.of_drawing(r document) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', r.id, 'sha256', encode(r.pdf_sha256, 'hex'))::text
$$;
CREATE FUNCTION audit.of_voiding(r document) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', r.id, 'voidedOn', r.voided_on, 'reason', r.void_reason)::text
$$;
CREATE FUNCTION audit.of_policy_version(r policy_version) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', r.id, 'clauseId', r.clause_id, 'effectiveFrom', r.effective_from, 'expiresOn', r.expires_on, 'value', r.value, 'citation', r.citation, 'proposedBy', r.proposed_by)::text
$$;
CREATE FUNCTION audit.of_policy_decision(r policy_version) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', r.id, 'clauseId', r.clause_id, 'status', r.status, 'decidedBy', r.decided_by, 'decidedOn', r.decided_on, 'reason', r.reason)::text
$$;

-- The kinds of records: where they stand, whose book they are of, their key within it, their canonical text, and when they count. Policies are of no book: `-`.
CREATE TABLE audit.kind (
  kind     text PRIMARY KEY,
  relation text NOT NULL,
  book     text NOT NULL,
  key      text NOT NULL,
  wording  text NOT NULL,
  counts   text NOT NULL DEFAULT 'true'
);
INSERT INTO audit.kind VALUES
  ('bankStatement', 'bank_statement', 'r.pool_code', 'r.id', 'of_bank_statement', 'true'),
  ('reconciliation', 'reconciliation', 'r.pool_code', 'r.id', 'of_reconciliation', 'true'),
  ('confirmation', 'reconciliation', 'r.pool_code', 'r.id', 'of_confirmation', 'r.status = ''confirmed'''),
  ('settlement', 'settlement', 'r.pool_code', 'r.period', 'of_settlement', 'true'),
  ('settlementStatement', 'settlement_statement', 'r.pool_code', 'r.period || '':'' || r.party_kind || '':'' || r.party_code', 'of_settlement_statement', 'true'),
  ('document', 'document', 'coalesce(r.pool_code, ''-'')', 'r.id', 'of_document', 'true'),
  ('drawing', 'document', 'coalesce(r.pool_code, ''-'')', 'r.id', 'of_drawing', 'r.pdf_sha256 IS NOT NULL'),
  ('voiding', 'document', 'coalesce(r.pool_code, ''-'')', 'r.id', 'of_voiding', 'r.voided_on IS NOT NULL'),
  ('policyVersion', 'policy_version', '''-''', 'r.id', 'of_policy_version', 'true'),
  ('policyDecision', 'policy_version', '''-''', 'r.id', 'of_policy_decision', 'r.decided_on IS NOT NULL');
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.kind FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The records of a kind that stand in the tables now: subject, book and canonical text.
CREATE FUNCTION audit.records(p_kind text, p_book text DEFAULT NULL) RETURNS TABLE (subject text, record text) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = audit, public, pg_temp AS $$
DECLARE k audit.kind;
BEGIN
  SELECT * INTO STRICT k FROM kind WHERE kind = p_kind;
  RETURN QUERY EXECUTE format('SELECT %L || '':'' || %s || '':'' || %s, audit.%I(r) FROM public.%I r WHERE (%s) AND ($1 IS NULL OR %2$s = $1)', k.kind, k.book, k.key, k.wording, k.relation, k.counts) USING p_book;
END $$;

-- Keeps the digest of what was inserted …
CREATE FUNCTION audit.keep_rows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = audit, public, pg_temp AS $$
DECLARE k audit.kind;
BEGIN
  FOR k IN SELECT * FROM kind WHERE kind = ANY (TG_ARGV) LOOP
    EXECUTE format('INSERT INTO audit.evidence (subject, sha256) SELECT %L || '':'' || %s || '':'' || %s, sha256(convert_to(audit.%I(r), ''UTF8'')) FROM new_rows r WHERE %s ORDER BY 1', k.kind, k.book, k.key, k.wording, k.counts);
  END LOOP;
  RETURN NULL;
END $$;
-- … and of what became of it later.
CREATE FUNCTION audit.keep_row() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = audit, public, pg_temp AS $$
DECLARE k audit.kind;
BEGIN
  SELECT * INTO STRICT k FROM kind WHERE kind = TG_ARGV[0];
  EXECUTE format('INSERT INTO audit.evidence (subject, sha256) SELECT %L || '':'' || %s || '':'' || %s, sha256(convert_to(audit.%I(r), ''UTF8'')) FROM (SELECT ($1).*) r', k.kind, k.book, k.key,
    k.wording) USING NEW;
  RETURN NULL;
END $$;
CREATE FUNCTION audit.keep_lines() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = audit, public, pg_temp AS $$
BEGIN
  INSERT INTO evidence (subject, sha256, parts)
  SELECT 'bankLines:' || h.pool_code || ':' || h.statement_id, sha256(string_agg(h.hash, ''::bytea ORDER BY h.id)), string_agg(substr(h.hash, 1, 8), ''::bytea ORDER BY h.id)
    FROM (SELECT r.id, r.pool_code, r.statement_id, sha256(convert_to(of_bank_line(r), 'UTF8')) AS hash FROM new_rows r) h GROUP BY h.pool_code, h.statement_id ORDER BY 1;
  RETURN NULL;
END $$;
CREATE TRIGGER keep AFTER INSERT ON bank_statement REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.keep_rows('bankStatement');
CREATE TRIGGER keep AFTER INSERT ON bank_line REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.keep_lines();
CREATE TRIGGER keep AFTER INSERT ON reconciliation REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.keep_rows('reconciliation');
CREATE TRIGGER keep AFTER INSERT ON settlement REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.keep_rows('settlement');
CREATE TRIGGER keep AFTER INSERT ON settlement_statement REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.keep_rows('settlementStatement');
CREATE TRIGGER keep AFTER INSERT ON document REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.keep_rows('document', 'drawing', 'voiding');
CREATE TRIGGER keep AFTER INSERT ON policy_version REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.keep_rows('policyVersion', 'policyDecision');
CREATE TRIGGER keep_confirmation AFTER UPDATE ON reconciliation FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION audit.keep_row('confirmation');
CREATE TRIGGER keep_drawing AFTER UPDATE ON document FOR EACH ROW WHEN (OLD.pdf_sha256 IS DISTINCT FROM NEW.pdf_sha256) EXECUTE FUNCTION audit.keep_row('drawing');
CREATE TRIGGER keep_voiding AFTER UPDATE ON document FOR EACH ROW WHEN (OLD.voided_on IS DISTINCT FROM NEW.voided_on) EXECUTE FUNCTION audit.keep_row('voiding');
CREATE TRIGGER keep_decision AFTER UPDATE ON policy_version FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION audit.keep_row('policyDecision');

-- What is wrong: a row of the log or a digest that was changed, taken away or put in past the triggers; numbers that are missing; a head that is not the last; a
-- record that is not as its digest says, or has none. As with a book, a chain forged anew from some place on is told by the head printed on a statement.
CREATE FUNCTION audit.verify() RETURNS TABLE (seq bigint, subject text, problem text, detail text) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = audit, public, pg_temp AS $$
BEGIN
  RETURN QUERY
  WITH chained AS (
    SELECT s.seq, s.hash, lag(s.seq) OVER w AS before, lag(s.hash) OVER w AS before_hash, coalesce(a.subject, e.subject) AS subject, a.id IS NULL AND e.id IS NULL AS missing,
           CASE WHEN e.id IS NULL THEN '审计第 ' || s.audit_id || ' 号（' || coalesce(a.action, '已不存在') || '）' ELSE '留存摘要第 ' || s.evidence_id || ' 号' END AS what,
           convert_to(coalesce(CASE WHEN e.id IS NULL THEN content(s.seq, a) ELSE content(s.seq, e) END, ''), 'UTF8') AS content
      FROM seal s LEFT JOIN audit_log a ON a.id = s.audit_id LEFT JOIN evidence e ON e.id = s.evidence_id WINDOW w AS (ORDER BY s.seq)
  ), checked AS (
    SELECT c.*, c.hash <> ledger.follow(ledger.genesis('audit'), c.seq <> coalesce(c.before, 0) + 1, c.before_hash, c.hash, c.content) OVER (ORDER BY c.seq) AS broken FROM chained c
  ), awaited AS (
    SELECT u.audit_id, u.evidence_id FROM unsealed u
  )
  SELECT c.seq, c.subject, 'gap', format('链上第 %s 号至第 %s 号缺失', coalesce(c.before, 0) + 1, c.seq - 1) FROM checked c WHERE c.seq <> coalesce(c.before, 0) + 1
  UNION ALL
  SELECT c.seq, c.subject, CASE WHEN c.missing THEN 'missing' ELSE 'hash' END, c.what || CASE WHEN c.missing THEN '被删除' ELSE '与其散列值不符：内容被改动' END FROM checked c WHERE c.broken
  UNION ALL
  SELECT NULL, a.subject, 'stray', format('审计第 %s 号（%s）不在链上：绕过程序写入', a.id, a.action) FROM audit_log a
   WHERE NOT EXISTS (SELECT FROM seal s WHERE s.audit_id = a.id) AND NOT EXISTS (SELECT FROM awaited w WHERE w.audit_id = a.id)
  UNION ALL
  SELECT NULL, e.subject, 'stray', format('留存摘要第 %s 号不在链上：绕过程序写入', e.id) FROM evidence e
   WHERE NOT EXISTS (SELECT FROM seal s WHERE s.evidence_id = e.id) AND NOT EXISTS (SELECT FROM awaited w WHERE w.evidence_id = e.id)
  UNION ALL
  SELECT NULL, NULL, 'head', format('链头为 %s 条，现有 %s 条、末号 %s：末尾被删去或改写', h.entries, t.n, coalesce(t.last, 0))
    FROM chain h, (SELECT count(*) AS n, max(c.seq) AS last, (array_agg(c.hash ORDER BY c.seq DESC))[1] AS hash FROM checked c) t
   WHERE h.entries <> t.n OR h.entries <> coalesce(t.last, 0) OR h.head <> coalesce(t.hash, ledger.genesis('audit'))
  UNION ALL
  SELECT f.* FROM verify_records() f
  ORDER BY 1 NULLS LAST, 2;
END $$;

-- The part of it about records: each beside the last digest of its subject.
CREATE FUNCTION audit.verify_records() RETURNS TABLE (seq bigint, subject text, problem text, detail text) LANGUAGE plpgsql STABLE SET search_path = audit, public, pg_temp AS $$
BEGIN
  RETURN QUERY
  WITH now AS (
    SELECT r.subject, sha256(convert_to(r.record, 'UTF8')) AS hash FROM kind k CROSS JOIN LATERAL records(k.kind) r
    UNION ALL
    SELECT 'bankLines:' || l.pool_code || ':' || l.statement_id, string_agg(substr(sha256(convert_to(of_bank_line(l), 'UTF8')), 1, 8), ''::bytea ORDER BY l.id) FROM bank_line l GROUP BY l.pool_code, l.statement_id
  ), last AS (
    SELECT DISTINCT ON (e.subject) e.subject, e.sha256 AS hash, e.id FROM evidence e WHERE e.parts IS NULL ORDER BY e.subject, e.id DESC
  ), kept AS (
    SELECT * FROM last UNION ALL SELECT e.subject, string_agg(e.parts, ''::bytea ORDER BY e.id), max(e.id) FROM evidence e WHERE e.parts IS NOT NULL GROUP BY e.subject
  )
  SELECT s.seq, coalesce(n.subject, k.subject), 'record', CASE WHEN k.subject IS NULL THEN '没有留存摘要：绕过程序写入' WHEN n.subject IS NULL THEN '已被删除' ELSE '与留存摘要不符：内容被改动' END
    FROM now n FULL JOIN kept k ON k.subject = n.subject LEFT JOIN seal s ON s.evidence_id = k.id WHERE n.hash IS DISTINCT FROM k.hash;
END $$;

-- What there is already is chained now, as it stands.
INSERT INTO audit.unsealed (audit_id) SELECT id FROM audit_log;
DO $$
DECLARE k audit.kind;
BEGIN
  FOR k IN SELECT * FROM audit.kind ORDER BY kind LOOP
    EXECUTE format('INSERT INTO audit.evidence (subject, sha256) SELECT r.subject, sha256(convert_to(r.record, ''UTF8'')) FROM audit.records(%L) r ORDER BY 1', k.kind);
  END LOOP;
END $$;
INSERT INTO audit.evidence (subject, sha256, parts)
SELECT 'bankLines:' || h.pool_code || ':' || h.statement_id, sha256(string_agg(h.hash, ''::bytea ORDER BY h.id)), string_agg(substr(h.hash, 1, 8), ''::bytea ORDER BY h.id)
  FROM (SELECT r.id, r.pool_code, r.statement_id, sha256(convert_to(audit.of_bank_line(r), 'UTF8')) AS hash FROM bank_line r) h GROUP BY h.pool_code, h.statement_id ORDER BY 1;
SELECT audit.seal_all();

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA audit FROM PUBLIC;
GRANT USAGE ON SCHEMA audit TO ningkedai_app;
GRANT SELECT ON audit.chain, audit.seal, audit.evidence, audit.kind TO ningkedai_app;
GRANT EXECUTE ON FUNCTION audit.seal_all, audit.verify TO ningkedai_app;

-- 审计档案: a year of a book, signed, in parts as it was written. Who made it decides what is in it by numbers, so that making it again gives the same bytes.
CREATE TABLE "archive" (
    "id" BIGSERIAL NOT NULL,
    "pool_code" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "ledger_from" BIGINT NOT NULL,
    "ledger_to" BIGINT NOT NULL,
    "audit_from" BIGINT NOT NULL,
    "audit_to" BIGINT NOT NULL,
    "as_of" DATE NOT NULL,
    "status" TEXT NOT NULL,
    "job_id" UUID,
    "bytes" BIGINT,
    "sha256" BYTEA,
    "public_key" TEXT,
    "made_by" TEXT NOT NULL,
    "made_on" DATE NOT NULL,
    "made_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "archive_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "archive_part" (
    "archive_id" BIGINT NOT NULL,
    "place" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "archive_part_pkey" PRIMARY KEY ("archive_id","place")
);
CREATE UNIQUE INDEX "archive_pool_code_year_ledger_to_audit_to_key" ON "archive"("pool_code", "year", "ledger_to", "audit_to");
ALTER TABLE "archive_part" ADD CONSTRAINT "archive_part_archive_id_fkey" FOREIGN KEY ("archive_id") REFERENCES "archive"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE archive ADD CONSTRAINT archive_status CHECK (status IN ('making', 'ready') AND (status = 'ready') = (sha256 IS NOT NULL));

-- One that is ready stays as it is; its parts, too.
CREATE FUNCTION keep_archive() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM archive a WHERE a.id = (to_jsonb(OLD) ->> TG_ARGV[0])::bigint AND a.status = 'ready') THEN
    RAISE EXCEPTION 'APPEND_ONLY: 审计档案制成后不再改动' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER keep_archive BEFORE UPDATE OR DELETE ON archive FOR EACH ROW EXECUTE FUNCTION keep_archive('id');
CREATE TRIGGER keep_archive BEFORE UPDATE OR DELETE ON archive_part FOR EACH ROW EXECUTE FUNCTION keep_archive('archive_id');
REVOKE UPDATE ON archive, archive_part FROM ningkedai_app;
GRANT UPDATE (status, job_id, bytes, sha256, public_key) ON archive TO ningkedai_app;
GRANT UPDATE (bytes), DELETE ON archive_part TO ningkedai_app;
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['archive', 'archive_part'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY all_rows ON %I TO ningkedai_app USING ((SELECT current_setting(''app.scope'', true) = ''all''))', t);
  END LOOP;
END $$;

-- What an archive holds, for the service alone: it is asked for with the scope of everything. A record without a digest in the chain waits for it, or never had one.
CREATE FUNCTION audit.archived(p_kind text, p_book text) RETURNS TABLE (subject text, seal bigint, waits boolean, record text) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = audit, public, pg_temp AS $$
  SELECT r.subject, (SELECT max(s.seq) FROM evidence e JOIN seal s ON s.evidence_id = e.id WHERE e.subject = r.subject),
         EXISTS (SELECT FROM evidence e JOIN unsealed u ON u.evidence_id = e.id WHERE e.subject = r.subject), r.record
    FROM records(p_kind, p_book) r WHERE current_setting('app.scope', true) = 'all'
$$;
CREATE FUNCTION audit.waits(p_id bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = audit, public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM unsealed u WHERE u.audit_id = p_id)
$$;
REVOKE ALL ON FUNCTION audit.archived, audit.waits FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit.archived, audit.waits, audit.of_bank_line, audit.content(bigint, audit_log), audit.content(bigint, audit.evidence), ledger.canonical, ledger.genesis TO ningkedai_app;

-- Searched by day and by who.
CREATE INDEX "audit_log_on_id_idx" ON "audit_log"("on", "id");
CREATE INDEX "audit_log_actor_id_idx" ON "audit_log"("actor", "id");
