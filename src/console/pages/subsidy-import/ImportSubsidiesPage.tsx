import { App, Button, Form, Radio, Tabs, Upload } from 'antd';
import { useState } from 'react';
import { Page } from '../../parts/Page.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { SchemeSelect } from '../../parts/SchemeSelect.tsx';
import { Sending } from '../../parts/Sending.tsx';
import { useFilters } from '../../parts/useFilters.ts';
import { useSubsidySchemes } from '../../parts/useSubsidySchemes.ts';
import { MappingStep } from '../imports/MappingStep.tsx';
import { useSchemes } from '../subsidy-batches/useSchemes.ts';
import { Done, Refused } from './Outcome.tsx';
import { FILES, filesOf, MODES, type Mode } from './types.ts';
import { useSubsidyImport } from './useSubsidyImport.ts';
import '../filings/filings.css';
import '../imports/imports.css';
import './subsidy-import.css';

/** 导入纸质申请: the scheme, the kind of file and how it is taken, then the file; what came of it stays below, so that the next may be dropped at once. */
export default function ImportSubsidiesPage() {
  const [asked, change] = useFilters('scheme', 'kind');
  const { schemes, error, refetch } = useSubsidySchemes();
  const { batches } = useSchemes();
  const { modal } = App.useApp();
  const [mode, setMode] = useState<Mode>('all');
  const choices = schemes.filter(({ kinds }) => filesOf(kinds).length > 0);
  // What the last batch was of comes first to mind.
  const code = asked.scheme ?? batches[0]?.scheme;
  const scheme = choices.find((one) => one.code === code) ?? choices[0];
  const kinds = filesOf(scheme?.kinds ?? []);
  const kind = kinds.find((one) => one === asked.kind) ?? kinds[0] ?? 'premiums';
  const { step, start, confirm, takeAs, retry, cancel } = useSubsidyImport({ scheme: scheme?.code, kind, mode });
  const { label } = FILES[kind];
  const chosen = (next: Record<string, string>) => {
    change(next);
    cancel();
  };
  // A file under the wrong scheme takes up its policies and invoices until each application is refused.
  const startOnce = (file: File) => {
    if (!scheme || batches.some((batch) => batch.scheme === scheme.code)) return start(file);
    modal.confirm({
      title: '这项政策还没有受理过申请',
      content: `确定把「${file.name}」作为${scheme.title}的申请导入？文件中的保单、发票等随即被这些申请占用。`,
      okText: '导入',
      onOk: () => start(file),
    });
  };
  const idle = step.at !== 'sending' && step.at !== 'mapping';
  return (
    <Page
      title="导入纸质申请"
      trail={[{ title: '补贴申请', to: '/subsidies' }]}
      sentence="把纸质申请的明细汇总成一个文件导入：一户企业一份申请，即日受理，按文件中的次序编受理号；同一文件再次导入不会重复。"
      actions={
        <Button href={`/api/v1/subsidy-applications/import-templates/${kind}?format=xlsx`}>下载{label}模板</Button>
      }
    >
      <ProblemAlert error={error} retry={refetch} />
      <Form layout="inline" className="import-options">
        <Form.Item label="补贴政策" required>
          <SchemeSelect
            className="scheme"
            schemes={choices}
            value={scheme?.code ?? null}
            onChange={(next) => next && chosen({ scheme: next })}
          />
        </Form.Item>
        <Form.Item label="接收方式">
          <Radio.Group
            value={mode}
            options={Object.entries(MODES).map(([value, text]) => ({ value, label: text }))}
            onChange={({ target }) => setMode(target.value)}
          />
        </Form.Item>
      </Form>
      <Tabs
        activeKey={kind}
        onChange={(next) => chosen({ kind: next })}
        items={kinds.map((one) => ({ key: one, label: FILES[one].label }))}
      />
      {step.at === 'failed' && <ProblemAlert error={step.error} retry={retry} />}
      {step.at === 'mapping' && (
        <MappingStep file={step.inspection} initial={step.mapping} onConfirm={confirm} onCancel={cancel} />
      )}
      {step.at === 'sending' && <Sending fraction={step.fraction} name={step.name} onCancel={cancel} />}
      {idle && (
        <Upload.Dragger
          accept=".csv,.xlsx,.txt"
          maxCount={1}
          showUploadList={false}
          disabled={!scheme}
          beforeUpload={(file) => {
            startOnce(file);
            return false;
          }}
        >
          <p className="drop-title">把{label}文件拖到这里，或点击选择</p>
          <p>CSV（UTF-8 或 GB18030）或 XLSX，不超过 64 MB，列的次序和名称不限</p>
        </Upload.Dragger>
      )}
      <div className="outcome">
        {step.at === 'refused' && (
          <Refused name={step.name} kind={step.about.kind} problem={step.problem} onTakeGood={() => takeAs('good')} />
        )}
        {step.at === 'done' && <Done name={step.name} kind={step.about.kind} answer={step.answer} />}
      </div>
    </Page>
  );
}
