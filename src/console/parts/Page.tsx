import { Breadcrumb, Space, Typography } from 'antd';
import { type ReactNode, useEffect } from 'react';
import { Link } from 'react-router';

/** The frame of a page: where one is, its name, what one can do, what it says in one sentence, then the content. */
export function Page({
  title,
  trail,
  sentence,
  actions,
  children,
}: {
  title: string;
  /** the pages above this one */
  trail?: { title: string; to: string }[];
  sentence?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · 宁科贷`;
  }, [title]);
  return (
    <main className="page" id="main">
      {trail && (
        <Breadcrumb items={[...trail.map(({ title, to }) => ({ title: <Link to={to}>{title}</Link> })), { title }]} />
      )}
      <div className="page-head">
        <Typography.Title level={1}>{title}</Typography.Title>
        <Space className="no-print" wrap>
          {actions}
        </Space>
      </div>
      {sentence && <p className="sentence">{sentence}</p>}
      {children}
    </main>
  );
}
