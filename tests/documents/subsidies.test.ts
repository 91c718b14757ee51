import { describe, expect, it } from 'vitest';
import type { DocumentKind, ViewModels } from '../../src/documents/view-models.ts';
import { render } from '../../templates/render.ts';
import { sample as application } from '../../templates/subsidy-application/sample.ts';
import { sample as clawback } from '../../templates/subsidy-clawback/sample.ts';
import { sample as decision, sampleCorrection } from '../../templates/subsidy-decision/sample.ts';
import { sample as order } from '../../templates/subsidy-order/sample.ts';
import { sample as publicity } from '../../templates/subsidy-publicity/sample.ts';
import { sample as refusal } from '../../templates/subsidy-refusal/sample.ts';
import { sample as review } from '../../templates/subsidy-review/sample.ts';
import { sample as summary } from '../../templates/subsidy-summary/sample.ts';
import { outside, overlaps, readPdf } from './read-pdf.ts';

const read = async <K extends DocumentKind>(kind: K, view: ViewModels[K]) => readPdf(await render(kind, view));
const shows = (text: string, parts: string[]) => {
  for (const part of parts) expect(text).toContain(part.replace(/\s/g, ''));
};
const refused = (kind: DocumentKind, view: unknown) =>
  expect(render(kind, view as never)).rejects.toMatchObject({ code: 'PAPER_DOES_NOT_ADD_UP' });

const LONG = '宁夏回族自治区石嘴山市平罗县红崖子园区犇垚㐂枸杞深加工科技发展有限责任公司（中外合资）第二生产基地分公司';
const LARGE = '9999999999999.99';

describe('补贴申请表', () => {
  it('has the enterprise, every cost with its papers, the vouchers with what counts of each, and the promise to sign', async () => {
    const { text } = await read('subsidyApplication', application);
    shows(text, [
      '企业名称银川源禾精密机械有限公司统一社会信用代码916401212972756293',
      '科技保险保费补贴研发责任保险人保财险宁夏分公司保险单PZ20260000000001；发票26640000000000000001480,000.000.00240,000.00',
      '合计501,095.840.00247,147.92',
      'NX202604210022026-03-212026-03-05至2026-03-21罚息120.000.00',
      '合计14,415.8414,295.84',
      '申请补贴金额¥247,147.92（大写：人民币贰拾肆万柒仟壹佰肆拾柒元玖角贰分）',
      ...application.pledge.statements,
      '承诺企业：银川源禾精密机械有限公司法定代表人：经办人：',
    ]);
  });

  it('whose lines do not add up is not printed', () =>
    refused('subsidyApplication', { ...application, amount: '247147.93' }));
});

describe('补贴审核意见表', () => {
  it('has each line with what was decided and why less, and a box for everyone who reviewed', async () => {
    const { text } = await read('subsidyReview', review);
    shows(text, [
      '贷款贴息流动资金贷款14,295.840.007,147.927,000.00付息凭证一处不清，核减147.92元[3][4]',
      '结论同意补贴核定补贴金额¥247,000.00（大写：人民币贰拾肆万柒仟元整）',
      '系统记载：财务甲，2026年10月12日',
    ]);
    expect(text.match(/经办人（签字）：负责人（签字）：（盖章）年月日/g)).toHaveLength(4);
    const no = { ...review, result: 'refused' as const, decided: '0.00', reasons: ['不符合条件。'] };
    shows((await read('subsidyReview', no)).text, ['结论不予补贴', '不予补贴的原因不符合条件。']);
    shows((await read('subsidyReview', { ...review, panel: '经集体研究同意。' })).text, ['集体研究经集体研究同意。']);
  });
});

describe('拟补贴名单公示', () => {
  it('says until when by working days, how to object, and when holidays are not known yet', async () => {
    const { text } = await read('subsidyPublicity', publicity);
    shows(text, [
      '自2026年10月16日起至2026年10月23日止，公示当日不计入，共 5 个工作日',
      '以书面形式向宁夏回族自治区科学技术厅提出',
    ]);
    expect(text).not.toContain('放假安排');
    shows((await read('subsidyPublicity', { ...publicity, provisionalClock: true })).text, [
      '以国务院办公厅公布的放假安排为准',
    ]);
    await refused('subsidyPublicity', { ...publicity, total: '547000.01' });
  });
});

describe('补贴决定书', () => {
  it('that gives a fen more than its lines is not printed', () =>
    refused('subsidyDecision', { ...decision, granted: '187862.08' }));

  it('of a correction says what changes of which decision, and why', async () => {
    const { text } = await read('subsidyDecision', sampleCorrection);
    shows(text, [
      '已作出补贴决定（宁科补决〔2026〕17号）。因所报保险费金额有误，保险公司已出具更正说明，',
      '决定核减补贴 38,026.07 元（大写：人民币叁万捌仟零贰拾陆元零柒分），原决定其余内容不变',
      '原按规定可补¥240,000.00更正后可补¥190,000.00',
    ]);
    const correction = { ...sampleCorrection.correction!, difference: '500.00' };
    shows((await read('subsidyDecision', { ...sampleCorrection, correction })).text, ['决定补充安排补贴 500.00 元']);
  });
});

describe('补贴资金拨款单', () => {
  it('whose payments or classes are not the total is not printed; one in place of a returned payment names it', async () => {
    await refused('subsidyOrder', { ...order, total: '487862.08' });
    await refused('subsidyOrder', { ...order, classes: order.classes.slice(1) });
    const insteadOf = { payeeAccount: '6400100200000009', returnedOn: '2026-11-10', reason: '账号有误' };
    shows((await read('subsidyOrder', { ...order, insteadOf })).text, [
      '原收款账号6400100200000009，2026年11月10日退票',
    ]);
  });
});

describe('补贴年度汇总表', () => {
  it('whose groups do not add up to the same total is not printed', async () => {
    const [first, ...rest] = summary.groups;
    await refused('subsidySummary', { ...summary, groups: [{ ...first!, rows: first!.rows.slice(1) }, ...rest] });
  });
});

describe('every paper of subsidies', () => {
  it('holds the longest names, the largest amounts and many pages without cutting or overlapping', async () => {
    const zero = { cost: '0.00', otherMoney: '0.00', amount: '0.00', decided: '0.00', granted: '0.00' };
    const line = (i: number) => ({
      ...{ ...application.lines[0]!, name: LONG, evidence: LONG.repeat(3), reason: LONG.repeat(2), ...zero },
      ...(i === 0 ? { cost: LARGE, otherMoney: LARGE, amount: LARGE, decided: LARGE, granted: LARGE } : {}),
    });
    const lines = Array.from({ length: 40 }, (_, i) => line(i));
    const about = { ...application.application, enterprise: LONG };
    const payee = { name: LONG, bank: LONG, number: '6'.repeat(32) };
    const notes = [LONG.repeat(10)];
    const row = { ...summary.total, name: LONG, demand: LARGE, granted: LARGE, paid: LARGE };
    const views: Partial<{ [K in DocumentKind]: ViewModels[K] }> = {
      subsidyApplication: {
        ...{ ...application, application: about, lines, amount: LARGE, payee, titles: [LONG, LONG] },
        papers: Array.from({ length: 50 }, () => ({ label: LONG, name: `${LONG}.pdf`, sha256: '0'.repeat(64) })),
        vouchers: Array.from({ length: 60 }, () => ({ ...application.vouchers[0]!, voucherNo: 'X'.repeat(64) })),
      },
      subsidyReview: { ...review, application: about, lines, amount: LARGE, decided: LARGE, reasons: notes },
      subsidyPublicity: {
        ...{ ...publicity, total: LARGE },
        rows: Array.from({ length: 200 }, (_, i) => ({
          enterprise: LONG,
          project: LONG,
          amount: i === 0 ? LARGE : '0.00',
        })),
      },
      subsidyDecision: {
        ...decision,
        addressee: LONG,
        application: about,
        lines,
        decided: LARGE,
        granted: LARGE,
        notes,
        payee,
      },
      subsidyRefusal: {
        ...refusal,
        addressee: LONG,
        application: about,
        reasons: lines.map(({ cites }) => ({ text: LONG, cites })),
      },
      subsidyOrder: {
        ...{ ...order, total: LARGE, payer: payee, classes: [{ name: LONG, amount: LARGE }] },
        payments: Array.from({ length: 200 }, (_, i) => ({ payee, amount: i === 0 ? LARGE : '0.00' })),
      },
      subsidyClawback: {
        ...clawback,
        addressee: LONG,
        application: about,
        paid: LARGE,
        amount: LARGE,
        facts: notes,
        account: payee,
      },
      subsidySummary: { ...summary, groups: [{ name: LONG, rows: [row] }], total: row },
    };
    for (const [kind, view] of Object.entries(views)) {
      const { pages } = await read(kind as DocumentKind, view as never);
      for (const page of pages) expect([kind, overlaps(page), outside(page)]).toEqual([kind, [], []]);
    }
  });
});
