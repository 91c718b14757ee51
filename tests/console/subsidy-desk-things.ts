import { expect } from 'vitest';
import type { Console } from '../support/console.ts';

/** The addresses of one application, one batch and one clawback of the demonstration that every department may see. */
export async function subsidyDeskThings(t: Console): Promise<Record<string, string>> {
  const finance = t.key('finance');
  const first = async (list: string) => (await t.get(list, finance)).body.items[0].id;
  const claimed = {
    ...{ applicationId: await first('subsidy-applications?status=paid'), place: 1, amount: '100.00' },
    ...{ ground: 'overpaid', reason: '发票金额重复计算', evidence: '专项审计报告 SJ-1' },
  };
  const { status, body } = await t.post('subsidy-clawbacks', claimed, finance);
  expect([status, body.detail]).toEqual([201, undefined]);
  return {
    '/subsidies/:id': `/subsidies/${await first('subsidy-applications?status=submitted&sort=appliedOn')}`,
    '/subsidy-batches/:id': `/subsidy-batches/${await first('subsidy-batches')}`,
    '/clawbacks/:id': `/clawbacks/${body.id}`,
  };
}
