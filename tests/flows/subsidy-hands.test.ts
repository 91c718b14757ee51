import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { handInAll } from '../support/subsidy-papers.ts';

let t: Demonstration;
let enterprise: string;
let county: string;
let region: string;
let second: string;
let finance: string;
const USCC = '916401212972756293';

beforeAll(async () => {
  t = await startDemonstration();
  t.on('2026-09-18');
  enterprise = await t.keyFor({ role: 'enterprise', enterpriseUscc: USCC });
  county = t.key('countyReviewer', 'yinchuan-st');
  [region, second] = [t.key('regionalReviewer'), t.key('regionalReviewer', undefined, true)];
  finance = t.key('finance');
}, 120_000);
afterAll(() => t.stop());

let serial = 0;
const request = (more: object = {}) => {
  serial += 1;
  return {
    ...{ scheme: 'ningxia-tech-finance-subsidy', pledged: true, ...more },
    payee: { accountName: '银川源禾精密机械有限公司', bankName: '宁夏银行', accountNo: '6400100200000001' },
    lines: [
      {
        ...{ kind: 'premium', name: '研发责任保险', counterparty: '人保财险宁夏分公司', class: 'I' },
        ...{ policyNo: `PH${serial}`, invoiceNos: [`8${serial}`], paid: '1000.00', paidOn: '2026-03-05' },
        ...{ startsOn: '2026-03-01', endsOn: '2027-03-01' },
      },
    ],
  };
};
const act = (id: string, verb: string, key: string, body: object = {}) =>
  t.post(`subsidy-applications/${id}/${verb}`, body, key);
const view = async (id: string, key = enterprise) => (await t.get(`subsidy-applications/${id}`, key)).body;
const submitted = async (more: object = {}, key = enterprise) => {
  const { body } = await t.post('subsidy-applications', request(more), key);
  await handInAll(t, body.id, key);
  const answer = await act(body.id, 'submit', key);
  expect([answer.status, answer.body]).toMatchObject([200, { status: 'submitted' }]);
  return body.id as string;
};
const codes = (checks: { code: string; verdict: string }[]) => checks.map(({ code, verdict }) => `${code} ${verdict}`);

describe('what a reviewer looks up', () => {
  it('is asked for by name, is confirmed by whoever passes the form review, and stays with the application', async () => {
    const id = await submitted();
    expect(codes((await view(id)).checks)).toContain('STANDING_NOT_CHECKED notChecked');
    const looked = { findings: [{ code: 'majorBreach', holds: false, source: '信用中国 2026-09-18 查询' }] };
    expect((await act(id, 'findings', finance, looked)).status).toBe(403);
    const { body } = await act(id, 'findings', county, looked);
    expect(body.checks).toContainEqual(
      expect.objectContaining({ code: 'STANDING_NOT_CHECKED', value: 'seriousDishonesty' }),
    );
    await act(id, 'recommend', county);
    expect((await act(id, 'findings', county, looked)).body.code).toBe('NOT_YOUR_TURN');
    await act(id, 'review', region);
    const after = await view(id, region);
    expect(codes(after.checks)).toContain('STANDING pass');
    expect(after.findings).toMatchObject([
      { code: 'majorBreach', holds: false, source: '信用中国 2026-09-18 查询', actorName: expect.any(String) },
      { code: 'seriousDishonesty', holds: false, source: '形式审查时核实' },
    ]);
    expect((await view(id)).findings).toEqual([]);
  });

  it('against an enterprise bars this application and its next by the article, until the last word is another', async () => {
    const id = await submitted();
    const found = (holds: boolean) => ({
      findings: [{ code: 'seriousDishonesty', holds, source: '严重失信主体名单' }],
    });
    const { body } = await act(id, 'findings', region, found(true));
    const fault = body.checks.find(({ code }: { code: string }) => code === 'ENTERPRISE_BARRED');
    expect(fault).toMatchObject({ verdict: 'fail', cites: [{ document: expect.stringMatching(/《.+》/) }] });
    const next = await t.post('subsidy-applications/check', request(), enterprise);
    expect(next.body).toMatchObject({ eligible: false, amount: '0.00' });
    await act(id, 'findings', region, found(false));
    expect((await t.post('subsidy-applications/check', request(), enterprise)).body.eligible).toBe(true);
    await expect(t.pool.query('DELETE FROM subsidy_finding')).rejects.toThrow();
  });

  it('of a prize: stated by the applicant, confirmed or refuted by a reviewer, never taken for granted', async () => {
    const rows = await t.pool.query(
      `SELECT e.uscc FROM enterprise e WHERE e.registered_at LIKE '%银川%' AND NOT EXISTS
          (SELECT FROM enterprise_title x WHERE x.uscc = e.uscc AND x.valid_to >= '2026-09-18' AND x.kind <> 'fledgling') LIMIT 1`,
    );
    const key = await t.keyFor({ role: 'enterprise', enterpriseUscc: rows.rows[0].uscc });
    const without = await t.post('subsidy-applications/check', request(), key);
    expect(codes(without.body.checks)).toContain('TITLE_NOT_VALID fail');
    const id = await submitted({ contestYear: 2026 }, key);
    expect(codes((await view(id, key)).checks)).toContain('CONTEST_NOT_CONFIRMED notChecked');
    const refuted = { findings: [{ code: 'contest', holds: false, source: '大赛获奖名单' }] };
    expect(codes((await act(id, 'findings', region, refuted)).body.checks)).toContain('TITLE_NOT_VALID fail');
    const won = { findings: [{ code: 'contest', holds: true, source: '大赛获奖名单' }] };
    expect(codes((await act(id, 'findings', region, won)).body.checks)).not.toContain(
      'CONTEST_NOT_CONFIRMED notChecked',
    );
    const plainly = await submitted();
    expect((await act(plainly, 'findings', region, won)).body.code).toBe('FINDING_NEEDLESS');
  });
});

describe('whose turn it is', () => {
  it('is told in one sentence at each step, with the working days that the step has', async () => {
    const id = await submitted();
    const told = async () => {
      const { nextStep } = await view(id);
      return [nextStep.sentence, nextStep.whose, nextStep.dueOn, nextStep.late];
    };
    expect(await told()).toEqual([
      '已提交，等待县（市、区）科技主管部门审核推荐，应于 2026-10-09 前办结。',
      ...['县（市、区）科技主管部门', '2026-10-09', false],
    ]);
    t.on('2026-10-10');
    expect(await told()).toMatchObject([expect.stringContaining('已逾期'), expect.anything(), '2026-10-09', true]);
    t.on('2026-09-18');
    await act(id, 'return', county, { reason: '补充发票。' });
    expect(await told()).toEqual(['已退回补正：补充发票。修改后请重新提交，受理顺序不变。', ...['企业', null, false]]);
    await act(id, 'submit', enterprise);
    await act(id, 'recommend', county);
    expect((await told()).slice(0, 2)).toEqual([
      '已审核推荐，等待科技主管部门形式审查，应于 2026-10-09 前办结。',
      '科技主管部门',
    ]);
    await act(id, 'review', region);
    expect((await told()).slice(0, 2)).toEqual(['形式审查已通过，等待出具审计意见，应于 2026-10-15 前办结。', '财务']);
    await act(id, 'audit', finance);
    await act(id, 'decide', second);
    expect(await told()).toEqual(['已核定 500.00 元，等待本批次公示。', '科技主管部门', null, false]);
    const { clocks } = await view(id);
    expect(clocks.map(({ step, state }: { step: string; state: string }) => [step, state])).toEqual(
      ['recommend', 'review', 'audit', 'decide'].map((step) => [step, 'done']),
    );
  });
});

describe('集体研究', () => {
  const panel = { decidedOn: '2026-09-18', members: ['甲', '乙', '丙'], recused: ['丁'], substitutes: [] };

  it('decides what is above the clause’s amount, soundly told; it is kept, and below it nobody needs one', async () => {
    const id = await submitted();
    for (const [verb, key] of [
      ['recommend', county],
      ['review', region],
      ['audit', finance],
    ] as const)
      await act(id, verb, key);
    const value = { above: '499.99' };
    const clauseId = 'ningxia-tech-finance-subsidy.panel';
    const citation = { document: '《测试》', article: '第一条', confirmed: false, mark: 'A' };
    await t.pool.query(
      "INSERT INTO policy_version (clause_id, effective_from, value, citation, status, proposed_by, decided_by, decided_on) VALUES ($1, '2026-09-01', $2, $3, 'approved', 'a', 'b', '2026-09-01')",
      [clauseId, JSON.stringify(value), JSON.stringify(citation)],
    );
    const without = await act(id, 'decide', second);
    expect([without.status, without.body.errors]).toMatchObject([
      422,
      [{ code: 'PANEL_NEEDED', field: 'panel', cites: [{ article: '第一条' }] }],
    ]);
    const unsound = await act(id, 'decide', second, { panel: { ...panel, recused: ['甲'] } });
    expect(unsound.body.code).toBe('PANEL_INVALID');
    expect((await act(id, 'decide', second, { panel })).body).toMatchObject({ status: 'decided', decided: '500.00' });
    expect((await view(id, region)).panel).toEqual(panel);
    expect((await view(id)).panel).toBeNull();
  });
});
