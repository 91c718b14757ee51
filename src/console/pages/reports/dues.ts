import type { InferResponseType } from 'hono/client';
import type { api } from '../../api.ts';

type Row = InferResponseType<typeof api.portfolio.$get, 200>['items'][number];

/** One monthly report that lacks loans: of a bank, a pool and a month. */
export type Due = Pick<Row, 'bankCode' | 'bankName' | 'poolCode' | 'poolName'> & Row['missing'][number];

/** What the portfolio says is missing, one line a report, the oldest month first. */
export const duesOf = (rows: Row[]): Due[] =>
  rows
    .flatMap(({ bankCode, bankName, poolCode, poolName, missing }) =>
      missing.map((one) => ({ bankCode, bankName, poolCode, poolName, ...one })),
    )
    .sort((a, b) => a.period.localeCompare(b.period) || a.poolCode.localeCompare(b.poolCode));
