import type { LocalDate } from '../calendar/local-date.ts';
import type { SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Citation } from '../errors.ts';
import { type Claimable, claimableTodos, claimsIn, remitTodos, type Unremitted } from './claims.ts';
import { countFigure, lendingFigures, type Part } from './figures.ts';
import { dayText, type Figure, type Home, homeOf, listed, monthText, type Todo, waits } from './home.ts';
import type { Cell } from './store.ts';

/** When a month's report is due under the policy of a pool. */
export interface Due {
  dueOn: LocalDate;
  cites: Citation[];
}

export interface BankFacts {
  today: LocalDate;
  /** the last month that is over */
  last: SettlementPeriod;
  cells: Cell[];
  dueOf(policyCode: string, period: SettlementPeriod): Due;
  /** filings the reviewer has not decided, by pool */
  waiting: Part[];
  refused: { files: number; rows: number };
  /** pools in which the bank's filings are stopped, by name */
  stopped: string[];
  /** claims sent back, loans that may be claimed for, what is to be remitted */
  returned: number;
  claimable: Claimable[];
  unremitted: Unremitted[];
}

/** A bank's question: what is still due this month. */
export function bankHome(facts: BankFacts): Home {
  const { today, cells, waiting, refused, stopped, returned, claimable, unremitted } = facts;
  const reports = cells.flatMap((cell) => reportTodos(facts, cell));
  const undrawn = cells.reduce((n, c) => n + c.undrawn, 0);
  const maturing = cells.reduce((n, c) => n + c.maturing, 0);
  return homeOf(sentenceOf(facts, reports) + besidesSentence(facts), figuresOf(cells, waiting), [
    ...reports,
    ...claimableTodos(claimable, today),
    ...remitTodos(unremitted, today),
    waits('claimReturned', '退回补正的补偿申请', returned, '/claims?status=returned'),
    waits('suspension', `暂停受理新备案（${stopped.join('、')}）`, stopped.length, '/breaker?status=active', true),
    waits('import', '近 30 日被退回、尚未更正重报的文件', refused.files, '/imports'),
    waits('disbursement', '已同意、尚未报送放款的贷款', undrawn, '/loans?status=active'),
    waits('maturing', '30 日内到期的贷款', maturing, '/loans?sort=maturesOn'),
  ]);
}

/** What else the bank has to know: where its filings are stopped, claims sent back, windows that close, money to be remitted. */
function besidesSentence({ today, stopped, returned, claimable, unremitted }: BankFacts): string {
  const open = claimable.filter((c) => c.dueOn >= today);
  const first = open.map((c) => c.dueOn).sort()[0];
  const parts = [
    ...(stopped.length > 0 ? [`新备案已暂停受理（${stopped.join('、')}）`] : []),
    ...(returned > 0 ? [`${returned} 份补偿申请被退回补正`] : []),
    ...(first ? [`${claimsIn(open)} 笔不良贷款可以申请补偿，最早应于 ${dayText(first, today)}前提交`] : []),
    ...(unremitted.length > 0 ? [`${unremitted.length} 笔追偿回款尚未汇缴资金池`] : []),
  ];
  return parts.length > 0 ? `${parts.join('；')}。` : '';
}

function reportTodos({ today, dueOf }: BankFacts, { missing, poolCode, poolName, policyCode }: Cell): Todo[] {
  return missing.map(({ period, loans }) => {
    const { dueOn, cites } = dueOf(policyCode, period);
    const href = `/imports/new?kind=balanceReports&pool=${poolCode}`;
    const title = `${poolName} ${monthText(period, today)}余额月报`;
    return { kind: 'report', title, count: loans, dueOn, late: dueOn < today, href, cites };
  });
}

function sentenceOf({ today, last, cells, dueOf }: BankFacts, reports: Todo[]): string {
  if (cells.length === 0) return '本行在本项目还没有入池贷款，暂无应报送的月报。';
  const missing = cells.flatMap((c) => c.missing.map((m) => ({ ...m, name: c.poolName, policy: c.policyCode })));
  const first = missing.map((m) => m.period).sort()[0];
  if (first === undefined) return `${monthText(last, today)}余额月报已全部报送，目前没有应报未报的月份。`;
  const months = [...new Set(missing.map((m) => m.period))].sort();
  const { dueOn } = dueOf(missing.find((m) => m.period === first)!.policy, first);
  const pools = new Map<string, number>();
  for (const { name, period, loans } of missing) if (period === first) pools.set(name, (pools.get(name) ?? 0) + loans);
  const what = listed([...pools].map(([name, loans]) => `${name} ${loans} 笔`));
  const late = reports.some((r) => r.late) ? '，现已逾期' : '';
  const more = months.length > 1 ? `；另有 ${months.length - 1} 个月份也未报齐` : '';
  return `${monthText(first, today)}余额月报应于 ${dayText(dueOn, today)}前报送${late}，尚未报送：${what}${more}。`;
}

function figuresOf(cells: Cell[], waiting: Part[]): Figure[] {
  const overdue = cells.map((c) => ({ name: c.poolName, value: `${c.overdueLoans}` }));
  const late = '最近一次月报的逾期天数大于零';
  const undecided = '已报送、合作单位尚未作出决定';
  return [
    ...lendingFigures(cells, (c) => c.poolName),
    countFigure({ label: '逾期', rule: late, href: '/portfolio' }, '笔', overdue),
    countFigure({ label: '待审核备案', rule: undecided, href: '/filings?status=submitted' }, '笔', waiting),
  ];
}
