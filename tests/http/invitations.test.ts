import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendMail } from '../../jobs/send-mail.ts';
import { firstInvitation } from '../../src/access/first-key.ts';
import { printedPost, smtpPost } from '../../src/files/mail.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { PASSWORD, type TestUser } from '../support/logins.ts';

let t: TestApp;
let operator: TestUser;
let first: string | null;
beforeAll(async () => {
  t = await startTestApp('2026-04-10');
  first = await firstInvitation(t.contextOf(), '2026-04-10');
  operator = await t.userFor({ role: 'operator' });
  await t.pool.query(
    `INSERT INTO institution (code, name, kind) VALUES ('bank-a', '某银行', 'partnerBank'), ('unit-a', '某局', 'cooperatingUnit')`,
  );
});
afterAll(async () => {
  expect(t.log.errors).toEqual([]);
  await t.stop();
});

let count = 0;
const person = () => ({ name: '李经理', username: `li-jing-li.${++count}`, email: `Li${count}@Example.com` });
const invite = (input: object) => t.call('POST', 'invitations', { cookie: operator.cookie, body: input });
/** The token that went out to an address. */
const tokenTo = async (email: string): Promise<string> => {
  const sql = `SELECT data->>'text' AS text FROM pgboss.job WHERE name = 'send-mail' AND data->>'to' = $1`;
  return /console\/invitation\?token=(\S+)/.exec((await t.pool.query(sql, [email.toLowerCase()])).rows[0].text)![1]!;
};
const look = (token: string) => t.post('invitations/look', { token });
const accept = (token: string, password = PASSWORD) => t.post('invitations/accept', { token, password });

describe('邀请', () => {
  it('goes to a bank officer by mail, sets the password once, and lets in', async () => {
    const who = person();
    const made = await invite({ ...who, role: 'bank', institutionCode: 'bank-a' });
    expect([made.status, made.body]).toMatchObject([201, { state: 'open', role: 'bank', username: who.username }]);
    expect(JSON.stringify(made.body)).not.toContain('token');
    const token = await tokenTo(who.email);
    expect((await look(token)).body).toMatchObject({
      ...{
        name: '李经理',
        username: who.username,
        roleName: '合作银行',
        institutionName: '某银行',
        enterpriseName: null,
      },
    });
    expect((await accept(token, 'short')).body).toMatchObject({
      code: 'PASSWORD_REFUSED',
      errors: [{ field: 'password' }],
    });
    expect((await accept(token, `${who.username}-abcdef`)).body.code).toBe('PASSWORD_REFUSED');
    expect(await accept(token)).toMatchObject({ status: 201, body: { username: who.username } });
    for (const again of [await accept(token), await look(token)])
      expect(again).toMatchObject({
        status: 422,
        body: { code: 'LINK_INVALID', detail: expect.stringContaining('已用过') },
      });
    const { status } = await t.call('POST', '/api/auth/sign-in/username', {
      body: { username: who.username, password: PASSWORD },
    });
    expect(status).toBe(200);
    const { body: users } = await t.call('GET', `users?q=${who.username}`, { cookie: operator.cookie });
    expect(users.items).toMatchObject([{ role: 'bank', institutionCode: 'bank-a' }]);
    const { body: log } = await t.call('GET', `audit?subject=user:${users.items[0].id}`, { cookie: operator.cookie });
    expect(log.items.map((i: { action: string }) => i.action)).toEqual(['user.login', 'user.create']);
  });

  it('is accepted once, however many try at the same time', async () => {
    const who = person();
    await invite({ ...who, role: 'auditor' });
    const token = await tokenTo(who.email);
    const answers = await Promise.all([accept(token), accept(token), accept(token)]);
    expect(answers.map((a) => a.status).sort()).toEqual([201, 422, 422]);
  });

  it('is worthless when it has been taken back or has run out', async () => {
    const [back, late] = [person(), person()];
    const { body } = await invite({ ...back, role: 'auditor' });
    await invite({ ...late, role: 'auditor' });
    expect((await t.call('POST', `invitations/${body.id}/revoke`, { cookie: operator.cookie })).body.state).toBe(
      'revoked',
    );
    expect((await t.call('POST', `invitations/${body.id}/revoke`, { cookie: operator.cookie })).status).toBe(409);
    await t.pool.query(`UPDATE invitation SET expires_at = now() - interval '1 second' WHERE username = $1`, [
      late.username,
    ]);
    for (const { email } of [back, late]) expect((await accept(await tokenTo(email))).body.code).toBe('LINK_INVALID');
    expect((await accept('not-a-token-of-ours-at-all')).body.code).toBe('LINK_INVALID');
    const { body: list } = await t.call('GET', 'invitations?sort=createdAt', { cookie: operator.cookie });
    expect(list.items.map((i: { state: string }) => i.state)).toEqual([
      'open',
      'accepted',
      'accepted',
      'revoked',
      'expired',
    ]);
    expect(list.items[1].email).toMatch(/^l\*\*\*@example\.com$/);
  });

  it('says for whom, and only for somebody who is there', async () => {
    const wrong: [object, string][] = [
      [{ role: 'bank' }, 'OWNER_MISSING'],
      [{ role: 'bank', institutionCode: 'unit-a' }, 'OWNER_IS_NO_BANK'],
      [{ role: 'finance', institutionCode: 'bank-a' }, 'OWNER_IS_A_BANK'],
      [{ role: 'countyReviewer', institutionCode: 'nowhere' }, 'INSTITUTION_UNKNOWN'],
      [{ role: 'enterprise', enterpriseUscc: '91350100M000100Y43' }, 'ENTERPRISE_UNKNOWN'],
      [{ role: 'auditor', username: operator.username }, 'USERNAME_TAKEN'],
      [{ role: 'auditor', email: operator.email }, 'EMAIL_TAKEN'],
      [{ role: 'auditor', username: 'a@b' }, 'INVALID_INPUT'],
      [{ role: 'king' }, 'INVALID_INPUT'],
    ];
    for (const [input, code] of wrong)
      expect([input, (await invite({ ...person(), ...input })).body.code]).toEqual([input, code]);
  });

  it('belongs to operators, and its link to nobody who has a key', async () => {
    const { cookie } = await t.userFor({ role: 'regionalReviewer' });
    expect((await t.call('POST', 'invitations', { cookie, body: { ...person(), role: 'auditor' } })).status).toBe(403);
    expect((await t.call('GET', 'invitations', { cookie })).status).toBe(403);
    const key = await t.keyFor({ role: 'operator' });
    expect((await t.post('invitations/accept', { token: 'x'.repeat(30), password: PASSWORD }, key)).status).toBe(403);
  });

  it('of the first operator is a link on the screen, once, which asks for the address', async () => {
    const token = first!.split('token=')[1]!;
    expect(await firstInvitation(t.contextOf(), '2026-04-10')).toBeNull();
    expect((await look(token)).body).toMatchObject({ email: null, role: 'operator', username: 'admin' });
    expect((await accept(token)).body.code).toBe('EMAIL_MISSING');
    const done = await t.post('invitations/accept', { token, password: PASSWORD, email: 'first@example.com' });
    expect(done).toMatchObject({ status: 201, body: { username: 'admin' } });
  });
});

describe('邮件', () => {
  const LETTER = { to: 'zhang.san@example.com', subject: '宁科贷：测试', text: '张三：\n\n链接' };

  it('leave through the server that is named', async () => {
    const heard: string[] = [];
    const server = createServer((socket) => {
      let data = false;
      socket.write('220 here\r\n');
      socket.setEncoding('utf8').on('data', (text) => {
        for (const line of `${text}`.split('\r\n').filter(Boolean)) {
          heard.push(line);
          if (data && line !== '.') continue;
          data = line === 'DATA';
          socket.write(data ? '354 go on\r\n' : line.startsWith('QUIT') ? '221 bye\r\n' : '250 ok\r\n');
        }
      });
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    await sendMail(smtpPost(`smtp://127.0.0.1:${port}/?ignoreTLS=true`, '宁科贷 <nkd@example.gov.cn>'))(
      t.contextOf(),
      LETTER,
    );
    server.close();
    expect(heard).toEqual(
      expect.arrayContaining(['MAIL FROM:<nkd@example.gov.cn>', 'RCPT TO:<zhang.san@example.com>', 'DATA']),
    );
    expect(heard.join('\n')).toContain('To: zhang.san@example.com');
  });

  it('are shown where none is named, and hint only at whom they are for', async () => {
    const shown: string[] = [];
    await sendMail(printedPost((text) => shown.push(text)))(t.contextOf(), LETTER);
    expect(shown[0]).toContain('致 z***@example.com');
    expect(shown[0]).toContain('  链接');
    expect(shown[0]).not.toContain('zhang.san');
  });

  it('are kept by the queue only until they are sent, and an hour at most', async () => {
    const { rows } = await t.pool.query(
      `SELECT retention_seconds, deletion_seconds FROM pgboss.queue WHERE name = 'send-mail'`,
    );
    expect(rows).toEqual([{ retention_seconds: 3600, deletion_seconds: 60 }]);
  });
});
