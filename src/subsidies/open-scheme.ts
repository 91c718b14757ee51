import type { LocalDate } from '../calendar/local-date.ts';
import { lprOn } from '../calendar/lpr.ts';
import { DomainError } from '../errors.ts';
import { toPercent } from '../money/rate.ts';
import { type Clause, type ClauseVersion, valueOn } from '../policy/clause.ts';
import type { FilingContext } from '../policy/filing.ts';
import type { SubsidyAmount } from '../policy/kinds/subsidy-amount.ts';
import type { SubsidyKind } from '../policy/kinds/subsidy-line.ts';
import type { Scheme, SchemeLine } from '../policy/scheme.ts';

/** A clause with the version of it that holds on the day of an application. */
export interface Held<V, C extends Clause<V>> {
  clause: C;
  version: ClauseVersion<V>;
}
type HeldOf<C> = C extends Clause<infer V, infer I, infer O> ? Held<V, Clause<V, I, O>> : never;

/** The clauses of one kind of cost on a day. */
export interface OpenLine {
  period: HeldOf<SchemeLine['period']>;
  allowed: HeldOf<SchemeLine['allowed']>;
  amount: HeldOf<SchemeLine['amount']>;
}

/** A scheme on a day: every version resolved, rates looked up once. Keep it for a whole batch. */
export interface OpenScheme {
  scheme: Scheme;
  on: LocalDate;
  registration: HeldOf<Scheme['registration']>;
  holder: HeldOf<Scheme['holder']>;
  /** null where the scheme, or its document of the day, has no gate */
  gate: HeldOf<NonNullable<Scheme['gate']>> | null;
  standing: HeldOf<Scheme['standing']>;
  caps: HeldOf<Scheme['caps']>;
  clawback: HeldOf<Scheme['clawback']>;
  /** @throws DomainError SUBSIDY_KIND_UNKNOWN where the scheme never knew the kind, POLICY_OUTSIDE_DATES on a day it does not */
  line(kind: SubsidyKind): OpenLine;
  /** The LPR that an amount's clause means for a loan, in percent. @throws DomainError LPR_MISSING */
  lpr(value: SubsidyAmount, signedOn: LocalDate): { percent: string; source: string; confirmed: boolean } | null;
}

/**
 * Resolves a scheme's clauses for applications of a day.
 * @throws DomainError POLICY_OUTSIDE_DATES when the scheme does not hold on it
 */
export function openScheme(scheme: Scheme, on: LocalDate, context: FilingContext): OpenScheme {
  const { added } = context;
  const hold = <V, I, O>(clause: Clause<V, I, O>): Held<V, Clause<V, I, O>> => ({
    clause,
    version: valueOn(clause, on, added),
  });
  const lines = new Map<SubsidyKind, OpenLine>();
  const rates = new Map<string, ReturnType<OpenScheme['lpr']>>();
  return {
    scheme,
    on,
    registration: hold(scheme.registration),
    holder: hold(scheme.holder),
    gate: scheme.gate && hasBegun(scheme.gate, on, context) ? hold(scheme.gate) : null,
    standing: hold(scheme.standing),
    caps: hold(scheme.caps),
    clawback: hold(scheme.clawback),
    line(kind) {
      const known = lines.get(kind);
      if (known) return known;
      const clauses = scheme.lines[kind];
      if (!clauses) throw unknownKind(scheme, kind);
      const opened = { period: hold(clauses.period), allowed: hold(clauses.allowed), amount: hold(clauses.amount) };
      lines.set(kind, opened);
      return opened;
    },
    lpr({ lpr }, signedOn) {
      if (!lpr) return null;
      const key = `${lpr.tenor} ${lpr.anchor} ${signedOn}`;
      if (!rates.has(key)) {
        const { rate, quote } = lprOn(context.lprQuotes, lpr.tenor, signedOn, lpr.anchor, context.notices);
        rates.set(key, {
          percent: toPercent(rate),
          source: `${quote.month}：${quote.source}`,
          confirmed: quote.confirmed,
        });
      }
      return rates.get(key)!;
    },
  };
}

/** Whether a clause that later documents brought was there already. */
function hasBegun(clause: Clause, on: LocalDate, { added = [] }: FilingContext): boolean {
  const own = added.filter(({ clauseId }) => clauseId === clause.id);
  return [...clause.versions, ...own].some(({ effectiveFrom }) => effectiveFrom <= on);
}

function unknownKind({ document }: Scheme, kind: SubsidyKind): DomainError {
  return new DomainError('SUBSIDY_KIND_UNKNOWN', `${document.title}没有规定这一类补贴（${kind}）`);
}
