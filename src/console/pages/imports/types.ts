import type { InferResponseType } from 'hono/client';
import type { api } from '../../api.ts';

/** An import, one in the list, what is known of a file's headings, and its rows beside their faults. */
export type Import = InferResponseType<(typeof api.imports)[':id']['$get'], 200>;
export type ImportItem = InferResponseType<typeof api.imports.$get, 200>['items'][number];
export type Inspection = InferResponseType<(typeof api)['import-headings']['$post'], 200>;
export type Rows = InferResponseType<(typeof api.imports)[':id']['rows']['$get'], 200>;
export type Row = Rows['items'][number];

export type Kind = 'loanFilings' | 'balanceReports' | 'enterprises';
export type Mode = 'all' | 'good';

/** What each kind of file is called. */
export const KINDS: Record<Kind, string> = {
  loanFilings: '备案台账',
  balanceReports: '余额月报',
  enterprises: '企业名录',
};

export const MODES: Record<Mode, string> = { all: '全部合格才接收', good: '先接收合格的行' };

/** What became of a file; `refused` is not the 未通过 of a filing. */
export const IMPORT_STATES = { refused: '未接收', failed: '无法处理' };
