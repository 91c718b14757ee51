import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES, type Role } from '../../src/access/roles.ts';
import { startTestApp, type TestApp } from '../support/app.ts';

let t: TestApp;
const keys: Record<string, string> = {};
/** Filing (and loan) of each bank: its id and its 借据号. */
const filed: Record<string, string> = {};

const BANKS = ['shizuishan-bank', 'ningxia-bank'] as const;
const POOLS = {
  'shizuishan-bank': {
    pool: 'pingluo',
    unit: 'pingluo-st',
    region: '石嘴山市平罗县',
    uscc: '91640221MA9006026Y',
    account: '6402200155550001',
  },
  'ningxia-bank': {
    pool: 'yinchuan',
    unit: 'yinchuan-st',
    region: '银川市',
    uscc: '916401212972756293',
    account: '6400100155550002',
  },
};

beforeAll(async () => {
  t = await startTestApp('2026-04-10');
  for (const role of ['operator', 'finance', 'auditor', 'regionalReviewer'] as const)
    keys[role] = await t.keyFor({ role });
  const done = async (path: string, body: unknown, key: string) => {
    const answer = await t.post(path, body, key);
    if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  await done(
    'institutions',
    { code: 'ningxia-st', name: '宁夏回族自治区科学技术厅', kind: 'regionalAuthority' },
    keys.operator!,
  );
  for (const month of ['2025-12', '2026-01', '2026-02', '2026-03']) {
    await done(
      'lpr-quotes',
      { month, publishedOn: `${month}-22`, oneYear: '3.00', fivePlus: '3.50', confirmed: false, source: '示例' },
      keys.operator!,
    );
  }
  for (const bank of BANKS) {
    const { pool, unit, region, uscc, account } = POOLS[bank];
    await done('institutions', { code: unit, name: `${region}科学技术局`, kind: 'cooperatingUnit' }, keys.operator!);
    await done('institutions', { code: bank, name: `银行 ${bank}`, kind: 'partnerBank' }, keys.operator!);
    const accounts = [{ accountNo: account, accountName: `${region}科学技术局`, bankName: `银行 ${bank}` }];
    const parties = { cooperatingUnit: unit, matchingUnit: 'ningxia-st' };
    await done(
      'pools',
      {
        code: pool,
        name: pool,
        programme: '宁科贷',
        policyCode: 'ningkedai-2025',
        regions: [region],
        ...parties,
        accounts,
      },
      keys.operator!,
    );
    await done(
      `institutions/${bank}/partnerships`,
      { poolCode: pool, validFrom: '2026-01-01', document: '合作协议' },
      keys.operator!,
    );
    await done(
      `pools/${pool}/contributions`,
      { contributor: unit, amount: '3000000.00', receivedOn: '2026-01-05', receiptNo: 'R1' },
      keys.finance!,
    );
    const figures = {
      staff: 100,
      totalAssets: '50000000.00',
      revenue: '40000000.00',
      previousRevenue: '39000000.00',
      rndExpense: '2000000.00',
    };
    const titles = [{ kind: 'techSme', certificateNo: `NX-${pool}`, validFrom: '2026-01-01', validTo: '2026-12-31' }];
    const registeredIn = bank === 'ningxia-bank' ? '银川市永宁县' : region;
    await done('enterprises', { uscc, name: `企业 ${pool}`, registeredIn, ...figures, titles }, keys.operator!);
    keys[bank] = await t.keyFor({ role: 'bank', institutionCode: bank });
    keys[unit] = await t.keyFor({ role: 'countyReviewer', institutionCode: unit });
    keys[uscc] = await t.keyFor({ role: 'enterprise', enterpriseUscc: uscc });
    const loan = {
      ...{
        poolCode: pool,
        enterpriseUscc: uscc,
        contractNo: `C-${bank}`,
        dueBillNo: `J-${bank}`,
        principal: '1000000.00',
        countedPrincipal: '1000000.00',
        annualRate: '3.65',
      },
      ...{
        disbursedOn: '2026-03-02',
        maturesOn: '2027-03-01',
        dayCountBasis: 'actual360',
        repaymentMethod: 'monthlyInterest',
        guaranteeMode: 'credit',
        firstLoan: true,
        purpose: 'rnd',
      },
    };
    filed[bank] = (await done('loan-filings', loan, keys[bank]!)).id;
    await done(`loan-filings/${filed[bank]}/consent`, undefined, keys[unit]!);
  }
});
afterAll(() => t.stop());

const [OWN, OTHER] = BANKS;
const dueBills = async (path: string, key: string) =>
  (await t.get(path, keys[key])).body.items.map((x: { dueBillNo: string }) => x.dueBillNo);

describe('谁看得到什么', () => {
  it.each(['loan-filings', 'loans'])(
    'a bank sees its own %s and no other bank’s, by list, by filter and by id',
    async (path) => {
      expect(await dueBills(path, OWN)).toEqual([`J-${OWN}`]);
      expect((await t.get(path, keys[OWN])).body.total).toBe(1);
      for (const filter of [
        `bankCode=${OTHER}`,
        `poolCode=yinchuan`,
        `dueBillNo=J-${OTHER}`,
        `enterpriseUscc=${POOLS[OTHER].uscc}`,
      ]) {
        expect((await t.get(`${path}?${filter}`, keys[OWN])).body).toMatchObject({ items: [], total: 0 });
      }
      expect((await t.get(`${path}/${filed[OWN]}`, keys[OWN])).status).toBe(200);
      expect((await t.get(`${path}/${filed[OTHER]}`, keys[OWN])).status).toBe(404);
    },
  );

  it('a bank may not act on another bank’s loan, nor on its filing', async () => {
    const repayment = await t.post(
      `loans/${filed[OTHER]}/repayments`,
      { amount: '1.00', paidOn: '2026-04-01' },
      keys[OWN],
    );
    expect(repayment.status).toBe(404);
    expect((await t.post(`loan-filings/${filed[OTHER]}/withdraw`, undefined, keys[OWN])).status).toBe(404);
  });

  it('a bank sees its own documents and no other bank’s', async () => {
    const own = (await t.get('documents', keys[OWN])).body;
    const other = (await t.get('documents', keys[OTHER])).body;
    expect(own.total).toBeGreaterThan(0);
    expect(own.items.every((d: { subject: string }) => d.subject.endsWith(`:${filed[OWN]}`))).toBe(true);
    for (const { id } of own.items) expect((await t.get(`documents/${id}`, keys[OWN])).status).toBe(200);
    for (const { id } of other.items) {
      expect((await t.get(`documents/${id}`, keys[OWN])).status).toBe(404);
      expect((await t.get(`documents/${id}/pdf`, keys[OWN])).status).toBe(404);
    }
    expect((await t.get('documents?poolCode=yinchuan', keys[OWN])).body.total).toBe(0);
  });

  it('a county sees only its pool and what is in it', async () => {
    expect(await dueBills('loans', 'pingluo-st')).toEqual([`J-${OWN}`]);
    expect(await dueBills('loan-filings', 'pingluo-st')).toEqual([`J-${OWN}`]);
    expect((await t.get(`loan-filings/${filed[OTHER]}`, keys['pingluo-st'])).status).toBe(404);
    expect((await t.get('pools', keys['pingluo-st'])).body.items.map((p: { code: string }) => p.code)).toEqual([
      'pingluo',
    ]);
    expect((await t.get('pools/yinchuan', keys['pingluo-st'])).status).toBe(404);
    expect((await t.get('pools/yinchuan/contributions', keys['pingluo-st'])).status).toBe(404);
    expect((await t.post(`loan-filings/${filed[OTHER]}/refuse`, { reason: '越权' }, keys['pingluo-st'])).status).toBe(
      404,
    );
  });

  it('an enterprise sees only itself and its own loans', async () => {
    const { uscc } = POOLS[OWN];
    expect(await dueBills('loans', uscc)).toEqual([`J-${OWN}`]);
    expect((await t.get(`loans/${filed[OTHER]}`, keys[uscc])).status).toBe(404);
    expect((await t.get('enterprises', keys[uscc])).body.items.map((e: { uscc: string }) => e.uscc)).toEqual([uscc]);
    expect((await t.get(`enterprises/${POOLS[OTHER].uscc}`, keys[uscc])).status).toBe(404);
  });

  it('the region’s reviewers, finance staff and auditors see both', async () => {
    for (const role of ['regionalReviewer', 'finance', 'auditor'])
      expect((await dueBills('loans', role)).length).toBe(2);
  });
});

/** What the application's own role reads with these settings, past every service. */
async function countAs(settings: Record<string, string>): Promise<Record<string, number>> {
  const client = await t.pool.connect();
  try {
    await client.query('BEGIN');
    const { rows } = await client.query(
      `SELECT relname AS name FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace ORDER BY 1`,
    );
    for (const [name, value] of Object.entries(settings))
      await client.query('SELECT set_config($1, $2, true)', [name, value]);
    await client.query('SET LOCAL ROLE ningkedai_app');
    const counts: Record<string, number> = {};
    for (const { name } of rows)
      counts[name] = (await client.query(`SELECT count(*)::int AS n FROM "${name}"`)).rows[0].n;
    return counts;
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

describe('数据库自己也看得住', () => {
  it('a connection that says for whom it works sees theirs, one that does not sees nothing', async () => {
    expect(await countAs({ 'app.scope': 'own', 'app.bank': OWN })).toMatchObject({ loan: 1, loan_filing: 1 });
    expect(await countAs({ 'app.scope': 'all' })).toMatchObject({ loan: 2, loan_filing: 2 });
    const silent: Record<string, string>[] = [
      {},
      { 'app.scope': 'own' },
      { 'app.scope': 'own', 'app.bank': '', 'app.pools': '', 'app.enterprise': '' },
      { 'app.bank': OWN },
    ];
    for (const nothing of silent) {
      const counts = await countAs(nothing);
      expect(Object.keys(counts)).toEqual(
        expect.arrayContaining(['document', 'import', 'loan', 'loan_event', 'loan_filing', 'settlement_statement']),
      );
      expect(Object.entries(counts).filter(([, n]) => n > 0)).toEqual([]);
    }
  });
});

/** Answered without a key: alive, able, what the API is, whether a paper is ours, pages for all, and how one gets a login. */
const PUBLIC = [
  /^GET \/$/,
  /^GET \/(healthz|readyz|metrics|archive-key|publicity|verify|about|policies|pages\.css|console)\b/,
  /^GET \/api\/(v1\/verify\/|v1\/openapi\.json$|docs)/,
  /^POST \/api\/v1\/(registrations|invitations\/look|invitations\/accept)$/,
];

/** Every route of the app, with something in the place of each parameter. */
function routes(): { method: string; path: string }[] {
  const known = t.app.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method} ${path.replace(/:\w+(\{[^}]*\})?/g, '1')}`);
  const all = [...new Set(known)].map((route) => ({ method: route.split(' ')[0]!, path: route.split(' ')[1]! }));
  return all.filter(({ method, path }) => !PUBLIC.some((open) => open.test(`${method} ${path}`)));
}

describe('没有密钥，什么也做不了', () => {
  it('every route answers 401 without a key, with a wrong one, and with one that was revoked or has run out', async () => {
    const ended = await t.post('api-keys', { name: '已撤销', role: 'auditor' }, keys.operator);
    await t.post(`api-keys/${ended.body.id}/revoke`, undefined, keys.operator);
    const expired = await t.keyFor({ role: 'operator', expiresOn: '2026-04-10' });
    t.on('2026-04-11');
    const doors = [
      undefined,
      'x',
      `${keys.operator!.slice(0, -1)}${keys.operator!.endsWith('0') ? '1' : '0'}`,
      ended.body.key,
      expired,
    ];
    const all = routes();
    expect(all.length).toBeGreaterThan(40);
    for (const key of doors) {
      const answers = await Promise.all(all.map(({ method, path }) => t.call(method, path, { key })));
      const open = all.filter((_, i) => answers[i]!.status !== 401);
      expect(open).toEqual([]);
    }
    t.on('2026-04-10');
  });
});

interface Schema {
  $ref?: string;
  type?: string | string[];
  example?: unknown;
  enum?: unknown[];
  format?: string;
  minimum?: number;
  minItems?: number;
  required?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
}
type Components = Record<string, Schema>;

/** What a schema takes: its example, its first choice, its required fields. */
function sample(schema: Schema, components: Components): unknown {
  if (schema.$ref) return sample(components[schema.$ref.split('/').at(-1)!]!, components);
  if (schema.example !== undefined) return schema.example;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf) return sample(schema.anyOf[0]!, components);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'object') {
    const fields = Object.entries(schema.properties ?? {}).filter(
      ([name, field]) => schema.required?.includes(name) || field.example !== undefined,
    );
    return Object.fromEntries(fields.map(([name, field]) => [name, sample(field, components)]));
  }
  if (type === 'array') return Array.from({ length: schema.minItems ?? 0 }, () => sample(schema.items!, components));
  if (type === 'integer' || type === 'number') return schema.minimum ?? 1;
  if (type === 'boolean') return true;
  return schema.format === 'uuid' ? '00000000-0000-4000-8000-000000000000' : 'abc';
}

/** Each writing route with a path and a body that its schema takes. */
function writes() {
  const document = t.app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'x', version: '1' } });
  const components = (document.components?.schemas ?? {}) as Components;
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    (['post', 'put', 'patch', 'delete'] as const).flatMap((method) => {
      const operation = item?.[method];
      if (!operation) return [];
      const parameters = (operation.parameters ?? []) as { name: string; in: string; schema: Schema }[];
      const values = parameters
        .filter((p) => p.in === 'path')
        .map((p) => [p.name, `${sample(p.schema, components)}`] as const);
      const filled = values.reduce((text, [name, value]) => text.replace(`{${name}}`, value), path);
      const content =
        (operation.requestBody as { content?: Record<string, { schema: Schema }> } | undefined)?.content ?? {};
      const { 'application/json': json, 'multipart/form-data': form } = content;
      return [
        {
          method: method.toUpperCase(),
          path: filled,
          body: json ? sample(json.schema, components) : form ? upload(form.schema, components) : undefined,
        },
      ];
    }),
  );
}

/** A form as its schema takes it, with a file of rows for its file. */
function upload(schema: Schema, components: Components): FormData {
  const form = new FormData();
  const fields = sample(schema, components) as Record<string, string>;
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', new File(['序号,借据号\n1,2\n'], 'x.csv'));
  return form;
}

describe('谁能做什么', () => {
  it('no writing route is open to an auditor or to an enterprise: each says 403 to a request it would take from others', async () => {
    // Everyone keeps drafts of their own.
    const all = writes().filter(({ path }) => !path.startsWith('/api/v1/drafts/'));
    expect(all.length).toBeGreaterThan(20);
    // An enterprise applies for subsidies of its own; what is another's it does not find.
    const applies = /^\/api\/v1\/subsidy-applications(\/check|\/\w+(\/submit|\/withdraw|\/payee)?)?$/;
    const others = ['import', 'payees', 'steps', 'trial'].map((verb) => `/api/v1/subsidy-applications/${verb}`);
    // So are the papers it hands in: tests/flows/subsidy-papers.test.ts.
    const papers = /^\/api\/v1\/attachments(\/\d+)?$/;
    const notOwn = all.filter(({ path }) => !papers.test(path) && (!applies.test(path) || others.includes(path)));
    expect(all.length - notOwn.length).toBe(8);
    for (const [key, asked] of [
      // What an auditor does make is archives.
      [keys.auditor!, all.filter(({ path }) => path !== '/api/v1/archives')],
      [keys[POOLS[OWN].uscc]!, notOwn],
    ] as const) {
      const answers = await Promise.all(asked.map(({ method, path, body }) => t.call(method, path, { key, body })));
      const open = asked.flatMap(({ method, path }, i) =>
        answers[i]!.status === 403
          ? []
          : [`${method} ${path} ${answers[i]!.status} ${JSON.stringify(answers[i]!.body?.errors)}`],
      );
      expect(open).toEqual([]);
    }
  });

  it('says in Chinese who may not do what', async () => {
    const labels: Partial<Record<Role, string>> = ROLES;
    const { body } = await t.post('loan-filings/1/consent', undefined, keys.auditor);
    expect(body).toMatchObject({ code: 'FORBIDDEN', detail: `「${labels.auditor}」无权审核备案` });
    expect(t.log.errors).toEqual([]);
  });
});
