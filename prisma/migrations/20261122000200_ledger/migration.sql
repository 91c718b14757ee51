-- The ledger: append-only, double-entry, hash-chained per book. The application may read it and call ledger.post; nothing else writes it.

DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ningkedai_app') THEN
    CREATE ROLE ningkedai_app NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- another database of this server was migrating too
END $$;
GRANT ningkedai_app TO CURRENT_USER;

CREATE SCHEMA ledger;

CREATE TABLE ledger.chart (
  code        text PRIMARY KEY,
  name        text NOT NULL,
  normal_side char(1) NOT NULL CHECK (normal_side IN ('D', 'C')),
  off_balance boolean NOT NULL DEFAULT false,
  floor_zero  boolean NOT NULL DEFAULT false   -- its balance may never go below zero
);

CREATE TABLE ledger.book (
  id             text PRIMARY KEY,
  name           text NOT NULL,
  head           bytea NOT NULL,
  entries        bigint NOT NULL DEFAULT 0,
  locked_through char(7)                       -- months up to this one take no more entries
);

CREATE TABLE ledger.account (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  book_id    text NOT NULL REFERENCES ledger.book,
  code       text NOT NULL REFERENCES ledger.chart,
  sub_key    text NOT NULL,                    -- whose: bank account number, contributor, bank
  normal_side char(1) NOT NULL,
  floor_zero boolean NOT NULL,
  balance    numeric(18, 2) NOT NULL DEFAULT 0, -- on the normal side
  UNIQUE (book_id, code, sub_key),
  CONSTRAINT account_not_below_zero CHECK (NOT floor_zero OR balance >= 0)
) WITH (fillfactor = 50);                       -- balances are updated in place, row by row

CREATE TABLE ledger.entry (
  book_id     text NOT NULL REFERENCES ledger.book,
  seq         bigint NOT NULL,
  reference   text NOT NULL,
  occurred_on date NOT NULL,
  recorded_at timestamptz NOT NULL,
  kind        text NOT NULL,
  memo        text NOT NULL,
  cites       jsonb NOT NULL,
  belongs_to  char(7),                         -- the closed month a late fact belongs to
  reverses    text,
  actor       text NOT NULL,
  hash        bytea NOT NULL,
  PRIMARY KEY (book_id, seq),
  UNIQUE (book_id, reference)
);
CREATE UNIQUE INDEX entry_reversed_once ON ledger.entry (book_id, reverses) WHERE reverses IS NOT NULL;
CREATE INDEX entry_by_day ON ledger.entry (book_id, occurred_on, seq);

CREATE TABLE ledger.line (
  book_id     text NOT NULL,
  seq         bigint NOT NULL,
  line_no     smallint NOT NULL CHECK (line_no >= 1),
  account_id  bigint NOT NULL REFERENCES ledger.account,
  side        char(1) NOT NULL CHECK (side IN ('D', 'C')),
  amount      numeric(18, 2) NOT NULL CHECK (amount > 0),
  occurred_on date NOT NULL,
  subject     text,                            -- what it is about, e.g. a 借据号
  PRIMARY KEY (book_id, seq, line_no),
  FOREIGN KEY (book_id, seq) REFERENCES ledger.entry
);
CREATE INDEX line_by_account ON ledger.line (account_id, occurred_on) INCLUDE (side, amount);
CREATE INDEX line_by_subject ON ledger.line (subject, account_id) WHERE subject IS NOT NULL;

-- Nobody changes what is posted.
CREATE FUNCTION ledger.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'LEDGER_APPEND_ONLY: 总账只增不改，更正请红字冲销（%.%）', TG_TABLE_SCHEMA, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.entry FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.line FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();

-- An entry balances, within and without the balance sheet, or the transaction does not commit.
CREATE FUNCTION ledger.check_balanced() RETURNS trigger LANGUAGE plpgsql SET search_path = ledger, pg_temp AS $$
DECLARE n integer; off numeric; sheet numeric;
BEGIN
  SELECT count(*), coalesce(sum(CASE WHEN c.off_balance THEN CASE l.side WHEN 'D' THEN l.amount ELSE -l.amount END END), 0),
         coalesce(sum(CASE WHEN NOT c.off_balance THEN CASE l.side WHEN 'D' THEN l.amount ELSE -l.amount END END), 0)
    INTO n, off, sheet
    FROM line l JOIN account a ON a.id = l.account_id JOIN chart c ON c.code = a.code
   WHERE l.book_id = NEW.book_id AND l.seq = NEW.seq;
  IF n < 2 OR off <> 0 OR sheet <> 0 THEN
    RAISE EXCEPTION 'LEDGER_UNBALANCED: 凭证 % 第 % 号借贷不平（表内差 %，表外差 %，共 % 行）', NEW.book_id, NEW.seq, sheet, off, n USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
-- Line 1 cannot come alone (an entry needs two) nor twice (primary key), so the entry and its further lines are enough to watch.
CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON ledger.entry DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger.check_balanced();
CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON ledger.line DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.line_no > 2) EXECUTE FUNCTION ledger.check_balanced();

-- What is hashed of an entry: a JSON array, so that no text can pass for two fields.
CREATE FUNCTION ledger.canonical(book text, seq bigint, reference text, occurred_on date, recorded_at timestamptz, kind text, memo text, cites jsonb,
  belongs_to text, reverses text, actor text, codes text[], keys text[], sides text[], amounts numeric[], subjects text[])
RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT convert_to(jsonb_build_array(book, seq, reference, occurred_on - DATE '2000-01-01', (extract(epoch FROM recorded_at) * 1000000)::bigint, kind, memo, cites,
    belongs_to, reverses, actor, codes, keys, sides, amounts::text[], subjects)::text, 'UTF8')
$$;

CREATE FUNCTION ledger.chain_step(state bytea, head bytea, canonical bytea) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT sha256(coalesce(state, head) || canonical)
$$;
CREATE AGGREGATE ledger.chain(bytea, bytea) (SFUNC = ledger.chain_step, STYPE = bytea);

-- Takes the book's lock, which every posting takes first: one order for all, so postings never deadlock.
CREATE FUNCTION ledger.lock_book(p_book text) RETURNS ledger.book LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE b ledger.book;
BEGIN
  SELECT * INTO b FROM book WHERE id = p_book FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'LEDGER_NO_BOOK: 没有账套 %', p_book USING ERRCODE = 'invalid_parameter_value'; END IF;
  RETURN b;
END $$;

CREATE FUNCTION ledger.open_accounts(p_book text, p_codes text[], p_keys text[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE missing text;
BEGIN
  SELECT w.code INTO missing FROM unnest(p_codes) w(code) LEFT JOIN chart c USING (code) WHERE c.code IS NULL LIMIT 1;
  IF missing IS NOT NULL THEN RAISE EXCEPTION 'LEDGER_NO_ACCOUNT: 会计科目表中没有 %', missing USING ERRCODE = 'invalid_parameter_value'; END IF;
  INSERT INTO account (book_id, code, sub_key, normal_side, floor_zero)
  SELECT DISTINCT p_book, w.code, w.key, c.normal_side, c.floor_zero FROM unnest(p_codes, p_keys) w(code, key) JOIN chart c USING (code)
  ON CONFLICT DO NOTHING;
END $$;

-- Posts one entry and answers its number. The same reference with the same content answers the first number; with other content it is refused.
CREATE FUNCTION ledger.post(p_book text, p_reference text, p_occurred_on date, p_kind text, p_memo text, p_cites jsonb,
  p_codes text[], p_keys text[], p_sides text[], p_amounts numeric(18, 2)[], p_subjects text[],
  p_actor text, p_belongs_to text DEFAULT NULL, p_reverses text DEFAULT NULL)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE b ledger.book; n bigint; at timestamptz := clock_timestamp(); ids bigint[]; h bytea; same boolean;
BEGIN
  SELECT * INTO b FROM book WHERE id = p_book FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'LEDGER_NO_BOOK: 没有账套 %', p_book USING ERRCODE = 'invalid_parameter_value'; END IF;
  SELECT e.seq INTO n FROM entry e WHERE e.book_id = p_book AND e.reference = p_reference;
  IF FOUND THEN
    SELECT e.occurred_on = p_occurred_on AND (a.codes, a.keys, a.sides, a.amounts) = (p_codes, p_keys, p_sides, p_amounts) INTO same
      FROM entry e, LATERAL (SELECT array_agg(ac.code ORDER BY l.line_no) codes, array_agg(ac.sub_key ORDER BY l.line_no) keys,
        array_agg(l.side::text ORDER BY l.line_no) sides, array_agg(l.amount ORDER BY l.line_no) amounts
        FROM line l JOIN account ac ON ac.id = l.account_id WHERE l.book_id = p_book AND l.seq = n) a
     WHERE e.book_id = p_book AND e.seq = n;
    IF same THEN RETURN n; END IF;
    RAISE EXCEPTION 'LEDGER_REFERENCE_TAKEN: 业务号 % 已过账，内容不同', p_reference USING ERRCODE = 'unique_violation';
  END IF;
  IF to_char(p_occurred_on, 'YYYY-MM') <= b.locked_through THEN
    RAISE EXCEPTION 'LEDGER_PERIOD_LOCKED: % 已结账（至 %），不得再过账', to_char(p_occurred_on, 'YYYY-MM'), b.locked_through USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  SELECT array_agg(a.id ORDER BY w.i) INTO ids FROM unnest(p_codes, p_keys) WITH ORDINALITY w(code, key, i)
    LEFT JOIN account a ON a.book_id = p_book AND a.code = w.code AND a.sub_key = w.key;
  IF array_position(ids, NULL) IS NOT NULL THEN
    PERFORM open_accounts(p_book, p_codes, p_keys);
    SELECT array_agg(a.id ORDER BY w.i) INTO ids FROM unnest(p_codes, p_keys) WITH ORDINALITY w(code, key, i)
      JOIN account a ON a.book_id = p_book AND a.code = w.code AND a.sub_key = w.key;
  END IF;
  n := b.entries + 1;
  h := sha256(b.head || canonical(p_book, n, p_reference, p_occurred_on, at, p_kind, p_memo, p_cites, p_belongs_to, p_reverses, p_actor, p_codes, p_keys, p_sides, p_amounts, p_subjects));
  INSERT INTO entry VALUES (p_book, n, p_reference, p_occurred_on, at, p_kind, p_memo, p_cites, p_belongs_to, p_reverses, p_actor, h);
  INSERT INTO line SELECT p_book, n, w.i, w.id, w.side, w.amount, p_occurred_on, w.subject
    FROM unnest(ids, p_sides, p_amounts, p_subjects) WITH ORDINALITY w(id, side, amount, subject, i);
  UPDATE account a SET balance = a.balance + CASE a.normal_side WHEN 'D' THEN s.debit ELSE -s.debit END
    FROM (SELECT w.id, sum(CASE w.side WHEN 'D' THEN w.amount ELSE -w.amount END) AS debit FROM unnest(ids, p_sides, p_amounts) w(id, side, amount) GROUP BY w.id) s
   WHERE a.id = s.id;
  UPDATE book SET head = h, entries = n WHERE id = p_book;
  RETURN n;
END $$;

-- The bulk form: many entries of one kind in one statement each for entries, lines and balances. Lines name their entry by its place (1-based) in
-- p_references. All or nothing; a reference already posted refuses the batch (unique key), since the caller knows what it has done.
CREATE FUNCTION ledger.post_many(p_book text, p_kind text, p_cites jsonb, p_actor text,
  p_references text[], p_occurred_on date[], p_memos text[], p_belongs_to text[],
  p_entry integer[], p_codes text[], p_keys text[], p_sides text[], p_amounts numeric(18, 2)[], p_subjects text[])
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE b ledger.book; at timestamptz := clock_timestamp(); locked text; last_hash bytea;
BEGIN
  SELECT * INTO b FROM book WHERE id = p_book FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'LEDGER_NO_BOOK: 没有账套 %', p_book USING ERRCODE = 'invalid_parameter_value'; END IF;
  IF cardinality(p_references) = 0 THEN RETURN b.entries; END IF;
  SELECT to_char(min(d), 'YYYY-MM') INTO locked FROM unnest(p_occurred_on) d;
  IF locked <= b.locked_through THEN
    RAISE EXCEPTION 'LEDGER_PERIOD_LOCKED: % 已结账（至 %），不得再过账', locked, b.locked_through USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  PERFORM open_accounts(p_book, array_agg(code), array_agg(key)) FROM (SELECT DISTINCT code, key FROM unnest(p_codes, p_keys) w(code, key)) u;

  WITH grouped AS (
    SELECT entry, array_agg(code ORDER BY i) codes, array_agg(key ORDER BY i) keys, array_agg(side ORDER BY i) sides, array_agg(amount ORDER BY i) amounts,
           array_agg(subject ORDER BY i) subjects
      FROM unnest(p_entry, p_codes, p_keys, p_sides, p_amounts, p_subjects) WITH ORDINALITY w(entry, code, key, side, amount, subject, i) GROUP BY entry
  ), hashed AS (
    SELECT w.*, ledger.chain(b.head, canonical(p_book, b.entries + w.i, w.reference, w.day, at, p_kind, w.memo, p_cites, w.belongs_to, NULL, p_actor,
             g.codes, g.keys, g.sides, g.amounts, g.subjects)) OVER (ORDER BY w.i) AS hash
      FROM unnest(p_references, p_occurred_on, p_memos, p_belongs_to) WITH ORDINALITY w(reference, day, memo, belongs_to, i)
      LEFT JOIN grouped g ON g.entry = w.i
  )
  INSERT INTO entry SELECT p_book, b.entries + i, reference, day, at, p_kind, memo, p_cites, belongs_to, NULL, p_actor, hash FROM hashed ORDER BY i;
  INSERT INTO line SELECT p_book, b.entries + w.entry, row_number() OVER (PARTITION BY w.entry ORDER BY w.i), a.id, w.side, w.amount, p_occurred_on[w.entry], w.subject
    FROM unnest(p_entry, p_codes, p_keys, p_sides, p_amounts, p_subjects) WITH ORDINALITY w(entry, code, key, side, amount, subject, i)
    JOIN account a ON a.book_id = p_book AND a.code = w.code AND a.sub_key = w.key;
  UPDATE account a SET balance = a.balance + CASE a.normal_side WHEN 'D' THEN s.debit ELSE -s.debit END
    FROM (SELECT w.code, w.key, sum(CASE w.side WHEN 'D' THEN w.amount ELSE -w.amount END) AS debit FROM unnest(p_codes, p_keys, p_sides, p_amounts) w(code, key, side, amount) GROUP BY w.code, w.key) s
   WHERE a.book_id = p_book AND a.code = s.code AND a.sub_key = s.key;
  SELECT hash INTO last_hash FROM entry WHERE book_id = p_book AND seq = b.entries + cardinality(p_references);
  UPDATE book SET head = last_hash, entries = entries + cardinality(p_references) WHERE id = p_book;
  RETURN b.entries + cardinality(p_references);
END $$;

-- Closes the months up to and including p_period, in order; later postings into them are refused.
CREATE FUNCTION ledger.lock_period(p_book text, p_period text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
BEGIN
  UPDATE book SET locked_through = greatest(locked_through, p_period) WHERE id = p_book;
  IF NOT FOUND THEN RAISE EXCEPTION 'LEDGER_NO_BOOK: 没有账套 %', p_book USING ERRCODE = 'invalid_parameter_value'; END IF;
END $$;

CREATE FUNCTION ledger.open_book(p_book text, p_name text) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
  INSERT INTO book (id, name, head) VALUES (p_book, p_name, sha256(convert_to('ningkedai:' || p_book, 'UTF8')))
$$;

-- What is wrong with a book, worst first: nothing when every hash follows from its entry and its predecessor, every entry balances,
-- every running balance is the sum of its lines, and head and count are those of the last entry.
CREATE FUNCTION ledger.verify(p_book text)
RETURNS TABLE (seq bigint, reference text, line_no smallint, problem text, detail text) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
BEGIN
  RETURN QUERY
  WITH b AS (SELECT * FROM book WHERE id = p_book),
  folded AS (
    SELECT l.seq, array_agg(a.code ORDER BY l.line_no) codes, array_agg(a.sub_key ORDER BY l.line_no) keys, array_agg(l.side::text ORDER BY l.line_no) sides,
           array_agg(l.amount ORDER BY l.line_no) amounts, array_agg(l.subject ORDER BY l.line_no) subjects,
           sum(CASE l.side WHEN 'D' THEN l.amount ELSE -l.amount END) AS difference, bool_or(l.occurred_on <> e.occurred_on) AS misdated
      FROM line l JOIN account a ON a.id = l.account_id JOIN entry e ON e.book_id = l.book_id AND e.seq = l.seq WHERE l.book_id = p_book GROUP BY l.seq
  ), checked AS (
    SELECT e.seq, e.reference, e.hash, f.difference, f.misdated, lag(e.seq) OVER w AS before,
           sha256(coalesce(lag(e.hash) OVER w, sha256(convert_to('ningkedai:' || p_book, 'UTF8'))) || canonical(e.book_id, e.seq, e.reference, e.occurred_on, e.recorded_at, e.kind, e.memo, e.cites,
             e.belongs_to, e.reverses, e.actor, f.codes, f.keys, f.sides, f.amounts, f.subjects)) AS expected
      FROM entry e LEFT JOIN folded f USING (seq) WHERE e.book_id = p_book WINDOW w AS (ORDER BY e.seq)
  ), off AS (
    SELECT a.id, a.code, a.sub_key, a.balance, coalesce(s.total, 0) AS total
      FROM account a LEFT JOIN (SELECT l.account_id, sum(CASE WHEN l.side = ac.normal_side THEN l.amount ELSE -l.amount END) AS total
        FROM line l JOIN account ac ON ac.id = l.account_id WHERE l.book_id = p_book GROUP BY l.account_id) s ON s.account_id = a.id
     WHERE a.book_id = p_book AND a.balance <> coalesce(s.total, 0)
  )
  SELECT c.seq, c.reference, NULL::smallint, 'gap', '第 ' || coalesce(c.before, 0) || ' 号之后缺号' FROM checked c WHERE c.seq <> coalesce(c.before, 0) + 1
  UNION ALL
  SELECT c.seq, c.reference, NULL, 'hash', '凭证内容与其哈希不符：凭证或分录被改动' FROM checked c WHERE c.expected IS DISTINCT FROM c.hash
  UNION ALL
  SELECT c.seq, c.reference, NULL, 'unbalanced', '借贷相差 ' || c.difference FROM checked c WHERE c.difference <> 0
  UNION ALL
  SELECT c.seq, c.reference, NULL, 'date', '分录日期与凭证日期不符' FROM checked c WHERE c.misdated
  UNION ALL
  SELECT c.seq, c.reference, l.line_no, 'line', '分录第 ' || l.line_no || ' 行（' || o.code || ' ' || o.sub_key || '，' || l.amount || '）：该科目余额 ' || o.balance || ' 与分录合计 ' || o.total || ' 不符'
    FROM checked c JOIN line l ON l.book_id = p_book AND l.seq = c.seq JOIN off o ON o.id = l.account_id WHERE c.expected IS DISTINCT FROM c.hash
  UNION ALL
  SELECT NULL, NULL, NULL, 'balance', '科目 ' || o.code || ' ' || o.sub_key || ' 余额 ' || o.balance || ' 与分录合计 ' || o.total || ' 不符' FROM off o
  UNION ALL
  SELECT NULL, NULL, NULL, 'head', '账套头 ' || b.entries || ' 笔与凭证不符：末尾凭证被增删或改写' FROM b
   WHERE b.entries <> (SELECT count(*) FROM entry e WHERE e.book_id = p_book)
      OR b.head IS DISTINCT FROM coalesce((SELECT e.hash FROM entry e WHERE e.book_id = p_book ORDER BY e.seq DESC LIMIT 1), sha256(convert_to('ningkedai:' || p_book, 'UTF8')))
  ORDER BY 1 NULLS LAST, 3 NULLS FIRST;
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;
GRANT USAGE ON SCHEMA ledger TO ningkedai_app;
GRANT SELECT ON ALL TABLES IN SCHEMA ledger TO ningkedai_app;
GRANT EXECUTE ON FUNCTION ledger.post, ledger.post_many, ledger.lock_book, ledger.lock_period, ledger.open_book, ledger.verify TO ningkedai_app;

-- 《政府会计制度》 codes; 9xxx are ours for what stays off the balance sheet and always mirrors itself.
INSERT INTO ledger.chart (code, name, normal_side, off_balance, floor_zero) VALUES
  ('1002', '银行存款（受托代理）', 'D', false, true),
  ('1218', '应收追偿款', 'D', false, true),
  ('2103', '应缴财政款', 'C', false, false),
  ('2303', '应付补贴款', 'C', false, false),
  ('2307', '其他应付款（待查及应付各方）', 'C', false, true),
  ('2901', '受托代理负债（各方出资）', 'C', false, true),
  ('4001', '财政补助收入', 'C', false, false),
  ('5001', '业务活动费用（补贴）', 'D', false, false),
  ('9101', '准备金占用额', 'D', true, true),
  ('9102', '准备金占用额（对应）', 'C', true, true);
