import { Empty, Skeleton } from 'antd';
import { api, ask } from '../../api.ts';
import { Page } from '../../parts/Page.tsx';
import { ProblemPage } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useAsk } from '../../parts/useAsk.ts';

/** 我的文件: what was issued about this enterprise, as PDF, each with the code by which others verify it. */
export default function PapersPage() {
  const { data, error, refetch } = useAsk(['documents', 'my'], () =>
    ask(api.documents.$get({ query: { sort: '-issuedOn', limit: '200' } })),
  );
  // A paper names its filing by number only: the loan's own number is what people know.
  const filings = useAsk(['loan-filings', 'my'], () =>
    ask(api['loan-filings'].$get({ query: { sort: '-filedOn', limit: '200' } })),
  );
  const aboutOf = (subject: string) => filings.data?.items.find(({ id }) => subject === `filing:${id}`);
  if (error) return <ProblemPage error={error} retry={refetch} />;
  if (!data) return <Skeleton className="page" active />;
  return (
    <Page
      title="我的文件"
      sentence={
        data.total > 0
          ? `共 ${data.total} 份，可以打开或下载。`
          : '还没有文件。贷款备案审核、补贴申请提交后，有关文件会出现在这里。'
      }
    >
      {data.total === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={false} />}
      {data.items.map(({ id, title, number, issuedOn, verificationCode, ready, subject, voidedOn }) => (
        <div className="check" key={id}>
          <div className="said">
            {ready ? (
              <a href={`/api/v1/documents/${id}/pdf`} target="_blank" rel="noreferrer">
                <strong>{title}</strong>
              </a>
            ) : (
              <>
                <strong>{title}</strong>　正在生成，稍后刷新
              </>
            )}
            <div>
              {number}　{issuedOn}
              {voidedOn && <Toned tone="past">{voidedOn} 作废</Toned>}
            </div>
            {aboutOf(subject) && (
              <div>
                {aboutOf(subject)?.bankName}　借据号 {aboutOf(subject)?.dueBillNo}
              </div>
            )}
            <div className="hint">
              验证码 <a href={`/verify/${verificationCode}`}>{verificationCode}</a>
            </div>
          </div>
        </div>
      ))}
    </Page>
  );
}
