import { sendUndrawn } from '../src/documents/service.ts';
import { sendStaged } from '../src/loans/import-service.ts';
import { checkPools } from '../src/pool/breaker-service.ts';
import { sendDue } from '../src/settlement/service.ts';
import type { Handler } from './worker.ts';

/** Every pool's due months, files received and not judged, documents issued and not drawn, reports that have become late. */
export const catchUp: Handler = async (ctx) => {
  await sendDue(ctx);
  await sendStaged(ctx);
  await sendUndrawn(ctx);
  await checkPools(ctx);
};
