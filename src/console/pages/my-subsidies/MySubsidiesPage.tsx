import { Button, Empty, Skeleton } from 'antd';
import { Link } from 'react-router';
import { Exact, formatYuan, sum } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { Page } from '../../parts/Page.tsx';
import { ProblemPage } from '../../parts/Problem.tsx';
import type { ApplicationItem } from '../../parts/subsidy/types.ts';
import { statusLabel } from '../../parts/subsidy/words.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { useFilters } from '../../parts/useFilters.ts';
import { OfferCards } from '../subsidy-form/OfferCards.tsx';
import { useOffers } from '../subsidy-form/useOffers.ts';
import { ApplicationCard } from './ApplicationCard.tsx';
import { Unkept } from './Unkept.tsx';
import { grantedOf, isMine } from './where.ts';
import './my-subsidies.css';

/** 我的补贴: an enterprise's applications, each with its money and whose turn it is; below, what it may apply for now. */
export default function MySubsidiesPage() {
  const { data, error, refetch } = useAsk(['subsidy-applications', 'my'], () =>
    ask(api['subsidy-applications'].$get({ query: { sort: '-id', limit: '200' } })),
  );
  const offers = useOffers();
  const [{ status }] = useFilters('status');
  const wrong = error ?? offers.error;
  if (wrong) return <ProblemPage error={wrong} retry={() => void Promise.all([refetch(), offers.refetch()])} />;
  if (!data || !offers.data) return <Skeleton className="page" active />;
  const shown = data.items.filter((item) => !status || item.status === status);
  return (
    <Page
      title="我的补贴"
      sentence={sentenceOf(data.items)}
      actions={
        <Link to="/my/subsidies/new">
          <Button type="primary" tabIndex={-1}>
            申请补贴
          </Button>
        </Link>
      }
    >
      <Unkept offers={offers.data.items} />
      {status && (
        <p className="hint-line">
          只显示「{statusLabel(status)}」的 {shown.length} 项。<Link to="/my/subsidies">显示全部</Link>
        </p>
      )}
      {shown.map((item) => (
        <ApplicationCard key={item.id} item={item} />
      ))}
      {data.items.length === 0 && (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="还没有申请过补贴。下面是现在可以申请的政策。" />
      )}
      <h2>现在可以申请</h2>
      <OfferCards offers={offers.data.items} />
    </Page>
  );
}

const ENDED = ['paid', 'deferred', 'refused', 'withdrawn'];

function sentenceOf(items: ApplicationItem[]): string {
  if (items.length === 0) return '目前没有补贴申请。';
  const total = (some: ApplicationItem[], pick: (item: ApplicationItem) => string | null) =>
    formatYuan(sum(some.map((item) => new Exact(pick(item) ?? '0'))));
  const mine = items.filter(isMine);
  const live = items.filter((item) => !ENDED.includes(item.status) && !isMine(item));
  const paid = items.filter(({ status }) => status === 'paid');
  const parts = [
    mine.length > 0 && `${mine.length} 项等您办理`,
    live.length > 0 &&
      `${live.length} 项正在审核，预计 ${total(live, (i) => grantedOf(i) ?? i.decided ?? i.demand)} 元`,
    paid.length > 0 && `${paid.length} 项已拨付，共 ${total(paid, grantedOf)} 元`,
  ].filter(Boolean);
  return parts.length > 0 ? `${parts.join('；')}。` : '没有正在办理的申请。';
}
