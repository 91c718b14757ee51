import { Table } from 'antd';
import { Toned } from '../../parts/StateTag.tsx';
import type { Application } from '../../parts/subsidy/types.ts';
import { kindWords } from '../../parts/subsidy/words.ts';
import { may, useMe } from '../../session.ts';

type Paper = Application['papers'][number];

/** 申报材料: each that the clause asks for with the files handed in, opened beside the page; and what was promised. */
export function PaperList({ of: { papers, pledge, imported } }: { of: Application }) {
  const open = may(useMe(), 'attachment.read');
  return (
    <section aria-label="申报材料">
      <h2>申报材料</h2>
      <Table<Paper>
        size="small"
        rowKey={({ code, kinds }) => `${code}${kinds}`}
        pagination={false}
        dataSource={papers}
        locale={{ emptyText: '由纸质申请导入，材料在受理单位留存' }}
        columns={[
          { title: '材料', dataIndex: 'label', width: 280 },
          { title: '用于', width: 200, render: (_, { kinds }) => (kinds.length > 0 ? kindWords(kinds) : '整份申请') },
          { title: '收到', width: 110, render: (_, paper) => <Received of={paper} onPaper={imported} /> },
          {
            title: '附件（在新窗口打开，可与本页并排核对）',
            render: (_, { attachments, answered }) => (
              <ul className="plain">
                {answered && <li className="hint">{answered}</li>}
                {attachments.map(({ id, name, uploadedOn }) => (
                  <li key={id}>
                    {open ? (
                      <a href={`/api/v1/attachments/${id}`} target="_blank" rel="noreferrer">
                        {name}
                      </a>
                    ) : (
                      name
                    )}
                    <span className="hint">　{uploadedOn} 上传</span>
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
      />
      {imported && <p className="hint-line">由纸质申请导入，标「纸质」的材料在受理单位留存，请核对原件。</p>}
      {pledge?.acceptedOn && (
        <p className="hint-line">
          《{pledge.title}》由 {pledge.acceptedBy ?? '企业'} 于 {pledge.acceptedOn} 签订。
        </p>
      )}
    </section>
  );
}

function Received({ of: { attachments, answered }, onPaper }: { of: Paper; onPaper: boolean }) {
  if (attachments.length > 0) return <Toned tone="within">{attachments.length} 份</Toned>;
  if (answered) return <Toned tone="within">已有</Toned>;
  return onPaper ? <Toned tone="plain">纸质</Toned> : <Toned tone="near">未上传</Toned>;
}
