import { createRoute, z } from '@hono/zod-openapi';
import { openSides } from '../../reconciliation/desk-service.ts';
import { accountYears, MONTH_STATES } from '../../reconciliation/months-service.ts';
import { differenceOptions, listOwners } from '../../reconciliation/options-service.ts';
import { newRouter } from '../router.ts';
import { zCode, zDate, zExplanation, zId, zList, zMoney, zPeriod } from '../schemas/common.ts';
import { answers } from './helpers.ts';

const keys = <T extends string>(of: Record<T, unknown>) => Object.keys(of) as [T, ...T[]];
const zDirection = z.enum(['in', 'out']).or(z.string());
const zYear = z
  .object({
    ...{ poolCode: z.string(), poolName: z.string(), accountNo: z.string(), accountName: z.string() },
    ...{ bankName: z.string(), coveredFrom: zDate.nullable(), coveredTo: zDate.nullable() },
    months: z.array(
      z.object({
        ...{
          period: zPeriod,
          state: z.enum(keys(MONTH_STATES)),
          runId: zId.nullable(),
          unexplained: zMoney.nullable(),
        },
        ...{
          undecided: z.number().int(),
          lines: z.number().int().openapi({ description: '笔数' }),
          coveredTo: zDate.nullable(),
        },
      }),
    ),
  })
  .openapi('AccountYear');
const zKnown = { differenceId: zId.nullable(), differenceStatus: z.string().nullable(), beyond: z.boolean() };
const zDesk = z
  .object({
    lines: z
      .array(
        z.object({
          ...{ id: zId, occurredOn: zDate, direction: zDirection, amount: zMoney, serial: z.string().nullable() },
          ...{ counterpartyName: z.string().nullable(), counterpartyAccount: z.string().nullable(), memo: z.string() },
          ...zKnown,
        }),
      )
      .openapi({ description: '未核对的银行明细' }),
    legs: z
      .array(
        z.object({
          ...{ id: z.string(), occurredOn: zDate, bookedOn: zDate, direction: zDirection, amount: zMoney },
          ...{
            number: z.string().nullable().openapi({ description: '登记的银行回单号或凭证号' }),
            subject: z.string().nullable().openapi({ description: '业务编号，如借据号' }),
            memo: z.string(),
            parties: z.array(z.string()).openapi({ description: '对方的名称和账号' }),
          },
          ...{ reference: z.string(), reverses: z.string().nullable(), ...zKnown },
        }),
      )
      .openapi({ description: '未核对的分录' }),
    ...{ openLines: z.number().int(), openLegs: z.number().int() },
    matched: z
      .array(z.object({ rule: z.string(), label: z.string(), count: z.number().int(), amount: zMoney }))
      .openapi({ description: '本月已核对的，按核对依据' }),
  })
  .openapi('ReconciliationDesk');
const zPairSide = z.array(
  z.object({
    ...{ id: z.string(), occurredOn: zDate, direction: zDirection, amount: zMoney, text: z.string() },
    ...{
      number: z.string().nullable().openapi({ description: '银行流水号或登记的回单号' }),
      differenceId: zId.nullable(),
    },
  }),
);
const zOptions = z
  .object({
    options: z.array(
      z.object({
        ...{ as: z.string(), label: z.string(), occurredOn: zDate.nullable(), belongsTo: zPeriod.nullable() },
        lines: z
          .array(
            z.object({
              ...{
                code: z.string(),
                account: z.string().openapi({ description: '会计科目名称' }),
                key: z.string(),
                keyName: z.string(),
              },
              ...{ side: z.enum(['debit', 'credit']), amount: zMoney },
            }),
          )
          .openapi({ description: '将过账的分录' }),
        explanation: zExplanation.nullable(),
      }),
    ),
    pairs: z.array(
      z.object({
        ...{ rule: z.string(), label: z.string(), confidence: z.number().int(), reason: z.string() },
        ...{ lines: zPairSide.openapi({ description: '银行明细' }), legs: zPairSide },
      }),
    ),
    reference: z.string().nullable().openapi({ description: '账面凭证的业务唯一号' }),
  })
  .openapi('DifferenceOptions');
const zOwner = z.object({ id: z.string(), name: z.string() });
const byId = z.object({ id: zId });
const tags = ['银行对账'];
const id = (c: { req: { valid(of: 'param'): { id: string } } }) => BigInt(c.req.valid('param').id);
const whole = <T>(items: T[]) => ({ items, total: items.length, nextCursor: null });

/** What the pages of reconciliation need beside the things themselves: months by account, both sides of one, and what may be done about a difference. */
export const reconciliationDesk = newRouter()
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/reconciliation-months', tags, summary: '各专户一年各月的对账进度' },
      request: {
        query: z.strictObject({ year: z.coerce.number().int().min(2000).max(2099), poolCode: zCode.optional() }),
      },
      responses: answers(200, zList(zYear), '进度'),
    }),
    async (c) => c.json(whole(await accountYears(c.get('ctx'), c.req.valid('query'))), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/reconciliations/{id}/sides', tags, summary: '对账的两方：现在仍未核对的明细和分录' },
      request: { params: byId },
      responses: answers(200, zDesk, '两方'),
    }),
    async (c) => c.json(await openSides(c.get('ctx'), id(c)), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/differences/{id}/options', tags, summary: '差异可以怎样处理，各将过什么账' },
      request: { params: byId },
      responses: answers(200, zOptions, '处理办法'),
    }),
    async (c) => c.json(await differenceOptions(c.get('ctx'), id(c)), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/difference-owners', tags, summary: '可以指定为经办人的财务人员' },
      responses: answers(200, zList(zOwner), '经办人'),
    }),
    async (c) => c.json(whole(await listOwners(c.get('ctx'))), 200),
  );
