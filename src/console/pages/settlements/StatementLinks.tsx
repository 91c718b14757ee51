import { Button, Space } from 'antd';
import type { Settlement } from './settlement.ts';

/** 结算单 of a party as PDF, and the month as XLSX. */
export function StatementLinks({ documentId, settlement }: { documentId: string | null; settlement: Settlement }) {
  const { poolCode, period } = settlement;
  return (
    <Space className="table-bar no-print">
      {documentId ? (
        <Button href={`/api/v1/documents/${documentId}/pdf`} target="_blank">
          结算单 PDF
        </Button>
      ) : (
        <span className="hint">结算单尚未出具</span>
      )}
      <Button href={`/api/v1/settlements?${new URLSearchParams({ poolCode, period, format: 'xlsx' })}`}>
        各方余额 XLSX
      </Button>
    </Space>
  );
}
