import { Button, Progress, Space } from 'antd';

interface Props {
  name: string;
  /** how much of the file has left */
  fraction: number;
  onCancel(): void;
}

/** A file on its way: how much of it has left, then that the server is reading it. */
export function Sending({ fraction, name, onCancel }: Props) {
  const sent = fraction >= 1;
  return (
    <div className="sending" role="status" aria-live="polite">
      <Progress percent={Math.floor(fraction * 100)} status="active" />
      <Space>
        {sent ? `「${name}」已上传，正在逐行核查……` : `正在上传「${name}」……`}
        {!sent && (
          <Button size="small" onClick={onCancel}>
            取消
          </Button>
        )}
      </Space>
    </div>
  );
}
