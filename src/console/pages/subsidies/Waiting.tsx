import { money, sum, toWire } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { Money } from '../../parts/Money.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { useMe } from '../../session.ts';
import { FIRST_COME } from './queue.ts';

const NEXT: Record<string, string> = {
  countyReviewer: '待本单位审核推荐',
  regionalReviewer: '待形式审查或核定',
  finance: '待登记审计意见',
};

/** How many wait for the person and what they come to. */
export function Waiting({ view }: { view: 'todo' | 'all' }) {
  const { role } = useMe();
  const { data } = useAsk(
    ['subsidy-applications', 'waiting'],
    () => ask(api['subsidy-applications'].$get({ query: { todo: 'mine', sort: FIRST_COME, limit: '500' } })),
    { enabled: view === 'todo' },
  );
  if (view === 'all')
    return '企业申请补贴，经县（市、区）推荐、形式审查、审计和核定，公示后在预算内分配，由另一人批准后拨付。';
  if (!data) return '正在统计……';
  if (data.total === 0) return '没有待您办理的补贴申请。您经办过、须由他人接着办理的不在其中。';
  const demand = toWire(sum(data.items.map((item) => money(item.demand))));
  const doubtful = data.items.filter(({ eligible }) => !eligible).length;
  return (
    <>
      {data.total} 项申请{NEXT[role] ?? '待办理'}，按规定应得共 <Money value={demand} withUnit />
      {doubtful > 0 && `，其中 ${doubtful} 项不符合申报条件`}；最早的一项于 {data.items[0]!.appliedOn} 申报。
    </>
  );
}
