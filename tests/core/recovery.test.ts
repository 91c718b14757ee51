import { describe, expect, test } from 'vitest';
import {
  type ClaimEvent,
  type ClaimLife,
  happen,
  lifeOf,
  outstanding,
  type Posting,
  receivables,
  takeBack,
  writeOffRest,
} from '../../src/compensation/claim-life.ts';
import { refundOf } from '../../src/compensation/view.ts';
import { money, sum, toWire, ZERO } from '../../src/money/money.ts';

const leaf = (bearer: string, party: string, kind: 'pool' | 'own', amount: string) => ({
  ...{ bearer, party, kind, amount: money(amount) },
});
const BORNE = [
  leaf('region', 'st', 'pool', '956000.00'),
  leaf('cooperatingUnit', 'pingluo', 'pool', '956000.00'),
  leaf('bank', 'shizuishan', 'own', '478000.00'),
];
const PAID: ClaimEvent = { kind: 'paid', id: 'paid' };
const recovered = (
  id: string,
  amount: string,
  more: { cost?: string; basis?: 'gross' | 'net'; paidBy?: string } = {},
) => ({
  ...{ kind: 'recovery' as const, id, amount: money(amount), basis: more.basis ?? 'gross' },
  ...{ cost: money(more.cost ?? '0.00'), paidBy: more.paidBy ?? 'shizuishan' },
});
const cost = (id: string, amount: string, paidBy: string): ClaimEvent => ({
  kind: 'cost',
  id,
  amount: money(amount),
  paidBy,
});
const shown = (postings: Posting[]) => postings.map(({ kind, party, amount }) => `${kind} ${party} ${toWire(amount)}`);
const wire = (amounts: { toFixed: unknown }[]) => (amounts as Posting['amount'][]).map(toWire);
const paidLife = (): ClaimLife => happen(lifeOf(BORNE), PAID).life;
const after = (life: ClaimLife, ...events: ClaimEvent[]): ClaimLife =>
  events.reduce((before, event) => happen(before, event).life, life);

describe('the demonstration', () => {
  test('the payment posts what each contributor’s receivable is, and the bank’s own part as borne', () => {
    expect(shown(happen(lifeOf(BORNE), PAID).postings)).toEqual([
      'compensation st 956000.00',
      'compensation pingluo 956000.00',
      'borne shizuishan 478000.00',
    ]);
  });

  test('120,000.00 in two receipts of 60,000.00 without cost is 48,000.00, 48,000.00 and 24,000.00; 1,816,000.00 is left', () => {
    const first = happen(paidLife(), recovered('r1', '60000.00'));
    expect(shown(first.postings)).toEqual([
      'recovery st 24000.00',
      'recovery pingluo 24000.00',
      'recovery shizuishan 12000.00',
    ]);
    const second = happen(first.life, recovered('r2', '60000.00'));
    expect(wire(outstanding(second.life))).toEqual(['908000.00', '908000.00', '454000.00']);
    expect(toWire(sum(receivables(second.life)))).toBe('1816000.00');
  });

  test('one receipt of 120,000.00 ends at the same place', () => {
    const once = after(paidLife(), recovered('r', '120000.00'));
    const twice = after(paidLife(), recovered('r1', '60000.00'), recovered('r2', '60000.00'));
    expect(wire(outstanding(once))).toEqual(wire(outstanding(twice)));
  });
});

describe('costs', () => {
  test('come first out of the receipt they belong to, to whoever paid them', () => {
    const { postings } = happen(paidLife(), recovered('r', '120000.00', { cost: '20000.00' }));
    expect(shown(postings)).toEqual([
      'costRepaid shizuishan 20000.00',
      'recovery st 40000.00',
      'recovery pingluo 40000.00',
      'recovery shizuishan 20000.00',
    ]);
  });

  test('of a net remittance were kept back already', () => {
    const { postings } = happen(paidLife(), recovered('r', '100000.00', { cost: '20000.00', basis: 'net' }));
    expect(shown(postings)[0]).toBe('recovery st 40000.00');
  });

  test('paid beforehand are repaid first, in their order, before anybody gets a fen', () => {
    const spent = happen(paidLife(), cost('c1', '30000.00', 'pool'));
    expect(shown(spent.postings)).toEqual(['costPaid pool 30000.00']);
    const both = after(spent.life, cost('c2', '10000.00', 'lawyer'));
    const first = happen(both, recovered('r1', '35000.00'));
    expect(shown(first.postings)).toEqual(['costRepaid pool 30000.00', 'costRepaid lawyer 5000.00']);
    expect(shown(happen(first.life, recovered('r2', '5000.01')).postings)).toEqual([
      'costRepaid lawyer 5000.00',
      'recovery st 0.01',
    ]);
  });

  test('that come later take nothing back, but are met by what comes after them', () => {
    const life = after(paidLife(), recovered('r1', '100000.00'), cost('c', '50000.00', 'pool'));
    expect(shown(happen(life, recovered('r2', '20000.00')).postings)).toEqual(['costRepaid pool 20000.00']);
  });

  test('above their own receipt are refused: they are a cost paid beforehand', () => {
    expect(() => happen(paidLife(), recovered('r', '10.00', { cost: '10.01' }))).toThrow(
      expect.objectContaining({ code: 'COST_ABOVE_PROCEEDS' }),
    );
  });
});

describe('all recovered, and more', () => {
  test('leaves everyone at 0.00, in however many receipts', () => {
    const parts = ['0.01', '333333.33', '1999999.99', '56666.67'];
    const life = after(paidLife(), ...parts.map((amount, i) => recovered(`r${i}`, amount)));
    expect(wire(outstanding(life))).toEqual(['0.00', '0.00', '0.00']);
    expect(wire(receivables(life))).toEqual(['0.00', '0.00', '0.00']);
  });

  test('what is above it is the bank’s proven interest first, then the borrower’s', () => {
    const proven = after(paidLife(), { kind: 'interestProven', id: 'i', amount: money('8000.00') });
    const { life, postings } = happen(proven, recovered('r1', '2395000.00'));
    expect(shown(postings).slice(-1)).toEqual(['bankInterest shizuishan 5000.00']);
    expect(shown(happen(life, recovered('r2', '5000.00')).postings)).toEqual([
      'bankInterest shizuishan 3000.00',
      'borrower borrower 2000.00',
    ]);
  });

  test('without proven interest it is the borrower’s, who gives nothing back when interest is proven later', () => {
    const life = after(paidLife(), recovered('r1', '2400000.00'), {
      kind: 'interestProven',
      id: 'i',
      amount: money('8000.00'),
    });
    expect(shown(happen(life, recovered('r2', '9000.00')).postings)).toEqual([
      'bankInterest shizuishan 8000.00',
      'borrower borrower 1000.00',
    ]);
    expect(shown(happen(life, recovered('r2', '5000.00')).postings)).toEqual(['bankInterest shizuishan 5000.00']);
    const less: ClaimEvent = { kind: 'interestProven', id: 'j', amount: money('7999.99') };
    expect(() => happen(life, less)).toThrow(expect.objectContaining({ code: 'INTEREST_BELOW_PROVEN' }));
  });
});

describe('write-off', () => {
  const half = () => after(paidLife(), recovered('r', '1195000.00'));

  test('takes each contributor down by exactly its own part', () => {
    const { life, postings } = writeOffRest(half(), 'w');
    expect(shown(postings)).toEqual(['writeOff st 478000.00', 'writeOff pingluo 478000.00']);
    expect(wire(receivables(life))).toEqual(['0.00', '0.00', '0.00']);
    expect(wire(outstanding(life))).toEqual(['478000.00', '478000.00', '239000.00']);
    expect(() => writeOffRest(life, 'again')).toThrow(expect.objectContaining({ code: 'WRITE_OFF_NOTHING_LEFT' }));
  });

  test('does not end the pursuit: what comes after it goes back to the contributions', () => {
    const { life } = writeOffRest(half(), 'w');
    expect(shown(happen(life, recovered('late', '119500.00')).postings)).toEqual([
      'recoveryAfterWriteOff st 47800.00',
      'recoveryAfterWriteOff pingluo 47800.00',
      'recovery shizuishan 23900.00',
    ]);
    const all = after(life, recovered('rest', '1195000.00'));
    expect(wire(outstanding(all))).toEqual(['0.00', '0.00', '0.00']);
  });

  test('of more than is left is refused', () => {
    const tooMuch: ClaimEvent = { kind: 'writeOff', id: 'w', amounts: [money('478000.01'), ZERO, ZERO], cost: [] };
    expect(() => happen(half(), tooMuch)).toThrow(expect.objectContaining({ code: 'WRITE_OFF_MISMATCH' }));
    const bank: ClaimEvent = { kind: 'writeOff', id: 'w', amounts: [ZERO, ZERO, money('0.01')], cost: [] };
    expect(() => happen(half(), bank)).toThrow(expect.objectContaining({ code: 'WRITE_OFF_MISMATCH' }));
  });
});

describe('taking back', () => {
  test('a mistaken receipt leaves no trace, also where fen were shared on top of it', () => {
    const one = after(paidLife(), recovered('r1', '0.01'));
    const life = after(one, recovered('r2', '0.01'), recovered('r3', '0.03'));
    const { life: rest, postings } = takeBack(life, 'r2');
    expect(toWire(sum(postings.map(({ amount }) => amount)))).toBe('-0.01');
    expect(wire(outstanding(rest))).toEqual(wire(outstanding(after(one, recovered('r3', '0.03')))));
  });

  test('a receipt from before a write-off stands as a receivable again', () => {
    const { life } = writeOffRest(after(paidLife(), recovered('r', '120000.00')), 'w');
    const back = takeBack(life, 'r');
    expect(shown(back.postings)).toEqual([
      'recovery st -48000.00',
      'recovery pingluo -48000.00',
      'recovery shizuishan -24000.00',
    ]);
    expect(wire(receivables(back.life))).toEqual(['48000.00', '48000.00', '0.00']);
    expect(shown(writeOffRest(back.life, 'w2').postings)).toEqual([
      'writeOff st 48000.00',
      'writeOff pingluo 48000.00',
    ]);
  });

  test('a cost gives the bearers what it had kept from them', () => {
    const life = after(paidLife(), cost('c', '20000.00', 'pool'), recovered('r', '120000.00'));
    expect(shown(takeBack(life, 'c').postings)).toEqual([
      'costPaid pool -20000.00',
      'costRepaid pool -20000.00',
      'recovery st 8000.00',
      'recovery pingluo 8000.00',
      'recovery shizuishan 4000.00',
    ]);
  });

  test('the payment itself only when nothing rests on it', () => {
    expect(shown(takeBack(paidLife(), 'paid').postings)).toEqual([
      'compensation st -956000.00',
      'compensation pingluo -956000.00',
      'borne shizuishan -478000.00',
    ]);
    const later = after(paidLife(), recovered('r', '1.00'));
    expect(() => takeBack(later, 'paid')).toThrow(
      expect.objectContaining({ code: 'REVERSAL_OUT_OF_ORDER', status: 409 }),
    );
    expect(() => takeBack(later, 'nothing')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  });
});

describe('a refund', () => {
  test('of a compensation paid on false grounds makes the contributors whole, what was written off too', () => {
    const half = after(paidLife(), recovered('r', '120000.00'));
    expect(shown(happen(half, { kind: 'refund', id: 'f' }).postings)).toEqual([
      'refund st 908000.00',
      'refund pingluo 908000.00',
      // What was borne beside the pool is no loss of the programme's any more.
      'borneEnded shizuishan 454000.00',
    ]);
    const { life, postings } = happen(writeOffRest(half, 'w').life, { kind: 'refund', id: 'f' });
    expect(shown(postings)).toEqual([
      'refundAfterWriteOff st 908000.00',
      'refundAfterWriteOff pingluo 908000.00',
      'borneEnded shizuishan 454000.00',
    ]);
    expect(wire(outstanding(life))).toEqual(['0.00', '0.00', '0.00']);
    expect(() => happen(life, recovered('more', '1.00'))).toThrow(
      expect.objectContaining({ code: 'ALREADY_REFUNDED' }),
    );
    expect(() => takeBack(life, 'r')).toThrow(expect.objectContaining({ code: 'REVERSAL_OUT_OF_ORDER' }));
    expect(shown(takeBack(life, 'f').postings)[0]).toBe('refundAfterWriteOff st -908000.00');
  });
});

describe('what the pool paid for the pursuit', () => {
  test('comes back with a refund, as far as receipts have not brought it back', () => {
    const life = after(
      paidLife(),
      { kind: 'cost', id: 'c', amount: money('300.00'), paidBy: 'pool' },
      { kind: 'cost', id: 'own', amount: money('50.00'), paidBy: 'shizuishan-bank' },
      recovered('r', '100.00'),
    );
    expect(toWire(refundOf(life))).toBe('1912200.00');
    const { life: ended, postings } = happen(life, { kind: 'refund', id: 'f' });
    expect(shown(postings)).toContain('costRepaid pool 200.00');
    expect(shown(postings).filter((p) => p.startsWith('costRepaid'))).toHaveLength(1);
    expect(toWire(refundOf(ended))).toBe('0.00');
  });
});

describe('is refused', () => {
  test.each<[string, ClaimLife, ClaimEvent, string]>([
    ['a payment twice', paidLife(), { kind: 'paid', id: 'again' }, 'ALREADY_COMPENSATED'],
    [
      'the same receipt twice',
      after(paidLife(), recovered('r', '1.00')),
      recovered('r', '1.00'),
      'CLAIM_EVENT_REPEATED',
    ],
    ['a recovery before the payment', lifeOf(BORNE), recovered('r', '1.00'), 'NOT_COMPENSATED_YET'],
    ['a receipt of nothing', paidLife(), recovered('r', '0.00'), 'AMOUNT_NOT_POSITIVE'],
    ['a negative receipt', paidLife(), recovered('r', '-1.00'), 'AMOUNT_NOT_POSITIVE'],
  ])('%s, and nothing is posted', (_what, life, event, code) => {
    expect(() => happen(life, event)).toThrow(expect.objectContaining({ code }));
  });
});

test('a life that was stored is the same life again', () => {
  const life = after(paidLife(), cost('c', '300.00', 'pool'), recovered('r', '1234.56', { cost: '7.89' }));
  expect(lifeOf(life.borne, life.events)).toEqual(life);
});
