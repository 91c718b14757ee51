import { Alert, Skeleton } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { Page } from '../../parts/Page.tsx';
import { ProblemPage } from '../../parts/Problem.tsx';
import { useDraft } from '../../parts/useDraft.ts';
import { useMe } from '../../session.ts';
import { OfferCards } from './OfferCards.tsx';
import { StepsNav } from './StepsNav.tsx';
import { SubsidyForm } from './SubsidyForm.tsx';
import type { Given, Offer } from './types.ts';
import { useOffers } from './useOffers.ts';
import './subsidy-form.css';

const TRAIL = [{ title: '我的补贴', to: '/my/subsidies' }];

/** 申请补贴: first which scheme, then what one asks for; kept on the server as it is typed. */
export default function NewSubsidyPage() {
  const [search] = useSearchParams();
  const scheme = search.get('scheme');
  const { data, error, refetch } = useOffers();
  if (error) return <ProblemPage error={error} retry={refetch} />;
  if (!data) return <Skeleton className="page" active />;
  const offer = data.items.find((one) => one.scheme === scheme);
  if (offer) return <Fill key={offer.scheme} offer={offer} />;
  return (
    <Page
      title="申请补贴"
      trail={TRAIL}
      sentence="先选择要申请的补贴政策，再按步骤填写。每一步都会自动保存，可以随时离开，回来接着填。"
    >
      <div className="subsidy-form">
        <StepsNav at="scheme" reach={['scheme']} onGo={() => {}} />
      </div>
      {scheme && <Alert type="warning" showIcon title="这项政策目前不受理本企业的申请，请从下面选择。" />}
      <OfferCards offers={data.items} />
    </Page>
  );
}

function Fill({ offer }: { offer: Offer }) {
  const { enterprise } = useMe();
  const draft = useDraft<Given>(`subsidy:new-${offer.scheme}`, {});
  if (!draft.ready) return <Skeleton className="page" active />;
  const start: Given = { lines: [], payee: { accountName: enterprise!.name }, ...draft.value };
  return (
    <Page title="申请补贴" trail={TRAIL} sentence={sentenceOf(offer)}>
      {!offer.eligible && (
        <Alert
          type="warning"
          showIcon
          title="按现有资料，本企业还不符合这项政策的条件，下面列出了原因。可以先填写，符合后再提交。"
          action={<Link to="/eligibility">我能申请什么</Link>}
        />
      )}
      <SubsidyForm offer={offer} start={start} draft={draft} />
    </Page>
  );
}

const sentenceOf = ({ title, year, batchNo, closesOn }: Offer): string =>
  `${title}，${year} 年第 ${batchNo} 批，${closesOn} 截止。`;
