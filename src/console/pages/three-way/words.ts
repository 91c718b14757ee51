import type { InferResponseType } from 'hono/client';
import { periodOf, previousPeriod } from '../../../calendar/settlement-period.ts';
import {
  LOAN_DIFFERENCE_KINDS,
  LOAN_DIFFERENCE_STATUSES,
  type LoanDifferenceKind,
} from '../../../reconciliation/three-way.ts';
import type { api } from '../../api.ts';
import type { Tone } from '../../parts/StateTag.tsx';

export type LoanDifference = InferResponseType<(typeof api)['loan-differences']['$get'], 200>['items'][number];
export type BankSum = InferResponseType<(typeof api)['loan-reconciliations'][':id']['$get'], 200>['banks'][number];

export const kindOf = (code: string): string => LOAN_DIFFERENCE_KINDS[code as LoanDifferenceKind] ?? code;

const TONES: Record<keyof typeof LOAN_DIFFERENCE_STATUSES, Tone> = {
  open: 'past',
  explained: 'near',
  agreed: 'within',
};
export const statusOf = (code: string): [label: string, tone: Tone] => {
  const known = code as keyof typeof LOAN_DIFFERENCE_STATUSES;
  return [LOAN_DIFFERENCE_STATUSES[known] ?? code, TONES[known] ?? 'plain'];
};

export const NOTE_KINDS: Record<string, string> = { comment: '情况', explain: '已说明', reopen: '撤回说明' };

/** The latest month that is over. */
export const lastMonthOver = (today: string): string => previousPeriod(periodOf(today));
