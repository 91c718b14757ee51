import { Button, Table } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import { Money } from '../../parts/Money.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { kindWords } from '../../parts/subsidy/words.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { useMe } from '../../session.ts';
import { Objections } from './Objections.tsx';
import type { Batch } from './types.ts';

interface Row {
  enterpriseName: string;
  project: string;
  amount: string;
}

/** 公示: from when until when by working days, and the list exactly as the public sees it: name, project, amount. */
export function Publicity({ batch }: { batch: Batch }) {
  const { today } = useMe();
  const [shown, setShown] = useState(false);
  const { id, publishedOn, objectionsTo, provisional } = batch;
  const { data, error } = useAsk(
    ['subsidy-batches', id, 'publicity'],
    () => ask(api['subsidy-batches'][':id'].publicity.$get({ param: { id } })),
    { enabled: shown },
  );
  const running = objectionsTo !== null && objectionsTo >= today;
  return (
    <section aria-label="公示" id="publicity">
      <h2>公示</h2>
      <p>
        {publishedOn} 公示，异议截止 {objectionsTo}（公示当日不计，按工作日）。
        <Toned tone={running ? 'near' : 'within'}>{running ? '公示中' : '已期满'}</Toned>
        {provisional && <span className="hint">该年放假安排尚未公布，暂按周末推算。</span>}
        <Button type="link" size="small" className="no-print" onClick={() => setShown(!shown)}>
          {shown ? '收起名单' : '查看公示名单'}
        </Button>
        <a className="no-print" href={`/publicity/${id}`} target="_blank" rel="noreferrer">
          公开页面
        </a>
      </p>
      <ProblemAlert error={error} />
      {shown && data && (
        <Table<Row>
          size="small"
          rowKey={({ enterpriseName, project }) => `${enterpriseName}${project}`}
          pagination={false}
          dataSource={data.items}
          scroll={{ y: 360 }}
          columns={[
            { title: '企业名称', dataIndex: 'enterpriseName' },
            { title: '项目', render: (_, { project }) => kindWords(project.split(',')) },
            { title: '金额（元）', align: 'right', width: 200, render: (_, { amount }) => <Money value={amount} /> },
          ]}
          footer={() => (
            <>
              {data.items.length} 家企业，合计 <Money value={data.total} withUnit />
            </>
          )}
        />
      )}
      <Objections batch={batch} />
    </section>
  );
}
