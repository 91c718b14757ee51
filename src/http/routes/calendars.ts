import { createRoute, z } from '@hono/zod-openapi';
import {
  addHolidayNotice,
  addLprQuote,
  listHolidayNotices,
  listLprQuotes,
  workingDay,
} from '../../policy/calendar-service.ts';
import { newRouter } from '../router.ts';
import { zDate, zList, zPeriod, zRate, zText } from '../schemas/common.ts';
import { answers, jsonBody } from './helpers.ts';

const quote = {
  month: zPeriod,
  publishedOn: zDate,
  oneYear: zRate,
  fivePlus: zRate,
  confirmed: z.boolean(),
  source: zText(500),
};
const zQuote = z.object({ ...quote, notice: z.string().nullable() }).openapi('LprQuote');
const zNewQuote = z.strictObject(quote).openapi('NewLprQuote');

const zYear = z.number().int().min(2000).max(2100);
const zDays = z.array(zDate).max(200);
const zNotice = z.object({ year: zYear, off: zDays, worked: zDays, source: z.string() }).openapi('HolidayNotice');
const zNewNotice = z
  .strictObject({
    ...{ year: zYear, off: zDays.min(1), worked: zDays, source: zText(500) },
    amends: z.boolean().optional().openapi({ description: '是否为对已录入安排的调整' }),
  })
  .openapi('NewHolidayNotice');

const zWorkingDay = z
  .object({ from: zDate, days: z.number().int(), date: zDate, provisional: z.boolean(), notice: z.string().nullable() })
  .openapi('WorkingDay');
const tags = ['日历与利率'];

/** 日历与利率: the months' LPR, the years' holidays, and the working day they make. */
export const calendars = newRouter()
  .openapi(
    createRoute({
      method: 'get',
      path: '/lpr-quotes',
      tags,
      summary: 'LPR 报价',
      responses: answers(200, zList(zQuote), 'LPR 报价'),
    }),
    async (c) => {
      const items = await listLprQuotes(c.get('ctx'));
      return c.json({ items, total: items.length, nextCursor: null }, 200);
    },
  )
  .openapi(
    createRoute({
      ...{
        method: 'post',
        path: '/lpr-quotes',
        tags,
        summary: '录入一个月的 LPR',
        request: { body: jsonBody(zNewQuote) },
      },
      responses: { ...answers(201, zQuote, '已录入'), ...answers(200, zQuote, '此前已录入，内容相同') },
    }),
    async (c) => {
      const { created, quote: answer } = await addLprQuote(c.get('ctx'), c.req.valid('json'));
      return created ? c.json(answer, 201) : c.json(answer, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/holiday-notices',
      tags,
      summary: '节假日安排',
      responses: answers(200, zList(zNotice), '节假日安排'),
    }),
    async (c) => {
      const items = await listHolidayNotices(c.get('ctx'));
      return c.json({ items, total: items.length, nextCursor: null }, 200);
    },
  )
  .openapi(
    createRoute({
      ...{
        method: 'post',
        path: '/holiday-notices',
        tags,
        summary: '录入一年的节假日安排',
        request: { body: jsonBody(zNewNotice) },
      },
      responses: { ...answers(201, zNotice, '已录入'), ...answers(200, zNotice, '此前已录入，内容相同') },
    }),
    async (c) => {
      const { created, notice } = await addHolidayNotice(c.get('ctx'), c.req.valid('json'));
      return created ? c.json(notice, 201) : c.json(notice, 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/working-days', tags, summary: '某日后第几个工作日' },
      request: { query: z.strictObject({ from: zDate, days: z.coerce.number().int().min(0).max(1000) }) },
      responses: answers(200, zWorkingDay, '工作日'),
    }),
    async (c) => {
      const { from, days } = c.req.valid('query');
      return c.json(await workingDay(c.get('ctx'), from, days), 200);
    },
  );
