import { Breadcrumb, Space, Typography } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
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
  const main = useRef<HTMLDivElement>(null);
  // Whoever came by the menu goes on in the page: keys are then the page's, not the link's.
  useEffect(() => {
    const at = document.activeElement;
    if (at === document.body || at?.closest('nav')) main.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className="page" id="main" tabIndex={-1} ref={main}>
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
    </div>
  );
}
