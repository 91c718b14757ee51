import { z } from 'zod';
import { lprOn } from '../../calendar/lpr.ts';
import type { Citation } from '../../errors.ts';
import { Exact } from '../../money/money.ts';
import { ratePercent, toPercent } from '../../money/rate.ts';
import { checksOf } from '../check.ts';
import type { Clause, ClauseSpec } from '../clause.ts';
import { derived, given } from '../explanation.ts';
import { type FilingRule, filingRule, NO_CHECKS } from '../filing.ts';

const schema = z.strictObject({
  tenor: z.enum(['1Y', '5Y']),
  anchor: z.enum(['monthBeforeSigning', 'atSigning', 'samePeriod']),
  /** Hundredths of a point above the LPR. */
  basisPoints: z.int().min(0).max(10000),
});
export type RateCap = z.infer<typeof schema>;

const ANCHORS: Record<RateCap['anchor'], string> = {
  monthBeforeSigning: '合同签订上月',
  atSigning: '合同签订时最近一期',
  samePeriod: '合同签订当月',
};

/** The highest yearly rate of a loan, above the LPR. Input: the LPR in percent; answers the cap in percent. */
export function rateCap(spec: ClauseSpec<RateCap, string, string>): Clause<RateCap, string, string> {
  return {
    ...spec,
    unit: '%',
    resolvedBy: 'signedOn',
    schema,
    describe: ({ tenor, anchor, basisPoints }) => `年利率不高于${ANCHORS[anchor]} LPR-${tenor} 加 ${basisPoints} 基点`,
    apply: ({ basisPoints }, lpr) => toPercent(ratePercent(lpr).plus(new Exact(basisPoints).div(10000))),
  };
}

/** Codes: RATE_CAP, RATE_ABOVE_CAP; LPR_MISSING when the quote it needs is not in the table. */
export function rateCapRule(clause: Clause<RateCap, string, string>): FilingRule {
  return filingRule(clause, (version, { lprQuotes, notices }, on) => {
    const { tenor, anchor, basisPoints } = version.value;
    const { rate: lpr, quote } = lprOn(lprQuotes, tenor, on, anchor, notices);
    const percent = toPercent(lpr);
    const limitText = clause.apply(version.value, percent);
    const limit = ratePercent(limitText);
    const { cites, pass, fail } = checksOf(clause, version);
    const published: Citation = {
      document: '贷款市场报价利率（LPR），全国银行间同业拆借中心公布',
      article: `${quote.month}，${quote.publishedOn} 公布`,
      confirmed: quote.confirmed,
      source: quote.source,
    };
    const allCites = [...cites, published];
    const why = `LPR-${tenor} ${percent}% + ${basisPoints} 基点`;
    const capNode = derived('年利率上限', `${limitText}%`, cites, [
      derived(`LPR-${tenor}`, `${percent}%`, [published], [given('取值日', on)]),
      given('加点', `${basisPoints} 基点`),
    ]);
    return ({ filing: { annualRate } }) => {
      if (annualRate === undefined) return NO_CHECKS;
      const rate = toPercent(annualRate);
      const more = { cites: allCites, explanation: derived('年利率', `${rate}%`, [], [capNode]) };
      if (annualRate.lte(limit)) return [pass('RATE_CAP', `年利率 ${rate}% 不高于上限 ${limitText}%（${why}）`, more)];
      const message = `年利率 ${rate}% 高于上限 ${limitText}%（${why}）`;
      return [fail('RATE_ABOVE_CAP', message, { field: 'annualRate', value: rate, ...more })];
    };
  });
}
