import { App } from 'antd';
import { useState } from 'react';
import { Exact, formatYuan, sum } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { useAct } from '../../parts/useAct.ts';
import { BatchResult, type Decided } from './BatchResult.tsx';
import type { FilingItem } from './queue.ts';

/** As many as one request may decide. */
const MOST = 100;

/** What a consent changes: the filing is a loan of a pool from then on. */
const REFRESH = ['loan-filings', 'loans', 'pools', 'portfolio', 'documents', 'home'];

type Asked = Pick<FilingItem, 'id' | 'enterpriseName' | 'dueBillNo' | 'countedPrincipal'>;

/** Consent to one filing after a confirmation; what stands against it stays in `error`. */
export function useConsent(onDone: () => void) {
  const { modal } = App.useApp();
  const decide = async (id: string) => {
    const filing = await ask(api['loan-filings'][':id'].consent.$post({ param: { id } }));
    // On to the next at once; what shows this filing looks again meanwhile.
    onDone();
    return filing;
  };
  const act = useAct(decide, {
    done: ({ enterpriseName }) => `已同意${enterpriseName}的备案，同意函已出具`,
    refresh: REFRESH,
  });
  const confirm = ({ id, enterpriseName, dueBillNo, countedPrincipal }: Asked) =>
    modal.confirm({
      title: `同意${enterpriseName}的备案？`,
      content: (
        <>
          <p>
            借据号 {dueBillNo}，备案金额 {formatYuan(new Exact(countedPrincipal))} 元。
          </p>
          <p>同意后贷款入池、占用准备金，并出具贷款同意函，不能撤回。</p>
        </>
      ),
      okText: '同意',
      cancelText: '再看看',
      onOk: () => act.mutate(id),
    });
  return { confirm, busy: act.isPending, error: act.error };
}

/** Consent to the chosen filings after a confirmation, each on its own; what happened to each is shown in `result`. */
export function useBatchConsent(onDone: () => void) {
  const { modal } = App.useApp();
  const [decided, setDecided] = useState<Decided[]>();
  const act = useAct(
    async (filings: FilingItem[]): Promise<Decided[]> => {
      const { items } = await ask(api['loan-filings'].consent.$post({ json: { ids: filings.map(({ id }) => id) } }));
      return items.map((item) => ({ ...item, filing: filings.find(({ id }) => id === item.id)! }));
    },
    { refresh: REFRESH },
  );
  const confirm = (filings: FilingItem[]) => {
    if (filings.length === 0) return;
    const few = filings.slice(0, MOST);
    const doubtful = few.filter(({ doubts }) => (doubts ?? 0) > 0).length;
    const total = sum(few.map(({ countedPrincipal }) => new Exact(countedPrincipal)));
    modal.confirm({
      title: `同意所选 ${few.length} 笔备案？`,
      content: (
        <>
          <p>备案金额合计 {formatYuan(total)} 元。</p>
          {doubtful > 0 && <p>其中 {doubtful} 笔有须留意的核查事项，建议先打开查看。</p>}
          <p>
            同意后贷款入池、占用准备金，并出具贷款同意函，不能撤回。不符合条件或额度不足的不会同意，结果逐笔列出。
            {filings.length > MOST && `一次最多 ${MOST} 笔，其余请再次办理。`}
          </p>
        </>
      ),
      okText: '同意',
      cancelText: '再看看',
      onOk: () =>
        act.mutateAsync(few).then(
          (all) => {
            setDecided(all);
            onDone();
          },
          () => {
            // shown on the page
          },
        ),
    });
  };
  const result = <BatchResult decided={decided} onClose={() => setDecided(undefined)} />;
  return { confirm, busy: act.isPending, error: act.error, result };
}
