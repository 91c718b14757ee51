import { Button, Dropdown } from 'antd';
import { PROGRAMS } from '../ledger/ExportBook.tsx';
import { useAccounts } from '../reconciliations/useAccounts.ts';

/** 导出流水: what a bank's statements say of an account, as a journal in which another accounting program finds each month's balance itself. */
export function ExportLines({ accountNo }: { accountNo?: string }) {
  const accounts = useAccounts().filter((one) => one.coveredTo && (!accountNo || one.accountNo === accountNo));
  if (accounts.length === 0) return null;
  return (
    <Dropdown
      menu={{
        items: accounts.flatMap(({ accountNo: no, poolName }) =>
          Object.entries(PROGRAMS).map(([format, label]) => ({
            key: `${no}/${format}`,
            label: `${poolName} ${no} 全部流水（${label}）`,
            onClick: () =>
              window.location.assign(`/api/v1/bank-lines/export?${new URLSearchParams({ accountNo: no, format })}`),
          })),
        ),
      }}
    >
      <Button>导出流水记账文件</Button>
    </Dropdown>
  );
}
