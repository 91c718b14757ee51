import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';

let t: TestApp;
let operator: string;
const ids: Record<string, string> = {};

beforeAll(async () => {
  t = await startTestApp('2026-11-20');
  operator = await t.keyFor({ role: 'operator' });
  for (const name of ['waiting', 'failed', 'running'])
    ids[name] = (await t.boss.send('settle', { poolCode: name }, { singletonKey: name }))!;
  const error = {
    message: '企业 91640221MA9006026Y 的数据不完整\n    at secret/place.ts',
    stack: 'at secret/place.ts',
  };
  await t.pool.query(
    `UPDATE pgboss.job SET state = 'failed', retry_count = 10, started_on = now(), completed_on = now(), output = $2 WHERE id = $1`,
    [...[ids.failed, JSON.stringify(error)]],
  );
  await t.pool.query(`UPDATE pgboss.job SET state = 'active', started_on = now() WHERE id = $1`, [ids.running]);
});
afterAll(() => t.stop());

const stateOf = async (name: string) => (await t.get(`jobs/${ids[name]}`, operator)).body.state;

describe('后台任务', () => {
  it('are listed with their state, attempts and subject, and searched', async () => {
    const { body } = await t.get('jobs?sort=state', operator);
    expect(body.total).toBe(3);
    expect(body.items.find((j: { id: string }) => j.id === ids.waiting)).toMatchObject({
      ...{ queue: 'settle', state: 'created', subject: 'waiting', attempts: 0, mostAttempts: 11, error: null },
    });
    expect((await t.get('jobs?queue=import', operator)).body.total).toBe(0);
    expect((await t.get('jobs?q=runn', operator)).body.items).toMatchObject([{ id: ids.running, state: 'active' }]);
  });

  it('say why they failed in one line without anybody’s number', async () => {
    const { body } = await t.get('jobs?state=failed', operator);
    expect(body.items).toMatchObject([{ id: ids.failed, attempts: 11, error: '企业 … 的数据不完整' }]);
    expect(JSON.stringify(body)).not.toContain('secret');
  });

  it('run again when they failed, once for each asking, and only then', async () => {
    const again = await t.post(`jobs/${ids.failed}/retry`, undefined, operator);
    expect([again.status, again.body.state]).toEqual([200, 'retry']);
    expect((await t.post(`jobs/${ids.failed}/retry`, undefined, operator)).body.code).toBe('JOB_NOT_FAILED');
    expect((await t.post(`jobs/${ids.running}/retry`, undefined, operator)).status).toBe(409);
    const [job] = await t.boss
      .fetch('settle', { batchSize: 3 })
      .then((jobs) => jobs.filter((j) => j.id === ids.failed));
    expect(job?.data).toEqual({ poolCode: 'failed' });
  });

  it('are cancelled while they wait, and left to their end when they run', async () => {
    await t.pool.query(`UPDATE pgboss.job SET state = 'created' WHERE id = $1`, [ids.waiting]);
    expect((await t.post(`jobs/${ids.waiting}/cancel`, undefined, operator)).body.state).toBe('cancelled');
    expect((await t.post(`jobs/${ids.waiting}/cancel`, undefined, operator)).status).toBe(200);
    expect((await t.post(`jobs/${ids.running}/cancel`, undefined, operator)).body.code).toBe('JOB_NOT_WAITING');
    expect([await stateOf('waiting'), await stateOf('running')]).toEqual(['cancelled', 'active']);
  });

  it('are the operator’s, and each act is in the audit log', async () => {
    const finance = await t.keyFor({ role: 'finance' });
    expect((await t.get('jobs', finance)).status).toBe(403);
    expect((await t.post(`jobs/${ids.failed}/retry`, undefined, finance)).status).toBe(403);
    expect((await t.post('jobs/00000000-0000-4000-8000-000000000000/retry', undefined, operator)).status).toBe(404);
    const acts = (await t.get(`audit?subject=job:${ids.failed}`, operator)).body.items;
    expect(acts.map((a: { action: string }) => a.action)).toEqual(['job.retry']);
    expect((await t.get(`audit?subject=job:${ids.waiting}`, operator)).body.items).toMatchObject([
      { action: 'job.cancel', before: { state: 'created' } },
    ]);
  });

  it('go out as a file, too', async () => {
    const { headers, status } = await t.get('jobs?format=xlsx', operator);
    expect([status, headers.get('content-type')]).toEqual([200, expect.stringContaining('spreadsheetml')]);
    expect(t.log.errors).toEqual([]);
  });
});

describe('日历概况', () => {
  it('tells which months and years are lacking', async () => {
    const { body } = await t.get('calendars', operator);
    expect(body).toMatchObject({
      lpr: { latest: '2025-11', unconfirmed: [] },
      holidays: { years: [{ year: 2026 }], missing: [2027] },
    });
    expect([body.lpr.missing[0], body.lpr.missing.at(-1), body.lpr.nextOn]).toEqual([
      '2025-12',
      '2026-11',
      '2026-11-20',
    ]);
    t.on('2026-11-19');
    expect((await t.get('calendars', operator)).body.lpr.missing.at(-1)).toBe('2026-10');
  });
});
