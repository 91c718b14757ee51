import type { DocumentKind, ViewModels } from '../../src/documents/view-models.ts';
import { sample as consentLetter } from '../../templates/consent-letter/sample.ts';
import { sample as filingNotice } from '../../templates/filing-notice/sample.ts';
import { sampleLedger } from '../../templates/monthly-ledger/sample.ts';
import { render } from '../../templates/render.ts';
import { sample as settlementStatement } from '../../templates/settlement-statement/sample.ts';
import { median, type Row, row, seconds } from './support.ts';

const ROUNDS = 5;

interface Paper {
  name: string;
  kind: DocumentKind;
  view: ViewModels[DocumentKind];
  times: number;
}

/** One document of each kind as it is in practice, and a ledger as long as ledgers get. */
const PAPERS: Paper[] = [
  { name: '贷款同意函', kind: 'consentLetter', view: consentLetter, times: 10 },
  { name: '备案通知书', kind: 'filingNotice', view: filingNotice, times: 10 },
  { name: '结算单', kind: 'settlementStatement', view: settlementStatement, times: 10 },
  { name: '月度台账 48 笔', kind: 'monthlyLedger', view: sampleLedger(48), times: 5 },
  { name: '月度台账 5000 笔', kind: 'monthlyLedger', view: sampleLedger(5_000), times: 1 },
];

/** PDFs per second of one process, fonts loaded beforehand. */
export async function measure(): Promise<Row[]> {
  await render('consentLetter', consentLetter);
  const rows: Row[] = [];
  for (const { name, kind, view, times } of PAPERS) {
    const rounds: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const spent = await seconds(async () => {
        for (let i = 0; i < times; i++) await render(kind, view);
      });
      rounds.push(times / spent);
    }
    rows.push(row(`PDF：${name}`, '份/秒', { ours: median(rounds) }));
  }
  return rows;
}
