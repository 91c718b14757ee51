import type { InferResponseType } from 'hono/client';
import type { api } from '../../api.ts';

type Batches = (typeof api)['subsidy-batches'];
/** A batch as it fills up, a batch that was published, what each gets of it, and a payment. */
export type Board = InferResponseType<(typeof api)['subsidy-boards']['$get'], 200>['items'][number];
export type Batch = InferResponseType<Batches[':id']['$get'], 200>;
export type Shares = InferResponseType<Batches[':id']['shares']['$get'], 200>;
export type Payment = InferResponseType<Batches[':id']['payments']['$get'], 200>['items'][number];

/** Where a batch is found while nothing of it was published. */
export const boardKey = ({ scheme, year, batchNo }: Pick<Board, 'scheme' | 'year' | 'batchNo'>): string =>
  `${scheme}.${year}.${batchNo}`;

/** What a batch is called. */
export const batchName = ({ year, batchNo }: Pick<Board, 'year' | 'batchNo'>): string => `${year} 年第 ${batchNo} 批`;
