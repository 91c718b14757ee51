import { consent, fileLoan } from '../../src/loans/filing-service.ts';
import { openService, type Service } from './service/open.ts';
import { BANKS, seedEnterprises, seedInstitutions, seedPool } from './service/parties.ts';
import { type BenchDatabase, median, type Row, row } from './support.ts';

const TODAY = '2026-04-10';
const POOL = 'bench';
const ROUNDS = 5;
const LOANS = 60;

type Employee = Awaited<ReturnType<Service['hire']>>;

/** Filing and consent of one loan after another, and eight at once, beside bare commits of one row. All loans are in one pool, whose ceiling they take turns at. */
export async function measure({ url }: BenchDatabase): Promise<Row[]> {
  const service = await openService(url, TODAY);
  await seedInstitutions(service);
  await seedPool(service, POOL, TODAY);
  const enterprises = await seedEnterprises(service, (2 * ROUNDS + 1) * LOANS);
  const bank = await service.hire('bank', BANKS[0]);
  const reviewer = await service.hire('regionalReviewer');
  const run = (atOnce: number) => fileAndConsent(service, bank, reviewer, enterprises.splice(0, LOANS), atOnce);
  await run(1); // code, plans and caches are warm
  const rounds: { bare: number; alone: number; eight: number }[] = [];
  for (let i = 0; i < ROUNDS; i++)
    rounds.push({ bare: await bareCommits(service, i), alone: await run(1), eight: await run(8) });
  await service.stop();
  const limit = median(rounds.map((r) => r.bare));
  const figures = (pick: (r: (typeof rounds)[number]) => number) => ({
    ours: median(rounds.map(pick)),
    limit,
    ratio: median(rounds.map((r) => pick(r) / r.bare)),
  });
  return [
    row(
      '备案并同意，逐笔：对裸 INSERT 提交',
      '笔/秒',
      figures((r) => r.alone),
    ),
    row(
      '备案并同意，八路并发：对裸 INSERT 提交',
      '笔/秒',
      figures((r) => r.eight),
    ),
  ];
}

/** Files and consents one loan for each enterprise. @returns use cases per second */
async function fileAndConsent(
  { as }: Service,
  bank: Employee,
  reviewer: Employee,
  enterprises: string[],
  atOnce: number,
): Promise<number> {
  const count = enterprises.length;
  const start = performance.now();
  const work = async (): Promise<void> => {
    for (let uscc = enterprises.pop(); uscc; uscc = enterprises.pop()) {
      const { filing } = await fileLoan(as(bank.actor), {
        ...{ poolCode: POOL, enterpriseUscc: uscc, contractNo: `JK${uscc}`, dueBillNo: `JJ${uscc}` },
        ...{ principal: '900000.00', countedPrincipal: '900000.00', annualRate: '3.65', dayCountBasis: 'actual360' },
        ...{ disbursedOn: '2026-04-02', maturesOn: '2027-04-02', repaymentMethod: 'monthlyInterest' },
        ...{ guaranteeMode: 'credit', firstLoan: true, purpose: 'rnd' },
      });
      await consent(as(reviewer.actor), BigInt(filing.id));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return (count * 1000) / (performance.now() - start);
}

/** What disk and protocol leave to everybody. @returns commits per second */
async function bareCommits({ pool }: Service, round: number): Promise<number> {
  const client = await pool.connect();
  await client.query(`CREATE TABLE bare${round} (id bigint PRIMARY KEY, amount numeric(18, 2) NOT NULL)`);
  const text = `INSERT INTO bare${round} VALUES ($1, $2)`;
  const count = LOANS * 10;
  const start = performance.now();
  for (let i = 0; i < count; i++) await client.query({ name: text, text, values: [i, '1.00'] });
  const perSecond = (count * 1000) / (performance.now() - start);
  client.release();
  return perSecond;
}
