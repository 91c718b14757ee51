import type { LocalDate } from '../calendar/local-date.ts';
import type { Fault } from '../errors.ts';
import { Exact, type Money, sum, toWire, ZERO } from '../money/money.ts';
import { foldName } from '../parties/uscc.ts';
import { type Check, faultsOf } from '../policy/check.ts';
import { filingChecker } from '../policy/decide.ts';
import type { FilingContext, FilingFacts } from '../policy/filing.ts';
import type { Policy } from '../policy/policy.ts';
import type { Stop } from '../pool/breaker-service.ts';
import { codeFaults, contentOf, type FilingFields, isWhole, type WholeFiling } from './filing.ts';
import type { EnterpriseFacts, KnownFiling } from './store.ts';

/** One filing to be judged: what was read of it, and the faults of its cells. */
export interface Candidate {
  fields: FilingFields;
  faults: Fault[];
  /** how a message names it, e.g. 第 4 行 */
  place?: string;
}

/** What the database knows about a batch of filings. */
export interface Knowledge {
  poolCode: string;
  poolRegions: string[];
  policy: Policy;
  filedOn: LocalDate;
  enterprises: Map<string, EnterpriseFacts>;
  filings: Map<string, KnownFiling>;
  contracts: Map<string, { uscc: string; consented: boolean }>;
  rules: FilingContext;
  /** why this bank may file nothing in this pool now */
  stops: Stop[];
}

export type Judgement =
  /** of a filing that may go in only the doubts are kept: its checks follow from the facts again whenever they are asked for */
  | { outcome: 'new'; fields: WholeFiling; facts: EnterpriseFacts; content: string; checks: Check[] }
  | { outcome: 'same'; id: bigint; status: string }
  | { outcome: 'refused'; faults: Fault[]; checks: Check[] };

/**
 * Judges the filings of one batch, given one after another in the order they stand: natural key first (same content, same answer), then every rule,
 * so that a bad row gets every fault it has. What earlier rows of the batch would commit counts against the cap of later ones.
 */
export function judging(known: Knowledge): (candidate: Candidate) => Judgement {
  const seen = new Map<string, string>();
  const taken = new Map<string, Money>();
  const check = filingChecker(known.policy, known.rules);
  return (candidate) => {
    const { fields } = candidate;
    const first = fields.dueBillNo === undefined ? undefined : seen.get(fields.dueBillNo);
    if (first !== undefined) return refuse([...candidate.faults, repeated(fields.dueBillNo!, first)], []);
    if (fields.dueBillNo !== undefined) seen.set(fields.dueBillNo, candidate.place ?? `第 ${seen.size + 1} 笔`);
    const content = isWhole(fields) ? contentOf(known.poolCode, fields) : undefined;
    const before = fields.dueBillNo === undefined ? undefined : known.filings.get(fields.dueBillNo);
    if (before && content === before.content && stillAnswers(before, known.filedOn))
      return { outcome: 'same', id: before.id, status: before.status };
    if (before && (before.status === 'submitted' || before.status === 'consented'))
      return refuse([...candidate.faults, conflict(before)], []);
    const facts = fields.enterpriseUscc === undefined ? undefined : known.enterprises.get(fields.enterpriseUscc);
    const checks = check(factsOf(fields, facts, known, taken));
    checks.push(...doubts(fields, facts), ...known.stops.map(stopped));
    const faults = [
      ...candidate.faults,
      ...codeFaults(fields.enterpriseUscc, facts !== undefined),
      ...faultsOf(checks),
    ];
    if (faults.length > 0 || !isWhole(fields) || !facts) return refuse(faults, checks);
    const earlier = taken.get(fields.enterpriseUscc);
    const judged = earlier ? { ...facts, counted: toWire(earlier.plus(facts.counted)) } : facts;
    taken.set(fields.enterpriseUscc, earlier ? earlier.plus(fields.countedPrincipal) : fields.countedPrincipal);
    return {
      outcome: 'new',
      fields,
      facts: judged,
      content: content!,
      checks: checks.filter((c) => c.verdict === 'warn'),
    };
  };
}

/** The facts the policy's rules look at. `taken`: counted amounts of earlier rows of the same batch, by enterprise. */
export function factsOf(
  fields: FilingFields,
  facts: EnterpriseFacts | undefined,
  known: Pick<Knowledge, 'filedOn' | 'poolRegions' | 'contracts'>,
  taken: Map<string, Money> = new Map(),
): FilingFacts {
  const contract = fields.renewsContractNo ? known.contracts.get(fields.renewsContractNo) : undefined;
  const uscc = fields.enterpriseUscc ?? '';
  return {
    filedOn: known.filedOn,
    filing: fields,
    poolRegions: known.poolRegions,
    enterprise: facts && { ...facts, revenue: new Exact(facts.revenue), assets: new Exact(facts.assets) },
    enterpriseCounted: facts && sum([new Exact(facts.counted), taken.get(uscc) ?? ZERO]),
    previousLoans: facts?.previousLoans,
    renewed: contract && { sameEnterprise: contract.uscc === fields.enterpriseUscc, consented: contract.consented },
  };
}

/** Whether a filing sent again gets the earlier answer: while it stands, and a refused one on the same day; later it may be judged anew. */
function stillAnswers(before: KnownFiling, today: LocalDate): boolean {
  return (
    before.status === 'submitted' ||
    before.status === 'consented' ||
    (before.status === 'refused' && before.filedOn === today)
  );
}

function refuse(faults: Fault[], checks: Check[]): Judgement {
  return { outcome: 'refused', faults, checks };
}

function repeated(dueBillNo: string, first: string): Fault {
  return {
    code: 'DUPLICATE_IN_FILE',
    field: 'dueBillNo',
    value: dueBillNo,
    message: `借据号「${dueBillNo}」与本次报送的${first}重复`,
  };
}

function conflict(before: KnownFiling): Fault {
  return {
    code: 'FILING_CONFLICT',
    field: 'dueBillNo',
    value: before.dueBillNo,
    message: `借据号「${before.dueBillNo}」已备案（编号 ${before.id}），内容与本次报送不同`,
  };
}

/** A suspension as a check that fails: every row of a file says it, with its article. */
function stopped({ code, message, cites }: Stop): Check {
  return { code, verdict: 'fail', clause: '', field: 'poolCode', message, cites };
}

/** What the rules do not decide but a reviewer should know: the name differs from the register, or the enterprise has bad loans in the programme. */
export function doubts(fields: FilingFields, facts: EnterpriseFacts | undefined): Check[] {
  if (!facts) return [];
  const warn = (code: string, field: string, value: string, message: string): Check => ({
    code,
    verdict: 'warn',
    clause: '',
    field,
    value,
    message,
    cites: [],
  });
  const { enterpriseName: name } = fields;
  const found: Check[] = [];
  if (name !== undefined && foldName(name) !== facts.foldedName)
    found.push(
      warn('NAME_DIFFERS', 'enterpriseName', name, `借款人名称「${name}」与企业库登记的「${facts.name}」不一致`),
    );
  if (facts.badLoans > 0)
    found.push(
      warn(
        'BAD_LOANS',
        'enterpriseUscc',
        `${facts.badLoans}`,
        `该企业在本项目有 ${facts.badLoans} 笔不良贷款尚未结清，请审慎审核`,
      ),
    );
  return found;
}
