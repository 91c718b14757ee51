import { Empty, Table } from 'antd';
import { TitleState } from './TitleTags.tsx';
import type { Title } from './types.ts';

type Row = Pick<Title, 'kind' | 'label' | 'certificateNo' | 'validFrom' | 'validTo'>;

/** 资质 with whether each counts on a day. `on` YYYY-MM-DD, said in the heading. */
export function TitlesTable({ titles, on }: { titles: Row[]; on: string }) {
  return (
    <Table<Row>
      size="small"
      rowKey={({ kind, certificateNo }) => `${kind}${certificateNo}`}
      pagination={false}
      dataSource={[...titles].sort((a, b) => (a.validTo < b.validTo ? 1 : -1))}
      scroll={{ x: 'max-content' }}
      locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="企业库中没有登记资质" /> }}
      columns={[
        { title: '资质', dataIndex: 'label' },
        { title: `${on} 是否有效`, key: 'state', render: (_, title) => <TitleState title={title} on={on} /> },
        { title: '有效期', key: 'valid', render: (_, { validFrom, validTo }) => `${validFrom} 至 ${validTo}` },
        { title: '证书编号', dataIndex: 'certificateNo' },
      ]}
    />
  );
}
