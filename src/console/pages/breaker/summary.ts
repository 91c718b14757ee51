import type { Role } from '../../../access/roles.ts';
import type { Tone } from '../../parts/StateTag.tsx';
import { type Board, type Line, measureOf, STOPS } from './types.ts';

/** The board in a sentence: who is stopped, else who is nearest; and in the colour of the gravest. */
export function summaryOf(boards: Board[], role: Role): { tone: Exclude<Tone, 'plain'>; text: string } {
  const all = boards.flatMap(({ poolName, lines }) => lines.map((line) => ({ ...line, poolName })));
  const late = boards.flatMap((b) => b.late.map((l) => ({ ...l, poolName: b.poolName })));
  if (all.length === 0 && late.length === 0) return { tone: 'within', text: '还没有可以监测的比率。' };
  const stopped = all.filter(({ state }) => state === 'suspended');
  const warned = all.filter(({ state }) => state === 'warn');
  const parts = [
    ...byPool(stopped).map(([pool, lines]) => `${pool}：${sayStopped(lines).join('；')}`),
    ...late.map(({ poolName, bankName }) => `${poolName}：${bankName}缺报月报，补报前暂停${STOPS.filings}`),
    ...(warned.length > 0 ? [`${warned.length} 项达到警示线`] : []),
  ];
  const tone = stopped.length + late.length > 0 ? 'past' : warned.length > 0 ? 'near' : 'within';
  if (parts.length > 0) return { tone, text: `${parts.join('；')}。` };
  const who = role === 'bank' || role === 'guarantor' ? '本机构及所在资金池' : '各银行、合作单位和资金池';
  return { tone, text: `${who}均未达到警示线。${sayNearest(all)}` };
}

const byPool = <L extends { poolName: string }>(lines: L[]) => [...Map.groupBy(lines, (l) => l.poolName)];

/** Whoever stands at the same ratio is told together. */
function sayStopped(lines: Line[]): string[] {
  const alike = Map.groupBy(lines, (l) => [l.measure, l.ratio, l.suspendLine, l.stops].join());
  return [...alike.values()].map((group) => {
    const { measure, ratio, suspendLine, stops } = group[0]!;
    const names = group.map(({ scope, partyName }) => (scope === 'pool' ? '资金池' : partyName)).join('、');
    const shown = ratio === null ? '无法计算' : `${ratio}%`;
    return `${names}${measureOf(measure)} ${shown}（暂停线 ${suspendLine}%），暂停${STOPS[stops]}`;
  });
}

function sayNearest(lines: Line[]): string {
  const [nearest] = lines.filter(({ distance }) => distance !== null);
  if (!nearest || nearest.ratio === '0.00') return '';
  return `最接近的是${nearest.partyName}${measureOf(nearest.measure)} ${nearest.ratio}%，距暂停线 ${nearest.distance} 个百分点。`;
}
