import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCHEMES } from '../../src/policy/register.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';

let t: Demonstration;
let region: string;
beforeAll(async () => {
  t = await startDemonstration();
  t.on('2026-09-18');
  region = t.key('regionalReviewer');
}, 120_000);
afterAll(() => t.stop());

const DEMO = new URL('../../prisma/demo/', import.meta.url);
const premiums = readFileSync(new URL('premiums-2026.csv', DEMO), 'utf8');
const send = (text: string, kind = 'premiums', mode = 'all', more: Record<string, string> = {}) => {
  const body = new FormData();
  body.set('file', new File([text], 'file.csv'));
  body.set('scheme', 'ningxia-tech-finance-subsidy');
  body.set('kind', kind);
  body.set('mode', mode);
  for (const [name, value] of Object.entries(more)) body.set(name, value);
  return t.call('POST', 'subsidy-applications/import', { key: region, body });
};
const kept = async () => (await t.get('subsidy-applications', region)).body.total as number;

describe('paper applications from a file', () => {
  it('are taken all or none: each fault with its row, its field and its value', async () => {
    const lines = premiums.trimEnd().split(/\r?\n/);
    const broken = [...lines];
    broken[3] = broken[3]!.replace(/,"[\d,.]+",/, ',12.345,');
    broken[5] = broken[5]!.replace(/2026-\d\d-\d\d/, '2026-02-31');
    const { status, body } = await send(broken.join('\n'));
    expect([status, body.code]).toEqual([422, 'IMPORT_REFUSED']);
    expect(body.errors.map(({ row, field }: { row: number; field: string }) => [row, field])).toEqual([
      [4, 'paid'],
      [6, 'startsOn'],
    ]);
    expect(await kept()).toBe(0);
  });

  it('are taken where the rows are good, when asked so: an enterprise whole or not at all, each refused row told', async () => {
    const [head, ...lines] = premiums.trimEnd().split(/\r?\n/) as [string, ...string[]];
    const of = (row: string) => row.split(',')[0];
    const first = lines.filter((line) => of(line) === of(lines[0]!));
    const others = lines.filter((line) => of(line) !== of(lines[0]!)).slice(0, 6);
    const broken = [first[0]!.replace(/2026-\d\d-\d\d/, '2026-02-31'), ...first.slice(1)];
    const { status, body } = await send([head, ...broken, ...others].join('\n'), 'premiums', 'good');
    const rows = first.length + others.length;
    expect([status, body.rowsRead, body.rowsRefused, body.rowsAccepted]).toEqual([
      200,
      rows,
      first.length,
      others.length,
    ]);
    expect(body.created).toBe(new Set(others.map(of)).size);
    expect(body.errors[0]).toMatchObject({ row: 2, field: 'startsOn', value: '2026-02-31' });
    for (const error of body.errors.slice(1)) {
      expect(error).toMatchObject({ code: 'APPLICATION_INCOMPLETE', field: 'uscc', value: of(lines[0]!) });
    }
    const again = await send([head, ...others].join('\n'));
    expect(again.body).toMatchObject({ created: 0, rowsRefused: 0, errors: [] });
    for (const { id } of body.applications) {
      await t.post(`subsidy-applications/${id}/refuse`, { reason: '测试' }, region);
    }
  });

  it('leave out whoever has a row under a wrong code: the row is theirs by the name it says', async () => {
    const [head, ...lines] = premiums.trimEnd().split(/\r?\n/) as [string, ...string[]];
    const own = lines.filter((line) => line.split(',')[0] === lines[0]!.split(',')[0]);
    expect(own.length).toBeGreaterThan(1);
    const typo = own.with(0, own[0]!.replace('916401212972756293', '916401212972756294'));
    const { body } = await send([head, ...typo].join('\n'), 'premiums', 'good');
    expect(body).toMatchObject({ rowsRead: own.length, rowsAccepted: 0, created: 0, applications: [] });
    expect(body.errors[0]).toMatchObject({ row: 2, field: 'uscc', value: '916401212972756294' });
  });

  it('leave out everybody who has a row under one code that nobody is registered with', async () => {
    const [head, ...lines] = premiums.trimEnd().split(/\r?\n/) as [string, ...string[]];
    const several = [...Map.groupBy(lines, (line) => line.split(',')[0]).values()].filter(({ length }) => length > 1);
    const astray = several.slice(0, 2).flatMap((own) => own.with(0, own[0]!.replace(/^\w+/, '91350100M000100Y43')));
    const { body } = await send([head, ...astray].join('\n'), 'premiums', 'good');
    expect(body).toMatchObject({ rowsRead: astray.length, rowsAccepted: 0, created: 0, applications: [] });
    expect(body.errors[0]).toMatchObject({ code: 'ENTERPRISE_UNKNOWN', row: 2, value: '91350100M000100Y43' });
  });

  it('tell which columns were not read, and take them for what the sender says they are', async () => {
    const [head, , , line] = premiums.split(/\r?\n/) as [string, string, string, string];
    const named = `${head.replace('保单号', '保单流水')},经办人`;
    const text = [named, `${line},张三`].join('\n');
    expect((await send(text)).body).toMatchObject({
      code: 'HEADINGS_MISSING',
      detail: expect.stringContaining('保单号'),
    });
    const { status, body } = await send(text, 'premiums', 'all', { mapping: JSON.stringify({ 保单流水: 'policyNo' }) });
    expect([status, body.created]).toEqual([200, 1]);
    expect(body.warnings).toMatchObject([{ code: 'UNKNOWN_HEADING', message: expect.stringContaining('经办人') }]);
    const again = await send([head, line].join('\n'));
    expect([body, again.body].map(({ applications }) => [applications[0].id, applications[0].isNew])).toEqual([
      [body.applications[0].id, true],
      [body.applications[0].id, false],
    ]);
    await t.post(`subsidy-applications/${body.applications[0].id}/refuse`, { reason: '测试' }, region);
  });

  it('come only in the kinds of file that the scheme has costs for', async () => {
    const { body } = await send(premiums, 'premiums', 'all', { scheme: 'yinchuan-2022' });
    expect(body).toMatchObject({ code: 'SUBSIDY_KIND_UNKNOWN', detail: expect.stringContaining('保费') });
  });

  it('have a template to fill in, whose example is nobody’s application', async () => {
    const { status, body } = await t.get('subsidy-applications/import-templates/premiums?format=csv', region);
    const text = new TextDecoder().decode(body);
    expect([status, text]).toEqual([200, expect.stringContaining('实付保费')]);
    const sent = await send(text);
    expect(sent.body.applications ?? []).toEqual([]);
  });

  it('name enterprises that are registered, by the name they are registered under', async () => {
    const [head, first] = premiums.split(/\r?\n/) as [string, string];
    const renamed = await send([head, first.replace('银川源禾精密机械有限公司', '别的公司')].join('\n'));
    expect(renamed.body.errors).toMatchObject([{ code: 'NAME_DIFFERS', row: 2, value: '别的公司' }]);
    const unknown = await send([head, first.replace('916401212972756293', '91350100M000100Y43')].join('\n'));
    expect(unknown.body.errors).toMatchObject([{ code: 'ENTERPRISE_UNKNOWN', row: 2 }]);
  });

  it('use a policy once within a file too, and across files', async () => {
    const [head, first, , third] = premiums.split(/\r?\n/) as [string, string, string, string];
    const policy = /PZ\d+/.exec(first)![0];
    const insurer = '平安财险宁夏分公司';
    const other = third.replace(/PZ\d+/, policy).replace('人保财险宁夏分公司', insurer);
    const { body } = await send([head, first, other].join('\n'));
    expect(body.errors).toMatchObject([{ code: 'USED_BEFORE', field: 'policy', value: policy }]);
    expect((await send([head, first].join('\n'))).body).toMatchObject({ rowsRead: 1, created: 1 });
    const again = await send([head, other].join('\n'));
    expect(again.body.errors).toMatchObject([
      { code: 'USED_BEFORE', value: policy, cites: [{ document: expect.stringMatching(/《.+》/) }] },
    ]);
    expect((await send([head, first].join('\n'))).body).toMatchObject({ rowsRead: 1, created: 0 });
  });

  it('use it once in the lines of one enterprise too', async () => {
    const [head, , line] = premiums.split(/\r?\n/) as [string, string, string];
    const policy = /PZ\d+/.exec(line)![0];
    const { body } = await send([head, line, line.replace(/\d{20}/, '26640000000000009999')].join('\n'));
    expect(body.errors).toMatchObject([
      { code: 'USED_TWICE', field: 'policy', value: policy, row: 3, message: expect.stringContaining('第 2 行') },
    ]);
  });

  it('of interest name its kind, and each voucher that was paid later than they came', async () => {
    t.on('2026-11-20');
    const vouchers = readFileSync(new URL('interest-vouchers-2026.csv', DEMO), 'utf8');
    const { body } = await send(vouchers.replace('罚息', '滞纳金'), 'interestVouchers');
    expect(body.errors).toMatchObject([{ code: 'INTEREST_KIND', field: 'interestKind', value: '滞纳金' }]);
    t.on('2026-10-08');
    const early = await send(vouchers, 'interestVouchers');
    const line = (row: number) => vouchers.split(/\r?\n/)[row - 1]!;
    expect(early.body.errors.length).toBeGreaterThan(1);
    for (const { code, row, value } of early.body.errors) {
      expect([code, line(row), value > '2026-10-08']).toEqual(['PAID_LATER', expect.stringContaining(value), true]);
    }
    t.on('2026-09-18');
  });

  it('of interest keep two banks’ loans apart, though their numbers are the same', async () => {
    t.on('2026-11-20');
    const text = readFileSync(new URL('interest-vouchers-2026.csv', DEMO), 'utf8');
    const [head, first, second] = text.split(/\r?\n/) as [string, string, string];
    const other = second.replace('宁夏银行股份有限公司', '中国银行股份有限公司');
    const { status, body } = await send([head, first, other].join('\n'), 'interestVouchers');
    expect([status, body.created]).toEqual([200, 1]);
    const [{ id }] = body.applications;
    const { request } = (await t.get(`subsidy-applications/${id}`, region)).body;
    expect(request.lines).toMatchObject([
      { counterparty: '宁夏银行股份有限公司', vouchers: [{ amount: '5256.00' }] },
      { counterparty: '中国银行股份有限公司', vouchers: [{ amount: '6789.00' }] },
    ]);
    await t.post(`subsidy-applications/${id}/refuse`, { reason: '测试' }, region);
    t.on('2026-09-18');
  });

  it('are the region’s to bring, not the county’s or an enterprise’s', async () => {
    const body = new FormData();
    body.set('file', new File([premiums], 'file.csv'));
    body.set('scheme', 'ningxia-tech-finance-subsidy');
    body.set('kind', 'premiums');
    for (const role of ['countyReviewer', 'enterprise', 'auditor', 'finance'] as const) {
      const { status } = await t.call('POST', 'subsidy-applications/import', { key: t.key(role), body });
      expect([role, status]).toEqual([role, 403]);
    }
  });
});

describe('schemes among the policies', () => {
  it('are told with their kinds of cost and whether one may apply today, though nobody has applied', async () => {
    const { body } = await t.get('subsidy-schemes', t.key('finance'));
    const by = new Map(body.items.map((one: { code: string }) => [one.code, one]));
    expect([body.total, by.size]).toEqual([SCHEMES.length, SCHEMES.length]);
    expect(by.get('fujian-2024')).toMatchObject({ kinds: ['premium'], inForce: true });
    t.on('2024-07-01');
    const earlier = (await t.get('subsidy-schemes', t.key('finance'))).body.items;
    expect(earlier.find(({ code }: { code: string }) => code === 'fujian-2024').inForce).toBe(false);
    expect(earlier.find(({ code }: { code: string }) => code === 'hefei-2023').inForce).toBe(true);
    t.on('2026-09-18');
  });

  it('are listed with their clauses on a day, and a clause of theirs is previewed without touching pools', async () => {
    const { body } = await t.get('policies?policyCode=ningxia-tech-finance-subsidy&asOf=2022-09-22', region);
    const gate = body.items.find(({ id }: { id: string }) => id === 'ningxia-tech-finance-subsidy.gate');
    expect(gate).toMatchObject({ provisional: false, citation: { document: expect.stringContaining('2021') } });
    const of2020 = await t.get('policies?policyCode=ningxia-tech-finance-subsidy&asOf=2020-09-01', region);
    const premium = of2020.body.items.find(({ id }: { id: string }) => id.endsWith('.premiumAmount'));
    expect(premium.outsideDates).toContain('2020-09-01');
    const preview = await t.post(
      'policy-versions/preview',
      {
        ...{ clauseId: 'ningxia-tech-finance-subsidy.publicity', effectiveFrom: '2026-12-01' },
        value: { workingDays: 7 },
      },
      region,
    );
    expect(preview.body).toMatchObject({ pools: [], enterprises: null, after: expect.stringContaining('7 个工作日') });
  });
});
