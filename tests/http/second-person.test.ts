import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demonstration, startDemonstration } from '../support/demo.ts';

let t: Demonstration;
let claim: string;
beforeAll(async () => {
  t = await startDemonstration('2026-10-20');
  claim = (await get('claims', 'finance')).body.items[0].id;
}, 120_000);
afterAll(() => t.stop());

const get = (path: string, ...who: Parameters<Demonstration['key']>) => t.get(path, t.key(...who));
/** The body of an answer to what must be done. */
async function done(path: string, body: unknown, ...who: Parameters<Demonstration['key']>) {
  const answer = await t.post(path, body, t.key(...who));
  if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}
const ids = async (path: string, ...who: Parameters<Demonstration['key']>) =>
  (await get(path, ...who)).body.items.map(({ id }: { id: string }) => id);

describe('What waits for a second person', () => {
  it('a refund is listed with whose claim it is and whether one proposed it oneself; a bank learns of it when it is decided', async () => {
    await done(`claims/${claim}/refund`, { ground: 'ineligible', reason: '资金转入个人账户' }, 'finance');
    const list = 'claim-proposals?status=proposed';
    const { total, items } = (await get(list, 'finance')).body;
    expect([total, items[0].claimId]).toEqual([1, claim]);
    expect(items[0]).toMatchObject({
      ...{ kind: 'refund', amount: '1816000.00', dueBillNo: 'SZSJJ202636414424', mine: true, proposedBy: '财务甲' },
      enterpriseName: '宁夏源微数据服务有限公司',
    });
    expect((await get(list, 'regionalReviewer')).body.items[0].mine).toBe(false);
    expect(await ids(list, 'countyReviewer', 'pingluo-st')).toHaveLength(1);
    expect(await ids(list, 'countyReviewer', 'yinchuan-st')).toEqual([]);
    const ofBank = async () => (await get(`claims/${claim}`, 'bank', 'shizuishan-bank')).body.proposals.length;
    expect([await ids('claim-proposals', 'bank', 'shizuishan-bank'), await ofBank()]).toEqual([[], 0]);
    await done(`claims/${claim}/refund/confirm`, undefined, 'finance', undefined, true);
    expect([await ids(list, 'finance'), await ofBank()]).toEqual([[], 1]);
    expect(await ids('claim-proposals?kind=refund', 'bank', 'shizuishan-bank')).toHaveLength(1);
    expect(await ids('claim-proposals', 'bank', 'ningxia-bank')).toEqual([]);
    for (const sort of ['id', '-amount', 'proposedOn', 'poolCode'])
      expect((await get(`claim-proposals?sort=${sort}`, 'auditor')).status).toBe(200);
    const file = new TextDecoder().decode((await get('claim-proposals?format=csv', 'finance')).body);
    expect(file).toContain('退回补偿');
  });

  it('a return of a contribution is listed to those who see its pool until it is decided', async () => {
    const order = {
      ...{ contributor: 'yinchuan-st', amount: '1000.00', payeeAccountNo: '6402200199990001' },
      ...{ paidOn: '2026-10-20', voucherNo: 'TH-1', reason: '减少出资' },
    };
    const { id } = await done('pools/yinchuan/returns', order, 'finance');
    expect((await get('capital-orders', 'finance')).body.items).toMatchObject([{ id, total: '1000.00', mine: true }]);
    expect(await ids('capital-orders', 'countyReviewer', 'yinchuan-st')).toEqual([id]);
    expect(await ids('capital-orders', 'countyReviewer', 'pingluo-st')).toEqual([]);
    await done(`pools/yinchuan/returns/${id}/refuse`, { reason: '暂不退回' }, 'finance', undefined, true);
    expect(await ids('capital-orders', 'finance')).toEqual([]);
  });

  it('a revocation is listed with its loan until it is decided', async () => {
    const loans = (await get('loans?dueBillNo=SZSJJ202696055953', 'finance')).body.items;
    const { id: loanId, outstandingPrincipal } = loans[0];
    const revoke = { ground: 'misuse', reason: '购买理财产品', occurredOn: '2026-10-19' };
    await done(`loans/${loanId}/revoke`, revoke, 'countyReviewer', 'pingluo-st');
    const { items } = (await get('revocations', 'regionalReviewer')).body;
    expect(items).toMatchObject([
      { loanId, dueBillNo: 'SZSJJ202696055953', outstandingPrincipal, poolCode: 'pingluo', mine: false },
    ]);
    expect(await ids('revocations', 'countyReviewer', 'yinchuan-st')).toEqual([]);
    await done(`loans/${loanId}/revoke/refuse`, { reason: '证据不足' }, 'regionalReviewer');
    expect(await ids('revocations', 'regionalReviewer')).toEqual([]);
  });
});

describe('What pools owe', () => {
  const payables = async (...who: Parameters<Demonstration['key']>) => (await get('payables', ...who)).body.items;

  it('is told by party with what is already proposed; to a bank its own, to a county its pools’', async () => {
    const owed = {
      poolCode: 'pingluo',
      party: 'shizuishan-bank',
      partyName: '石嘴山银行股份有限公司',
      owed: '24000.00',
    };
    expect(await payables('finance')).toMatchObject([{ ...owed, proposed: '0.00' }]);
    expect(await payables('bank', 'shizuishan-bank')).toMatchObject([owed]);
    expect([await payables('bank', 'ningxia-bank'), await payables('countyReviewer', 'yinchuan-st')]).toEqual([[], []]);
    expect((await get('payables?poolCode=yinchuan', 'finance')).body.items).toEqual([]);
    const payout = {
      ...{ poolCode: 'pingluo', party: 'shizuishan-bank', amount: '10000.00', paidOn: '2026-10-20', voucherNo: 'P1' },
    };
    const { id, partyName } = await done('payouts', payout, 'finance');
    expect(partyName).toBe('石嘴山银行股份有限公司');
    expect(await payables('countyReviewer', 'pingluo-st')).toMatchObject([{ ...owed, proposed: '10000.00' }]);
    await done(`payouts/${id}/confirm`, undefined, 'finance', undefined, true);
    expect(await payables('finance')).toMatchObject([{ owed: '14000.00', proposed: '0.00' }]);
  });
});

it('lists leave as files with the columns that their pages show, names and shares in words', async () => {
  const file = async (path: string) => {
    const { status, body } = await get(path, 'finance');
    expect([path, status]).toEqual([path, 200]);
    return new TextDecoder().decode(body);
  };
  const receipts = 'receivedOn,dueBillNo,enterpriseName,bankName,receiptNo,amount,distribution,remittance,reversed';
  const text = await file(`recoveries?format=csv&columns=${receipts}`);
  expect(text).toContain('宁夏源微数据服务有限公司,石嘴山银行股份有限公司');
  expect(text).toContain('自治区风险补偿资金 24000.00；合作单位 24000.00；合作银行 12000.00');
  expect(text).toContain('到账日期,借据号');
  const paid = await file('payouts?format=csv&columns=paidOn,partyName,amount,voucherNo,status,proposedBy,poolCode,id');
  expect(paid).toContain('拨付日期,收款方');
  expect(paid).toContain('石嘴山银行股份有限公司,10000.00,P1,已拨付,财务甲');
});

it('No error was logged', () => expect(t.log.errors).toEqual([]));
