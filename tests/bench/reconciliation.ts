import { SYSTEM } from '../../src/access/context.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { matchSides } from '../../src/reconciliation/match-service.ts';
import { firstMatch, greedy, score } from '../support/matching-score.ts';
import { type Truth, truthSet } from '../support/matching-truth.ts';
import { type BenchDatabase, median, type Row, row, seconds } from './support.ts';

const SEED = Number(process.env.SEED ?? 20261122);
/** Events that make about 100,000 lines on each side, and half of that. */
const EVENTS = { half: 44_000, whole: 88_000 };
const ROUNDS = 3;

/** The lines of a bank and of the ledger matched, beside one hash join on amount and date, and twice as many beside half; how right it is beside simpler ways. */
export async function measure({ db, pool }: BenchDatabase): Promise<Row[]> {
  const sets = { half: truthSet(EVENTS.half, SEED), whole: truthSet(EVENTS.whole, SEED + 1) };
  console.error(`  随机种子 ${SEED}，银行 ${sets.whole.lines.length} 笔，账面 ${sets.whole.legs.length} 笔`);
  const match = ({ lines, legs }: Truth) => inTransaction({ db, actor: SYSTEM }, (tx) => matchSides(tx, lines, legs));
  await match(sets.half); // code, plans and caches are warm
  const rounds: { half: number; whole: number; join: number }[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const half = await seconds(() => match(sets.half));
    const whole = await seconds(() => match(sets.whole));
    rounds.push({ half, whole, join: await seconds(() => pool.query(JOIN, joined(sets.whole))) });
  }
  const of = (pick: (round: (typeof rounds)[number]) => number) => median(rounds.map(pick));
  const [own, first, pass] = [
    score(sets.whole, (await match(sets.whole)).matches),
    score(sets.whole, firstMatch(sets.whole.lines, sets.whole.legs)),
    score(sets.whole, greedy(sets.whole.lines, sets.whole.legs)),
  ];
  const better = (pick: (s: typeof own) => number) => ({ ours: pick(own), limit: Math.max(pick(first), pick(pass)) });
  return [
    row('10 万笔对 10 万笔核对：对 30 秒', '秒', { ours: of((r) => r.whole), limit: 30 }, { atMost: 1 }),
    row('10 万笔对 10 万笔核对：对一条按金额、日期的 SQL 连接', '秒', {
      ours: of((r) => r.whole),
      limit: of((r) => r.join),
      ratio: of((r) => r.whole / r.join),
    }),
    row(
      '核对：10 万笔对 5 万笔',
      '秒',
      { ours: of((r) => r.whole), limit: of((r) => r.half), ratio: of((r) => r.whole / r.half) },
      { atMost: 2.2 },
    ),
    row(
      '核对的准确率（%）：对先到先得、贪心两种办法中较好的',
      '%',
      { ...better((s) => s.precision), ratio: own.precision / 99.9 },
      { atLeast: 1 },
    ),
    row('核对的召回率（%）：同上', '%', { ...better((s) => s.recall), ratio: own.recall / 98 }, { atLeast: 1 }),
    row(
      '无从判断而自动核对的：同上取少者',
      '项',
      { ours: own.unsure, limit: Math.min(first.unsure, pass.unsure) },
      { atMost: 0 },
    ),
  ];
}

/** What the database does at best: pairs of one amount on one day, found and counted. */
const JOIN = `SELECT count(*) FROM unnest($1::numeric[], $2::date[]) l(amount, day) JOIN unnest($3::numeric[], $4::date[]) g(amount, day) USING (amount, day)`;

const joined = ({ lines, legs }: Truth) =>
  [lines, legs].flatMap((side) => [side.map(({ amount }) => amount), side.map(({ on }) => on)]);
