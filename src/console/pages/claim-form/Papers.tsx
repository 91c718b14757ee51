import { Button, Progress, Upload } from 'antd';
import { api, ask } from '../../api.ts';
import { Cites } from '../../parts/Cites.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useAct } from '../../parts/useAct.ts';
import type { HeldClause } from '../../parts/useClauses.ts';
import type { Claim, Paper } from './types.ts';
import { type Underway, usePaperUploads } from './usePaperUploads.ts';

/** Value of the clause 申请材料. */
export interface ChecklistRule {
  papers: { code: string; only?: 'guaranteed' }[];
}

/** 申请材料: each paper of the checklist with what was handed in, a place to drop files, and what was refused and why. */
export function Papers({ claim, rule }: { claim: Claim; rule: HeldClause<ChecklistRule> | undefined }) {
  const uploads = usePaperUploads(claim.id);
  const lacking = claim.papers.filter(({ required, attachments }) => required && attachments.length === 0);
  const guaranteedOnly = new Set(rule?.value?.papers.filter(({ only }) => only).map(({ code }) => code));
  const shown = claim.papers.filter(({ required, attachments }) => required || attachments.length > 0);
  return (
    <section aria-label="申请材料">
      <h2>申请材料</h2>
      <p className="hint-line">
        {lacking.length > 0
          ? `还缺 ${lacking.length} 项：${lacking.map(({ label }) => label).join('、')}。`
          : '材料已齐全。'}
        PDF、JPEG、PNG、XLSX、DOCX 或 OFD，每份不超过 20 MB，一项可以有多份。
        <Cites cites={rule?.cites ?? []} />
      </p>
      <ul className="paper-list">
        {shown.map((paper) => (
          <OnePaper
            key={paper.code}
            paper={paper}
            onlyGuaranteed={guaranteedOnly.has(paper.code)}
            underway={uploads.underway.filter((one) => one.paper === paper.code)}
            onFile={(file) => uploads.add(paper.code, file)}
            onForget={uploads.forget}
          />
        ))}
      </ul>
      {shown.length < claim.papers.length && (
        <p className="hint-line">
          有担保的另附：
          {claim.papers
            .filter((paper) => !shown.includes(paper))
            .map(({ label }) => label)
            .join('、')}
          。该笔贷款没有担保，不必提交。
        </p>
      )}
    </section>
  );
}

interface Props {
  paper: Paper;
  onlyGuaranteed: boolean;
  underway: Underway[];
  onFile(file: File): void;
  onForget(key: string): void;
}

function OnePaper({ paper, onlyGuaranteed, underway, onFile, onForget }: Props) {
  const { code, label, required, attachments } = paper;
  const withdraw = useAct((id: string) => ask(api.attachments[':id'].$delete({ param: { id } })), {
    done: '已撤回',
    refresh: ['claims'],
  });
  const received = attachments.length > 0;
  return (
    <li data-paper={code}>
      <div>
        <strong>{label}</strong>{' '}
        {received ? <Toned tone="within">已收到 {attachments.length} 份</Toned> : <Toned tone="past">缺少</Toned>}
        {!required && <Toned tone="plain">非必需</Toned>}
        {onlyGuaranteed && <span className="hint">有担保的提交</span>}
      </div>
      <div>
        <ul className="plain">
          {attachments.map(({ id, name, size, uploadedOn }) => (
            <li key={id}>
              <a href={`/api/v1/attachments/${id}`}>{name}</a>
              <span className="hint">
                　{sizeText(size)}，{uploadedOn} 上传
              </span>{' '}
              <Button
                type="link"
                size="small"
                aria-label={`撤回 ${name}`}
                loading={withdraw.isPending && withdraw.variables === id}
                onClick={() => withdraw.mutate(id)}
              >
                撤回
              </Button>
            </li>
          ))}
          {underway.map((one) => (
            <OnItsWay key={one.key} of={one} onForget={() => onForget(one.key)} />
          ))}
        </ul>
        <ProblemAlert error={withdraw.error} />
      </div>
      <Upload.Dragger
        multiple
        accept=".pdf,.jpg,.jpeg,.png,.xlsx,.docx,.ofd"
        showUploadList={false}
        beforeUpload={(file) => {
          onFile(file);
          return Upload.LIST_IGNORE;
        }}
      >
        <span className="unseen">上传{label}：</span>
        拖到这里，或点击选择
      </Upload.Dragger>
    </li>
  );
}

function OnItsWay({ of: { name, fraction, refused, retry }, onForget }: { of: Underway; onForget(): void }) {
  if (refused === undefined)
    return (
      <li role="status">
        {name} <Progress percent={Math.floor(fraction * 100)} size="small" status="active" />
      </li>
    );
  return (
    <li role="alert">
      <Toned tone="past">未收</Toned>
      {refused}
      {retry && (
        <Button type="link" size="small" onClick={retry}>
          重试
        </Button>
      )}
      <Button type="link" size="small" onClick={onForget}>
        知道了
      </Button>
    </li>
  );
}

const sizeText = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
