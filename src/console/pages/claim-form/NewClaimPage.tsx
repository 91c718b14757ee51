import { Alert, Button, Skeleton } from 'antd';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { CLAIM_STATUSES, type ClaimStatus } from '../../../compensation/claim-steps.ts';
import { api, ask, Problem } from '../../api.ts';
import { Page } from '../../parts/Page.tsx';
import { ProblemAlert, ProblemPage } from '../../parts/Problem.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { useDraft } from '../../parts/useDraft.ts';
import { useMe } from '../../session.ts';
import type { Filing } from '../filings/types.ts';
import type { Loan } from '../loans/types.ts';
import { ChooseLoan } from './ChooseLoan.tsx';
import { ClaimForm } from './ClaimForm.tsx';
import { LoanFacts } from './LoanFacts.tsx';
import { prefilled, requestOf } from './request.ts';
import type { ClaimRequest, Given } from './types.ts';
import { useClaimForm } from './useClaimForm.ts';
import { useLoanOf } from './useLoanOf.ts';

/** 申请风险补偿: first the loan, then what is claimed, prefilled; kept on the server as a draft claim, to which papers are then added. */
export default function NewClaimPage() {
  const [search] = useSearchParams();
  const loanId = search.get('loan');
  return loanId ? <ForLoan key={loanId} id={loanId} /> : <ChooseLoan />;
}

function ForLoan({ id }: { id: string }) {
  const { loan, filing, error } = useLoanOf(id);
  const draft = useDraft<Given>(`claim:loan-${id}`, {});
  const claims = useAsk(['claims', 'of', id], () => ask(api.claims.$get({ query: { loanId: id, limit: '10' } })));
  if (error ?? claims.error) return <ProblemPage error={error ?? claims.error} />;
  if (!loan || !filing || !claims.data || !draft.ready) return <Skeleton className="page" active />;
  const live = claims.data.items.find(({ status }) => status !== 'refused' && status !== 'withdrawn');
  return (
    <Page
      title={`申请风险补偿：${loan.enterpriseName}`}
      trail={[
        { title: '风险补偿', to: '/claims' },
        { title: '选择贷款', to: '/claims/new' },
      ]}
      sentence={!live && loan.status === 'active' && '贷款和月报里有的内容已经填好；保存草稿后上传材料、核对，再提交。'}
    >
      <LoanFacts loan={loan} filing={filing} />
      {live && <AlreadyClaimed claim={live} />}
      {!live && loan.status !== 'active' && (
        <Alert type="info" showIcon title={`该笔贷款${ENDED[loan.status] ?? '已不在池'}，不能申请补偿。`} />
      )}
      {!live && loan.status === 'active' && <Fill loan={loan} filing={filing} draft={draft} />}
    </Page>
  );
}

const ENDED: Record<string, string> = { paidOff: '已结清', compensated: '已补偿', revoked: '的备案已撤销' };

function AlreadyClaimed({ claim: { id, status } }: { claim: { id: string; status: string } }) {
  const prepared = status === 'draft' || status === 'returned';
  return (
    <Alert
      type="info"
      showIcon
      title={`该笔贷款已有补偿申请（${CLAIM_STATUSES[status as ClaimStatus] ?? status}），不能重复申请。`}
      action={<Link to={prepared ? `/claims/${id}/edit` : `/claims/${id}`}>{prepared ? '继续办理' : '查看申请'}</Link>}
    />
  );
}

interface FillProps {
  loan: Loan;
  filing: Filing;
  draft: ReturnType<typeof useDraft<Given>>;
}

function Fill({ loan, filing, draft }: FillProps) {
  const { institution } = useMe();
  const navigate = useNavigate();
  const start = { ...prefilled(loan, institution?.name ?? ''), ...draft.value };
  const state = useClaimForm(start, draft);
  const create = useAct((json: ClaimRequest) => ask(api.claims.$post({ json })), {
    done: '草稿已保存，请上传材料',
    refresh: ['claims', 'home'],
  });
  const save = async () => {
    const given = await state.checked();
    if (!given) return;
    try {
      // Goes on when the page has looked again and shows the new draft instead of this form.
      const { id } = await create.mutateAsync(requestOf(given, {}, loan));
      await state.sent();
      navigate(`/claims/${id}/edit`, { replace: true });
    } catch (caught) {
      if (!(caught instanceof Problem)) throw caught;
      state.refused(caught);
    }
  };
  return (
    <>
      {draft.found && <Alert type="info" showIcon closable title="已恢复上次填写的内容" />}
      <ProblemAlert error={create.error} />
      <ClaimForm loan={loan} filing={filing} start={start} state={state} />
      <div className="form-foot no-print">
        <Button type="primary" loading={create.isPending} onClick={save}>
          保存草稿，上传材料
        </Button>
        <span>内容随填随存；草稿只有本行看得到，提交后才进入审核。</span>
      </div>
    </>
  );
}
