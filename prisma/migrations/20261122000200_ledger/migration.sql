-- The ledger: append-only, double-entry, hash-chained per book. The application may read it and call ledger.post; nothing else writes it.

DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ningkedai_app') THEN
    CREATE ROLE ningkedai_app NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- another database of this server was migrating too
END $$;
GRANT ningkedai_app TO CURRENT_USER;

CREATE SCHEMA ledger;

CREATE DOMAIN ledger.month AS text CHECK (VALUE ~ '^[0-9]{4}-(0[1-9]|1[0-2])$');

CREATE TABLE ledger.chart (
  code        text PRIMARY KEY,
  name        text NOT NULL,
  normal_side char(1) NOT NULL CHECK (normal_side IN ('D', 'C')),
  off_balance boolean NOT NULL DEFAULT false,
  floor_zero  boolean NOT NULL DEFAULT false,  -- its balance may never go below zero
  CHECK (off_balance = (code LIKE '9%'))
);

CREATE TABLE ledger.book (
  id             text PRIMARY KEY,
  name           text NOT NULL,
  head           bytea NOT NULL,               -- hash of the last entry
  entries        bigint NOT NULL DEFAULT 0,
  locked_through ledger.month                  -- months up to this one take no more entries
) WITH (fillfactor = 50);

CREATE TABLE ledger.account (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  book_id     text NOT NULL REFERENCES ledger.book,
  code        text NOT NULL REFERENCES ledger.chart,
  sub_key     text NOT NULL,                   -- whose: bank account number, contributor, bank
  normal_side char(1) NOT NULL,                -- these three as in the chart, so that a posting need not look there
  off_balance boolean NOT NULL,
  floor_zero  boolean NOT NULL,
  balance     numeric(20, 2) NOT NULL DEFAULT 0, -- on the normal side
  UNIQUE (book_id, code, sub_key),
  CONSTRAINT account_not_below_zero CHECK (NOT floor_zero OR balance >= 0)
) WITH (fillfactor = 50);                       -- balances are updated in place, row by row

CREATE TABLE ledger.entry (
  book_id     text NOT NULL,                   -- a book with accounts: see check_balanced
  seq         bigint NOT NULL,
  reference   text NOT NULL,
  occurred_on date NOT NULL,
  recorded_at timestamptz NOT NULL,
  kind        text NOT NULL,
  memo        text NOT NULL,
  cites       jsonb NOT NULL,
  belongs_to  ledger.month,                    -- the closed month a late fact belongs to
  reverses    text,                            -- the reference of what it takes back
  actor       text NOT NULL,
  hash        bytea NOT NULL
);
-- As long as there are no statistics all indexes that begin with the book look alike, and PostgreSQL takes the newest: so the keys come last.
CREATE INDEX entry_by_day ON ledger.entry (book_id, occurred_on, seq);
CREATE UNIQUE INDEX entry_reversed_once ON ledger.entry (book_id, reverses) WHERE reverses IS NOT NULL;
ALTER TABLE ledger.entry ADD UNIQUE (book_id, reference);
ALTER TABLE ledger.entry ADD PRIMARY KEY (book_id, seq);
ALTER TABLE ledger.entry ADD FOREIGN KEY (book_id, reverses) REFERENCES ledger.entry (book_id, reference);

CREATE TABLE ledger.line (
  book_id     text NOT NULL,
  seq         bigint NOT NULL,
  line_no     smallint NOT NULL CHECK (line_no >= 1),
  account_id  bigint NOT NULL,                 -- an account of the book: see check_balanced
  side        char(1) NOT NULL CHECK (side IN ('D', 'C')),
  amount      numeric(18, 2) NOT NULL CHECK (amount > 0 AND amount < 1e16), -- NaN is above every number
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
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON ledger.account
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON ledger.book FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();

-- An entry balances, within and without the balance sheet, with lines 1, 2, 3 … on accounts of its own book, or the transaction does not commit. This
-- stands for the foreign keys to book and account too, at a quarter of their cost: accounts and books cannot be deleted.
CREATE FUNCTION ledger.check_balanced() RETURNS trigger LANGUAGE plpgsql
SET search_path = ledger, pg_temp SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE n integer; last integer; strangers integer; off numeric; sheet numeric;
BEGIN
  SELECT count(*), max(l.line_no), count(*) FILTER (WHERE a.book_id IS DISTINCT FROM l.book_id),
         sum(CASE WHEN NOT a.off_balance THEN 0 WHEN l.side = 'D' THEN l.amount ELSE -l.amount END),
         sum(CASE WHEN a.off_balance THEN 0 WHEN l.side = 'D' THEN l.amount ELSE -l.amount END)
    INTO n, last, strangers, off, sheet
    FROM line l LEFT JOIN account a ON a.id = l.account_id
   WHERE l.book_id = NEW.book_id AND l.seq = NEW.seq;
  IF n < 2 OR last <> n OR strangers > 0 OR off <> 0 OR sheet <> 0 THEN
    RAISE EXCEPTION 'LEDGER_UNBALANCED: 凭证 % 第 % 号借贷不平（表内差 %，表外差 %，共 % 行，末行号 %，他账套科目 % 个）',
      NEW.book_id, NEW.seq, coalesce(sheet, 0), coalesce(off, 0), n, coalesce(last, 0), strangers USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
-- Every committed entry has its lines 1 and 2, so that only the entry itself and lines from 3 on need watching.
CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON ledger.entry DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger.check_balanced();
CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON ledger.line DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.line_no > 2) EXECUTE FUNCTION ledger.check_balanced();

-- What is hashed of an entry: a JSON array, so that no text can pass for two fields; amounts as the table keeps them.
CREATE FUNCTION ledger.canonical(book text, seq bigint, reference text, occurred_on date, recorded_at timestamptz, kind text, memo text, cites jsonb,
  belongs_to text, reverses text, actor text, codes text[], keys text[], sides text[], amounts numeric[], subjects text[])
RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT convert_to(jsonb_build_array(book, seq, reference, occurred_on - DATE '2000-01-01', (extract(epoch FROM recorded_at) * 1000000)::bigint, kind, memo, cites,
    belongs_to, reverses, actor, codes, keys, sides, amounts::numeric(18, 2)[]::text[], subjects)::text, 'UTF8')
$$;

-- What the first entry of a book follows.
CREATE FUNCTION ledger.genesis(book text) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT sha256(convert_to('ningkedai:' || book, 'UTF8'))
$$;

CREATE FUNCTION ledger.chain_step(state bytea, head bytea, canonical bytea) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT sha256(coalesce(state, head) || canonical)
$$;
CREATE AGGREGATE ledger.chain(bytea, bytea) (SFUNC = ledger.chain_step, STYPE = bytea);

-- Takes the book's lock, which every posting takes first: one order for all, so postings never deadlock.
CREATE FUNCTION ledger.lock_book(p_book text) RETURNS ledger.book LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE b ledger.book;
BEGIN
  SELECT * INTO b FROM book WHERE id = p_book FOR NO KEY UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'LEDGER_NO_BOOK: 没有账套 %', p_book USING ERRCODE = 'invalid_parameter_value'; END IF;
  RETURN b;
END $$;

-- The account of a book with this code and key, opened when it is new. The caller holds the book's lock.
CREATE FUNCTION ledger.open_account(p_book text, p_code text, p_key text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE opened bigint;
BEGIN
  INSERT INTO ledger.account (book_id, code, sub_key, normal_side, off_balance, floor_zero)
  SELECT p_book, c.code, p_key, c.normal_side, c.off_balance, c.floor_zero FROM ledger.chart c WHERE c.code = p_code
  ON CONFLICT DO NOTHING;
  SELECT a.id INTO opened FROM ledger.account a WHERE a.book_id = p_book AND a.code = p_code AND a.sub_key = p_key;
  IF NOT FOUND THEN RAISE EXCEPTION 'LEDGER_NO_ACCOUNT: 会计科目表中没有 %', p_code USING ERRCODE = 'invalid_parameter_value'; END IF;
  RETURN opened;
END $$;

-- What is wrong with the lines of a posting, or nothing: arrays of unequal length or with gaps, sides other than D and C, amounts that are not positive whole fen.
CREATE FUNCTION ledger.lines_problem(p_codes text[], p_keys text[], p_sides text[], p_amounts numeric[], p_subjects text[]) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  IF (array_dims(p_codes) = ALL (ARRAY['[1:' || cardinality(p_codes) || ']', array_dims(p_keys), array_dims(p_sides), array_dims(p_amounts), array_dims(p_subjects)])
      AND array_position(p_codes, NULL) IS NULL AND array_position(p_keys, NULL) IS NULL AND '' <> ALL (p_keys) AND p_sides <@ '{D,C}') IS NOT TRUE THEN
    RETURN 'LEDGER_BROKEN_LINES: 分录行不完整：科目、明细、方向、金额、对象须一一对应，方向为 D 或 C';
  ELSIF (0 < ALL (p_amounts) AND 1e16 > ALL (p_amounts) AND p_amounts = p_amounts::numeric(18, 2)[]) IS NOT TRUE THEN
    RETURN (SELECT format('LEDGER_AMOUNT: 分录金额 %s 不符合要求：应大于零，最多两位小数', coalesce(a::text, '空'))
              FROM unnest(p_amounts) a WHERE (a > 0 AND a < 1e16 AND scale(trim_scale(a)) <= 2) IS NOT TRUE LIMIT 1);
  END IF;
  RETURN NULL;
END $$;

-- A day in a closed month, or a "belongs to" that is not an earlier month.
CREATE FUNCTION ledger.month_problem(p_day date, p_belongs_to text, p_locked_through text) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE period text := to_char(p_day, 'YYYY-MM');
BEGIN
  IF period <= p_locked_through THEN RETURN format('LEDGER_PERIOD_LOCKED: %s 已结账（至 %s），不得再过账', period, p_locked_through); END IF;
  IF p_belongs_to >= period THEN RETURN format('LEDGER_BELONGS_LATER: 所属月份 %s 应早于入账月份 %s', p_belongs_to, period); END IF;
  RETURN NULL;
END $$;

-- A reversal that does not mirror, line by line, an entry of the book that still stands.
CREATE FUNCTION ledger.reversal_problem(p_book text, p_reference text, p_reverses text, p_occurred_on date,
  p_codes text[], p_keys text[], p_sides text[], p_amounts numeric[], p_subjects text[]) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE e ledger.entry; mirrored boolean;
BEGIN
  IF EXISTS (SELECT FROM ledger.entry r WHERE r.book_id = p_book AND r.reference = p_reference) THEN RETURN NULL; END IF; -- a repetition is compared, not judged
  SELECT * INTO e FROM ledger.entry WHERE book_id = p_book AND reference = p_reverses;
  IF NOT FOUND THEN RETURN format('LEDGER_NOTHING_TO_REVERSE: 没有业务号为 %s 的凭证可冲销', p_reverses); END IF;
  IF e.reverses IS NOT NULL THEN RETURN format('LEDGER_REVERSES_REVERSAL: %s 本身是红字冲销，不得再冲销，请重新过账', p_reverses); END IF;
  IF EXISTS (SELECT FROM ledger.entry r WHERE r.book_id = p_book AND r.reverses = p_reverses) THEN RETURN format('LEDGER_REVERSED_ALREADY: %s 已经冲销', p_reverses); END IF;
  IF p_occurred_on < e.occurred_on THEN RETURN format('LEDGER_REVERSAL_TOO_EARLY: 冲销日期 %s 早于原凭证日期 %s', p_occurred_on, e.occurred_on); END IF;
  SELECT array_agg((a.code, a.sub_key, CASE l.side WHEN 'D' THEN 'C' ELSE 'D' END, l.amount, l.subject) ORDER BY l.line_no)
       = (SELECT array_agg((w.code, w.key, w.side, w.amount, w.subject) ORDER BY w.i)
            FROM unnest(p_codes, p_keys, p_sides, p_amounts, p_subjects) WITH ORDINALITY w(code, key, side, amount, subject, i))
    INTO mirrored FROM ledger.line l JOIN ledger.account a ON a.id = l.account_id WHERE l.book_id = p_book AND l.seq = e.seq;
  IF mirrored IS NOT TRUE THEN RETURN format('LEDGER_REVERSAL_DIFFERS: 冲销分录与 %s 的分录不是逐行相反', p_reverses); END IF;
  RETURN NULL;
END $$;

-- The number of an entry that was posted before, when its content is the same: it would have got the same hash.
CREATE FUNCTION ledger.posted_before(p_book text, p_reference text, p_occurred_on date, p_kind text, p_memo text, p_cites jsonb,
  p_codes text[], p_keys text[], p_sides text[], p_amounts numeric[], p_subjects text[], p_belongs_to text, p_reverses text) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE n bigint; same boolean;
BEGIN
  SELECT e.seq, e.hash = sha256(coalesce(before.hash, ledger.genesis(p_book)) || ledger.canonical(p_book, e.seq, p_reference, p_occurred_on, e.recorded_at, p_kind, p_memo, p_cites,
           p_belongs_to, p_reverses, e.actor, p_codes, p_keys, p_sides, p_amounts, p_subjects)) INTO n, same
    FROM ledger.entry e LEFT JOIN ledger.entry before ON before.book_id = e.book_id AND before.seq = e.seq - 1
   WHERE e.book_id = p_book AND e.reference = p_reference;
  IF same IS NOT TRUE THEN RAISE EXCEPTION 'LEDGER_REFERENCE_TAKEN: 业务号 % 已过账，内容不同', p_reference USING ERRCODE = 'unique_violation'; END IF;
  RETURN n;
END $$;

-- Posts one entry and answers its number. The same reference with the same content answers the first number; with other content it is refused.
-- The book's row is taken, chained and counted on in one statement; what turns out to be a repetition gives the number back. Plans are generic and by
-- index: they suit every book, of any size, and making them anew costs more than running them.
CREATE FUNCTION ledger.post(p_book text, p_reference text, p_occurred_on date, p_kind text, p_memo text, p_cites jsonb,
  p_codes text[], p_keys text[], p_sides text[], p_amounts numeric[], p_subjects text[],
  p_actor text, p_belongs_to text DEFAULT NULL, p_reverses text DEFAULT NULL)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE n bigint; h bytea; locked text; at timestamptz := clock_timestamp(); problem text;
BEGIN
  problem := CASE p_reference WHEN '' THEN 'LEDGER_NO_REFERENCE: 业务号不得为空' ELSE lines_problem(p_codes, p_keys, p_sides, p_amounts, p_subjects) END;
  IF problem IS NOT NULL THEN RAISE EXCEPTION '%', problem USING ERRCODE = 'invalid_parameter_value'; END IF;
  UPDATE book SET entries = entries + 1, head = sha256(head || canonical(p_book, entries + 1, p_reference, p_occurred_on, at, p_kind, p_memo, p_cites,
         p_belongs_to, p_reverses, p_actor, p_codes, p_keys, p_sides, p_amounts, p_subjects))
   WHERE id = p_book RETURNING entries, head, locked_through INTO n, h, locked;
  IF NOT FOUND THEN RAISE EXCEPTION 'LEDGER_NO_BOOK: 没有账套 %', p_book USING ERRCODE = 'invalid_parameter_value'; END IF;
  IF p_reverses IS NOT NULL THEN
    problem := reversal_problem(p_book, p_reference, p_reverses, p_occurred_on, p_codes, p_keys, p_sides, p_amounts, p_subjects);
    IF problem IS NOT NULL THEN RAISE EXCEPTION '%', problem USING ERRCODE = 'integrity_constraint_violation'; END IF;
  END IF;
  INSERT INTO entry VALUES (p_book, n, p_reference, p_occurred_on, at, p_kind, p_memo, p_cites, p_belongs_to, p_reverses, p_actor, h)
  ON CONFLICT (book_id, reference) DO NOTHING;
  IF NOT FOUND THEN
    UPDATE book SET entries = n - 1, head = (SELECT e.hash FROM entry e WHERE e.book_id = p_book AND e.seq = n - 1) WHERE id = p_book;
    RETURN posted_before(p_book, p_reference, p_occurred_on, p_kind, p_memo, p_cites, p_codes, p_keys, p_sides, p_amounts, p_subjects, p_belongs_to, p_reverses);
  END IF;
  problem := month_problem(p_occurred_on, p_belongs_to, locked);
  IF problem IS NOT NULL THEN RAISE EXCEPTION '%', problem USING ERRCODE = 'integrity_constraint_violation'; END IF;
  INSERT INTO line SELECT p_book, n, w.i,
      coalesce((SELECT a.id FROM account a WHERE a.book_id = p_book AND a.code = w.code AND a.sub_key = w.key), open_account(p_book, w.code, w.key)),
      w.side, w.amount, p_occurred_on, w.subject
    FROM unnest(p_codes, p_keys, p_sides, p_amounts, p_subjects) WITH ORDINALITY w(code, key, side, amount, subject, i);
  UPDATE account a SET balance = a.balance + CASE a.normal_side WHEN 'D' THEN s.debit ELSE -s.debit END
    FROM (SELECT l.account_id, sum(CASE l.side WHEN 'D' THEN l.amount ELSE -l.amount END) AS debit FROM line l WHERE l.book_id = p_book AND l.seq = n GROUP BY l.account_id) s
   WHERE a.id = s.account_id;
  RETURN n;
END $$;

-- The bulk form: many entries of one kind in one statement each for entries, lines and balances. Lines name their entry by its place (1-based) in
-- p_references. All or nothing; a reference already posted refuses the batch, since the caller knows what it has done.
CREATE FUNCTION ledger.post_many(p_book text, p_kind text, p_cites jsonb, p_actor text,
  p_references text[], p_occurred_on date[], p_memos text[], p_belongs_to text[],
  p_entry integer[], p_codes text[], p_keys text[], p_sides text[], p_amounts numeric[], p_subjects text[])
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp SET enable_seqscan = off AS $$
DECLARE b ledger.book; n bigint := cardinality(p_references); at timestamptz := clock_timestamp(); last_hash bytea; problem text;
BEGIN
  SELECT * INTO b FROM book WHERE id = p_book FOR NO KEY UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'LEDGER_NO_BOOK: 没有账套 %', p_book USING ERRCODE = 'invalid_parameter_value'; END IF;
  IF n = 0 THEN RETURN b.entries; END IF;
  IF ('[1:' || n || ']' = ALL (ARRAY[array_dims(p_references), array_dims(p_occurred_on), array_dims(p_memos), array_dims(p_belongs_to)])
      AND '' <> ALL (p_references) AND array_dims(p_entry) = array_dims(p_codes) AND 1 <= ALL (p_entry) AND n >= ALL (p_entry)) IS NOT TRUE THEN
    RAISE EXCEPTION 'LEDGER_BROKEN_LINES: 凭证的业务号（不得为空）、日期、摘要、所属月份须一一对应，分录行须指明所属凭证' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  problem := lines_problem(p_codes, p_keys, p_sides, p_amounts, p_subjects);
  IF problem IS NULL THEN
    SELECT min(month_problem(w.day, w.belongs_to, b.locked_through)) INTO problem
      FROM (SELECT DISTINCT day, belongs_to FROM unnest(p_occurred_on, p_belongs_to) u(day, belongs_to)) w;
  END IF;
  IF problem IS NOT NULL THEN RAISE EXCEPTION '%', problem USING ERRCODE = 'integrity_constraint_violation'; END IF;
  PERFORM open_account(p_book, w.code, w.key) FROM (SELECT DISTINCT code, key FROM unnest(p_codes, p_keys) u(code, key)) w
   WHERE NOT EXISTS (SELECT FROM account a WHERE a.book_id = p_book AND a.code = w.code AND a.sub_key = w.key);

  BEGIN
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
  EXCEPTION WHEN unique_violation THEN
    SELECT min(w.reference) INTO problem FROM (SELECT reference, count(*) AS times FROM unnest(p_references) u(reference) GROUP BY reference) w
     WHERE w.times > 1 OR EXISTS (SELECT FROM entry e WHERE e.book_id = p_book AND e.reference = w.reference);
    RAISE EXCEPTION 'LEDGER_REFERENCE_TAKEN: 业务号 % 已过账或重复', problem USING ERRCODE = 'unique_violation';
  END;
  INSERT INTO line SELECT p_book, b.entries + w.entry, row_number() OVER (PARTITION BY w.entry ORDER BY w.i), a.id, w.side, w.amount, p_occurred_on[w.entry], w.subject
    FROM unnest(p_entry, p_codes, p_keys, p_sides, p_amounts, p_subjects) WITH ORDINALITY w(entry, code, key, side, amount, subject, i)
    JOIN account a ON a.book_id = p_book AND a.code = w.code AND a.sub_key = w.key;
  UPDATE account a SET balance = a.balance + CASE a.normal_side WHEN 'D' THEN s.debit ELSE -s.debit END
    FROM (SELECT w.code, w.key, sum(CASE w.side WHEN 'D' THEN w.amount ELSE -w.amount END) AS debit FROM unnest(p_codes, p_keys, p_sides, p_amounts) w(code, key, side, amount) GROUP BY w.code, w.key) s
   WHERE a.book_id = p_book AND a.code = s.code AND a.sub_key = s.key;
  SELECT hash INTO last_hash FROM entry WHERE book_id = p_book AND seq = b.entries + n;
  UPDATE book SET head = last_hash, entries = b.entries + n WHERE id = p_book;
  RETURN b.entries + n;
END $$;

-- Closes the months up to and including p_period; later postings into them are refused. A closed month stays closed.
CREATE FUNCTION ledger.lock_period(p_book text, p_period text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
BEGIN
  UPDATE book SET locked_through = greatest(locked_through, p_period) WHERE id = p_book;
  IF NOT FOUND THEN RAISE EXCEPTION 'LEDGER_NO_BOOK: 没有账套 %', p_book USING ERRCODE = 'invalid_parameter_value'; END IF;
END $$;

CREATE FUNCTION ledger.open_book(p_book text, p_name text) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
  INSERT INTO book (id, name, head) VALUES (p_book, p_name, genesis(p_book))
$$;

-- Which hash the entries of a book, in order, should carry. An entry is sound when its stored hash follows from its content and either the hash worked out
-- so far or the stored hash before it: so a changed entry is named and not all after it, and of two swapped hashes both and not the one behind them.
-- After a gap nothing can be worked out; the stored hash is taken and the gap is what is named.
CREATE FUNCTION ledger.follow_step(state bytea, genesis bytea, gap boolean, before bytea, hash bytea, content bytea) RETURNS bytea LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE worked_out bytea := sha256(coalesce(state, genesis) || content);
BEGIN
  IF gap OR worked_out = hash OR sha256(coalesce(before, genesis) || content) = hash THEN RETURN hash; END IF;
  RETURN worked_out;
END $$;
CREATE AGGREGATE ledger.follow(bytea, boolean, bytea, bytea, bytea) (SFUNC = ledger.follow_step, STYPE = bytea);

-- What is wrong with a book: nothing when every hash follows from its entry and its predecessor, no number is missing, every entry balances, every line is
-- dated as its entry and stands in an account of the book, every running balance is the sum of its lines, and head and count are those of the last entry.
-- A book whose later hashes were all forged anew is told by the head printed on a statement.
CREATE FUNCTION ledger.verify(p_book text)
RETURNS TABLE (seq bigint, reference text, line_no smallint, problem text, detail text) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
BEGIN
  RETURN QUERY
  WITH b AS (SELECT * FROM book WHERE id = p_book),
  lines AS (
    SELECT l.*, a.code, a.sub_key, a.book_id AS account_book, a.off_balance, CASE l.side WHEN 'D' THEN l.amount ELSE -l.amount END AS debit
      FROM line l LEFT JOIN account a ON a.id = l.account_id WHERE l.book_id = p_book
  ), folded AS (
    SELECT l.seq, array_agg(l.code ORDER BY l.line_no) codes, array_agg(l.sub_key ORDER BY l.line_no) keys, array_agg(l.side::text ORDER BY l.line_no) sides,
           array_agg(l.amount ORDER BY l.line_no) amounts, array_agg(l.subject ORDER BY l.line_no) subjects, count(*) AS n, max(l.line_no) AS last,
           sum(CASE WHEN l.off_balance THEN 0 ELSE l.debit END) AS sheet, sum(CASE WHEN l.off_balance THEN l.debit ELSE 0 END) AS off
      FROM lines l GROUP BY l.seq
  ), chained AS (
    SELECT e.seq, e.reference, e.occurred_on, e.memo, e.hash, lag(e.seq) OVER w AS before, lag(e.hash) OVER w AS before_hash, coalesce(f.n, 0) AS n, f.last, f.sheet, f.off,
           canonical(e.book_id, e.seq, e.reference, e.occurred_on, e.recorded_at, e.kind, e.memo, e.cites,
             e.belongs_to, e.reverses, e.actor, f.codes, f.keys, f.sides, f.amounts, f.subjects) AS content
      FROM entry e LEFT JOIN folded f USING (seq) WHERE e.book_id = p_book WINDOW w AS (ORDER BY e.seq)
  ), checked AS (
    SELECT c.*, c.hash <> follow(genesis(p_book), c.seq <> coalesce(c.before, 0) + 1, c.before_hash, c.hash, c.content) OVER (ORDER BY c.seq) AS broken FROM chained c
  ), sums AS (
    SELECT a.id, a.code, a.sub_key, a.balance, coalesce(CASE a.normal_side WHEN 'D' THEN s.debit ELSE -s.debit END, 0) AS total,
           (a.normal_side, a.off_balance, a.floor_zero) IS DISTINCT FROM (c.normal_side, c.off_balance, c.floor_zero) AS unlike_chart
      FROM account a LEFT JOIN chart c USING (code) LEFT JOIN (SELECT l.account_id, sum(l.debit) AS debit FROM lines l GROUP BY l.account_id) s ON s.account_id = a.id
     WHERE a.book_id = p_book
  )
  SELECT c.seq, c.reference, NULL::smallint, 'gap', format('第 %s 号至第 %s 号凭证缺失', coalesce(c.before, 0) + 1, c.seq - 1) FROM checked c WHERE c.seq <> coalesce(c.before, 0) + 1
  UNION ALL
  SELECT c.seq, c.reference, NULL, 'hash', format('凭证内容与其哈希不符：凭证或分录被改动。现为 %s %s', c.occurred_on, left(c.memo, 100)) FROM checked c WHERE c.broken
  UNION ALL
  SELECT c.seq, c.reference, NULL, 'unbalanced', format('借贷不平：表内差 %s，表外差 %s', c.sheet, c.off) FROM checked c WHERE c.sheet <> 0 OR c.off <> 0
  UNION ALL
  SELECT c.seq, c.reference, NULL, 'lines', format('分录行缺失或增多：现有 %s 行，末行号 %s', c.n, coalesce(c.last, 0)) FROM checked c WHERE c.n < 2 OR c.last <> c.n
  UNION ALL
  SELECT l.seq, c.reference, l.line_no, 'date', format('分录日期 %s 与凭证日期 %s 不符', l.occurred_on, c.occurred_on) FROM lines l JOIN checked c USING (seq) WHERE l.occurred_on <> c.occurred_on
  UNION ALL
  SELECT l.seq, c.reference, l.line_no, 'account', '分录所记科目不在本账套' FROM lines l LEFT JOIN checked c USING (seq) WHERE l.account_book IS DISTINCT FROM p_book
  UNION ALL
  SELECT l.seq, NULL, l.line_no, 'orphan', format('分录没有凭证：%s %s %s', l.code, l.sub_key, l.amount) FROM lines l WHERE NOT EXISTS (SELECT FROM entry e WHERE e.book_id = p_book AND e.seq = l.seq)
  UNION ALL
  SELECT l.seq, c.reference, l.line_no, 'line', format('分录 %s %s %s %s：该科目余额 %s 与分录合计 %s 不符', CASE l.side WHEN 'D' THEN '借' ELSE '贷' END, l.code, l.sub_key, l.amount, s.balance, s.total)
    FROM checked c JOIN lines l USING (seq) JOIN sums s ON s.id = l.account_id WHERE c.broken AND s.balance <> s.total
  UNION ALL
  SELECT NULL, NULL, NULL, 'balance', format('科目 %s %s 余额 %s 与分录合计 %s 不符', s.code, s.sub_key, s.balance, s.total) FROM sums s WHERE s.balance <> s.total
  UNION ALL
  SELECT NULL, NULL, NULL, 'account', format('科目 %s %s 的方向或性质与会计科目表不符', s.code, s.sub_key) FROM sums s WHERE s.unlike_chart
  UNION ALL
  SELECT NULL, NULL, NULL, 'head', format('账套头为 %s 笔，现有凭证 %s 笔、末号 %s：末尾凭证被增删或改写', b.entries, t.n, coalesce(t.last, 0))
    FROM b, (SELECT count(*) AS n, max(c.seq) AS last, (array_agg(c.hash ORDER BY c.seq DESC))[1] AS hash FROM checked c) t
   WHERE b.entries <> t.n OR b.entries <> coalesce(t.last, 0) OR b.head <> coalesce(t.hash, genesis(p_book))
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
