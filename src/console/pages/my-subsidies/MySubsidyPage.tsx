import { Alert, Skeleton } from 'antd';
import { Link, useParams } from 'react-router';
import { api, ask } from '../../api.ts';
import { Page } from '../../parts/Page.tsx';
import { ProblemPage } from '../../parts/Problem.tsx';
import { LineCheck, SubsidyLine } from '../../parts/subsidy/SubsidyLine.tsx';
import { SubsidyState } from '../../parts/subsidy/SubsidyState.tsx';
import { VoucherTable } from '../../parts/subsidy/VoucherTable.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { Acts } from './Acts.tsx';
import { Clawbacks } from './Clawbacks.tsx';
import { Files } from './Files.tsx';
import { Sums } from './Sums.tsx';
import { Way } from './Way.tsx';
import './my-subsidies.css';

/** One application to the enterprise: where it stands, the way to the money, every line with its amount, article and reason, and what can be done. */
export default function MySubsidyPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useAsk(['subsidy-applications', id], () =>
    ask(api['subsidy-applications'][':id'].$get({ param: { id } })),
  );
  if (error) return <ProblemPage error={error} retry={refetch} />;
  if (!data) return <Skeleton className="page" active />;
  const { schemeTitle, year, batchNo, status, lines, checks } = data;
  const against = checks.filter(({ verdict }) => verdict === 'fail');
  return (
    <Page
      title={`补贴申请：${year} 年第 ${batchNo} 批`}
      trail={[{ title: '我的补贴', to: '/my/subsidies' }]}
      sentence={
        <>
          <SubsidyState status={status} />
          {data.nextStep.sentence}
        </>
      }
      actions={<Acts application={data} />}
    >
      <p className="hint-line">
        {schemeTitle}
        {data.continuesId && '，承接上年度未安排的部分：'}
        {data.continuesId && <Link to={`/my/subsidies/${data.continuesId}`}>原申请</Link>}
      </p>
      {status === 'published' && (
        <Alert
          type="info"
          showIcon
          title="对公示结果有异议的，请在公示期内以书面形式向主管部门实名提出。有异议的项目暂缓办理，其他项目不受影响。"
          action={<a href="/publicity">查看公示</a>}
        />
      )}
      <Sums application={data} />
      <Clawbacks applicationId={id} />
      {against.length > 0 && (
        <section aria-label="企业不符合的条件">
          <h2>企业不符合的条件</h2>
          {against.map((check) => (
            <LineCheck key={check.code} check={check} />
          ))}
        </section>
      )}
      <div className="way-and-lines">
        <Way application={data} />
        <section aria-labelledby="own-lines">
          <h2 id="own-lines">费用和金额</h2>
          {lines.map((line) => (
            <SubsidyLine key={line.place} line={line}>
              {line.kind === 'interest' && <VoucherTable vouchers={line.vouchers} name={line.name} />}
            </SubsidyLine>
          ))}
          {lines.length === 0 && <Alert type="info" showIcon title="还没有填写费用。" />}
        </section>
      </div>
      <Files application={data} />
    </Page>
  );
}
