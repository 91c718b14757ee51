import { SUBSIDY_KINDS, type SubsidyKind } from '../../../policy/kinds/subsidy-line.ts';
import { APPLICATION_STATUSES, type ApplicationStatus } from '../../../subsidies/steps.ts';
import type { Tone } from '../StateTag.tsx';

/** 状态 of an application in the colour of its meaning. */
export const STATUS_TONES: Record<ApplicationStatus, Tone> = {
  ...{ draft: 'plain', submitted: 'near', returned: 'near', recommended: 'near', reviewed: 'near', audited: 'near' },
  ...{ decided: 'near', published: 'near', granted: 'near', approved: 'near', paid: 'within', refused: 'past' },
  ...{ deferred: 'near', withdrawn: 'plain' },
};

/** 状态 of a line, in words and in the colour of its meaning. */
export const LINE_STATUSES: Record<string, [label: string, tone: Tone]> = {
  open: ['待核定', 'plain'],
  allowed: ['予以补贴', 'within'],
  refused: ['不予补贴', 'past'],
  held: ['有异议，暂缓', 'near'],
};

/** Why a voucher is left out, or counts in part. */
export const LEFT_OUT: Record<string, string> = {
  excludedKind: '不属于补贴范围的利息',
  outsideYear: '付息日期不在受理期间内',
  beforeLoan: '计息期间在贷款发放之前',
  overdue: '逾期期间不计',
  tooManyMonths: '超过补贴期限',
};

/** What an application is called where it stands. */
export const statusLabel = (status: string): string => APPLICATION_STATUSES[status as ApplicationStatus] ?? status;

/** The options of a filter by 补贴类别. */
export const SUBSIDY_KIND_OPTIONS = Object.entries(SUBSIDY_KINDS).map(([value, label]) => ({ value, label }));

/** What is asked for, in words. */
export const kindWords = (kinds: string[]): string =>
  kinds.map((kind) => SUBSIDY_KINDS[kind as SubsidyKind] ?? kind).join('、');
