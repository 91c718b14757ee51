import type { InferResponseType } from 'hono/client';
import { Link } from 'react-router';
import { ROLES } from '../../../access/roles.ts';
import type { api } from '../../api.ts';
import { DataTable } from '../../parts/DataTable.tsx';
import type { Filter } from '../../parts/FilterBar.tsx';
import { Page } from '../../parts/Page.tsx';
import { clock } from '../../parts/times.ts';
import { useBooks } from '../../parts/useBooks.ts';
import { useFilters } from '../../parts/useFilters.ts';
import { useNames } from '../../parts/useNames.ts';
import { ACTIONS } from './actions.ts';
import { Difference } from './Difference.tsx';
import { monthOf, subjectText } from './subject.ts';
import { VerifyLog } from './VerifyLog.tsx';

type Row = InferResponseType<(typeof api.audit)['$get'], 200>['items'][number];

const FILTERS: Filter[] = [
  { name: 'q', label: '姓名、对象、操作、请求编号', kind: 'search', width: 260 },
  {
    name: 'action',
    label: '操作',
    kind: 'select',
    options: Object.entries(ACTIONS).map(([value, label]) => ({ value, label })),
    width: 180,
  },
  { name: 'actor', label: '操作人编号', kind: 'search', width: 150 },
  { name: 'subject', label: '对象（如 pool:pingluo）', kind: 'search', width: 220 },
  { name: 'text', label: '前后内容中的文字', kind: 'search', width: 180 },
  { name: 'from', label: '起始日期', kind: 'date' },
  { name: 'to', label: '截止日期', kind: 'date' },
];

/** 审计日志: who did what to what and when, with what it was before and is after. */
export default function AuditPage() {
  const nameOf = useNames();
  const { bookName } = useBooks();
  const [{ entries, head }] = useFilters('entries', 'head');
  return (
    <Page title="审计日志" sentence="每一次写入、登录与导出都在此留痕，只增不改，逐条入链。展开一行可看前后内容。">
      <VerifyLog entries={entries} head={head} />
      <DataTable<Row>
        from="/audit"
        rowKey="id"
        filters={FILTERS}
        empty="还没有留痕"
        table={{
          expandable: { expandedRowRender: ({ before, after }) => <Difference before={before} after={after} /> },
        }}
        columns={[
          { key: 'at', title: '时间', render: ({ at }) => clock(at) },
          { key: 'on', title: '业务日期', sortable: true },
          {
            key: 'actorName',
            title: '操作人',
            render: ({ actor, actorName, keyId, keyName }) => (
              <>
                <Link to={`/audit?actor=${actor}`} title={actor}>
                  {actorName ?? (actor === 'system' ? '系统' : actor)}
                </Link>
                {keyId !== null && keyId !== actor && <div className="hint">密钥 {keyName ?? keyId}</div>}
              </>
            ),
          },
          { key: 'role', title: '角色', render: ({ role }) => ROLES[role as keyof typeof ROLES] ?? '系统' },
          { key: 'institution', title: '机构', render: ({ institution }) => institution && nameOf(institution) },
          { key: 'action', title: '操作', sortable: true, render: ({ action }) => ACTIONS[action] ?? action },
          {
            key: 'subject',
            title: '对象',
            render: ({ subject, subjectName, before, after }) => (
              <Link to={`/audit?subject=${encodeURIComponent(subject)}`} title={`${subject}：此对象的全部操作`}>
                {subjectText(subject, subjectName ?? monthOf(after, bookName) ?? monthOf(before, bookName))}
              </Link>
            ),
          },
          { key: 'id', title: '编号', hidden: true, sortable: true },
          { key: 'requestId', title: '请求编号', hidden: true },
        ]}
      />
    </Page>
  );
}
