import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PERMISSIONS, type Permission, ROLES, type Role } from '../../src/access/roles.ts';
import type { ApiDocument, Operation, Parameter, Schema } from '../../src/http/docs/document.ts';
import { exampleOf, flatten, resolve } from '../../src/http/docs/example.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';

/** What each route asks of who calls it; a file, what its kind asks: here the first, a bank's filings. With the table of roles in src/access/roles.ts this says who may do what. */
const ASKS: Partial<Record<Permission, string[]>> = {
  'home.read': ['GET /home'],
  'draft.own': ['GET /drafts', 'GET /drafts/{key}', 'PUT /drafts/{key}', 'DELETE /drafts/{key}'],
  'binding.use': ['POST /me/binding'],
  'demonstration.move': ['POST /demonstration/day'],

  'filing.create': ['POST /loan-filings', 'POST /loan-filings/{id}/withdraw', 'POST /imports', 'POST /import-headings'],
  'filing.read': [
    ...['GET /loan-filings', 'GET /loan-filings/{id}', 'GET /loan-filings/{id}/review'],
    ...['GET /imports', 'GET /imports/{id}', 'GET /imports/{id}/rows', 'GET /imports/{id}/faults'],
  ],
  'filing.decide': [
    ...['POST /loan-filings/{id}/consent', 'POST /loan-filings/consent', 'POST /loan-filings/{id}/refuse'],
  ],
  'import.correct': ['POST /imports/{id}/corrections'],
  'loan.read': [
    'GET /loans',
    'GET /loans/{id}',
    'GET /loans/{id}/revocations',
    'GET /revocations',
    'GET /balance-reports',
    'GET /balance-reports/{id}',
  ],
  'loan.report': [
    ...['POST /loans/{id}/disbursements', 'POST /loans/{id}/repayments', 'POST /loans/{id}/extensions'],
    ...['POST /balance-reports', 'GET /import-templates/balanceReports/filled'],
  ],

  'claim.create': ['POST /claims', 'PUT /claims/{id}', 'POST /claims/{id}/submit', 'POST /claims/{id}/withdraw'],
  'claim.read': [
    'GET /claims',
    'GET /claims/{id}',
    'GET /claims/{id}/fen',
    'GET /recoveries',
    'GET /payouts',
    'GET /payables',
    'GET /claim-proposals',
  ],
  'claim.simulate': ['POST /claims/simulate'],
  'claim.verify': ['POST /claims/{id}/verify'],
  'claim.review': ['POST /claims/{id}/return', 'POST /claims/{id}/refuse'],
  'claim.approve': ['POST /claims/{id}/approve', 'POST /claims/{id}/confirm'],
  'claim.pay': ['POST /claims/{id}/pay'],
  'recovery.record': [
    ...['POST /claims/{id}/recoveries', 'POST /claims/{id}/costs', 'POST /claims/{id}/interest'],
    'POST /claims/{id}/refund/receive',
  ],
  'recovery.reverse': ['POST /claims/{id}/events/{event}/reverse'],
  'writeOff.propose': ['POST /claims/{id}/write-off', 'POST /claims/{id}/refund'],
  'writeOff.decide': [
    ...['POST /claims/{id}/write-off/confirm', 'POST /claims/{id}/write-off/refuse'],
    ...['POST /claims/{id}/refund/confirm', 'POST /claims/{id}/refund/refuse'],
    ...['POST /claims/{id}/costs/confirm', 'POST /claims/{id}/costs/refuse'],
  ],
  'payout.make': ['POST /payouts', 'POST /payouts/{id}/confirm', 'POST /payouts/{id}/withdraw'],
  'attachment.write': ['POST /attachments', 'DELETE /attachments/{id}'],
  'attachment.read': ['GET /attachments', 'GET /attachments/{id}'],

  'subsidy.read': [
    ...['GET /subsidy-applications', 'GET /subsidy-applications/{id}'],
    ...['GET /subsidy-clawbacks', 'GET /subsidy-clawbacks/{id}', 'GET /subsidy-applications/{id}/funds'],
  ],
  'subsidy.apply': [
    ...['GET /subsidy-offers', 'POST /subsidy-applications/{id}/payee'],
    ...['POST /subsidy-applications', 'POST /subsidy-applications/check', 'PUT /subsidy-applications/{id}'],
    ...['POST /subsidy-applications/{id}/submit', 'POST /subsidy-applications/{id}/withdraw'],
  ],
  'subsidy.correct': [
    ...['GET /subsidy-applications/{id}/corrections', 'POST /subsidy-applications/{id}/corrections'],
    'POST /subsidy-applications/{id}/corrections/check',
  ],
  'objection.read': ['GET /subsidy-objections', 'GET /subsidy-objections/{id}'],
  'objection.reveal': ['POST /subsidy-objections/{id}/reveal'],
  'clawback.propose': ['POST /subsidy-clawbacks', 'POST /subsidy-clawbacks/{id}/cancel'],
  'clawback.decide': [
    ...['POST /subsidy-clawbacks/{id}/confirm', 'POST /subsidy-clawbacks/{id}/decline'],
    ...['POST /subsidy-clawbacks/{id}/cancel/confirm', 'POST /subsidy-clawbacks/{id}/cancel/refuse'],
  ],
  'clawback.record': [
    ...['POST /subsidy-clawbacks/{id}/receipts', 'POST /subsidy-clawbacks/{id}/remittances'],
    'POST /subsidy-clawbacks/{id}/remittances/{remittance}/pay',
  ],
  'subsidy.import': ['POST /subsidy-applications/import', 'POST /subsidy-applications/payees'],
  // Of several steps at once the first of them: each asks for its own.
  'subsidy.confirm': ['POST /subsidy-applications/{id}/findings'],
  'subsidy.recommend': ['POST /subsidy-applications/{id}/recommend', 'POST /subsidy-applications/steps'],
  'subsidy.return': ['POST /subsidy-applications/{id}/return'],
  'subsidy.review': ['POST /subsidy-applications/{id}/review', 'POST /subsidy-applications/{id}/refuse'],
  'subsidy.audit': ['POST /subsidy-applications/{id}/audit'],
  'subsidy.decide': ['POST /subsidy-applications/{id}/decide'],
  'subsidy.publish': [
    ...['POST /subsidy-batches', 'POST /subsidy-applications/{id}/lines/{place}/object'],
    'POST /subsidy-applications/{id}/lines/{place}/decide-objection',
  ],
  'subsidy.allocate': [
    'POST /subsidy-batches/{id}/allocate',
    'POST /subsidy-batches/{id}/supplements',
    'POST /subsidy-batches/{id}/rest',
  ],
  'subsidy.approve': [
    ...['POST /subsidy-batches/{id}/approve', 'POST /subsidy-batches/{id}/return'],
    ...['POST /subsidy-supplements/{id}/approve', 'POST /subsidy-supplements/{id}/return'],
  ],
  'subsidy.pay': [
    'POST /subsidy-supplements/{id}/order',
    ...['POST /subsidy-batches/{id}/order', 'POST /subsidy-batches/{id}/pay'],
    ...['POST /subsidy-payments/{id}/return', 'POST /subsidy-payments/{id}/reissue'],
  ],
  'budget.read': [
    ...[
      'GET /subsidy-boards',
      'GET /subsidy-batches/{id}/shares',
      'GET /budgets/{code}/changes',
      'GET /budget-changes',
    ],
    ...['GET /budgets', 'GET /budgets/{code}', 'GET /subsidy-batches', 'GET /subsidy-batches/{id}'],
    ...['GET /subsidy-batches/{id}/publicity', 'GET /subsidy-batches/{id}/payments'],
    ...['GET /subsidy-batches/{id}/supplements', 'GET /budgets/{code}/summary', 'GET /budgets/{code}/summary/file'],
  ],
  'subsidy.payees': ['GET /subsidy-batches/{id}/payment-list'],
  'subsidy.summarise': ['POST /budgets/{code}/summary'],
  'budget.write': ['POST /budgets', 'POST /budgets/{code}/receipts', 'POST /budgets/{code}/changes'],
  'budget.decide': ['POST /budget-changes/{id}/approve', 'POST /budget-changes/{id}/refuse'],

  'pool.read': ['GET /pools', 'GET /pools/{id}', 'GET /pools/{id}/contributions'],
  'pool.create': ['POST /pools'],
  'contribution.record': ['POST /pools/{id}/contributions'],
  'ledger.reverse': ['POST /pools/{id}/contributions/{contribution}/reverse'],
  'suspension.read': ['GET /breaker', 'GET /suspensions', 'GET /suspensions/{id}'],
  'suspension.propose': ['POST /suspensions/{id}/lift'],
  'guarantee.read': ['GET /guarantees', 'GET /guarantees/{id}'],
  'guarantee.record': ['POST /loans/{id}/guarantees', 'POST /guarantees/{id}/cancel'],
  'guarantee.payout': ['POST /guarantees/{id}/payouts', 'POST /guarantees/{id}/payouts/{payout}/reverse'],
  'capital.propose': ['POST /pools/{id}/returns', 'POST /pools/{id}/wind-up'],
  'capital.decide': ['POST /pools/{id}/returns/{order}/confirm', 'POST /pools/{id}/returns/{order}/refuse'],
  'revocation.propose': ['POST /loans/{id}/revoke'],
  'revocation.decide': ['POST /loans/{id}/revoke/confirm', 'POST /loans/{id}/revoke/refuse'],
  'suspension.decide': ['POST /suspensions/{id}/confirm', 'POST /suspensions/{id}/refuse'],
  'settlement.run': ['POST /settlements'],
  'settlement.read': ['GET /settlements', 'GET /settlements/{id}', 'GET /portfolio'],
  'ledger.read': [
    'GET /pools/{id}/capital',
    'GET /capital-orders',
    ...['GET /ledger/accounts', 'GET /ledger/entries', 'GET /ledger/trial-balance', 'GET /ledger/verify'],
    ...['GET /ledger/export', 'GET /pools/{id}/board', 'GET /pools/{id}/trend'],
  ],
  'bankStatement.import': ['POST /bank-statements'],
  'bankStatement.read': [
    ...['GET /bank-statements', 'GET /bank-statements/{id}', 'GET /bank-statements/{id}/file', 'GET /bank-lines'],
    'GET /bank-lines/export',
    'GET /statement-profiles',
  ],
  'reconciliation.run': [
    ...['POST /reconciliations', 'POST /bank-matches', 'POST /bank-matches/{id}/undo', 'POST /loan-reconciliations'],
  ],
  'reconciliation.confirm': ['POST /reconciliations/{id}/confirm'],
  'reconciliation.read': [
    ...['GET /reconciliations', 'GET /reconciliations/{id}', 'GET /reconciliations/{id}/replay', 'GET /bank-matches'],
    ...['GET /differences', 'GET /differences/{id}', 'GET /reconciliations/{id}/bridge'],
    ...['GET /loan-reconciliations', 'GET /loan-reconciliations/{id}', 'GET /loan-reconciliations/{id}/replay'],
    ...['GET /loan-differences', 'GET /loan-differences/{id}'],
    ...['GET /reconciliation-months', 'GET /reconciliations/{id}/sides', 'GET /differences/{id}/options'],
  ],
  'difference.resolve': [
    ...['POST /loan-differences/{id}/assign', 'POST /loan-differences/{id}/notes'],
    ...['POST /differences/{id}/assign', 'POST /differences/{id}/comments', 'POST /differences/{id}/resolve'],
    ...[
      'GET /difference-owners',
      'POST /differences/{id}/withdraw',
      'POST /differences/{id}/identify',
      'POST /differences/{id}/identify/withdraw',
    ],
  ],
  'difference.decide': [
    ...['POST /differences/{id}/confirm', 'POST /differences/{id}/reverse', 'POST /differences/{id}/identify/confirm'],
  ],
  'closing.read': ['GET /closings', 'GET /closings/{id}', 'GET /year-closings', 'GET /year-closings/{id}'],
  'closing.propose': [
    ...['POST /closings', 'POST /closings/{id}/withdraw'],
    ...['POST /year-closings', 'POST /year-closings/{id}/withdraw'],
  ],
  'closing.decide': ['POST /closings/{id}/confirm', 'POST /year-closings/{id}/confirm'],
  'statementProfile.add': [
    ...['POST /statement-headings', 'POST /statement-profiles', 'DELETE /statement-profiles/{id}'],
  ],
  'document.read': ['GET /documents', 'GET /documents/{id}', 'GET /documents/{id}/pdf'],

  'enterprise.read': ['GET /enterprises', 'GET /enterprises/{uscc}', 'GET /eligibility'],
  'enterprise.write': ['POST /enterprises'],
  'personal.reveal': ['POST /enterprises/{uscc}/reveal', 'POST /registrations/{id}/reveal'],
  'binding.create': ['POST /enterprises/{uscc}/binding-codes'],
  'registration.decide': [
    ...['GET /registrations', 'POST /registrations/{id}/approve', 'POST /registrations/{id}/refuse'],
  ],
  'institution.read': ['GET /institutions', 'GET /institutions/{code}'],
  'institution.write': [
    ...['POST /institutions', 'POST /institutions/{code}/partnerships', 'POST /institutions/{code}/bank-accounts'],
    'POST /institutions/{code}/partnerships/{id}/end',
  ],

  'policy.read': [
    ...['GET /policies', 'GET /policies/{code}', 'GET /policies/{code}/clauses/{clause}', 'GET /policy-versions'],
    ...['GET /policies/{code}/clauses/{clause}/versions', 'GET /lpr-quotes', 'GET /holiday-notices'],
    ...['GET /working-days', 'GET /calendars', 'GET /subsidy-schemes'],
  ],
  'policy.propose': ['POST /policy-versions', 'POST /policy-versions/{id}/withdraw'],
  'policy.approve': ['POST /policy-versions/{id}/approve', 'POST /policy-versions/{id}/refuse'],
  'policy.preview': [
    ...['POST /policy-versions/preview', 'POST /policy-versions/{id}/preview'],
    'POST /subsidy-applications/trial',
  ],
  'calendar.write': ['POST /lpr-quotes', 'POST /holiday-notices'],

  'user.manage': [
    ...['GET /users', 'POST /users/{id}/disable', 'POST /users/{id}/enable', 'POST /users/{id}/unlock'],
    ...['POST /users/{id}/end-sessions', 'POST /users/{id}/reset-second-factor'],
    ...['GET /invitations', 'POST /invitations', 'POST /invitations/{id}/revoke'],
  ],
  'key.manage': [
    ...['GET /api-keys', 'POST /api-keys', 'POST /api-keys/{id}/revoke', 'POST /api-keys/{id}/require-signature'],
  ],
  'key.own': ['GET /me/api-keys', 'POST /me/api-keys', 'POST /me/api-keys/{id}/revoke'],
  'job.manage': ['GET /jobs', 'POST /jobs/{id}/retry', 'POST /jobs/{id}/cancel', 'GET /system'],
  'job.read': ['GET /jobs/{id}'],
  'audit.read': ['GET /audit', 'GET /audit/verify'],
  'archive.make': ['POST /archives'],
  'archive.read': ['GET /archives', 'GET /archives/{id}', 'GET /archives/{id}/file'],
  // How one gets a login: for visitors, who have no role.
  'registration.submit': ['POST /registrations'],
  'invitation.accept': ['POST /invitations/look', 'POST /invitations/accept'],
};

/** Open to everybody who is known, whatever the role. */
const ANYONE = [
  ...['GET /me', 'GET /import-templates/{kind}', 'GET /subsidy-applications/import-templates/{kind}'],
  'GET /verify/{code}',
];

/** For whom each role works in the demonstration. */
const PLACES: Partial<Record<Role, { institutionCode?: string; enterpriseUscc?: string }>> = {
  bank: { institutionCode: 'shizuishan-bank' },
  countyReviewer: { institutionCode: 'pingluo-st' },
  regionalReviewer: { institutionCode: 'ningxia-st' },
  enterprise: { enterpriseUscc: '91640221MA9006026Y' },
  guarantor: { institutionCode: 'guarantor-a' },
};

let t: Demonstration;
let document: ApiDocument;
let routes: { route: string; operation: Operation }[];
beforeAll(async () => {
  t = await startDemonstration();
  const guarantor = { code: 'guarantor-a', name: '示例融资担保有限公司', kind: 'guarantor' };
  expect((await t.post('institutions', guarantor, t.key('operator'))).status).toBe(201);
  document = (await t.get('/api/v1/openapi.json')).body;
  routes = Object.entries(document.paths)
    .filter(([path]) => path.startsWith('/api/v1/'))
    .flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({
        route: `${method.toUpperCase()} ${path.slice('/api/v1'.length)}`,
        operation,
      })),
    );
});
afterAll(() => t.stop());

/** A request that the route's own schema takes, of the examples of the documentation. */
function requestOf(route: string, { parameters = [], requestBody }: Operation) {
  const [method, path] = route.split(' ') as [string, string];
  const known = parameters.map((parameter) => resolve<Parameter>(document, parameter));
  const text = ({ name, schema }: Parameter) => encodeURIComponent(`${exampleOf(document, schema, name)}`);
  const address = path.replace(/\{(\w+)\}/g, (_, name) => text(known.find((one) => one.name === name)!));
  const query = known.filter((one) => one.in === 'query' && one.required).map((one) => `${one.name}=${text(one)}`);
  const content = requestBody?.content ?? {};
  const json = content['application/json']?.schema;
  const form = content['multipart/form-data']?.schema;
  const body = json ? exampleOf(document, json) : form && filled(form);
  return { method, path: `/api/v1${address}${query.length > 0 ? `?${query.join('&')}` : ''}`, body };
}

function filled(schema: Schema): FormData {
  const { required = [], properties = {} } = flatten(document, schema);
  const form = new FormData();
  for (const name of required) form.set(name, `${exampleOf(document, properties[name]!, name)}`);
  form.set('file', new File(['序号,借据号\n1,2\n'], 'x.csv'));
  return form;
}

describe('谁能用哪个接口', () => {
  it('says of every route what it asks, once', () => {
    const told = [...Object.values(ASKS).flat(), ...ANYONE];
    expect(told.toSorted()).toEqual(routes.map(({ route }) => route).toSorted());
  });

  it.each(Object.keys(ROLES) as Role[])(
    '%s: each route is allowed or refused as the table of roles says',
    async (role) => {
      const key = await t.keyFor({ role, ...PLACES[role] });
      const asked = new Map(
        Object.entries(ASKS).flatMap(([permission, all]) => all.map((route) => [route, permission])),
      );
      const found: Record<string, string> = {};
      const wanted: Record<string, string> = {};
      for (const { route, operation } of routes) {
        const { method, path, body } = requestOf(route, operation);
        const answer = await t.call(method, path, { key, body });
        // A binding code is refused with other words to an enterprise that never registered.
        const refused = answer.status === 403 && answer.body.detail.startsWith(`「${ROLES[role]}」无权`);
        found[route] = refused ? '不可' : answer.status === 401 ? '401' : '可';
        const permission = asked.get(route) as Permission | undefined;
        const roles: readonly Role[] = permission ? PERMISSIONS[permission].roles : [role];
        wanted[route] = roles.includes(role) ? '可' : '不可';
      }
      expect(found).toEqual(wanted);
    },
  );
});
