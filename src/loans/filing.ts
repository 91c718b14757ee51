import type { LocalDate } from '../calendar/local-date.ts';
import type { Fault } from '../errors.ts';
import { type Money, toWire } from '../money/money.ts';
import { type Rate, toPercent } from '../money/rate.ts';
import { checkUscc } from '../parties/uscc.ts';

/** A filing as far as it could be read: what is missing or unreadable is left out and has its fault already. */
export interface FilingFields {
  enterpriseUscc?: string;
  enterpriseName?: string;
  contractNo?: string;
  dueBillNo?: string;
  principal?: Money;
  countedPrincipal?: Money;
  annualRate?: Rate;
  disbursedOn?: LocalDate;
  maturesOn?: LocalDate;
  dayCountBasis?: string;
  repaymentMethod?: string;
  guaranteeMode?: string;
  firstLoan?: boolean;
  purpose?: string;
  purposeText?: string | null;
  renewsContractNo?: string | null;
  accountNo?: string | null;
}

const REQUIRED = [
  'enterpriseUscc',
  'contractNo',
  'dueBillNo',
  'principal',
  'countedPrincipal',
  'annualRate',
  'disbursedOn',
  'maturesOn',
  'dayCountBasis',
  'repaymentMethod',
  'guaranteeMode',
  'firstLoan',
  'purpose',
] as const;

/** A filing with everything it needs. */
export type WholeFiling = FilingFields & Required<Pick<FilingFields, (typeof REQUIRED)[number]>>;

export function isWhole(fields: FilingFields): fields is WholeFiling {
  return REQUIRED.every((name) => fields[name] !== undefined);
}

/**
 * What the bank sent, as one text in a fixed order: the same content under the same 借据号 gets the same answer, other content is a conflict.
 * The account number is left out: spreadsheets spoil it, and it decides nothing.
 */
export function contentOf(poolCode: string, f: WholeFiling): string {
  return JSON.stringify([
    poolCode,
    f.enterpriseUscc,
    f.contractNo,
    f.dueBillNo,
    toWire(f.principal),
    toWire(f.countedPrincipal),
    toPercent(f.annualRate),
    f.disbursedOn,
    f.maturesOn,
    f.dayCountBasis,
    f.repaymentMethod,
    f.guaranteeMode,
    f.firstLoan,
    f.purpose,
    f.purposeText ?? null,
    f.renewsContractNo ?? null,
  ]);
}

/** 统一社会信用代码 by its check character, and whether the enterprise is on our register. */
export function codeFaults(uscc: string | undefined, known: boolean): Fault[] {
  if (uscc === undefined) return [];
  const { valid, reason } = checkUscc(uscc);
  const why = { length: '应为 18 位', character: '含有不允许的字符', checkDigit: '校验码不符' };
  if (!valid) {
    return [
      {
        code: 'USCC_INVALID',
        field: 'enterpriseUscc',
        value: uscc,
        message: `统一社会信用代码「${uscc}」${why[reason ?? 'checkDigit']}（GB 32100-2015）`,
      },
    ];
  }
  return known
    ? []
    : [
        {
          code: 'ENTERPRISE_UNKNOWN',
          field: 'enterpriseUscc',
          value: uscc,
          message: `企业 ${uscc} 不在企业库中，请先登记`,
        },
      ];
}
