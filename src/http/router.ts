import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from '../access/context.ts';
import type { AttachmentStore } from '../files/attachments.ts';
import { invalidInput } from './problems.ts';

/** What a request carries once it is past the door. */
export interface Env {
  Variables: { ctx: Context; requestId: string; attachments: AttachmentStore };
}

/** Every router is made here, so that what fails a schema always answers as a problem and never as a raw ZodError. */
export function newRouter() {
  return new OpenAPIHono<Env>({
    defaultHook: (result) => {
      if (!result.success) throw invalidInput(result.error, result.target);
    },
  });
}
