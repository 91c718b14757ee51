import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { upload } from './support.ts';

let d: Demonstration;
beforeAll(async () => {
  d = await startDemonstration('2026-11-20');
  d.on('2026-12-05');
});
afterAll(() => d.stop());

const draft = (query: string, key: string) => d.get(`import-templates/balanceReports/filled?${query}`, key);
const textOf = (body: ArrayBuffer) => new TextDecoder('utf-8').decode(body);

test('a bank downloads its report filled in as the contracts say, sends it unchanged, and nothing is missing', async () => {
  const bank = d.key('bank', 'shizuishan-bank');
  const { status, body } = await draft('period=2026-11&poolCode=pingluo&format=csv', bank);
  expect(status).toBe(200);
  const lines = textOf(body).trim().split('\r\n');
  expect(lines).toHaveLength(1 + 10);
  expect(lines.find((line) => line.includes('SZSJJ202636414424'))).toMatch(/0\.00,0\.00,次级,171,否$/);
  const sent = await upload(d, bank, new Uint8Array(body), { kind: 'balanceReports', mode: 'all' });
  expect([sent.body.status, sent.body.rowsNew, sent.body.errors]).toEqual(['done', 10, []]);
  const reports = await d.get('balance-reports?period=2026-11', bank);
  expect(reports.body.items[0].missingTotal).toBe(0);
  const again = await draft('period=2026-11&poolCode=pingluo', bank);
  expect([again.status, again.body.detail]).toEqual([422, '2026-11 没有应报未报的贷款']);
});

test('another bank gets its own loans only, and who reports nothing gets none', async () => {
  const { body } = await draft('period=2026-11&format=csv', d.key('bank', 'ningxia-bank'));
  expect(textOf(body)).not.toContain('SZSJJ');
  expect((await draft('period=2026-11', d.key('finance'))).status).toBe(403);
});
