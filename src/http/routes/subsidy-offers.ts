import { createRoute, z } from '@hono/zod-openapi';
import { listOffers } from '../../subsidies/offer-service.ts';
import { mendPayee } from '../../subsidies/payee-service.ts';
import { newRouter } from '../router.ts';
import { zCitation, zDate, zId, zList } from '../schemas/common.ts';
import { zApplication, zCheck, zPayee, zSubsidyKind } from '../schemas/subsidies.ts';
import { answers, jsonBody } from './helpers.ts';

const zRule = z
  .object({ title: z.string(), text: z.string(), cites: z.array(zCitation) })
  .openapi('SubsidyRule', { description: '一条规定及其依据' });
const zOffer = z
  .object({
    ...{ scheme: z.string(), title: z.string(), number: z.string().nullable(), issuers: z.array(z.string()) },
    ...{ year: z.number().int(), batchNo: z.number().int(), closesOn: zDate },
    ...{ eligible: z.boolean(), checks: z.array(zCheck) },
    lines: z.array(
      z.object({
        ...{ kind: zSubsidyKind, title: z.string(), counts: z.string(), from: zDate, to: zDate },
        ...{ needs: z.array(z.string()), more: z.array(z.string()) },
        ...{ classes: z.array(z.object({ code: z.string(), label: z.string() })), rules: z.array(zRule) },
      }),
    ),
    ...{ rules: z.array(zRule), asks: z.array(z.string()) },
  })
  .openapi('SubsidyOffer');

/** 可以申请的补贴: the schemes and batches that are open to an enterprise today, with their rules in words; and its own account, put right. */
export const subsidyOffers = newRouter()
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/subsidy-offers', tags: ['补贴申请'], summary: '本企业现在可以申请的补贴政策和批次' },
      responses: answers(200, zList(zOffer), '补贴政策'),
    }),
    async (c) => {
      const items = await listOffers(c.get('ctx'));
      return c.json({ items, total: items.length, nextCursor: null }, 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/subsidy-applications/{id}/payee', tags: ['补贴申请'], summary: '企业更正收款账户' },
      request: { params: z.object({ id: zId }), body: jsonBody(zPayee) },
      responses: answers(200, zApplication, '已更正'),
    }),
    async (c) => {
      const { request, ...view } = await mendPayee(c.get('ctx'), BigInt(c.req.valid('param').id), c.req.valid('json'));
      return c.json({ ...view, request: { ...request } }, 200);
    },
  );
