import type { Context } from '../access/context.ts';
import type { Tx } from '../db/client.ts';
import type { PrintedRatio } from '../documents/compensation-views.ts';
import { BREAKER_TITLES } from '../documents/kinds.ts';
import { issue } from '../documents/service.ts';
import { toWire } from '../money/money.ts';
import { BREAKER_MEASURES, STOPS } from '../policy/kinds/breaker-words.ts';
import type { BreakerVerdict } from './breaker.ts';

/** What the addressee has to do. */
const DEMANDS = {
  warn: () => ['请加强贷后管理，及时催收和处置逾期贷款，防止风险扩大。'],
  suspend: (stops: 'filings' | 'claims') => [
    `暂停期间不再${STOPS[stops]}${stops === 'filings' ? '，已受理尚未同意的备案暂缓审核' : ''}。`,
    '此前入池的贷款仍应按月报送余额，催收和追偿不受影响。',
  ],
  lift: () => ['请继续做好贷后管理，指标降至暂停线以下后再次达到的，将重新暂停。'],
};

/** 警示、暂停、恢复业务通知书 of one episode, to the bank, or to the cooperating unit where it is its own or the pool's. Once per episode and action. */
export async function issueBreakerNotice(
  tx: Tx,
  ctx: Context,
  about: {
    poolCode: string;
    id: bigint;
    action: 'warn' | 'suspend' | 'lift';
    verdict: BreakerVerdict;
    reasons: string[];
  },
): Promise<string> {
  const { poolCode, id, action, verdict, reasons } = about;
  const pool = await tx.pool.findUniqueOrThrow({ where: { code: poolCode } });
  const names = new Map(
    (await tx.institution.findMany({ select: { code: true, name: true } })).map((i) => [i.code, i.name]),
  );
  const nameOf = (code: string) => names.get(code) ?? code;
  const party = verdict.scope === 'pool' ? pool.name : nameOf(verdict.key);
  const stops = verdict.stopsAt;
  const ratio = ratioOf(party, verdict);
  return issue(tx, ctx, {
    ...{ kind: 'breakerNotice', poolCode, bankCode: verdict.scope === 'bank' ? verdict.key : null },
    subject: `suspension:${id}${action === 'lift' ? ':lift' : ''}`,
    publicFacts: [
      { label: '监测对象', value: party },
      { label: ratio.name, value: ratio.value },
    ],
    view: {
      ...{
        title: BREAKER_TITLES[action],
        programme: pool.programme,
        issuer: nameOf(pool.matchingUnit),
        issuedOn: ctx.today,
      },
      ...{ provisionalFigures: verdict.cites.some((c) => !c.confirmed), cites: verdict.cites },
      ...{ addressee: verdict.scope === 'pool' ? nameOf(pool.cooperatingUnit) : party, poolName: pool.name, action },
      ...{
        stops: STOPS[stops],
        asOf: ctx.today,
        effectiveOn: ctx.today,
        ratios: [ratio],
        reasons,
        demands: DEMANDS[action](stops),
      },
    },
  });
}

function ratioOf(
  party: string,
  { measure, over, under, warn, suspend, explanation, cites }: BreakerVerdict,
): PrintedRatio {
  const { label, over: top, under: bottom } = BREAKER_MEASURES[measure];
  return {
    ...{ subject: party, name: label, value: explanation.value.replace('%', ' %') },
    ...{ over: { name: top, amount: toWire(over) }, under: { name: bottom, amount: toWire(under) } },
    ...(warn !== null && { warn: `${warn} %` }),
    ...{ suspend: `${suspend} %`, cites },
  };
}
