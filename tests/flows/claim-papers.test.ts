import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DocumentKind, ViewModels } from '../../src/documents/view-models.ts';
import { render } from '../../templates/render.ts';
import { readPdf } from '../documents/read-pdf.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { expectStatus, people } from './claims-support.ts';

let t: Demonstration;
let who: ReturnType<typeof people>;
let claim: string;

beforeAll(async () => {
  t = await startDemonstration('2026-10-20');
  who = people(t);
  claim = (await t.get('claims?dueBillNo=SZSJJ202636414424', who.finance)).body.items[0].id;
}, 120_000);
afterAll(() => t.stop());

interface Paper {
  id: string;
  kind: DocumentKind;
  subject: string;
  verificationCode: string;
  voidedOn: string | null;
}
/** The papers of the claim that somebody sees, in the order of their issue. */
const papers = async (kind: string, key = who.finance): Promise<Paper[]> =>
  (await t.get(`documents?subject=claim:${claim}&kind=${kind}&sort=number`, key)).body.items;
/** What a paper says once it is drawn. */
const read = async ({ id, kind }: Paper): Promise<string> => {
  const { view } = (await t.get(`documents/${id}`, who.finance)).body;
  return (await readPdf(await render(kind, view as ViewModels[typeof kind]))).text;
};
const holds = async (paper: Paper, words: string[]) => {
  const text = await read(paper);
  for (const expected of [...words, paper.verificationCode, '示例参数，未经主管部门核实', '依据'])
    expect(text).toContain(expected);
};

describe('The papers of a claim are issued as it goes', () => {
  it('补偿申请函 at its submission: loan, event, who would bear what, account, and what was handed in with its hash', async () => {
    const [letter] = await papers('claimLetter', who.bank);
    await holds(letter!, [
      ...['风险补偿申请函', '平罗县科学技术局：', '石嘴山银行股份有限公司', 'SZSJK2026170896', 'SZSJJ202636414424'],
      ...['¥2,390,000.00（大写：人民币贰佰叁拾玖万元整）', '¥1,912,000.00（大写：人民币壹佰玖拾壹万贰仟元整）'],
      ...[
        '2026年9月11日',
        '2027年1月9日',
        '94天',
        '次级',
        '自治区风险补偿资金宁夏回族自治区科学技术厅资金池40%956,000.00',
      ],
      ...[
        '合作银行石嘴山银行股份有限公司自有资金20%478,000.00',
        '6402200100009981',
        '催收或起诉材料催收通知书（示例材料）.pdf',
      ],
    ]);
    const { items } = (await t.get(`attachments?subject=claim:${claim}`, who.bank)).body;
    const text = await read(letter!);
    for (const { sha256 } of items) expect(text).toContain(sha256.slice(0, 16));
  });

  it('补偿审批表 when two have approved: what was examined and who said what; the bank does not see it', async () => {
    const [sheet] = await papers('claimApproval');
    await holds(sheet!, [
      ...[
        '风险补偿审批表',
        '同意补偿',
        '材料齐全，情况属实',
        '平罗县审核员，2026年9月24日',
        '同意：补偿金额1,912,000.00元。',
        '自治区审核员甲，2026年10月10日',
      ],
      ...[
        '自治区审核员乙，2026年10月10日',
        '¥1,912,000.00（大写：人民币壹佰玖拾壹万贰仟元整）',
        '风险事件于2026-09-11成立',
      ],
    ]);
    expect(await papers('claimApproval', who.bank)).toEqual([]);
  });

  it('拨付通知 at its payment: both accounts, whose money it is, the voucher, and what the bank has to do', async () => {
    const [notice] = await papers('paymentNotice', who.bank);
    const { view } = (await t.get(`documents/${notice!.id}`, who.bank)).body;
    const { items } = (await t.get('ledger/entries?poolCode=pingluo&kind=compensation', who.finance)).body;
    expect(view.voucher).toBe(`${items[0].seq}`);
    await holds(notice!, [
      ...['风险补偿资金拨付通知', '宁科贷审〔2026〕1号', '2026年10月15日', '6402200155550001', '6402200100009981'],
      ...['¥1,912,000.00（大写：人民币壹佰玖拾壹万贰仟元整）', '宁夏回族自治区科学技术厅956,000.00'],
      ...['平罗县科学技术局956,000.00', '个工作日内汇缴'],
    ]);
  });

  it('追偿分配单 for each receipt, with what each had got back before', async () => {
    const [first, second] = await papers('recoveryDistribution', who.bank);
    await holds(first!, [
      ...['追偿回款分配单', '202600000003', '956,000.000.0024,000.00932,000.00', '478,000.000.0012,000.00466,000.00'],
      ...['¥60,000.00（大写：人民币陆万元整）', '冲减应收追偿款', '应付合作银行'],
    ]);
    await holds(second!, ['202600000004', '956,000.0024,000.0024,000.00908,000.00']);
  });

  it('核销审核表 at a write-off: what is left of each, on what grounds, by whom', async () => {
    t.on('2026-10-21');
    const panel = { decidedOn: '2026-10-21', members: ['甲', '乙', '丙'], recused: ['丁'], substitutes: [] };
    const asked = { reason: '已无可供执行的财产', courtOrderOn: '2026-10-19', panel };
    expectStatus(await t.post(`claims/${claim}/write-off`, asked, who.first), 200);
    expectStatus(await t.post(`claims/${claim}/write-off/confirm`, undefined, who.second), 200);
    const [sheet] = await papers('writeOffSheet');
    await holds(sheet!, [
      ...[
        '风险补偿资金核销审核表',
        '宁夏回族自治区科学技术厅956,000.0048,000.000.00908,000.00',
        '已无可供执行的财产。',
      ],
      ...['法院于2026年10月19日裁定终结执行程序', '¥1,816,000.00（大写：人民币壹佰捌拾壹万陆仟元整）'],
      ...['2026年10月21日经集体研究同意，参加人员：甲、乙、丙；回避人员：丁。', '自治区审核员甲，2026年10月21日'],
    ]);
    expect(await papers('writeOffSheet', who.bank)).toEqual([]);
  });
});

it('A paper is void once what it was about is taken back, and says so to whoever verifies it', async () => {
  const [, second] = await papers('recoveryDistribution');
  const event = second!.subject.split(':').at(-1);
  expectStatus(await t.post(`claims/${claim}/events/${event}/reverse`, { reason: '误登' }, who.other), 200);
  expect((await papers('recoveryDistribution')).map((p) => p.voidedOn)).toEqual([null, '2026-10-21']);
  expect((await t.get(`/verify/${second!.verificationCode}`)).body).toMatchObject({ voidedOn: '2026-10-21' });
  expect((await papers('paymentNotice')).map((p) => p.voidedOn)).toEqual([null]);
});

it('A county sees the papers of its own pool, another bank none, and they are found by the loan they are about', async () => {
  const of = async (key: string) =>
    (await t.get(`documents?q=SZSJJ202636414424&limit=100`, key)).body.items.filter((d: Paper) =>
      d.subject.startsWith('claim:'),
    ).length;
  expect(await of(who.county)).toBe(6);
  expect(await of(t.key('countyReviewer', 'yinchuan-st'))).toBe(0);
  expect(await of(t.key('bank', 'ningxia-bank'))).toBe(0);
  expect(t.log.errors).toEqual([]);
});
