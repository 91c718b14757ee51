import { Alert, Button, Form, Radio, Select, Tabs, Upload } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { Page } from '../../parts/Page.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { Sending } from '../../parts/Sending.tsx';
import { usePools } from '../../parts/useChoices.ts';
import { may, useMe } from '../../session.ts';
import { MappingStep } from './MappingStep.tsx';
import { KINDS, type Kind, MODES, type Mode } from './types.ts';
import { useUpload } from './useUpload.ts';
import '../filings/filings.css';
import './imports.css';

const choices = (labels: Record<string, string>) => Object.entries(labels).map(([value, label]) => ({ value, label }));

/** 上传文件: choose or drop a file; it is read at once where its headings say what they are, else they are asked for. */
export default function NewImportPage() {
  const me = useMe();
  const [search, setSearch] = useSearchParams();
  const pools = usePools();
  const kinds = choices(KINDS).filter(({ value }) =>
    value === 'enterprises' ? may(me, 'enterprise.write') : may(me, 'filing.create'),
  );
  const kind = (kinds.find(({ value }) => value === search.get('kind')) ?? kinds[0])!.value as Kind;
  const poolCode = search.get('pool') ?? (pools.length === 1 ? pools[0]!.value : undefined);
  const [mode, setMode] = useState<Mode>('all');
  const { step, start, confirm, cancel, retry } = useUpload({
    kind,
    poolCode: kind === 'enterprises' ? undefined : poolCode,
    mode,
  });
  const change = (name: string, value: string | undefined) => {
    const next = new URLSearchParams(search);
    value ? next.set(name, value) : next.delete(name);
    setSearch(next, { replace: true });
    cancel();
  };
  const needsPool = kind === 'loanFilings' && !poolCode;
  return (
    <Page
      title="上传文件"
      trail={[{ title: '上传记录', to: '/imports' }]}
      actions={
        <>
          <Button href={`/api/v1/import-templates/${kind}?format=xlsx`}>下载{KINDS[kind]}模板</Button>
          {kind === 'loanFilings' && (
            <Link to="/filings/new">
              <Button>逐笔填报</Button>
            </Link>
          )}
        </>
      }
    >
      <Tabs
        activeKey={kind}
        onChange={(key) => change('kind', key)}
        items={kinds.map(({ value, label }) => ({ key: value, label }))}
      />
      <Form layout="inline" className="import-options">
        {kind !== 'enterprises' && (
          <Form.Item label="资金池" required={kind === 'loanFilings'}>
            <Select
              aria-label="资金池"
              value={poolCode ?? null}
              options={pools}
              allowClear={kind === 'balanceReports'}
              placeholder={kind === 'balanceReports' ? '按借据号自动识别' : '请选择'}
              style={{ minWidth: 220 }}
              onChange={(code?: string) => change('pool', code)}
            />
          </Form.Item>
        )}
        <Form.Item label="接收方式">
          <Radio.Group value={mode} options={choices(MODES)} onChange={({ target }) => setMode(target.value)} />
        </Form.Item>
      </Form>
      <ProblemAlert error={step.error} retry={retry} />
      {step.at === 'mapping' && (
        <MappingStep file={step.inspection} initial={step.mapping} onConfirm={confirm} onCancel={cancel} />
      )}
      {step.at === 'sending' && <Sending fraction={step.fraction} name={step.name} onCancel={cancel} />}
      {step.at === 'idle' && (
        <>
          {needsPool && <Alert type="info" showIcon title="请先选择资金池" />}
          <Upload.Dragger
            accept=".csv,.xlsx,.txt"
            maxCount={1}
            showUploadList={false}
            disabled={needsPool}
            beforeUpload={(file) => {
              start(file);
              return false;
            }}
          >
            <p className="drop-title">把{KINDS[kind]}文件拖到这里，或点击选择</p>
            <p>CSV 或 XLSX，不超过 64 MB，列的次序和名称不限；可以直接用本行系统导出的文件</p>
          </Upload.Dragger>
        </>
      )}
    </Page>
  );
}
