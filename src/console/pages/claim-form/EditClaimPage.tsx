import { Alert, App, Button, Skeleton } from 'antd';
import { Link, useNavigate, useParams } from 'react-router';
import { CLAIM_STATUSES, type ClaimStatus } from '../../../compensation/claim-steps.ts';
import { api, ask } from '../../api.ts';
import { Page } from '../../parts/Page.tsx';
import { ProblemAlert, ProblemPage } from '../../parts/Problem.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { useClauses } from '../../parts/useClauses.ts';
import { useDraft } from '../../parts/useDraft.ts';
import { Checks } from '../filings/Checks.tsx';
import type { Check, Filing } from '../filings/types.ts';
import type { Loan } from '../loans/types.ts';
import { ClaimForm } from './ClaimForm.tsx';
import { LoanFacts } from './LoanFacts.tsx';
import { type ChecklistRule, Papers } from './Papers.tsx';
import { prefilled, requestOf } from './request.ts';
import type { Claim, ClaimRequest, Given } from './types.ts';
import { useClaimForm } from './useClaimForm.ts';
import { useLoanOf } from './useLoanOf.ts';

/** 补偿申请 being prepared, or sent back to be put right: what is claimed, the papers, what the automatic checks say of it, and its submission. */
export default function EditClaimPage() {
  const { id = '' } = useParams();
  const claim = useAsk(['claims', id], () => ask(api.claims[':id'].$get({ param: { id } })));
  const { loan, filing, error } = useLoanOf(claim.data?.loanId);
  const draft = useDraft<Given>(`claim:${id}`, {});
  if (claim.error && !claim.data) return <ProblemPage error={claim.error} retry={claim.refetch} />;
  if (error) return <ProblemPage error={error} />;
  if (!claim.data || !loan || !filing || !draft.ready) return <Skeleton className="page" active />;
  const { status, enterpriseName } = claim.data;
  return (
    <Page
      title={`${status === 'returned' ? '补正' : '填写'}补偿申请：${enterpriseName}`}
      trail={[
        { title: '风险补偿', to: '/claims' },
        { title: '补偿申请', to: `/claims/${id}` },
      ]}
      sentence={status === 'draft' ? '草稿，尚未提交。材料齐全、各项核对通过后提交，由合作单位审核。' : undefined}
    >
      {status === 'draft' || status === 'returned' ? (
        <Prepare key={id} claim={claim.data} loan={loan} filing={filing} draft={draft} />
      ) : (
        <Alert
          type="info"
          showIcon
          title={`该申请为「${CLAIM_STATUSES[status as ClaimStatus] ?? status}」，不能再修改。`}
          action={<Link to={`/claims/${id}`}>查看申请</Link>}
        />
      )}
    </Page>
  );
}

interface Props {
  claim: Claim;
  loan: Loan;
  filing: Filing;
  draft: ReturnType<typeof useDraft<Given>>;
}

function Prepare({ claim, loan, filing, draft }: Props) {
  const navigate = useNavigate();
  const { modal } = App.useApp();
  const { clause } = useClauses(claim.poolCode);
  const before = claim.request as Given;
  const start = { ...prefilled(loan, claim.bankName), ...before, ...draft.value };
  const state = useClaimForm(start, draft);
  const put = (json: ClaimRequest) => ask(api.claims[':id'].$put({ param: { id: claim.id }, json }));
  const save = useAct(put, { done: '已保存，核对结果已更新', refresh: ['claims'] });
  const submit = useAct(
    async (json: ClaimRequest | null) => {
      if (json) await put(json);
      return ask(api.claims[':id'].submit.$post({ param: { id: claim.id } }));
    },
    { done: '已提交，由合作单位审核', refresh: ['claims', 'loans', 'home'] },
  );
  const faults = claim.checks.filter(({ verdict }) => verdict === 'fail');
  const request = async () => {
    const given = await state.checked();
    return given && requestOf(given, before, loan);
  };
  const onSave = async () => {
    const json = await request();
    if (json) save.mutate(json, { onSuccess: state.sent, onError: state.refused });
  };
  const onSubmit = async () => {
    const json = await request();
    if (!json) return;
    modal.confirm({
      title: `提交 ${claim.enterpriseName} 的补偿申请？`,
      content: '提交后由合作单位审核，材料不能再增减；审批前可以撤回。',
      okText: '提交',
      onOk: () =>
        submit
          .mutateAsync(state.changed ? json : null)
          .then(state.sent)
          .then(() => navigate(`/claims/${claim.id}`))
          .catch(state.refused),
    });
  };
  return (
    <>
      {claim.status === 'returned' && (
        <Alert
          type="warning"
          showIcon
          title="退回补正的理由"
          description={<span className="said">{claim.reason}</span>}
        />
      )}
      {draft.found && <Alert type="info" showIcon closable title="已恢复上次未保存的修改" />}
      <ProblemAlert error={save.error ?? submit.error} />
      <LoanFacts loan={loan} filing={filing} />
      <ClaimForm loan={loan} filing={filing} start={start} state={state} />
      <Papers claim={claim} rule={clause<ChecklistRule>('claimChecklist')} />
      <h2>自动核对</h2>
      <p className="hint-line">
        {state.changed ? '填写的内容有修改，保存后重新核对。' : '按已保存的内容和已上传的材料核对；提交时再核对一次。'}
      </p>
      <Checks checks={claim.checks as Check[]} />
      <div className="form-foot no-print">
        <Button type="primary" loading={submit.isPending} onClick={onSubmit}>
          提交
        </Button>
        <Button loading={save.isPending} onClick={onSave}>
          保存并核对
        </Button>
        <span>
          {faults.length > 0 && !state.changed ? `还有 ${faults.length} 项不通过，提交会被退回。` : '内容随填随存。'}
        </span>
      </div>
    </>
  );
}
