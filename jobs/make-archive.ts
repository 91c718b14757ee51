import { z } from 'zod';
import { buildArchive } from '../src/archive/build-service.ts';
import type { Signer } from '../src/files/signing-key.ts';
import type { Handler } from './worker.ts';

const zArchive = z.object({ id: z.string() });

/** Writes and signs an archive that was asked for. */
export const makeArchive =
  (signer: Signer): Handler =>
  (ctx, data) =>
    buildArchive(ctx, BigInt(zArchive.parse(data).id), signer);
