import type { Tone } from '../../parts/StateTag.tsx';
import type { Batch, Board } from './types.ts';

/** Applications of a batch that nobody has come to a conclusion about. */
const OPEN = ['submitted', 'returned', 'recommended', 'reviewed', 'audited'];

/** How many of a batch's applications are in any of these states. */
export const countOf = ({ states }: Pick<Board, 'states'>, ...wanted: string[]): number =>
  states.filter(({ status }) => wanted.includes(status)).reduce((all, { count }) => all + count, 0);

/** How many still have to be concluded before anything can be published. */
export const openOf = (board: Pick<Board, 'states'>): number => countOf(board, ...OPEN);

/** How many are approved and not paid, not wholly paid, or sent back by the bank. */
export const unpaidOf = (board: Pick<Board, 'states'>): number => countOf(board, 'approved');

/** Whether applications still fall into a batch. */
export const isOpen = ({ closesOn }: Pick<Board, 'closesOn'>, today: string): boolean =>
  closesOn !== null && closesOn >= today;

/** Where a batch stands, in a word and the colour of its meaning. */
export function stateOf(board: Board, batch: Batch | undefined, today: string): [label: string, tone: Tone] {
  if (!batch) {
    if (isOpen(board, today)) return ['受理中', 'near'];
    if (openOf(board) > 0) return ['审核中', 'near'];
    return countOf(board, 'decided') > 0 ? ['待公示', 'near'] : ['已办结', 'plain'];
  }
  if (batch.status === 'published') return ['公示', 'near'];
  if (batch.status === 'allocated') return ['待批准', 'near'];
  if (batch.status === 'approved') return ['待下达资金', 'near'];
  return unpaidOf(board) > 0 ? ['待拨付', 'near'] : ['已拨付', 'within'];
}

/** Which step of its way a batch is at: 0 applications, 1 review, 2 publicity, 3 allocation, 4 approval, 5 order, 6 payment, 7 over. */
function stepOf(board: Board, batch: Batch | undefined, today: string): number {
  if (!batch) return isOpen(board, today) ? 0 : openOf(board) > 0 ? 1 : 2;
  if (batch.status === 'published') return batch.objectionsTo! >= today ? 2 : 3;
  if (batch.status === 'allocated') return 4;
  if (batch.status === 'approved') return 5;
  return unpaidOf(board) > 0 ? 6 : 7;
}

/** The way of a batch to the payment: which step it is at, and the day of each that is done. */
export function wayOf(board: Board, batch: Batch | undefined, today: string): { at: number; days: (string | null)[] } {
  const publicity = batch?.publishedOn ? `${batch.publishedOn} 至 ${batch.objectionsTo}` : null;
  return {
    at: stepOf(board, batch, today),
    days: [
      board.closesOn,
      null,
      publicity,
      batch?.allocatedOn ?? null,
      batch?.approvedOn ?? null,
      batch?.orderedOn ?? null,
      null,
    ],
  };
}
