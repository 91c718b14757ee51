import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { handIn, handInAll } from '../support/subsidy-papers.ts';

let t: Demonstration;
let enterprise: string;
let other: string;
let county: string;
const USCC = '916401212972756293';
const SCHEME = 'ningxia-tech-finance-subsidy';

beforeAll(async () => {
  t = await startDemonstration();
  t.on('2026-09-01');
  enterprise = await t.keyFor({ role: 'enterprise', enterpriseUscc: USCC });
  other = await t.keyFor({ role: 'enterprise', enterpriseUscc: '91640104MA34831041' });
  county = t.key('countyReviewer', 'yinchuan-st');
}, 120_000);
afterAll(() => t.stop());

let serial = 0;
const request = (more: object = {}) => {
  serial += 1;
  return {
    ...{ scheme: SCHEME, pledged: true, ...more },
    payee: { accountName: '银川源禾精密机械有限公司', bankName: '宁夏银行', accountNo: '6400100200000001' },
    lines: [
      {
        ...{ kind: 'premium', name: '研发责任保险', counterparty: '人保财险宁夏分公司', class: 'I' },
        ...{ policyNo: `PP${serial}`, invoiceNos: [`9${serial}`], paid: '1000.00', paidOn: '2026-03-05' },
        ...{ startsOn: '2026-03-01', endsOn: '2027-03-01' },
      },
    ],
  };
};
const draft = async (body: object = request(), key = enterprise) =>
  (await t.post('subsidy-applications', body, key)).body.id as string;
const act = (id: string, verb: string, key: string, body: object = {}) =>
  t.post(`subsidy-applications/${id}/${verb}`, body, key);
const view = async (id: string, key = enterprise) => (await t.get(`subsidy-applications/${id}`, key)).body;
const papers = (id: string, key: string) => t.get(`attachments?subject=subsidyApplication:${id}`, key);

describe('the papers of an application', () => {
  it('are asked for by the kinds of its lines; what is missing is named with document and article, and nothing is submitted without', async () => {
    const id = await draft();
    const { papers: wanted } = await view(id);
    expect(wanted.map(({ code, answered }: { code: string; answered: string | null }) => [code, answered])).toEqual([
      ['applicationForm', '由系统按填报内容生成'],
      ['integrityPledge', '在线签订'],
      ...['businessLicence', 'titleCertificate', 'statements'].map((code) => [code, null]),
      ['receivingAccount', '已在申请中填报'],
      ...['insurancePolicy', 'premiumInvoice', 'premiumTransfer', 'other'].map((code) => [code, null]),
    ]);
    for (const code of ['businessLicence', 'titleCertificate', 'statements', 'insurancePolicy', 'premiumInvoice']) {
      expect((await handIn(t, id, code, enterprise)).status).toBe(201);
    }
    const { status, body } = await act(id, 'submit', enterprise);
    expect([status, body.errors]).toMatchObject([
      422,
      [
        {
          ...{ code: 'PAPER_MISSING', field: 'papers', value: 'premiumTransfer', message: '请上传保费转账回单' },
          cites: [{ document: expect.stringMatching(/《.+》/), article: expect.any(String) }],
        },
      ],
    ]);
    expect((await handIn(t, id, 'premiumTransfer', enterprise)).status).toBe(201);
    expect((await act(id, 'submit', enterprise)).body.status).toBe('submitted');
  });

  it('of a draft are looked at by the self-check, which keeps nothing', async () => {
    const body = request();
    const id = await draft(body);
    await handIn(t, id, 'insurancePolicy', enterprise);
    const missing = async (query: string) =>
      (await t.post(`subsidy-applications/check${query}`, body, enterprise)).body.missing.length;
    expect([await missing(''), await missing(`?applicationId=${id}`)]).toEqual([6, 5]);
    expect((await t.post(`subsidy-applications/check?applicationId=${id}`, request(), other)).status).toBe(404);
    expect((await view(id)).missing.length).toBe(5);
  });

  it('that the clause does not know are refused, other material is taken', async () => {
    const id = await draft();
    expect((await handIn(t, id, 'loanContract', enterprise)).body.code).toBe('PAPER_UNKNOWN');
    expect((await handIn(t, id, 'other', enterprise)).status).toBe(201);
  });

  it('stay as they are from submission on, and are open again when the application is sent back', async () => {
    const id = await draft();
    await handInAll(t, id, enterprise);
    await act(id, 'submit', enterprise);
    const [first] = (await papers(id, enterprise)).body.items;
    const closed = await handIn(t, id, 'other', enterprise);
    expect([closed.status, closed.body.code]).toEqual([409, 'SUBJECT_CLOSED']);
    expect((await t.call('DELETE', `attachments/${first.id}`, { key: enterprise })).status).toBe(409);
    await act(id, 'return', county, { reason: '营业执照不清晰' });
    expect((await t.call('DELETE', `attachments/${first.id}`, { key: enterprise })).status).toBe(204);
    expect((await act(id, 'submit', enterprise)).body.errors).toMatchObject([{ code: 'PAPER_MISSING' }]);
    await handInAll(t, id, enterprise);
    expect((await act(id, 'submit', enterprise)).body.status).toBe('submitted');
  });
});

describe('whose papers they are', () => {
  it('another enterprise cannot see, guess or touch them, nor tell that they are there', async () => {
    const id = await draft();
    const { body: own } = await handIn(t, id, 'statements', enterprise);
    const nowhere = await papers('999999', other);
    for (const answer of [await papers(id, other), await handIn(t, id, 'statements', other), nowhere]) {
      expect([answer.status, answer.body.code]).toEqual([404, 'SUBJECT_UNKNOWN']);
    }
    for (const method of ['GET', 'DELETE'] as const) {
      const guessed = await t.call(method, `attachments/${own.id}`, { key: other });
      expect([method, guessed.status]).toEqual([method, 404]);
    }
    for (const verb of ['submit', 'withdraw']) expect((await act(id, verb, other)).status).toBe(404);
    const stolen = await t.call('PUT', `subsidy-applications/${id}`, { key: other, body: request() });
    expect(stolen.status).toBe(404);
    expect((await t.get(`attachments/${own.id}`, enterprise)).status).toBe(200);
  });

  it('of a draft are its enterprise’s alone, of what was submitted the county’s and the region’s, finance’s and the auditor’s, never a bank’s', async () => {
    const id = await draft();
    const { body: file } = await handIn(t, id, 'businessLicence', enterprise);
    const readers = [county, t.key('regionalReviewer'), t.key('finance'), t.key('auditor')];
    for (const key of readers) {
      expect((await papers(id, key)).status).toBe(404);
      expect((await t.get(`attachments/${file.id}`, key)).status).toBe(404);
    }
    await handInAll(t, id, enterprise);
    await act(id, 'submit', enterprise);
    for (const key of readers) {
      expect((await papers(id, key)).body.items.length).toBe(6);
      expect((await t.get(`attachments/${file.id}`, key)).status).toBe(200);
    }
    for (const key of [t.key('bank'), t.key('countyReviewer', 'pingluo-st'), t.key('guarantor')]) {
      expect([403, 404]).toContain((await papers(id, key)).status);
      expect([403, 404]).toContain((await t.get(`attachments/${file.id}`, key)).status);
    }
    for (const key of readers) expect((await handIn(t, id, 'other', key)).status).toBe(403);
    expect((await handIn(t, '1', 'loanContract', enterprise, 'claim')).body.code).toBe('SUBJECT_UNKNOWN');
  });
});

describe('诚信承诺书', () => {
  it('is read before it is accepted, and kept word for word with who accepted it, when and which version', async () => {
    const id = await draft(request({ pledged: false }));
    const before = await view(id);
    expect(before.pledge).toMatchObject({ title: '诚信承诺书', acceptedOn: null, provisional: true });
    expect(before.pledge.text).toContain('承诺企业：银川源禾精密机械有限公司');
    await handInAll(t, id, enterprise);
    expect((await act(id, 'submit', enterprise)).body.errors).toMatchObject([
      { code: 'PLEDGE_MISSING', field: 'pledged', cites: [{ document: expect.stringMatching(/《.+》/) }] },
    ]);
    await t.call('PUT', `subsidy-applications/${id}`, { key: enterprise, body: request() });
    const { body } = await act(id, 'submit', enterprise);
    expect(body.pledge).toEqual({ ...before.pledge, acceptedOn: '2026-09-01', acceptedBy: expect.any(String) });
    await expect(t.pool.query('UPDATE subsidy_application SET pledge = NULL WHERE id = $1', [id])).rejects.toThrow(
      /application_pledged/,
    );
  });
});

describe('a line beside what it was checked against', () => {
  it('shows insurer, policy, invoice and day, each with what was found', async () => {
    const id = await draft();
    const facts = async () => {
      const { lines } = await view(id);
      return Object.fromEntries(
        lines[0].facts.map((f: { field: string; verdict: string; checked: string }) => [
          f.field,
          [f.verdict, f.checked],
        ]),
      );
    };
    expect(await facts()).toMatchObject({
      policyNo: ['agrees', '未用于其他补贴申请'],
      invoiceNos: ['agrees', '未用于其他补贴申请'],
      paidOn: ['agrees', expect.stringContaining('2026-01-01 至 2026-12-31')],
      counterparty: ['notChecked', null],
      startsOn: ['notChecked', null],
    });
    await handInAll(t, id, enterprise);
    await act(id, 'submit', enterprise);
    const twin = { ...request(), lines: (await view(id)).request.lines };
    const { body } = await t.post('subsidy-applications/check', twin, other);
    expect(body.lines[0].facts).toContainEqual(
      expect.objectContaining({ field: 'policyNo', verdict: 'differs', checked: '已用于其他补贴申请' }),
    );
  });
});
