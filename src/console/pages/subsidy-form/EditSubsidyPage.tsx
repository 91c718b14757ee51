import { Alert, Skeleton } from 'antd';
import { Link, useParams } from 'react-router';
import { isPrepared } from '../../../subsidies/steps.ts';
import { api, ask } from '../../api.ts';
import { Page } from '../../parts/Page.tsx';
import { ProblemPage } from '../../parts/Problem.tsx';
import { statusLabel } from '../../parts/subsidy/words.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { useDraft } from '../../parts/useDraft.ts';
import { startOf } from './request.ts';
import { SubsidyForm } from './SubsidyForm.tsx';
import type { Given } from './types.ts';
import { useOffers } from './useOffers.ts';

/** 补贴申请 being prepared, or sent back to be put right. */
export default function EditSubsidyPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useAsk(['subsidy-applications', id], () =>
    ask(api['subsidy-applications'][':id'].$get({ param: { id } })),
  );
  const offers = useOffers();
  const draft = useDraft<Given>(`subsidy:${id}`, {});
  if (error && !data) return <ProblemPage error={error} retry={refetch} />;
  if (offers.error) return <ProblemPage error={offers.error} retry={offers.refetch} />;
  if (!data || !offers.data || !draft.ready) return <Skeleton className="page" active />;
  const { status, schemeTitle, year, batchNo, reason, scheme } = data;
  const offer = offers.data.items.find((one) => one.scheme === scheme);
  return (
    <Page
      title={status === 'returned' ? '补正补贴申请' : '填写补贴申请'}
      trail={[
        { title: '我的补贴', to: '/my/subsidies' },
        { title: '补贴申请', to: `/my/subsidies/${id}` },
      ]}
      sentence={`${schemeTitle}，${year} 年第 ${batchNo} 批。${status === 'draft' ? '草稿只有本企业看得到，提交后才进入审核。' : ''}`}
    >
      {status === 'returned' && (
        <Alert
          type="warning"
          showIcon
          title={`退回补正的理由：${reason}`}
          description="补正后重新提交，受理日期和批次不变。"
        />
      )}
      {!isPrepared(status) && (
        <Alert
          type="info"
          showIcon
          title={`该申请为「${statusLabel(status)}」，不能再修改。`}
          action={<Link to={`/my/subsidies/${id}`}>查看申请</Link>}
        />
      )}
      {isPrepared(status) && !offer && (
        <Alert type="warning" showIcon title="这项政策目前不受理本企业的申请，暂时不能修改和提交。" />
      )}
      {isPrepared(status) && offer && (
        <SubsidyForm
          key={id}
          offer={offer}
          start={{ ...startOf(data), ...draft.value }}
          draft={draft}
          application={data}
        />
      )}
    </Page>
  );
}
