-- What people log in with stays away from the application's role: only better-auth, on the installation's own connection, reads hashes, tokens and secrets.
REVOKE ALL ON login_account, login_verification, second_factor, login_rate, login_session, invitation, binding_code, request_nonce FROM ningkedai_app;
GRANT INSERT, UPDATE (password, updated_at) ON login_account TO ningkedai_app;
GRANT SELECT (id, user_id, provider_id, created_at) ON login_account TO ningkedai_app;
GRANT SELECT (id, user_id, created_at, updated_at, expires_at, ip_address, user_agent), DELETE ON login_session TO ningkedai_app;
GRANT SELECT (id, user_id), DELETE ON second_factor TO ningkedai_app;
GRANT INSERT, SELECT (id, email, name, username, role, institution_code, enterprise_uscc, invited_by, created_at, expires_at, accepted_at, revoked_at),
  UPDATE (accepted_at, revoked_at) ON invitation TO ningkedai_app;
GRANT INSERT, SELECT (id, uscc, created_by, created_at, expires_at, failures, used_by, used_at), UPDATE (failures, used_by, used_at) ON binding_code TO ningkedai_app;
GRANT DELETE ON draft, login_guess TO ningkedai_app;
GRANT SELECT (last_used_at, signed), UPDATE (signed) ON api_key TO ningkedai_app;

-- better-auth reads timestamps outside our transactions, and Prisma's adapter drops their offset: the whole database speaks UTC.
DO $$ BEGIN
  EXECUTE format('ALTER DATABASE %I SET timezone TO ''UTC''', current_database());
EXCEPTION WHEN insufficient_privilege THEN NULL; -- the Node server sets it for each connection
END $$;

-- However busy its user, a session ends twelve hours after the login.
CREATE FUNCTION end_of_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.expires_at := least(NEW.expires_at, NEW.created_at + interval '12 hours');
  RETURN NEW;
END $$;
CREATE TRIGGER end_of_session BEFORE INSERT OR UPDATE ON login_session FOR EACH ROW EXECUTE FUNCTION end_of_session();

ALTER TABLE app_user
  ADD CONSTRAINT user_role CHECK (role IN ('bank', 'enterprise', 'countyReviewer', 'regionalReviewer', 'finance', 'auditor', 'operator')),
  ADD CONSTRAINT user_belongs CHECK (role NOT IN ('bank', 'countyReviewer') OR institution_code IS NOT NULL);
ALTER TABLE registration ADD CONSTRAINT registration_status CHECK (status IN ('submitted', 'approved', 'refused'));
-- One open claim to an enterprise by one person at a time; several people may act for one enterprise.
ALTER TABLE registration ADD CONSTRAINT registration_decided CHECK ((status = 'submitted') = (decided_on IS NULL));

ALTER TABLE draft ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON draft TO ningkedai_app USING (actor = current_setting('app.actor', true));

-- Whether a one-time token or code fits, without the hashes coming out.
CREATE FUNCTION invitation_of(p_token text) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT id FROM invitation WHERE token_hash = sha256(convert_to(p_token, 'UTF8')) AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > now()
$$;
CREATE FUNCTION binding_code_of(p_uscc text, p_code text) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT id FROM binding_code WHERE uscc = p_uscc AND code_hash = sha256(convert_to(p_uscc || ':' || p_code, 'UTF8')) AND used_at IS NULL AND expires_at > now() AND failures < 5
$$;

-- Who holds a key, and that it was used just now (to five minutes). A key that must sign is not let in by its secret alone.
DROP FUNCTION key_holder(text, text, date);
CREATE FUNCTION key_holder(p_id text, p_secret text, p_today date) RETURNS SETOF text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE k api_key;
BEGIN
  SELECT * INTO k FROM api_key WHERE id = p_id AND secret_hash = sha256(convert_to(p_secret, 'UTF8')) AND revoked_at IS NULL AND (expires_on IS NULL OR expires_on >= p_today);
  IF NOT FOUND THEN RETURN; END IF;
  IF k.signed THEN RAISE EXCEPTION 'SIGNATURE_REQUIRED: 此密钥须以签名方式使用'; END IF;
  PERFORM key_used(k.id, k.last_used_at);
  RETURN NEXT k.id;
END $$;
CREATE FUNCTION key_used(p_id text, p_last timestamptz) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE api_key SET last_used_at = now() WHERE id = p_id AND (p_last IS NULL OR p_last < now() - interval '5 minutes')
$$;

-- HMAC-SHA256 (RFC 2104) of a message; keys of at most 64 bytes.
CREATE FUNCTION hmac_sha256(message bytea, secret bytea) RETURNS bytea LANGUAGE plpgsql IMMUTABLE STRICT AS $$
DECLARE
  inner_pad bytea := decode(repeat('36', 64), 'hex');
  outer_pad bytea := decode(repeat('5c', 64), 'hex');
BEGIN
  FOR i IN 0 .. length(secret) - 1 LOOP
    inner_pad := set_byte(inner_pad, i, get_byte(inner_pad, i) # get_byte(secret, i));
    outer_pad := set_byte(outer_pad, i, get_byte(outer_pad, i) # get_byte(secret, i));
  END LOOP;
  RETURN sha256(outer_pad || sha256(inner_pad || message));
END $$;

-- Who signed a request. The key of the HMAC is sha256 of the secret, which is what we keep. The time may be five minutes off; a nonce is taken once.
CREATE FUNCTION signed_key_holder(p_id text, p_time timestamptz, p_nonce text, p_message text, p_signature bytea, p_today date) RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE k api_key;
BEGIN
  SELECT * INTO k FROM api_key WHERE id = p_id AND revoked_at IS NULL AND (expires_on IS NULL OR expires_on >= p_today);
  IF NOT FOUND OR sha256(hmac_sha256(convert_to(p_message, 'UTF8'), k.secret_hash)) <> sha256(p_signature) THEN RETURN; END IF;
  IF abs(extract(epoch FROM clock_timestamp() - p_time)) > 300 THEN
    RAISE EXCEPTION 'SIGNATURE_TIME: 签名时间与服务器时间相差超过五分钟，服务器时间为 %', to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"');
  END IF;
  DELETE FROM request_nonce WHERE at < now() - interval '15 minutes' AND key_id = p_id;
  INSERT INTO request_nonce (key_id, nonce) VALUES (p_id, p_nonce) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN RAISE EXCEPTION 'SIGNATURE_REPLAYED: 此签名已使用过，请重新签名'; END IF;
  PERFORM key_used(k.id, k.last_used_at);
  RETURN NEXT k.id;
END $$;
REVOKE ALL ON FUNCTION invitation_of, binding_code_of, key_holder, key_used, signed_key_holder FROM PUBLIC;
GRANT EXECUTE ON FUNCTION invitation_of, binding_code_of, key_holder, signed_key_holder TO ningkedai_app;
