import { Button, Result } from 'antd';
import { Link, useLocation, useRouteError } from 'react-router';
import { PERMISSIONS, ROLES } from '../../access/roles.ts';
import { ProblemPage } from '../parts/Problem.tsx';
import { useMe } from '../session.ts';
import { pageAt } from './pages.ts';

/** No page here, or one for other roles: then it says for whom. */
export function NotFound() {
  const { pathname } = useLocation();
  const me = useMe();
  const page = pageAt(pathname);
  const home = (
    <Link to="/">
      <Button type="primary">回到首页</Button>
    </Link>
  );
  if (!page)
    return <Result status="warning" title="没有这个页面" subTitle="请检查地址，或从左侧菜单进入" extra={home} />;
  const roles = page.roles ?? (page.needs ? PERMISSIONS[page.needs].roles : []);
  const who = roles.map((role) => ROLES[role]).join('、');
  return (
    <Result
      className="refused"
      status="info"
      title={`「${me.roleName}」不能打开「${page.title}」`}
      subTitle={who && `此页面供${who}使用`}
      extra={home}
    />
  );
}

/** A page that broke while it was shown. */
export function PageError() {
  return <ProblemPage error={useRouteError()} retry={() => window.location.reload()} />;
}
