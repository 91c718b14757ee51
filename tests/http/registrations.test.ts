import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { cookiesOf, PASSWORD, type TestUser } from '../support/logins.ts';

const ENTERPRISE = '91640221MA9006026Y'; // of the county of Pingluo
const UNKNOWN = '91350100M000100Y43';
let t: Demonstration;
let county: TestUser;
let other: TestUser;
let region: TestUser;
beforeAll(async () => {
  t = await startDemonstration();
  county = await t.userFor({ role: 'countyReviewer', institutionCode: 'pingluo-st' });
  other = await t.userFor({ role: 'countyReviewer', institutionCode: 'yinchuan-st' });
  region = await t.userFor({ role: 'regionalReviewer', institutionCode: 'ningxia-st' });
});
afterAll(async () => {
  expect(t.log.errors).toEqual([]);
  await t.stop();
});

let count = 0;
const register = (more: object = {}) => {
  const username = `qiye.${++count}`;
  const body = {
    uscc: ENTERPRISE,
    enterpriseName: '宁夏沐能精密机械有限公司',
    name: '王五',
    phone: '13812345678',
    ...more,
  };
  return t.post('registrations', { ...body, username, email: `${username}@example.com`, password: PASSWORD });
};
const signIn = async (username: string) =>
  cookiesOf(
    (
      await t.call('POST', '/api/auth/sign-in/username', {
        body: { username, password: PASSWORD },
        from: `10.2.${count}.1`,
      })
    ).headers,
  );
const registered = async (more?: object) => {
  const { body } = await register(more);
  return { id: body.id as string, cookie: await signIn(body.username) };
};
const decide = (id: string, verb: string, { cookie }: TestUser, body?: object) =>
  t.call('POST', `registrations/${id}/${verb}`, { cookie, body });
const meOf = async (cookie: string) => (await t.call('GET', 'me', { cookie })).body;

describe('企业注册', () => {
  it('is open to all, with a code that is one', async () => {
    expect(await register()).toMatchObject({ status: 201, body: { status: 'submitted' } });
    expect((await register({ uscc: ` ${ENTERPRISE.toLowerCase()} ` })).status).toBe(201);
    const wrong: [object, RegExp][] = [
      [{ uscc: '91640221MA90060260' }, /校验位/],
      [{ uscc: '123' }, /18 位/],
      [{ uscc: '91640221MA900602IO' }, /不使用的字符/],
      [{ phone: 'abc' }, /电话号码不正确/],
      [{ enterpriseName: '' }, /不能为空/],
    ];
    for (const [input, message] of wrong) {
      const { status, body } = await register(input);
      expect([status, body.errors?.[0].message]).toEqual([422, expect.stringMatching(message)]);
    }
    const again = { name: '王五', uscc: ENTERPRISE, enterpriseName: '某公司', password: PASSWORD };
    expect((await t.post('registrations', { ...again, username: 'qiye.1', email: 'new@example.com' })).body.code).toBe(
      'USERNAME_TAKEN',
    );
    expect((await t.post('registrations', { ...again, username: 'new', email: 'qiye.1@example.com' })).body.code).toBe(
      'EMAIL_TAKEN',
    );
    const poor = { ...again, username: 'poor', email: 'poor@example.com', password: ENTERPRISE };
    expect((await t.post('registrations', poor)).body.code).toBe('PASSWORD_REFUSED');
  });

  it('lets its person see only themselves until they are bound', async () => {
    const { cookie } = await registered();
    expect(await meOf(cookie)).toMatchObject({
      ...{
        role: 'enterprise',
        enterprise: null,
        registration: { uscc: ENTERPRISE, status: 'submitted', reason: null },
      },
    });
    for (const path of ['enterprises', 'loans', 'documents', 'policies', 'institutions', `enterprises/${ENTERPRISE}`])
      expect(await t.call('GET', path, { cookie })).toMatchObject({ status: 403, body: { code: 'NOT_BOUND' } });
  });

  it('is approved by the county where the enterprise is registered, or by the region, once', async () => {
    const one = await registered();
    const { body: list } = await t.call('GET', 'registrations?status=submitted', { cookie: county.cookie });
    expect(list.items.find((i: { id: string }) => i.id === one.id)).toMatchObject({
      ...{ uscc: ENTERPRISE, personName: '王*', email: expect.stringMatching(/^q\*\*\*@/), phone: '138****5678' },
      ...{ registeredName: '宁夏沐能精密机械有限公司', registeredIn: expect.stringContaining('平罗') },
    });
    expect((await t.call('GET', 'registrations', { cookie: other.cookie })).body.total).toBe(0);
    expect((await decide(one.id, 'approve', other)).status).toBe(404);
    expect((await decide(one.id, 'approve', county)).body).toMatchObject({
      status: 'approved',
      decidedOn: '2026-01-05',
    });
    expect((await decide(one.id, 'refuse', region, { reason: '迟了' })).body.code).toBe('ALREADY_DECIDED');
    expect(await meOf(one.cookie)).toMatchObject({
      enterprise: { uscc: ENTERPRISE },
      registration: { status: 'approved' },
    });
    expect(
      (await t.call('GET', 'enterprises', { cookie: one.cookie })).body.items.map((e: { uscc: string }) => e.uscc),
    ).toEqual([ENTERPRISE]);
    const two = await registered();
    expect((await decide(two.id, 'approve', region)).status).toBe(200);
  });

  it('needs the enterprise to be on the register, and only the region sees those that are not', async () => {
    const { id } = await registered({ uscc: UNKNOWN });
    expect((await decide(id, 'approve', county)).status).toBe(404);
    expect((await decide(id, 'approve', region)).body).toMatchObject({
      ...{ code: 'ENTERPRISE_UNKNOWN', detail: `企业库中没有 ${UNKNOWN}，请先登记企业，再同意注册` },
    });
  });

  it('is refused with a reason, which its person reads and gets by mail', async () => {
    const { id, cookie } = await registered();
    expect((await decide(id, 'refuse', county, {})).status).toBe(422);
    expect((await decide(id, 'refuse', county, { reason: '请由法定代表人授权' })).body.status).toBe('refused');
    expect((await meOf(cookie)).registration).toMatchObject({ status: 'refused', reason: '请由法定代表人授权' });
    const { rows } = await t.pool.query(
      `SELECT data->>'text' AS text FROM pgboss.job WHERE name = 'send-mail' ORDER BY created_on DESC LIMIT 1`,
    );
    expect(rows[0].text).toContain('未通过：请由法定代表人授权');
    const { rows: log } = await t.pool.query('SELECT action FROM audit_log WHERE subject = $1 ORDER BY id', [
      `registration:${id}`,
    ]);
    expect(log.map((r) => r.action)).toEqual(['registration.submit', 'registration.refuse']);
  });

  it('keeps nobody else out: several may ask for one enterprise, and an address that nobody confirmed is free again', async () => {
    const squatter = await registered();
    const own = await registered();
    expect((await decide(own.id, 'approve', county)).status).toBe(200);
    const { username } = (
      await t.pool.query(`SELECT username FROM app_user u JOIN registration r ON r.user_id = u.id WHERE r.id = $1`, [
        squatter.id,
      ])
    ).rows[0];
    const again = {
      uscc: ENTERPRISE,
      enterpriseName: '某公司',
      name: '马六',
      username,
      email: 'maliu@example.com',
      password: PASSWORD,
    };
    expect((await t.post('registrations', again)).body.code).toBe('USERNAME_TAKEN');
    t.on('2026-02-05');
    expect((await t.post('registrations', again)).status).toBe(201);
    t.on('2026-01-05');
    expect((await t.call('GET', 'me', { cookie: squatter.cookie })).status).toBe(401);
    const { body } = await t.call('GET', 'registrations?status=refused', { cookie: county.cookie });
    expect(body.items.find((row: { id: string }) => row.id === squatter.id).reason).toContain('未经核实');
  });

  it('gives way at once to whom the operator invites at the address', async () => {
    const { id } = await registered();
    const { email } = (
      await t.pool.query(`SELECT email FROM app_user u JOIN registration r ON r.user_id = u.id WHERE r.id = $1`, [id])
    ).rows[0];
    const { cookie } = await t.userFor({ role: 'operator' });
    const invited = { name: '真正的人', username: 'zhenzheng', email, role: 'auditor' };
    expect((await t.call('POST', 'invitations', { cookie, body: invited })).status).toBe(201);
    expect(
      (
        await t.call('POST', 'invitations', {
          cookie,
          body: { ...invited, email: 'x@example.com', username: county.username },
        })
      ).body.code,
    ).toBe('USERNAME_TAKEN');
  });

  it('shows who registered in full to whoever may see it and says why, and the log keeps who looked', async () => {
    const { id } = await registered();
    const look = (user: TestUser, body: object) =>
      t.call('POST', `registrations/${id}/reveal`, { cookie: user.cookie, body });
    expect((await look(county, { reason: '' })).status).toBe(422);
    expect((await look(other, { reason: '核对身份' })).status).toBe(404);
    expect((await look(await t.userFor({ role: 'operator' }), { reason: '核对身份' })).status).toBe(403);
    const { body } = await look(county, { reason: '致电核对身份' });
    expect(body).toEqual({
      personName: '王五',
      email: expect.stringMatching(/^qiye\.\d+@example\.com$/),
      phone: '13812345678',
    });
    const { rows } = await t.pool.query(
      `SELECT actor, after FROM audit_log WHERE action = 'personal.reveal' AND subject = $1`,
      [`registration:${id}`],
    );
    expect(rows).toEqual([
      { actor: county.id, after: { fields: ['personName', 'email', 'phone'], reason: '致电核对身份' } },
    ]);
  });

  it('is decided by reviewers only', async () => {
    const { id } = await registered();
    for (const role of ['finance', 'operator', 'auditor'] as const) {
      const user = await t.userFor({ role });
      expect((await decide(id, 'approve', user)).status).toBe(403);
      expect((await t.call('GET', 'registrations', { cookie: user.cookie })).status).toBe(403);
    }
  });
});

describe('绑定码', () => {
  const codeFrom = async (cookie = county.cookie) =>
    t.call('POST', `enterprises/${ENTERPRISE}/binding-codes`, { cookie });
  const bind = (cookie: string, code: string) => t.call('POST', 'me/binding', { cookie, body: { code } });

  it('comes from the enterprise’s own county, readable and shown once, and binds at once', async () => {
    expect((await codeFrom(other.cookie)).status).toBe(404);
    const made = await codeFrom();
    expect([made.status, made.body.code]).toEqual([201, expect.stringMatching(/^[2-9A-HJ-NP-Z]{10}$/)]);
    const { rows } = await t.pool.query('SELECT b::text AS row FROM binding_code b');
    expect(JSON.stringify(rows)).not.toContain(made.body.code);
    const { code } = made.body;
    const one = await registered();
    expect((await bind(one.cookie, `${code.slice(0, 5)}-${code.slice(5).toLowerCase()}`)).body).toEqual({
      uscc: ENTERPRISE,
    });
    expect(await meOf(one.cookie)).toMatchObject({
      enterprise: { uscc: ENTERPRISE },
      registration: { status: 'approved' },
    });
    expect((await bind(one.cookie, code)).body.code).toBe('ALREADY_BOUND');
    const two = await registered();
    expect((await bind(two.cookie, code)).body.code).toBe('BINDING_CODE_WRONG');
  });

  it('is closed for a day to who tried five wrong ones, and to nobody else', async () => {
    const { body } = await codeFrom();
    const [guesser, own] = [await registered(), await registered()];
    const said = [];
    for (let i = 0; i < 6; i++) said.push((await bind(guesser.cookie, 'WRONGWRONG')).body);
    expect(said.slice(0, 4).map(({ detail }) => detail)).toEqual(
      [4, 3, 2, 1].map((n) => `绑定码不正确、已过期或已用过，还可以试 ${n} 次`),
    );
    expect(said.slice(4).map(({ status, code }) => [status, code])).toEqual(Array(2).fill([429, 'BINDING_LOCKED']));
    expect((await bind(guesser.cookie, body.code)).body.code).toBe('BINDING_LOCKED');
    expect((await bind(own.cookie, body.code)).status).toBe(200);
    const fresh = await codeFrom();
    await t.pool.query(`UPDATE registration SET codes_locked_until = now() WHERE id = $1`, [guesser.id]);
    expect((await bind(guesser.cookie, fresh.body.code)).status).toBe(200);
  });

  it('runs out after thirty days, and fits no other enterprise', async () => {
    const { body } = await codeFrom();
    const stranger = await registered({ uscc: UNKNOWN });
    expect((await bind(stranger.cookie, body.code)).body.code).toBe('BINDING_CODE_WRONG');
    await t.pool.query(`UPDATE binding_code SET expires_at = now() - interval '1 second' WHERE used_at IS NULL`);
    const own = await registered();
    expect((await bind(own.cookie, body.code)).body.code).toBe('BINDING_CODE_WRONG');
    expect((new Date(body.expiresAt).getTime() - Date.now()) / 86_400_000).toBeCloseTo(30, 1);
  });

  it('is for people who registered: not for keys, nor other roles', async () => {
    const key = await t.keyFor({ role: 'enterprise', enterpriseUscc: ENTERPRISE });
    expect((await t.post('me/binding', { code: 'AAAAAAAAAA' }, key)).status).toBe(403);
    expect((await bind(county.cookie, 'AAAAAAAAAA')).status).toBe(403);
    const { cookie } = await t.userFor({ role: 'finance' });
    expect((await codeFrom(cookie)).status).toBe(403);
  });
});
