import { Dropdown } from 'antd';
import { useBooks } from './useBooks.ts';

/** The accounting programs that check our journals. */
export const PROGRAMS = { hledger: 'hledger', ledger: 'Ledger', beancount: 'beancount' };

/** 导出: the table shown as XLSX, and each book as a journal that another accounting program can check. */
export function ExportBook({ list, poolCode, asOf }: { list: string; poolCode?: string; asOf: string }) {
  const { books } = useBooks();
  const get = (path: string, query: Record<string, string>) =>
    window.location.assign(`/api/v1${path}?${new URLSearchParams(query)}`);
  return (
    <Dropdown.Button
      onClick={() => get(list, { asOf, format: 'xlsx', ...(poolCode ? { poolCode } : {}) })}
      menu={{
        items: books
          .filter(({ value }) => !poolCode || value === poolCode)
          .flatMap(({ value: code, label: name }) =>
            Object.entries(PROGRAMS).map(([format, label]) => ({
              key: `${code}/${format}`,
              label: `${name}全部凭证（${label}）`,
              onClick: () => get('/ledger/export', { poolCode: code, format, to: asOf }),
            })),
          ),
      }}
    >
      导出 XLSX
    </Dropdown.Button>
  );
}
