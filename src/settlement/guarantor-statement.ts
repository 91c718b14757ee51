import type { StatementLine, StatementNote, StatementSection } from '../documents/view-models.ts';
import { formatYuan, type Money, sum, toWire, ZERO } from '../money/money.ts';
import type { GuaranteeMonth } from './guarantee-service.ts';
import { accountSection, type Composed, type MonthFacts, section } from './statement.ts';

/** A balance between two parties: how it stood before the month, and what moved it since. */
interface Carried {
  before: Money;
  lines: { name: string; amount: Money; cites?: StatementLine['cites'] }[];
}

/**
 * A guarantor's, re-guarantor's or insurer's statement: what it answers for, the fees it is owed and owes, what it has paid for others (代偿), and what stands
 * between guarantor and re-guarantor because of it. Money that moves outside the pool is not in its books: fees are what has accrued in all.
 */
export function guarantorStatement(facts: MonthFacts, party: string): Composed {
  const { fees, paid, redues } = facts.guarantees;
  const nameOf = (code: string) => facts.bankNames.get(code) ?? code;
  const owed = (mine: GuaranteeMonth['fees']) => mine.map(feeCarried);
  const out = paid.filter((p) => p.party === party);
  const sections = [
    carried('累计应收费用', owed(fees.filter((f) => f.to === party))),
    carried('累计应付费用', owed(fees.filter((f) => f.from === party))),
    carried(
      '累计代偿',
      out.map(({ to, before, after }) => moved(before, after, `向${nameOf(to)}支付`)),
    ),
    carried(
      '应收再担保款',
      redues.filter((d) => d.to === party).map((d) => due(d, nameOf(d.from))),
    ),
    carried(
      '应付再担保款',
      redues.filter((d) => d.from === party).map((d) => due(d, nameOf(d.to))),
    ),
  ];
  const notes = out.flatMap(({ to, before, after }) => {
    const amount = after.minus(before);
    const text = `本月向${nameOf(to)}代偿 ${formatYuan(amount)} 元`;
    return amount.isZero() ? [] : [{ kind: 'remark' as const, text }];
  });
  const liability = accountSection(facts, '9401', (key) => key === party);
  return {
    sections: [liability, ...sections.filter((s) => s !== null)],
    ratios: [],
    notes: [...notes, ...lateFees(fees.filter((f) => f.to === party || f.from === party))],
  };
}

const feeCarried = ({ fromName, toName, before, amount, late, cites }: GuaranteeMonth['fees'][number]): Carried => ({
  before,
  lines: [
    { name: `${fromName}应付${toName}`, amount, cites },
    ...late.map((one) => ({ name: `${fromName}应付${toName}（补计 ${one.belongsTo}）`, amount: one.amount, cites })),
  ],
});

/** Fees of closed months that this one takes, because a guarantee was told late. */
function lateFees(fees: GuaranteeMonth['fees']): StatementNote[] {
  const months = Map.groupBy(
    fees.flatMap(({ late }) => late),
    ({ belongsTo }) => belongsTo,
  );
  return [...months].sort().map(([belongsTo, own]) => {
    const text = `补登担保的费用 ${formatYuan(sum(own.map(({ amount }) => amount)))} 元，记入本月`;
    return { kind: 'adjustment', text, belongsTo };
  });
}

const moved = (before: Money, after: Money, name: string): Carried => {
  return { before, lines: [{ name, amount: after.minus(before) }] };
};

/** Up by what the guarantor paid, down by what the re-guarantor has. */
function due({ before, after }: GuaranteeMonth['redues'][number], other: string): Carried {
  return {
    before: before.arisen.minus(before.paid),
    lines: [
      { name: `代偿形成（${other}）`, amount: after.arisen.minus(before.arisen) },
      { name: `已支付（${other}）`, amount: before.paid.minus(after.paid) },
    ],
  };
}

/** Balances of one kind as a section, lines of one name together; null where there is and was nothing. */
function carried(name: string, parts: Carried[]): StatementSection | null {
  const opening = sum(parts.map(({ before }) => before));
  const byName = Map.groupBy(
    parts.flatMap(({ lines }) => lines),
    (line) => line.name,
  );
  const lines = [...byName].map(([label, of]): StatementLine => {
    const cites = of[0]!.cites ?? [];
    return { name: label, amount: toWire(of.reduce((all, { amount }) => all.plus(amount), ZERO)), cites };
  });
  const some = lines.filter(({ amount }) => amount !== '0.00');
  return some.length === 0 && opening.isZero() ? null : section(name, opening, some);
}
