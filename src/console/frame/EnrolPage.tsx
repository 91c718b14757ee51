import { Button } from 'antd';
import { auth } from '../api.ts';
import { Card } from '../login/Card.tsx';
import { EnrolSecondFactor } from '../parts/EnrolSecondFactor.tsx';

/** Who approves or operates sets up the second factor before anything else. */
export function EnrolPage({ onDone }: { onDone(): Promise<void> }) {
  return (
    <Card title="设置动态口令">
      <p>您的角色涉及审核、资金或系统管理，登录时须另加一道动态口令。只需设置一次。</p>
      <EnrolSecondFactor onDone={onDone} />
      <nav className="login-links">
        <Button type="link" size="small" onClick={() => void auth('sign-out', {}).then(onDone)}>
          退出登录
        </Button>
      </nav>
    </Card>
  );
}
