import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { subsidyPapers } from '../../jobs/subsidy-papers.ts';
import { money, sum, toWire } from '../../src/money/money.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import {
  papersIssued as issued,
  type ListedPaper,
  paperSays,
  papersOf,
  readPaper,
} from '../support/subsidy-documents.ts';
import { handInAll } from '../support/subsidy-papers.ts';

let t: Demonstration;
let finance: string;

const papersIssued = () => issued(t);
const papers = (query: string, key = finance) => papersOf(t, query, key);
const read = (paper: ListedPaper) => readPaper(t, paper);
const holds = (paper: ListedPaper, words: string[]) => paperSays(t, paper, words);

beforeAll(async () => {
  t = await startDemonstration('2026-11-20');
  finance = t.key('finance');
  await papersIssued();
}, 180_000);
afterAll(() => t.stop());

describe('The papers of the year’s subsidies', () => {
  it('are as many as there were decisions, issued on the days of their events, and issued again they are the same', async () => {
    const count = async (kind: string) => (await t.get(`documents?kind=${kind}&limit=1`, finance)).body.total;
    const kinds = ['subsidyReview', 'subsidyDecision', 'subsidyRefusal', 'subsidyPublicity', 'subsidyOrder'];
    const before = await Promise.all(kinds.map(count));
    expect(before).toEqual([96, 87, 9, 1, 1]);
    const [decision] = await papers('kind=subsidyDecision');
    expect(decision).toMatchObject({
      number: expect.stringMatching(/^宁科补决〔2026〕\d+号$/),
      issuedOn: '2026-10-28',
      voidedOn: null,
    });
    const ids = (await t.get('subsidy-applications?year=2026&status=paid&limit=200', finance)).body.items;
    await subsidyPapers(t.contextOf(), {
      event: 'approved',
      ids: ids.map(({ id }: { id: string }) => id),
      on: '2026-11-20',
    });
    expect(await Promise.all(kinds.map(count))).toEqual(before);
  });

  it('公示名单 has 87 names, projects and amounts, nothing else of anybody, with headings on every page', async () => {
    const [list] = await papers('kind=subsidyPublicity');
    const pdf = await read(list!);
    expect(pdf.text).toContain('合计24,361,738.02');
    expect(pdf.text).toContain('自2026年10月16日起至2026年10月23日止');
    expect(pdf.pages.length).toBeGreaterThan(1);
    for (const page of pdf.pages.slice(0, -1)) expect(page.text).toContain('序号企业名称补贴项目拟补贴金额');
    expect(pdf.text).not.toMatch(/[0-9A-HJ-NPQRTUWXY]{18}/);
    expect(pdf.text.match(/科技保险保费补贴/g)).toHaveLength(87);
  });

  it('决定书 says what was granted of what was decided, why not more, and how to object within sixty days', async () => {
    const [decision] = await papers('kind=subsidyDecision');
    const { view } = (await t.get(`documents/${decision!.id}`, finance)).body;
    await holds(decision!, [
      ...[`${view.addressee}：`, '决定给予你单位补贴', '超出预算时按比例核减', '本批核定补贴合计 24,361,738.02 元'],
      ...['可用预算 18,529,000.00 元', '六十日内，依法向本级人民政府申请行政复议', '《中华人民共和国行政复议法》'],
      ...['六个月内，直接向有管辖权的人民法院提起行政诉讼', '宁夏回族自治区科学技术厅2026年10月28日（盖章）'],
    ]);
  });

  it('告知书 gives each reason with its article', async () => {
    for (const paper of await papers('kind=subsidyRefusal')) {
      const { view } = (await t.get(`documents/${paper.id}`, finance)).body;
      expect(view.reasons.length).toBeGreaterThan(0);
      for (const { text, cites } of view.reasons) {
        expect(text).toMatch(/。$/);
        expect(cites[0].article).toMatch(/条/);
      }
      await holds(paper, ['决定不予补贴', '申请行政复议']);
    }
  });

  it('审核意见表 names everyone who reviewed and what was decided of each line; the enterprise does not see it', async () => {
    const [decision] = await papers('kind=subsidyDecision');
    const [sheet] = await papers(`kind=subsidyReview&subject=${decision!.subject}`);
    await holds(sheet!, [
      ...['审核推荐意见', '银川市审核员，2026年9月22日', '形式审查通过', '自治区审核员甲，2026年9月28日'],
      ...['审核通过：保费凭证与申报一致。', '财务甲，2026年10月12日', '自治区审核员乙，2026年10月15日', '核定补贴金额'],
    ]);
    const { view } = (await t.get(`documents/${decision!.id}`, finance)).body;
    const own = await t.keyFor({ role: 'enterprise', enterpriseUscc: view.application.uscc });
    expect((await papers('', own)).map(({ kind }) => kind).filter((kind) => kind.startsWith('subsidy'))).toEqual([
      'subsidyDecision',
    ]);
    expect((await t.get(`documents/${sheet!.id}`, own)).status).toBe(404);
    const other = await t.keyFor({ role: 'enterprise', enterpriseUscc: '91640221MA9006026Y' });
    expect((await t.get(`documents/${decision!.id}`, other)).status).toBe(404);
  });

  it('拨款单 orders the payments of the batch from the budget’s account, in figures and in words, by economic class', async () => {
    const [order] = await papers('kind=subsidyOrder');
    await holds(order!, [
      ...['宁科金补〔2026〕2号（示例）', '付款账号6400100155550009', '31204 费用补贴18,529,000.00'],
      ...['大写：人民币壹仟捌佰伍拾贰万玖仟元整', '共 87 笔', '收款单位开户银行收款账号金额', '6400100200000087'],
      ...['分配预算：财务甲，2026年10月26日', '批准：自治区审核员乙，2026年10月28日', '下达：财务甲，2026年10月30日'],
    ]);
    expect(await papers('kind=subsidyOrder', t.key('countyReviewer', 'yinchuan-st'))).toEqual([]);
  });
});

describe('支付清单', () => {
  it('has each payment with its whole account number as text, sums that are formulas and values, and the total in words', async () => {
    const [batch] = (await t.get('subsidy-batches?year=2026', finance)).body.items;
    const { status, body, headers } = await t.get(`subsidy-batches/${batch.id}/payment-list`, finance);
    expect([status, headers.get('content-type')]).toEqual([200, expect.stringContaining('spreadsheetml')]);
    const { sheets } = await readXlsx(new Uint8Array(body));
    const rows = sheets[0]!.rows.map((row) => row.map((cell) => `${cell ?? ''}`));
    const head = rows.findIndex((row) => row[0] === '序号');
    const total = rows.findIndex((row) => row[1] === '合计 87 笔');
    expect(total - head).toBe(88);
    expect(rows[head + 1]!.slice(2, 4)).toEqual(['6400100200000001', '宁夏银行股份有限公司']);
    expect(rows[total]!.slice(4, 7)).toEqual(['18529000', '18529000', '0']);
    const sum = sheets[0]!.cells?.get(`${total},4`);
    expect(sum).toMatchObject({ formula: `SUM(E${head + 2}:E${total})` });
    expect(rows.flat()).toContain('合计金额（大写）：人民币壹仟捌佰伍拾贰万玖仟元整');
    const enterprise = await t.keyFor({ role: 'enterprise', enterpriseUscc: '91640221MA9006026Y' });
    expect((await t.get(`subsidy-batches/${batch.id}/payment-list`, enterprise)).status).toBe(403);
  });
});

describe('年度汇总', () => {
  const CODE = 'subsidy-2026-ningxia-tech-finance-subsidy';

  it('says the year in one sentence; every group adds up to the same totals', async () => {
    const { body } = await t.get(`budgets/${CODE}/summary`, finance);
    expect(body).toMatchObject({
      sentence: '2026 年度 87 家企业获得补贴 1852.9 万元（18,529,000.00 元），已全部拨付。',
      counts: { applications: 96, applicants: 96, refused: 9, withdrawn: 0, enterprises: 87, paidEnterprises: 87 },
      ...{ budget: '18529000.00', received: '18529000.00', demand: '24361738.02', granted: '18529000.00' },
      ...{ paid: '18529000.00', unpaid: '0.00', returned: '0.00', clawedBack: '0.00', available: '0.00' },
    });
    for (const rows of [body.byKind, body.byRegion, body.byTitle]) {
      for (const column of ['demand', 'granted', 'paid'])
        expect(toWire(sum(rows.map((row: Record<string, string>) => money(row[column]!))))).toBe(body.total[column]);
    }
  });

  it('is issued as a paper, the same again while nothing changed, and downloaded as a book', async () => {
    const first = await t.post(`budgets/${CODE}/summary`, undefined, finance);
    expect(first.status).toBe(200);
    expect((await t.post(`budgets/${CODE}/summary`, undefined, finance)).body).toEqual(first.body);
    const [paper] = await papers(`kind=subsidySummary&subject=subsidyBudget:${CODE}`);
    await holds(paper!, ['87 家企业获得补贴 1852.9 万元', '科技保险保费补贴', '24,361,738.02', '编制单位：']);
    const { body } = await t.get(`budgets/${CODE}/summary/file`, finance);
    const { sheets } = await readXlsx(new Uint8Array(body));
    expect(sheets.map(({ name }) => name)).toEqual(['总体情况', '按补贴项目', '按地区', '按企业资质']);
  });
});

describe('The papers of one application', () => {
  const USCC = '916401212972756293';
  const NAME = '银川源禾精密机械有限公司';
  let own: string;
  const act = (path: string, key: string, body: object = {}) => t.post(path, body, key);
  const letters = async (): Promise<{ to: string; subject: string; text: string }[]> => {
    const jobs = await t.boss.fetch<{ to: string; subject: string; text: string }>('send-mail', { batchSize: 100 });
    for (const { id } of jobs) await t.boss.complete('send-mail', id);
    return jobs.map(({ data }) => data);
  };

  beforeAll(async () => {
    own = await t.keyFor({ role: 'enterprise', enterpriseUscc: USCC });
    await t.userFor({ role: 'enterprise', enterpriseUscc: USCC, secondFactor: false });
    await letters();
  });

  it('申请表 with 诚信承诺书 at submission; void when it is sent back, another when it is submitted again', async () => {
    t.on('2026-09-20');
    const line = {
      ...{ kind: 'premium', name: '研发责任保险', counterparty: '人保财险宁夏分公司', class: 'I', policyNo: 'PD1' },
      ...{ invoiceNos: ['26640000000000000777'], paid: '1000.00', paidOn: '2026-03-05' },
      ...{ startsOn: '2026-03-01', endsOn: '2027-03-01' },
    };
    const payee = { accountName: NAME, bankName: '宁夏银行', accountNo: '6400100200000001' };
    const body = { scheme: 'ningxia-tech-finance-subsidy', pledged: true, lines: [line], payee };
    const { id } = (await t.post('subsidy-applications', body, own)).body;
    await handInAll(t, id, own);
    expect((await act(`subsidy-applications/${id}/submit`, own)).status).toBe(200);
    await papersIssued();
    const [form] = await papers(`subject=subsidy:${id}`, own);
    await holds(form!, [
      ...['补贴申请表', NAME, USCC, '研发责任保险', '保险单 PD1；发票 26640000000000000777', '6400100200000001'],
      ...['¥ 500.00　（大写：人民币伍佰元整）', '诚信承诺书', '弄虚作假', `承诺企业：${NAME}`, '法定代表人：'],
    ]);
    const county = t.key('countyReviewer', 'yinchuan-st');
    expect((await act(`subsidy-applications/${id}/return`, county, { reason: '补充发票' })).status).toBe(200);
    expect((await papers(`subject=subsidy:${id}`, own))[0]!.voidedOn).toBe('2026-09-20');
    await papersIssued();
    const [told] = await letters();
    expect(told).toMatchObject({ subject: '宁科贷：补贴申请已退回补正' });
    expect(told!.text).toContain(`/console/my/subsidies/${id}`);
    expect(told!.text).not.toContain('补充发票');
    expect((await act(`subsidy-applications/${id}/submit`, own)).status).toBe(200);
    await papersIssued();
    expect((await papers(`subject=subsidy:${id}`, own)).map(({ voidedOn }) => voidedOn)).toEqual(['2026-09-20', null]);
    t.on('2026-11-20');
  });

  it('拨款单 of a payment that came back and is made again, in whose place', async () => {
    const [batch] = (await t.get('subsidy-batches?year=2026', finance)).body.items;
    const all = (await t.get(`subsidy-batches/${batch.id}/payments`, finance)).body.items;
    const payment = all.find(({ enterpriseUscc }: { enterpriseUscc: string }) => enterpriseUscc === USCC);
    const back = { returnedOn: '2026-11-10', reason: '账号有误' };
    expect((await act(`subsidy-payments/${payment.id}/return`, finance, back)).status).toBe(200);
    const payee = { accountName: NAME, bankName: '宁夏银行', accountNo: '6400100200009999' };
    expect((await act(`subsidy-payments/${payment.id}/reissue`, finance, payee)).status).toBe(200);
    await papersIssued();
    const [, again] = await papers(`kind=subsidyOrder&subject=subsidyBatch:${batch.id}`);
    await holds(again!, ['退票重拨', '2026年11月10日退票，原因：账号有误', '6400100200009999', '共 1 笔']);
    expect((await letters()).map(({ subject }) => subject)).toEqual(['宁科贷：补贴资金被银行退回']);
    const { body } = await t.get(`subsidy-batches/${batch.id}/payment-list`, finance);
    const rows = (await readXlsx(new Uint8Array(body))).sheets[0]!.rows.map((row) => row.map(String));
    expect(rows.filter((row) => row.includes('6400100200009999'))).toHaveLength(1);
    expect(rows.some((row) => row[1] === '合计 87 笔')).toBe(true);
    const cashier = t.key('finance', undefined, true);
    const open = (await t.get(`subsidy-batches/${batch.id}/payments`, finance)).body.items.find(
      ({ status }: { status: string }) => status === 'ordered',
    );
    const made = { paidOn: '2026-11-20', payments: [{ paymentId: open.id, voucherNo: 'BT-AGAIN-1' }] };
    expect((await act(`subsidy-batches/${batch.id}/pay`, cashier, made)).status).toBe(200);
  });

  it('追回决定书 when two have ordered it, void when it is cancelled', async () => {
    const { items } = (await t.get(`subsidy-applications?year=2026&status=paid&q=${USCC}`, finance)).body;
    const claim = {
      ...{ applicationId: items[0].id, place: 1, amount: '1000.00', ground: 'fraud' },
      ...{ reason: '所报保险单已于申报前退保', evidence: '保险公司回函' },
    };
    const two = [finance, t.key('finance', undefined, true)];
    const proposed = await t.post('subsidy-clawbacks', claim, two[0]);
    expect([proposed.status, proposed.body]).toMatchObject([201, { status: 'proposed' }]);
    const path = `subsidy-clawbacks/${proposed.body.id}`;
    expect((await act(`${path}/confirm`, two[1]!)).status).toBe(200);
    await papersIssued();
    const [order] = await papers(`kind=subsidyClawback&subject=subsidy:${items[0].id}`, own);
    await holds(order!, [
      ...[
        '补贴追回决定书',
        '存在弄虚作假的情形',
        '所报保险单已于申报前退保。',
        '追回补贴 1,000.00 元',
        '宁科补决〔2026〕',
      ],
      ...['以前不得申报', '6400100155550009', '六十日内', '特此决定。'],
    ]);
    expect((await act(`${path}/cancel`, two[0]!, { reason: '核实有误' })).status).toBe(200);
    expect((await act(`${path}/cancel/confirm`, two[1]!)).status).toBe(200);
    expect((await papers(`kind=subsidyClawback&subject=subsidy:${items[0].id}`, own))[0]!.voidedOn).toBe('2026-11-20');
  });
});
