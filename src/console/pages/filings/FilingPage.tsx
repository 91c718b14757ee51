import { App, Button, Descriptions, Skeleton, Space } from 'antd';
import { Link, useNavigate, useParams } from 'react-router';
import { DAY_COUNT_BASES, GUARANTEE_MODES, PURPOSES, REPAYMENT_METHODS } from '../../../loans/terms.ts';
import { api, ask } from '../../api.ts';
import { Money } from '../../parts/Money.tsx';
import { Page } from '../../parts/Page.tsx';
import { ProblemAlert, ProblemPage } from '../../parts/Problem.tsx';
import { StateTag } from '../../parts/StateTag.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { usePoolName } from '../../parts/useChoices.ts';
import { may, useMe } from '../../session.ts';
import { Papers } from '../documents/Papers.tsx';
import { Guarantees } from '../loans/Guarantees.tsx';
import { Checks } from './Checks.tsx';
import { TermText } from './TermLine.tsx';
import { labelOf } from './terms.ts';
import type { Filing } from './types.ts';

/** 备案详情: what was filed, how it was checked and by which articles, what became of it, and its papers. */
export default function FilingPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useAsk(['loan-filings', id], () =>
    ask(api['loan-filings'][':id'].$get({ param: { id } })),
  );
  if (error) return <ProblemPage error={error} retry={refetch} />;
  if (!data) return <Skeleton className="page" active />;
  return (
    <Page
      title={`备案 ${data.dueBillNo}`}
      trail={[{ title: '备案', to: '/filings' }]}
      sentence={<Sentence filing={data} />}
      actions={<Actions filing={data} />}
    >
      <Terms filing={data} />
      <h2>核查与依据</h2>
      <Checks checks={data.checks} />
      {data.status === 'submitted' && <Guarantees filingId={id} open />}
      <Papers subject={`filing:${id}`} />
    </Page>
  );
}

function Sentence({ filing: { status, filedOn, decidedOn, reason, checks } }: { filing: Filing }) {
  const count = (verdict: string) => checks.filter((check) => check.verdict === verdict).length;
  const doubts = [
    count('fail') > 0 ? `${count('fail')} 项不通过` : '',
    count('warn') > 0 ? `${count('warn')} 项提示` : '',
    count('notChecked') > 0 ? `${count('notChecked')} 项未核查` : '',
  ].filter(Boolean);
  const checked = `核查 ${checks.length} 项，${doubts.length > 0 ? doubts.join('、') : '全部通过'}`;
  return (
    <>
      <StateTag state={status} />
      {status === 'submitted' && `${filedOn} 报送，${checked}，等待审核。`}
      {status === 'consented' && `${decidedOn} 同意入池（${filedOn} 报送，${checked}）。`}
      {status === 'withdrawn' && `${decidedOn} 由银行撤回。`}
      {status === 'refused' && (
        <>
          {decidedOn} 未通过，理由：<strong>{reason}</strong>
        </>
      )}
    </>
  );
}

function Actions({ filing: { id, status, dueBillNo } }: { filing: Filing }) {
  const me = useMe();
  const navigate = useNavigate();
  const { modal } = App.useApp();
  const withdraw = useAct(() => ask(api['loan-filings'][':id'].withdraw.$post({ param: { id } })), {
    done: '已撤回',
    refresh: ['loan-filings', 'home'],
  });
  const files = may(me, 'filing.create');
  return (
    <Space wrap>
      <ProblemAlert error={withdraw.error} />
      {files && status === 'submitted' && (
        <Button
          loading={withdraw.isPending}
          onClick={() =>
            modal.confirm({
              title: `撤回备案 ${dueBillNo}？`,
              content: '撤回后不再审核；可以修改后重新报送。',
              okText: '撤回',
              onOk: () => withdraw.mutateAsync(),
            })
          }
        >
          撤回
        </Button>
      )}
      {files && (status === 'refused' || status === 'withdrawn') && (
        <Button type="primary" onClick={() => navigate(`/filings/new?from=${id}`)}>
          修改后重新报送
        </Button>
      )}
      {status === 'consented' && (
        <Link to={`/loans/${id}`}>
          <Button type="primary">查看贷款</Button>
        </Link>
      )}
      {status === 'submitted' && may(me, 'filing.decide') && (
        <Link to={`/reviews/${id}`}>
          <Button type="primary">审核</Button>
        </Link>
      )}
      <Button onClick={() => window.print()}>打印</Button>
    </Space>
  );
}

function Terms({ filing }: { filing: Filing }) {
  const poolName = usePoolName();
  const { poolCode, purpose, purposeText, disbursedOn, maturesOn } = filing;
  const items: [label: string, children: React.ReactNode][] = [
    ['企业', filing.enterpriseName],
    ['统一社会信用代码', filing.enterpriseUscc],
    ['资金池', poolName(poolCode)],
    ['借款合同号', filing.contractNo],
    ['借据号', filing.dueBillNo],
    ['是否首次贷款', filing.firstLoan ? '是' : '否'],
    ['贷款金额', <Money key="" value={filing.principal} withUnit />],
    ['备案金额', <Money key="" value={filing.countedPrincipal} withUnit />],
    ['年利率', `${filing.annualRate}%`],
    ['放款日期', disbursedOn],
    ['到期日期', maturesOn],
    ['期限', <TermText key="" from={disbursedOn} to={maturesOn} />],
    ['计息基础', labelOf(DAY_COUNT_BASES, filing.dayCountBasis)],
    ['还款方式', labelOf(REPAYMENT_METHODS, filing.repaymentMethod)],
    ['担保方式', labelOf(GUARANTEE_MODES, filing.guaranteeMode)],
    ['资金用途', purpose === 'other' && purposeText ? purposeText : labelOf(PURPOSES, purpose)],
    ['备案日期', filing.filedOn],
    ...(filing.renewsContractNo ? ([['续贷原合同号', filing.renewsContractNo]] as [string, string][]) : []),
  ];
  return (
    <Descriptions
      bordered
      size="small"
      column={{ xs: 1, sm: 1, md: 2, xl: 3 }}
      items={items.map(([label, children]) => ({ key: label, label, children }))}
    />
  );
}
