import {
  type ClaimEvent,
  happen,
  outstanding,
  type Step,
  takeBack,
  writeOffRest,
} from '../../../src/compensation/claim-life.ts';
import { confirmCost, recordCost } from '../../../src/compensation/cost-service.ts';
import { proveInterest, recordRecovery } from '../../../src/compensation/recovery-service.ts';
import { confirmRefund, proposeRefund, receiveRefund } from '../../../src/compensation/refund-service.ts';
import { reverseEvent } from '../../../src/compensation/reversal-service.ts';
import { costPartsOf } from '../../../src/compensation/write-off-cost.ts';
import { confirmWriteOff, proposeWriteOff } from '../../../src/compensation/write-off-service.ts';
import { fromFen } from '../../../src/money/fen.ts';
import { Exact, sum, toWire } from '../../../src/money/money.ts';
import { holdingsOf } from '../../../src/pool/capital-store.ts';
import { DAYS } from '../claims.ts';
import type { Both } from './model.ts';
import type { Rng } from './rng.ts';
import { as, fen, type Scene } from './scene.ts';

let numbers = 0;

/** One random thing that happens: what the model makes of it, and the same asked of the service. */
export function anEvent(
  scene: Scene,
  rng: Rng,
  both: Both,
): { say: string; model(): Step | Promise<Step>; service(): Promise<unknown> } {
  const { id, life, pool, bank } = both;
  const total = Number(life.weights.reduce((a, b) => a + b, 0n));
  const no = `${++numbers}`;
  const day = DAYS.claimed;
  const kind = rng.one([
    'recovery',
    'recovery',
    'recovery',
    'recovery',
    'cost',
    'interest',
    'reverse',
    'reverse',
    'reverse',
    'writeOff',
    rng.one(['recovery', 'refund']),
  ]);
  if (kind === 'recovery') {
    const amount = rng.one([rng.upTo(total / 3), rng.upTo(total / 3), rng.upTo(9), total]);
    const [cost, basis] = [rng.one([0, 0, rng.upTo(Math.floor(amount / 4))]), rng.one(['gross', 'net'] as const)];
    const event: ClaimEvent = {
      kind,
      id: `recovery:${pool}:${no}`,
      amount: fromFen(BigInt(amount)),
      basis,
      cost: fromFen(BigInt(cost)),
      paidBy: bank,
    };
    const input = { amount: fen(amount), cost: fen(cost), basis, obtainedOn: day, receivedOn: day, receiptNo: no };
    return {
      say: `recovery ${fen(amount)} ${basis} ${fen(cost)}`,
      model: () => happen(life, event),
      service: () => recordRecovery(as(scene, 'finance'), id, input),
    };
  }
  if (kind === 'cost') {
    const [amount, paidBy] = [rng.upTo(5_000), rng.one(['pool', bank])];
    const event: ClaimEvent = { kind, id: `cost:${pool}:${no}`, amount: fromFen(BigInt(amount)), paidBy };
    const input = { amount: fen(amount), paidBy, paidOn: day, voucherNo: no };
    return {
      say: `cost ${fen(amount)} ${paidBy}`,
      model: () => happen(life, event),
      service: async () => {
        const { status } = await recordCost(as(scene, 'finance'), id, input);
        if (status === 'proposed') await confirmCost(as(scene, 'other'), id);
      },
    };
  }
  if (kind === 'interest') {
    const amount = fen(rng.upTo(20_000));
    const event: ClaimEvent = {
      kind: 'interestProven',
      id: `interest:${id}:${day}:${amount}`,
      amount: new Exact(amount),
    };
    if (life.events.some((e) => e.id === event.id)) return anEvent(scene, rng, both);
    return {
      say: `interest ${amount}`,
      model: () => happen(life, event),
      service: () => proveInterest(as(scene, 'finance'), id, { amount, provenOn: day, note: no }),
    };
  }
  if (kind === 'reverse') {
    const candidates = life.events.filter((e) => e.kind === 'recovery' || e.kind === 'cost');
    if (candidates.length === 0) return anEvent(scene, rng, both);
    const { id: reference } = rng.one(candidates);
    const service = async () => {
      const row = await scene.db.claimEvent.findUniqueOrThrow({ where: { reference } });
      // Who recorded it does not take it back.
      const by = row.recordedBy === scene.people.other.id ? 'finance' : 'other';
      return reverseEvent(as(scene, by), id, row.id, '误登');
    };
    return { say: `reverse ${reference}`, model: () => takeBack(life, reference), service };
  }
  if (kind === 'writeOff') {
    const service = async () => {
      await proposeWriteOff(as(scene, 'first'), id, { reason: '终结执行', courtOrderOn: day });
      return confirmWriteOff(as(scene, 'second'), id);
    };
    const model = async () => {
      const { holders } = await scene.db.$transaction((tx) => holdingsOf(tx, pool));
      return writeOffRest(life, `writeOff:${no}`, costPartsOf(life, holders));
    };
    return { say: 'write-off', model, service };
  }
  const ofPool = outstanding(life).filter((_, i) => life.borne[i]!.kind === 'pool');
  const amount = toWire(sum([...ofPool, both.cost, ...both.costKept.values()]));
  const service = async () => {
    await proposeRefund(as(scene, 'first'), id, { ground: 'false', reason: '虚假材料' });
    await confirmRefund(as(scene, 'second'), id);
    return receiveRefund(as(scene, 'finance'), id, { amount, receivedOn: day, receiptNo: no });
  };
  return { say: `refund ${amount}`, model: () => happen(life, { kind: 'refund', id: `refund:${no}` }), service };
}
