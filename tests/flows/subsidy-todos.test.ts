import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demonstration, startDemonstration } from '../support/demo.ts';

let t: Demonstration;
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
      ...['2026-10-09', `/subsidies?scheme=${SCHEME}&status=submitted&todo=mine`],
    ]);
    expect((await home(county())).sentence).toContain(`${count} 项补贴申请待办理，最早一项应于 10 月 9 日前办结`);
    const listed = await t.get(`subsidy-applications?scheme=${SCHEME}&status=submitted&todo=mine`, county());
    expect(listed.body.total).toBe(count);
    await t.tell('2026-09-24');
    t.on('2026-10-14');
    expect(await todos(county())).toEqual([]);
    const [waiting] = (await home(region())).todo.filter(({ kind }) => kind === 'subsidy');
    expect(waiting).toMatchObject({ count: 87, late: true, href: expect.stringContaining('status=recommended') });
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
