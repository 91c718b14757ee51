import { registration as registrationKind } from '../kinds/registration.ts';
import { size as sizeKind } from '../kinds/size.ts';
import { standing as standingKind } from '../kinds/standing.ts';
import { titles as titlesKind } from '../kinds/titles.ts';
import { CODE, since, unseen } from './document.ts';

const ZHONGWEI = '中卫市 2023 年「宁科贷」业务问答；2025 年办法对应条款未见';

export const registration = registrationKind({
  id: `${CODE}.registration`,
  title: '登记地',
  versions: since(
    {
      region: ['宁夏回族自治区', '宁夏'],
      places: ['银川市', '石嘴山市', '吴忠市', '固原市', '中卫市', '宁东'],
      inPoolRegion: true,
    },
    unseen('F', `${ZHONGWEI}；企业登记地与资金池所在地一致为示例`),
  ),
  cases: [
    {
      says: '平罗县登记的企业可以进平罗县资金池',
      on: '2026-04-10',
      input: { registeredAt: '石嘴山市平罗县', poolRegions: ['石嘴山市平罗县'] },
      expected: true,
    },
    {
      says: '写明自治区全称的登记地同样认可',
      on: '2026-04-10',
      input: { registeredAt: '宁夏回族自治区银川市金凤区', poolRegions: ['银川市'] },
      expected: true,
    },
    {
      says: '银川的企业不能进平罗县资金池',
      on: '2026-04-10',
      input: { registeredAt: '银川市金凤区', poolRegions: ['石嘴山市平罗县'] },
      expected: false,
    },
    {
      says: '区外登记的企业不符合条件',
      on: '2026-04-10',
      input: { registeredAt: '甘肃省白银市平川区' },
      expected: false,
    },
  ],
});

export const size = sizeKind({
  id: `${CODE}.size`,
  title: '企业规模',
  versions: since({ staff: 500, revenue: '200000000.00', assets: '200000000.00' }, unseen('F', ZHONGWEI)),
  cases: [
    {
      says: '500 人、营业收入和资产均为 2 亿元，恰好符合',
      on: '2026-04-10',
      input: { staff: 500, revenue: '200000000.00', assets: '200000000.00' },
      expected: [],
    },
    {
      says: '501 人、资产 2 亿元零 1 分，两项超限',
      on: '2026-04-10',
      input: { staff: 501, revenue: '1.00', assets: '200000000.01' },
      expected: ['staff', 'assets'],
    },
  ],
});

const HIGH_TECH = {
  kind: 'nationalHighTech',
  certificateNo: 'GR202464000001',
  validFrom: '2024-11-01',
  validTo: '2027-10-31',
};

export const titles = titlesKind({
  id: `${CODE}.titles`,
  title: '企业资质',
  versions: since(
    {
      anyOf: [
        { code: 'nationalHighTech', label: '国家高新技术企业' },
        { code: 'techLittleGiant', label: '科技小巨人企业' },
        { code: 'agriHighTech', label: '农业高新技术企业' },
        { code: 'techSme', label: '科技型中小企业' },
      ],
      orDemandRegister: true,
    },
    unseen('F', ZHONGWEI),
  ),
  cases: [
    {
      says: '资质有效期最后一天备案仍然有效',
      on: '2027-10-31',
      input: { on: '2027-10-31', titles: [HIGH_TECH] },
      expected: 'nationalHighTech',
    },
    {
      says: '资质过期次日备案不符合条件',
      on: '2027-11-01',
      input: { on: '2027-11-01', titles: [HIGH_TECH] },
      expected: null,
    },
    {
      says: '只有瞪羚企业资质不符合条件',
      on: '2026-04-10',
      input: { on: '2026-04-10', titles: [{ ...HIGH_TECH, kind: 'gazelle' }] },
      expected: null,
    },
    {
      says: '列入融资需求库的企业可以没有资质',
      on: '2026-04-10',
      input: { on: '2026-04-10', titles: [], inDemandRegister: true },
      expected: 'demandRegister',
    },
  ],
});

export const standing = standingKind({
  id: `${CODE}.standing`,
  title: '守法和信用',
  versions: since(
    {
      barred: [
        { code: 'majorBreach', label: '近 3 年发生重大安全、质量、环境事故或科研严重失信' },
        { code: 'abnormalOperation', label: '列入经营异常名录' },
        { code: 'seriousDishonesty', label: '列入严重违法失信名单' },
        { code: 'representativeBadCredit', label: '法定代表人有重大不良信用记录' },
      ],
    },
    unseen('F', ZHONGWEI),
  ),
  cases: [
    {
      says: '已知列入经营异常名录的，不符合条件，其余未查的如实列出',
      on: '2026-04-10',
      input: { abnormalOperation: true, seriousDishonesty: false },
      expected: { barred: ['abnormalOperation'], unknown: ['majorBreach', 'representativeBadCredit'] },
    },
    {
      says: '什么都没查的，四项都列为未核查',
      on: '2026-04-10',
      input: {},
      expected: {
        barred: [],
        unknown: ['majorBreach', 'abnormalOperation', 'seriousDishonesty', 'representativeBadCredit'],
      },
    },
  ],
});
