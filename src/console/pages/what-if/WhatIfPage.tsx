import { Button, Empty, Select, Skeleton, Space } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, ask } from '../../api.ts';
import { Cites } from '../../parts/Cites.tsx';
import { Page } from '../../parts/Page.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { useFilters } from '../../parts/useFilters.ts';
import type { Schema } from '../policies/schema.ts';
import { useSchemes } from '../subsidy-batches/useSchemes.ts';
import { LeafTable, textOf } from './LeafTable.tsx';
import { changed, isFigure, leavesOf } from './leaves.ts';
import { TrialResult } from './TrialResult.tsx';
import './what-if.css';

/** Clauses that say what is granted to whom; the others say how it is done, which no trial shows. */
const DECIDING = /\.(holder|gate|caps|registration|\w+(Period|Allowed|Amount|Vouchers))$/;

/** 政策试算: a year's applications judged once more with another value of one clause. Nothing is written; the address keeps what is tried. */
export default function WhatIfPage() {
  const { batches, schemes, ready, error } = useSchemes();
  const [{ scheme = schemes[0]?.value, year, clause }, change] = useFilters('scheme', 'year', 'clause');
  const years = [...new Set(batches.filter((b) => b.scheme === scheme).map((b) => `${b.year}`))];
  const asked = year ?? years.at(-1);
  const clauses = useAsk(['policies', 'of', scheme], () => ask(api.policies.$get({ query: { policyCode: scheme! } })), {
    enabled: scheme !== undefined,
  });
  const options = (clauses.data?.items ?? [])
    .filter(({ id }) => DECIDING.test(id))
    .map(({ id, title }) => ({ value: id, label: title }));
  const chosen = clause ?? options.find(({ value }) => value.endsWith('.caps'))?.value;
  return (
    <Page
      title="政策试算"
      sentence="条款换一个取值，一年的申请会怎样：按各自申报日的规定重新计算，比较前后。只作试算，不作任何登记。"
    >
      <ProblemAlert error={error ?? clauses.error} />
      {!ready && !error && <Skeleton active />}
      {ready && schemes.length === 0 && <Empty description="还没有补贴申请，没有可以试算的年度。" />}
      {schemes.length > 0 && (
        <>
          <Space wrap className="what-if-choice no-print">
            {schemes.length > 1 && (
              <Select
                aria-label="补贴政策"
                options={schemes}
                value={scheme}
                onChange={(value) => change({ scheme: value, year: undefined, clause: undefined })}
              />
            )}
            <Select
              aria-label="申报年度"
              value={asked}
              options={years.map((value) => ({ value, label: `${value} 年的申请` }))}
              onChange={(value) => change({ year: value })}
            />
            <Select
              aria-label="条款"
              className="clause-choice"
              value={chosen}
              options={options}
              onChange={(value) => change({ clause: value })}
            />
          </Space>
          {chosen && asked && <TryClause key={`${chosen}${asked}`} clauseId={chosen} year={Number(asked)} />}
        </>
      )}
    </Page>
  );
}

/** The clause as it holds beside what is tried, and what that would make of the year. */
function TryClause({ clauseId, year }: { clauseId: string; year: number }) {
  const [code = '', clause = ''] = clauseId.split('.');
  const [changes, setChanges] = useState<ReadonlyMap<string, unknown>>(new Map());
  const { data, error } = useAsk(['policies', clauseId], () =>
    ask(api.policies[':code'].clauses[':clause'].$get({ param: { code, clause }, query: {} })),
  );
  const attempt = useAct((value: unknown) =>
    ask(api['subsidy-applications'].trial.$post({ json: { clauseId, year, value } })),
  );
  if (error) return <ProblemAlert error={error} />;
  if (!data) return <Skeleton active />;
  const { title, text, outsideDates, citation, value } = data;
  const leaves = leavesOf(value, data.valueSchema as Schema);
  const alter = (next: Map<string, unknown>) => {
    attempt.reset();
    setChanges(next);
  };
  const set = (path: string, given: unknown) => {
    const same = JSON.stringify(leaves.find((leaf) => leaf.path.join('.') === path)?.value) === JSON.stringify(given);
    const next = new Map(changes);
    if (same) next.delete(path);
    else next.set(path, given);
    alter(next);
  };
  const restore = (path: string) => set(path, leaves.find((leaf) => leaf.path.join('.') === path)?.value);
  const trying = { changes, onChange: set, onRestore: restore };
  const words = leaves.filter((leaf) => !isFigure(leaf));
  const tried = leaves.flatMap((leaf) => {
    const other = changes.get(leaf.path.join('.'));
    return other === undefined
      ? []
      : [{ label: leaf.label, before: textOf(leaf, leaf.value), after: textOf(leaf, other) }];
  });
  return (
    <>
      <section aria-label={title} className="what-if">
        <h2>{title}</h2>
        <p>
          现行：{text ?? outsideDates} {citation && <Cites cites={[citation]} />}
        </p>
        <LeafTable leaves={leaves.filter(isFigure)} {...trying} />
        {words.length > 0 && (
          <details>
            <summary>范围、类别等其他取值（{words.length} 处）</summary>
            <LeafTable leaves={words} {...trying} />
          </details>
        )}
        <ProblemAlert error={attempt.error} />
        <Space className="no-print act" wrap>
          <Button
            type="primary"
            disabled={changes.size === 0}
            loading={attempt.isPending}
            onClick={() => attempt.mutate(changed(value, changes))}
          >
            试算 {year} 年的申请
          </Button>
          <Button disabled={changes.size === 0} onClick={() => alter(new Map())}>
            全部恢复现行
          </Button>
          <span className="hint">
            {changes.size === 0 ? '改动一处或几处取值后试算。' : `改动了 ${changes.size} 处。`}
            要增减项目、正式修改的，在
            <Link to={`/policies/${clauseId}`}>政策条款</Link>中提出新版本。
          </span>
        </Space>
      </section>
      {attempt.data && <TrialResult trial={attempt.data} tried={tried} />}
    </>
  );
}
