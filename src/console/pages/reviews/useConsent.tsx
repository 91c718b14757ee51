import { App } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import { useAct } from '../../parts/useAct.ts';
import { BatchResult, type Decided } from './BatchResult.tsx';
import type { FilingItem } from './queue.ts';

/** As many as one request may decide. */
const MOST = 100;

/** Consent to the chosen filings after a confirmation, each on its own; what happened to each is shown in `result`. */
export function useConsent(onDone: () => void) {
  const { modal } = App.useApp();
  const [decided, setDecided] = useState<Decided[]>();
  const act = useAct(
    async (filings: FilingItem[]): Promise<Decided[]> => {
      const { items } = await ask(api['loan-filings'].consent.$post({ json: { ids: filings.map(({ id }) => id) } }));
      return items.map((item) => ({ ...item, filing: filings.find(({ id }) => id === item.id)! }));
    },
    { refresh: ['loan-filings', 'home'] },
  );
  const confirm = (filings: FilingItem[]) => {
    if (filings.length === 0) return;
    const few = filings.slice(0, MOST);
    modal.confirm({
      title: few.length === 1 ? `同意${few[0]!.enterpriseName}的备案？` : `同意所选 ${few.length} 笔备案？`,
      content: (
        <>
          {few.length === 1 && <p>借据号 {few[0]!.dueBillNo}</p>}
          <p>
            同意后贷款入池、占用准备金，并出具贷款同意函，不能撤回。
            {few.length > 1 && '逐笔核查，不符合条件或额度不足的不会同意，结果逐笔列出。'}
            {filings.length > MOST && `一次最多 ${MOST} 笔，其余请再次办理。`}
          </p>
        </>
      ),
      okText: '同意',
      cancelText: '再看看',
      onOk: () =>
        act.mutateAsync(few).then((all) => {
          setDecided(all);
          onDone();
        }),
    });
  };
  const result = <BatchResult decided={decided} onClose={() => setDecided(undefined)} />;
  return { confirm, busy: act.isPending, error: act.error, result };
}
