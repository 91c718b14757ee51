import { sealAudit } from '../src/access/audit-chain-service.ts';
import type { Handler } from './worker.ts';

/** Chains what the audit log has got since the last time. */
export const sealAuditLog: Handler = async (ctx) => {
  await sealAudit(ctx);
};
