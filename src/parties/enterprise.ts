import type { LocalDate } from '../calendar/local-date.ts';
import type { Fault } from '../errors.ts';
import { type Money, toWire } from '../money/money.ts';
import { TITLES, type Title, type TitleKind } from './title.ts';
import { checkUscc, foldName } from './uscc.ts';

/** What one line of the 企业名录 says: the enterprise and one of its titles. What is left out stays as it is known. Amounts in 元. */
export interface EnterpriseInput {
  uscc: string;
  name: string;
  registeredIn: string;
  industry?: string | null;
  staff?: number;
  totalAssets?: Money;
  revenue?: Money;
  previousRevenue?: Money;
  rndExpense?: Money;
  legalRepresentative?: string | null;
  title?: TitleKind;
  certificateNo?: string;
  titleValidFrom?: LocalDate;
  titleValidTo?: LocalDate;
}

/** An enterprise on the register with its titles; amounts as text. */
export interface EnterpriseRecord {
  uscc: string;
  name: string;
  registeredIn: string;
  industry: string | null;
  staff: number;
  totalAssets: string;
  revenue: string;
  previousRevenue: string;
  rndExpense: string;
  legalRepresentative: string | null;
  titles: Title[];
}

/** One line to be judged: what was read of it, and the faults of its cells. */
export interface EnterpriseCandidate {
  fields: Partial<EnterpriseInput>;
  faults: Fault[];
}

export type EnterpriseJudgement =
  | { outcome: 'new' | 'same'; fields: EnterpriseInput; warnings: Fault[] }
  | { outcome: 'refused'; faults: Fault[]; warnings: Fault[] };

const FACTS = {
  staff: '从业人数',
  totalAssets: '资产总额',
  revenue: '营业收入',
  previousRevenue: '上年营业收入',
  rndExpense: '研发费用',
} as const;
const MOST_STAFF = 9_999_999;
const COMPARED = { name: '企业名称', registeredIn: '登记所在地', industry: '所属行业', ...FACTS } as const;

/**
 * Judges lines in the order they stand, against the register and the lines before them: code, what a new enterprise needs, titles, and that
 * all lines of one enterprise say the same. Answers each line's outcome (`same`: changes nothing) and the records that the good lines make.
 */
export function judgeEnterprises(
  candidates: readonly EnterpriseCandidate[],
  known: ReadonlyMap<string, EnterpriseRecord>,
): { judged: EnterpriseJudgement[]; changed: EnterpriseRecord[] } {
  const current = new Map<string, EnterpriseRecord>();
  const touched = new Map<string, Title>();
  const changed = new Set<string>();
  const judged = candidates.map((candidate): EnterpriseJudgement => {
    const { fields } = candidate;
    const [faults, warnings] = [[...candidate.faults, ...codeFaults(fields.uscc)], codeWarnings(fields.uscc)];
    const before = current.get(fields.uscc ?? '') ?? known.get(fields.uscc ?? '');
    faults.push(...factFaults(fields, before), ...titleFaults(fields, touched));
    if (faults.length > 0 || !isWhole(fields)) return { outcome: 'refused', faults, warnings };
    const after = merged(before, fields);
    if (current.has(fields.uscc)) {
      const different = differences(before!, after);
      if (different.length > 0)
        return { outcome: 'refused', faults: different.map((name) => inconsistent(fields, name)), warnings };
    }
    current.set(fields.uscc, after);
    const title = titleOf(fields);
    if (title) touched.set(keyOf(fields.uscc, title), title);
    const same = before !== undefined && JSON.stringify(before) === JSON.stringify(after);
    if (!same) changed.add(fields.uscc);
    return { outcome: same ? 'same' : 'new', fields, warnings };
  });
  return { judged, changed: [...changed].map((uscc) => current.get(uscc)!) };
}

function isWhole(fields: Partial<EnterpriseInput>): fields is EnterpriseInput {
  return fields.uscc !== undefined && fields.name !== undefined && fields.registeredIn !== undefined;
}

function merged(before: EnterpriseRecord | undefined, input: EnterpriseInput): EnterpriseRecord {
  const { uscc, name, registeredIn } = input;
  const amount = (field: 'totalAssets' | 'revenue' | 'previousRevenue' | 'rndExpense') =>
    input[field] === undefined ? before![field] : toWire(input[field]);
  return {
    ...{ uscc, name, registeredIn },
    industry: input.industry === undefined ? (before?.industry ?? null) : input.industry,
    staff: input.staff ?? before!.staff,
    ...{ totalAssets: amount('totalAssets'), revenue: amount('revenue'), previousRevenue: amount('previousRevenue') },
    rndExpense: amount('rndExpense'),
    legalRepresentative:
      input.legalRepresentative === undefined ? (before?.legalRepresentative ?? null) : input.legalRepresentative,
    titles: withTitle(before?.titles ?? [], titleOf(input)),
  };
}

function withTitle(titles: Title[], title: Title | undefined): Title[] {
  if (!title) return titles;
  const at = titles.findIndex((t) => keyOf('', t) === keyOf('', title));
  return at < 0 ? [...titles, title] : titles.with(at, title);
}

function titleOf({ title, certificateNo, titleValidFrom, titleValidTo }: Partial<EnterpriseInput>): Title | undefined {
  if (!title || !certificateNo || !titleValidFrom || !titleValidTo) return undefined;
  return { kind: title, certificateNo, validFrom: titleValidFrom, validTo: titleValidTo };
}

const keyOf = (uscc: string, { kind, certificateNo }: Title): string => JSON.stringify([uscc, kind, certificateNo]);

function differences(a: EnterpriseRecord, b: EnterpriseRecord): (keyof typeof COMPARED)[] {
  const names = Object.keys(COMPARED) as (keyof typeof COMPARED)[];
  return names.filter((name) => (name === 'name' ? foldName(a.name) !== foldName(b.name) : a[name] !== b[name]));
}

function inconsistent(fields: EnterpriseInput, field: keyof typeof COMPARED): Fault {
  const message = `企业 ${fields.uscc} 的${COMPARED[field]}与前面同一企业的记录不一致`;
  return { code: 'ENTERPRISE_INCONSISTENT', field, value: textOf(fields[field]), message };
}

function codeFaults(uscc: string | undefined): Fault[] {
  if (uscc === undefined) return [];
  const { valid, reason } = checkUscc(uscc);
  if (valid) return [];
  const why = { length: '应为 18 位', character: '含有不允许的字符', checkDigit: '校验码不符' }[reason ?? 'checkDigit'];
  return [
    { code: 'USCC_INVALID', field: 'uscc', value: uscc, message: `统一社会信用代码「${uscc}」${why}（GB 32100-2015）` },
  ];
}

function codeWarnings(uscc: string | undefined): Fault[] {
  if (uscc === undefined) return [];
  const { valid, orgCheckWarning } = checkUscc(uscc);
  if (!valid || !orgCheckWarning) return [];
  const message = `统一社会信用代码「${uscc}」中的主体标识码校验位不符（GB 11714），请核对`;
  return [{ code: 'ORG_CODE_DOUBTFUL', field: 'uscc', value: uscc, message }];
}

function factFaults(fields: Partial<EnterpriseInput>, before: EnterpriseRecord | undefined): Fault[] {
  return (Object.keys(FACTS) as (keyof typeof FACTS)[]).flatMap((field): Fault[] => {
    const value = fields[field];
    if (value === undefined) {
      return before ? [] : [{ code: 'FACT_MISSING', field, message: `新登记的企业须填写${FACTS[field]}` }];
    }
    if (typeof value === 'number' ? value >= 0 && value <= MOST_STAFF : !value.isNegative()) return [];
    return [
      {
        code: 'FACT_OUT_OF_RANGE',
        field,
        value: textOf(value),
        message: `${FACTS[field]}「${textOf(value)}」超出合理范围，且不能为负数`,
      },
    ];
  });
}

function titleFaults(fields: Partial<EnterpriseInput>, touched: ReadonlyMap<string, Title>): Fault[] {
  const { title, certificateNo, titleValidFrom, titleValidTo } = fields;
  const parts = { title, certificateNo, titleValidFrom, titleValidTo };
  const missing = (Object.keys(parts) as (keyof typeof parts)[]).filter((name) => !parts[name]);
  if (missing.length === 4) return [];
  if (missing.length > 0) {
    return [{ code: 'TITLE_INCOMPLETE', field: missing[0], message: '资质、证书编号、有效期起和有效期止须一并填写' }];
  }
  const held = titleOf(fields)!;
  if (held.validTo < held.validFrom) {
    const message = `${TITLES[held.kind]}的有效期止 ${held.validTo} 早于有效期起 ${held.validFrom}`;
    return [{ code: 'TITLE_DATES', field: 'titleValidTo', value: held.validTo, message }];
  }
  const earlier = touched.get(keyOf(fields.uscc ?? '', held));
  if (!earlier || (earlier.validFrom === held.validFrom && earlier.validTo === held.validTo)) return [];
  const message = `证书 ${held.certificateNo} 的有效期与前面的记录（${earlier.validFrom} 至 ${earlier.validTo}）不一致`;
  return [{ code: 'TITLE_INCONSISTENT', field: 'certificateNo', value: held.certificateNo, message }];
}

function textOf(value: string | number | Money | null | undefined): string | undefined {
  if (value === null || value === undefined) return undefined;
  return typeof value === 'object' ? value.toFixed() : `${value}`;
}
