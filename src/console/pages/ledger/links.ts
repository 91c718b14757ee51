/** 会计科目 as the ledger has them, for filters and headings. */
export const ACCOUNTS: Record<string, string> = {
  '1002': '1002 银行存款',
  '1218': '1218 应收追偿款',
  '2307': '2307 其他应付款',
  '2901': '2901 各方出资',
  '9101': '9101 准备金占用额',
  '9102': '9102 准备金占用额（对应）',
};

/** Kinds of entries in Chinese. */
export const KINDS: Record<string, string> = { contribution: '出资', reserve: '准备金' };

/** The options of a select from a table of codes. */
export const optionsOf = (labels: Record<string, string>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));

interface Place {
  poolCode?: string;
  account?: string;
  key?: string;
  subject?: string;
  from?: string;
  to?: string;
  belongsTo?: string;
  kind?: string;
  q?: string;
}

/** The address of the entries behind a figure. */
export function entriesOf(place: Place): string {
  const search = new URLSearchParams(Object.entries(place).filter(([, value]) => value) as [string, string][]);
  return `/ledger?${search}`;
}

/** The address of one entry. */
export const entryAt = (poolCode: string, reference: string): string =>
  `/ledger/${poolCode}/${encodeURIComponent(reference)}`;
