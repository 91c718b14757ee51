import type pg from 'pg';
import { money, toWire } from '../../src/money/money.ts';
import { schemeByCode } from '../../src/policy/register.ts';
import { evaluate } from '../../src/subsidies/evaluate.ts';
import type { Applicant, SubsidyItem } from '../../src/subsidies/facts.ts';
import { openScheme } from '../../src/subsidies/open-scheme.ts';
import { demoApplicants, RULES } from '../support/subsidies.ts';
import { type BenchDatabase, type Measure, paired, row, seeded } from './support.ts';

const LINES = Number(process.env.SUBSIDY_LINES ?? 100_000);
const CHUNK = Math.min(10_000, LINES);
/** Lines of an application, as the demonstration's have. */
const PER = 4;
const ON = '2026-09-20';
const SCHEME = 'ningxia-tech-finance-subsidy';
const SEED = 20261122;

interface Line {
  application: string;
  uscc: string;
  item: Omit<SubsidyItem, 'cost' | 'otherMoney' | 'principal'> & {
    cost: string;
    otherMoney: string;
    principal?: string;
  };
}

/**
 * Application lines calculated, each with its checks, caps and explanation tree, beside reading the same lines from the database: one batch after the other,
 * in turn, until all have been both read and calculated. SUBSIDY_LINES takes the place of the count.
 */
export const measure: Measure = async ({ pool }) => {
  const applicants = demoApplicants();
  await fill(pool, [...applicants.keys()]);
  const chunks: Line[][] = [];
  for (let at = 0; at < LINES / CHUNK; at++) chunks.push(await read(pool, at));
  const open = openScheme(schemeByCode(SCHEME), ON, RULES);
  let [calculated, asked, nodes] = [0, 0, 0];
  const figures = await paired(
    { rounds: LINES / CHUNK, warmUp: 1, units: CHUNK },
    async () => {
      for (const own of Map.groupBy(chunks[calculated++ % chunks.length]!, ({ application }) => application).values()) {
        const { lines, explanation } = evaluate(open, factsOf(applicants.get(own[0]!.uscc)!, own));
        nodes += explanation.inputs.length;
        asked += lines.length;
      }
    },
    () => read(pool, asked === 0 ? 0 : calculated % chunks.length),
  );
  if (asked < LINES || nodes !== asked) throw new Error(`${asked} of ${LINES} lines calculated, ${nodes} explained`);
  return [row(`补贴测算 ${LINES} 项（含核查、限额和计算过程），对读取同样的明细`, '项/秒', figures, { atLeast: 0.15 })];
};

async function fill(pool: pg.Pool, usccs: string[]): Promise<void> {
  const random = seeded(SEED);
  const items = Array.from({ length: LINES }, () => itemOf(random));
  await pool.query(
    `INSERT INTO subsidy_application (id, scheme_code, year, batch_no, enterprise_uscc, enterprise_name, origin, status, request, content, checks, explanation, demand, applied_on, received_no, created_by, created_on)
     SELECT n, $1, 2026, 2, ($2::text[])[1 + n % cardinality($2::text[])], '企业' || n, 'import', 'submitted', '{}', n::text, '[]', '{}', 0, $3, n, 'bench', $3
       FROM generate_series(1, $4::int) n`,
    [SCHEME, usccs, ON, Math.ceil(LINES / PER)],
  );
  for (let at = 0; at < LINES; at += CHUNK) {
    const part = items.slice(at, at + CHUNK);
    await pool.query(
      `INSERT INTO subsidy_line (application_id, place, scheme_code, year, enterprise_uscc, kind, class, name, cost, other_money, asked, amount, status, item, checks, explanation)
       SELECT a.id, 1 + (w.n - 1) % ${PER}, a.scheme_code, a.year, a.enterprise_uscc, w.item ->> 'kind', w.item ->> 'class', w.item ->> 'name', (w.item ->> 'cost')::numeric, 0, 0, 0, 'open', w.item, '[]', '{}'
         FROM unnest($1::jsonb[]) WITH ORDINALITY u(item, k) CROSS JOIN LATERAL (SELECT $2::int + u.k AS n, u.item) w JOIN subsidy_application a ON a.id = 1 + (w.n - 1) / ${PER}`,
      [part.map((item) => JSON.stringify(item)), at],
    );
  }
  await pool.query('ANALYZE subsidy_line');
}

/** One batch of lines, as they are kept. */
async function read(pool: BenchDatabase['pool'], chunk: number): Promise<Line[]> {
  const { rows } = await pool.query<Line>(
    `SELECT application_id::text AS application, enterprise_uscc AS uscc, item FROM subsidy_line WHERE application_id > $1 AND application_id <= $2 ORDER BY application_id, place`,
    [(chunk * CHUNK) / PER, ((chunk + 1) * CHUNK) / PER],
  );
  return rows;
}

function factsOf(applicant: Applicant, lines: Line[]) {
  const items = lines.map(
    ({ item }): SubsidyItem => ({
      ...item,
      ...{ cost: money(item.cost), otherMoney: money(item.otherMoney) },
      principal: item.principal === undefined ? undefined : money(item.principal),
    }),
  );
  return { appliedOn: ON, year: 2026, applicant, items, history: { earlier: [] } };
}

/** A line at random: mostly premiums, some interest, some fees. */
function itemOf(random: () => number): Line['item'] {
  const dates = { startsOn: '2026-03-01', endsOn: '2027-02-28', paidOn: '2026-03-05', signedOn: '2026-02-20' };
  const cost = toWire(money(`${Math.trunc(random() * 400_000)}.${10 + Math.trunc(random() * 90)}`));
  const common = { dates, cost, otherMoney: '0.00', partner: true, termMonths: 12 };
  const which = random();
  if (which < 0.8)
    return { ...common, kind: 'premium', name: '研发责任保险', class: ['I', 'II', 'III'][Math.trunc(random() * 3)]! };
  if (which < 0.9)
    return { ...common, kind: 'interest', name: '流动资金贷款利息', annualRate: '4.35', principal: '5000000.00' };
  return which < 0.95
    ? { ...common, kind: 'guaranteeFee', name: '担保费' }
    : { ...common, kind: 'valuationFee', name: '专利评估费' };
}
