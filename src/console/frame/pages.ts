import type { ComponentType } from 'react';
import { PERMISSIONS, type Permission, type Role } from '../../access/roles.ts';
import type { Me } from '../session.ts';

/** The tasks of the menu, in its order. */
export const GROUPS = [
  '工作台',
  '备案与贷款',
  '补贴',
  '资金与结算',
  '对账与结账',
  '账簿',
  '企业',
  '政策与机构',
  '系统',
] as const;

export interface PageEntry {
  path: string;
  title: string;
  /** what a role's own menu calls it */
  titleOf?: Partial<Record<Role, string>>;
  /** where the menu has it; pages reached from others have none */
  group?: (typeof GROUPS)[number];
  /** whose menu has it, where others reach it from pages of their own */
  menuOf?: readonly Role[];
  /** the page of the menu it belongs to, where its own address does not say */
  within?: string;
  /** who may open it: by permission, as the API asks it … */
  needs?: Permission;
  /** … or by role, where several may read but it is the page of some; both must hold when both are given */
  roles?: readonly Role[];
  load(): Promise<{ default: ComponentType }>;
}

/** Who sends files, and who sees what came of them. */
const FILE_SENDERS: Role[] = ['bank', 'regionalReviewer', 'operator'];
const FILE_READERS: Role[] = [...FILE_SENDERS, 'auditor'];
/** Everybody but the enterprises, whose own loans are told on pages of theirs. */
const BANKS_AND_OFFICES: Role[] = ['bank', 'countyReviewer', 'regionalReviewer', 'finance', 'auditor', 'operator'];

/** Everybody but the enterprises may look up guarantees; theirs are told with their loans. */
const GUARANTEED: Role[] = [...BANKS_AND_OFFICES, 'guarantor'];

/** Who recommends, reviews, audits and decides on subsidies, and who looks on; enterprises have pages of their own. */
const SUBSIDY_DESKS: Role[] = ['countyReviewer', 'regionalReviewer', 'finance', 'auditor', 'operator'];

/** Who sees what waits for a second person, and who keeps or checks the calendars. */
const SECOND_PERSONS: Role[] = ['finance', 'regionalReviewer', 'auditor', 'operator'];
const KEEPERS: Role[] = ['finance', 'auditor', 'operator'];

/** Every page of the console: one table for the router, the menu, and the test of who may open what. */
export const PAGES: PageEntry[] = [
  { path: '/', title: '首页', group: '工作台', load: () => import('../pages/home/HomePage.tsx') },
  {
    ...{ path: '/audit-view', title: '审计视图', group: '工作台', needs: 'audit.read', roles: ['auditor'] },
    load: () => import('../pages/audit-view/AuditViewPage.tsx'),
  },
  {
    ...{ path: '/reviews', title: '待审核备案', group: '工作台', needs: 'filing.decide' },
    load: () => import('../pages/reviews/ReviewsPage.tsx'),
  },
  {
    ...{ path: '/reviews/:id', title: '审核备案', needs: 'filing.decide' },
    load: () => import('../pages/reviews/ReviewPage.tsx'),
  },
  {
    ...{ path: '/my/loans', title: '我的贷款', group: '企业', roles: ['enterprise'] },
    load: () => import('../pages/my/LoansPage.tsx'),
  },
  {
    ...{ path: '/my/subsidies', title: '我的补贴', group: '企业', roles: ['enterprise'] },
    load: () => import('../pages/my-subsidies/MySubsidiesPage.tsx'),
  },
  {
    ...{ path: '/my/subsidies/new', title: '申请补贴', roles: ['enterprise'] },
    load: () => import('../pages/subsidy-form/NewSubsidyPage.tsx'),
  },
  {
    ...{ path: '/my/subsidies/:id/edit', title: '填写补贴申请', roles: ['enterprise'] },
    load: () => import('../pages/subsidy-form/EditSubsidyPage.tsx'),
  },
  {
    ...{ path: '/my/subsidies/:id', title: '我的补贴申请', roles: ['enterprise'] },
    load: () => import('../pages/my-subsidies/MySubsidyPage.tsx'),
  },
  {
    ...{ path: '/my/titles', title: '我的资质', group: '企业', roles: ['enterprise'] },
    load: () => import('../pages/my/TitlesPage.tsx'),
  },
  {
    ...{ path: '/my/papers', title: '我的文件', group: '企业', roles: ['enterprise'] },
    load: () => import('../pages/my/PapersPage.tsx'),
  },
  {
    ...{ path: '/enterprises', title: '企业库', group: '企业', needs: 'enterprise.read', roles: BANKS_AND_OFFICES },
    load: () => import('../pages/enterprises/EnterprisesPage.tsx'),
  },
  {
    ...{ path: '/enterprises/new', title: '登记企业', needs: 'enterprise.write' },
    load: () => import('../pages/enterprises/NewEnterprisePage.tsx'),
  },
  {
    ...{ path: '/enterprises/:uscc', title: '企业详情', needs: 'enterprise.read', roles: BANKS_AND_OFFICES },
    load: () => import('../pages/enterprises/EnterprisePage.tsx'),
  },
  {
    ...{ path: '/eligibility', title: '支持条件', group: '企业', needs: 'enterprise.read' },
    titleOf: { enterprise: '我能申请什么' },
    load: () => import('../pages/eligibility/EligibilityPage.tsx'),
  },
  {
    ...{ path: '/registrations', title: '企业注册审核', group: '企业', needs: 'registration.decide' },
    load: () => import('../pages/registrations/RegistrationsPage.tsx'),
  },
  {
    ...{ path: '/policies', title: '政策条款', group: '政策与机构', needs: 'policy.read' },
    load: () => import('../pages/policies/PoliciesPage.tsx'),
  },
  {
    ...{ path: '/policies/:clauseId', title: '条款', needs: 'policy.read' },
    load: () => import('../pages/policies/ClausePage.tsx'),
  },
  {
    ...{
      path: '/institutions',
      title: '机构',
      group: '政策与机构',
      needs: 'institution.read',
      roles: BANKS_AND_OFFICES,
    },
    load: () => import('../pages/institutions/InstitutionsPage.tsx'),
  },
  {
    ...{ path: '/institutions/:code', title: '机构详情', needs: 'institution.read', roles: BANKS_AND_OFFICES },
    load: () => import('../pages/institutions/InstitutionPage.tsx'),
  },
  { path: '/account', title: '我的账号', load: () => import('../pages/account/AccountPage.tsx') },
  {
    ...{ path: '/filings/new', title: '报送备案', group: '备案与贷款', needs: 'filing.create' },
    load: () => import('../pages/filings/NewFilingPage.tsx'),
  },
  {
    ...{ path: '/filings', title: '备案', group: '备案与贷款', needs: 'filing.read', menuOf: BANKS_AND_OFFICES },
    load: () => import('../pages/filings/FilingsPage.tsx'),
  },
  {
    ...{ path: '/filings/:id', title: '备案详情', needs: 'filing.read' },
    load: () => import('../pages/filings/FilingPage.tsx'),
  },
  {
    ...{ path: '/imports/new', title: '上传文件', group: '备案与贷款', roles: FILE_SENDERS },
    load: () => import('../pages/imports/NewImportPage.tsx'),
  },
  {
    ...{ path: '/imports', title: '上传记录', group: '备案与贷款', needs: 'filing.read', roles: FILE_READERS },
    load: () => import('../pages/imports/ImportsPage.tsx'),
  },
  {
    ...{ path: '/imports/:id', title: '上传结果', needs: 'filing.read', roles: FILE_READERS },
    load: () => import('../pages/imports/ImportPage.tsx'),
  },
  {
    ...{ path: '/loans', title: '贷款', group: '备案与贷款', needs: 'loan.read', menuOf: BANKS_AND_OFFICES },
    load: () => import('../pages/loans/LoansPage.tsx'),
  },
  {
    ...{ path: '/loans/:id', title: '贷款详情', needs: 'loan.read' },
    load: () => import('../pages/loans/LoanPage.tsx'),
  },
  {
    ...{ path: '/guarantees', title: '担保', group: '备案与贷款', needs: 'guarantee.read', menuOf: GUARANTEED },
    load: () => import('../pages/guarantees/GuaranteesPage.tsx'),
  },
  {
    ...{ path: '/guarantees/:id', title: '担保详情', needs: 'guarantee.read' },
    load: () => import('../pages/guarantees/GuaranteePage.tsx'),
  },
  {
    ...{ path: '/claims', title: '风险补偿', group: '备案与贷款', needs: 'claim.read' },
    load: () => import('../pages/claims/ClaimsPage.tsx'),
  },
  {
    ...{ path: '/claims/new', title: '申请补偿', group: '备案与贷款', needs: 'claim.create' },
    load: () => import('../pages/claim-form/NewClaimPage.tsx'),
  },
  {
    ...{ path: '/claims/:id/edit', title: '填写补偿申请', needs: 'claim.create' },
    load: () => import('../pages/claim-form/EditClaimPage.tsx'),
  },
  {
    ...{ path: '/claims/:id', title: '补偿申请', needs: 'claim.read' },
    load: () => import('../pages/claims/ClaimPage.tsx'),
  },
  {
    ...{ path: '/reports', title: '余额月报', group: '备案与贷款', needs: 'settlement.read', roles: BANKS_AND_OFFICES },
    load: () => import('../pages/reports/ReportsPage.tsx'),
  },
  {
    ...{ path: '/reports/:id', title: '月报详情', needs: 'loan.read', roles: BANKS_AND_OFFICES },
    load: () => import('../pages/reports/ReportPage.tsx'),
  },
  {
    ...{ path: '/portfolio', title: '贷款质量', group: '备案与贷款', needs: 'settlement.read' },
    load: () => import('../pages/portfolio/PortfolioPage.tsx'),
  },
  {
    ...{ path: '/documents', title: '单据', group: '备案与贷款', needs: 'document.read', menuOf: BANKS_AND_OFFICES },
    load: () => import('../pages/documents/DocumentsPage.tsx'),
  },
  {
    ...{ path: '/subsidies', title: '补贴申请', group: '补贴', needs: 'subsidy.read', roles: SUBSIDY_DESKS },
    load: () => import('../pages/subsidies/SubsidiesPage.tsx'),
  },
  {
    ...{ path: '/subsidies/import', title: '导入纸质申请', needs: 'subsidy.import' },
    load: () => import('../pages/subsidy-import/ImportSubsidiesPage.tsx'),
  },
  {
    ...{ path: '/subsidies/:id', title: '审核补贴申请', needs: 'subsidy.read', roles: SUBSIDY_DESKS },
    load: () => import('../pages/subsidies/SubsidyPage.tsx'),
  },
  {
    ...{ path: '/subsidy-batches', title: '补贴批次', group: '补贴', needs: 'budget.read' },
    load: () => import('../pages/subsidy-batches/BatchesPage.tsx'),
  },
  {
    ...{ path: '/subsidy-batches/:id', title: '补贴批次详情', needs: 'budget.read' },
    load: () => import('../pages/subsidy-batches/BatchPage.tsx'),
  },
  {
    ...{ path: '/budgets', title: '补贴预算', group: '补贴', needs: 'budget.read' },
    load: () => import('../pages/budgets/BudgetsPage.tsx'),
  },
  {
    ...{ path: '/clawbacks', title: '补贴追回', group: '补贴', needs: 'subsidy.read', roles: SUBSIDY_DESKS },
    load: () => import('../pages/clawbacks/ClawbacksPage.tsx'),
  },
  {
    ...{ path: '/clawbacks/:id', title: '追回详情', needs: 'subsidy.read', roles: SUBSIDY_DESKS },
    load: () => import('../pages/clawbacks/ClawbackPage.tsx'),
  },
  {
    ...{ path: '/what-if', title: '政策试算', group: '补贴', needs: 'policy.preview' },
    load: () => import('../pages/what-if/WhatIfPage.tsx'),
  },
  {
    ...{ path: '/pools', title: '资金池', group: '资金与结算', needs: 'pool.read' },
    load: () => import('../pages/pools/PoolsPage.tsx'),
  },
  {
    ...{ path: '/pools/:code', title: '资金池一览', needs: 'pool.read' },
    load: () => import('../pages/pools/PoolPage.tsx'),
  },
  {
    ...{ path: '/pools/:code/contributions/new', title: '登记出资到账', needs: 'contribution.record' },
    load: () => import('../pages/pools/NewContributionPage.tsx'),
  },
  {
    ...{ path: '/breaker', title: '熔断监测', group: '资金与结算', needs: 'suspension.read' },
    load: () => import('../pages/breaker/BreakerPage.tsx'),
  },
  {
    ...{ path: '/simulator', title: '风险分担测算', group: '资金与结算', needs: 'claim.simulate' },
    load: () => import('../pages/simulator/SimulatorPage.tsx'),
  },
  {
    ...{ path: '/suspensions/:id', title: '警示或暂停', needs: 'suspension.read', within: '/breaker' },
    load: () => import('../pages/breaker/SuspensionPage.tsx'),
  },
  {
    ...{ path: '/recoveries', title: '追偿回款', group: '资金与结算', needs: 'claim.read' },
    load: () => import('../pages/recoveries/RecoveriesPage.tsx'),
  },
  {
    ...{ path: '/payouts', title: '应付各方款项', group: '资金与结算', needs: 'claim.read' },
    load: () => import('../pages/payouts/PayoutsPage.tsx'),
  },
  {
    ...{ path: '/settlements', title: '结算', group: '资金与结算', needs: 'settlement.read' },
    load: () => import('../pages/settlements/SettlementsPage.tsx'),
  },
  {
    ...{ path: '/settlements/:id', title: '结算结果', needs: 'settlement.read' },
    load: () => import('../pages/settlements/SettlementPage.tsx'),
  },
  {
    ...{ path: '/bank-statements', title: '银行流水', group: '对账与结账', needs: 'bankStatement.read' },
    load: () => import('../pages/bank-statements/StatementsPage.tsx'),
  },
  {
    ...{ path: '/bank-statements/:id', title: '银行流水明细', needs: 'bankStatement.read' },
    load: () => import('../pages/bank-statements/StatementPage.tsx'),
  },
  {
    ...{ path: '/reconciliations', title: '银行对账', group: '对账与结账', needs: 'reconciliation.read' },
    load: () => import('../pages/reconciliations/ReconciliationsPage.tsx'),
  },
  {
    ...{ path: '/reconciliations/:id', title: '对账工作台', needs: 'reconciliation.read' },
    load: () => import('../pages/workbench/WorkbenchPage.tsx'),
  },
  {
    ...{ path: '/reconciliations/:id/bridge', title: '余额调节表', needs: 'reconciliation.read' },
    load: () => import('../pages/reconciliations/BridgePage.tsx'),
  },
  {
    ...{ path: '/three-way', title: '三方对账', group: '对账与结账', needs: 'reconciliation.read' },
    load: () => import('../pages/three-way/ThreeWayPage.tsx'),
  },
  {
    ...{ path: '/differences', title: '对账差异', group: '对账与结账', needs: 'reconciliation.read' },
    load: () => import('../pages/differences/DifferencesPage.tsx'),
  },
  {
    ...{ path: '/differences/:id', title: '一项差异', needs: 'reconciliation.read' },
    load: () => import('../pages/differences/DifferencePage.tsx'),
  },
  {
    ...{ path: '/closings', title: '结账', group: '对账与结账', needs: 'closing.read' },
    load: () => import('../pages/closing/ClosingsPage.tsx'),
  },
  {
    ...{ path: '/closings/:id', title: '一个月的结账', needs: 'closing.read' },
    load: () => import('../pages/closing/ClosingPage.tsx'),
  },
  {
    ...{ path: '/year-closings/:id', title: '年终结账', needs: 'closing.read', within: '/closings' },
    load: () => import('../pages/closing/YearPage.tsx'),
  },
  {
    ...{ path: '/approvals', title: '复核', group: '工作台', needs: 'policy.read', roles: SECOND_PERSONS },
    load: () => import('../pages/approvals/ApprovalsPage.tsx'),
  },
  {
    ...{ path: '/ledger', title: '记账凭证', group: '账簿', needs: 'ledger.read' },
    load: () => import('../pages/ledger/EntriesPage.tsx'),
  },
  {
    ...{ path: '/ledger/accounts', title: '科目余额', group: '账簿', needs: 'ledger.read' },
    load: () => import('../pages/ledger/AccountsPage.tsx'),
  },
  {
    ...{ path: '/ledger/trial-balance', title: '试算平衡表', group: '账簿', needs: 'ledger.read' },
    load: () => import('../pages/ledger/TrialBalancePage.tsx'),
  },
  {
    ...{ path: '/ledger/verify', title: '核验账簿', group: '账簿', needs: 'ledger.read' },
    load: () => import('../pages/ledger/VerifyPage.tsx'),
  },
  {
    ...{ path: '/ledger/:book/:reference', title: '记账凭证', needs: 'ledger.read' },
    load: () => import('../pages/ledger/EntryPage.tsx'),
  },
  {
    ...{ path: '/users', title: '用户', group: '系统', needs: 'user.manage' },
    load: () => import('../pages/users/UsersPage.tsx'),
  },
  {
    ...{ path: '/keys', title: 'API 密钥', group: '系统', needs: 'key.manage' },
    load: () => import('../pages/keys/KeysPage.tsx'),
  },
  {
    ...{ path: '/jobs', title: '后台任务', group: '系统', needs: 'job.manage' },
    load: () => import('../pages/jobs/JobsPage.tsx'),
  },
  {
    ...{ path: '/calendars', title: '日历与利率', group: '系统', needs: 'policy.read', roles: KEEPERS },
    load: () => import('../pages/calendars/CalendarsPage.tsx'),
  },
  {
    ...{ path: '/archives', title: '审计档案', group: '账簿', needs: 'archive.read' },
    load: () => import('../pages/archives/ArchivesPage.tsx'),
  },
  {
    ...{ path: '/audit', title: '审计日志', group: '系统', needs: 'audit.read' },
    load: () => import('../pages/audit/AuditPage.tsx'),
  },
  {
    ...{ path: '/health', title: '运行状况', group: '系统', needs: 'job.manage' },
    load: () => import('../pages/health/HealthPage.tsx'),
  },
];

/** Whether the person may open a page. */
export function mayOpen({ role, permissions }: Pick<Me, 'role' | 'permissions'>, { needs, roles }: PageEntry): boolean {
  return (
    (!needs || (permissions as string[]).includes(needs)) && (!roles || (roles as readonly string[]).includes(role))
  );
}

/** Whether the person's menu has a page. */
export const inMenu = (me: Pick<Me, 'role' | 'permissions'>, page: PageEntry): boolean =>
  page.group !== undefined &&
  mayOpen(me, page) &&
  (!page.menuOf || (page.menuOf as readonly string[]).includes(me.role));

/** The page at an address below /console, whoever asks. */
export function pageAt(path: string): PageEntry | undefined {
  return PAGES.find(({ path: pattern }) => new RegExp(`^${pattern.replace(/:\w+/g, '[^/]+')}/?$`).test(path));
}

/** The permissions of a role without a narrower scope, as the table of roles has them. */
export const permissionsOf = (role: Role): Permission[] =>
  (Object.keys(PERMISSIONS) as Permission[]).filter((permission) =>
    (PERMISSIONS[permission].roles as readonly Role[]).includes(role),
  );
