import { Select } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { api, ask } from '../../api.ts';
import { Page } from '../../parts/Page.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAsk } from '../../parts/useAsk.ts';

/** For those who ask about others: which enterprise, by part of its name or code. */
export function ChooseEnterprise() {
  const navigate = useNavigate();
  const [q, setQ] = useState('');
  const { data, error, isFetching } = useAsk(['enterprises', 'choices', q], () =>
    ask(api.enterprises.$get({ query: { limit: '20', ...(q ? { q } : {}) } })),
  );
  return (
    <Page title="支持条件" sentence="选择企业，查看它符合哪些条件、还差什么、还能备案多少。">
      <ProblemAlert error={error} />
      <Select
        showSearch={{ filterOption: false, onSearch: (text) => setQ(text.trim()) }}
        autoFocus
        loading={isFetching}
        className="narrow"
        style={{ width: '100%' }}
        placeholder="输入企业名称或统一社会信用代码"
        aria-label="企业"
        notFoundContent={isFetching ? '正在查找……' : '企业库中没有这样的企业'}
        options={data?.items.map(({ uscc, name }) => ({ value: uscc, label: `${name}（${uscc}）` })) ?? []}
        onChange={(uscc: string) => navigate(`/eligibility?uscc=${uscc}`)}
      />
    </Page>
  );
}
