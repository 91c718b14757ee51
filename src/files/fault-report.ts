import type { Citation, Fault } from '../errors.ts';
import type { Column } from './columns.ts';
import { headingName } from './headings.ts';
import type { Sheet } from './sheet.ts';

/**
 * The faults of an import as a table to download, in the order given. Rows and 序号 are those of the uploaded file;
 * fields are named as `columns` head them.
 */
export function faultReport(faults: readonly Fault[], columns: readonly Column[]): Sheet {
  const titles = new Map(columns.map((column) => [column.field, headingName(column)]));
  return {
    name: '问题清单',
    columns: [
      { title: '原行号', kind: 'integer', width: 8 },
      { title: '序号', kind: 'text', width: 8 },
      { title: '字段', kind: 'text', width: 18 },
      { title: '原值', kind: 'text', width: 30 },
      { title: '问题代码', kind: 'text', width: 24 },
      { title: '问题说明', kind: 'text', width: 60 },
      { title: '依据', kind: 'text', width: 50 },
    ],
    rows: { [Symbol.iterator]: () => lines(faults, titles) },
  };
}

function* lines(faults: readonly Fault[], titles: Map<string, string>): Generator<string[]> {
  for (const { row, seq, field, value, code, message, cites } of faults) {
    const title = field === undefined ? '' : (titles.get(field) ?? field);
    yield [row?.toString() ?? '', seq ?? '', title, value ?? '', code, message, (cites ?? []).map(basis).join('；')];
  }
}

function basis({ document, article, confirmed }: Citation): string {
  return `${document}${article}${confirmed ? '' : '（示例参数，未经主管部门核实）'}`;
}
