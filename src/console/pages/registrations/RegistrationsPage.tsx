import { Button, Segmented, Space } from 'antd';
import type { InferResponseType } from 'hono/client';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { foldName } from '../../../parties/uscc.ts';
import { api, ask } from '../../api.ts';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { Page } from '../../parts/Page.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { Reveal } from '../../parts/Reveal.tsx';
import { StateTag, Toned } from '../../parts/StateTag.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useAskFirst } from '../../parts/useAskFirst.ts';
import { ReasonDialog } from './ReasonDialog.tsx';

type Registration = InferResponseType<typeof api.registrations.$get, 200>['items'][number];

const WORDS = { approved: '已通过', refused: '已退回' };

/** 企业注册审核: what a person says they act for, beside the register; yes or no with a reason. */
export default function RegistrationsPage() {
  const askFirst = useAskFirst();
  const [search, setSearch] = useSearchParams();
  const [refusing, setRefusing] = useState<Registration>();
  const status = search.get('status') ?? 'submitted';
  const approve = useAct((id: string) => ask(api.registrations[':id'].approve.$post({ param: { id } })), {
    done: '已通过，对方现在就能办理业务',
    refresh: ['registrations', 'home'],
  });
  const refuse = useAct(
    ({ id, reason }: { id: string; reason: string }) =>
      ask(api.registrations[':id'].refuse.$post({ param: { id }, json: { reason } })),
    { done: '已退回', refresh: ['registrations', 'home'] },
  );
  const confirm = (row: Registration) =>
    askFirst({
      title: `${row.personName} 代表「${row.enterpriseName}」？`,
      content:
        '通过后，此人可以查看该企业的资质、贷款和文件。请先核对身份，例如致电企业或核对介绍信；同一企业可以有几人注册，只通过核实了的。',
      okText: '已核对，通过',
      act: approve,
      input: row.id,
    });
  return (
    <Page
      title="企业注册审核"
      sentence="企业经办人自行注册，核对身份后才能代表企业办理。也可以在企业详情页发放绑定码，企业填入后不必再审。"
      actions={
        <Segmented
          aria-label="状态"
          value={status}
          options={[
            { value: 'submitted', label: '待审核' },
            { value: 'approved', label: '已通过' },
            { value: 'refused', label: '已退回' },
          ]}
          onChange={(next) => setSearch({ status: next }, { replace: true })}
        />
      }
    >
      <ProblemAlert error={approve.error} />
      <DataTable<Registration>
        key={status}
        from="/registrations"
        fixed={{ status }}
        rowKey="id"
        columns={columnsOf(status, confirm, setRefusing)}
        filters={[{ name: 'q', label: '企业、信用代码、姓名', kind: 'search' }]}
        empty={status === 'submitted' ? '没有待审核的注册。' : '没有记录。'}
      />
      <ReasonDialog
        title={`退回「${refusing?.enterpriseName ?? ''}」的注册`}
        open={refusing !== undefined}
        suggested={['未能核实经办人身份，请携介绍信到科技部门办理', '企业名称与营业执照不一致', '该企业已有经办人注册']}
        busy={refuse.isPending}
        error={refuse.error}
        onClose={() => setRefusing(undefined)}
        onReason={(reason) => refuse.mutate({ id: refusing!.id, reason }, { onSuccess: () => setRefusing(undefined) })}
      />
    </Page>
  );
}

function columnsOf(
  status: string,
  confirm: (row: Registration) => void,
  refuse: (row: Registration) => void,
): Column<Registration>[] {
  return [
    { key: 'submittedOn', title: '提交日', sortable: true },
    {
      key: 'enterpriseName',
      title: '所填企业',
      sortable: true,
      render: ({ enterpriseName, uscc }) => (
        <>
          {enterpriseName}
          <div className="hint">{uscc}</div>
        </>
      ),
    },
    { key: 'registeredName', title: '企业库登记', render: (row) => <Compared row={row} /> },
    {
      key: 'personName',
      title: '经办人',
      render: ({ id, personName, phone }) => (
        <>
          <Reveal
            masked={personName}
            label="查看原文"
            title="查看注册人的姓名、电话与邮箱"
            example="例如：致电核对经办人身份"
            look={(reason) => ask(api.registrations[':id'].reveal.$post({ param: { id }, json: { reason } }))}
            show={(seen) => [seen.personName, seen.phone, seen.email].filter(Boolean).join('，')}
          />
          <div className="hint">{phone ?? '未填电话'}</div>
        </>
      ),
    },
    { key: 'email', title: '邮箱', hidden: true },
    status === 'submitted'
      ? {
          key: 'status',
          title: '办理',
          render: (row) => (
            <Space>
              <Button type="primary" size="small" disabled={!row.registeredName} onClick={() => confirm(row)}>
                通过
              </Button>
              <Button size="small" onClick={() => refuse(row)}>
                退回
              </Button>
            </Space>
          ),
        }
      : {
          key: 'status',
          title: '结论',
          render: (row) => (
            <>
              <StateTag state={row.status} labels={WORDS} /> {row.decidedOn} <div className="reason">{row.reason}</div>
            </>
          ),
        },
  ];
}

/** What the register has under that code, and whether the name is the same one. */
function Compared({ row: { uscc, enterpriseName, registeredName, registeredIn } }: { row: Registration }) {
  if (!registeredName)
    return (
      <>
        <Toned tone="past">企业库中没有</Toned>
        <Link to={`/enterprises?q=${uscc}`}>查找</Link>
      </>
    );
  const same = foldName(registeredName) === foldName(enterpriseName);
  return (
    <>
      <Link to={`/enterprises/${uscc}`}>{registeredName}</Link>{' '}
      <Toned tone={same ? 'within' : 'near'}>{same ? '名称一致' : '名称不一致'}</Toned>
      <div className="hint">{registeredIn}</div>
    </>
  );
}
