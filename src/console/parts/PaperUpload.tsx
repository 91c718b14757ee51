import { Button, Progress, Upload } from 'antd';
import { api, ask } from '../api.ts';
import { ProblemAlert } from './Problem.tsx';
import { Toned } from './StateTag.tsx';
import { useAct } from './useAct.ts';
import type { Underway } from './usePaperUploads.ts';
import './paper-upload.css';

interface Props {
  paper: {
    code: string;
    label: string;
    required: boolean;
    attachments: { id: string; name: string; size: number; uploadedOn: string }[];
  };
  /** for whom or for what it is asked */
  note?: string;
  /** what is asked again when a file was taken back */
  refresh: string[];
  underway: Underway[];
  onFile(file: File): void;
  onForget(key: string): void;
}

/** One paper of a checklist, in a list `paper-list`: what was handed in, what is on its way or was refused, and where to drop a file. */
export function PaperUpload({ paper, note, refresh, underway, onFile, onForget }: Props) {
  const { code, label, required, attachments } = paper;
  const withdraw = useAct((id: string) => ask(api.attachments[':id'].$delete({ param: { id } })), {
    done: '已撤回',
    refresh,
  });
  const received = attachments.length > 0;
  return (
    <li data-paper={code}>
      <div>
        <strong>{label}</strong> {received && <Toned tone="within">已收到 {attachments.length} 份</Toned>}
        {!received && required && <Toned tone="past">缺少</Toned>}
        {!required && <Toned tone="plain">非必需</Toned>}
        {note && <span className="hint">{note}</span>}
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
        <span className="at-desk">拖到这里，或点击选择</span>
        <span className="by-hand">选择文件或拍照</span>
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
