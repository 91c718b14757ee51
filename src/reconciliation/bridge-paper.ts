import { lastDay } from '../calendar/settlement-period.ts';
import type { BankReconciliationView, BridgeRow } from '../documents/bridge-views.ts';
import type { DocumentHead } from '../documents/parts.ts';
import { Exact, toWire } from '../money/money.ts';
import type { BridgeItem, BridgeKind } from './bridge.ts';
import type { RunInputs, RunResult } from './run.ts';

type Paper = Omit<BankReconciliationView, 'number' | 'verificationCode' | 'verifyUrl'>;
/** Who and what the paper is of, beside the run itself. */
export type PaperOf = Pick<
  Paper,
  'programme' | 'issuer' | 'issuedOn' | 'poolName' | 'account' | 'prepared' | 'checked' | 'ledger'
>;

/** 银行存款余额调节表 of a run as it is printed: what only one side has, by side and direction, each with its number. */
export function bridgePaper(of: PaperOf, inputs: RunInputs, { bridge, matched }: RunResult): Paper {
  const lines = [...inputs.lines, ...inputs.spanning.flatMap((match) => match.lines)];
  const serials = new Map(lines.map(({ id, serial }) => [id, serial]));
  const rows = (kind: BridgeKind): BridgeRow[] =>
    bridge.filter((item) => item.kind === kind).map((item) => rowOf(item, serials));
  const head: Pick<DocumentHead, 'title' | 'provisionalFigures' | 'cites'> = {
    ...{ title: '银行存款余额调节表', provisionalFigures: false, cites: [] },
  };
  return {
    ...{ ...head, ...of, period: inputs.period, asOf: lastDay(inputs.period), matched },
    ...{ bankClosing: inputs.bankClosing, ledgerClosing: inputs.ledgerClosing },
    ...{ bookReceived: rows('bookReceived'), bookPaid: rows('bookPaid') },
    ...{ bankReceived: rows('bankReceived'), bankPaid: rows('bankPaid') },
  };
}

function rowOf(
  { on, text, amount, lineId, leg, settledOn }: BridgeItem,
  serials: Map<string, string | null>,
): BridgeRow {
  const serial = lineId === null ? null : serials.get(lineId);
  const voucher = leg === null ? (serial ? `流水 ${serial}` : '') : `凭证 ${leg.split(':')[0]} 号`;
  return { on, text, voucher, amount: toWire(new Exact(amount).abs()), settledOn };
}
