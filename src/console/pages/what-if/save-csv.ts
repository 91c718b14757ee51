import { kindWords } from '../../parts/subsidy/words.ts';
import type { Trial } from './types.ts';

const HEADINGS = ['企业', '统一社会信用代码', '申请编号', '项', '项目', '类别', '现行（元）', '拟议（元）'];

/** Saves what a trial found line by line, as a file that spreadsheets read: UTF-8 with a mark, amounts as plain numbers. */
export function saveCsv({ title, year, items }: Trial): void {
  const rows = items.flatMap(({ enterpriseName, enterpriseUscc, id, lines }) =>
    lines.map(({ place, name, kind, before, after }) =>
      [enterpriseName, enterpriseUscc, id, `${place}`, name, kindWords([kind]), before, after].map(cell).join(','),
    ),
  );
  const file = new Blob(['\uFEFF', [HEADINGS.join(','), ...rows].join('\r\n')], { type: 'text/csv;charset=utf-8' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `政策试算 ${title} ${year}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** A cell that no spreadsheet takes for a formula. */
const cell = (text: string): string => `"${(/^[=+\-@]/.test(text) ? `'${text}` : text).replace(/"/g, '""')}"`;
