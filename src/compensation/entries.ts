import { ACCOUNTS, type Line } from '../ledger/journal-entry.ts';
import { type Money, ZERO } from '../money/money.ts';
import type { ClaimLife, Posting } from './claim-life.ts';
import { POOL } from './payer.ts';

/** What the lines of a claim's entries need to know beside the postings. */
export interface Booking {
  claimId: string;
  /** 借据号 */
  subject: string;
  /** the deposit account the money moves on; left out where none moves */
  accountNo?: string;
  /** whom an over-recovery that nobody else is due goes back to */
  borrower: string;
  /** contributors whose contribution was returned: what comes back for them is owed to them */
  returned: ReadonlySet<string>;
}

type Account = readonly [code: string, key: string];

/** The lines of what happened to a claim, on the accounts of DESIGN (Money's ways); each account once, nothing of 0.00. */
export function linesOf(postings: readonly Posting[], { borne }: Pick<ClaimLife, 'borne'>, at: Booking): Line[] {
  const totals = new Map<string, { account: Account; debit: Money }>();
  const add = (account: Account, amount: Money) => {
    const name = account.join(' ');
    totals.set(name, { account, debit: (totals.get(name)?.debit ?? ZERO).plus(amount) });
  };
  for (const posting of postings) {
    const own = borne.some((l) => l.kind === 'own' && l.bearer === posting.bearer && l.party === posting.party);
    for (const [debit, credit] of movesOf(posting, own, at)) {
      add(debit, posting.amount);
      add(credit, posting.amount.neg());
    }
  }
  return [...totals.values()].flatMap(({ account: [code, key], debit }): Line[] =>
    debit.isZero() ? [] : [{ code, key, side: debit.gt(ZERO) ? 'D' : 'C', amount: debit.abs(), subject: at.subject }],
  );
}

/** Debit and credit of one posting, on and off the balance sheet. */
function movesOf({ kind, party, amount }: Posting, own: boolean, at: Booking): [Account, Account][] {
  const mine = (code: string, key = party): Account => [code, `${at.claimId}:${key}`];
  const deposit: Account = [ACCOUNTS.deposit, at.accountNo ?? ''];
  const owed = (key: string): Account => [ACCOUNTS.otherPayable, key];
  const receivable = mine(ACCOUNTS.recoveryReceivable);
  const cost = mine(ACCOUNTS.recoveryReceivable, 'cost');
  const share: Account = at.returned.has(party) ? owed(party) : [ACCOUNTS.contribution, party];
  const borne: [Account, Account] = [mine(ACCOUNTS.borne), mine(ACCOUNTS.borneMirror)];
  const kept: [Account, Account] = [mine(ACCOUNTS.writtenOff), mine(ACCOUNTS.writtenOffMirror)];
  const back = ([debit, credit]: [Account, Account]): [Account, Account] => [credit, debit];
  switch (kind) {
    case 'compensation':
      return [[receivable, deposit]];
    case 'borne':
      return [borne];
    case 'costPaid':
      // What a party spent of its own is not the pool's money.
      return party === POOL ? [[cost, deposit]] : [];
    case 'costRepaid':
      return [[deposit, party === POOL ? cost : owed(party)]];
    case 'recovery':
      return own ? [[deposit, owed(party)], back(borne)] : [[deposit, receivable]];
    case 'costWriteOff':
      // Taken back, it is again whose share it was, or owed to it where that was returned.
      return [[amount.isNegative() ? share : [ACCOUNTS.contribution, party], cost], kept];
    case 'bankInterest':
      return [[deposit, owed(party)]];
    case 'borrower':
      return [[deposit, owed(at.borrower)]];
    case 'writeOff':
      return [[[ACCOUNTS.contribution, party], receivable], kept];
    case 'borneEnded':
      return [back(borne)];
    case 'refund':
      return [[deposit, receivable]];
    case 'costAfterWriteOff':
    case 'recoveryAfterWriteOff':
    case 'refundAfterWriteOff':
      return [[deposit, share], back(kept)];
  }
}
