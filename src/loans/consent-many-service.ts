import { type Context, permit } from '../access/context.ts';
import { DomainError } from '../errors.ts';
import { consent } from './filing-service.ts';

/** What became of one of many: its new state, or why it is as it was. */
export interface Decided {
  id: string;
  status: string | null;
  problem: { code: string; message: string } | null;
}

/** Consents to filings one after the other, each as if it were the only one: headroom and caps are looked at again, and one that fails leaves the others be. */
export async function consentMany(ctx: Context, ids: bigint[]): Promise<Decided[]> {
  permit(ctx, 'filing.decide');
  const decided: Decided[] = [];
  for (const id of new Set(ids)) decided.push(await consentOne(ctx, id));
  return decided;
}

async function consentOne(ctx: Context, id: bigint): Promise<Decided> {
  try {
    const { status } = await consent(ctx, id);
    return { id: `${id}`, status, problem: null };
  } catch (error) {
    if (error instanceof DomainError)
      return { id: `${id}`, status: null, problem: { code: error.code, message: error.message } };
    // The ones before are done: their sender is told of them whatever happens to this one.
    ctx.log.error({ requestId: ctx.requestId, err: error, filing: `${id}` }, 'consent failed');
    return { id: `${id}`, status: null, problem: { code: 'INTERNAL', message: '服务内部出错，请稍后再试' } };
  }
}
