import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { balances, claimFor, DAYS, expectStatus, funded, lender, paid, people } from './claims-support.ts';

let t: Demonstration;
let who: ReturnType<typeof people>;
let id: string;

beforeAll(async () => {
  t = await startDemonstration();
  who = people(t);
  await funded(t, '50000.00', '40000.00');
  const { dueBillNo } = await lender(t)({ principal: '100000.00', countedPrincipal: '100000.00' });
  t.on(DAYS.claimed);
  id = await paid(t, claimFor(dueBillNo, '100000.00'));
}, 120_000);
afterAll(() => t.stop());

const post = (path: string, body: unknown, key = who.finance) => t.post(path, body, key);

it('What came back for a contribution that was returned is taken back from where it went, though its contributor has paid in again', async () => {
  expectStatus(await post(`claims/${id}/write-off`, { reason: '终结执行', courtOrderOn: DAYS.claimed }), 200);
  expectStatus(await post(`claims/${id}/write-off/confirm`, undefined, who.other), 200);
  const back = { contributor: 'pingluo-st', amount: '10000.00', payeeAccountNo: '6402200155559999' };
  const order = { ...back, paidOn: DAYS.claimed, voucherNo: 'V1', reason: '财政收回' };
  const { id: no } = expectStatus(await post('pools/pingluo/returns', order), 201);
  expectStatus(await post(`pools/pingluo/returns/${no}/confirm`, undefined, who.other), 200);
  const days = { obtainedOn: DAYS.claimed, receivedOn: DAYS.claimed };
  const { id: receipt } = expectStatus(
    await post(`claims/${id}/recoveries`, { amount: '100.00', ...days, receiptNo: 'R1' }),
    201,
  );
  const held = async () => {
    const all = await balances(t);
    return [all['2901 pingluo-st'], all['2307 pingluo-st'], all['2901 ningxia-st'], all[`9301 ${id}:pingluo-st`]];
  };
  expect(await held()).toEqual([undefined, '40.00', '40.00', '39960.00']);
  const again = { contributor: 'pingluo-st', amount: '5000.00', receivedOn: DAYS.claimed, receiptNo: 'IN-2' };
  expectStatus(await post('pools/pingluo/contributions', again), 201);
  expectStatus(await post(`claims/${id}/events/${receipt}/reverse`, { reason: '误登' }, who.other), 200);
  expect(await held()).toEqual(['5000.00', undefined, undefined, '40000.00']);
  const { rows } = await t.pool.query(`SELECT count(*)::int AS cited FROM ledger.entry WHERE reverses IS NOT NULL`);
  expect(rows).toEqual([{ cited: 1 }]);
  expect((await t.pool.query("SELECT * FROM ledger.verify('pingluo')")).rows).toEqual([]);
  expect(t.log.errors).toEqual([]);
});
