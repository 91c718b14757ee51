import { standing as standingKind } from '../kinds/standing.ts';
import { subsidyGate } from '../kinds/subsidy-gate.ts';
import { subsidyHolder } from '../kinds/subsidy-holder.ts';
import { example, FROM_2020, FROM_2021, FROM_2023, folder, of2020, of2021 } from './document.ts';

const { code, article } = folder;

const TECH_SME = { code: 'techSme', label: '科技型中小企业' };
const TITLES_2021 = [
  { code: 'nationalHighTech', label: '国家高新技术企业' },
  { code: 'innovationBenchmark', label: '创新型示范（标杆）企业' },
  { code: 'agriHighTech', label: '农业高新技术企业' },
  { code: 'techLittleGiant', label: '科技小巨人企业' },
  TECH_SME,
];
const SPECIALIZED = { code: 'specializedNew', label: '专精特新企业' };

const held = (kind: string, validFrom: string, validTo: string) => ({
  ...{ kind, certificateNo: 'NX202600001', validFrom, validTo },
});

export const holder = subsidyHolder({
  id: `${code}.holder`,
  title: '企业资质',
  versions: [
    { effectiveFrom: FROM_2020!, value: { anyOf: [TECH_SME], on: 'appliedOn' }, citation: of2020 },
    {
      effectiveFrom: FROM_2021!,
      value: { anyOf: TITLES_2021, on: 'appliedOn', orContestWithinYears: 2 },
      citation: of2021('申报条件第 2 项'),
    },
    {
      effectiveFrom: FROM_2023!,
      value: { anyOf: [...TITLES_2021, SPECIALIZED], on: 'appliedOn', orContestWithinYears: 2 },
      citation: {
        ...article('第三条第（一）项'),
        confirmed: false,
        source:
          '申报时须为有效期内的科技型企业或专精特新企业；科技型企业包括哪些资质、赛事获奖是否继续适用未见，沿用 2021 年办法',
      },
    },
  ],
  cases: [
    {
      says: '2020 年只有科技型中小企业可以申请贴息',
      on: '2020-09-01',
      input: { dates: { appliedOn: '2020-09-01' }, titles: [held('nationalHighTech', '2019-11-01', '2022-10-31')] },
      expected: { lacks: 'title' },
    },
    {
      says: '2022 年国家高新技术企业可以',
      on: '2022-09-22',
      input: { dates: { appliedOn: '2022-09-22' }, titles: [held('nationalHighTech', '2019-11-01', '2022-10-31')] },
      expected: { holds: 'nationalHighTech' },
    },
    {
      says: '没有资质、上一年在创新创业大赛获奖的企业可以',
      on: '2022-09-22',
      input: { dates: { appliedOn: '2022-09-22' }, titles: [], contestYear: 2021 },
      expected: { holds: 'contest' },
    },
    {
      says: '专精特新企业 2023 年办法起可以',
      on: '2023-11-28',
      input: { dates: { appliedOn: '2023-11-28' }, titles: [held('specializedNew', '2023-01-01', '2025-12-31')] },
      expected: { holds: 'specializedNew' },
    },
    {
      says: '申报日资质已经过期的不可以，付款时有效也不行',
      on: '2026-09-01',
      input: {
        dates: { appliedOn: '2026-09-01', paidOn: '2026-03-01' },
        titles: [held('techSme', '2025-05-01', '2026-04-30')],
      },
      expected: { lacks: 'title' },
    },
    {
      says: '雏鹰企业不在所列资质内',
      on: '2026-09-01',
      input: { dates: { appliedOn: '2026-09-01' }, titles: [held('fledgling', '2024-11-01', '2027-10-31')] },
      expected: { lacks: 'title' },
    },
  ],
});

const GATE = { growthPercent: '5', rndPercent: '2', waivedForNewTitle: true };

export const gate = subsidyGate({
  id: `${code}.gate`,
  title: '经营和研发门槛',
  versions: [
    { effectiveFrom: FROM_2021!, value: GATE, citation: of2021('申报条件第 3 项') },
    {
      effectiveFrom: FROM_2023!,
      value: GATE,
      citation: { ...example('2023', '2023 年办法可读部分未见此项，沿用 2021 年办法'), mark: 'F' },
    },
  ],
  cases: [
    {
      says: '收入恰好增长 5%',
      on: '2026-09-01',
      input: { revenue: '10500.00', previousRevenue: '10000.00', rndExpense: '0.00', newTitle: false },
      expected: 'revenue',
    },
    {
      says: '收入只增长 1%，研发占比恰好 2%',
      on: '2026-09-01',
      input: { revenue: '10100.00', previousRevenue: '10000.00', rndExpense: '202.00', newTitle: false },
      expected: 'rnd',
    },
    {
      says: '收入增长 1%，利润增长 5%',
      on: '2026-09-01',
      input: {
        ...{ revenue: '10100.00', previousRevenue: '10000.00', rndExpense: '0.00', newTitle: false },
        ...{ profit: '1050.00', previousProfit: '1000.00' },
      },
      expected: 'profit',
    },
    {
      says: '收入增长 1%、研发占比 1.2%，不符合',
      on: '2026-09-01',
      input: { revenue: '10100.00', previousRevenue: '10000.00', rndExpense: '121.20', newTitle: false },
      expected: 'failed',
    },
    {
      says: '同样的数字，当年新取得资质的不受限制',
      on: '2026-09-01',
      input: { revenue: '10100.00', previousRevenue: '10000.00', rndExpense: '121.20', newTitle: true },
      expected: 'waived',
    },
    {
      says: '研发费用未填报的，不能判断',
      on: '2026-09-01',
      input: { revenue: '10100.00', previousRevenue: '10000.00', newTitle: false },
      expected: 'unknown',
    },
  ],
});

const standingClause = standingKind({
  id: `${code}.standing`,
  title: '守法和信用',
  versions: [
    {
      effectiveFrom: FROM_2020!,
      value: {
        barred: [
          { code: 'majorBreach', label: '近两年发生严重违法行为' },
          { code: 'seriousDishonesty', label: '近两年发生严重失信行为' },
        ],
      },
      citation: { ...of2021('申报条件第 1 项'), confirmed: false },
    },
  ],
  cases: [
    {
      says: '发生严重失信行为的，不得申报',
      on: '2026-09-01',
      input: { majorBreach: false, seriousDishonesty: true },
      expected: { barred: ['seriousDishonesty'], unknown: [] },
    },
  ],
});
export const standing = { ...standingClause, resolvedBy: 'askedOn' as const };
