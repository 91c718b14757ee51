import { z } from 'zod';
import { sendResetLink } from '../src/access/login-service.ts';
import type { Handler } from './worker.ts';

const zAsked = z.object({ name: z.string() });

/** Sends the link to a new password to whoever has the name that was typed, if anybody has. */
export const resetLink: Handler = (ctx, data) => sendResetLink(ctx, zAsked.parse(data).name);
