import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { Problem, send } from '../api.ts';

interface DemoUser {
  username: string;
  name: string;
  password: string;
  /** the current code of the authenticator, where the role needs one */
  code: string | null;
}

/** In the demonstration, opened on the machine it runs on: its people, to be chosen instead of typed. Elsewhere nothing. */
export default function Demonstration({
  codeOf,
  onChoose,
}: {
  codeOf?: string;
  onChoose(given: { account?: string; password?: string; code?: string }): void;
}) {
  const [users, setUsers] = useState<DemoUser[]>([]);
  useEffect(() => {
    send('/api/demo/users')
      .then(async (response) => setUsers((await response.json()).items))
      .catch((error: unknown) => {
        if (!(error instanceof Problem)) throw error;
      });
  }, []);
  const one = codeOf && users.find(({ username }) => username === codeOf);
  if (one)
    return (
      <p className="demo-users">
        演示用户的动态口令：
        <Button size="small" onClick={() => onChoose({ code: one.code ?? '' })}>
          {one.code}
        </Button>
      </p>
    );
  if (users.length === 0 || codeOf) return null;
  return (
    <section className="demo-users" aria-label="演示用户">
      <h2>演示用户（点选后登录）</h2>
      <div>
        {users.map(({ username, name, password }) => (
          <Button key={username} size="small" onClick={() => onChoose({ account: username, password })}>
            {name}
          </Button>
        ))}
      </div>
    </section>
  );
}
