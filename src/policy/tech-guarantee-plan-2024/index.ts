import { partlyKnownPolicy } from '../defaults/policy.ts';
import { cap } from '../kinds/cap.ts';
import { folder } from './document.ts';
import { fees } from './fees.ts';
import { caps, shares } from './shares.ts';

const { code, since, unseen } = folder;

const enterpriseCap = cap({
  id: `${code}.enterpriseCap`,
  title: '单户上限',
  versions: since({ standard: '30000000.00', byTitle: [], withRelated: false }, unseen('F', '单户不超过 3000 万元')),
  cases: [
    { says: '单户 3000 万元', on: '2026-04-10', input: { on: '2026-04-10', titles: [] }, expected: '30000000.00' },
  ],
});

/** 科技创新专项担保计划: the national guarantee fund behind provincial re-guarantors and guarantors. */
export const techGuaranteePlan2024 = partlyKnownPolicy(folder, {
  lossShares: shares,
  lossCaps: caps,
  feeCeilings: fees,
  cap: enterpriseCap,
});
