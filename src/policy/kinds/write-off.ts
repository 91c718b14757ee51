import { z } from 'zod';
import { addMonths, type LocalDate } from '../../calendar/local-date.ts';
import { formatYuan, type Money, money, toWire } from '../../money/money.ts';
import { type Check, checksOf } from '../check.ts';
import type { Clause, ClauseSpec, ClauseVersion } from '../clause.ts';
import { derived, given } from '../explanation.ts';
import { moneyText, months } from '../values.ts';

const schema = z.strictObject({
  /** Months of pursuit after the compensation was paid. */
  months,
  /** Whether a court's order that closes enforcement does instead. */
  orCourtOrder: z.boolean(),
  /** Above this amount a panel decides. */
  panelAbove: moneyText,
});
export type WriteOff = z.infer<typeof schema>;
export interface WriteOffInput {
  paidOn: LocalDate;
  /** The day of a court's closing order (终结执行裁定). */
  courtOrderOn?: LocalDate;
}
export interface WriteOffFacts extends WriteOffInput {
  askedOn: LocalDate;
  /** Whether a panel (集体研究) has decided, where one is needed. */
  panelDecided: boolean;
  /** What is still to be recovered for the pool, in 元. */
  amount: Money;
}
export type WriteOffClause = Clause<WriteOff, WriteOffInput, LocalDate>;

/** When what cannot be recovered may be written off (核销). Answers the first day. */
export function writeOff(spec: ClauseSpec<WriteOff, WriteOffInput, LocalDate>): WriteOffClause {
  return {
    ...spec,
    resolvedBy: 'askedOn',
    schema,
    describe: (value) =>
      `补偿后追偿满 ${value.months} 个月${value.orCourtOrder ? '或法院裁定终结执行' : ''}仍未收回的可以核销，两人办理，超过 ${formatYuan(money(value.panelAbove))} 元的经集体研究；账销案存，继续追偿`,
    apply: (value, { paidOn, courtOrderOn }) => {
      const pursued = addMonths(paidOn, value.months);
      return value.orCourtOrder && courtOrderOn !== undefined && courtOrderOn < pursued ? courtOrderOn : pursued;
    },
  };
}

/** Codes: WRITE_OFF, WRITE_OFF_TOO_EARLY, WRITE_OFF_NOTHING_LEFT, WRITE_OFF_PANEL, WRITE_OFF_PANEL_NEEDED. */
export function judgeWriteOff(clause: WriteOffClause, version: ClauseVersion<WriteOff>, facts: WriteOffFacts): Check[] {
  const { cites, pass, fail } = checksOf(clause, version);
  const { months, panelAbove } = version.value;
  const first = clause.apply(version.value, facts);
  const inputs = [given('补偿支付日', facts.paidOn), given('追偿期', `${months} 个月`)];
  if (facts.courtOrderOn) inputs.push(given('法院裁定终结执行日', facts.courtOrderOn));
  const explanation = derived('最早核销日', first, cites, inputs);
  if (!facts.amount.gt(0)) return [fail('WRITE_OFF_NOTHING_LEFT', '已全部收回或已核销，没有可核销的金额')];
  const amount = { field: 'amount', value: toWire(facts.amount) };
  const text = `核销金额 ${formatYuan(facts.amount)} 元`;
  const found: Check[] = [];
  if (facts.askedOn < first) {
    found.push(fail('WRITE_OFF_TOO_EARLY', `${facts.askedOn} 尚不能核销，最早为 ${first}`, { explanation }));
  } else found.push(pass('WRITE_OFF', `自 ${first} 起可以核销`, { explanation }));
  if (!facts.amount.gt(money(panelAbove))) return found;
  const above = `${text}超过 ${formatYuan(money(panelAbove))} 元`;
  found.push(
    facts.panelDecided
      ? pass('WRITE_OFF_PANEL', `${above}，已经集体研究`)
      : fail('WRITE_OFF_PANEL_NEEDED', `${above}，应经集体研究`, amount),
  );
  return found;
}
