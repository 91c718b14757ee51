import { expect } from 'vitest';
import type { Actor } from '../../src/access/context.ts';
import { handIn, PAPERS } from '../flows/claims-support.ts';
import type { Console } from '../support/console.ts';

/** What is needed beside them where a guarantor stands behind the loan. */
const GUARANTEED = ['payoutApproval', 'guaranteeContract', 'entrustment', 'payoutProof'];

/** A day on which the demonstration's loans by instalments, of which nothing was repaid after its last report, are overdue for more than 90 days. */
export const LATER = '2027-03-10';

/** Drafts a claim for all that is unpaid on such a loan of a bank, with all its papers. @returns its id */
export async function draftedClaim(
  t: Console,
  bankCode: string,
  dueBillNo: string,
  by: { key?: string; cookie?: string; actor?: Actor } = {},
): Promise<string> {
  const { key = t.key('bank', bankCode), cookie, actor = await t.actor('bank', bankCode) } = by;
  const who = cookie ? { cookie } : { key };
  const [loan] = (await t.call('GET', `loans?dueBillNo=${dueBillNo}`, who)).body.items;
  const body = {
    ...{ dueBillNo, unpaidPrincipal: loan.outstandingPrincipal, overdueSince: '2026-12-01' },
    ...{ classification: 'substandard', classifiedOn: '2027-03-02', demandedOn: '2027-03-03' },
  };
  const drafted = await t.call('POST', 'claims', { ...who, body });
  expect(drafted.status).toBe(201);
  await handIn(t, drafted.body.id, [...PAPERS, ...GUARANTEED], actor);
  return drafted.body.id;
}

/** A claim that was submitted, later, and sent back: everybody sees it, and its bank may change it. @returns its id */
export async function returnedClaim(t: Console, bankCode: string, county: string, dueBillNo: string): Promise<string> {
  const today = t.today();
  t.on(LATER);
  const id = await draftedClaim(t, bankCode, dueBillNo);
  expect((await t.post(`claims/${id}/submit`, undefined, t.key('bank', bankCode))).status).toBe(200);
  const sent = await t.post(`claims/${id}/return`, { reason: '缺少催收回执' }, t.key('countyReviewer', county));
  expect(sent.status).toBe(200);
  t.on(today);
  return id;
}
