import { addDays, type LocalDate } from '../calendar/local-date.ts';
import { formatYuan, money } from '../money/money.ts';
import { isValidOn, TITLES, type Title } from '../parties/title.ts';
import type { Eligibility } from './eligibility.ts';
import { amountFigure, countFigure, type Part } from './figures.ts';
import { dayText, type Home, homeOf, type Todo, waits } from './home.ts';
import { ownSubsidyTodos } from './subsidies.ts';
import type { OwnSubsidies } from './subsidy-store.ts';

/** So many days before its end a title is said to be about to expire. */
const SOON = 90;

export interface EnterpriseHomeFacts {
  today: LocalDate;
  eligibility: Eligibility;
  titles: Title[];
  /** `active` by 借据号 */
  loans: { active: Part[]; waiting: number; maturing: number };
  documents: number;
  subsidies: OwnSubsidies;
}

/** An enterprise's question: what can I get. */
export function enterpriseHome(facts: EnterpriseHomeFacts): Home {
  const { today, eligibility, titles, loans, documents, subsidies } = facts;
  const open = eligibility.programmes.filter((p) => p.eligible);
  const valid = titles
    .filter((t) => isValidOn(t, today))
    .map((t) => ({ name: `${TITLES[t.kind]}，有效期至 ${t.validTo}`, value: '1' }));
  const figures = [
    ...open.slice(0, 1).map(({ left, explanation }) => {
      return { label: '尚可备案金额', value: left, unit: '元', href: '/eligibility', explanation };
    }),
    countFigure({ label: '有效资质', rule: `${today} 在有效期内`, href: '/my/titles' }, '项', valid),
    countFigure(
      { label: '在贷', rule: '已入池、尚未结清的贷款', href: '/my/loans' },
      '笔',
      loans.active.map(({ name }) => ({ name, value: '1' })),
    ),
    amountFigure({ label: '贷款余额', rule: '每笔贷款的未还本金相加', href: '/my/loans' }, loans.active),
    countFigure({ label: '待审核备案', rule: '银行已报送、尚未作出决定', href: '/my/loans' }, '笔', [
      { name: '待审核', value: `${loans.waiting}` },
    ]),
    amountFigure(
      { label: '已拨付补贴', rule: '历年拨付给本企业的补贴相加', href: '/my/subsidies' },
      subsidies.paidCount === 0 ? [] : [{ name: `${subsidies.paidCount} 项申请`, value: subsidies.paid }],
    ),
    countFigure({ label: '我的文件', rule: '出具给本企业的单据', href: '/my/papers' }, '份', [
      { name: '单据', value: `${documents}` },
    ]),
  ];
  return homeOf(sentenceOf(eligibility), figures, [
    ...ownSubsidyTodos(subsidies),
    ...expiring(titles, today),
    waits('maturing', '30 日内到期的贷款', loans.maturing, '/my/loans'),
  ]);
}

function sentenceOf({ programmes, suggestions }: Eligibility): string {
  const open = programmes.filter((p) => p.eligible);
  if (open.length === 0) return `目前还不能申请：${suggestions[0] ?? '没有覆盖本企业登记地的资金池'}。`;
  const left = open[0]!.left;
  const names = open.map((p) => p.poolName).join('、');
  if (money(left).isZero()) return `符合${names}的条件，但单户可备案额度已用完。`;
  return `可以向合作银行申请${names}支持的贷款，单户还可备案 ${formatYuan(money(left))} 元。`;
}

/** Titles whose end is near, and those that ended lately and have no successor of their kind. */
function expiring(titles: Title[], today: LocalDate): Todo[] {
  const soon = addDays(today, SOON);
  return titles.flatMap((t) => {
    const followed = titles.some((o) => o.kind === t.kind && o.validTo > t.validTo);
    if (followed || t.validTo > soon || t.validTo < addDays(today, -SOON)) return [];
    const late = t.validTo < today;
    const title = `${TITLES[t.kind]}${late ? '已于' : '将于'} ${dayText(t.validTo, today)}到期`;
    return { kind: 'title', title, count: 1, dueOn: t.validTo, late, href: '/my/titles', cites: [] };
  });
}

export interface RegistrationFacts {
  today: LocalDate;
  registration: { enterpriseName: string; status: string; submittedOn: LocalDate; reason: string | null } | null;
}

/** The first page of somebody whose enterprise has not been confirmed yet. */
export function unboundHome({ today, registration }: RegistrationFacts): Home {
  const figures = [{ label: '政策条款', value: '查看支持条件', href: '/policies' }];
  if (!registration) {
    return homeOf('尚未绑定企业：请填写科技主管部门发来的绑定码，或等待审核人员核实身份。', figures, [
      waits('binding', '填写绑定码', 1, '/binding'),
    ]);
  }
  const { enterpriseName: name, status, submittedOn, reason } = registration;
  const refused = status === 'refused';
  const sentence = refused
    ? `「${name}」的注册未通过：${reason ?? '未写明理由'}。`
    : `「${name}」的注册已于 ${dayText(submittedOn, today)}提交，正在等待审核；收到绑定码的，可直接填写绑定码完成绑定。`;
  return homeOf(sentence, figures, [waits('binding', '填写绑定码', 1, '/binding', refused)]);
}
