import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { subsidies } from '../../prisma/demo/subsidies.ts';
import { SYSTEM } from '../../src/access/context.ts';
import { money, sum, toWire } from '../../src/money/money.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';

let t: Demonstration;
const BUDGET = 'subsidy-2026-ningxia-tech-finance-subsidy';
beforeAll(async () => {
  t = await startDemonstration('2026-09-18');
}, 120_000);
afterAll(() => t.stop());

interface Todo {
  kind: string;
  title: string;
  count: number;
  dueOn: string | null;
  late: boolean;
  href: string;
}
const home = async (key: string) => (await t.get('home', key)).body as { sentence: string; todo: Todo[] };
const todos = async (key: string) =>
  (await home(key)).todo
    .filter(({ kind }) => /subsidy|objection|clawback/.test(kind))
    .map(({ title, count, dueOn, href }) => [title.replace(/《.+》(（.+?）)?/, '…'), count, dueOn, href]);
/** What waits, and how often. */
const brief = async (key: string) => (await todos(key)).map(([title, count]) => [title, count]);
const SCHEME = 'ningxia-tech-finance-subsidy';
const county = () => t.key('countyReviewer', 'yinchuan-st');
const region = (second = false) => t.key('regionalReviewer', 'ningxia-st', second);

describe('subsidies on the first pages', () => {
  it('wait for the county until they are recommended, with the day the clause gives', async () => {
    const [[title, count, dueOn, href]] = (await todos(county())) as [[string, number, string, string]];
    expect([title, dueOn, href]).toEqual([
      '…：待审核推荐补贴申请',
      ...['2026-10-09', `/subsidies?view=todo&scheme=${SCHEME}`],
    ]);
    expect((await home(county())).sentence).toContain(`${count} 项补贴申请待办理，最早一项应于 10 月 9 日前办结`);
    const listed = await t.get(`subsidy-applications?scheme=${SCHEME}&status=submitted&todo=mine`, county());
    expect(listed.body.total).toBe(count);
    await t.tell('2026-09-24');
    t.on('2026-10-14');
    expect(await todos(county())).toEqual([]);
    const [waiting] = (await home(region())).todo.filter(({ kind }) => kind === 'subsidy');
    expect(waiting).toMatchObject({ count: 87, late: true, href: `/subsidies?view=todo&scheme=${SCHEME}` });
    expect(waiting!.title).toContain('超过时限的待形式审查补贴申请');
  });

  it('wait for finance to audit, for another person of the region to decide, and for publication', async () => {
    await t.tell('2026-09-28');
    expect(await brief(t.key('finance'))).toEqual([['…：待审计意见补贴申请', 87]]);
    await t.tell('2026-10-12');
    expect(await todos(t.key('finance'))).toEqual([]);
    // Who reviewed them does not decide.
    expect(await todos(region())).toEqual([]);
    expect(await brief(region(true))).toEqual([['…：待核定补贴申请', 87]]);
    await t.tell('2026-10-15');
    expect(await todos(region())).toEqual([
      [
        ...['… 2026 年第 2 批：已核定、待公示的申请', 87, null],
        `/subsidies?scheme=${SCHEME}&year=2026&batchNo=2&status=decided`,
      ],
    ]);
  });

  it('are public, then shared out, approved by another, ordered and paid by another', async () => {
    await t.tell('2026-10-16');
    expect(await brief(region())).toEqual([['… 2026 年第 2 批：正在公示', 1]]);
    expect(await todos(t.key('finance'))).toEqual([]);
    t.on('2026-10-26');
    expect(await brief(t.key('finance'))).toEqual([['… 2026 年第 2 批：公示期满、待分配预算', 1]]);
    expect(await todos(region())).toEqual([]);
    await t.tell('2026-10-26');
    expect(await brief(region(true))).toEqual([['… 2026 年第 2 批：待批准的预算分配', 1]]);
    await t.tell('2026-10-28');
    expect(await brief(t.key('finance'))).toEqual([['… 2026 年第 2 批：已批准、待下达资金', 1]]);
    await t.tell('2026-10-30');
    expect(await todos(t.key('finance'))).toEqual([]);
    const cashier = await home(t.key('finance', undefined, true));
    expect(cashier.sentence).toContain('87 笔补贴待拨付，合计 18,529,000.00 元');
    const { rows } = await t.pool.query(
      "SELECT enterprise_uscc AS uscc FROM subsidy_application WHERE status = 'approved' LIMIT 1",
    );
    const own = await t.keyFor({ role: 'enterprise', enterpriseUscc: rows[0].uscc });
    expect(await todos(own)).toEqual([['已批准、等待拨付的补贴', 1, null, '/my/subsidies?status=approved']]);
    await t.tell('2026-11-03');
    expect(await todos(t.key('finance', undefined, true))).toEqual([]);
    const { figures } = (await t.get('home', own)).body;
    expect(figures).toContainEqual(expect.objectContaining({ label: '已拨付补贴', href: '/my/subsidies' }));
  });
});

const all = async (query: string) => {
  const { body } = await t.get(`subsidy-applications?${query}&limit=200`, t.key('finance'));
  return body.items as {
    id: string;
    status: string;
    demand: string;
    decided: string;
    granted: string;
    reason: string;
    enterpriseUscc: string;
  }[];
};
const YEAR = 'scheme=ningxia-tech-finance-subsidy&year=2026';

describe('the subsidies of 2026', () => {
  beforeAll(() => t.tell('2026-11-20'), 120_000);

  it('96 applications: 87 paid with a demand of 24,361,738.02, 9 refused with their article', async () => {
    const items = await all(YEAR);
    expect(items.length).toBe(96);
    const paid = items.filter(({ status }) => status === 'paid');
    const refused = items.filter(({ status }) => status === 'refused');
    expect([paid.length, refused.length]).toEqual([87, 9]);
    expect(toWire(sum(paid.map(({ decided }) => money(decided))))).toBe('24361738.02');
    expect(toWire(sum(paid.map(({ granted }) => money(granted))))).toBe('18529000.00');
    for (const { reason } of refused) expect(reason).toMatch(/《宁夏科技金融补助管理暂行办法》.*条/);
  });

  it('says it in one sentence, as the bulletin does', async () => {
    const { body } = await t.get('subsidy-batches?year=2026', t.key('finance'));
    expect(body.items[0]).toMatchObject({
      ...{ status: 'ordered', demand: '24361738.02', granted: '18529000.00', paidEnterprises: 87 },
      sentence: '87 家企业获得补贴 1852.9 万元（18,529,000.00 元）',
      objectionsTo: '2026-10-23',
    });
  });

  it('publishes names, projects and amounts, and nothing else', async () => {
    const [batch] = (await t.get('subsidy-batches', t.key('finance'))).body.items;
    const { body } = await t.get(`subsidy-batches/${batch.id}/publicity`, t.key('regionalReviewer'));
    expect(body.items.length).toBe(87);
    expect(body.total).toBe('18529000.00');
    expect(Object.keys(body.items[0]).sort()).toEqual(['amount', 'enterpriseName', 'project']);
  });

  it('leaves the budget used up and its book in balance: nothing owed, nothing tied up', async () => {
    const { body } = await t.get(`budgets/${BUDGET}`, t.key('finance'));
    expect(body).toMatchObject({
      ...{ amount: '18529000.00', received: '18529000.00', committed: '0.00', approved: '18529000.00' },
      ...{ paid: '18529000.00', available: '0.00', deposits: '0.00' },
    });
    const rows = await t.pool.query(
      'SELECT code, sum(balance)::text AS balance FROM ledger.account WHERE book_id = $1 GROUP BY code ORDER BY code',
      [BUDGET],
    );
    expect(rows.rows).toEqual([
      { code: '1002', balance: '0.00' },
      { code: '2303', balance: '0.00' },
      { code: '4001', balance: '18529000.00' },
      { code: '5001', balance: '18529000.00' },
      { code: '9501', balance: '0.00' },
      { code: '9502', balance: '0.00' },
    ]);
    const { body: verified } = await t.get(`ledger/verify?poolCode=${BUDGET}`, t.key('auditor'));
    expect(verified.valid).toBe(true);
  });

  it('one policy was cancelled early: its clawback waits for a second person and moves no money yet', async () => {
    const { body } = await t.get('subsidy-clawbacks', t.key('finance'));
    expect(body.items).toMatchObject([{ status: 'proposed', ground: 'overpaid', received: '0.00', creditedTo: null }]);
    const { body: budget } = await t.get(`budgets/${BUDGET}`, t.key('finance'));
    expect(budget).toMatchObject({ clawedBack: '0.00', paid: '18529000.00', available: '0.00' });
  });

  it('counts interest from vouchers: 罚息 and 复利 left out, the 0.03 shown', async () => {
    const items = await all('scheme=ningxia-tech-finance-subsidy&year=2027');
    const views = [];
    for (const { id } of items) views.push((await t.get(`subsidy-applications/${id}`, t.key('finance'))).body);
    type Voucher = Record<
      'kind' | 'left' | 'reason' | 'amount' | 'counted' | 'difference' | 'byContract',
      string | null
    >;
    const vouchers = views.flatMap(({ lines }) =>
      lines.flatMap((line: { vouchers: Voucher[] }) => line.vouchers),
    ) as Voucher[];
    const left = vouchers.filter((one) => one.left !== null);
    expect(left.map(({ kind, counted, reason }) => [kind, counted, reason]).sort()).toEqual([
      ['compound', '0.00', '罚息、复利、违约金和逾期利息不予补贴'],
      ['penalty', '0.00', '罚息、复利、违约金和逾期利息不予补贴'],
    ]);
    const apart = vouchers.filter(({ difference }) => difference !== null && difference !== '0.00');
    expect(apart).toMatchObject([
      { amount: '13493.36', counted: '13493.36', byContract: '13493.33', difference: '0.03' },
    ]);
    const [first] = views;
    expect(first.lines[0].facts).toContainEqual({
      ...{ field: 'annualRate', label: '贷款年利率', stated: null, verdict: 'agrees' },
      checked: expect.stringMatching(/^备案：[\d.]+%$/),
    });
    expect(views.every(({ lines }) => lines[0].kind === 'interest')).toBe(true);
    // Both banks are on the register of cooperating institutions, as is asked since 2021.
    expect(JSON.stringify(views.map(({ lines }) => lines))).not.toContain('LINE_PARTNER');
  });

  it('the same file again adds nothing, and told twice the story changes nothing', async () => {
    const before = await t.pool.query('SELECT count(*)::int AS n FROM subsidy_application');
    for (const { on, as, does } of subsidies) {
      t.on(on);
      const actor = as === 'system' ? SYSTEM : await t.actor(...as);
      await does({ ...t.contextOf(actor), today: on }, t.attachments);
    }
    t.on('2026-11-20');
    const after = await t.pool.query('SELECT count(*)::int AS n FROM subsidy_application');
    expect(after.rows).toEqual(before.rows);
  });
});

describe('what if', () => {
  const CAPS = 'ningxia-tech-finance-subsidy.caps';
  const tried = (amount: string) =>
    t.post(
      'subsidy-applications/trial',
      {
        ...{ clauseId: CAPS, year: 2026 },
        value: {
          caps: [{ label: '保费限额', per: 'year', kinds: ['premium'], amount }],
          withOtherMoneyPercent: '100',
        },
      },
      t.key('regionalReviewer'),
    );

  it('the cap were 400,000.00: more is asked for, nothing is written', async () => {
    const before = await t.pool.query(
      'SELECT md5(string_agg(a::text, chr(10) ORDER BY a.id)) AS all FROM subsidy_application a',
    );
    const same = (await tried('300000.00')).body;
    expect(same).toMatchObject({ applications: 96, eligibleBefore: 87, demandBefore: '24361738.02', changed: 0 });
    const { status, body } = await tried('400000.00');
    expect([status, body.eligibleAfter]).toEqual([200, 87]);
    expect(Number(body.demandAfter)).toBeGreaterThan(24361738.02);
    expect(body.changed).toBe(body.items.length);
    const after = await t.pool.query(
      'SELECT md5(string_agg(a::text, chr(10) ORDER BY a.id)) AS all FROM subsidy_application a',
    );
    expect(after.rows).toEqual(before.rows);
  });

  it('a clause that is no subsidy’s is refused', async () => {
    const asked = { clauseId: 'ningkedai-2025.leverage', value: '8', year: 2026 };
    const { body } = await t.post('subsidy-applications/trial', asked, t.key('regionalReviewer'));
    expect(body.code).toBe('CLAUSE_NOT_OF_SUBSIDIES');
  });
});

describe('whose they are', () => {
  it('an enterprise finds only its own, and another’s nowhere', async () => {
    const items = await all(YEAR);
    const mine = items[0]!;
    const key = await t.keyFor({ role: 'enterprise', enterpriseUscc: mine.enterpriseUscc });
    const own = (await t.get('subsidy-applications', key)).body;
    expect(own.items.map((i: { enterpriseUscc: string }) => i.enterpriseUscc)).toEqual(
      own.items.map(() => mine.enterpriseUscc),
    );
    expect((await t.get(`subsidy-applications/${mine.id}`, key)).status).toBe(200);
    expect((await t.get(`subsidy-applications/${items[1]!.id}`, key)).status).toBe(404);
    expect((await t.get('subsidy-batches', key)).status).toBe(403);
    expect((await t.get('subsidy-applications', t.key('bank'))).status).toBe(403);
  });
});
