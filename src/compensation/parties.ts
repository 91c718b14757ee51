import type { Check, checksOf } from '../policy/check.ts';

/** Who bears a loss outside the pool beside the bank, by institution code. */
export type Parties = Partial<Record<'guarantor' | 'reguarantor' | 'insurer' | 'nationalFund', string>>;

/** A party that answers for part of the loan, as its bank recorded it (担保登记). */
export interface RecordedParty {
  role: 'guarantor' | 'reguarantor' | 'insurer';
  party: string;
  name: string;
}

const LABELS = { guarantor: '担保机构', reguarantor: '再担保机构', insurer: '保险公司' } as const;
const ROLES = Object.keys(LABELS) as RecordedParty['role'][];

/** Who bears as what: as recorded, and what no guarantee is recorded of as stated. */
export function partiesOf(recorded: readonly RecordedParty[], stated: Parties = {}): Parties {
  const found: Parties = { ...stated };
  for (const { role, party } of recorded) found[role] ??= party;
  return found;
}

/**
 * What the guarantees of the loan say of the parties stated. Codes: PARTIES; PARTY_DIFFERS for one that is not recorded, PARTY_UNCLEAR where several are
 * recorded and none was named; GUARANTEE_NOT_RECORDED. Nothing of a loan that nobody guarantees.
 */
export function judgeParties(
  { pass, fail, notChecked }: ReturnType<typeof checksOf>,
  recorded: readonly RecordedParty[],
  guaranteed: boolean,
  stated: Parties = {},
): Check[] {
  if (recorded.length === 0)
    return guaranteed ? [notChecked('GUARANTEE_NOT_RECORDED', '该笔贷款没有登记担保，承担方以申请填报的为准')] : [];
  const faults = ROLES.flatMap((role): Check[] => {
    const field = `parties.${role}`;
    const value = stated[role];
    const of = recorded.filter((r) => r.role === role);
    const names = of.map(({ name, party }) => `${name}（${party}）`).join('、');
    if (value === undefined)
      return of.length > 1
        ? [fail('PARTY_UNCLEAR', `登记的${LABELS[role]}有${names}，请写明由哪一家承担`, { field })]
        : [];
    if (of.some(({ party }) => party === value)) return [];
    const message = `${LABELS[role]}填报「${value}」，与登记的担保不一致，${of.length > 0 ? `应为${names}` : '没有登记此类担保'}`;
    return [fail('PARTY_DIFFERS', message, { field, value })];
  });
  return faults.length > 0
    ? faults
    : [pass('PARTIES', `承担方与登记的担保一致：${recorded.map((r) => r.name).join('、')}`)];
}
