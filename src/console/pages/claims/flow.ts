import { Exact, formatYuan, type Money, money, ZERO } from '../../../money/money.ts';
import type { Claim } from './types.ts';

/** What becomes of each part of a loss, in the colours of their meaning. */
const FATES = {
  recovered: ['已收回', '#2f7d32'],
  receivable: ['尚未收回', '#c99700'],
  writtenOff: ['已核销', '#b42318'],
  refunded: ['已退回资金池', '#2f7d32'],
} as const;
const POOL = ['#1d4e6f', '#3f7ea6', '#6aa3c4', '#94bdd6'];
const OWN = ['#7a8794', '#a3adb7', '#5c6873'];

/** One part of a loss: who bears it, and what has become of it so far. */
export interface Part {
  key: string;
  bearer: string;
  label: string;
  /** institution code of the one who bears it; the bearer's own code before the payment */
  party: string;
  kind: 'pool' | 'own';
  amount: string;
  recovered: string;
  /** neither recovered nor written off */
  receivable: string;
  /** written off and not come back since */
  writtenOff: string;
  refunded: string;
}

/** Who bears what of a claim: as it would be shared, or after the payment contributor by contributor with what came back. */
export function partsOf({ shares, waterfall, status }: Claim): Part[] {
  if (!waterfall)
    return shares.map(({ bearer, label, kind, amount }) => ({
      ...{ key: bearer, bearer, label, party: bearer, kind, amount },
      ...{ recovered: '0.00', receivable: '0.00', writtenOff: '0.00', refunded: '0.00' },
    }));
  return waterfall.rows.map(({ bearer, label, party, kind, amount, recovered, writtenOff, outstanding }) => {
    const left = money(outstanding);
    const written = Exact.min(left, money(writtenOff));
    const refunded = status === 'refunded' && kind === 'pool' ? money(amount).minus(recovered).minus(left) : ZERO;
    return {
      ...{ key: `${bearer} ${party}`, bearer, label, party, kind, amount, recovered },
      ...{ receivable: left.minus(written).toFixed(2), writtenOff: written.toFixed(2), refunded: refunded.toFixed(2) },
    };
  });
}

interface Node {
  name: string;
  label: string;
  colour: string;
  amount: Money;
}
interface Link {
  source: string;
  target: string;
  amount: Money;
}

/**
 * The loss as it flows: unpaid principal → what is counted of it (or recognised) → who bears it → what has come back, is written off, is out. Links of
 * 0.00 are left out.
 */
export function flowOf(claim: Claim, institution: (code: string) => string): { nodes: Node[]; links: Link[] } {
  const { unpaidPrincipal, recognised, countedUnpaid } = claim;
  const unpaid = money(unpaidPrincipal);
  const parts = partsOf(claim);
  // The share's own name, and whose it is only where several stand for it.
  const shortOf = ({ bearer, label, party }: Part) =>
    parts.filter((p) => p.bearer === bearer).length > 1 ? institution(party) : label;
  const nodes: Node[] = [{ name: 'unpaid', label: '未偿还本金', colour: '#44515c', amount: unpaid }];
  const links: Link[] = [];
  const add = (node: Node) => nodes.some(({ name }) => name === node.name) || nodes.push(node);
  const link = (source: string, target: string, amount: Money) =>
    amount.gt(0) && links.push({ source, target, amount });
  const partial = recognised !== null && money(recognised).lt(unpaid);
  const shared = money(partial ? recognised : countedUnpaid);
  const rest = unpaid.minus(shared);
  add({ name: 'shared', label: partial ? '核定部分' : '备案部分', colour: '#44515c', amount: shared });
  link('unpaid', 'shared', shared);
  if (rest.gt(0)) {
    add({ name: 'rest', label: partial ? '未核定部分' : '未备案部分', colour: '#a3adb7', amount: rest });
    link('unpaid', 'rest', rest);
  }
  const counts = { pool: 0, own: 0 };
  for (const part of parts) {
    const amount = money(part.amount);
    if (amount.isZero()) continue;
    const colours = part.kind === 'pool' ? POOL : OWN;
    const colour = colours[counts[part.kind]++ % colours.length]!;
    add({ name: part.key, label: shortOf(part), colour, amount });
    const own = part.bearer === 'bank' ? Exact.min(rest, amount) : ZERO;
    link('rest', part.key, own);
    link('shared', part.key, amount.minus(own));
    for (const fate of Object.keys(FATES) as (keyof typeof FATES)[]) {
      const value = money(part[fate]);
      if (value.isZero()) continue;
      const [label, fateColour] = FATES[fate];
      const before = nodes.find(({ name }) => name === fate);
      if (before) before.amount = before.amount.plus(value);
      else add({ name: fate, label, colour: fateColour, amount: value });
      link(part.key, fate, value);
    }
  }
  return { nodes, links };
}

const yuan = (amount: Money): string => `${formatYuan(amount)} 元`;

/** The drawing, for ECharts; widths are proportional, every label says its amount exactly. */
export function flowOption({ nodes, links }: ReturnType<typeof flowOf>) {
  const words = new Map(nodes.map(({ name, label, amount }) => [name, `${label}\n${yuan(amount)}`]));
  return {
    tooltip: {
      trigger: 'item',
      formatter: ({ data, dataType }: { data: Link & Node; dataType: string }) =>
        dataType === 'edge'
          ? `${nodes.find((n) => n.name === data.source)?.label} → ${nodes.find((n) => n.name === data.target)?.label}\n${yuan(data.amount)}`
          : words.get(data.name),
    },
    series: [
      {
        ...{ type: 'sankey', left: 8, right: 150, top: 12, bottom: 12, nodeGap: 22, nodeWidth: 16, draggable: false },
        ...{ layoutIterations: 0, emphasis: { focus: 'adjacency' } },
        data: nodes.map(({ name, colour, amount }) => ({ name, amount, itemStyle: { color: colour } })),
        links: links.map(({ source, target, amount }) => ({
          ...{ source, target, amount, value: Number(amount.toFixed(2)) },
          // In the colour of who bears it, on either side.
          lineStyle: { color: target in FATES ? 'source' : 'target', opacity: 0.3 },
        })),
        label: {
          formatter: ({ name }: { name: string }) => words.get(name),
          color: '#222',
          fontSize: 12,
          lineHeight: 16,
        },
      },
    ],
  };
}

/** The same in words. */
export function flowSummary(claim: Claim, nameOf: (part: Part) => string): string {
  const parts = partsOf(claim).filter(({ amount }) => amount !== '0.00');
  const borne = parts.map((part) => `${nameOf(part)} ${yuan(money(part.amount))}`).join('，');
  const verb = claim.waterfall ? '由下列各方承担' : '按分担比例将由下列各方承担';
  const fates = Object.entries(FATES).flatMap(([fate, [label]]) => {
    const total = parts.reduce((sum, part) => sum.plus(part[fate as keyof typeof FATES]), ZERO);
    return total.isZero() ? [] : [`${label} ${yuan(total)}`];
  });
  const since = fates.length > 0 ? `；${fates.join('，')}` : '';
  const { recognised, unpaidPrincipal, countedUnpaid } = claim;
  const counts =
    recognised !== null && recognised !== unpaidPrincipal
      ? `核定 ${yuan(money(recognised))}`
      : `备案部分 ${yuan(money(countedUnpaid))}`;
  return `未偿还本金 ${yuan(money(unpaidPrincipal))}，其中${counts}，${verb}：${borne}${since}。`;
}
