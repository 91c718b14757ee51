import { expect } from 'vitest';
import type { Console } from '../support/console.ts';

/** The deposit account of the Yinchuan pool, of which the demonstration has no statements. */
export const ACCOUNT = '6400100155550002';

type Row = [day: string, fen: number, counterparty: string, memo: string, serial: string];

/** A statement as a bank's page gives it: signed amounts and the balance after each, in fen before they are written. */
export function statement(from: string, to: string, opening: number, rows: Row[]): string {
  let balance = opening;
  const lines = rows.map(([day, fen, ...rest]) => {
    balance += fen;
    return [day, yuan(fen), yuan(balance), ...rest].join(',');
  });
  const head = `账号：${ACCOUNT} ${from} 至 ${to}\n期初余额：${yuan(opening)}\n交易日期,交易金额,余额,对方户名,摘要,流水号`;
  return `${head}\n${lines.join('\n')}\n`;
}
const yuan = (fen: number): string => (fen / 100).toFixed(2);

/** What the pool was founded with. */
export const TO_OCTOBER = statement('2026-01-01', '2026-10-31', 0, [
  ['2026-01-08', 11_835_000_000, '银川市科学技术局', '出资', '202601000001'],
  ['2026-01-09', 165_000_000, '银川市科学技术局', '出资', '202601000002'],
  ['2026-01-12', 12_000_000_000, '宁夏回族自治区科学技术厅', '出资', '202601000003'],
]);
export const AFTER_OCTOBER = 24_000_000_000;

/** Sends a statement and reconciles a month, as somebody of finance by the API. @returns the ids of the statement and of the run */
export async function reconciled(
  t: Console,
  text: string,
  period: string,
): Promise<{ statement: string; run: string }> {
  const form = new FormData();
  form.set('file', new File([text], '流水.csv'));
  const sent = await t.post('bank-statements', form, t.key('finance'));
  expect([sent.status, sent.body.detail]).toEqual([201, undefined]);
  const run = await t.post('reconciliations', { poolCode: 'yinchuan', period }, t.key('finance'));
  expect([run.status, run.body.detail]).toEqual([201, undefined]);
  return { statement: sent.body.id, run: run.body.id };
}

/** Pages of one thing of reconciliation and closing, of the Yinchuan pool. */
export async function reconciledThings(t: Console): Promise<Record<string, string>> {
  const finance = t.key('finance');
  await reconciled(t, TO_OCTOBER, '2026-10');
  const fee = statement('2026-11-01', '2026-11-10', AFTER_OCTOBER, [['2026-11-05', -5_000, '', '网银服务费', '1']]);
  const november = await reconciled(t, fee, '2026-11');
  const [difference] = (await t.get('differences?poolCode=yinchuan&live=true', finance)).body.items;
  const [closing] = (await t.get('closings?poolCode=yinchuan', finance)).body.items;
  const [year] = (await t.get('year-closings?poolCode=yinchuan', finance)).body.items;
  return {
    '/bank-statements/:id': `/bank-statements/${november.statement}`,
    '/reconciliations/:id': `/reconciliations/${november.run}`,
    '/reconciliations/:id/bridge': `/reconciliations/${november.run}/bridge`,
    '/differences/:id': `/differences/${difference.id}`,
    '/closings/:id': `/closings/${closing.id}`,
    '/year-closings/:id': `/year-closings/${year.id}`,
  };
}
