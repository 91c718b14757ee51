import { Table } from 'antd';
import { Link } from 'react-router';
import { Money } from '../../parts/Money.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { type Explanation, Why } from '../../parts/Why.tsx';
import type { Board } from './board.ts';

interface Row {
  key: string;
  label: string;
  href?: string;
  loans: number;
  badLoans: number;
  numerator: string;
  denominator: string;
  ratio: string;
  explanation: Explanation;
}

/** 不良率 of the pool, of its banks, and of where its borrowers are. */
export function BadLoans({ of: bad, poolCode }: { of: Board['badLoans']; poolCode: string }) {
  const rows: Row[] = [
    ...bad.banks.map(({ bankCode, bankName, ...row }) => {
      const href = `/loans?poolCode=${poolCode}&bankCode=${bankCode}`;
      return { ...row, key: bankCode, label: bankName, href };
    }),
    ...bad.regions.map(({ region, ...row }) => ({ ...row, key: `region:${region}`, label: `注册地 ${region}` })),
  ];
  return (
    <section>
      <h2>
        不良率 <span className="figure">{bad.ratio}%</span>
        <Why of={bad.explanation} />
        {bad.line && bad.line.tone !== 'within' && (
          <Toned tone={bad.line.tone}>
            {bad.line.tone === 'past' ? `达到暂停线 ${bad.line.suspend}%` : `达到警示线 ${bad.line.warn}%`}
          </Toned>
        )}
        <Link to={`/breaker?poolCode=${poolCode}`}>熔断监测</Link>
      </h2>
      <Table<Row>
        size="small"
        rowKey="key"
        pagination={false}
        dataSource={rows}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: '还没有贷款入池' }}
        columns={[
          { title: '银行或地区', render: (_, { label, href }) => (href ? <Link to={href}>{label}</Link> : label) },
          { title: '笔数', align: 'right', render: (_, { loans }) => loans },
          { title: '贷款余额', align: 'right', render: (_, { denominator }) => <Money value={denominator} /> },
          { title: '不良余额', align: 'right', render: (_, { numerator }) => <Money value={numerator} /> },
          {
            title: '不良率',
            align: 'right',
            render: (_, { ratio, explanation, label }) => (
              <>
                <span>{ratio}%</span>
                <Why of={explanation} title={`${label}不良率`} />
              </>
            ),
          },
        ]}
      />
    </section>
  );
}
