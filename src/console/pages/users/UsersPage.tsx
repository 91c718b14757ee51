import { Button, Tabs } from 'antd';
import { useState } from 'react';
import { Page } from '../../parts/Page.tsx';
import { useFilters } from '../../parts/useFilters.ts';
import { Invitations } from './Invitations.tsx';
import { InviteDialog } from './InviteDialog.tsx';
import { Users } from './Users.tsx';

/** 用户: who can log in, and who has been asked to. */
export default function UsersPage() {
  const [{ tab = 'users' }, change] = useFilters('tab');
  const [inviting, setInviting] = useState(false);
  return (
    <Page
      title="用户"
      actions={
        <Button type="primary" onClick={() => setInviting(true)}>
          邀请用户
        </Button>
      }
    >
      <Tabs
        activeKey={tab}
        onChange={(next) => change({ tab: next, q: undefined, role: undefined, state: undefined, sort: undefined })}
        items={[
          { key: 'users', label: '用户' },
          { key: 'invitations', label: '邀请' },
        ]}
      />
      {tab === 'users' ? <Users /> : <Invitations />}
      <InviteDialog
        open={inviting}
        onClose={() => setInviting(false)}
        onInvited={() => change({ tab: 'invitations', state: 'open' })}
      />
    </Page>
  );
}
