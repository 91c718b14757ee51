import { Skeleton } from 'antd';
import { addDays } from '../../../calendar/local-date.ts';
import { api, ask } from '../../api.ts';
import { Page } from '../../parts/Page.tsx';
import { ProblemPage } from '../../parts/Problem.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { useMe } from '../../session.ts';
import { TitleState } from '../enterprises/TitleTags.tsx';
import type { Title } from '../enterprises/types.ts';

const SOON = 90;

/** 我的资质: what counts today, and what ends soon and has to be renewed. */
export default function TitlesPage() {
  const me = useMe();
  const uscc = me.enterprise!.uscc;
  const { data, error, refetch } = useAsk(['enterprises', uscc, me.today], () =>
    ask(api.enterprises[':uscc'].$get({ param: { uscc }, query: {} })),
  );
  if (error) return <ProblemPage error={error} retry={refetch} />;
  if (!data) return <Skeleton className="page" active />;
  const titles = [...data.titles].sort((a, b) => (a.validTo < b.validTo ? 1 : -1));
  return (
    <Page title="我的资质" sentence={sentenceOf(titles, me.today)}>
      {titles.map((title) => (
        <div className="check" key={`${title.kind}${title.certificateNo}`}>
          <div className="said">
            <strong>{title.label}</strong>
            <div>
              {title.validFrom} 至 {title.validTo}
            </div>
            <div className="hint">证书编号 {title.certificateNo}</div>
          </div>
          <TitleState title={title} on={me.today} />
        </div>
      ))}
      <p className="hint-line">资质由科技部门维护。证书已更新而这里没有的，请把证书交所在县区科技部门登记。</p>
    </Page>
  );
}

function sentenceOf(titles: Title[], today: string): string {
  const valid = titles.filter((title) => title.valid);
  if (valid.length === 0) return '目前没有有效资质，因此还不能申请本项目支持的贷款。';
  const ending = valid.filter(({ validTo }) => validTo <= addDays(today, SOON));
  const soon = ending.map(({ label, validTo }) => `${label}（${validTo}）`).join('、');
  return `有 ${valid.length} 项有效资质${soon ? `；${soon}将在 ${SOON} 天内到期，请及时续期` : '，近期没有到期的'}。`;
}
