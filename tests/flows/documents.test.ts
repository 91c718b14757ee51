import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorkers } from '../../jobs/worker.ts';
import { readPdf } from '../documents/read-pdf.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';

let t: Demonstration;
let bank: string;

beforeAll(async () => {
  t = await startDemonstration('2026-05-10');
  bank = t.key('bank', 'shizuishan-bank');
}, 60_000);
afterAll(() => t.stop());

interface Paper {
  id: string;
  kind: string;
  number: string;
  title: string;
  subject: string;
  verificationCode: string;
  ready: boolean;
}

const papers = async (query: string, key = t.key('finance')): Promise<Paper[]> =>
  (await t.get(`documents?limit=500&${query}`, key)).body.items;
const paper = async (kind: string, subject: string, key?: string) =>
  (await papers(`kind=${kind}&subject=${encodeURIComponent(subject)}`, key))[0]!;
const read = async ({ id }: Paper, key = t.key('finance')) => {
  const { body, headers } = await t.get(`documents/${id}/pdf`, key);
  return { bytes: new Uint8Array(body), headers, ...(await readPdf(new Uint8Array(body))) };
};
const APRIL = 'settlement:pingluo:2026-04:pool:pingluo';

describe('Papers', () => {
  it('are there as data before their PDF is drawn, which a job does', async () => {
    const all = await papers('');
    expect(all.map((p) => p.ready)).not.toContain(true);
    const early = await t.get(`documents/${all[0]!.id}/pdf`, t.key('finance'));
    expect([early.status, early.body.code]).toEqual([503, 'NOT_READY']);
    const { today: _, ...context } = t.contextOf();
    await startWorkers({ ...context, boss: t.boss, today: () => '2026-05-10' });
    await expect
      .poll(async () => (await papers('')).filter((p) => !p.ready).length, { timeout: 40_000, interval: 200 })
      .toBe(0);
    expect(t.log.errors).toEqual([]);
  }, 60_000);

  it('of one word are numbered through the year without a gap', async () => {
    const numbers = (await papers('')).map((p) => /^(.+)〔2026〕(\d+)号$/.exec(p.number)!);
    for (const word of new Set(numbers.map(([, word]) => word))) {
      const serials = numbers.filter((n) => n[1] === word).map((n) => Number(n[2]));
      expect([word, serials.sort((a, b) => a - b)]).toEqual([word, serials.map((_, i) => i + 1)]);
    }
  });

  it('a settlement statement has each amount in figures and in words, its articles, page numbers, and says that its parameters are examples', async () => {
    const { text, headers, pages } = await read(await paper('settlementStatement', APRIL));
    expect(headers.get('content-type')).toBe('application/pdf');
    for (const words of [
      '风险补偿资金池月度结算单',
      '平罗县宁科贷风险补偿资金池',
      '36,360,145.43',
      '人民币叁仟陆佰叁拾陆万零壹佰肆拾伍元肆角叁分',
      '示例参数，未经主管部门核实',
      '《宁夏科技型中小企业风险补偿贷款管理办法》',
    ])
      expect(text).toContain(words);
    for (const [i, page] of pages.entries())
      expect(page.text).toMatch(new RegExp(`第${i + 1}页.*共${pages.length}页|${i + 1}/${pages.length}`));
  });

  it('a consent letter and a filing notice name the loan, a ledger names all twelve', async () => {
    const loan = (await t.get('loans?dueBillNo=SZSJJ202694538727', bank)).body.items[0];
    const letter = await read(await paper('consentLetter', `filing:${loan.id}`, bank), bank);
    for (const words of [
      '贷款同意函',
      '石嘴山银行股份有限公司',
      '宁夏禾纳生物科技有限公司',
      'SZSJJ202694538727',
      '4,550,000.00',
      '人民币肆佰伍拾伍万元整',
      '3,640,000.00',
      '364,000.00',
    ])
      expect(letter.text).toContain(words);
    const notice = await read(await paper('filingNotice', `filing:${loan.id}`, bank), bank);
    for (const words of ['贷款备案通知书', 'SZSJJ202694538727', '单户上限', '利率上限'])
      expect(notice.text).toContain(words);
    const ledger = await read(await paper('monthlyLedger', 'ledger:pingluo:2026-04:pool'));
    for (const { dueBillNo } of (await t.get('loans', bank)).body.items) expect(ledger.text).toContain(dueBillNo);
    expect(ledger.text).toContain('38,470,602.41');
  });

  it('a contribution received is confirmed by the unit that did not pay it, with what everyone has, and the match it makes due', async () => {
    const all = (await papers('kind=contributionConfirmation&poolCode=pingluo')).reverse();
    const [county, region] = await Promise.all(all.map((one) => read(one)));
    expect(all).toHaveLength(2);
    for (const words of [
      '平罗县科学技术局：',
      '¥3,000,000.00（大写：人民币叁佰万元整）',
      '平罗县科学技术局0.003,000,000.003,000,000.00',
      '宁夏回族自治区科学技术厅应于2026年4月5日前配套3,000,000.00元',
      '宁夏回族自治区科学技术厅2026年1月5日（盖章）',
    ])
      expect(county!.text).toContain(words);
    expect(region!.text).toContain('合计3,000,000.003,000,000.006,000,000.00');
    expect(region!.text).toContain('平罗县科学技术局2026年1月7日（盖章）');
    for (const { text } of [county!, region!]) expect(text).toContain('[1]《宁夏科技型中小企业风险补偿贷款管理办法》');
    expect((await papers('kind=contributionConfirmation', bank)).length).toBe(0);
    expect((await papers('period=2026-01')).map((p) => p.kind)).toContain('contributionConfirmation');
  });

  it('a contribution that came before the rules did is confirmed all the same, and cites none', async () => {
    const early = { contributor: 'ningxia-st', amount: '1.00', receivedOn: '2018-12-28', receiptNo: 'EARLY' };
    const { status, body } = await t.post('pools/yinchuan/contributions', early, t.key('finance'));
    expect([status, body.detail]).toEqual([201, undefined]);
    const { id } = await paper('contributionConfirmation', `contribution:${body.id}`);
    expect((await t.get(`documents/${id}`, t.key('finance'))).body.view.cites).toEqual([]);
  });

  it('are read by whom they concern', async () => {
    const own = await paper('settlementStatement', 'settlement:pingluo:2026-04:bank:shizuishan-bank', bank);
    const status = async ({ id }: Paper, key: string) => [
      (await t.get(`documents/${id}`, key)).status,
      (await t.get(`documents/${id}/pdf`, key)).status,
    ];
    expect(await status(own, bank)).toEqual([200, 200]);
    expect(await status(own, t.key('bank', 'ningxia-bank'))).toEqual([404, 404]);
    expect(await status(own, t.key('countyReviewer', 'yinchuan-st'))).toEqual([404, 404]);
    const pools = await paper('settlementStatement', APRIL);
    expect(await status(pools, bank)).toEqual([404, 404]);
    expect(await status(pools, t.key('countyReviewer', 'pingluo-st'))).toEqual([200, 200]);
    expect((await papers('', t.key('enterprise'))).map((p) => p.kind).sort()).toEqual([
      'consentLetter',
      'filingNotice',
    ]);
  });
});

describe('The code at the foot', () => {
  it('of every paper is answered without a key: title, number, day, the few public facts and the hash of the PDF, never more', async () => {
    for (const kind of ['settlementStatement', 'monthlyLedger', 'consentLetter', 'filingNotice']) {
      const [one] = await papers(`kind=${kind}`);
      const { bytes, text } = await read(one!);
      expect(text).toContain(one!.verificationCode);
      const { status, body } = await t.get(`/verify/${one!.verificationCode}`);
      expect(status).toBe(200);
      expect(Object.keys(body).sort()).toEqual([
        'facts',
        'issuedOn',
        'kind',
        'number',
        'pdfSha256',
        'title',
        'verificationCode',
        'voidedOn',
      ]);
      expect(body).toMatchObject({
        kind,
        number: one!.number,
        title: one!.title,
        verificationCode: one!.verificationCode,
      });
      expect(body.pdfSha256).toBe(createHash('sha256').update(bytes).digest('hex'));
      for (const fact of body.facts) expect(Object.keys(fact)).toEqual(['label', 'value']);
      expect((await t.get(`/api/v1/verify/${one!.verificationCode}`)).body).toEqual(body);
    }
  });

  it('tells of a letter the loan, the firm and its two amounts, and no code, contract, rate or account', async () => {
    const loan = (await t.get('loans?dueBillNo=SZSJJ202696055953', bank)).body.items[0];
    const letter = await paper('consentLetter', `filing:${loan.id}`, bank);
    const { body } = await t.get(`/verify/${letter.verificationCode}`);
    expect(body.facts).toEqual([
      { label: '借据号', value: 'SZSJJ202696055953' },
      { label: '借款企业', value: '宁夏沐能精密机械有限公司' },
      { label: '贷款金额', value: '3140000.00' },
      { label: '备案金额', value: '3140000.00' },
    ]);
    for (const secret of [
      '91640221MA9006026Y',
      'SZSJK2026187288',
      '3.85',
      '6402200100009981',
      loan.id === '1' ? '信用' : `"${loan.id}"`,
    ])
      expect(JSON.stringify(body)).not.toContain(secret);
  });

  it('is found as people type it, is told from a slip, and is nobody’s when it was never issued', async () => {
    const { verificationCode: code } = await paper('settlementStatement', APRIL);
    for (const typed of [
      code.toLowerCase(),
      code.replaceAll('-', ''),
      code.replaceAll('-', ' '),
      code.replaceAll('0', 'O').replaceAll('1', 'l'),
    ])
      expect((await t.get(`/verify/${encodeURIComponent(typed)}`)).body.verificationCode).toBe(code);
    const slip = `${code[0] === 'A' ? 'B' : 'A'}${code.slice(1)}`;
    const answers = [
      await t.get(`/verify/${slip}`),
      await t.get('/verify/0000-0000-0000-0000'),
      await t.get('/verify/abc'),
    ];
    expect(answers.map((a) => [a.status, a.body.code])).toEqual([
      [422, 'VERIFICATION_CODE_TYPO'],
      [404, 'CODE_UNKNOWN'],
      [422, 'VERIFICATION_CODE_FORMAT'],
    ]);
  });

  it('of one statement differs from that of the other installation with the same figures', async () => {
    const other = await startDemonstration('2026-02-10');
    const subject = 'settlement:pingluo:2026-01:pool:pingluo';
    const { items } = (await other.get(`documents?subject=${encodeURIComponent(subject)}`, other.key('finance'))).body;
    const own = await paper('settlementStatement', subject);
    expect(items[0].number).toBe(own.number);
    expect(items[0].verificationCode).not.toBe(own.verificationCode);
    await other.stop();
  }, 60_000);
});
