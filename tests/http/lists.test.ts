import ExcelJS from '@protobi/exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demonstration, startDemonstration } from '../support/demo.ts';

let t: Demonstration;
let auditor: string;
beforeAll(async () => {
  t = await startDemonstration('2026-05-20');
  auditor = t.key('auditor');
  const citation = { document: '《某某办法》', article: '第八条', confirmed: true, mark: 'F' };
  for (const effectiveFrom of ['2026-07-01', '2026-08-01', '2026-09-01']) {
    const proposal = { clauseId: 'ningkedai-2025.leverage', effectiveFrom, value: '8', citation };
    expect((await t.post('policy-versions', proposal, t.key('regionalReviewer'))).status).toBe(201);
  }
}, 60_000);
afterAll(() => t.stop());

type Item = Record<string, unknown>;
const list = async (path: string, key = auditor) => {
  const { status, body } = await t.get(path, key);
  expect([path, status, body.errors]).toEqual([path, 200, undefined]);
  return body as { items: Item[]; total: number; nextCursor: string | null };
};
const joined = (path: string, query: string) => `${path}${path.includes('?') ? '&' : '?'}${query}`;

/** All rows of a list, a page after the other. */
async function walk(path: string, limit: number, key = auditor): Promise<Item[]> {
  const rows: Item[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await list(joined(path, `limit=${limit}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`), key);
    rows.push(...page.items);
    expect(page.total).toBeGreaterThanOrEqual(rows.length);
    cursor = page.nextCursor;
  }
  return rows;
}

/** What each list may be put in order by, as its own documentation tells. */
async function sortsOf(path: string): Promise<string[]> {
  const { body } = await t.get('/api/v1/openapi.json');
  const parameters = body.paths[`/api/v1/${path.replace('/pingluo/', '/{id}/')}`].get.parameters as {
    name: string;
    description: string;
  }[];
  const { description } = parameters.find(({ name }) => name === 'sort')!;
  return description.split('可用：')[1]!.split('、');
}

const LISTS = [
  ...['loan-filings', 'loans', 'enterprises', 'institutions', 'imports', 'documents', 'settlements'],
  ...['balance-reports', 'audit', 'policy-versions', 'pools/pingluo/contributions'],
];

describe('a list in order', () => {
  it.each(LISTS)(
    '%s come by each of their fields, both ways, complete whatever the size of the pages',
    async (path) => {
      const idOf = (row: Item) => row.id ?? row.uscc ?? row.code;
      const whole = (await walk(path, 500)).map(idOf);
      expect(whole.length).toBeGreaterThan(1);
      for (const field of await sortsOf(path)) {
        for (const sort of [field, `-${field}`]) {
          const [small, large] = [await walk(`${path}?sort=${sort}`, 7), await walk(`${path}?sort=${sort}`, 500)];
          expect([sort, small.map(idOf)]).toEqual([sort, large.map(idOf)]);
          expect([sort, small.map(idOf).sort()]).toEqual([sort, [...whole].sort()]);
        }
      }
    },
  );

  it('the ledger’s entries come by number or by day, both ways', async () => {
    const place = (e: Item) => `${e.poolCode}:${e.seq}`;
    for (const sort of ['seq', '-seq', 'occurredOn', '-occurredOn']) {
      const [small, large] = [
        await walk(`ledger/entries?sort=${sort}`, 13),
        await walk(`ledger/entries?sort=${sort}`, 500),
      ];
      expect(small.map(place)).toEqual(large.map(place));
    }
    const days = (await walk('ledger/entries?sort=-occurredOn', 13)).map((e) => `${e.occurredOn}`);
    expect(days).toEqual([...days].sort().reverse());
  });

  it('names follow their pinyin, amounts their value, and what is not known yet comes last', async () => {
    const names = (await walk('enterprises?sort=name', 20)).map((e) => `${e.name}`);
    expect(names).toEqual([...names].sort(new Intl.Collator('zh-Hans-CN').compare));
    const amounts = (await walk('loan-filings?sort=-principal,enterpriseName', 3)).map((f) => Number(f.principal));
    expect(amounts).toEqual([...amounts].sort((a, b) => b - a));
    for (const sort of ['decidedOn', '-decidedOn']) {
      const undecided = (await walk(`loan-filings?sort=${sort}`, 4)).map((f) => f.decidedOn === null);
      expect(undecided).toEqual([...undecided].sort());
    }
  });

  it('a page begins where the last one ended, though rows came in between', async () => {
    const sort = 'audit?sort=-subject&action=institution.create&limit=2';
    const first = await list(sort);
    const operator = t.key('operator');
    await t.post('institutions', { code: 'zz-bank', name: '后来的银行', kind: 'partnerBank' }, operator);
    const second = await list(`${sort}&cursor=${first.nextCursor}`);
    const seen = [...first.items, ...second.items].map((a) => a.id);
    expect(new Set(seen).size).toBe(4);
    expect(second.items.some((a) => a.subject === 'institution:zz-bank')).toBe(false);
  });

  it('refuses, in Chinese, a field it does not know and a cursor that is not of this order', async () => {
    const unknown = (await t.get('loans?sort=-secret', auditor)).body;
    expect(unknown.detail).toContain('不能按「secret」排序，可用：id、poolCode');
    for (const sort of ['', 'id,id', 'id,-id', 'id,status,poolCode,bankCode', 'id;drop', '--id'])
      expect([sort, (await t.get(`loans?sort=${sort}`, auditor)).status]).toEqual([sort, 422]);
    const { nextCursor } = await list('loans?sort=maturesOn&limit=1');
    const text = (values: unknown) => btoa(JSON.stringify(values));
    for (const cursor of ['x', '', nextCursor, text(['2026-02-31', '1']), text([null, '1']), text([1, 2]), text({})])
      expect([
        cursor,
        (await t.get(`loans?sort=maturesOn,status&limit=1&cursor=${cursor}`, auditor)).body.code,
      ]).toEqual([cursor, 'CURSOR_INVALID']);
    for (const place of [
      ['2026-02-31', '1'],
      [null, '1'],
      ['2026-01-01', 'x'],
      ['2026-01-01', '1', '1'],
    ])
      expect((await t.get(`loans?sort=maturesOn&cursor=${text(place)}`, auditor)).body.code).toBe('CURSOR_INVALID');
  });
});

describe('a list searched', () => {
  it('finds versions by the title of their clause, and contributions by who paid in', async () => {
    expect((await list('policy-versions?q=放大倍数')).total).toBe(3);
    expect((await list('policy-versions?q=单户')).total).toBe(0);
    const { items } = await list('pools/pingluo/contributions?q=科学技术');
    expect(items.length).toBeGreaterThan(0);
    expect(await list('pools/pingluo/contributions?q=不存在')).toMatchObject({ total: 0, match: { advance: '0.00' } });
  });

  it('finds by the numbers and names that people type, whatever their width and case', async () => {
    const [loan] = (await list('loans?limit=1')).items as [Record<string, string>];
    for (const [path, text] of [
      ['loans', loan.dueBillNo!.slice(2)],
      ['loans', loan.contractNo!],
      ['loans', loan.enterpriseName!.slice(2, 6)],
      ['loan-filings', loan.dueBillNo!.toLowerCase()],
      ['loan-filings', loan.enterpriseUscc!.slice(0, 12).toLowerCase()],
      ['enterprises', loan.enterpriseName!.replace(/[（）]/g, (c) => (c === '（' ? '(' : ')'))],
      ['documents', loan.dueBillNo!],
      ['documents', loan.enterpriseName!],
    ] as const) {
      const { items } = await list(`${path}?q=${encodeURIComponent(text)}`);
      const own = items.some((i) => [i.uscc, i.enterpriseUscc].includes(loan.enterpriseUscc));
      expect([path, text, own]).toEqual([path, text, true]);
    }
    const contributions = await list('ledger/entries?q=出资');
    expect(contributions.total).toBeGreaterThan(0);
    expect(contributions.items.every((e) => `${e.memo}`.includes('出资'))).toBe(true);
    expect((await list('institutions?q=银行')).items.every((i) => `${i.name}`.includes('银行'))).toBe(true);
  });

  it.each([...LISTS, 'ledger/entries'])('in %s, signs of a pattern stand for themselves', async (path) => {
    for (const q of ['%', '_', '\\', `'`, '100%_']) {
      const { status, body } = await t.get(`${path}?q=${encodeURIComponent(q)}`, auditor);
      const here = (body.items as Item[]).every((i) => JSON.stringify(i).includes(q === '\\' ? '\\\\' : q));
      expect([path, q, status, path === 'audit' || path === 'imports' || here]).toEqual([path, q, 200, true]);
    }
  });

  it('is cut to days and states, and counts what is left', async () => {
    const all = await walk('loan-filings', 500);
    const cut = await list('loan-filings?from=2026-02-01&to=2026-03-31&status=consented&limit=500');
    const expected = all.filter(
      (f) => `${f.filedOn}` >= '2026-02-01' && `${f.filedOn}` <= '2026-03-31' && f.status === 'consented',
    );
    expect(cut.total).toBe(expected.length);
    expect(cut.items.map((f) => f.id)).toEqual(expected.map((f) => f.id));
    const due = await list('loans?maturesFrom=2026-12-01&maturesTo=2027-03-31&sort=maturesOn');
    expect(due.items.every((l) => `${l.maturesOn}` >= '2026-12-01' && `${l.maturesOn}` <= '2027-03-31')).toBe(true);
  });

  it('papers are found by the month they are about, and a bank sees its own statements with their documents', async () => {
    const bank = t.key('bank', 'shizuishan-bank');
    const april = await list('documents?period=2026-04&kind=settlementStatement', bank);
    expect(april.items.length).toBeGreaterThan(0);
    for (const { subject, period, poolCode } of april.items)
      expect([subject, period]).toEqual([`settlement:${poolCode}:2026-04:bank:shizuishan-bank`, '2026-04']);
    const { items, total } = await list('settlements?from=2026-03&to=2026-04', bank);
    expect(total).toBe(items.length);
    for (const { statements } of items as { statements: Item[] }[]) {
      expect(statements.filter((s) => s.partyCode !== 'shizuishan-bank')).toEqual([]);
      for (const { documentId } of statements) expect((await t.get(`documents/${documentId}`, bank)).status).toBe(200);
    }
    expect(items.flatMap((s) => s.statements).length).toBeGreaterThan(0);
    const county = await list('settlements', t.key('countyReviewer', 'pingluo-st'));
    expect(county.items.every((s) => s.poolCode === 'pingluo')).toBe(true);
    expect(county.total).toBe(county.items.length);
  });
});

/** A downloaded list as Excel shows it. */
async function book(path: string, key = auditor) {
  const { status, body, headers } = await t.get(path, key);
  expect([path, status]).toEqual([path, 200]);
  expect(headers.get('content-type')).toContain('spreadsheetml');
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(body as never);
  const sheet = workbook.worksheets[0]!;
  const titles = (sheet.getRow(1).values as string[]).slice(1);
  return { sheet, titles, column: (title: string) => titles.indexOf(title) + 1, rows: sheet.rowCount - 1 };
}

describe('a list as a file', () => {
  it('has all rows in the order asked for, Chinese headings, amounts and days that Excel computes with', async () => {
    const loans = await walk('loans?sort=-principal', 500);
    const { sheet, titles, column, rows } = await book('loans?sort=-principal&format=xlsx&limit=1');
    expect(rows).toBe(loans.length);
    expect(titles.every((title) => /\p{Script=Han}/u.test(title))).toBe(true);
    loans.forEach((loan, i) => {
      const row = sheet.getRow(i + 2);
      expect(row.getCell(column('借据号')).value).toBe(loan.dueBillNo);
      expect(row.getCell(column('贷款金额(元)')).value).toBe(Number(loan.principal));
      expect((row.getCell(column('到期日期')).value as Date).toISOString().slice(0, 10)).toBe(loan.maturesOn);
      expect(row.getCell(column('五级分类')).value).toMatch(/^(正常|关注|次级|可疑|损失)$/);
      expect(row.getCell(column('年利率（%）')).value).toBe(Number(loan.annualRate));
    });
    expect(sheet.getRow(2).getCell(column('贷款金额(元)')).numFmt).toBe('#,##0.00');
    expect(sheet.getRow(2).getCell(column('到期日期')).numFmt).toBe('yyyy-mm-dd');
  });

  it('has the columns asked for, in that order, and names those there are when one is unknown', async () => {
    const { titles } = await book('loan-filings?format=xlsx&columns=status,dueBillNo,enterpriseName');
    expect(titles).toEqual(['状态', '借据号', '企业名称']);
    const { status, body } = await t.get('loan-filings?format=xlsx&columns=status,secret', auditor);
    expect([status, body.code]).toEqual([422, 'COLUMN_UNKNOWN']);
    expect(body.detail).toContain('没有列「secret」，可用：id、poolCode');
  });

  it.each([...LISTS, 'ledger/entries', 'ledger/accounts', 'ledger/trial-balance'])(
    '%s can be had as XLSX and as CSV with the same cells',
    async (path) => {
      const { titles, rows } = await book(`${path}?format=xlsx`);
      const csv = await t.get(`${path}?format=csv`, auditor);
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(csv.body);
      expect(text.startsWith(`\ufeff${titles.join(',')}\r\n`)).toBe(true);
      expect(rows).toBeGreaterThan(0);
      expect(titles.every((title) => /\p{Script=Han}/u.test(title))).toBe(true);
    },
  );

  it.each(['entries', 'accounts', 'trial-balance'])(
    'ledger/%s calls pools, contributors and banks by their names',
    async (list) => {
      const { sheet, column } = await book(`ledger/${list}?format=xlsx`);
      expect(sheet.getRow(2).getCell(column('账套')).value).toBe('平罗县宁科贷风险补偿资金池');
      const keys = Array.from({ length: sheet.rowCount }, (_, i) => sheet.getRow(i + 1).getCell(column('明细')).value);
      expect(keys).toContain('宁夏回族自治区科学技术厅');
      expect(keys).not.toContain('ningxia-st');
    },
  );

  it('holds the actor’s own rows and nothing else, whatever is asked', async () => {
    for (const code of ['shizuishan-bank', 'ningxia-bank']) {
      const bank = t.key('bank', code);
      for (const path of ['loans', 'loan-filings']) {
        const own = await walk(path, 500, bank);
        const { sheet, column, rows } = await book(`${path}?format=xlsx`, bank);
        expect(rows).toBe(own.length);
        for (let i = 2; i <= rows + 1; i++) expect(sheet.getRow(i).getCell(column('银行的机构代码')).value).toBe(code);
        const other = code === 'ningxia-bank' ? 'shizuishan-bank' : 'ningxia-bank';
        expect((await book(`${path}?format=xlsx&bankCode=${other}`, bank)).rows).toBe(0);
      }
      expect((await t.get('audit?format=xlsx', bank)).status).toBe(403);
    }
    const enterprise = await book('loans?format=xlsx', t.key('enterprise'));
    const [{ enterpriseUscc }] = (await list('loans', t.key('enterprise'))).items as [Item];
    for (let i = 2; i <= enterprise.rows + 1; i++)
      expect(enterprise.sheet.getRow(i).getCell(enterprise.column('企业的统一社会信用代码')).value).toBe(
        enterpriseUscc,
      );
  });

  it('stands in the audit log with what was asked and how many rows left', async () => {
    const { rows } = await book('loans?format=xlsx&status=active', t.key('finance'));
    const { items } = await list('audit?action=list.export&limit=1');
    expect(items[0]).toMatchObject({
      ...{ role: 'finance', subject: '/api/v1/loans' },
      after: { query: { format: 'xlsx', status: 'active' }, rows },
    });
  });

  it('is refused beyond 100,000 rows, with the way out, and taken when the filter is narrower', async () => {
    await t.pool.query(
      `INSERT INTO audit_log ("on", actor, role, action, subject) SELECT '2026-05-19', 'many', 'operator', 'many', 'x' || i FROM generate_series(1, 100001) i`,
    );
    const { status, body } = await t.get('audit?format=xlsx&action=many', auditor);
    expect([status, body.code]).toEqual([422, 'EXPORT_TOO_LARGE']);
    expect(body.detail).toBe('共 100001 行，超过一个文件的 100000 行，请缩小范围后再导出');
    const csv = await t.get('audit?format=csv&action=many&q=x1234&columns=subject', auditor);
    expect(new TextDecoder().decode(csv.body).split('\r\n')).toHaveLength(1 + 11 + 1);
    expect(t.log.errors).toEqual([]);
  }, 60_000);
});
