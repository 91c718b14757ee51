import { Button, Skeleton } from 'antd';
import { api, ask } from '../../api.ts';
import { FilterBar } from '../../parts/FilterBar.tsx';
import { Page } from '../../parts/Page.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { usePoolName, usePools } from '../../parts/useChoices.ts';
import { useFilters } from '../../parts/useFilters.ts';
import { may, useMe } from '../../session.ts';
import { BankSums } from './BankSums.tsx';
import { LoanDifferences } from './LoanDifferences.tsx';
import { Looks } from './Looks.tsx';
import { lastMonthOver } from './words.ts';

/** 三方对账: a pool's loans at a month's end as the banks report them, as they are registered, and as the pool holds reserves for them. */
export default function ThreeWayPage() {
  const me = useMe();
  const pools = usePools();
  const [{ poolCode = pools[0]?.value, period = lastMonthOver(me.today) }, change] = useFilters('poolCode', 'period');
  return (
    <Page title="三方对账" sentence="银行月报、主管部门台账与资金池准备金，月末逐笔核对。">
      <div className="table-bar no-print">
        <FilterBar
          filters={[
            { name: 'poolCode', label: '资金池', kind: 'select', options: pools },
            { name: 'period', label: '月份', kind: 'month' },
          ]}
          values={{ ...(poolCode && { poolCode }), period }}
          onChange={change}
        />
      </div>
      {poolCode && <Month key={`${poolCode}${period}`} poolCode={poolCode} period={period} />}
      {poolCode && <Looks poolCode={poolCode} shown={period} />}
    </Page>
  );
}

function Month({ poolCode, period }: { poolCode: string; period: string }) {
  const me = useMe();
  const poolName = usePoolName();
  const { data, error, isPending, refetch } = useAsk(['loan-reconciliations', poolCode, period], async () => {
    const list = api['loan-reconciliations'];
    const [last] = (await ask(list.$get({ query: { poolCode, period, limit: '1' } }))).items;
    return last ? ask(list[':id'].$get({ param: { id: last.id } })) : null;
  });
  const run = useAct(() => ask(api['loan-reconciliations'].$post({ json: { poolCode, period } })), {
    done: (answer) => (answer.differences === 0 ? '三方一致' : `发现 ${answer.differences} 项差异`),
    refresh: ['loan-reconciliations', 'loan-differences'],
  });
  return (
    <>
      <ProblemAlert error={error ?? run.error} retry={error ? refetch : undefined} />
      {isPending && <Skeleton active />}
      {data !== undefined && (
        <p className="hint-line">
          {data === null ? (
            <span>
              {`${poolName(poolCode)} ${period} 还没有办理三方对账${may(me, 'reconciliation.run') ? '' : '，由财务办理'}。银行报来月报后即可核对。`}
            </span>
          ) : (
            <>
              <Toned tone={data.differences === 0 ? 'within' : 'near'}>
                {data.differences === 0 ? '三方一致' : `${data.differences} 项差异`}
              </Toned>
              <span>
                {data.runOn} 第 {data.number} 次核对，{data.agreed} 笔贷款三方一致。
              </span>
            </>
          )}
          {may(me, 'reconciliation.run') && (
            <Button className="no-print" loading={run.isPending} onClick={() => run.mutate(undefined)}>
              {data === null ? '办理对账' : '重新核对'}
            </Button>
          )}
        </p>
      )}
      {data && data.banks.length > 0 && <BankSums banks={data.banks} />}
      {data && <LoanDifferences poolCode={poolCode} period={period} />}
    </>
  );
}
