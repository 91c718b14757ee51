import type { Import } from './types.ts';

/** What came of a file, in one sentence. */
export function sentenceOf({ status, rowsRead, rowsAccepted, rowsNew, rowsRefused, mode }: Import): string {
  if (status === 'staged') return '正在逐行核查，完成后自动显示结果；可以离开本页，稍后再看。';
  if (status === 'failed') return '文件无法处理，没有接收任何一行。';
  if (status === 'refused')
    return `读取 ${rowsRead} 行，${rowsRefused} 行有问题；按「全部合格才接收」，一行也没有接收。请在下表改正后重新报送。`;
  const repeated = rowsAccepted - rowsNew;
  const taken =
    repeated > 0
      ? `接收 ${rowsAccepted} 行（新增 ${rowsNew}，其余 ${repeated} 行此前已报）`
      : `接收 ${rowsAccepted} 行`;
  if (rowsRefused === 0) return `读取 ${rowsRead} 行，全部合格，${taken}。`;
  return `读取 ${rowsRead} 行，${taken}；${rowsRefused} 行有问题${mode === 'good' ? '没有接收' : ''}，请在下表改正后重新报送。`;
}
