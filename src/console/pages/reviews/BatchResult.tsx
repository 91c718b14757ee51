import { Button, Modal, Table } from 'antd';
import { Money } from '../../parts/Money.tsx';
import { StateTag } from '../../parts/StateTag.tsx';
import type { FilingItem } from './queue.ts';

/** What became of one filing of a batch. */
export interface Decided {
  id: string;
  status: string | null;
  problem: { code: string; message: string } | null;
  filing: FilingItem;
}

/** The outcome of a batch, filing by filing, what was not consented to first. */
export function BatchResult({ decided, onClose }: { decided: Decided[] | undefined; onClose(): void }) {
  const rows = [...(decided ?? [])].sort((a, b) => Number(Boolean(b.problem)) - Number(Boolean(a.problem)));
  const failed = rows.filter(({ problem }) => problem).length;
  const done = rows.length - failed;
  return (
    <Modal
      open={decided !== undefined}
      onCancel={onClose}
      width={880}
      title={failed > 0 ? `已同意 ${done} 笔，${failed} 笔未能同意` : `已同意 ${done} 笔，同意函已出具`}
      footer={
        <Button type="primary" onClick={onClose} autoFocus>
          继续
        </Button>
      }
    >
      <Table<Decided>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={rows}
        scroll={{ y: 420 }}
        columns={[
          { title: '企业', dataIndex: ['filing', 'enterpriseName'] },
          { title: '借据号', dataIndex: ['filing', 'dueBillNo'], width: 170 },
          {
            title: '备案金额',
            align: 'right',
            width: 150,
            render: (_, { filing }) => <Money value={filing.countedPrincipal} />,
          },
          {
            title: '结果',
            width: 300,
            render: (_, { status, problem }) => problem?.message ?? <StateTag state={status ?? 'consented'} />,
          },
        ]}
      />
    </Modal>
  );
}
