import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { maskEmail, maskName, maskPhone } from '../../src/access/mask.ts';
import { startTestApp, type TestApp } from '../support/app.ts';

describe('个人信息的遮盖', () => {
  it.each([
    ['张三', '张*'],
    ['张三丰', '张*'],
    ['欧阳修', '欧阳*'],
    ['欧阳', '欧*'],
    ['司马相如', '司马*'],
    ['𠮷野', '𠮷*'],
    ['买买提·艾力', '买买提*'],
    ['Zhang San', 'Zhang*'],
    ['Zhang', 'Z*'],
    ['张', '*'],
    ['·', '*'],
    ['', ''],
  ])('the name %s shows as %s', (name, shown) => expect(maskName(name)).toBe(shown));

  it.each([
    ['13812345678', '138****5678'],
    ['+86 138 1234 5678', '+86 1** **** 5678'],
    ['0952-6054321', '095*-***4321'],
    ['6054321', '***4321'],
    ['12345', '****'],
    ['', ''],
  ])('the number %s shows as %s', (phone, shown) => expect(maskPhone(phone)).toBe(shown));

  it.each([
    ['zhang.san@example.com', 'z***@example.com'],
    ['张三@示例.中国', '张***@示例.中国'],
    ['a@b@example.com', 'a***@example.com'],
    ['@example.com', '***'],
    ['zhangsan', '***'],
    ['', ''],
  ])('the address %s shows as %s', (email, shown) => expect(maskEmail(email)).toBe(shown));
});

const USCC = '91640221MA9006026Y';
const OTHER = '916401212972756293';
let t: TestApp;
const keys: Record<string, string> = {};

beforeAll(async () => {
  t = await startTestApp('2026-04-10');
  keys.operator = await t.keyFor({ role: 'operator' });
  const figures = { staff: 10, totalAssets: '1.00', revenue: '1.00', previousRevenue: '1.00', rndExpense: '1.00' };
  const place = { name: '示例企业', registeredIn: '石嘴山市平罗县' };
  for (const [uscc, legalRepresentative] of [
    [USCC, '欧阳示例'],
    [OTHER, '马示例'],
  ])
    await t.post('enterprises', { uscc, ...place, ...figures, legalRepresentative }, keys.operator);
  await t.post('institutions', { code: 'example-bank', name: '示例银行', kind: 'partnerBank' }, keys.operator);
  for (const role of ['regionalReviewer', 'finance', 'auditor'] as const) keys[role] = await t.keyFor({ role });
  keys.bank = await t.keyFor({ role: 'bank', institutionCode: 'example-bank' });
  keys.enterprise = await t.keyFor({ role: 'enterprise', enterpriseUscc: USCC });
});
afterAll(() => t.stop());

const shownTo = async (role: string) => (await t.get(`enterprises/${USCC}`, keys[role])).body.legalRepresentative;
const reveals = async () =>
  (await t.pool.query(`SELECT actor, role, subject, after FROM audit_log WHERE action = 'personal.reveal' ORDER BY id`))
    .rows;

describe('法定代表人', () => {
  it('is masked for all but the enterprise itself, in the list as on its own page', async () => {
    for (const role of ['operator', 'regionalReviewer', 'finance', 'auditor', 'bank'])
      expect([role, await shownTo(role)]).toEqual([role, '欧阳*']);
    expect(await shownTo('enterprise')).toBe('欧阳示例');
    const names = async (role: string) =>
      (await t.get('enterprises', keys[role])).body.items.map(
        (e: { legalRepresentative: string }) => e.legalRepresentative,
      );
    expect((await names('finance')).sort()).toEqual(['欧阳*', '马*']);
    expect(await names('enterprise')).toEqual(['欧阳示例']);
  });

  it('is shown to who may and says why, and each look stands in the audit log without the name', async () => {
    const look = () =>
      t.post(`enterprises/${USCC}/reveal`, { reason: '核对同意函签章' }, keys.finance, { 'idempotency-key': 'look' });
    for (const n of [1, 2]) {
      const { status, body } = await look();
      expect([status, body]).toEqual([200, { legalRepresentative: '欧阳示例' }]);
      expect(await reveals()).toHaveLength(n);
    }
    expect((await reveals())[0]).toEqual({
      ...{ actor: (await t.get('me', keys.finance)).body.id, role: 'finance', subject: `enterprise:${USCC}` },
      after: { fields: ['legalRepresentative'], reason: '核对同意函签章' },
    });
    const kept = await t.pool.query(`SELECT count(*)::int AS n FROM idempotency_key WHERE key = 'look'`);
    expect(kept.rows[0].n).toBe(0);
  });

  it('is not shown without a reason, to who may not, or of who is not seen, and no look is logged', async () => {
    const before = (await reveals()).length;
    const look = async (role: string, uscc: string, reason: string) =>
      (await t.post(`enterprises/${uscc}/reveal`, { reason }, keys[role])).status;
    expect(await look('finance', USCC, ' ')).toBe(422);
    for (const role of ['bank', 'enterprise', 'auditor', 'operator'])
      expect([role, await look(role, USCC, '看看')]).toEqual([role, 403]);
    expect(await look('finance', '91640221MA9006026X', '看看')).toBe(404);
    expect((await reveals()).length).toBe(before);
  });

  it('is not overwritten by its own mask', async () => {
    const part = { uscc: USCC, name: '示例企业', registeredIn: '石嘴山市平罗县', legalRepresentative: '欧阳*' };
    const { status, body } = await t.post('enterprises', part, keys.operator);
    expect([status, body.errors[0]]).toEqual([422, expect.objectContaining({ field: 'legalRepresentative' })]);
    expect(await shownTo('enterprise')).toBe('欧阳示例');
    expect(t.log.errors).toEqual([]);
  });
});
