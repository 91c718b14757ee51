import { Alert, Button, Drawer, Dropdown, Layout, Menu, type MenuRef, Space } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { Link, Outlet, useLocation, useNavigation } from 'react-router';
import { auth } from '../api.ts';
import { flush } from '../parts/drafts.ts';
import { MoneyUnitSwitch } from '../parts/Money.tsx';
import { useMe } from '../session.ts';
import { MoveDay } from './MoveDay.tsx';
import { GROUPS, inMenu, PAGES, pageAt } from './pages.ts';

/** The frame around every page: menu by task, unit of amounts, one's account, and the page. On a phone the menu comes from the side. */
export function Frame() {
  const me = useMe();
  const [open, setOpen] = useState(false);
  const loading = useNavigation().state === 'loading';
  return (
    <Layout className="frame">
      <a className="skip" href="#main">
        跳到内容
      </a>
      <Layout.Header className="no-print">
        <Button className="menu-button" type="text" onClick={() => setOpen(true)} aria-label="打开菜单">
          ☰
        </Button>
        <Link to="/" className="brand">
          <img src="/console/icon.svg" alt="" width="24" height="24" /> 宁科贷
        </Link>
        <span className="whose">{me.institution?.name ?? me.enterprise?.name}</span>
        <Space className="head-right">
          <span className="today">业务日期 {me.today}</span>
          <MoneyUnitSwitch />
          <Dropdown menu={{ items: accountMenu }} trigger={['click']}>
            <Button type="text">
              <span className="person">{me.name}</span>
              <span className="role">（{me.roleName}）</span>
            </Button>
          </Dropdown>
        </Space>
      </Layout.Header>
      {me.notice && <Alert className="no-print" banner type="info" title={me.notice} action={<MoveDay />} />}
      <Layout>
        <Layout.Sider width={200} className="no-print side">
          <nav aria-label="主菜单">
            <MainMenu />
          </nav>
        </Layout.Sider>
        <Drawer placement="left" open={open} onClose={() => setOpen(false)} size={240} title="菜单">
          <MainMenu onChoose={() => setOpen(false)} />
        </Drawer>
        <Layout.Content aria-busy={loading}>
          <Outlet />
        </Layout.Content>
      </Layout>
    </Layout>
  );
}

function MainMenu({ onChoose }: { onChoose?(): void }) {
  const me = useMe();
  const { pathname } = useLocation();
  const pages = PAGES.filter((page) => inMenu(me, page));
  const items = GROUPS.flatMap((group) => {
    const children = pages
      .filter((page) => page.group === group)
      .map(({ path, title, titleOf }) => ({ key: path, label: <Link to={path}>{titleOf?.[me.role] ?? title}</Link> }));
    return children.length > 0 ? [{ key: group, type: 'group' as const, label: group, children }] : [];
  });
  // The nearest page of the menu at or above this address: /filings/new is a page of its own, /filings/12 is within /filings.
  const at = pageAt(pathname)?.within ?? pathname;
  const [here] = pages
    .map(({ path }) => path)
    .filter((path) => at === path || at.startsWith(`${path}/`))
    .sort((a, b) => b.length - a.length);
  const menu = useRef<MenuRef>(null);
  // The menu of an office is longer than the window: the page one is on is in sight.
  useEffect(() => {
    menu.current?.menu?.list.querySelector('.ant-menu-item-selected')?.scrollIntoView({ block: 'nearest' });
  }, [here]);
  return <Menu ref={menu} mode="inline" items={items} selectedKeys={here ? [here] : []} onClick={onChoose} />;
}

const accountMenu = [
  { key: 'account', label: <Link to="/account">我的账号</Link> },
  { key: 'docs', label: <a href="/api/docs">接口文档</a> },
  { key: 'out', label: '退出登录', onClick: () => void logOut() },
];

async function logOut(): Promise<void> {
  await flush();
  await auth('sign-out', {});
  window.location.assign('/console/');
}
