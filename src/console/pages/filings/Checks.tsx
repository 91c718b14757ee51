import { Table } from 'antd';
import { Cites } from '../../parts/Cites.tsx';
import { StateTag } from '../../parts/StateTag.tsx';
import { Why } from '../../parts/Why.tsx';
import type { Check } from './types.ts';
import './filings.css';

const ORDER = ['fail', 'warn', 'notChecked', 'pass'];

/** 核查: each rule with its verdict, the article, and how a figure came about; what needs eyes first. */
export function Checks({ checks }: { checks: Check[] }) {
  const sorted = [...checks].sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
  return (
    <Table<Check>
      size="small"
      className="checks"
      pagination={false}
      rowKey={({ code, clause, field, value }) => `${code}${clause}${field}${value}`}
      dataSource={sorted}
      columns={[
        { title: '结论', width: 90, render: (_, { verdict }) => <StateTag state={verdict} /> },
        {
          title: '核查内容',
          render: (_, { message, explanation }) => (
            <>
              {message}
              <Why of={explanation} />
            </>
          ),
        },
        { title: '依据', width: '40%', render: (_, { cites }) => <Cites cites={cites} /> },
      ]}
    />
  );
}
