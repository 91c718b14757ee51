import { cap as capKind } from '../kinds/cap.ts';
import { counted as countedKind } from '../kinds/counted.ts';
import { CODE, since, unseen } from './document.ts';

const TITLE = { certificateNo: 'GR202464000001', validFrom: '2024-11-01', validTo: '2027-10-31' };

export const cap = capKind({
  id: `${CODE}.enterpriseCap`,
  title: '单户上限',
  versions: since(
    {
      standard: '5000000.00',
      byTitle: [{ code: 'nationalHighTech', label: '国家高新技术企业', cap: '10000000.00' }],
      withRelated: true,
    },
    unseen('F', '「宁科贷」2020 年通知：一般企业 500 万元，国家高新技术企业 1000 万元；合并计算口径为示例'),
  ),
  cases: [
    {
      says: '科技型中小企业 500 万元',
      on: '2026-04-10',
      input: { on: '2026-04-10', titles: [{ kind: 'techSme', ...TITLE }] },
      expected: '5000000.00',
    },
    {
      says: '国家高新技术企业 1000 万元',
      on: '2026-04-10',
      input: { on: '2026-04-10', titles: [{ kind: 'nationalHighTech', ...TITLE }] },
      expected: '10000000.00',
    },
    {
      says: '高新技术企业证书过期后回到 500 万元',
      on: '2027-11-01',
      input: { on: '2027-11-01', titles: [{ kind: 'nationalHighTech', ...TITLE }] },
      expected: '5000000.00',
    },
  ],
});

export const counted = countedKind({
  id: `${CODE}.countedAmount`,
  title: '备案金额',
  versions: since({ mayBeLower: true }, unseen('T', '参照山东省 2025 年做法：备案金额可以低于贷款金额')),
  cases: [
    {
      says: '贷 455 万元只备案 364 万元，可以',
      on: '2026-04-10',
      input: { principal: '4550000.00', counted: '3640000.00' },
      expected: true,
    },
    {
      says: '备案 90 万元高于贷款 80 万元，不可以',
      on: '2026-05-20',
      input: { principal: '800000.00', counted: '900000.00' },
      expected: false,
    },
  ],
});
