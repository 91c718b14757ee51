import type { InferResponseType } from 'hono/client';
import type { api } from '../../api.ts';

/** A bank's statement as the API answers it, a line of one, and what is known of a sample's headings. */
export type Statement = InferResponseType<(typeof api)['bank-statements'][':id']['$get'], 200>;
export type BankLine = InferResponseType<(typeof api)['bank-lines']['$get'], 200>['items'][number];
export type Inspection = InferResponseType<(typeof api)['statement-headings']['$post'], 200>;

/** Which of our columns each of a file's is, null for those not to be read. */
export type Mapping = Record<string, string | null>;
