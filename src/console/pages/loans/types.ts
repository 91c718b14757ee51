import type { InferResponseType } from 'hono/client';
import type { api } from '../../api.ts';

/** A loan in the ledger of loans, a loan with what happened to it, and one thing that happened. */
export type LoanItem = InferResponseType<typeof api.loans.$get, 200>['items'][number];
export type Loan = InferResponseType<(typeof api.loans)[':id']['$get'], 200>;
export type LoanEvent = Loan['events'][number];

/** What happened to a loan, in words. */
export const EVENT_KINDS: Record<string, string> = {
  admission: '入池',
  disbursement: '放款',
  repayment: '还款',
  extension: '展期',
  report: '月报',
  compensation: '补偿出池',
  revocation: '撤销备案',
};

/** A loan is in the pool until it is paid off; 结清 is said of loans only. */
export const LOAN_STATES = { active: '在贷', paidOff: '已结清', compensated: '已补偿', revoked: '已撤销备案' };
