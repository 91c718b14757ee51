import { Table } from 'antd';
import { Link } from 'react-router';
import { ROLES, type Role } from '../../../access/roles.ts';
import { Money } from '../../parts/Money.tsx';
import { StateTag } from '../../parts/StateTag.tsx';
import type { Review } from './types.ts';

/** What else the enterprise has, or asked for, in the programme. */
export function History({ review: { history } }: { review: Review }) {
  return (
    <>
      <h2>本项目内的其他备案和贷款</h2>
      <Table<Review['history'][number]>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={history}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: '没有，这是该企业在您所辖资金池的第一笔备案' }}
        columns={[
          {
            title: '借据号',
            key: 'no',
            render: (_, { id, dueBillNo }) => <Link to={`/filings/${id}`}>{dueBillNo}</Link>,
          },
          { title: '银行', dataIndex: 'bankName' },
          { title: '资金池', dataIndex: 'poolName' },
          { title: '受理日', dataIndex: 'filedOn' },
          { title: '到期日', dataIndex: 'maturesOn' },
          {
            title: '备案金额',
            key: 'counted',
            align: 'right',
            render: (_, row) => <Money value={row.countedPrincipal} />,
          },
          {
            title: '贷款余额',
            key: 'outstanding',
            align: 'right',
            render: (_, row) => <Money value={row.outstandingPrincipal} />,
          },
          {
            title: '状态',
            key: 'state',
            render: (_, { status, loanStatus, loanClassification, reason }) => (
              <>
                <StateTag state={loanStatus ?? status} />
                {loanStatus === 'active' && loanClassification && <StateTag state={loanClassification} />}
                {reason}
              </>
            ),
          },
        ]}
      />
    </>
  );
}

const ACTS: Record<string, string> = {
  'filing.create': '报送',
  'filing.consent': '同意',
  'filing.refuse': '不同意',
  'filing.withdraw': '撤回',
};

/** Who did what with the filing, and when. */
export function Acts({ acts }: { acts: Review['acts'] }) {
  if (acts.length === 0) return null;
  return (
    <>
      <h2>办理经过</h2>
      <ul className="steps">
        {acts.map(({ at, action, role, institutionName, actorName }) => (
          <li key={`${at}${action}`}>
            {[at.replace('T', ' '), ACTS[action] ?? action, institutionName ?? ROLES[role as Role] ?? role, actorName]
              .filter(Boolean)
              .join('　')}
          </li>
        ))}
      </ul>
    </>
  );
}
