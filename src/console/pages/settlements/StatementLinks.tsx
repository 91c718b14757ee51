import { Button, Space } from 'antd';
import { api, ask } from '../../api.ts';
import { useAsk } from '../../parts/useAsk.ts';
import type { Settlement } from './settlement.ts';

/** 结算单 of a party as PDF, and the month as XLSX. */
export function StatementLinks({ documentId, settlement }: { documentId: string | null; settlement: Settlement }) {
  const { poolCode, period } = settlement;
  return (
    <Space className="table-bar no-print">
      {documentId ? <Statement id={documentId} /> : <span className="hint">结算单尚未出具</span>}
      <Button href={`/api/v1/settlements?${new URLSearchParams({ poolCode, period, format: 'xlsx' })}`}>
        各方余额 XLSX
      </Button>
    </Space>
  );
}

/** The paper, once it is drawn; until then the page looks again by itself. */
function Statement({ id }: { id: string }) {
  const { data } = useAsk(['documents', id], () => ask(api.documents[':id'].$get({ param: { id } })), {
    refetchInterval: ({ state }) => (state.data?.ready ? false : 1500),
  });
  if (!data?.ready) return <span className="hint">结算单正在生成……</span>;
  return (
    <Button href={`/api/v1/documents/${id}/pdf`} target="_blank">
      结算单 PDF
    </Button>
  );
}
