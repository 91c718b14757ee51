import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { subsidyPapers } from '../../jobs/subsidy-papers.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';

let t: Demonstration;
let id: string;
const page = async (path: string) => {
  const { status, headers, body } = await t.call('GET', path);
  return { status, headers, text: body instanceof ArrayBuffer ? new TextDecoder().decode(body) : JSON.stringify(body) };
};

beforeAll(async () => {
  t = await startDemonstration('2026-10-20');
  id = (await t.get('subsidy-batches', t.key('finance'))).body.items[0].id;
}, 120_000);
afterAll(() => t.stop());

describe('The public page of what is published of subsidies', () => {
  it('is open to anybody, without script, and may be kept for a few minutes', async () => {
    const { status, headers, text } = await page('/publicity');
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('public, max-age=300');
    expect(headers.get('content-security-policy')).not.toContain('script-src');
    expect(text).toContain(`<a href="/publicity/${id}">2026 年第 2 批</a>`);
    expect(text).toContain('2026-10-16 至 2026-10-23');
  });

  it('lists names, projects in words and amounts; nothing else of anybody', async () => {
    const { text } = await page(`/publicity/${id}`);
    expect(text.match(/科技保险保费补贴/g)).toHaveLength(87);
    expect(text).toContain('24,361,738.02');
    expect(text).not.toMatch(/\b9[1-9][0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}\b/);
    const { rows } = await t.pool.query(
      `SELECT name, legal_representative AS person FROM enterprise WHERE name = ANY (SELECT enterprise_name FROM subsidy_application)`,
    );
    for (const { person } of rows) if (person) expect(text).not.toContain(person);
  });

  it('tells how long objections may come, in working days, and how', async () => {
    expect((await page(`/publicity/${id}`)).text).toContain('含今天还有 4 个工作日');
    t.on('2026-10-23');
    const last = (await page(`/publicity/${id}`)).text;
    expect(last).toContain('含今天还有 1 个工作日');
    expect(last).toContain('以书面形式向宁夏回族自治区科学技术厅提出');
    t.on('2026-10-24');
    const over = (await page(`/publicity/${id}`)).text;
    expect(over).toContain('公示期已满');
    expect(over).toContain('六十日内申请行政复议');
    t.on('2026-10-20');
  });

  it('shows any name as text', async () => {
    const [{ id: one, name }] = (
      await t.pool.query(
        `SELECT id, enterprise_name AS name FROM subsidy_application WHERE status = 'published' ORDER BY id LIMIT 1`,
      )
    ).rows;
    const rename = (to: string) =>
      t.pool.query('UPDATE subsidy_application SET enterprise_name = $2 WHERE id = $1', [one, to]);
    await rename('<script>alert(1)</script>"&');
    const { text } = await page(`/publicity/${id}`);
    await rename(name);
    expect(text).not.toContain('<script>');
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&amp;');
  });

  it('answers what is none, and what is not published, with a page that says so', async () => {
    for (const none of ['0', '999999', 'x', '1%00', '99999999999999999999']) {
      const { status, text } = await page(`/publicity/${none}`);
      expect([none, status]).toEqual([none, 404]);
      expect(text).toContain('没有');
    }
  });

  it('has the list as it was signed, once it is drawn; and after approval what was granted in the end', async () => {
    expect((await page(`/publicity/${id}/pdf`)).status).toBe(404);
    for (const { data } of await t.boss.fetch('subsidy-papers', { batchSize: 100 }))
      if ((data as { event: string }).event === 'published') await subsidyPapers(t.contextOf(), data);
    expect((await page(`/publicity/${id}/pdf`)).status).toBe(503);
    await t.tell('2026-11-20');
    const { text } = await page(`/publicity/${id}`);
    expect(text).toContain('补贴名单');
    expect(text).toContain('18,529,000.00');
  });
});
