import type { LocalDate } from '../calendar/local-date.ts';
import type { SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';

/** Acts that an auditor looks at first: who may do what, values of rules, money taken back, masked data shown. */
export const SENSITIVE: Record<string, string> = {
  ...{
    'key.issue': '签发密钥',
    'key.revoke': '撤销密钥',
    'policy.approve': '条款新版本生效',
    'user.invite': '邀请用户',
  },
  ...{ 'user.disable': '停用用户', 'user.enable': '启用用户', 'user.resetSecondFactor': '重置动态口令' },
  ...{ 'contribution.reverse': '冲销出资', 'report.correct': '更正月报', 'personal.reveal': '查看完整个人信息' },
};

export interface AuditState {
  books: number;
  entries: number;
  /** settlements whose printed head and count the books still hold, and those they do not */
  anchored: number;
  unanchored: number;
  lastSettled: SettlementPeriod | null;
  sensitive: { action: string; count: number }[];
  /** acts of the last seven days */
  acts: number;
}

/** What an auditor's first page shows: the books against every anchor that a statement printed, one look-up each; the chain itself is for `verify`. */
export async function auditState(tx: Tx, since: LocalDate): Promise<AuditState> {
  const [row] = await tx.$queryRaw<AuditState[]>`
    WITH anchors AS (
      SELECT s.period, s.ledger_entries = 0 OR EXISTS (SELECT FROM ledger.entry e WHERE e.book_id = s.pool_code AND e.seq = s.ledger_entries AND encode(e.hash, 'hex') = s.ledger_head) AS holds
        FROM settlement s WHERE s.status <> 'running'
    ), lately AS (SELECT action, count(*)::int AS count FROM audit_log WHERE "on" >= ${since}::date GROUP BY action)
    SELECT (SELECT count(*)::int FROM ledger.book) AS books, (SELECT coalesce(sum(entries), 0)::int FROM ledger.book) AS entries,
           (SELECT count(*)::int FROM anchors WHERE holds) AS anchored, (SELECT count(*)::int FROM anchors WHERE NOT holds) AS unanchored,
           (SELECT max(period) FROM anchors) AS "lastSettled", (SELECT coalesce(sum(count), 0)::int FROM lately) AS acts,
           (SELECT coalesce(jsonb_agg(jsonb_build_object('action', action, 'count', count) ORDER BY count DESC), '[]') FROM lately WHERE action = ANY (${Object.keys(SENSITIVE)}::text[])) AS sensitive`;
  return row!;
}

export interface OperatorState {
  failedJobs: { queue: string; count: number }[];
  waitingJobs: number;
  users: number;
  lockedUsers: number;
  keys: number;
  expiringKeys: number;
  proposedVersions: number;
  undrawn: number;
  provisional: number;
}

/** What an operator's first page shows. Keys that end within 30 days of the business day are said to be expiring. */
export async function operatorState(tx: Tx, actor: string, today: LocalDate): Promise<OperatorState> {
  const [row] = await tx.$queryRaw<OperatorState[]>`
    SELECT (SELECT coalesce(jsonb_agg(j), '[]') FROM (SELECT name AS queue, count(*)::int AS count FROM pgboss.job WHERE state = 'failed' GROUP BY name ORDER BY name) j) AS "failedJobs",
           (SELECT count(*)::int FROM pgboss.job WHERE state IN ('created', 'retry', 'active')) AS "waitingJobs",
           (SELECT count(*)::int FROM app_user WHERE disabled_at IS NULL) AS users, (SELECT count(*)::int FROM app_user WHERE locked_until > now()) AS "lockedUsers",
           count(*) FILTER (WHERE k.expires_on IS NULL OR k.expires_on >= ${today}::date)::int AS keys,
           count(*) FILTER (WHERE k.expires_on BETWEEN ${today}::date AND ${today}::date + 30)::int AS "expiringKeys",
           (SELECT count(*)::int FROM policy_version WHERE status = 'proposed' AND proposed_by <> ${actor}) AS "proposedVersions",
           (SELECT count(*)::int FROM document WHERE pdf_sha256 IS NULL) AS undrawn, (SELECT count(*)::int FROM settlement WHERE status = 'provisional') AS provisional
      FROM api_key k WHERE k.revoked_at IS NULL`;
  return row!;
}
