import { expect } from 'vitest';
import type { Console } from '../support/console.ts';

const SCHEME = 'ningxia-tech-finance-subsidy';

/** The batch of 2027 in publication, and what others do about one application of it that the browser does not show. */
export async function publishedBatch(t: Console) {
  const [county, region] = [t.key('countyReviewer', 'yinchuan-st'), t.key('regionalReviewer')];
  const second = t.key('regionalReviewer', undefined, true);
  const [finance, cashier] = [t.key('finance'), t.key('finance', undefined, true)];
  const ok = async (path: string, body: object, key: string) => {
    const answer = await t.post(path, body, key);
    expect([path, answer.status < 300 || answer.body]).toEqual([path, true]);
    return answer.body;
  };
  const get = async (path: string) => (await t.get(path, finance)).body;
  const { items } = await get('subsidy-applications?year=2027&limit=200');
  const ids = items.map((item: { id: string }) => item.id);
  for (const [step, key] of [
    ['recommend', county],
    ['review', region],
    ['audit', finance],
    ['decide', second],
  ] as const)
    await ok('subsidy-applications/steps', { step, ids }, key);
  const bankName = '宁夏银行股份有限公司';
  const payees = items.map(({ id, enterpriseName }: { id: string; enterpriseName: string }) => ({
    ...{ id, accountName: enterpriseName, bankName, accountNo: `64001002${id.padStart(8, '0')}` },
  }));
  await ok('subsidy-applications/payees', { payees }, region);
  const [amount, book] = ['300000.00', `subsidy-2027-${SCHEME}`];
  const account = { accountNo: '6400100155550027', accountName: '自治区科技厅', bankName };
  const budget = { scheme: SCHEME, year: 2027, name: '2027 年补贴预算', document: '预算批复（测试）', amount };
  await ok('budgets', { ...budget, ...account }, finance);
  t.on('2027-05-06');
  await ok(`budgets/${book}/receipts`, { amount, receivedOn: '2027-05-06', receiptNo: 'R-2027' }, finance);
  const { id: batchId } = await ok('subsidy-batches', { scheme: SCHEME, year: 2027, batchNo: 1 }, region);
  const [{ id, enterpriseUscc: uscc, enterpriseName: name }] = items;
  const pay = async () => {
    const open = (await get(`subsidy-batches/${batchId}/payments`)).items.filter(
      ({ status }: { status: string }) => status === 'ordered',
    );
    const payments = open.map((one: { id: string }) => ({ paymentId: one.id, voucherNo: `V-${one.id}` }));
    await ok(`subsidy-batches/${batchId}/pay`, { paidOn: '2027-05-14', payments }, cashier);
  };
  return {
    ...{ id, uscc, name, batchId },
    /** the publication is over: everything that no objection holds is shared out and paid */
    payOthers: async () => {
      t.on('2027-05-14');
      await ok(`subsidy-batches/${batchId}/allocate`, {}, finance);
      await ok(`subsidy-batches/${batchId}/approve`, {}, region);
      await ok(`subsidy-batches/${batchId}/order`, { orderNo: '金补〔2027〕1号' }, finance);
      await pay();
    },
    paySupplement: async () => {
      const [supplement] = (await get(`subsidy-batches/${batchId}/supplements`)).items;
      await ok(`subsidy-supplements/${supplement.id}/order`, { orderNo: '金补〔2027〕2号' }, finance);
      await pay();
    },
    /** what came back is paid to the account that the enterprise named */
    payAgain: async () => {
      const back = (await get(`subsidy-batches/${batchId}/payments`)).items.find(
        ({ status }: { status: string }) => status === 'returned',
      );
      const payee = { accountName: name, bankName, accountNo: '6400100299998888' };
      await ok(`subsidy-payments/${back.id}/reissue`, payee, finance);
      await pay();
    },
    confirmClawback: async () => {
      const [claim] = (await get(`subsidy-clawbacks?applicationId=${id}`)).items;
      await ok(`subsidy-clawbacks/${claim.id}/confirm`, {}, cashier);
    },
  };
}
export type Published = Awaited<ReturnType<typeof publishedBatch>>;

/** A draft of an enterprise, for one premium. @returns its id */
export async function draftedSubsidy(t: Console, uscc: string, cookie: string): Promise<string> {
  const { name } = (await t.call('GET', `enterprises/${uscc}`, { cookie })).body;
  const body = {
    ...{ scheme: SCHEME, pledged: false },
    payee: { accountName: name, bankName: '宁夏银行股份有限公司', accountNo: '6400100200009999' },
    lines: [
      {
        ...{ kind: 'premium', name: '研发责任保险', counterparty: '平安财险宁夏分公司', class: 'I' },
        ...{ policyNo: `PZ-${uscc}`, invoiceNos: [`FP-${uscc}`], paid: '12000.00' },
        ...{ startsOn: '2026-11-01', endsOn: '2027-11-01', paidOn: '2026-11-05' },
      },
    ],
  };
  const drafted = await t.call('POST', 'subsidy-applications', { cookie, body });
  expect([drafted.status, drafted.body.detail]).toEqual([201, undefined]);
  return drafted.body.id;
}

/** Hands in what an application still lacks, each paper a small PDF. */
export async function handInRest(t: Console, id: string, cookie: string): Promise<void> {
  const { papers } = (await t.call('GET', `subsidy-applications/${id}`, { cookie })).body;
  for (const { code, answered, attachments } of papers) {
    if (answered !== null || attachments.length > 0) continue;
    const body = new FormData();
    body.set('subject', `subsidyApplication:${id}`);
    body.set('paper', code);
    body.set('file', new File(['%PDF-1.4\n%%EOF'], `${code}.pdf`));
    const { status } = await t.call('POST', 'attachments', { cookie, body });
    expect([code, status]).toEqual([code, 201]);
  }
}
