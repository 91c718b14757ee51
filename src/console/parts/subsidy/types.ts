import type { InferRequestType, InferResponseType } from 'hono/client';
import type { api } from '../../api.ts';

type Routes = (typeof api)['subsidy-applications'];

/** An application in a list, an application with its lines, one of its lines, what judging says of one that is not kept, and what is sent. */
export type ApplicationItem = InferResponseType<Routes['$get'], 200>['items'][number];
export type Application = InferResponseType<Routes[':id']['$get'], 200>;
export type Line = Application['lines'][number];
export type Judged = InferResponseType<Routes['check']['$post'], 200>;
export type JudgedLine = Judged['lines'][number];
export type Check = Judged['checks'][number];
export type SubsidyRequest = InferRequestType<Routes['$post']>['json'];
export type LineRequest = SubsidyRequest['lines'][number];
export type VoucherRequest = NonNullable<LineRequest['vouchers']>[number];
/** A voucher beside what was counted of it. `left` says why not, or not wholly; `computed` is what the contract's arithmetic gives. */
export type Voucher = JudgedLine['vouchers'][number];
export type Paper = Application['papers'][number];
