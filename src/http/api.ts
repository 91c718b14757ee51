import { newRouter } from './router.ts';
import { apiKeys } from './routes/api-keys.ts';
import { archives } from './routes/archives.ts';
import { attachments } from './routes/attachments.ts';
import { audit } from './routes/audit.ts';
import { balanceReports } from './routes/balance-reports.ts';
import { bankStatements } from './routes/bank-statements.ts';
import { boards } from './routes/boards.ts';
import { budgetChanges } from './routes/budget-changes.ts';
import { calendars } from './routes/calendars.ts';
import { capital } from './routes/capital.ts';
import { claims } from './routes/claims.ts';
import { closings } from './routes/closings.ts';
import { differences } from './routes/differences.ts';
import { documents } from './routes/documents.ts';
import { drafts } from './routes/drafts.ts';
import { enterprises } from './routes/enterprises.ts';
import { guarantees } from './routes/guarantees.ts';
import { home } from './routes/home.ts';
import { imports } from './routes/imports.ts';
import { institutions } from './routes/institutions.ts';
import { invitations } from './routes/invitations.ts';
import { jobs } from './routes/jobs.ts';
import { ledger } from './routes/ledger.ts';
import { loanFilings } from './routes/loan-filings.ts';
import { loanReconciliations } from './routes/loan-reconciliations.ts';
import { loans } from './routes/loans.ts';
import { me } from './routes/me.ts';
import { payouts } from './routes/payouts.ts';
import { policies } from './routes/policies.ts';
import { policyVersions } from './routes/policy-versions.ts';
import { pools } from './routes/pools.ts';
import { reconciliationDesk } from './routes/reconciliation-desk.ts';
import { reconciliations } from './routes/reconciliations.ts';
import { recoveries } from './routes/recoveries.ts';
import { registrations } from './routes/registrations.ts';
import { settlements } from './routes/settlements.ts';
import { subsidyApplications } from './routes/subsidy-applications.ts';
import { subsidyBatches } from './routes/subsidy-batches.ts';
import { subsidyClawbacks } from './routes/subsidy-clawbacks.ts';
import { subsidyCorrections } from './routes/subsidy-corrections.ts';
import { subsidyImports } from './routes/subsidy-imports.ts';
import { subsidyObjections } from './routes/subsidy-objections.ts';
import { subsidyOffers } from './routes/subsidy-offers.ts';
import { subsidyPaperRoutes } from './routes/subsidy-papers.ts';
import { suspensions } from './routes/suspensions.ts';
import { users } from './routes/users.ts';
import { writeOffs } from './routes/write-offs.ts';
import { yearClosings } from './routes/year-closings.ts';

/** Every route under /api/v1, chained so that the console's client knows what each takes and answers. */
export const api = newRouter()
  .route('/', home)
  .route('/', boards)
  .route('/', jobs)
  .route('/', me)
  .route('/', drafts)
  .route('/', users)
  .route('/', invitations)
  .route('/', registrations)
  .route('/', enterprises)
  .route('/', institutions)
  .route('/', policies)
  .route('/', policyVersions)
  .route('/', calendars)
  .route('/', apiKeys)
  .route('/', audit)
  .route('/', archives)
  .route('/', pools)
  .route('/', loanFilings)
  .route('/', loans)
  .route('/', balanceReports)
  .route('/', imports)
  .route('/', subsidyOffers)
  .route('/', subsidyImports)
  .route('/', subsidyApplications)
  .route('/', subsidyBatches)
  .route('/', budgetChanges)
  .route('/', subsidyClawbacks)
  .route('/', subsidyCorrections)
  .route('/', subsidyPaperRoutes)
  .route('/', subsidyObjections)
  .route('/', claims)
  .route('/', recoveries)
  .route('/', writeOffs)
  .route('/', payouts)
  .route('/', suspensions)
  .route('/', capital)
  .route('/', guarantees)
  .route('/', attachments)
  .route('/', settlements)
  .route('/', bankStatements)
  .route('/', reconciliations)
  .route('/', differences)
  .route('/', closings)
  .route('/', yearClosings)
  .route('/', loanReconciliations)
  .route('/', reconciliationDesk)
  .route('/', documents)
  .route('/', ledger);

export type Api = typeof api;
