-- A ban after a refund is of the document under which it was decided: it holds in every pool under it, and in no pool of another programme.
-- AlterTable
ALTER TABLE "claim_ban" ADD COLUMN     "policy_code" TEXT;
UPDATE claim_ban b SET policy_code = p.policy_code FROM pool p WHERE p.code = b.pool_code;
ALTER TABLE "claim_ban" ALTER COLUMN "policy_code" SET NOT NULL;

-- DropIndex
DROP INDEX "claim_ban_bank_code_until_idx";

-- CreateIndex
CREATE INDEX "claim_ban_policy_code_bank_code_until_idx" ON "claim_ban"("policy_code", "bank_code", "until");

-- Whoever checks a claim in one pool has to know of a ban decided in another that it does not see. Only the day comes out.
CREATE FUNCTION banned_until(p_policy text, p_bank text, p_on date) RETURNS date LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT max(until) FROM claim_ban WHERE policy_code = p_policy AND bank_code = p_bank AND decided_on <= p_on
$$;
REVOKE ALL ON FUNCTION banned_until FROM PUBLIC;
GRANT EXECUTE ON FUNCTION banned_until TO ningkedai_app;
