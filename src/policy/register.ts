import { DomainError } from '../errors.ts';
import type { Clause } from './clause.ts';
import { ningkedai2025 } from './ningkedai-2025/index.ts';
import type { Policy } from './policy.ts';

/** Every policy document the programmes can pick, each a folder of its own. */
export const POLICIES: readonly Policy[] = [ningkedai2025];

/** A policy by the code its programme carries, if there is one. */
export function findPolicy(code: string): Policy | undefined {
  return POLICIES.find((policy) => policy.code === code);
}

/** A policy by the code its programme carries. Throws DomainError POLICY_UNKNOWN (404). */
export function policyByCode(code: string): Policy {
  const policy = findPolicy(code);
  if (!policy) throw new DomainError('POLICY_UNKNOWN', `没有代码为「${code}」的政策文件`, { status: 404 });
  return policy;
}

/** The clauses of a policy in article order. Throws DomainError POLICY_UNKNOWN (404). */
export function clauses(policyCode: string): readonly Clause[] {
  return policyByCode(policyCode).clauses;
}

/** A clause by its id, e.g. `ningkedai-2025.leverage`. Throws DomainError CLAUSE_UNKNOWN (404). */
export function findClause(id: string): Clause {
  const clause = POLICIES.flatMap((policy) => policy.clauses).find((candidate) => candidate.id === id);
  if (!clause) throw new DomainError('CLAUSE_UNKNOWN', `没有编号为「${id}」的政策条款`, { status: 404 });
  return clause;
}
