import { type Home, homeOf } from './home.ts';

/** What a guarantor, re-guarantor or insurer answers for now. Wire amounts. */
export interface GuarantorFacts {
  guarantees: number;
  liability: string;
  /** of loans that are 不良 now */
  badLiability: string;
  paid: string;
}

/** A guarantor's question: what do we answer for, and what of it is in danger. */
export function guarantorHome({ guarantees, liability, badLiability, paid }: GuarantorFacts): Home {
  const danger = badLiability === '0.00' ? '其中没有不良贷款' : '其中已有不良贷款，请关注代偿';
  const sentence = guarantees === 0 ? '本机构在本项目还没有担保的贷款。' : `本机构担保 ${guarantees} 笔，${danger}。`;
  return homeOf(
    sentence,
    [
      { label: '担保责任余额', value: liability, unit: '元', href: '/guarantees' },
      { label: '不良贷款的担保责任余额', value: badLiability, unit: '元', href: '/guarantees' },
      { label: '累计代偿', value: paid, unit: '元', href: '/guarantees' },
    ],
    [],
  );
}
