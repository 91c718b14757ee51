import type { Citation } from '../errors.ts';
import { badLoanRatio } from '../loans/ratio.ts';
import { Exact, formatYuan, sum, toWire } from '../money/money.ts';
import { derived, type Explanation, given } from '../policy/explanation.ts';
import type { Figure, Tone } from './home.ts';

/** From so much of a limit on it is said to be near. */
const NEAR = '0.9';

/** Where what is used stands to its limit. */
export function toneOf(used: Exact, limit: Exact): Tone {
  if (used.greaterThan(limit)) return 'past';
  return used.greaterThanOrEqualTo(limit.times(NEAR)) ? 'near' : 'within';
}

const yuan = (wire: string): string => `${formatYuan(new Exact(wire))} 元`;

/** A named part of a figure: wire amount or count, and how it came about where that is known. */
export interface Part {
  name: string;
  value: string;
  explanation?: Explanation;
}

/** What a figure counts or adds up, and where it is drawn out. */
interface Told {
  label: string;
  /** the rule in words: what is counted, how it is computed */
  rule: string;
  href: string;
  cites?: Citation[];
}

/** An amount that is the sum of parts, one a pool or a bank. Pure; wire amount. */
export function amountFigure({ label, rule, href, cites = [] }: Told, parts: Part[]): Figure {
  const value = toWire(sum(parts.map((p) => new Exact(p.value))));
  const inputs = parts.map((p) => p.explanation ?? given(p.name, yuan(p.value)));
  const explanation = derived(`${label}：${rule}`, yuan(value), cites, inputs);
  return { label, value, unit: '元', href, explanation };
}

/** A number of things, and of which kinds or places they are. Pure. */
export function countFigure({ label, rule, href, cites = [] }: Told, unit: string, parts: Part[]): Figure {
  const value = `${parts.reduce((n, p) => n + Number(p.value), 0)}`;
  const inputs = parts.filter((p) => p.value !== '0').map((p) => given(p.name, `${p.value} ${unit}`));
  const explanation = derived(`${label}：${rule}`, `${value} ${unit}`, cites, inputs);
  return { label, value, unit, href, explanation };
}

/** What a bank's loans in a pool add up to. */
interface Lent {
  bankName: string;
  poolName: string;
  loans: number;
  outstanding: string;
  bad: string;
}

/** 在贷, 贷款余额 and 不良率 over cells of the portfolio; `named`: what tells the cells apart for whoever looks. */
export function lendingFigures<T extends Lent>(cells: T[], named: (cell: T) => string): [Figure, Figure, Figure] {
  const parts = (of: 'loans' | 'outstanding') => cells.map((c) => ({ name: named(c), value: `${c[of]}` }));
  const open = '已同意入池、尚未结清的贷款，含已补偿未清偿的';
  const bad = toWire(sum(cells.map((c) => new Exact(c.bad))));
  const outstanding = toWire(sum(cells.map((c) => new Exact(c.outstanding))));
  const { ratio, explanation } = badLoanRatio(bad, outstanding);
  return [
    countFigure({ label: '在贷', rule: open, href: '/loans?status=active' }, '笔', parts('loans')),
    amountFigure({ label: '贷款余额', rule: '每笔贷款的未还本金相加', href: '/portfolio' }, parts('outstanding')),
    { label: '不良率', value: ratio, unit: '%', href: '/portfolio', explanation },
  ];
}

/** A pool that may still back loans, with why. */
export interface Backing {
  code: string;
  name: string;
  counted: string;
  headroom: string;
  limit: string;
  explanation: Explanation;
}

/** 可用额度 over pools; its colour is that of the pool nearest to its limit. */
export function headroomFigure(pools: Backing[]): Figure {
  const tones = pools.map((p) => toneOf(new Exact(p.counted), new Exact(p.limit)));
  const tone = (['past', 'near'] as const).find((t) => tones.includes(t)) ?? 'within';
  const href = pools.length === 1 ? `/pools/${pools[0]!.code}` : '/pools';
  const parts = pools.map(({ name, headroom, explanation }) => {
    return { name, value: headroom, explanation: { ...explanation, label: `${name}可用额度` } };
  });
  const rule = '放大倍数 × 资金池净额 − 备案余额合计，各资金池相加';
  return { ...amountFigure({ label: '可用额度', rule, href }, parts), tone };
}
