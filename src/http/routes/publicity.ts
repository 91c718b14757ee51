import { Hono } from 'hono';
import { html } from 'hono/html';
import { DomainError } from '../../errors.ts';
import { formatYuan, money } from '../../money/money.ts';
import {
  type PublishedBatch,
  type PublishedList,
  publishedBatch,
  publishedBatches,
  publishedPdf,
} from '../../subsidies/publicity-service.ts';
import type { Deps } from '../app.ts';
import type { Env } from '../router.ts';
import { type Html, page, shell } from './public-shell.ts';

/** Rows of one page: a list has tens to hundreds of them. */
const ROWS = 500;
/** Anybody may keep a page for five minutes: a list changes by the day. */
const KEPT = 'public, max-age=300';

/** 补贴公示: what is published of subsidies, for anybody: names, projects and amounts, until when and how to object. */
export function publicity(deps: Deps) {
  return new Hono<Env>()
    .use('/publicity', page)
    .use('/publicity/*', page)
    .get('/publicity', async (c) => {
      c.header('cache-control', KEPT);
      return c.html(shell('补贴公示', batches(await publishedBatches(deps.db, deps.today()))));
    })
    .get('/publicity/:id', async (c) => {
      try {
        const list = await publishedBatch(deps.db, deps.today(), c.req.param('id'));
        c.header('cache-control', KEPT);
        return c.html(shell(titleOf(list), published(list, pageOf(c.req.query('page'), list.rows.length))));
      } catch (error) {
        if (!(error instanceof DomainError) || error.status !== 404) throw error;
        return c.html(shell('补贴公示', nothing()), 404);
      }
    })
    .get('/publicity/:id/pdf', async (c) => {
      const pdf = await publishedPdf(deps.db, c.req.param('id'));
      c.header('cache-control', KEPT);
      c.header('content-security-policy', "frame-ancestors 'none'");
      return c.body(pdf, 200, { 'content-type': 'application/pdf' });
    });
}

const titleOf = ({ year, batchNo, final }: PublishedList): string =>
  `${year} 年第 ${batchNo} 批${final ? '补贴名单' : '拟补贴名单公示'}`;

/** Which page was asked for, from 1; what is none is the first. */
function pageOf(text: string | undefined, rows: number): number {
  const last = Math.max(1, Math.ceil(rows / ROWS));
  return /^[1-9]\d{0,5}$/.test(text ?? '') ? Math.min(Number(text), last) : 1;
}

const nothing = (): Html => html`<section class="bad"><p>没有这份公示。</p></section>
  <p><a href="/publicity">查看全部公示</a></p>`;

function batches(items: PublishedBatch[]): Html {
  if (items.length === 0) return html`<section><p>目前没有公示。补贴核定后在这里公示拟补贴名单。</p></section>`;
  return html`<p>公示只列企业名称、补贴项目和金额。点开批次查看名单和提出异议的办法。</p>
    ${items.map(
      (of) => html`<section>
        <h2 class="first"><a href="/publicity/${of.id}">${of.year} 年第 ${of.batchNo} 批</a></h2>
        <dl>
          <dt>政策</dt><dd>${of.schemeTitle}</dd>
          <dt>公示期</dt><dd>${of.publishedOn} 至 ${of.objectionsTo}，${of.open ? '公示中' : '已满'}</dd>
          <dt>户数</dt><dd>${of.enterprises} 户</dd>
        </dl>
      </section>`,
    )}`;
}

function published(list: PublishedList, at: number): Html {
  const shown = list.rows.slice((at - 1) * ROWS, at * ROWS);
  const pages = Math.ceil(list.rows.length / ROWS);
  return html`<section class="${list.open ? 'good' : 'plain'}">
      <p>${clock(list)}</p>
      <dl>
        <dt>政策</dt><dd>${list.schemeTitle}</dd>
        <dt>公示期</dt><dd>${list.publishedOn} 至 ${list.objectionsTo}，共 ${list.workingDays} 个工作日，公示当日不计入</dd>
        <dt>依据</dt><dd>${list.article} ${list.confirmed ? '' : html`<span class="sample">示例参数，未经主管部门核实</span>`}</dd>
        <dt>公示单位</dt><dd>${list.authority}</dd>
        <dt>${list.final ? '补贴合计' : '拟补贴合计'}</dt><dd>${formatYuan(money(list.total))} 元，共 ${list.rows.length} 户</dd>
      </dl>
    </section>
    <h2>名单</h2>
    <table class="list">
      <thead><tr><th class="no">序号</th><th>企业名称</th><th>补贴项目</th><th class="amount">${list.final ? '补贴金额' : '拟补贴金额'}（元）</th></tr></thead>
      <tbody>
        ${shown.map(
          ({ enterpriseName, project, amount }, i) => html`<tr>
            <td class="no">${(at - 1) * ROWS + i + 1}</td><td>${enterpriseName}</td><td>${project}</td>
            <td class="amount">${formatYuan(money(amount))}</td>
          </tr>`,
        )}
      </tbody>
      ${at === pages || pages === 0 ? html`<tfoot><tr><td></td><td>合计</td><td></td><td class="amount">${formatYuan(money(list.total))}</td></tr></tfoot>` : ''}
    </table>
    ${pages > 1 ? html`<p>第 ${at} 页，共 ${pages} 页　${at > 1 ? html`<a href="?page=${at - 1}">上一页</a>　` : ''}${at < pages ? html`<a href="?page=${at + 1}">下一页</a>` : ''}</p>` : ''}
    <h2>异议</h2>
    <section>
      ${
        list.open
          ? html`<p>对公示内容有异议的，请于 ${list.objectionsTo} 前（含当日）以书面形式向${list.authority}提出，写明异议事项和理由，并附有关材料。单位提出的加盖公章，个人提出的署真实姓名和联系方式；匿名提出的，不予受理。</p>
              <p>有异议的项目暂缓办理，其余项目不受影响。异议人的信息予以保密。</p>`
          : html`<p>公示期已满，不再受理异议。企业对补贴决定不服的，可以自收到决定书之日起六十日内申请行政复议，也可以自收到决定书之日起六个月内提起行政诉讼。</p>`
      }
    </section>
    <p class="away"><a href="/publicity/${list.id}/pdf">公示文件（PDF）</a>　<a href="/publicity">全部公示</a></p>`;
}

/** Where the time for objections stands, in one sentence. */
function clock({ open, left, objectionsTo, provisional, final }: PublishedList): string {
  const moves = provisional ? '公示期跨入节假日安排尚未公布的年度，截止日以国务院办公厅公布的放假安排为准。' : '';
  if (open) return `公示中，至 ${objectionsTo} 截止，含今天还有 ${left} 个工作日。${moves}`;
  return final ? '公示期已满，补贴已经批准，金额为批准金额。' : '公示期已满，等待分配预算，金额为核定金额。';
}
