import { Typography } from 'antd';

/** A paper's number, which opens its PDF in a tab of its own; until it is drawn it says so. */
export function PaperLink({ id, number, ready }: { id: string; number: string; ready: boolean }) {
  if (!ready) return <Typography.Text type="secondary">{number}（正在生成）</Typography.Text>;
  return (
    <a href={`/api/v1/documents/${id}/pdf`} target="_blank" rel="noreferrer">
      {number}
    </a>
  );
}
