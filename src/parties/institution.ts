import type { LocalDate } from '../calendar/local-date.ts';
import type { Fault } from '../errors.ts';
import { checkCnaps } from './bank-code.ts';
import { checkUscc } from './uscc.ts';

/** 机构类别, code on the wire and Chinese on paper. */
export const INSTITUTION_KINDS = {
  partnerBank: '合作银行',
  guarantor: '担保机构',
  reguarantor: '再担保机构',
  insurer: '保险公司',
  valuer: '评估机构',
  poolManager: '受托管理机构',
  cooperatingUnit: '合作单位',
  regionalAuthority: '自治区主管部门',
} as const;
export type InstitutionKind = keyof typeof INSTITUTION_KINDS;

/** A time in which an institution is a partner, of one pool or (null) of every pool; the last day (null: open) included. */
export interface Period {
  poolCode: string | null;
  validFrom: LocalDate;
  validTo: LocalDate | null;
}

/** Whether a period includes a day. */
export function includes({ validFrom, validTo }: Period, day: LocalDate): boolean {
  return validFrom <= day && (validTo === null || day <= validTo);
}

/** Whether two periods of the same pool (or both of every pool) share a day. */
export function overlaps(a: Period, b: Period): boolean {
  return (
    a.poolCode === b.poolCode &&
    (b.validTo === null || a.validFrom <= b.validTo) &&
    (a.validTo === null || b.validFrom <= a.validTo)
  );
}

/** What is wrong with an institution's codes, and what is only doubtful: a 行号 that does not fit its check is used all the same. */
export function codeDoubts({ uscc, cnaps }: { uscc?: string | null; cnaps?: string | null }): {
  faults: Fault[];
  warnings: Fault[];
} {
  const faults: Fault[] = [];
  const warnings: Fault[] = [];
  if (uscc) {
    const { valid, orgCheckWarning } = checkUscc(uscc);
    if (!valid)
      faults.push({
        code: 'USCC_INVALID',
        field: 'uscc',
        value: uscc,
        message: `统一社会信用代码「${uscc}」不正确（GB 32100-2015）`,
      });
    else if (orgCheckWarning) {
      warnings.push({
        code: 'ORG_CODE_DOUBTFUL',
        field: 'uscc',
        value: uscc,
        message: `统一社会信用代码「${uscc}」中的主体标识码校验位不符（GB 11714），请核对`,
      });
    }
  }
  if (cnaps) {
    const { valid, checkWarning } = checkCnaps(cnaps);
    const problem = valid ? '校验位不符' : '应为 12 位数字';
    if (!valid || checkWarning)
      warnings.push({
        code: 'CNAPS_DOUBTFUL',
        field: 'cnaps',
        value: cnaps,
        message: `支付系统行号「${cnaps}」${problem}，请核对`,
      });
  }
  return { faults, warnings };
}
