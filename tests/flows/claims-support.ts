import type { Actor } from '../../src/access/context.ts';
import { attach } from '../../src/attachments/service.ts';
import { CLAIM_PAPERS } from '../../src/compensation/papers-service.ts';
import { DAYS, PAPERS, pingluoFilings } from '../support/claims.ts';
import type { Demonstration } from '../support/demo.ts';
import { demoFile } from './support.ts';

export { claimFor, DAYS, PAPERS } from '../support/claims.ts';

const paperOf = new Map<string, Uint8Array<ArrayBuffer>>();

/** Hands in papers for a claim, each a small PDF of its own. */
export async function handIn(t: Demonstration, id: string | bigint, papers = PAPERS, by?: Actor): Promise<void> {
  const ctx = t.contextOf(by ?? (await t.actor('bank', 'shizuishan-bank')));
  for (const paper of papers) {
    if (!paperOf.has(paper)) paperOf.set(paper, demoFile(`papers/${PAPERS.includes(paper) ? paper : 'account'}.pdf`));
    const file = { subject: `claim:${id}`, paper, name: `${paper}.pdf`, bytes: paperOf.get(paper)! };
    await attach(ctx, { claim: CLAIM_PAPERS }, t.attachments, file);
  }
}

/** Everyone who handles a claim, by the key they act with. */
export function people(t: Demonstration) {
  return {
    bank: t.key('bank', 'shizuishan-bank'),
    county: t.key('countyReviewer', 'pingluo-st'),
    first: t.key('regionalReviewer', 'ningxia-st'),
    second: t.key('regionalReviewer', 'ningxia-st', true),
    finance: t.key('finance'),
    other: t.key('finance', undefined, true),
  };
}

/** The same work years later, when the first keys have run out. */
export async function successors(t: Demonstration): Promise<ReturnType<typeof people>> {
  return {
    bank: await t.keyFor({ role: 'bank', institutionCode: 'shizuishan-bank' }),
    county: await t.keyFor({ role: 'countyReviewer', institutionCode: 'pingluo-st' }),
    first: await t.keyFor({ role: 'regionalReviewer', institutionCode: 'ningxia-st' }),
    second: await t.keyFor({ role: 'regionalReviewer', institutionCode: 'ningxia-st' }),
    finance: await t.keyFor({ role: 'finance' }),
    other: await t.keyFor({ role: 'finance' }),
  };
}

/** The 平罗 pool with so much of each of its two contributors. */
export async function funded(t: Demonstration, county: string, region: string): Promise<void> {
  const pay = (contributor: string, amount: string) =>
    t.post(
      'pools/pingluo/contributions',
      { contributor, amount, receivedOn: '2026-01-06', receiptNo: `IN-${contributor}` },
      t.key('finance'),
    );
  t.on('2026-01-06');
  expectStatus(await pay('pingluo-st', county), 201);
  expectStatus(await pay('ningxia-st', region), 201);
}

export interface Bad {
  loanId: string;
  dueBillNo: string;
}

/** Files and consents loans on 10 April, each with numbers of its own. */
export function lender(t: Demonstration) {
  const aFiling = pingluoFilings();
  return async (change: Record<string, unknown> = {}): Promise<Bad> => {
    t.on(DAYS.filed);
    const filing = aFiling({ maturesOn: DAYS.due, ...change });
    const { bank, county } = people(t);
    const { id } = expectStatus(await t.post('loan-filings', filing, bank), 201);
    expectStatus(await t.post(`loan-filings/${id}/consent`, undefined, county), 200);
    return { loanId: id, dueBillNo: filing.dueBillNo };
  };
}

/** Takes a claim to where it waits for its payment. @returns its id */
export async function approved(t: Demonstration, request: object, approval: object = {}): Promise<string> {
  const { bank, county, first, second } = people(t);
  const { id } = expectStatus(await t.post('claims', request, bank), 201);
  await handIn(t, id);
  expectStatus(await t.post(`claims/${id}/submit`, undefined, bank), 200);
  expectStatus(await t.post(`claims/${id}/verify`, {}, county), 200);
  expectStatus(await t.post(`claims/${id}/approve`, approval, first), 200);
  expectStatus(await t.post(`claims/${id}/confirm`, undefined, second), 200);
  return id;
}

/** A claim taken through to its payment. @returns its id */
export async function paid(t: Demonstration, request: object, approval: object = {}): Promise<string> {
  const id = await approved(t, request, approval);
  expectStatus(await t.post(`claims/${id}/pay`, {}, people(t).finance), 200);
  return id;
}

/** The body of an answer that must have this status. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
export function expectStatus(answer: { status: number; body: any }, status: number): any {
  if (answer.status !== status) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Balances of a book now, by account: `1218 1:ningxia-st` → amount. */
export async function balances(t: Pick<Demonstration, 'pool'>, book = 'pingluo'): Promise<Record<string, string>> {
  const { rows } = await t.pool.query<{ name: string; balance: string }>(
    `SELECT code || ' ' || sub_key AS name, balance::text FROM ledger.account WHERE book_id = $1 AND balance <> 0`,
    [book],
  );
  return Object.fromEntries(rows.map(({ name, balance }) => [name, balance]));
}
