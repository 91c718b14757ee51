import { afterAll, beforeAll, expect, test } from 'vitest';
import { demonstrationDay } from '../../prisma/demo/day.ts';
import { startTestApp, type TestApp } from '../support/app.ts';

let t: TestApp;
const moved: string[] = [];
beforeAll(async () => {
  t = await startTestApp('2026-11-20', { dayMoved: async (day) => void moved.push(day) });
});
afterAll(() => t.stop());

const move = async (day: string, role: 'finance' | 'auditor' = 'finance') =>
  t.post('demonstration/day', { day }, await t.keyFor({ role }));

test('where there is no demonstration the day does not move', async () => {
  const { status, body } = await move('2026-12-01');
  expect([status, body.detail]).toEqual([404, '只有演示环境可以推进业务日期']);
});

test('in the demonstration it moves forward, for the server and for whoever starts it again', async () => {
  await t.db.setting.create({ data: { key: 'demonstration', value: 'loaded' } });
  expect(await demonstrationDay(t.db)).toBe('2026-11-20');
  expect((await move('2026-12-01')).body).toEqual({ today: '2026-12-01' });
  expect(moved).toEqual(['2026-12-01']);
  expect(await demonstrationDay(t.db)).toBe('2026-12-01');
});

test('it does not move back, nor further than a year and a month, and not by an auditor', async () => {
  expect((await move('2026-11-20')).body.detail).toBe('业务日期只能往后推，现在是 2026-11-20');
  expect((await move('2028-01-01')).body.code).toBe('DAY_TOO_FAR');
  expect((await move('2026-12-02', 'auditor')).status).toBe(403);
  expect(moved).toEqual(['2026-12-01']);
});

test('a day that is fixed from outside is not moved', async () => {
  const fixed = await startTestApp('2026-11-20');
  const key = await fixed.keyFor({ role: 'finance' });
  const { status, body } = await fixed.post('demonstration/day', { day: '2026-12-01' }, key);
  await fixed.stop();
  expect([status, body.detail]).toEqual([404, '此环境的业务日期不能推进']);
});
