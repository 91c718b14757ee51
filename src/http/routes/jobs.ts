import { createRoute, z } from '@hono/zod-openapi';
import packageJson from '../../../package.json' with { type: 'json' };
import { cancelJob, JOB_SORTS, listJobs, readSystem, retryJob } from '../../access/job-service.ts';
import { calendarOverview } from '../../home/calendar-service.ts';
import { answerList, zListQuery } from '../list.ts';
import { newRouter } from '../router.ts';
import { zDate, zList, zPeriod, zText } from '../schemas/common.ts';
import { answers } from './helpers.ts';

const zJobRow = z
  .object({
    ...{ id: z.string(), queue: z.string(), state: z.string(), label: z.string().nullable() },
    ...{ done: z.number().int(), total: z.number().int(), attempts: z.number().int(), mostAttempts: z.number().int() },
    ...{ subject: z.string().nullable(), createdOn: z.string(), startedOn: z.string().nullable() },
    ...{ completedOn: z.string().nullable(), error: z.string().nullable() },
  })
  .openapi('JobRow');
const FILE = { name: '后台任务', row: zJobRow };

const zCount = z.number().int();
const zSystem = z
  .object({
    ...{ version: z.string(), database: z.string(), databaseSize: zCount },
    queues: z.array(z.object({ queue: z.string(), created: zCount, retry: zCount, active: zCount, failed: zCount })),
  })
  .openapi('System');

const zCalendars = z
  .object({
    lpr: z.object({
      latest: zPeriod.nullable().openapi({ description: '已录入的最近月份' }),
      missing: z.array(zPeriod).openapi({ description: '已公布而未录入的月份' }),
      unconfirmed: z.array(zPeriod).openapi({ description: '未核实的月份' }),
      nextOn: zDate.nullable().openapi({ description: '下一次公布日期；节假日安排未录入时为 null' }),
    }),
    holidays: z.object({
      years: z.array(z.object({ year: z.number().int(), source: z.string() })).openapi({ description: '已录入的年度' }),
      missing: z.array(z.number().int()).openapi({ description: '即将用到而未录入的年度' }),
    }),
  })
  .openapi('CalendarOverview');

const byId = z.object({ id: z.uuid() });
const tags = ['任务'];
const zState = z.enum(['created', 'retry', 'active', 'completed', 'cancelled', 'failed']);

/** 任务: what runs behind the pages, for whoever operates the service; and what its calendars lack. */
export const jobs = newRouter()
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/jobs', tags, summary: '后台任务列表，失败的须人工处理' },
      request: { query: zListQuery(JOB_SORTS).extend({ state: zState.optional(), queue: zText(50).optional() }) },
      responses: answers(200, zList(zJobRow), '任务'),
    }),
    async (c) => answerList(c, c.req.valid('query'), FILE, (filter, ask) => listJobs(c.get('ctx'), filter, ask)),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/jobs/{id}/retry', tags, summary: '重试失败的任务', request: { params: byId } },
      responses: answers(200, zJobRow, '已重新排队'),
    }),
    async (c) => c.json(await retryJob(c.get('ctx'), c.req.valid('param').id), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/jobs/{id}/cancel', tags, summary: '取消等待中的任务', request: { params: byId } },
      responses: answers(200, zJobRow, '已取消'),
    }),
    async (c) => c.json(await cancelJob(c.get('ctx'), c.req.valid('param').id), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/system', tags, summary: '版本、数据库与任务队列' },
      responses: answers(200, zSystem, '运行状况'),
    }),
    async (c) => c.json({ version: packageJson.version, ...(await readSystem(c.get('ctx'))) }, 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/calendars', tags: ['日历与利率'], summary: 'LPR 与节假日安排是否齐全' },
      responses: answers(200, zCalendars, '日历与利率概况'),
    }),
    async (c) => c.json(await calendarOverview(c.get('ctx')), 200),
  );
