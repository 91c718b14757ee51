import { describe, expect, it } from 'vitest';
import type { DocumentKind, ViewModels } from '../../src/documents/view-models.ts';
import { sample as breakerNotice } from '../../templates/breaker-notice/sample.ts';
import { sample as claimApproval } from '../../templates/claim-approval/sample.ts';
import { sample as claimLetter } from '../../templates/claim-letter/sample.ts';
import { sample as contributionConfirmation } from '../../templates/contribution-confirmation/sample.ts';
import { sample as paymentNotice } from '../../templates/payment-notice/sample.ts';
import { sample as recoveryDistribution, sampleOverRecovery } from '../../templates/recovery-distribution/sample.ts';
import { render } from '../../templates/render.ts';
import { sample as writeOffSheet } from '../../templates/write-off-sheet/sample.ts';
import { outside, overlaps, readPdf } from './read-pdf.ts';

const read = async <K extends DocumentKind>(kind: K, view: ViewModels[K]) => readPdf(await render(kind, view));
const shows = (text: string, parts: string[]) => {
  for (const part of parts) expect(text).toContain(part.replace(/\s/g, ''));
};
const refused = (kind: DocumentKind, view: unknown) =>
  expect(render(kind, view as never)).rejects.toMatchObject({ code: 'PAPER_DOES_NOT_ADD_UP' });

const LONG = '宁夏回族自治区石嘴山市平罗县红崖子园区犇垚㐂枸杞深加工科技发展有限责任公司（中外合资）第二生产基地分公司';
const LARGE = '9999999999999.99';

describe('补偿申请函', () => {
  it('is the bank’s letter: loan, loss event, shares, account and papers with their hashes', async () => {
    const { text } = await read('claimLetter', claimLetter);
    shows(text, [
      '平罗县科学技术局：',
      '申请由平罗县宁科贷风险补偿资金池补偿 1,912,000.00 元',
      '申请补偿金额¥1,912,000.00（大写：人民币壹佰玖拾壹万贰仟元整）',
      '风险事件成立日2026年9月11日申请截止日2027年1月9日',
      '申请日已逾期94天',
      '2026年9月11日催收',
      '资金池补偿1,912,000.00元',
      '自治区宁夏回族自治区科学技术厅资金池40%956,000.00[4]',
      '合作银行石嘴山银行股份有限公司自有资金20%478,000.00[4]',
      '收款账号6402200100008888',
      '4催收或起诉材料催收通知书及签收回执2026-09-11.pdfc7740b19c7740b19',
      '石嘴山银行股份有限公司2026年9月14日（盖章）',
    ]);
  });

  it('whose shares are not the whole loss to the fen is not printed', async () => {
    const [first, ...rest] = claimLetter.shares;
    await refused('claimLetter', { ...claimLetter, shares: [{ ...first, amount: '956000.01' }, ...rest] });
  });
});

describe('补偿审批表', () => {
  it('has every check, the shares, the decision in both forms, and a place to sign and seal for everyone who decided', async () => {
    const { text } = await read('claimApproval', claimApproval);
    shows(text, [
      '2风险事件符合风险事件于2026-09-11成立[3]',
      '提示法定代表人自备案以来已变更，须人工复核',
      '结论同意补偿核定补偿金额¥1,912,000.00（大写：人民币壹佰玖拾壹万贰仟元整）',
      '系统记载：平罗县审核员，2026年9月24日',
      '系统记载：自治区审核员甲，2026年10月10日',
    ]);
    expect(text.match(/经办人（签字）：负责人（签字）：（盖章）年月日/g)).toHaveLength(2);
  });

  it('says when it is refused, when it is in part, and where a panel decided', async () => {
    const refusal = { ...claimApproval, result: 'refused' as const, approved: '0.00', shares: [] };
    shows((await read('claimApproval', refusal)).text, ['结论不予补偿核定补偿金额¥0.00（大写：人民币零元整）']);
    const panel = { ...claimApproval, result: 'approvedInPart' as const, panel: '2026年10月9日厅务会议研究同意。' };
    shows((await read('claimApproval', panel)).text, [
      '结论同意部分补偿',
      '研究同意。主持人（签字）：记录人（签字）：',
    ]);
  });
});

describe('拨付通知', () => {
  it('names both accounts, the amount in both forms, the voucher, and whose money it is', async () => {
    const { text } = await read('paymentNotice', paymentNotice);
    shows(text, [
      '石嘴山银行股份有限公司：',
      '已于2026年10月10日经审批同意（宁科贷审〔2026〕1号）',
      '拨付金额¥1,912,000.00（大写：人民币壹佰玖拾壹万贰仟元整）',
      '付款账号6402200155550001收款账号6402200100008888',
      '拨付日期2026年10月15日记账凭证第31号',
      '平罗县科学技术局956,000.00[3]',
      ...paymentNotice.duties,
    ]);
  });

  it('whose parts are not the amount is not printed', () =>
    refused('paymentNotice', { ...paymentNotice, amount: '1912000.01' }));
});

describe('追偿分配单', () => {
  it('shares out both receipts, shows what each has still to get, and is signed by both sides', async () => {
    const { text } = await read('recoveryDistribution', recoveryDistribution);
    shows(text, [
      '2026-10-20SZS20261020000017未扣费用60,000.000.00—',
      '合计2笔120,000.000.00',
      '自治区宁夏回族自治区科学技术厅956,000.000.0048,000.00908,000.00冲减应收追偿款[1]',
      '合作银行石嘴山银行股份有限公司478,000.000.0024,000.00454,000.00应付合作银行[1]',
      '本次分配合计¥120,000.00（大写：人民币壹拾贰万元整）',
      '合作银行（核对无误）：石嘴山银行股份有限公司',
    ]);
    expect(text.match(/复核：/g)).toHaveLength(2);
  });

  it('puts the cost first, then the bearers, then the bank’s interest, then the borrower', async () => {
    const { text } = await read('recoveryDistribution', sampleOverRecovery);
    const order = ['先行归还垫付方', '宁夏回族自治区科学技术厅956,000.00', '合作银行利息', '应退借款人'];
    const places = order.map((part) => text.indexOf(part));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  it('that loses a fen, or gives a bearer more than it bore, is not printed', async () => {
    const [first, ...rest] = recoveryDistribution.rows;
    const lost = { ...recoveryDistribution, rows: [{ ...first!, amount: '47999.99', left: '908000.01' }, ...rest] };
    await refused('recoveryDistribution', lost);
    await refused('recoveryDistribution', { ...recoveryDistribution, rows: [{ ...first!, left: '0.00' }, ...rest] });
  });
});

describe('核销审核表', () => {
  it('shows each contributor’s part, the grounds, the panel, and what stays on record', async () => {
    const { text } = await read('writeOffSheet', writeOffSheet);
    shows(text, [
      '核销金额¥1,816,000.00（大写：人民币壹佰捌拾壹万陆仟元整）',
      '平罗县科学技术局956,000.0048,000.000.00908,000.00',
      '合计1,912,000.0096,000.000.001,816,000.00',
      ...writeOffSheet.grounds,
      '集体研究2028年10月30日',
      '核销后账销案存',
    ]);
  });

  it('has what the pool paid for the pursuit in columns of its own, and in the amount written off', async () => {
    const [first, second] = writeOffSheet.rows;
    const rows = [
      { ...first!, cost: '133.33' },
      { ...second!, cost: '66.67' },
    ];
    const { text } = await read('writeOffSheet', { ...writeOffSheet, rows });
    shows(text, [
      '核销金额¥1,816,200.00（大写：人民币壹佰捌拾壹万陆仟贰佰元整）',
      '平罗县科学技术局956,000.0048,000.000.00908,000.0066.67908,066.67',
      '合计1,912,000.0096,000.000.001,816,000.00200.001,816,200.00',
      '核销合计＝本次核销＋垫付追偿费用',
    ]);
    expect((await read('writeOffSheet', writeOffSheet)).text).not.toContain('垫付追偿费用');
  });

  it('that writes off what has come back is not printed', async () => {
    const [first, ...rest] = writeOffSheet.rows;
    await refused('writeOffSheet', { ...writeOffSheet, rows: [{ ...first!, amount: '956000.00' }, ...rest] });
  });
});

describe('警示、暂停、恢复业务通知书', () => {
  it('names the ratio, its lines, what it is made of, and what stops from which day', async () => {
    const { text } = await read('breakerNotice', breakerNotice);
    shows(text, [
      '自2026年10月5日起暂停受理新备案',
      '石嘴山银行股份有限公司不良率9.59%5%8%不良贷款余额2,390,000.00元贷款余额24,921,506.33元[1]',
      ...breakerNotice.demands,
    ]);
  });

  it('warns and lifts in words of its own, and shows no warning line where there is none', async () => {
    const warning = { ...breakerNotice, title: '风险警示通知书', action: 'warn' as const };
    shows((await read('breakerNotice', warning)).text, ['已达到警示线[1]，现予警示。达到暂停线的，将暂停受理新备案']);
    const [{ warn: _, ...ratio }] = breakerNotice.ratios as [(typeof breakerNotice.ratios)[0]];
    const reasons = ['不良贷款已清收，不良率降至 3.20 %。'];
    const lifted = { ...breakerNotice, title: '恢复业务通知书', action: 'lift' as const, ratios: [ratio], reasons };
    const { text } = await read('breakerNotice', lifted);
    shows(text, ['起恢复受理新备案', '恢复理由不良贷款已清收', '9.59%—8%']);
  });
});

describe('出资确认书', () => {
  it('confirms the receipt, everyone’s balance, and the match it makes due', async () => {
    const { text, pages } = await read('contributionConfirmation', contributionConfirmation);
    expect(pages).toHaveLength(1);
    shows(text, [
      '到账金额¥500,000.00（大写：人民币伍拾万元整）',
      '银行回单号SZS20261009000003',
      '平罗县科学技术局3,002,196.17500,000.003,502,196.17',
      '合计6,004,392.33500,000.006,504,392.33',
      '宁夏回族自治区科学技术厅应于2027年1月7日前配套 500,000.00 元（大写：人民币伍拾万元整）[2]',
      '宁夏回族自治区科学技术厅2026年10月9日（盖章）',
    ]);
  });

  it('says nothing of a match where none is owed', async () => {
    const { text } = await read('contributionConfirmation', { ...contributionConfirmation, match: undefined });
    expect(text).not.toContain('配套');
  });

  it('whose balances are not before plus receipt is not printed', async () => {
    const [first, second] = contributionConfirmation.contributors;
    const contributors = [first!, { ...second!, after: '3502196.18' }];
    await refused('contributionConfirmation', { ...contributionConfirmation, contributors });
    await refused('contributionConfirmation', { ...contributionConfirmation, contributors: [first!] });
  });
});

describe('every paper', () => {
  it('holds the longest names, the largest amounts, many parties and many pages without cutting or overlapping', async () => {
    const claim = { ...claimLetter.claim, bank: LONG, poolName: LONG, unpaidPrincipal: LARGE, requested: LARGE };
    claim.loan = { ...claim.loan, enterprise: LONG, purpose: LONG.repeat(2), contractNo: 'X'.repeat(60) };
    const shares = Array.from({ length: 6 }, (_, i) => ({
      ...{ bearer: LONG, party: LONG, percent: '16.6666 %', amount: i === 0 ? LARGE : '0.00' },
      ...{ from: 'pool' as const, cites: claimLetter.cites },
    }));
    const opinions = Array.from({ length: 7 }, () => ({
      ...claimApproval.opinions[0]!,
      unit: LONG,
      text: LONG.repeat(6),
    }));
    const papers = Array.from({ length: 60 }, () => ({ label: LONG, name: `${LONG}.pdf`, sha256: '0'.repeat(64) }));
    const party = { party: LONG, amount: LARGE, cites: claimLetter.cites };
    const views: Partial<{ [K in DocumentKind]: ViewModels[K] }> = {
      claimLetter: { ...claimLetter, addressee: LONG, claim, shares, papers },
      claimApproval: { ...claimApproval, claim, shares, opinions, approved: LARGE, panel: LONG.repeat(8) },
      paymentNotice: { ...paymentNotice, claim, amount: LARGE, parts: [party, { ...party, amount: '0.00' }] },
      recoveryDistribution: {
        ...{ ...recoveryDistribution, claim, compensation: LARGE },
        receipts: [{ ...recoveryDistribution.receipts[0]!, amount: LARGE, cost: LARGE, paidBy: LONG }],
        costs: [party],
        rows: Array.from({ length: 30 }, () => ({
          ...{ bearer: LONG, party: LONG, borne: LARGE, before: LARGE, amount: '0.00', left: '0.00' },
          ...{ use: LONG, cites: claimLetter.cites },
        })),
      },
      writeOffSheet: {
        ...{ ...writeOffSheet, claim, opinions, grounds: [LONG.repeat(10)], panel: LONG.repeat(8) },
        rows: [
          {
            ...{ party: LONG, compensated: LARGE, recovered: '0.00', writtenOff: '0.00' },
            ...{ amount: LARGE, cost: '999999.99' },
          },
        ],
      },
      breakerNotice: { ...breakerNotice, addressee: LONG, poolName: LONG, demands: [LONG.repeat(20)] },
      contributionConfirmation: { ...contributionConfirmation, poolName: LONG, receiptNo: 'X'.repeat(64) },
    };
    for (const [kind, view] of Object.entries(views)) {
      const { pages } = await read(kind as DocumentKind, view as never);
      for (const page of pages) expect([kind, overlaps(page), outside(page)]).toEqual([kind, [], []]);
    }
  });
});
