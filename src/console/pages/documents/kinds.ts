/** What papers are called, as a filter and in a list. */
export const DOCUMENT_KINDS: Record<string, string> = {
  consentLetter: '贷款同意函',
  filingNotice: '备案通知书',
  settlementStatement: '结算单',
  monthlyLedger: '月度台账',
};
