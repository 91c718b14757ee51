import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { s3Store } from '../../src/files/attachment-s3.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { startS3Server } from '../support/s3-server.ts';

const DUE_BILL = 'SZSJJ202636414424';
const PDF = new TextEncoder().encode('%PDF-1.7\n催收通知书');

let s3: Awaited<ReturnType<typeof startS3Server>>;
let t: Demonstration;
let bank: string;
let claim: string;

beforeAll(async () => {
  s3 = await startS3Server('papers');
  t = await startDemonstration('2026-09-11', { attachments: s3Store(s3.settings) });
  bank = t.key('bank', 'shizuishan-bank');
  t.on('2026-09-14');
  const drafted = await t.post('claims', { dueBillNo: DUE_BILL, unpaidPrincipal: '2390000.00' }, bank);
  expect(drafted.status).toBe(201);
  claim = `claim:${drafted.body.id}`;
}, 120_000);
afterAll(async () => {
  await t.stop();
  await s3.stop();
});

const upload = (paper: string, bytes: Uint8Array<ArrayBuffer>, name: string, key = bank, subject = claim) => {
  const form = new FormData();
  form.set('file', new File([bytes], name));
  form.set('subject', subject);
  form.set('paper', paper);
  return t.call('POST', 'attachments', { key, body: form });
};
const listed = async (key = bank) => (await t.get(`attachments?subject=${claim}`, key)).body.items;
const problem = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];

describe('Papers of a claim', () => {
  it('are kept by their content and given back as downloads under a safe name', async () => {
    const kept = await upload('demand', PDF, '../催收通知书"2026".PDF');
    expect(kept.status).toBe(201);
    const sha256 = createHash('sha256').update(PDF).digest('hex');
    expect(kept.body).toMatchObject({
      ...{ subject: claim, paper: 'demand', name: '催收通知书_2026_.pdf', mediaType: 'application/pdf' },
      ...{ size: PDF.length, sha256, uploadedOn: '2026-09-14' },
    });
    expect(s3.objects.get(`${sha256.slice(0, 2)}/${sha256}`)!.bytes).toEqual(Buffer.from(PDF));
    const got = await t.get(`attachments/${kept.body.id}`, bank);
    expect(Buffer.from(got.body)).toEqual(Buffer.from(PDF));
    expect(Object.fromEntries(got.headers)).toMatchObject({
      ...{
        'content-type': 'application/pdf',
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, no-store',
      },
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent('催收通知书_2026_.pdf')}`,
    });
  });

  it('are there once, however often they are sent, but again for another paper', async () => {
    const [before] = await listed();
    const again = await upload('demand', PDF, '又一次.pdf');
    expect([again.status, again.body.id]).toEqual([200, before.id]);
    const both = await Promise.all([1, 2, 3, 4].map(() => upload('useProof', PDF, '用途.pdf')));
    expect(new Set(both.map(({ body }) => body.id)).size).toBe(1);
    expect((await listed()).map((a: { paper: string }) => a.paper)).toEqual(['demand', 'useProof']);
  });

  it('are refused when they are no papers of the checklist, of no known type, too large, or of nothing', async () => {
    expect(problem(await upload('selfie', PDF, 'a.pdf'))).toEqual([422, 'PAPER_UNKNOWN']);
    expect(problem(await upload('demand', new TextEncoder().encode('MZ'), 'a.pdf'))).toEqual([422, 'FILE_TYPE']);
    expect(problem(await upload('demand', new Uint8Array(), 'a.pdf'))).toEqual([422, 'FILE_EMPTY']);
    const large = new Uint8Array(20 * 1024 * 1024 + 1);
    large.set(PDF);
    expect(problem(await upload('demand', large, 'a.pdf'))).toEqual([413, 'FILE_TOO_LARGE']);
    expect(problem(await upload('demand', new Uint8Array(22 * 1024 * 1024), 'a.pdf'))).toEqual([413, 'TOO_LARGE']);
    for (const subject of ['claim:99999', 'loan:1', 'constructor:1', 'claim:99999999999999999999'])
      expect([subject, ...problem(await upload('demand', PDF, 'a.pdf', bank, subject))]).toEqual([
        subject,
        404,
        'SUBJECT_UNKNOWN',
      ]);
    expect((await upload('demand', PDF, 'a.pdf', bank, 'claim:1 OR 1=1')).status).toBe(422);
    expect(await listed()).toHaveLength(2);
  });

  it('are seen by the bank and who reviews its claim, and by nobody else', async () => {
    const [{ id }] = await listed();
    for (const key of [
      t.key('countyReviewer', 'pingluo-st'),
      t.key('regionalReviewer'),
      t.key('finance'),
      t.key('auditor'),
    ])
      expect([await listed(key), (await t.get(`attachments/${id}`, key)).status]).toEqual([
        expect.arrayContaining([expect.anything()]),
        200,
      ]);
    for (const key of [t.key('bank', 'ningxia-bank'), t.key('countyReviewer', 'yinchuan-st')]) {
      expect(problem(await t.get(`attachments?subject=${claim}`, key))).toEqual([404, 'SUBJECT_UNKNOWN']);
      expect(problem(await t.get(`attachments/${id}`, key))).toEqual([404, 'NOT_FOUND']);
    }
    // An enterprise has papers of its own; what a bank hands in about it is not among them.
    expect(problem(await t.get(`attachments/${id}`, t.key('enterprise')))).toEqual([404, 'NOT_FOUND']);
    expect((await t.get(`attachments/${id}`, t.key('operator'))).status).toBe(403);
    expect(problem(await upload('demand', PDF, 'a.pdf', t.key('bank', 'ningxia-bank')))).toEqual([
      404,
      'SUBJECT_UNKNOWN',
    ]);
    expect((await upload('demand', PDF, 'a.pdf', t.key('countyReviewer', 'pingluo-st'))).status).toBe(403);
  });

  it('may be withdrawn while the claim is prepared, and come back; what was withdrawn stays on record', async () => {
    const proof = (await listed()).find((a: { paper: string }) => a.paper === 'useProof');
    const gone = await Promise.all([1, 2].map(() => t.call('DELETE', `attachments/${proof.id}`, { key: bank })));
    expect(gone.map(({ status }) => status).sort()).toEqual([204, 404]);
    expect((await t.get(`attachments/${proof.id}`, bank)).status).toBe(404);
    expect((await upload('useProof', PDF, '用途.pdf')).status).toBe(201);
    expect(await t.db.attachment.count({ where: { subject: claim } })).toBe(3);
  });

  it('leave a trace of who handed in, looked at and withdrew them', async () => {
    const { body } = await t.get('audit?limit=500', t.key('auditor'));
    const actions = body.items.map((a: { action: string }) => a.action);
    for (const action of ['attachment.add', 'attachment.read', 'attachment.withdraw'])
      expect(actions).toContain(action);
  });

  it('that are no longer what they were are not given out', async () => {
    const [{ id, sha256 }] = await listed();
    const object = s3.objects.get(`${sha256.slice(0, 2)}/${sha256}`)!;
    const { bytes } = object;
    object.bytes = Buffer.concat([bytes, Buffer.from('!')]);
    expect(problem(await t.get(`attachments/${id}`, bank))).toEqual([503, 'ATTACHMENT_DAMAGED']);
    s3.objects.delete(`${sha256.slice(0, 2)}/${sha256}`);
    expect(problem(await t.get(`attachments/${id}`, bank))).toEqual([503, 'ATTACHMENT_DAMAGED']);
    s3.objects.set(`${sha256.slice(0, 2)}/${sha256}`, { ...object, bytes });
    expect(t.log.errors.splice(0)).toHaveLength(2);
  });

  it('stay as they are once the claim is submitted', async () => {
    const codes = ['application', 'loanContract', 'debtor', 'vouchers', 'account'];
    for (const code of codes) expect((await upload(code, PDF, `${code}.pdf`)).status).toBe(201);
    const id = claim.slice('claim:'.length);
    const event = { classification: 'substandard', classifiedOn: '2026-09-11', demandedOn: '2026-09-11' };
    const body = { dueBillNo: DUE_BILL, unpaidPrincipal: '2390000.00', ...event };
    expect((await t.call('PUT', `claims/${id}`, { key: bank, body })).status).toBe(200);
    const submitted = await t.post(`claims/${id}/submit`, undefined, bank);
    expect([submitted.status, submitted.body.detail]).toEqual([200, undefined]);
    expect(problem(await upload('demand', new TextEncoder().encode('%PDF-1.4 另一份'), 'b.pdf'))).toEqual([
      409,
      'SUBJECT_CLOSED',
    ]);
    const [first] = await listed();
    expect(problem(await t.call('DELETE', `attachments/${first.id}`, { key: bank }))).toEqual([409, 'SUBJECT_CLOSED']);
    expect(await listed()).toHaveLength(7);
  });
});
