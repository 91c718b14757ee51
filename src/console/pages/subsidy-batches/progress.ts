import type { Tone } from '../../parts/StateTag.tsx';
import type { Batch, Board } from './types.ts';

/** Applications of a batch that nobody has come to a conclusion about. */
const OPEN = ['submitted', 'returned', 'recommended', 'reviewed', 'audited'];

/** How many of a batch's applications are in any of these states. */
export const countOf = ({ states }: Pick<Board, 'states'>, ...wanted: string[]): number =>
  states.filter(({ status }) => wanted.includes(status)).reduce((all, { count }) => all + count, 0);

/** How many still have to be concluded before anything can be published. */
export const openOf = (board: Pick<Board, 'states'>): number => countOf(board, ...OPEN);

/** Where a batch stands, in a word and the colour of its meaning. */
export function stateOf(board: Board, batch: Batch | undefined): [label: string, tone: Tone] {
  if (!batch)
    return openOf(board) > 0
      ? ['审核中', 'near']
      : countOf(board, 'decided') > 0
        ? ['待公示', 'near']
        : ['已办结', 'plain'];
  if (batch.status === 'published') return ['公示', 'near'];
  if (batch.status === 'allocated') return ['待批准', 'near'];
  if (batch.status === 'approved') return ['待下达资金', 'near'];
  return batch.paidEnterprises < batch.enterprises ? ['待拨付', 'near'] : ['已拨付', 'within'];
}

/** The way of a batch to the payment: which step it is at, and the day of each that is done. */
export function wayOf(board: Board, batch: Batch | undefined, today: string): { at: number; days: (string | null)[] } {
  const open = openOf(board) > 0;
  const at = !batch
    ? open
      ? 1
      : 2
    : batch.status === 'published'
      ? batch.objectionsTo! >= today
        ? 2
        : 3
      : batch.status === 'allocated'
        ? 4
        : batch.status === 'approved'
          ? 5
          : batch.paidEnterprises < batch.enterprises
            ? 6
            : 7;
  const publicity = batch?.publishedOn ? `${batch.publishedOn} 至 ${batch.objectionsTo}` : null;
  return {
    at,
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
