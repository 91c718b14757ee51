import type { Tx } from '../db/client.ts';
import { type Condition, chinese, type ListAsk, type Listing, readKeys } from '../db/listing.ts';
import type { EnterpriseRecord } from './enterprise.ts';
import { foldName } from './uscc.ts';

/** Enterprises by code with their titles, locked until the transaction ends when they are about to be written. */
export async function enterprisesByUscc(tx: Tx, usccs: string[], lock = false): Promise<Map<string, EnterpriseRecord>> {
  if (lock) await tx.$executeRaw`SELECT 1 FROM enterprise WHERE uscc = ANY(${usccs}::text[]) ORDER BY uscc FOR UPDATE`;
  const rows = await tx.$queryRaw<EnterpriseRecord[]>`
    SELECT e.uscc, e.name, e.registered_at AS "registeredIn", e.industry, e.staff, e.assets::text AS "totalAssets", e.revenue::text,
           e.previous_revenue::text AS "previousRevenue", e.rnd_expense::text AS "rndExpense", e.legal_representative AS "legalRepresentative",
           coalesce(t.titles, '[]'::jsonb) AS titles
      FROM enterprise e
      LEFT JOIN (SELECT uscc, jsonb_agg(jsonb_build_object('kind', kind, 'certificateNo', certificate_no, 'validFrom', valid_from, 'validTo', valid_to) ORDER BY id) AS titles
                   FROM enterprise_title WHERE uscc = ANY(${usccs}::text[]) GROUP BY uscc) t USING (uscc)
     WHERE e.uscc = ANY(${usccs}::text[]) ORDER BY e.uscc`;
  // jsonb keeps its own order of keys; records are compared as text.
  return new Map(
    rows.map((row) => {
      const titles = row.titles.map(({ kind, certificateNo, validFrom, validTo }) => ({
        kind,
        certificateNo,
        validFrom,
        validTo,
      }));
      return [row.uscc, { ...row, titles }];
    }),
  );
}

/** Writes enterprises and their titles as given; titles that are not among them stay. */
export async function writeEnterprises(tx: Tx, records: EnterpriseRecord[]): Promise<void> {
  const of = <T>(pick: (r: EnterpriseRecord) => T) => records.map(pick);
  await tx.$executeRaw`
    INSERT INTO enterprise (uscc, name, folded_name, registered_at, industry, staff, assets, revenue, previous_revenue, rnd_expense, legal_representative)
    SELECT * FROM unnest(${of((r) => r.uscc)}::text[], ${of((r) => r.name)}::text[], ${of((r) => foldName(r.name))}::text[], ${of((r) => r.registeredIn)}::text[],
      ${of((r) => r.industry)}::text[], ${of((r) => r.staff)}::int[], ${of((r) => r.totalAssets)}::numeric[], ${of((r) => r.revenue)}::numeric[],
      ${of((r) => r.previousRevenue)}::numeric[], ${of((r) => r.rndExpense)}::numeric[], ${of((r) => r.legalRepresentative)}::text[])
    ON CONFLICT (uscc) DO UPDATE SET name = EXCLUDED.name, folded_name = EXCLUDED.folded_name, registered_at = EXCLUDED.registered_at, industry = EXCLUDED.industry,
      staff = EXCLUDED.staff, assets = EXCLUDED.assets, revenue = EXCLUDED.revenue, previous_revenue = EXCLUDED.previous_revenue, rnd_expense = EXCLUDED.rnd_expense,
      legal_representative = EXCLUDED.legal_representative, updated_at = now()`;
  const held = records.flatMap((r) => r.titles.map((title) => ({ uscc: r.uscc, ...title })));
  const ofTitle = <T>(pick: (t: (typeof held)[number]) => T) => held.map(pick);
  await tx.$executeRaw`
    INSERT INTO enterprise_title (uscc, kind, certificate_no, valid_from, valid_to)
    SELECT * FROM unnest(${ofTitle((t) => t.uscc)}::text[], ${ofTitle((t) => t.kind)}::text[], ${ofTitle((t) => t.certificateNo)}::text[],
      ${ofTitle((t) => t.validFrom)}::date[], ${ofTitle((t) => t.validTo)}::date[])
    ON CONFLICT (uscc, kind, certificate_no) DO UPDATE SET valid_from = EXCLUDED.valid_from, valid_to = EXCLUDED.valid_to
     WHERE (enterprise_title.valid_from, enterprise_title.valid_to) IS DISTINCT FROM (EXCLUDED.valid_from, EXCLUDED.valid_to)`;
}

export const ENTERPRISES: Listing = {
  from: 'enterprise e',
  key: { sql: 'e.uscc', type: 'text' },
  fields: {
    uscc: { sql: 'e.uscc', type: 'text' },
    name: { sql: chinese('e.name'), type: 'text' },
    registeredIn: { sql: chinese('e.registered_at'), type: 'text' },
    industry: { sql: chinese('e.industry'), type: 'text', nullable: true },
    staff: { sql: 'e.staff::bigint', type: 'bigint' },
    totalAssets: { sql: 'e.assets', type: 'numeric' },
    revenue: { sql: 'e.revenue', type: 'numeric' },
    previousRevenue: { sql: 'e.previous_revenue', type: 'numeric' },
    rndExpense: { sql: 'e.rnd_expense', type: 'numeric' },
  },
  search: ['e.uscc', 'e.name', 'e.folded_name'],
  order: 'uscc',
};

export interface EnterpriseFilter {
  uscc?: string;
  /** part of the name, widths and brackets folded */
  name?: string;
  /** holds this title on the day */
  title?: string;
  asOf: string;
}

/**
 * Codes of the enterprises the actor's list shows, in their order. A bank's list are those it has filed, a county's those filed with its pools or
 * registered in their region, an enterprise's is itself.
 */
export function listedUsccs(tx: Tx, { uscc, name, title, asOf }: EnterpriseFilter, ask: ListAsk) {
  const conditions: Condition[] = [
    ['e.uscc = ?', uscc],
    ['position(? IN e.folded_name) > 0', name === undefined ? undefined : foldName(name)],
    [
      'EXISTS (SELECT FROM enterprise_title t WHERE t.uscc = e.uscc AND t.kind = ? AND ?::date BETWEEN t.valid_from AND t.valid_to)',
      title,
      asOf,
    ],
    [OWN],
  ];
  return readKeys(tx, ENTERPRISES, conditions, ask);
}

// Row-level security leaves only the actor's own filings to the second look.
const OWN = `((SELECT current_setting('app.scope', true) = 'all') OR e.uscc = current_setting('app.enterprise', true)
  OR EXISTS (SELECT FROM loan_filing f WHERE f.enterprise_uscc = e.uscc)
  OR EXISTS (SELECT FROM pool p, unnest(p.regions) region WHERE p.code = ANY (string_to_array(current_setting('app.pools', true), ',')) AND position(region IN e.registered_at) > 0))`;
