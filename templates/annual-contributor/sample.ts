import type { AnnualStatementView } from '../../src/documents/annual-views.ts';
import { documentNumber } from '../../src/documents/wording.ts';
import { sample as pool } from '../annual-pool/sample.ts';

/** 平罗县 in its pool, 2026. */
export const sample: AnnualStatementView = {
  ...pool,
  title: '资金池出资方年度报表',
  number: documentNumber('宁科贷资年', 2027, 2),
  partyName: '平罗县科学技术局',
  partyKind: '出资方',
  sections: [
    {
      ...{ name: '各方出资', opening: '0.00', movements: '3502365.10', closing: '3502365.10' },
      lines: [
        { name: '出资到账', amount: '3500000.00', cites: [pool.cites[0]!] },
        { name: '存款利息', amount: '2429.72', cites: [] },
        { name: '银行手续费', amount: '-64.62', cites: [] },
      ],
    },
    {
      ...{ name: '应收追偿款', opening: '0.00', movements: '908000.00', closing: '908000.00' },
      lines: [
        { name: '风险补偿', amount: '956000.00', cites: [] },
        { name: '追偿回款', amount: '-48000.00', cites: [] },
      ],
    },
  ],
  figures: [
    { name: '出资到账', amount: '3500000.00' },
    { name: '分担风险补偿', amount: '956000.00' },
    { name: '追偿收回', amount: '48000.00' },
    { name: '分得存款利息', amount: '2429.72' },
    { name: '分担银行手续费', amount: '64.62' },
  ],
  monthNames: ['各方出资', '应收追偿款'],
  months: [
    { period: '2026-11', amounts: ['3502365.10', '908000.00'] },
    { period: '2026-12', amounts: ['3502365.10', '908000.00'] },
  ],
  carried: [],
  ratios: [{ name: '出资占比', value: '53.85 %', note: '本方出资余额 ÷ 各方出资余额合计' }],
  totalInWords: [{ name: '各方出资年末数', amount: '3502365.10' }],
};
