import { expect } from 'vitest';
import type { Console } from '../support/console.ts';

const SCHEME = 'ningxia-tech-finance-subsidy';

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
