import { Hono } from 'hono';
import { html } from 'hono/html';
import { type Context, SYSTEM } from '../../access/context.ts';
import { verifyDocument } from '../../documents/service.ts';
import { DomainError } from '../../errors.ts';
import { formatYuan, money } from '../../money/money.ts';
import { listPolicies } from '../../policy/service.ts';
import type { Deps } from '../app.ts';
import { PUBLIC_STYLE } from '../public-style.ts';
import type { Env } from '../router.ts';
import { type Html, page, shell } from './public-shell.ts';
import { publicity } from './publicity.ts';

/** What anybody may open, without login and without script: is this paper ours, what is this, and by which rules does it work. */
export function publicPages(deps: Deps) {
  return new Hono<Env>()
    .get('/pages.css', (c) =>
      c.body(PUBLIC_STYLE, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=3600' }),
    )
    .use('/verify/*', page)
    .use('/verify', page)
    .use('/about', page)
    .use('/policies', page)
    .route('/', publicity(deps))
    .get('/verify', (c) => {
      const typed = c.req.query('code')?.trim();
      return typed ? c.redirect(`/verify/${encodeURIComponent(typed)}`) : c.html(shell('单据核验', verificationForm()));
    })
    .get('/verify/:code', async (c) => {
      if (!c.req.header('accept')?.includes('text/html'))
        return c.json(await verifyDocument(deps.db, c.req.param('code')));
      try {
        return c.html(shell('单据核验', verified(await verifyDocument(deps.db, c.req.param('code')))));
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        return c.html(shell('单据核验', refused(error.message)), error.status as 404);
      }
    })
    .get('/about', (c) => c.html(shell('关于', about(deps.demonstration))))
    .get('/policies', async (c) => {
      const { asOf, documents, items } = await listPolicies(visitor(deps), {});
      return c.html(shell('政策条款', policies(asOf, documents, items)));
    });
}

/** Nobody in particular: policies are public, whoever reads them. */
function visitor({ db, publicUrl, send, log, today }: Deps): Context {
  return { db, publicUrl, send, log, today: today(), actor: SYSTEM, requestId: 'public' };
}

function verificationForm(): Html {
  return html`<form action="/verify" method="get">
    <p>输入单据上的验证码，或扫描单据上的二维码，核对它是否由本系统出具。</p>
    <label for="code">验证码</label>
    <input id="code" name="code" required maxlength="40" autocomplete="off" />
    <button>核验</button>
  </form>`;
}

type Verified = Awaited<ReturnType<typeof verifyDocument>>;

/** What whoever scans the code on the paper sees: that it was issued, and the few facts to compare. Never more than the paper shows. */
function verified({ title, number, issuedOn, voidedOn, verificationCode, facts }: Verified): Html {
  return html`<section class="${voidedOn ? 'bad' : 'good'}">
    <p>${voidedOn ? `本单据由本系统出具，已于 ${voidedOn} 作废，请勿采信。` : '本单据确由本系统出具，请逐项核对下列内容与纸面是否一致。'}</p>
    <dl>
      <dt>标题</dt><dd>${title}</dd>
      <dt>文号</dt><dd>${number}</dd>
      <dt>出具日期</dt><dd>${issuedOn}</dd>
      <dt>验证码</dt><dd>${verificationCode}</dd>
      ${(facts as { label: string; value: string }[]).map(({ label, value }) => html`<dt>${label}</dt><dd>${shown(value)}</dd>`)}
    </dl>
  </section>`;
}

function refused(message: string): Html {
  return html`<section class="bad"><p>${message}</p><p>请核对验证码是否输入正确；仍查不到的，请勿采信该单据，并向出具部门核实。</p></section>
    ${verificationForm()}`;
}

/** Amounts as they stand on the paper. */
const shown = (value: string): string => (/^-?\d+\.\d\d$/.test(value) ? `${formatYuan(money(value))} 元` : value);

function about(demonstration: boolean): Html {
  return html`<section>
      <p>本系统服务于科技型中小企业风险补偿贷款：合作银行发放贷款并备案，自治区、市、县共同出资设立风险补偿资金池，按放大倍数为备案贷款提供风险补偿。</p>
      <p>每一笔金额都按复式记账，可以追溯到它所依据的政策条款；出具的同意函、通知书、结算单都带有验证码，任何人都可以核验。</p>
      ${demonstration ? html`<p><span class="sample">演示数据</span> 本站显示的企业、账号和贷款均为虚构。</p>` : ''}
    </section>
    <h2>我是企业</h2>
    <section>
      <p>注册并由所在县区确认后，可以查看本企业能享受的政策、资质有效期、贷款备案情况和相关单据。<a href="/console/register">企业注册</a></p>
    </section>
    <h2>我是银行或部门工作人员</h2>
    <section>
      <p>账号由系统管理员邀请开通。银行系统对接请看<a href="/api/docs">接口文档</a>。<a href="/console/">登录</a></p>
    </section>`;
}

type Policies = Awaited<ReturnType<typeof listPolicies>>;

function policies(asOf: string, documents: Policies['documents'], items: Policies['items']): Html {
  return html`<p>以下为 ${asOf} 的取值。</p>
    ${documents.map(
      ({ code, title, number }) => html`<h2>${title}${number ? `（${number}）` : ''}</h2>
        <div class="wide"><table>
          <thead><tr><th>条款</th><th>事项</th><th>当日取值</th></tr></thead>
          <tbody>
            ${items
              .filter(({ policyCode }) => policyCode === code)
              .map(
                (item) => html`<tr>
                  <td>${item.citation?.article ?? ''}</td>
                  <td>${item.title}</td>
                  <td>${item.text ?? '当日没有取值'} ${item.notice ? html`<span class="sample" title="${item.notice}">示例参数</span>` : ''}</td>
                </tr>`,
              )}
          </tbody>
        </table></div>`,
    )}
    <p><span class="sample">示例参数</span> 未经主管部门核实。</p>`;
}
