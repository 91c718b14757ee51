import type { InferResponseType } from 'hono/client';
import { Link } from 'react-router';
import { INSTITUTION_KINDS } from '../../../parties/institution.ts';
import type { api } from '../../api.ts';
import { DataTable } from '../../parts/DataTable.tsx';
import { Page } from '../../parts/Page.tsx';
import { may, useMe } from '../../session.ts';
import { choicesOf } from '../filings/terms.ts';
import { AddInstitution } from './AddInstitution.tsx';

type Institution = InferResponseType<typeof api.institutions.$get, 200>['items'][number];

/** 机构: banks, guarantors, units and the rest. */
export default function InstitutionsPage() {
  const me = useMe();
  return (
    <Page title="机构" actions={may(me, 'institution.write') && <AddInstitution />}>
      <DataTable<Institution>
        from="/institutions"
        rowKey="code"
        columns={[
          {
            key: 'name',
            title: '名称',
            sortable: true,
            render: ({ code, name }) => <Link to={`/institutions/${code}`}>{name}</Link>,
          },
          { key: 'kind', title: '类别', sortable: true, render: ({ kindLabel }) => kindLabel },
          { key: 'code', title: '代码', sortable: true },
          { key: 'uscc', title: '统一社会信用代码', render: ({ uscc }) => uscc ?? '—' },
          { key: 'cnaps', title: '支付系统行号', render: ({ cnaps }) => cnaps ?? '—' },
        ]}
        filters={[
          { name: 'q', label: '名称、代码', kind: 'search' },
          { name: 'kind', label: '类别', kind: 'select', options: choicesOf(INSTITUTION_KINDS), width: 150 },
        ]}
        empty="还没有登记机构。"
      />
    </Page>
  );
}
