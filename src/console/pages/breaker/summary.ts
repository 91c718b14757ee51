import type { Role } from '../../../access/roles.ts';
import type { Tone } from '../../parts/StateTag.tsx';
import { type Board, type Line, measureOf, STOPS } from './types.ts';

/** The board in a sentence: who is stopped or past a line, else who is nearest; with a word in the colour of the gravest. */
export function summaryOf(boards: Board[], role: Role): { tone: Tone; word: string; text: string } {
  const all = boards.flatMap(({ poolName, lines }) => lines.map((line) => ({ ...line, poolName })));
  const late = boards.flatMap((b) => b.late.map((l) => ({ ...l, poolName: b.poolName })));
  if (all.length === 0 && late.length === 0) return { tone: 'plain', word: '无', text: '还没有可以监测的比率。' };
  const stopped = all.filter(({ state }) => state === 'suspended');
  const lifted = all.filter(({ state, tone }) => state === 'lifted' && tone === 'past');
  const warned = all.filter(({ tone }) => tone === 'near');
  const parts = [
    ...byPool(stopped).map(([pool, lines]) => `${pool}：${together(lines, ({ stops }) => `暂停${STOPS[stops]}`)}`),
    ...late.map(({ poolName, bankName }) => `${poolName}：${bankName}缺报月报，补报前暂停${STOPS.filings}`),
    ...byPool(lifted).map(([pool, lines]) => `${pool}：${together(lines, () => '已经两人办理解除暂停')}`),
    ...(warned.length > 0 ? [`${warned.length} 项达到警示线`] : []),
  ];
  const text = `${parts.join('；')}。`;
  if (stopped.length + late.length > 0) return { tone: 'past', word: '有暂停', text };
  if (lifted.length > 0) return { tone: 'past', word: '超过暂停线', text };
  if (warned.length > 0) return { tone: 'near', word: '有警示', text };
  const who = role === 'bank' || role === 'guarantor' ? '本机构及所在资金池' : '各银行、合作单位和资金池';
  return { tone: 'within', word: '正常', text: `${who}均未达到警示线。${sayNearest(all)}` };
}

const byPool = <L extends { poolName: string }>(lines: L[]) => [...Map.groupBy(lines, (l) => l.poolName)];

/** Whoever stands at the same ratio is told together. */
function together(lines: Line[], what: (line: Line) => string): string {
  const alike = Map.groupBy(lines, (l) => [l.measure, l.ratio, l.suspendLine, what(l)].join());
  const said = [...alike.values()].map((group) => {
    const { measure, ratio, suspendLine } = group[0]!;
    const names = group.map(({ scope, partyName }) => (scope === 'pool' ? '资金池' : partyName)).join('、');
    const shown = ratio === null ? '无法计算' : `${ratio}%`;
    return `${names}${measureOf(measure)} ${shown}（暂停线 ${suspendLine}%），${what(group[0]!)}`;
  });
  return said.join('；');
}

function sayNearest(lines: Line[]): string {
  const [nearest] = lines.filter(({ distance }) => distance !== null);
  if (!nearest || nearest.ratio === '0.00') return '';
  return `最接近的是${nearest.partyName}${measureOf(nearest.measure)} ${nearest.ratio}%，距暂停线 ${nearest.distance} 个百分点。`;
}
