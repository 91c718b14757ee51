import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { api, ask, Problem, sessionEnded } from '../api.ts';
import { LoginPage } from '../login/LoginPage.tsx';
import { flush, forget } from '../parts/drafts.ts';
import { type MoneyUnit, MoneyUnitContext } from '../parts/Money.tsx';
import { type Me, MeContext } from '../session.ts';
import { EnrolPage } from './EnrolPage.tsx';
import { Frame } from './Frame.tsx';
import { NotFound, PageError } from './NotFound.tsx';
import { mayOpen, PAGES } from './pages.ts';
import { Unbound } from './Unbound.tsx';

/** A refusal is final; only what did not arrive is tried again. */
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (count, error) => count < 2 && error instanceof Problem && (error.status === 0 || error.status === 503),
    },
  },
});

/** The console of one person: the pages their role may open, in the frame. */
export default function Shell({ me, look }: { me: Me; look(): Promise<void> }) {
  const [unit, setUnit] = useState<MoneyUnit>(() => (localStorage.getItem('unit') === '万元' ? '万元' : '元'));
  const [ended, setEnded] = useState(false);
  useEffect(() => {
    sessionEnded.tell = () => setEnded(true);
  }, []);
  // Made once for a person: another router would show every page anew, without what was typed on it.
  const [router] = useState(() => routerOf(me));
  const money = useMemo(
    () => ({
      unit,
      setUnit: (next: MoneyUnit) => {
        localStorage.setItem('unit', next);
        setUnit(next);
      },
    }),
    [unit],
  );
  const back = async () => {
    // Somebody else at the same desk begins with pages of their own.
    const { id } = await ask(api.me.$get());
    if (id !== me.id) {
      forget();
      return window.location.reload();
    }
    setEnded(false);
    await flush();
    await look();
    await queries.invalidateQueries();
  };
  if (me.secondFactor.required && !me.secondFactor.enabled) return <EnrolPage onDone={look} />;
  if (me.role === 'enterprise' && !me.enterprise) return <Unbound me={me} look={look} />;
  return (
    <MeContext value={me}>
      <MoneyUnitContext value={money}>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
          <Modal open={ended} footer={null} closable={false} title="登录已失效，请重新登录" destroyOnHidden>
            <p>已填写的内容仍在页面上，登录后可以继续。</p>
            <LoginPage above={me.username ?? ''} onIn={back} />
          </Modal>
        </QueryClientProvider>
      </MoneyUnitContext>
    </MeContext>
  );
}

function routerOf(me: Me) {
  // Those one may not open stand here too, lest /enterprises/new be taken for an enterprise named new.
  const pages = PAGES.map((page) =>
    mayOpen(me, page)
      ? { path: page.path, lazy: async () => ({ Component: (await page.load()).default }), ErrorBoundary: PageError }
      : { path: page.path, element: <NotFound /> },
  );
  return createBrowserRouter(
    [
      {
        element: <Frame />,
        hydrateFallbackElement: <p className="starting">正在打开……</p>,
        children: [...pages, { path: '*', element: <NotFound /> }],
      },
    ],
    {
      basename: '/console',
    },
  );
}
