import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { DocumentKind, ViewModels } from '../../src/documents/view-models.ts';
import { sample as annualContributor } from '../../templates/annual-contributor/sample.ts';
import { sample as annualPool } from '../../templates/annual-pool/sample.ts';
import { sample as bankReconciliation } from '../../templates/bank-reconciliation/sample.ts';
import { sample as breakerNotice } from '../../templates/breaker-notice/sample.ts';
import { sample as claimApproval } from '../../templates/claim-approval/sample.ts';
import { sample as claimLetter } from '../../templates/claim-letter/sample.ts';
import { sample as consentLetter } from '../../templates/consent-letter/sample.ts';
import { sample as contributionConfirmation } from '../../templates/contribution-confirmation/sample.ts';
import { sample as filingNotice } from '../../templates/filing-notice/sample.ts';
import { sample as monthlyLedger, sampleLedger } from '../../templates/monthly-ledger/sample.ts';
import { sample as paymentNotice } from '../../templates/payment-notice/sample.ts';
import { sample as recoveryDistribution } from '../../templates/recovery-distribution/sample.ts';
import { render } from '../../templates/render.ts';
import { sample as settlementStatement } from '../../templates/settlement-statement/sample.ts';
import { sample as subsidyApplication } from '../../templates/subsidy-application/sample.ts';
import { sample as subsidyClawback } from '../../templates/subsidy-clawback/sample.ts';
import { sample as subsidyDecision } from '../../templates/subsidy-decision/sample.ts';
import { sample as subsidyOrder } from '../../templates/subsidy-order/sample.ts';
import { sample as subsidyPublicity } from '../../templates/subsidy-publicity/sample.ts';
import { sample as subsidyRefusal } from '../../templates/subsidy-refusal/sample.ts';
import { sample as subsidyReview } from '../../templates/subsidy-review/sample.ts';
import { sample as subsidySummary } from '../../templates/subsidy-summary/sample.ts';
import { sample as writeOffSheet } from '../../templates/write-off-sheet/sample.ts';
import { outside, overlaps, type ReadPdf, readPdf } from './read-pdf.ts';

const SAMPLES: ViewModels = {
  ...{ settlementStatement, monthlyLedger, consentLetter, filingNotice, contributionConfirmation },
  ...{ claimLetter, claimApproval, paymentNotice, recoveryDistribution, writeOffSheet, breakerNotice },
  ...{ subsidyApplication, subsidyReview, subsidyPublicity, subsidyDecision, subsidyRefusal, subsidyOrder },
  ...{ subsidyClawback, subsidySummary, bankReconciliation, annualPool, annualContributor },
};
const KINDS = Object.keys(SAMPLES) as DocumentKind[];
const draw = async (kind: DocumentKind): Promise<ReadPdf> => readPdf(await render(kind, SAMPLES[kind] as never));

const LONG = '宁夏回族自治区石嘴山市平罗县红崖子园区犇垚㐂枸杞深加工科技发展有限责任公司（中外合资）第二生产基地分公司';
const LARGE = '9999999999999999.99';

function expectTidy(pdf: ReadPdf): void {
  for (const page of pdf.pages) {
    expect(overlaps(page)).toEqual([]);
    expect(outside(page)).toEqual([]);
  }
}

describe.each(KINDS)('%s', (kind) => {
  const view = SAMPLES[kind];

  test('is an A4 document in Chinese with its title, issuer and code in the metadata', async () => {
    const { pages, info, lang } = await draw(kind);
    const sides = pages.map((page) => [page.width, page.height].map(Math.round).sort().join('×'));
    expect(new Set(sides)).toEqual(new Set(['595×842']));
    expect(lang).toBe('zh-CN');
    expect(info).toMatchObject({ Title: `${view.title} ${view.number}`, Author: view.issuer, PDFFormatVersion: '1.7' });
  });

  test('carries programme, title, number, code, address and page number on every page', async () => {
    const { pages } = await draw(kind);
    for (const [i, page] of pages.entries()) {
      for (const part of [view.programme, view.title, view.number, view.verificationCode, view.verifyUrl]) {
        expect(page.text).toContain(part);
      }
      expect(page.text).toContain(`第${i + 1}页共${pages.length}页`);
      expect(page.text).toContain('示例参数，未经主管部门核实');
    }
  });

  test('lists every article, prints nothing over other text or off the page, and leaves room for the seal', async () => {
    const pdf = await draw(kind);
    for (const cite of view.cites) expect(pdf.text).toContain(cite.document + cite.article);
    expect(pdf.text).toContain('（盖章）');
    expectTidy(pdf);
  });

  test('is silent about confirmation when every figure is confirmed', async () => {
    const confirmed = JSON.parse(JSON.stringify(view).replaceAll('"confirmed":false', '"confirmed":true'));
    const { text } = await readPdf(await render(kind, { ...confirmed, provisionalFigures: false } as never));
    expect(text).not.toContain('示例参数');
  });

  test('gives the same bytes again, also beside other documents and from stored JSON', async () => {
    const first = await render(kind, view as never);
    const reordered = JSON.parse(JSON.stringify(view, Object.keys(flatten(view)).sort().reverse()));
    const [again, ledger, stored] = await Promise.all([
      render(kind, view as never),
      render('monthlyLedger', sampleLedger(60)),
      render(kind, reordered as never),
    ]);
    expect(Buffer.compare(first, again)).toBe(0);
    expect(Buffer.compare(first, stored)).toBe(0);
    expect(Buffer.compare(first, ledger)).not.toBe(0);
  });
});

test('another process in another time zone makes the same bytes', async () => {
  const program = `
    import { createHash } from 'node:crypto';
    import { render } from ${JSON.stringify(new URL('../../templates/render.ts', import.meta.url).href)};
    import { sample } from ${JSON.stringify(new URL('../../templates/settlement-statement/sample.ts', import.meta.url).href)};
    process.stdout.write(createHash('sha256').update(await render('settlementStatement', sample)).digest('hex'));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
    env: { ...process.env, TZ: 'America/Los_Angeles', LANG: 'C' },
  });
  const here = createHash('sha256').update(await render('settlementStatement', settlementStatement));
  expect(stdout).toBe(here.digest('hex'));
});

describe('settlement statement', () => {
  test('shows each balance, its movements with their articles, and the sums in figures and in words', async () => {
    const { text } = await draw('settlementStatement');
    expect(text).toContain('银行存款6,000,000.00-1,275,262.074,724,737.93');
    expect(text).toContain('支付风险补偿SZSJJ202636414424-1,912,000.00[1][3]');
    expect(text).toContain('期末银行存款4,724,737.93人民币肆佰柒拾贰万肆仟柒佰叁拾柒元玖角叁分');
    expect(text).toContain('SZSJJ202636414424宁夏源微数据服务有限公司2,270,000.00141次级');
    expect(text).toContain('跨期调整（属2026年8月）');
    expect(text).toContain('配套出资条款（示例参数，未经主管部门核实）');
    expect(text).toContain(settlementStatement.ledger.head);
    expect(text).toContain('共214笔记账凭证');
  });

  test('is signed by the issuer alone for a pool, and by both sides for a party', async () => {
    const pool = await draw('settlementStatement');
    expect(pool.text.match(/经办：/g)).toHaveLength(1);
    const bank = { ...settlementStatement, partyName: '石嘴山银行股份有限公司', partyKind: '合作银行' };
    const { text } = await readPdf(await render('settlementStatement', bank));
    expect(text.match(/经办：/g)).toHaveLength(2);
    expect(text).toContain('合作银行（核对无误）：石嘴山银行股份有限公司');
  });

  test('is refused when a section does not foot', async () => {
    const [first, ...rest] = settlementStatement.sections;
    const view = { ...settlementStatement, sections: [{ ...first!, closing: '4724737.94' }, ...rest] };
    await expect(render('settlementStatement', view)).rejects.toMatchObject({ code: 'STATEMENT_DOES_NOT_FOOT' });
  });

  test('holds the longest names and the largest amounts without cutting or overlapping anything', async () => {
    const view: ViewModels['settlementStatement'] = {
      ...settlementStatement,
      programme: settlementStatement.programme.repeat(3),
      poolName: LONG,
      partyName: LONG + LONG,
      sections: [
        {
          name: LONG,
          opening: LARGE,
          movements: `-${LARGE}`,
          closing: '0.00',
          lines: [{ name: LONG.repeat(3), amount: `-${LARGE}`, cites: settlementStatement.cites }],
        },
      ],
      totalInWords: [{ name: LONG, amount: `-${LARGE}` }],
      watchList: Array.from({ length: 40 }, (_, i) => ({
        dueBillNo: `${'X'.repeat(60)}${i}`,
        enterprise: LONG,
        outstanding: LARGE,
        overdueDays: 3650,
        classification: '损失',
      })),
      notes: [{ kind: 'remark', text: LONG.repeat(80) }],
    };
    const pdf = await readPdf(await render('settlementStatement', view));
    expect(pdf.text).toContain('-9,999,999,999,999,999.99');
    expect(pdf.text).toContain('负人民币玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分');
    expect(pdf.text.match(/9,999,999,999,999,999\.993650损失/g)).toHaveLength(40);
    expectTidy(pdf);
  });

  test('breaks a row that is higher than a page over several pages, with all of its text', async () => {
    const view = {
      ...settlementStatement,
      ratios: [{ name: '不良率', value: '9.59 %', note: `始${'甲'.repeat(6000)}终` }],
    };
    const pdf = await readPdf(await render('settlementStatement', view));
    expect(pdf.text.match(/甲/g)).toHaveLength(6000);
    expect(pdf.text).toContain('甲终');
    expectTidy(pdf);
  });

  test('leaves out the parts that hold nothing', async () => {
    const view = {
      ...settlementStatement,
      sections: [],
      ratios: [],
      watchList: [],
      notes: [],
      totalInWords: [],
      cites: [],
    };
    const { text, pages } = await readPdf(await render('settlementStatement', view));
    expect(pages).toHaveLength(1);
    for (const part of ['关注贷款', '监测指标', '说明', '依据：']) expect(text).not.toContain(part);
  });
});

describe('letters', () => {
  test('the consent names bank, enterprise, papers, amounts in both forms, terms, reserve and conditions', async () => {
    const { text, pages } = await draw('consentLetter');
    expect(pages).toHaveLength(1);
    for (const part of [
      '石嘴山银行股份有限公司：',
      '宁夏禾纳生物科技有限公司',
      '91640221MA17572206',
      'SZSJK2026800789',
      'SZSJJ202694538727',
      '¥4,550,000.00（大写：人民币肆佰伍拾伍万元整）',
      '¥3,640,000.00（大写：人民币叁佰陆拾肆万元整）',
      '准备金占用额¥364,000.00（大写：人民币叁拾陆万肆仟元整）',
      '年利率3.45%',
      '放款日2026年3月17日到期日2026年12月17日',
      '放大倍数10倍',
      ...consentLetter.conditions,
      '特此函告。平罗县科学技术局2026年4月13日',
    ]) {
      expect(text).toContain(part);
    }
  });

  test('the notice says the result in its own words', async () => {
    const results = {
      underReview: '予以受理，现进入审查',
      consented: '同意备案，纳入',
      refused: '不予备案。该笔贷款不占用',
    };
    for (const [result, words] of Object.entries(results)) {
      const { text } = await readPdf(await render('filingNotice', { ...filingNotice, result: result as 'refused' }));
      expect(text).toContain(words);
      expect(text).toContain(result === 'refused' ? '不予备案的理由' : '办理要求');
    }
  });

  test('the notice shows each check with value, verdict, explanation and article', async () => {
    const { text } = await draw('filingNotice');
    expect(text).toContain('4年利率5.20%不符合高于上限4.50%（一年期LPR3.00%加150个基点）[4]');
    expect(text).toContain('[4]《宁夏科技型中小企业风险补偿贷款管理办法》利率上限条款（示例参数，未经主管部门核实）');
    for (const reason of filingNotice.reasons) expect(text).toContain(reason.replace(/\s/g, ''));
  });

  test('show rare characters, and the code point of one the font lacks with a note to the signer', async () => {
    const rare = { ...consentLetter, loan: { ...consentLetter.loan, enterprise: '犇垚㐂科技' } };
    const shown = await readPdf(await render('consentLetter', rare));
    expect(shown.text).toContain('犇垚㐂科技');
    expect(shown.text).not.toContain('U+');
    const lacking = { ...consentLetter, loan: { ...consentLetter.loan, enterprise: '𠮷野科技' } };
    const replaced = await readPdf(await render('consentLetter', lacking));
    expect(replaced.text).toContain('〔U+20BB7〕野科技');
    expect(replaced.text).toContain('为字库所缺之字的统一码');
    expectTidy(replaced);
  });

  test('refuse an amount or a date that cannot be printed', async () => {
    const badAmount = { ...consentLetter, reserve: '364,000.00' };
    await expect(render('consentLetter', badAmount)).rejects.toMatchObject({ code: 'MONEY_FORMAT' });
    await expect(render('consentLetter', { ...consentLetter, issuedOn: '2026-02-30' })).rejects.toMatchObject({
      code: 'DATE_FORMAT',
    });
  });
});

/** Every key that occurs anywhere inside, for JSON.stringify's list of keys. */
function flatten(value: unknown): Record<string, true> {
  if (typeof value !== 'object' || value === null) return {};
  const inner = Object.values(value).map(flatten);
  const own = Array.isArray(value) ? {} : Object.fromEntries(Object.keys(value).map((key) => [key, true as const]));
  return Object.assign(own, ...inner);
}
