import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plus, writingNothing } from '../flows/support.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';

let t: Demonstration;
let reviewer: string;
let second: string;

beforeAll(async () => {
  t = await startDemonstration('2026-04-10');
  reviewer = t.key('regionalReviewer');
  second = t.key('regionalReviewer', undefined, true);
  // A key's first use is written beside it.
  for (const key of [reviewer, second]) await t.get('home', key);
}, 60_000);
afterAll(() => t.stop());

const preview = async (name: string, value: unknown, effectiveFrom = '2026-05-01') =>
  t.post('policy-versions/preview', { clauseId: `ningkedai-2025.${name}`, effectiveFrom, value }, reviewer);
const citation = { document: '《某通知》', article: '第一条', confirmed: false, mark: 'A' };
const versions = async (key: string) =>
  (await t.get('policies/ningkedai-2025/clauses/leverage/versions', key)).body.items;

describe('a preview of a new value', () => {
  it('shows each pool’s headroom under the old leverage and the new, with both reasons', async () => {
    const { status, body } = await writingNothing(t, () => preview('leverage', '5'));
    expect(status).toBe(200);
    expect(body).toMatchObject({ title: '放大倍数', on: '2026-05-01', before: expect.stringContaining('10 倍') });
    expect(body.pools).toMatchObject([
      { poolCode: 'pingluo', before: '60000000.00', after: '30000000.00' },
      { poolCode: 'yinchuan', before: '2400000000.00', after: '1200000000.00' },
    ]);
    expect(body.pools[0].explanation.after.inputs[0]).toMatchObject({ label: '放大倍数', value: '5 倍' });
    expect(body.filings).toEqual({ total: 12, looked: 0, changed: 0, items: [] });
  });

  it('names the waiting filings that would be decided otherwise, with the fault', async () => {
    const cap = { standard: '2000000.00', byTitle: [], withRelated: true };
    const { body } = await writingNothing(t, () => preview('enterpriseCap', cap));
    const filings = (await t.get('loan-filings?status=submitted&limit=100', reviewer)).body.items;
    type Filed = { id: string; enterpriseUscc: string; countedPrincipal: string };
    const all = (uscc: string) =>
      filings.filter((f: Filed) => f.enterpriseUscc === uscc).map((f: Filed) => f.countedPrincipal);
    const above = filings.filter((f: Filed) => Number(plus(...all(f.enterpriseUscc))) > 2_000_000);
    const firms = new Set(above.map((f: Filed) => f.enterpriseUscc)).size;
    expect(above.length).toBeGreaterThan(0);
    expect(body.filings.changed).toBe(above.length);
    expect(body.filings.items.map((f: { id: string }) => f.id)).toEqual(above.map((f: { id: string }) => f.id));
    expect(body.filings.items[0]).toMatchObject({
      before: { verdict: 'pass', faults: [] },
      after: { verdict: 'fail' },
    });
    expect(body.filings.items[0].after.faults[0]).toContain('超过单户上限 2,000,000.00 元');
    expect(body.enterprises).toMatchObject({ over: { before: 0, after: firms } });
    expect(body.enterprises.items[0]).toMatchObject({ before: expect.any(String), after: '2000000.00' });
  });

  it('moves the days of a monthly clause', async () => {
    const { body } = await preview('reporting', { day: 5, suspendsFilings: true });
    expect(body.dates).toEqual([{ what: '2026-05 月报报送截止日', before: '2026-06-10', after: '2026-06-05' }]);
    expect([body.pools, body.enterprises]).toEqual([[], null]);
  });

  it('refuses a value of another shape, a clause that is none, and who may not propose', async () => {
    expect((await preview('leverage', 'ten')).body.code).toBe('POLICY_VALUE_INVALID');
    expect((await preview('nothing', '5')).status).toBe(404);
    const body = { clauseId: 'ningkedai-2025.leverage', effectiveFrom: '2026-05-01', value: '5' };
    for (const key of [t.key('finance'), t.key('countyReviewer', 'pingluo-st'), t.key('auditor')])
      expect((await t.post('policy-versions/preview', body, key)).status).toBe(403);
  });
});

describe('versions side by side', () => {
  let id: string;

  it('shows a proposal beside what is in force, to those who decide on it', async () => {
    const body = { clauseId: 'ningkedai-2025.leverage', effectiveFrom: '2026-05-01', value: '8', citation };
    id = (await t.post('policy-versions', body, reviewer)).body.id;
    const [proposed, shipped] = await versions(reviewer);
    expect(proposed).toMatchObject({ id, state: 'proposed', own: true, proposedByName: '自治区审核员甲', value: '8' });
    expect(shipped).toMatchObject({ id: null, origin: 'shipped', state: 'inForce', value: '10', proposedBy: null });
    expect((await versions(second))[0].own).toBe(false);
    expect((await versions(t.key('bank', 'ningxia-bank'))).length).toBe(1);
  });

  it('previews what was proposed, writing nothing', async () => {
    const { body } = await writingNothing(t, () => t.post(`policy-versions/${id}/preview`, undefined, second));
    expect(body.pools[0]).toMatchObject({ before: '60000000.00', after: '48000000.00' });
    const unknown = 'policy-versions/00000000-0000-4000-8000-000000000000/preview';
    expect((await t.post(unknown, undefined, second)).status).toBe(404);
  });

  it('follows a version from approval into force', async () => {
    expect((await t.post(`policy-versions/${id}/approve`, undefined, second)).status).toBe(200);
    const states = async (key: string) => (await versions(key)).map((v: { state: string }) => v.state);
    expect(await states(reviewer)).toEqual(['coming', 'inForce']);
    t.on('2026-05-01');
    expect(await states(t.key('bank', 'ningxia-bank'))).toEqual(['inForce', 'replaced']);
    const [added] = await versions(t.key('enterprise'));
    expect([added.proposedBy, added.decidedByName]).toEqual([null, null]);
    t.on('2026-04-10');
    expect(t.log.errors).toEqual([]);
  });
});
