import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { inTransaction } from '../db/transaction.ts';
import { type Citation, DomainError } from '../errors.ts';
import type { Check } from '../policy/check.ts';
import { type Clause, valueOn } from '../policy/clause.ts';
import type { FilingContext } from '../policy/filing.ts';
import { LINE_DATES, SUBSIDY_KINDS, type SubsidyKind } from '../policy/kinds/subsidy-line.ts';
import { SCHEMES } from '../policy/register.ts';
import type { Scheme } from '../policy/scheme.ts';
import { rulebook } from '../policy/store.ts';
import { applicantAsks, type LineAsks, lineAsks, windowOn } from './asks.ts';
import { judgeMany } from './judge-service.ts';
import { type OpenLine, type OpenScheme, openScheme } from './open-scheme.ts';

/** A rule as people read it, with its article. */
export interface SaidRule {
  title: string;
  text: string;
  cites: Citation[];
}

/** One kind of cost that a scheme subsidises now. `from`, `to`: the window of the batch's year for the day named by `counts`. */
export interface OfferedLine extends LineAsks {
  kind: SubsidyKind;
  title: string;
  counts: string;
  from: LocalDate;
  to: LocalDate;
  classes: { code: string; label: string }[];
  rules: SaidRule[];
}

/** A scheme that an enterprise may look at today: the batch it would come into, whether it may apply and why, what it could get for what. */
export interface Offer {
  scheme: string;
  title: string;
  number: string | null;
  issuers: string[];
  year: number;
  batchNo: number;
  closesOn: LocalDate;
  /** what the enterprise itself is judged by; costs are judged when they are told */
  eligible: boolean;
  checks: Check[];
  lines: OfferedLine[];
  rules: SaidRule[];
  /** figures that only the enterprise can tell */
  asks: string[];
}

/**
 * The schemes in force today whose region the enterprise is registered in, those first that it may apply to, each with its batch, cut-off day and rules in
 * words. @throws DomainError FORBIDDEN (403) where one acts for no enterprise
 */
export async function listOffers(ctx: Context): Promise<Offer[]> {
  permit(ctx, 'subsidy.apply');
  const { today, actor } = ctx;
  const uscc = actor.enterprise;
  if (!uscc) throw new DomainError('FORBIDDEN', '只有企业可以申请补贴', { status: 403 });
  return inTransaction(ctx, async (tx) => {
    const rules = await rulebook(tx);
    const { name } = await tx.enterprise.findUniqueOrThrow({ where: { uscc } });
    const offers: Offer[] = [];
    for (const scheme of SCHEMES) {
      const open = inForce(scheme, today, rules);
      if (open) offers.push(...(await offer(tx, open, { uscc, name }, rules)));
    }
    return offers.sort((a, b) => Number(b.eligible) - Number(a.eligible));
  });
}

/** null where the scheme does not hold on the day. */
function inForce(scheme: Scheme, on: LocalDate, rules: FilingContext): OpenScheme | null {
  return orNull(() => openScheme(scheme, on, rules));
}

async function offer(
  tx: Tx,
  open: OpenScheme,
  { uscc, name }: { uscc: string; name: string },
  rules: FilingContext,
): Promise<Offer[]> {
  const { scheme, on } = open;
  const { title, number, issuers } = scheme.document;
  const held = <V, I, O>(clause: Clause<V, I, O>) => ({ clause, version: valueOn(clause, on, rules.added) });
  const batches = held(scheme.batches);
  const { year, batch: batchNo, closesOn } = batches.clause.apply(batches.version.value, on);
  const nothing = {
    scheme: scheme.code,
    lines: [],
    payee: { accountName: name, bankName: '', accountNo: '' },
    pledged: false,
  };
  const [judged] = await judgeMany(tx, scheme, [{ id: null, uscc, request: nothing, appliedOn: on, year }], rules);
  const { checks, eligible } = judged!.evaluation;
  if (checks.some(({ code }) => code === 'REGISTERED_ELSEWHERE')) return [];
  const lines = linesOf(open, year, rules);
  if (lines.length === 0) return [];
  return [
    {
      ...{
        scheme: scheme.code,
        title,
        number: number ?? null,
        issuers: [...issuers],
        year,
        batchNo,
        closesOn,
        eligible,
        checks,
      },
      lines: lines.map(({ offered }) => offered),
      asks: applicantAsks(
        lines.map(({ line }) => line),
        open.caps.version.value,
      ),
      rules: [
        ...[
          said(open.caps),
          said(batches),
          said(held(scheme.budget)),
          said(held(scheme.publicity)),
          said(open.clawback),
        ],
      ],
    },
  ];
}

/** The kinds of cost that the scheme knows on the day. */
function linesOf(open: OpenScheme, year: number, rules: FilingContext): { line: OpenLine; offered: OfferedLine }[] {
  return (Object.keys(open.scheme.lines) as SubsidyKind[]).flatMap((kind) => {
    const line = orNull(() => open.line(kind));
    if (!line) return [];
    const vouchers = open.scheme.lines[kind]!.vouchers;
    const read = vouchers ? [said({ clause: vouchers, version: valueOn(vouchers, open.on, rules.added) })] : [];
    return [
      {
        line,
        offered: {
          ...{
            kind,
            title: SUBSIDY_KINDS[kind],
            ...windowOn(line, year),
            ...lineAsks(kind, line, open.caps.version.value),
          },
          counts: LINE_DATES[line.period.version.value.counts],
          classes: [...(line.allowed.version.value.classes ?? [])],
          rules: [said(line.amount), said(line.period), said(line.allowed), ...read],
        },
      },
    ];
  });
}

function said<V>({
  clause,
  version,
}: {
  clause: Pick<Clause<V>, 'title' | 'describe'>;
  version: { value: V; citation: Citation };
}): SaidRule {
  return { title: clause.title, text: clause.describe(version.value), cites: [version.citation] };
}

function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}
