import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, ask } from '../../api.ts';
import { ReasonForm } from '../../parts/ReasonForm.tsx';
import type { Application } from '../../parts/subsidy/types.ts';
import { useAct } from '../../parts/useAct.ts';
import { MendAccount } from './MendAccount.tsx';
import { isMine, mayMendAccount, mayWithdraw } from './where.ts';

/** What the enterprise can do now: go on with it, take it back, put its account right. */
export function Acts({ application }: { application: Application }) {
  const { id, status } = application;
  const [asking, setAsking] = useState<'withdraw' | 'account'>();
  const withdraw = useAct(
    (reason: string) => ask(api['subsidy-applications'][':id'].withdraw.$post({ param: { id }, json: { reason } })),
    { done: '已撤回', refresh: ['subsidy-applications', 'home'] },
  );
  return (
    <>
      {(status === 'draft' || status === 'returned') && (
        <Link to={`/my/subsidies/${id}/edit`}>
          <Button type="primary" tabIndex={-1}>
            {status === 'draft' ? '继续填写' : '去补正'}
          </Button>
        </Link>
      )}
      {mayMendAccount(application) && (
        <Button type={isMine(application) ? 'primary' : 'default'} onClick={() => setAsking('account')}>
          更正收款账户
        </Button>
      )}
      {mayWithdraw(application) && <Button onClick={() => setAsking('withdraw')}>撤回申请</Button>}
      <ReasonForm
        title="撤回这项补贴申请？"
        action="撤回申请"
        label="撤回的原因"
        danger
        open={asking === 'withdraw'}
        act={withdraw}
        onClose={() => setAsking(undefined)}
      >
        <p>
          撤回后不能恢复{application.granted !== null && '，已分配的预算不再保留'}
          ；其中的保单、发票、借据可以另行申请，受理日期重新计算。
        </p>
      </ReasonForm>
      {asking === 'account' && <MendAccount application={application} onClose={() => setAsking(undefined)} />}
    </>
  );
}
