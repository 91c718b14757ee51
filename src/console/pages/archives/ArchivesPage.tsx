import { Button } from 'antd';
import type { InferResponseType } from 'hono/client';
import { useState } from 'react';
import type { api } from '../../api.ts';
import { DataTable } from '../../parts/DataTable.tsx';
import type { Filter } from '../../parts/FilterBar.tsx';
import { Page } from '../../parts/Page.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useBooks } from '../../parts/useBooks.ts';
import { HowToVerify } from './HowToVerify.tsx';
import { MakeArchive } from './MakeArchive.tsx';
import { Making } from './Making.tsx';

export type Archive = InferResponseType<(typeof api.archives)['$get'], 200>['items'][number];

/** 审计档案: the years that were archived, one more of them, and how anybody verifies one without us. */
export default function ArchivesPage() {
  const { books, bookName } = useBooks();
  const [making, setMaking] = useState(false);
  const [shown, setShown] = useState<Archive[]>([]);
  const filters: Filter[] = [
    { name: 'poolCode', label: '账套', kind: 'select', options: books, width: 200 },
    { name: 'year', label: '年度', kind: 'search', width: 130 },
  ];
  return (
    <Page
      title="审计档案"
      sentence="一个账套一个年度的凭证、对账单、结算单、单据、条款和审计日志合为一个文件，带签名，不需要本系统即可核验。"
      actions={
        <Button type="primary" onClick={() => setMaking(true)}>
          制作档案
        </Button>
      }
    >
      {making && <MakeArchive books={books} onClose={() => setMaking(false)} />}
      {shown
        .filter(({ status, jobId }) => status === 'making' && jobId)
        .map(({ id, jobId }) => (
          <Making key={id} jobId={jobId!} />
        ))}
      <DataTable<Archive>
        from="/archives"
        rowKey="id"
        filters={filters}
        empty="还没有档案，可点“制作档案”"
        onRows={setShown}
        columns={[
          { key: 'poolCode', title: '账套', sortable: true, render: ({ poolCode }) => bookName(poolCode) },
          { key: 'year', title: '年度', sortable: true },
          { key: 'asOf', title: '截至' },
          { key: 'entries', title: '凭证张数', align: 'right' },
          { key: 'links', title: '审计链条数', align: 'right' },
          { key: 'bytes', title: '大小', align: 'right', render: ({ bytes }) => sizeOf(bytes) },
          { key: 'madeOn', title: '制作日期', sortable: true },
          { key: 'madeByName', title: '制作人' },
          {
            key: 'status',
            title: '状态',
            render: ({ status }) =>
              status === 'ready' ? <Toned tone="within">已制成</Toned> : <Toned tone="near">制作中</Toned>,
          },
          {
            key: 'sha256',
            title: 'SHA-256',
            hidden: true,
            render: ({ sha256 }) => <code className="hash">{sha256}</code>,
          },
          {
            key: 'id',
            title: '办理',
            render: ({ id, status }) =>
              status === 'ready' && (
                <Button size="small" href={`/api/v1/archives/${id}/file`}>
                  下载
                </Button>
              ),
          },
        ]}
      />
      <HowToVerify />
    </Page>
  );
}

/** 5431389 → 5.2 MB */
function sizeOf(bytes: string | null): string {
  if (bytes === null) return '—';
  const size = Number(bytes);
  return size < 1_048_576 ? `${Math.ceil(size / 1024)} KB` : `${(size / 1_048_576).toFixed(1)} MB`;
}
