import { z } from 'zod';
import type { Post } from '../src/files/mail.ts';
import type { Handler } from './worker.ts';

const zLetter = z.object({ to: z.string(), subject: z.string(), text: z.string() });

/** Sends one letter. It may hold a one-time link: the queue keeps it no longer than it takes to send it. */
export const sendMail =
  (post: Post): Handler =>
  (_, data) =>
    post(zLetter.parse(data));
