import type { Column } from './columns.ts';

/**
 * What columns of a bank's statement may be called. Layouts differ in which of them they have: in and out columns, an amount with 借/贷 beside it, or a
 * signed amount; with a serial number or without; time of day in a column of its own or after the date.
 */
export const STATEMENT_COLUMNS = [
  {
    field: 'bookedOn',
    title: '记账日期',
    kind: 'date',
    identity: true,
    aliases: ['记账日', '入账日期', '入账日', '账务日期', '会计日期'],
    example: '2026-10-09',
  },
  {
    field: 'tradedOn',
    title: '交易日期',
    kind: 'date',
    identity: true,
    aliases: ['交易日', '日期', '发生日期', '业务日期'],
    example: '2026-10-09',
  },
  {
    field: 'time',
    title: '交易时间',
    kind: 'text',
    identity: true,
    aliases: ['时间', '交易时刻', '入账时间', '记账时间'],
    example: '10:01:00',
  },
  {
    field: 'in',
    title: '贷方发生额',
    kind: 'money',
    aliases: ['贷方金额', '贷方', '收入', '收入金额', '转入金额', '存入金额', '贷方发生金额', '转入'],
    example: '500,000.00',
  },
  {
    field: 'out',
    title: '借方发生额',
    kind: 'money',
    aliases: ['借方金额', '借方', '支出', '支出金额', '转出金额', '支取金额', '借方发生金额', '转出'],
    example: '',
  },
  {
    field: 'amount',
    title: '交易金额',
    kind: 'money',
    aliases: ['发生额', '金额', '发生金额', '交易额'],
    example: '500,000.00',
  },
  {
    field: 'side',
    title: '借/贷',
    kind: 'text',
    aliases: ['借贷', '借贷标志', '借贷方向', '借贷标识', '收支', '收/支', '收支标志', '收支方向', '收付标志'],
    example: '贷',
  },
  {
    field: 'balance',
    title: '余额',
    kind: 'money',
    aliases: ['账户余额', '帐户余额', '联机余额', '交易后余额', '当前余额', '本次余额', '账面余额', '交易余额'],
    example: '6,500,000.00',
  },
  {
    field: 'serial',
    title: '流水号',
    kind: 'code',
    aliases: ['交易流水号', '交易流水', '核心流水号', '银行流水号', '账户明细编号', '日志号', '交易参考号', '回单编号'],
    example: '202600000001',
  },
  { field: 'voucher', title: '凭证号', kind: 'code', aliases: ['凭证号码', '凭证编号'], example: '202600000001' },
  {
    field: 'accountNo',
    title: '本方账号',
    kind: 'account',
    aliases: ['本方帐号', '账号', '帐号', '查询账号', '客户账号', '账户号'],
    example: '6402200155550001',
  },
  {
    field: 'counterpartyName',
    title: '对方名称',
    kind: 'text',
    aliases: [
      '对方单位名称',
      '对方户名',
      '对方单位',
      '对方账户名称',
      '交易对手',
      '交易对手名称',
      '对手名称',
      '收付款人名称',
      '收/付款人名称',
    ],
    example: '某县财政局',
  },
  {
    field: 'counterpartyAccount',
    title: '对方账号',
    kind: 'account',
    aliases: ['对方帐号', '对方账户', '交易对手账号', '对手账号', '收付款人账号', '收/付款人账号'],
    example: '6402210002026001',
  },
  {
    field: 'counterpartyBank',
    title: '对方行号',
    kind: 'text',
    aliases: ['对方行名', '对方开户行', '对方开户行名', '对方银行', '对方开户机构', '交易对手行名'],
    example: '',
  },
  { field: 'memo', title: '摘要', kind: 'text', aliases: ['交易摘要', '摘要说明', '交易类型'], example: '县级出资' },
  { field: 'purpose', title: '用途', kind: 'text', aliases: ['交易用途', '款项用途'], example: '' },
  { field: 'note', title: '附言', kind: 'text', aliases: ['备注', '交易附言', '留言', '交易备注'], example: '' },
  { field: 'extra', title: '个性化信息', kind: 'text', aliases: ['其他信息', '附加信息'], example: '' },
  { field: 'currency', title: '币种', kind: 'text', aliases: ['币别', '货币'], example: '人民币' },
] as const satisfies readonly Column[];

export type StatementField = (typeof STATEMENT_COLUMNS)[number]['field'];
