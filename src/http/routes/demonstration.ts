import { createRoute, z } from '@hono/zod-openapi';
import { moveDay } from '../../access/demonstration-service.ts';
import type { Deps } from '../app.ts';
import { newRouter } from '../router.ts';
import { zDate } from '../schemas/common.ts';
import { answers, jsonBody } from './helpers.ts';

/** 演示: the business day moved on, where the server holds a demonstration whose day is not fixed by TODAY. */
export function demonstration({ dayMoved }: Pick<Deps, 'dayMoved'>) {
  return newRouter().openapi(
    createRoute({
      ...{ method: 'post', path: '/demonstration/day', tags: ['演示'], summary: '推进演示的业务日期' },
      request: { body: jsonBody(z.strictObject({ day: zDate })) },
      responses: answers(200, z.object({ today: zDate }), '新的业务日期'),
    }),
    async (c) => {
      const { day } = c.req.valid('json');
      await moveDay(c.get('ctx'), day, dayMoved !== undefined);
      await dayMoved?.(day);
      return c.json({ today: day }, 200);
    },
  );
}
