import { Table } from 'antd';
import { Toned } from '../../parts/StateTag.tsx';
import { may, useMe } from '../../session.ts';
import type { Claim } from './types.ts';

type Paper = Claim['papers'][number];

/** 申请材料: the checklist with the files handed in for each paper; required ones that are lacking stand out. */
export function Checklist({ claim: { papers } }: { claim: Claim }) {
  const open = may(useMe(), 'attachment.read');
  return (
    <section aria-label="申请材料">
      <h2>申请材料</h2>
      <Table<Paper>
        size="small"
        rowKey="code"
        pagination={false}
        dataSource={papers.filter(({ required, attachments }) => required || attachments.length > 0)}
        columns={[
          { title: '材料', dataIndex: 'label', width: 260 },
          {
            title: '收到',
            width: 90,
            render: (_, { required, attachments }) => {
              if (attachments.length > 0) return <Toned tone="within">已收到</Toned>;
              return <Toned tone={required ? 'past' : 'plain'}>{required ? '缺少' : '不需要'}</Toned>;
            },
          },
          {
            title: '附件',
            render: (_, { attachments }) => (
              <ul className="plain">
                {attachments.map((file) => (
                  <li key={file.id}>
                    {open ? <a href={`/api/v1/attachments/${file.id}`}>{file.name}</a> : file.name}
                    <span className="hint">
                      {'　'}
                      {sizeText(file.size)}，{file.uploadedOn} 上传
                    </span>
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
      />
      {!open && <p className="hint-line">附件由合作银行、审核人员、财务和审计查看。</p>}
    </section>
  );
}

const sizeText = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
