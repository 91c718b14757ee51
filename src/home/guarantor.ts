import type { LocalDate } from '../calendar/local-date.ts';
import type { SettlementPeriod } from '../calendar/settlement-period.ts';
import { amountFigure } from './figures.ts';
import { type Home, homeOf, monthText, waits } from './home.ts';

/** What a guarantor, re-guarantor or insurer answers for now. Wire amounts. */
export interface GuarantorFacts {
  today: LocalDate;
  guarantees: number;
  liability: string;
  /** of loans that are 不良 now, and how many they are */
  badLiability: string;
  bad: number;
  paid: string;
  /** the last month of its pools that is settled, with its statement */
  settled: SettlementPeriod | null;
}

const BAD = '五级分类为次级、可疑、损失的贷款的担保责任余额';

/** A guarantor's question: what do we answer for, and what of it is in danger. */
export function guarantorHome(facts: GuarantorFacts): Home {
  const { today, guarantees, liability, badLiability, bad, paid, settled } = facts;
  const href = '/guarantees';
  const all = (value: string) => ({ name: `在保 ${guarantees} 笔`, value });
  const danger = bad === 0 ? '其中没有不良贷款' : `其中 ${bad} 笔已是不良贷款，请关注代偿`;
  const month = settled === null ? '' : `；结算单已出至 ${monthText(settled, today)}`;
  const sentence =
    guarantees === 0 ? '本机构在本项目还没有担保的贷款。' : `本机构担保 ${guarantees} 笔，${danger}${month}。`;
  return homeOf(
    sentence,
    [
      amountFigure({ label: '担保责任余额', rule: '每笔贷款备案余额 × 本机构担保比例', href }, [all(liability)]),
      amountFigure({ label: '不良贷款的担保责任余额', rule: BAD, href }, [all(badLiability)]),
      amountFigure({ label: '累计代偿', rule: '已登记、未冲销的代偿金额相加', href }, [all(paid)]),
    ],
    [waits('badGuarantee', '担保的不良贷款，可能需要代偿', bad, '/guarantees?sort=-liability', true)],
  );
}
