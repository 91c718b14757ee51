import { use as useKind } from '../kinds/use.ts';
import { CODE, since, unseen } from './document.ts';

export const use = useKind({
  id: `${CODE}.use`,
  title: '资金用途',
  versions: since(
    {
      allowed: [
        { code: 'rnd', label: '研发投入' },
        { code: 'conversion', label: '成果转化' },
        { code: 'pilotLine', label: '中试线设备采购' },
        { code: 'materials', label: '购买原材料' },
        { code: 'upgrade', label: '技术改造' },
        { code: 'other', label: '其他' },
      ],
      banned: [
        {
          category: '转贷',
          words: ['转贷', '转借', '倒贷', '过桥', '垫资'],
          doubtful: ['还贷', '还旧', '归还贷款', '偿还贷款', '归还借款', '偿还借款', '归还欠款', '偿还债务', '置换'],
        },
        { category: '委托贷款', words: ['委托贷款', '委贷'], doubtful: [] },
        {
          category: '民间借贷',
          words: ['民间借贷', '民间融资', '高利贷', '放贷', '出借', '拆借'],
          doubtful: ['借给', '往来款'],
        },
        {
          category: '资本市场投资',
          words: [
            ...['资本市场', '股票', '炒股', '股市', '证券', '期货', '债券', '理财', '基金投资', '投资基金'],
            ...['购买基金', '股权投资', '炒汇', '外汇买卖', '虚拟货币', '比特币'],
          ],
          doubtful: ['基金', '股权', '信托', '外汇', '入股'],
        },
        {
          category: '个人消费',
          words: ['个人消费', '家庭消费', '个人使用', '消费贷', '私人', '旅游消费'],
          doubtful: ['个人', '家庭', '消费', '旅游'],
        },
        {
          category: '购房和房地产',
          words: ['购房', '买房', '炒房', '房地产', '商品房', '住房', '购买住宅', '购置住宅', '按揭'],
          doubtful: ['住宅', '房产', '地产', '首付'],
        },
      ],
    },
    unseen('T', '用于成果转化、研发和生产，禁止转贷等依平罗县 2021 年做法；其余禁止用途参照青岛市 2025 年办法'),
  ),
  cases: [
    {
      says: '研发投入',
      on: '2026-04-10',
      input: { purpose: 'rnd', text: '研发投入' },
      expected: { finding: 'allowed' },
    },
    {
      says: '选「其他」写「转贷」',
      on: '2026-05-20',
      input: { purpose: 'other', text: '转贷' },
      expected: { finding: 'banned', category: '转贷', word: '转贷' },
    },
    {
      says: '选「研发投入」而文字夹带买股票，同样禁止，字间空格也不能绕过',
      on: '2026-05-20',
      input: { purpose: 'rnd', text: '研发及购买股 票' },
      expected: { finding: 'banned', category: '资本市场投资', word: '股票' },
    },
    {
      says: '承诺「不用于转贷」不是转贷，但请审查人看一眼',
      on: '2026-05-20',
      input: { purpose: 'materials', text: '采购钢材，不用于转贷' },
      expected: { finding: 'doubtful', category: '转贷', word: '转贷' },
    },
    {
      says: '购买厂房设备不是购房',
      on: '2026-05-20',
      input: { purpose: 'upgrade', text: '购买厂房设备' },
      expected: { finding: 'allowed' },
    },
    {
      says: '选「其他」不写明用途',
      on: '2026-05-20',
      input: { purpose: 'other', text: ' ' },
      expected: { finding: 'needsText' },
    },
    {
      says: '其他正当用途由审查人核实',
      on: '2026-05-20',
      input: { purpose: 'other', text: '支付检测认证费' },
      expected: { finding: 'review' },
    },
  ],
});
