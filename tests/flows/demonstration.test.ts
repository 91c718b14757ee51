import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMONSTRATION_DAY, demonstrationDay, demonstrationKeys, loadDemonstration } from '../../prisma/demo/load.ts';
import type { Role } from '../../src/access/roles.ts';
import { lastDay, nextPeriod, periodsBetween } from '../../src/calendar/settlement-period.ts';
import { readPdf } from '../documents/read-pdf.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { contents, minus, plus, writingNothing } from './support.ts';

let t: TestApp;
let folder: string;

beforeAll(async () => {
  t = await startTestApp(DEMONSTRATION_DAY);
  folder = mkdtempSync(join(tmpdir(), 'ningkedai-demo-'));
  await load();
}, 120_000);
afterAll(async () => {
  await t.stop();
  rmSync(folder, { recursive: true });
});

const load = () => loadDemonstration({ ...t.contextOf(), attachments: t.attachments }, folder, () => {});
const key = (role: Role, institution: string | null = null) =>
  demonstrationKeys(folder).find((k) => k.role === role && (institution === null || k.institution === institution))!
    .key;
const POOLS = ['pingluo', 'yinchuan'] as const;
const MONTHS = periodsBetween('2026-01', '2026-10');

interface Section {
  name: string;
  opening: string;
  movements: string;
  closing: string;
  lines: { name: string; amount: string }[];
}

/** The settlements of a pool by month, as finance reads them. */
async function settlementsOf(poolCode: string) {
  const { body } = await t.get(`settlements?poolCode=${poolCode}&limit=50`, key('finance'));
  const items: {
    period: string;
    status: string;
    sections: Section[];
    statements: { partyCode: string; sections: Section[] }[];
  }[] = body.items;
  return new Map(items.map((s) => [s.period, s]));
}
const closing = (sections: Section[], name: string) => sections.find((s) => s.name === name)?.closing;

describe('What the demonstration shows', () => {
  it.each([
    ['pingluo', '2026-01-04', { loanCount: 0, deposits: '0.00', headroom: '0.00' }],
    ['pingluo', '2026-01-05', { deposits: '3000000.00', capital: '3000000.00', headroom: '30000000.00' }],
    ['pingluo', '2026-04-12', { loanCount: 0, deposits: '6000000.00', reserved: '0.00', headroom: '60000000.00' }],
    [
      'pingluo',
      '2026-04-13',
      {
        ...{
          loanCount: 12,
          principal: '40980000.00',
          countedPrincipal: '38634000.00',
          outstandingPrincipal: '40980000.00',
          countedOutstanding: '38634000.00',
        },
        ...{
          deposits: '6000000.00',
          contributed: '6000000.00',
          leverage: '10',
          reserved: '3863400.00',
          headroom: '21366000.00',
          provisional: true,
        },
      },
    ],
    [
      'pingluo',
      '2026-10-31',
      {
        ...{ countedOutstanding: '20012506.33', reserved: '2001250.65', contributed: '6500000.00' },
        ...{ deposits: '4724737.93', capital: '4688392.33', headroom: '26871416.97' },
      },
    ],
    ['yinchuan', '2026-01-11', { contributed: '120000000.00' }],
    ['yinchuan', '2026-04-30', { contributed: '240000000.00', deposits: '240000000.00', loanCount: 0 }],
    [
      'yinchuan',
      '2026-05-06',
      { loanCount: 6, principal: '11900000.00', countedPrincipal: '11568000.00', reserved: '1156800.00' },
    ],
    ['yinchuan', '2026-05-25', { loanCount: 11, principal: '26100000.00', countedPrincipal: '24712000.00' }],
  ])('%s as of %s', async (pool, asOf, expected) => {
    expect((await t.get(`pools/${pool}?asOf=${asOf}`, key('finance'))).body).toMatchObject(expected);
  });

  it.each([
    ['shizuishan-bank', 'pingluo', 12, '40980000.00', '38634000.00'],
    ['ningxia-bank', 'yinchuan', 6, '11900000.00', '11568000.00'],
    ['bank-of-china', 'yinchuan', 5, '14200000.00', '13144000.00'],
  ])('%s sees its own loans in %s: %i of %s lent and %s counted', async (bank, poolCode, count, lent, counted) => {
    const { body } = await t.get('loans', key('bank', bank));
    expect(body.total).toBe(count);
    const loans: { poolCode: string; principal: string; countedPrincipal: string }[] = body.items;
    expect(new Set(loans.map((l) => l.poolCode))).toEqual(new Set([poolCode]));
    expect(plus(...loans.map((l) => l.principal))).toBe(lent);
    expect(plus(...loans.map((l) => l.countedPrincipal))).toBe(counted);
  });

  it('registers 114 enterprises, and shows one of them its own loan only', async () => {
    expect((await t.get('enterprises?limit=1', key('finance'))).body.total).toBe(114);
    const { body } = await t.get('loans', key('enterprise'));
    expect(body.items.map((l: { dueBillNo: string }) => l.dueBillNo)).toEqual(['SZSJJ202696055953']);
  });

  it('has taken five rows of the faults file and sent six back', async () => {
    const { body } = await t.get('imports?kind=loanFilings', key('bank', 'bank-of-china'));
    expect(body.items).toMatchObject([
      { status: 'done', mode: 'good', rowsRead: 11, rowsAccepted: 5, rowsNew: 5, rowsRefused: 6 },
    ]);
  });

  it('knows that the region owes 500,000.00 for the county’s of 9 October, by 7 January', async () => {
    const { body } = await t.get('pools/pingluo/contributions', key('finance'));
    expect(body.match.owed.map((m: { outstanding: string; dueOn: string }) => [m.outstanding, m.dueOn])).toEqual([
      ['0.00', '2026-04-05'],
      ['500000.00', '2027-01-07'],
    ]);
    expect((await t.get('pools/yinchuan/contributions', key('finance'))).body.match.advance).toBe('0.00');
  });
});

describe('The months of the demonstration', () => {
  it('are settled from January to October in both pools, all with every report in', async () => {
    for (const pool of POOLS) {
      const months = await settlementsOf(pool);
      expect([...months].sort().map(([period, { status }]) => `${period} ${status}`)).toEqual(
        MONTHS.map((m) => `${m} settled`),
      );
    }
  });

  // Computed from the banks' files alone: Σ balance, and Σ balance × counted ÷ lent, each half up to the fen.
  it.each([
    ['pingluo', '2026-03', '0.00', '0.00', '0.00'],
    ['pingluo', '2026-04', '38470602.41', '36360145.43', '3636014.56'],
    ['pingluo', '2026-05', '37040168.33', '35048045.98', '3504804.62'],
    ['pingluo', '2026-06', '35605040.16', '33731629.44', '3373162.97'],
    ['pingluo', '2026-07', '34165202.42', '32410881.54', '3241088.18'],
    ['pingluo', '2026-08', '30640639.59', '29005787.98', '2900578.82'],
    ['pingluo', '2026-09', '25251336.08', '23736334.37', '2373633.46'],
    // The compensated loan ties up nothing any more; what is unpaid of it, 2,270,000.00, stays in the portfolio.
    ['pingluo', '2026-10', '23677276.29', '20012506.33', '2001250.65'],
    ['yinchuan', '2026-04', '0.00', '0.00', '0.00'],
    ['yinchuan', '2026-05', '24427499.03', '23158469.79', '2315847.01'],
    ['yinchuan', '2026-06', '22775874.24', '21620931.46', '2162093.18'],
    ['yinchuan', '2026-07', '21118903.03', '20078404.61', '2007840.49'],
    ['yinchuan', '2026-08', '16646568.02', '15720872.97', '1572087.33'],
    ['yinchuan', '2026-09', '13078851.81', '12268320.30', '1226832.07'],
    ['yinchuan', '2026-10', '11405736.91', '10710730.22', '1071073.05'],
  ])(
    '%s %s closes at 贷款余额 %s, 备案余额 %s, 准备金占用额 %s',
    async (pool, period, outstanding, counted, reserve) => {
      const { sections } = (await settlementsOf(pool)).get(period)!;
      const found = ['贷款余额', '备案余额', '准备金占用额'].map((name) => closing(sections, name));
      expect(found).toEqual([outstanding, counted, reserve]);
      const { body } = await t.get(`pools/${pool}?asOf=${lastDay(period)}`, key('finance'));
      expect([body.outstandingPrincipal, body.countedOutstanding, body.reserved]).toEqual(found);
    },
  );

  it('add up: opening + movements = closing, and what one month closes with the next opens with, for every party', async () => {
    let looked = 0;
    for (const pool of POOLS) {
      const months = await settlementsOf(pool);
      for (const period of MONTHS) {
        for (const { partyCode, sections } of months.get(period)!.statements) {
          const after = months.get(nextPeriod(period))?.statements.find((s) => s.partyCode === partyCode);
          for (const { name, opening, movements, lines, closing: end } of sections) {
            const where = `${pool} ${period} ${partyCode} ${name}`;
            expect([where, plus(opening, movements)]).toEqual([where, end]);
            expect([where, plus('0.00', ...lines.map((l) => l.amount))]).toEqual([where, movements]);
            const opens = after?.sections.find((s) => s.name === name)?.opening;
            if (after) expect([where, opens]).toEqual([where, end]);
            looked++;
          }
        }
      }
    }
    expect(looked).toBeGreaterThan(150);
  });

  it('say of each bank and contributor what adds up to the pool’s own statement', async () => {
    const { statements, sections } = (await settlementsOf('yinchuan')).get('2026-10')!;
    const of = (name: string) =>
      statements.filter((s) => s.partyCode !== 'yinchuan').flatMap((s) => closing(s.sections, name) ?? []);
    for (const name of ['各方出资', '贷款余额', '备案余额', '准备金占用额'])
      expect([name, plus(...of(name))]).toEqual([name, closing(sections, name)]);
    expect(of('各方出资')).toEqual(['120000000.00', '120000000.00']);
  });

  it.each([
    ['2026-05', []],
    ['2026-06', [[18, '关注']]],
    ['2026-08', [[80, '关注']]],
    ['2026-09', [[110, '次级']]],
    ['2026-10', [[141, '次级']]],
  ])('name SZSJJ202636414424 in %s with its days overdue and its class', async (period, watched) => {
    const { body } = await t.get(`settlements?poolCode=pingluo&period=${period}`, key('finance'));
    const list: { dueBillNo: string; overdueDays: number; classification: string }[] = body.items[0].watchList;
    expect(list.map((w) => [w.overdueDays, w.classification])).toEqual(watched);
    for (const { dueBillNo } of list) expect(dueBillNo).toBe('SZSJJ202636414424');
  });

  it('put the bad-loan ratio of October at 9.59 %, of it 2,270,000.00 次级, and name the match that is owed', async () => {
    const { body } = await t.get('settlements?poolCode=pingluo&period=2026-10', key('finance'));
    const [{ ratios, watchList, notes }] = body.items;
    expect(ratios[0]).toMatchObject({ name: '不良率', value: '9.59 %' });
    expect(ratios[0].note).toContain('不良贷款余额 2,270,000.00 元 ÷ 贷款余额 23,677,276.29 元');
    expect(ratios[0].note).toContain('次级 1 笔 2,270,000.00 元');
    expect(watchList).toMatchObject([{ outstanding: '2270000.00', enterprise: '宁夏源微数据服务有限公司' }]);
    expect(notes).toMatchObject([
      { kind: 'remark', text: '宁夏回族自治区科学技术厅应配套 500,000.00 元尚未到位，期限 2027-01-07' },
    ]);
  });

  it('place the reports that came after consent in April and say which months they belong to', async () => {
    const { body } = await t.get('settlements?poolCode=pingluo&period=2026-04', key('finance'));
    const adjustments: { kind: string; belongsTo: string }[] = body.items[0].notes;
    expect(adjustments.map((n) => `${n.kind} ${n.belongsTo}`)).toEqual(['adjustment 2026-02', 'adjustment 2026-03']);
  });
});

describe('The loss of SZSJJ202636414424', () => {
  const claim = async () => {
    const { items } = (await t.get('claims?dueBillNo=SZSJJ202636414424', key('finance'))).body;
    return (await t.get(`claims/${items[0].id}`, key('finance'))).body;
  };

  it('was claimed on 14 September, reviewed on the 24th, approved by two on 10 October, paid on the 15th, each in time', async () => {
    const { status, occurredOn, claimedOn, verifiedOn, confirmedOn, paidOn, clocks, unpaidPrincipal } = await claim();
    expect([status, unpaidPrincipal, occurredOn]).toEqual(['paid', '2390000.00', '2026-09-11']);
    expect([claimedOn, verifiedOn, confirmedOn, paidOn]).toEqual([
      '2026-09-14',
      '2026-09-24',
      '2026-10-10',
      '2026-10-15',
    ]);
    expect(clocks.map((c: { state: string }) => c.state)).toEqual(['done', 'done', 'done']);
  });

  it('fell 956,000.00 on the region, 956,000.00 on the county and 478,000.00 on the bank; 1,912,000.00 was paid', async () => {
    const { shares, compensation, provisional } = await claim();
    const parts = shares.map((s: { bearer: string; amount: string }) => [s.bearer, s.amount]);
    expect(parts).toEqual([
      ['region', '956000.00'],
      ['cooperatingUnit', '956000.00'],
      ['bank', '478000.00'],
    ]);
    expect([compensation, provisional]).toEqual(['1912000.00', true]);
  });

  it('brought back 120,000.00 in two receipts: 48,000.00, 48,000.00 and 24,000.00; 1,816,000.00 is left for the pool', async () => {
    const { waterfall, outstanding } = await claim();
    expect(waterfall.rows.map((r: { recovered: string }) => r.recovered)).toEqual(['48000.00', '48000.00', '24000.00']);
    expect(outstanding).toBe('1816000.00');
    const { items } = (await t.get('ledger/accounts?poolCode=pingluo&asOf=2026-10-31', key('finance'))).body;
    const balance = (code: string) =>
      plus(
        '0.00',
        ...items.filter((a: { code: string }) => a.code === code).map((a: { balance: string }) => a.balance),
      );
    expect([balance('1218'), balance('2307'), balance('2901')]).toEqual(['1816000.00', '36345.60', '6504392.33']);
    expect([balance('9201'), balance('9202')]).toEqual(['454000.00', '454000.00']);
  });

  it('rests on seven papers, each a PDF that says it is an example', async () => {
    const { papers } = await claim();
    const needed = papers.filter((p: { required: boolean }) => p.required);
    expect(needed.map((p: { attachments: object[] }) => p.attachments.length)).toEqual([1, 1, 1, 1, 1, 1, 1]);
    for (const { attachments } of needed) {
      const { body } = await t.get(`attachments/${attachments[0].id}`, key('finance'));
      expect((await readPdf(new Uint8Array(body))).text).toContain('示例材料，内容均为虚构');
    }
  });

  it('stands in the statements of October of the pool, of both contributors and of the bank', async () => {
    const { sections, statements } = (await settlementsOf('pingluo')).get('2026-10')!;
    const lines = (name: string) => sections.find((s) => s.name === name)!.lines.map((l) => [l.name, l.amount]);
    expect(lines('专户存款')).toEqual([
      ['银行手续费', '-120.00'],
      ['风险补偿', '-1912000.00'],
      ['出资到账', '500000.00'],
      ['存款利息', '4512.33'],
      ['追偿回款', '120000.00'],
      ['待查款项', '12345.60'],
    ]);
    expect(lines('应收追偿款')).toEqual([
      ['风险补偿', '1912000.00'],
      ['追偿回款', '-96000.00'],
    ]);
    const of = (party: string, name: string) => closing(statements.find((s) => s.partyCode === party)!.sections, name);
    expect([of('ningxia-st', '应收追偿款'), of('pingluo-st', '应收追偿款')]).toEqual(['908000.00', '908000.00']);
    expect(of('shizuishan-bank', '应付本行款项')).toBe('24000.00');
    expect(of('shizuishan-bank', '池外各方已承担损失')).toBe('454000.00');
  });

  it('is for any of its fen somebody’s: the first the region’s, the last the bank’s', async () => {
    const { id } = await claim();
    const whose = async (no: number) => (await t.get(`claims/${id}/fen?no=${no}`, key('auditor'))).body;
    expect(await whose(1)).toMatchObject({ bearer: 'region', party: 'ningxia-st', state: 'recovered' });
    expect(await whose(4_800_001)).toMatchObject({ bearer: 'region', state: 'outstanding' });
    expect(await whose(95_600_001)).toMatchObject({
      bearer: 'cooperatingUnit',
      party: 'pingluo-st',
      state: 'recovered',
    });
    expect(await whose(239_000_000)).toMatchObject({ bearer: 'bank', party: 'shizuishan-bank', kind: 'own' });
    expect((await t.get(`claims/${id}/fen?no=239000001`, key('auditor'))).body.code).toBe('FEN_RANGE');
    const { rows } = await t.pool.query('SELECT bearer, last_fen::int AS last FROM compensated_fen ORDER BY place');
    expect(rows.map((r) => r.last)).toEqual([95_600_000, 191_200_000, 239_000_000]);
  });
});

describe('The guaranteed loan of the 银川 pool', () => {
  it('is seen by its guarantor alone of all loans: what it answers for, its fees from month to month, and its share of the bank’s fifth', async () => {
    const own = (await t.get('guarantees', key('guarantor'))).body.items;
    expect(own).toMatchObject([
      { dueBillNo: 'NXBJJ202639368111', partyName: '宁夏塞上融资担保有限公司', percent: '20', liability: '322000.00' },
    ]);
    const october = (await settlementsOf('yinchuan')).get('2026-10')!;
    const { sections } = october.statements.find((s) => s.partyCode === 'saishang-guarantee')!;
    expect(sections.map((s) => [s.name, s.opening, s.closing])).toEqual([
      ['担保责任余额', '322000.00', '322000.00'],
      // 1 % of 322,000.00 ÷ 360 for each of the days since 6 May, to the fen once a month.
      ['累计应收费用', '1323.78', '1601.06'],
    ]);
    expect((await t.get('guarantees', key('bank', 'shizuishan-bank'))).body.items).toEqual([]);
  });
});

describe('The books of the demonstration', () => {
  it.each(POOLS)('balance to 0.00 in the trial balance of %s at the end of every month', async (poolCode) => {
    for (const asOf of MONTHS.map(lastDay)) {
      const { status, body } = await t.get(`ledger/trial-balance?poolCode=${poolCode}&asOf=${asOf}`, key('finance'));
      expect([asOf, status]).toEqual([asOf, 200]);
      expect([asOf, minus(body.totalDebit, body.totalCredit)]).toEqual([asOf, '0.00']);
    }
  });

  it('hold what the pools say: deposits, contributors’ shares, and the reserve as the sum of what each loan ties up', async () => {
    const { rows } = await t.pool.query<{ book_id: string; code: string; total: string; reserve: string }>(
      `SELECT a.book_id, a.code, sum(a.balance)::text AS total, (SELECT sum(e.reserve)::text FROM pool_exposure e WHERE e.pool_code = a.book_id) AS reserve
         FROM ledger.account a GROUP BY 1, 2 ORDER BY 1, 2`,
    );
    for (const pool of POOLS) {
      const of = (code: string) => rows.find((r) => r.book_id === pool && r.code === code)!;
      const { body } = await t.get(`pools/${pool}`, key('finance'));
      const receivable = rows.find((r) => r.book_id === pool && r.code === '1218')?.total ?? '0.00';
      expect([body.deposits, body.capital, body.reserved]).toEqual([
        of('1002').total,
        minus(of('2901').total, receivable),
        of('9101').total,
      ]);
      expect(of('9101').total).toBe(of('9101').reserve);
    }
  });

  it.each(POOLS)('of %s stand every test of the chain', async (pool) => {
    expect((await t.pool.query('SELECT * FROM ledger.verify($1)', [pool])).rows).toEqual([]);
  });
});

describe('The bank and the months of the 平罗 pool', () => {
  it('agree to the fen to October, and January to September are closed; October is ready', async () => {
    const { items: runs } = (await t.get('reconciliations?poolCode=pingluo&sort=period&limit=20', key('finance'))).body;
    expect(runs.map((r: Record<string, string>) => [r.period, r.status, r.unexplained])).toEqual(
      MONTHS.map((m) => [m, 'confirmed', '0.00']),
    );
    expect(runs.at(-1)).toMatchObject({ bankClosing: '4724737.93', ledgerClosing: '4724737.93' });
    const { items: months } = (await t.get('closings?poolCode=pingluo&sort=period&limit=20', key('finance'))).body;
    expect(months.map((m: Record<string, string>) => m.status)).toEqual([
      ...MONTHS.slice(0, -1).map(() => 'closed'),
      'ready',
    ]);
  });
});

describe('Once more', () => {
  it('loading a loaded demonstration writes nothing', async () => {
    await writingNothing(t, load);
    expect(await demonstrationDay(t.db)).toBe(DEMONSTRATION_DAY);
  });

  it('settling every month again answers the same and writes nothing', async () => {
    for (const poolCode of POOLS) {
      const months = await settlementsOf(poolCode);
      for (const period of MONTHS) {
        const { status, body } = await writingNothing(t, () =>
          t.post('settlements', { poolCode, period }, key('finance')),
        );
        expect(status).toBe(201);
        expect(body).toEqual(months.get(period));
      }
    }
  });

  it('a load that was cut off is run again and leaves the same business behind', async () => {
    const business = async () => {
      const {
        'public.import': _a,
        'public.import_row': _b,
        'public.audit_log': _c,
        'public.api_key': _d,
        'public.setting': _e,
        // what was typed to issue the keys of people
        'public.login_verification': _g,
        jobs: _f,
        ...held
      } = await contents(t.pool);
      return held;
    };
    const before = await business();
    await t.db.setting.update({ where: { key: 'demonstration' }, data: { value: 'loading' } });
    await load();
    expect(await business()).toEqual(before);
  }, 60_000);

  it('logged no error on the way', () => {
    expect(t.log.errors).toEqual([]);
  });
});
