import { beforeAll, describe, expect, test } from 'vitest';
import { ledgerTotals } from '../../src/documents/totals.ts';
import { yuan, yuanInWords } from '../../src/documents/wording.ts';
import { sampleLedger } from '../../templates/monthly-ledger/sample.ts';
import { render } from '../../templates/render.ts';
import { outside, overlaps, type ReadPdf, type Run, readPdf } from './read-pdf.ts';

describe('monthly ledger of 2,000 loans', () => {
  const view = sampleLedger(2000);
  const total = ledgerTotals(view.rows);
  let pdf: ReadPdf;
  beforeAll(async () => {
    pdf = await readPdf(await render('monthlyLedger', view));
  });

  test('repeats the headings on each page that holds loans, and numbers every page', () => {
    const withLoans = pdf.pages.filter((page) => /SZSJJ/.test(page.text));
    for (const page of withLoans) {
      expect(page.text).toContain('序号借据号借款企业贷款金额备案金额年利率（%）放款日到期日贷款余额备案余额');
      expect(page.text).toContain('准备金占用额五级分类逾期天数');
    }
    for (const [i, page] of pdf.pages.entries()) expect(page.text).toContain(`第${i + 1}页共${pdf.pages.length}页`);
  });

  test('prints every loan once, in order', () => {
    const printed = pdf.pages.flatMap((page) => page.runs.filter((run) => /^SZSJJ\d+$/.test(run.text)));
    expect(printed.map((run) => run.text)).toEqual(view.rows.map((row) => row.dueBillNo));
  });

  test('closes with totals of what is printed, in figures and words, and with sums by classification', () => {
    const { principal, countedPrincipal, outstandingPrincipal, countedOutstanding, reserve } = total;
    const figures = [principal, countedPrincipal, outstandingPrincipal, countedOutstanding, reserve].map(yuan);
    expect(pdf.text).toContain(`合计2000笔${figures.join('')}`);
    expect(pdf.text).toContain(yuanInWords(outstandingPrincipal));
    expect(pdf.text).toMatch(/正常1980[\d,.]+次级20[\d,.]+合计2000/);
  });

  test('sets amounts flush right in columns that never touch', () => {
    for (const page of pdf.pages) {
      expect(overlaps(page)).toEqual([]);
      expect(outside(page)).toEqual([]);
    }
    const amounts = pdf.pages[1]!.runs.filter((run) => /^[\d,]+\.\d\d$/.test(run.text) && run.text.length > 6);
    const rightEdges = new Set(amounts.map((run) => Math.round((run.x + run.width) * 2) / 2));
    expect(rightEdges.size).toBe(5);
    for (const row of byBaseline(amounts)) {
      for (const [i, run] of row.slice(1).entries()) expect(run.x - (row[i]!.x + row[i]!.width)).toBeGreaterThan(3);
    }
  });
});

describe('monthly ledger', () => {
  test('has a column for the bank when the loans are of several', async () => {
    const { bankName: _, ...view } = sampleLedger(3);
    view.rows[0]!.bank = '宁夏银行股份有限公司';
    const { text } = await readPdf(await render('monthlyLedger', view));
    expect(text).toContain('借款企业合作银行贷款金额');
    expect(text).toContain('宁夏银行股份有限公司');
  });

  test('of a pool without loans is one page that says so in its totals', async () => {
    const { text, pages } = await readPdf(await render('monthlyLedger', sampleLedger(0)));
    expect(pages).toHaveLength(1);
    expect(text).toContain('合计0笔0.00');
  });

  test('makes its type smaller for the largest amounts instead of letting them meet', async () => {
    const { bankName: _, ...view } = sampleLedger(30);
    for (const row of view.rows) {
      row.enterprise = row.enterprise.repeat(4);
      row.principal = row.countedPrincipal = row.outstandingPrincipal = '99999999999999.99';
      row.countedOutstanding = row.reserve = '99999999999999.99';
    }
    const pdf = await readPdf(await render('monthlyLedger', view));
    expect(pdf.text.match(/99,999,999,999,999\.99/g)!.length).toBeGreaterThanOrEqual(150);
    for (const page of pdf.pages) {
      expect(overlaps(page)).toEqual([]);
      expect(outside(page)).toEqual([]);
    }
  });

  test('lets other work run while it is drawn', async () => {
    let turns = 0;
    let drawing = true;
    const count = () => {
      turns++;
      if (drawing) setImmediate(count);
    };
    setImmediate(count);
    const bytes = await render('monthlyLedger', sampleLedger(400));
    drawing = false;
    const { pages } = await readPdf(bytes);
    expect(turns).toBeGreaterThanOrEqual(pages.length - 2);
  });
});

function byBaseline(runs: Run[]): Run[][] {
  const rows = new Map<number, Run[]>();
  for (const run of runs) rows.set(Math.round(run.y), [...(rows.get(Math.round(run.y)) ?? []), run]);
  return [...rows.values()].map((row) => row.toSorted((a, b) => a.x - b.x));
}
