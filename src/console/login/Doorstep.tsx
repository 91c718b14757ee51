import { Result } from 'antd';
import { Card } from './Card.tsx';
import { Forgot } from './Forgot.tsx';
import { Invitation } from './Invitation.tsx';
import { Register } from './Register.tsx';
import { Reset } from './Reset.tsx';

/** The pages that are opened before one can log in: registration of an enterprise, a forgotten password, the links of mails. */
export default function Doorstep() {
  const page = window.location.pathname.split('/')[2];
  const token = new URLSearchParams(window.location.search).get('token') ?? '';
  if (page === 'register') return <Register />;
  if (page === 'forgot') return <Forgot />;
  return page === 'reset' ? <Reset token={token} /> : <Invitation token={token} />;
}

/** The end of each of them: what happened, and the way to the login. */
export function Done({ title, children }: { title: string; children?: React.ReactNode }) {
  return (
    <Card title={title}>
      <Result status="success" title={title} subTitle={children} extra={<a href="/console/">去登录</a>} />
    </Card>
  );
}
