import { createRoute, z } from '@hono/zod-openapi';
import { eligibility } from '../../home/eligibility-service.ts';
import { home as homePage } from '../../home/service.ts';
import { newRouter } from '../router.ts';
import { zCitation, zDate, zExplanation, zMoney, zText } from '../schemas/common.ts';
import { answers } from './helpers.ts';

const zFigure = z.object({
  ...{ label: z.string(), value: z.string(), unit: z.string().optional() },
  href: z.string().optional().openapi({ description: '控制台中的地址' }),
  tone: z.enum(['within', 'near', 'past']).optional().openapi({ description: '与限额相比' }),
  explanation: zExplanation.optional(),
});
export const zTodo = z
  .object({
    ...{ kind: z.string(), title: z.string(), count: z.number().int() },
    ...{ dueOn: zDate.nullable(), late: z.boolean(), href: z.string(), cites: z.array(zCitation) },
  })
  .openapi('Todo');
const zHome = z
  .object({
    sentence: z.string(),
    state: z.enum(['ok', 'attention', 'late']),
    ...{ figures: z.array(zFigure), todo: z.array(zTodo), notice: z.string().nullable() },
  })
  .openapi('Home');

const zProgramme = z
  .object({
    ...{ poolCode: z.string(), poolName: z.string(), programme: z.string(), policyCode: z.string() },
    eligible: z.boolean(),
    clauses: z.array(
      z.object({
        ...{ clause: z.string(), title: z.string(), text: z.string() },
        verdict: z.enum(['pass', 'fail', 'warn', 'notChecked']),
        ...{ message: z.string(), cites: z.array(zCitation) },
      }),
    ),
    ...{ cap: zMoney, counted: zMoney, left: zMoney, explanation: zExplanation, banks: z.array(z.string()) },
  })
  .openapi('Programme');
const zEligibility = z
  .object({
    ...{ uscc: z.string(), name: z.string(), asOf: zDate },
    ...{ programmes: z.array(zProgramme), suggestions: z.array(z.string()) },
  })
  .openapi('Eligibility');

/** 首页: the answer to a role's question, and what an enterprise may get. */
export const home = newRouter()
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/home', tags: ['首页'], summary: '本角色的首页：一句话、要紧的数字、待办' },
      responses: answers(200, zHome, '首页'),
    }),
    async (c) => c.json(await homePage(c.get('ctx')), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/eligibility', tags: ['企业'], summary: '企业符合哪些条件、还能备案多少' },
      request: { query: z.strictObject({ uscc: zText(18).optional() }) },
      responses: answers(200, zEligibility, '支持条件'),
    }),
    async (c) => c.json(await eligibility(c.get('ctx'), c.req.valid('query').uscc), 200),
  );
