import { Typography } from 'antd';
import type { InferResponseType } from 'hono/client';
import type { api } from '../../api.ts';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { Page } from '../../parts/Page.tsx';
import { usePoolName, usePools } from '../../parts/useChoices.ts';
import { useMe } from '../../session.ts';
import { DOCUMENT_KINDS } from './kinds.ts';
import { PaperLink } from './PaperLink.tsx';

type Item = InferResponseType<(typeof api.documents)['$get'], 200>['items'][number];

/** 单据: consent letters, notices, statements and ledgers, each as PDF with its verification code. */
export default function DocumentsPage() {
  const me = useMe();
  const pools = usePools();
  const name = usePoolName();
  const all: Column<Item>[] = [
    { key: 'issuedOn', title: '出具日期', sortable: true },
    { key: 'number', title: '文号', sortable: true, render: (row) => <PaperLink {...row} /> },
    { key: 'kind', title: '种类', sortable: true, render: ({ kind }) => DOCUMENT_KINDS[kind] ?? kind },
    { key: 'title', title: '标题', hidden: true },
    { key: 'poolCode', title: '资金池', sortable: true, render: ({ poolCode }) => name(poolCode) },
    { key: 'period', title: '所属月份', sortable: true },
    { key: 'enterpriseName', title: '企业', hidden: me.role === 'enterprise' },
    {
      ...{ key: 'verificationCode', title: '验证码' },
      render: ({ verificationCode }) => (
        <Typography.Text copyable={{ tooltips: ['复制', '已复制'] }}>
          <a href={`/verify/${verificationCode}`} target="_blank" rel="noreferrer">
            {verificationCode}
          </a>
        </Typography.Text>
      ),
    },
  ];
  const columns = pools.length === 1 ? all.filter(({ key }) => key !== 'poolCode') : all;
  const kinds = Object.entries(DOCUMENT_KINDS).map(([value, label]) => ({ value, label }));
  return (
    <Page title="单据">
      <DataTable<Item>
        from="/documents"
        rowKey="id"
        columns={columns}
        filters={[
          { name: 'q', label: '文号、借据号、合同号、企业或验证码', kind: 'search', width: 280 },
          { name: 'kind', label: '种类', kind: 'select', options: kinds },
          ...(pools.length > 1 ? [{ name: 'poolCode', label: '资金池', kind: 'select' as const, options: pools }] : []),
          { name: 'period', label: '所属月份', kind: 'month' },
          { name: 'from', label: '出具日期起', kind: 'date' },
          { name: 'to', label: '出具日期止', kind: 'date' },
        ]}
        empty="还没有单据。备案审核后出具同意函和通知书，月度结算后出具结算单和台账。"
      />
    </Page>
  );
}
