import { createRoute, z } from '@hono/zod-openapi';
import { CORRECTION_CAUSES, type CorrectionCause } from '../../subsidies/correction.ts';
import { checkCorrection, correctApplication, listCorrections } from '../../subsidies/correction-service.ts';
import { newRouter } from '../router.ts';
import { zId, zList, zText } from '../schemas/common.ts';
import { zLine } from '../schemas/subsidies.ts';
import { zCorrectedLine, zCorrection } from '../schemas/subsidy-life.ts';
import { answers, jsonBody } from './helpers.ts';

const tags = ['补贴更正'];
const byId = z.object({ id: zId });
const id = (c: { req: { valid(of: 'param'): { id: string } } }) => BigInt(c.req.valid('param').id);
const list = <T>(items: T[]) => ({ items, total: items.length, nextCursor: null });
const zRequest = z
  .strictObject({
    cause: z.enum(Object.keys(CORRECTION_CAUSES) as [CorrectionCause]),
    ...{ reason: zText(500), evidence: zText(500) },
    lines: z
      .array(z.strictObject({ place: z.int().min(1), line: zLine }))
      .max(200)
      .optional()
      .openapi({ description: '事实更正时，应当如何填报的明细；未列出的按原填报' }),
  })
  .openapi('SubsidyCorrectionRequest', {
    example: { cause: 'rule', reason: '补贴比例的条款经更正，自 2026-01-01 起施行', evidence: '更正通知〔2026〕2 号' },
  });

/** 更正 of what was granted, after a rule or a fact was corrected: tried, recorded, listed. */
export const subsidyCorrections = newRouter()
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/subsidy-applications/{id}/corrections', tags, summary: '一项申请的更正' },
      ...{ request: { params: byId }, responses: answers(200, zList(zCorrection), '更正') },
    }),
    async (c) => c.json(list(await listCorrections(c.get('ctx'), id(c))), 200),
  )
  .openapi(
    createRoute({
      ...{
        method: 'post',
        path: '/subsidy-applications/{id}/corrections/check',
        tags,
        summary: '更正试算，不作任何登记',
      },
      request: { params: byId, body: jsonBody(zRequest) },
      responses: answers(200, zList(zCorrectedLine), '试算结果'),
    }),
    async (c) => c.json(list(await checkCorrection(c.get('ctx'), id(c), c.req.valid('json'))), 200),
  )
  .openapi(
    createRoute({
      ...{
        method: 'post',
        path: '/subsidy-applications/{id}/corrections',
        tags,
        summary: '更正：多的补充分配，少的追回，均须另一人复核',
      },
      request: { params: byId, body: jsonBody(zRequest) },
      responses: answers(200, zList(zCorrection), '已更正'),
    }),
    async (c) => c.json(list(await correctApplication(c.get('ctx'), id(c), c.req.valid('json'))), 200),
  );
