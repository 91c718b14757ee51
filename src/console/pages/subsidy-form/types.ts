import type { InferResponseType } from 'hono/client';
import type { api } from '../../api.ts';
import type { LineRequest, SubsidyRequest, VoucherRequest } from '../../parts/subsidy/types.ts';

/** A scheme that is open today, and one kind of cost it subsidises. */
export type Offer = InferResponseType<(typeof api)['subsidy-offers']['$get'], 200>['items'][number];
export type OfferedLine = Offer['lines'][number];
export type Kind = LineRequest['kind'];

/** What is typed: the request's fields, each perhaps not yet. */
export type GivenVoucher = Partial<VoucherRequest>;
export interface GivenLine extends Partial<Omit<LineRequest, 'vouchers' | 'kind'>> {
  kind: Kind;
  /** of interest: the loan is one of the programme, so that its terms are known */
  known?: boolean;
  vouchers?: GivenVoucher[];
}
export interface Given extends Partial<Omit<SubsidyRequest, 'lines' | 'scheme' | 'payee'>> {
  lines?: GivenLine[];
  payee?: Partial<SubsidyRequest['payee']>;
}

/** The steps of the form, in their order. */
export const STEPS = ['scheme', 'facts', 'lines', 'papers', 'check'] as const;
export type Step = (typeof STEPS)[number];
