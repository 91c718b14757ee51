import { App as AntApp, ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import { lazy, StrictMode, Suspense, useCallback, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { api, ask, Problem } from './api.ts';
import { LoginPage } from './login/LoginPage.tsx';
import { giveStylesTheNonce, nonce } from './nonce.ts';
import type { Me } from './session.ts';
import { theme } from './theme.ts';
import './style.css';

const Shell = lazy(() => import('./frame/Shell.tsx'));
const Doorstep = lazy(() => import('./login/Doorstep.tsx'));

/** Pages that are opened by a link before one can log in. */
const BEFORE_LOGIN = /^\/console\/(register|forgot|reset|invitation)$/;

/** Asks who is logged in; shows the login, or the console of that person, which is fetched only then. */
function Entry() {
  const [me, setMe] = useState<Me | null>();
  const [error, setError] = useState<Problem>();
  const look = useCallback(async () => {
    try {
      setMe(await ask(api.me.$get()));
      setError(undefined);
    } catch (caught) {
      if (!(caught instanceof Problem)) throw caught;
      if (caught.status === 401) setMe(null);
      else setError(caught);
    }
  }, []);
  useEffect(() => void look(), [look]);
  if (BEFORE_LOGIN.test(window.location.pathname)) return <Doorstep />;
  if (error) return <p className="starting">{error.message}</p>;
  if (me === undefined) return <p className="starting">正在打开……</p>;
  return me ? <Shell me={me} look={look} /> : <LoginPage onIn={look} />;
}

giveStylesTheNonce();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <ConfigProvider locale={zhCN} theme={theme} csp={{ nonce }} button={{ autoInsertSpace: false }}>
      <AntApp>
        <Suspense fallback={<p className="starting">正在打开……</p>}>
          <Entry />
        </Suspense>
      </AntApp>
    </ConfigProvider>
  </StrictMode>,
);
