import { DomainError } from '../errors.ts';
import { anhui2022 } from './anhui-2022/index.ts';
import { anhui4321 } from './anhui-4321/index.ts';
import { baiyin2024 } from './baiyin-2024/index.ts';
import { beijingIp } from './beijing-ip/index.ts';
import type { Clause } from './clause.ts';
import { fujian2024 } from './fujian-2024/index.ts';
import { hefei2023 } from './hefei-2023/index.ts';
import { henan2025 } from './henan-2025/index.ts';
import { ipPledgeGuarantee } from './ip-pledge-guarantee/index.ts';
import { ningkedai2025 } from './ningkedai-2025/index.ts';
import { ningxiaTechFinanceSubsidy } from './ningxia-tech-finance-subsidy/index.ts';
import { ningxiaTechGuarantee2022 } from './ningxia-tech-guarantee-2022/index.ts';
import type { Policy, PolicyDocument } from './policy.ts';
import type { Scheme } from './scheme.ts';
import { sichuanIp } from './sichuan-ip/index.ts';
import { suzhouPark } from './suzhou-park/index.ts';
import { techGuaranteePlan2024 } from './tech-guarantee-plan-2024/index.ts';
import { wuhanInsuredLoan } from './wuhan-insured-loan/index.ts';
import { xiamenKexindai } from './xiamen-kexindai/index.ts';
import { yinchuan2022 } from './yinchuan-2022/index.ts';
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

/** Every subsidy scheme, each a folder of its own. */
export const SCHEMES: readonly Scheme[] = [
  ningxiaTechFinanceSubsidy,
  yinchuan2022,
  hefei2023,
  fujian2024,
  baiyin2024,
  beijingIp,
  suzhouPark,
  wuhanInsuredLoan,
  sichuanIp,
];

/** A document with its clauses, whatever it is about. */
export interface Rulebook {
  code: string;
  document: PolicyDocument;
  clauses: readonly Clause[];
}

/** Every document there are clauses of: what pools run by, then what enterprises are subsidised by. */
export const RULEBOOKS: readonly Rulebook[] = [...POLICIES, ...SCHEMES];

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

/** A subsidy scheme by its code. Throws DomainError SCHEME_UNKNOWN (404). */
export function schemeByCode(code: string): Scheme {
  const scheme = SCHEMES.find((candidate) => candidate.code === code);
  if (!scheme) throw new DomainError('SCHEME_UNKNOWN', `没有代码为「${code}」的补贴政策`, { status: 404 });
  return scheme;
}

/** A document with its clauses by its code. Throws DomainError POLICY_UNKNOWN (404). */
export function rulebookByCode(code: string): Rulebook {
  const found = RULEBOOKS.find((candidate) => candidate.code === code);
  if (!found) throw new DomainError('POLICY_UNKNOWN', `没有代码为「${code}」的政策文件`, { status: 404 });
  return found;
}

/** A clause by its id, e.g. `ningkedai-2025.leverage`. Throws DomainError CLAUSE_UNKNOWN (404). */
export function findClause(id: string): Clause {
  const clause = RULEBOOKS.flatMap((book) => book.clauses).find((candidate) => candidate.id === id);
  if (!clause) throw new DomainError('CLAUSE_UNKNOWN', `没有编号为「${id}」的政策条款`, { status: 404 });
  return clause;
}
