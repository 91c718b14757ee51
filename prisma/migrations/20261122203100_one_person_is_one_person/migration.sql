-- AlterTable
ALTER TABLE "api_key" ADD COLUMN     "owner_id" TEXT;

-- AlterTable
ALTER TABLE "audit_log" ADD COLUMN     "key_id" TEXT;

-- AlterTable
ALTER TABLE "binding_code" DROP COLUMN "failures";

-- AlterTable
ALTER TABLE "registration" ADD COLUMN     "failed_codes" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "codes_locked_until" TIMESTAMPTZ(6);

-- CreateIndex
CREATE INDEX "api_key_owner_id_idx" ON "api_key"("owner_id");

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A key that approves or operates is a person's own, and whatever is done by it is done by that person. Nobody enters one for another; the service itself enters
-- the first operator's of an installation, which is nobody's. The application may not change whose a key is.
CREATE FUNCTION key_is_its_owners() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE actor text := coalesce(current_setting('app.actor', true), 'system');
BEGIN
  IF NEW.owner_id IS NULL THEN
    IF NEW.role IN ('countyReviewer', 'regionalReviewer', 'finance') OR (NEW.role = 'operator' AND actor <> 'system') THEN
      RAISE EXCEPTION 'KEY_WITHOUT_PERSON: 审核、财务和管理岗位的密钥须由本人登录后在“我的账号”签发';
    END IF;
  ELSIF actor NOT IN (NEW.owner_id, 'system') OR NOT EXISTS (SELECT FROM app_user u WHERE u.id = NEW.owner_id AND u.role = NEW.role) THEN
    RAISE EXCEPTION 'KEY_OF_ANOTHER: 不能以他人的名义签发密钥';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER key_is_its_owners BEFORE INSERT OR UPDATE OF owner_id, role ON api_key FOR EACH ROW EXECUTE FUNCTION key_is_its_owners();
GRANT SELECT (owner_id) ON api_key TO ningkedai_app;

-- Wrong binding codes count against whoever tries, never against the enterprise's code.
CREATE OR REPLACE FUNCTION binding_code_of(p_uscc text, p_code text) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT id FROM binding_code WHERE uscc = p_uscc AND code_hash = sha256(convert_to(p_uscc || ':' || p_code, 'UTF8')) AND used_at IS NULL AND expires_at > now()
$$;

-- A token with which a user may set a new password within the hour, kept as better-auth keeps its own; false when the last one is not a minute old.
CREATE FUNCTION keep_reset_token(p_user text, p_token text) RETURNS boolean LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH made AS (
    INSERT INTO login_verification (id, identifier, value, expires_at, updated_at)
    SELECT gen_random_uuid()::text, 'reset-password:' || p_token, p_user, now() + interval '1 hour', now()
     WHERE NOT EXISTS (SELECT FROM login_verification WHERE value = p_user AND identifier LIKE 'reset-password:%' AND created_at > now() - interval '1 minute')
    RETURNING id)
  SELECT EXISTS (SELECT FROM made)
$$;
REVOKE ALL ON FUNCTION keep_reset_token FROM PUBLIC;
GRANT EXECUTE ON FUNCTION keep_reset_token TO ningkedai_app;
