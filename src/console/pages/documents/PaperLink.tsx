import { Typography } from 'antd';

interface Paper {
  id: string;
  number: string;
  ready: boolean;
  voidedOn: string | null;
}

/** A paper's number, which opens its PDF in a tab of its own; until it is drawn it says so, and also when it is void. */
export function PaperLink({ id, number, ready, voidedOn }: Paper) {
  if (!ready) return <Typography.Text type="secondary">{number}（正在生成）</Typography.Text>;
  return (
    <>
      <a href={`/api/v1/documents/${id}/pdf`} target="_blank" rel="noreferrer">
        {number}
      </a>
      {voidedOn && <Typography.Text type="danger">（{voidedOn} 作废）</Typography.Text>}
    </>
  );
}
