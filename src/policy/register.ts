import { DomainError } from '../errors.ts';
import { anhui2022 } from './anhui-2022/index.ts';
import { anhui4321 } from './anhui-4321/index.ts';
import type { Clause } from './clause.ts';
import { henan2025 } from './henan-2025/index.ts';
import { ipPledgeGuarantee } from './ip-pledge-guarantee/index.ts';
import { ningkedai2025 } from './ningkedai-2025/index.ts';
import { ningxiaTechGuarantee2022 } from './ningxia-tech-guarantee-2022/index.ts';
import type { Policy } from './policy.ts';
import { techGuaranteePlan2024 } from './tech-guarantee-plan-2024/index.ts';
import { xiamenKexindai } from './xiamen-kexindai/index.ts';
import { zhuhai2022 } from './zhuhai-2022/index.ts';

/** Every policy document the programmes can pick, each a folder of its own. */
export const POLICIES: readonly Policy[] = [
  ningkedai2025,
  ningxiaTechGuarantee2022,
  ipPledgeGuarantee,
  techGuaranteePlan2024,
  anhui4321,
  anhui2022,
  henan2025,
  zhuhai2022,
  xiamenKexindai,
];

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
