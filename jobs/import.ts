import { z } from 'zod';
import { processImportJob } from '../src/loans/import-service.ts';
import type { Handler } from './worker.ts';

const zImport = z.object({ id: z.uuid(), today: z.string() });

/** Judges and commits a large file for whoever sent it. */
export const importFile: Handler = (ctx, data) => processImportJob(ctx, zImport.parse(data));
