import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COLUMNS_OF, FILING_COLUMNS, type ImportKind } from '../../src/files/columns.ts';
import { mapTable, records } from '../../src/files/map-table.ts';
import { readTable } from '../../src/files/read-table.ts';
import { formatYuan } from '../../src/money/money.ts';
import { convert, refusal, utf8, workbook } from './support.ts';

/** A complete filing by heading, as a bank would write it. */
const LOAN = {
  借款人名称: '宁夏沐能精密机械有限公司',
  统一社会信用代码: '91640221MA9006026Y',
  借款合同号: 'JK1',
  借据号: 'JJ1',
  '贷款金额(元)': '3140000',
  '备案金额(元)': '3140000',
  '年利率(%)': '3.85',
  放款日期: '2026/2/22',
  到期日期: '2026-11-22',
  计息基础: '实际/360',
  还款方式: '按月付息到期还本',
  担保方式: '信用',
  是否首次贷款: '是',
  资金用途: '研发投入',
};

/** The same filing under other headings; a heading mapped to '' is left out. */
function filing(renamed: Record<string, string> = {}, changed: Record<string, string> = {}, above: string[] = []) {
  const columns = Object.entries({ ...LOAN, ...changed })
    .map(([heading, value]) => [renamed[heading] ?? heading, value] as const)
    .filter(([heading]) => heading !== '');
  const lines = [
    ...above,
    columns.map(([heading]) => `"${heading}"`).join(','),
    columns.map(([, v]) => `"${v}"`).join(','),
  ];
  return utf8(lines.join('\n'));
}

describe('headings', () => {
  test('any order of the columns, with strange ones between, gives the same row', async () => {
    const expected = (await convert(filing(), 'loanFilings')).rows[0]!.complete;
    const names = Object.keys(LOAN) as (keyof typeof LOAN)[];
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...names, '备注', '经办人'], { minLength: names.length + 2 }),
        fc.integer({ min: 0, max: 5 }),
        async (order, preamble) => {
          const values = order.map((name) => LOAN[name as keyof typeof LOAN] ?? '无关内容');
          const text = `${'某银行备案台账\n'.repeat(preamble)}${order.join('\t')}\n${values.join('\t')}\n`;
          const { rows, warnings } = await convert(utf8(text), 'loanFilings');
          expect(rows[0]).toMatchObject({ row: preamble + 2, faults: [] });
          expect(rows[0]!.complete).toEqual(expected);
          expect(warnings.map((w) => [w.code, w.value]).sort()).toEqual([
            ['UNKNOWN_HEADING', '备注'],
            ['UNKNOWN_HEADING', '经办人'],
          ]);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('spaces, widths, stars, line breaks, units and other names are understood', async () => {
    const renamed = {
      借款人名称: '借 款 人\n名　称',
      借据号: '*借据编号：',
      '贷款金额(元)': '贷款金额（人民币元）',
      '备案金额(元)': '备案金额/元',
      '年利率(%)': '执行利率（％）',
      放款日期: '放款日期(年/月/日)',
      资金用途: '【必填】贷款用途',
    };
    const { rows, warnings } = await convert(filing(renamed), 'loanFilings');
    expect(rows[0]!.complete).toBeDefined();
    expect(warnings).toEqual([]);
  });

  test('every heading and synonym of every kind leads to one column only', () => {
    for (const columns of Object.values(COLUMNS_OF)) {
      const names = columns.flatMap((column) => [column.title, ...column.aliases]);
      expect(new Set(names).size).toBe(names.length);
      expect(columns.filter((column) => 'identity' in column)).toHaveLength(1);
    }
  });

  test('missing headings are one error that lists them', async () => {
    const error = await refusal(convert(filing({ 担保方式: '', 资金用途: '' }, {}, ['标题']), 'loanFilings'));
    expect(error.code).toBe('HEADINGS_MISSING');
    expect(error.status).toBe(422);
    expect(error.message).toBe('第2行的表头缺少2列：担保方式、资金用途');
    expect(error.errors.map((e) => e.field)).toEqual(['guaranteeMode', 'purpose']);
  });

  test('two headings for one column are refused with both places', async () => {
    const error = await refusal(convert(filing({}, { 放款金额: '1' }), 'loanFilings'));
    expect(error.code).toBe('HEADING_DUPLICATE');
    expect(error.message).toBe('第1行的表头有误：第5列“贷款金额(元)”与第15列“放款金额”都表示贷款金额，请只保留一列');
  });

  test('a file of something else is refused with the headings that are expected', async () => {
    const error = await refusal(convert(utf8('姓名,年龄\n张三,30\n'), 'balanceReports'));
    expect(error.code).toBe('HEADINGS_NOT_FOUND');
    expect(error.message).toContain('数据月份、借据号、贷款余额(元)');
    const sheet = workbook('<row><c t="str"><v>填表说明</v></c></row>');
    expect((await refusal(convert(sheet, 'balanceReports'))).message).toContain('在工作表“备案”的前30行中没有找到表头');
  });

  test('原合同号 is read where the file has it', async () => {
    const { rows } = await convert(filing({}, { 续贷原合同号: 'JK2025001' }), 'loanFilings');
    expect(rows[0]!.complete!.renewsContractNo).toBe('JK2025001');
    const first = await convert(filing({}, { 原合同号: '无' }), 'loanFilings');
    expect(first.rows[0]!.complete!.renewsContractNo).toBeUndefined();
  });

  test('records give each row as text by field', async () => {
    const mapped = mapTable(await readTable(filing()), FILING_COLUMNS);
    const [record] = [...records(mapped)];
    expect(record).toMatchObject({
      row: 2,
      cells: { dueBillNo: 'JJ1', principal: '3140000', disbursedOn: '2026/2/22' },
    });
  });
});

describe('units', () => {
  const inWan = { '贷款金额(元)': '贷款金额（万元）', '备案金额(元)': '备案金额' };

  test('a heading in 万元 is converted exactly, the others stay in 元', async () => {
    const { rows } = await convert(filing(inWan, { '贷款金额(元)': '314.000001' }), 'loanFilings');
    expect(formatYuan(rows[0]!.complete!.principal)).toBe('3,140,000.01');
    expect(formatYuan(rows[0]!.complete!.countedPrincipal)).toBe('3,140,000.00');
  });

  test('「单位：万元」 above the headings holds for those without a unit, and is said', async () => {
    const renamed = { '贷款金额(元)': '贷款金额', '备案金额(元)': '备案金额(元)' };
    const above = ['填报单位：宁夏天元公司', '报表,单位：人民币万元，填报日期：2026-04-10'];
    const { rows, warnings } = await convert(filing(renamed, { '贷款金额(元)': '314' }, above), 'loanFilings');
    expect(formatYuan(rows[0]!.complete!.principal)).toBe('3,140,000.00');
    expect(formatYuan(rows[0]!.complete!.countedPrincipal)).toBe('3,140,000.00');
    expect(warnings).toMatchObject([
      { code: 'UNIT_FROM_PREAMBLE', row: 2, message: '未写单位的金额按第2行的“单位：万元”读取' },
    ]);
  });

  test.each(['贷款金额(美元)', '贷款金额(万美元)', '贷款金额(港币)', '贷款金额(USD)'])(
    '%s is refused',
    async (heading) => {
      const error = await refusal(convert(filing({ '贷款金额(元)': heading }), 'loanFilings'));
      expect([error.code, error.errors[0]!.field]).toEqual(['HEADING_UNIT', 'principal']);
    },
  );

  test('a rate in ‰ is refused', async () => {
    expect((await refusal(convert(filing({ '年利率(%)': '年利率（‰）' }), 'loanFilings'))).code).toBe('HEADING_UNIT');
  });

  test('amounts of enterprises must say their unit', async () => {
    const text = '统一社会信用代码,企业名称,登记所在地,资产总额\n91640221MA9006026Y,甲,平罗县,13360\n';
    const error = await refusal(convert(utf8(text), 'enterprises'));
    expect(error.message).toBe('第1行的表头有误：“资产总额”没有写明单位，请写成“资产总额(万元)”或“资产总额(元)”');
    const said = await convert(utf8(`单位：万元\n${text}`), 'enterprises');
    expect(formatYuan(said.rows[0]!.complete!.totalAssets!)).toBe('133,600,000.00');
  });
});

describe('rows that are no data', () => {
  const HEAD = '序号,数据月份,借据号,贷款余额(元),本月归还本金(元),本月实付利息(元),五级分类,逾期天数';
  const row = (seq: number, amount: string) => `${seq},2026-03,JJ${seq},${amount},0,0,正常,0`;
  const read = (...lines: string[]) => convert(utf8([HEAD, ...lines].join('\n')), 'balanceReports');

  test('totals are recognised wherever they stand and agree with all rows, those above, or their part', async () => {
    const { rows, warnings, mapped } = await read(
      '合 计,,,100',
      row(1, '10'),
      row(2, '20'),
      ',,小计：,30',
      row(3, '30'),
      ',本页小计,,30',
      row(4, '40'),
      '总计(4笔),,,100',
      '合计,4笔,,100,0',
    );
    expect(rows.map((r) => [r.row, r.seq])).toEqual([
      [3, '1'],
      [4, '2'],
      [6, '3'],
      [8, '4'],
    ]);
    expect(mapped.totals.map((total) => total.line)).toEqual([2, 5, 7, 9, 10]);
    expect(warnings).toEqual([]);
  });

  test('a total that fits none of them is a doubt in words', async () => {
    const { warnings } = await read(row(1, '10'), row(2, '1.234'), '合计,,,35,壹');
    expect(warnings.map((w) => w.message)).toEqual([
      '第4行合计的贷款余额为35.00元，与各行之和10.00元相差25.00元（另有1行金额无法识别，未计入）',
      '第4行合计的本月归还本金“壹”不是金额，应为以元为单位的数字，未作核对',
    ]);
  });

  test('empty rows, repeated headings, remarks and the example are skipped; what had words is named', async () => {
    const { rows, warnings } = await read(
      row(1, '10'),
      ',,,',
      HEAD,
      '示例,2026-03,JJ0,1,0,0,正常,0',
      '某银行月报（续）',
      row(2, '20'),
      '9,,,,,,,',
      '制表人：张三,,复核：李四',
    );
    expect(rows.map((r) => r.row)).toEqual([2, 7]);
    expect(warnings.map((w) => [w.code, w.row])).toEqual([
      ['ROW_SKIPPED', 5],
      ['ROW_SKIPPED', 6],
      ['ROW_SKIPPED', 8],
      ['ROW_SKIPPED', 9],
    ]);
    expect(warnings.map((w) => w.message)).toEqual([
      '第5行是示例，已跳过',
      '第6行只有“某银行月报（续）”一格内容，已跳过',
      '第8行只有“9”一格内容，已跳过',
      '第9行“制表人：张三”是说明文字，已跳过',
    ]);
  });

  test('a row without its due bill number is a faulty row, not a remark', async () => {
    const { rows } = await read('1,2026-03,,10,0,0,正常,0');
    expect(rows[0]!.complete).toBeUndefined();
    expect(rows[0]!.faults).toMatchObject([
      { code: 'REQUIRED', field: 'dueBillNo', message: '借据号未填写', row: 2, seq: '1' },
    ]);
  });

  test('an enterprise whose name ends like a total is data', async () => {
    const text = '统一社会信用代码,企业名称,登记所在地\n91640221MA9006026Y,宁夏总计科技有限公司,平罗县\n';
    expect((await convert(utf8(text), 'enterprises' satisfies ImportKind)).rows).toHaveLength(1);
  });
});

test('reading 20,000 filings takes a fraction of a second', async () => {
  const head = Object.keys(LOAN).join('\t');
  const line = Object.values(LOAN).join('\t');
  const bytes = utf8(`${head}\n${Array.from({ length: 20_000 }, (_, i) => line.replace('JJ1', `JJ${i}`)).join('\n')}`);
  const start = performance.now();
  const { rows } = await convert(bytes, 'loanFilings');
  expect(rows).toHaveLength(20_000);
  // Measured 0.2 s; the bound only catches what is not linear any more.
  expect(performance.now() - start).toBeLessThan(5_000);
});
