import type { ReactNode } from 'react';

/** What stands before the console: one card with the name of the system above it. `bare` inside a dialog. */
export function Card({ title, bare, children }: { title: string; bare?: boolean; children: ReactNode }) {
  if (bare) return <div className="login-bare">{children}</div>;
  return (
    <main className="login" id="main">
      <header>
        <img src="/console/icon.svg" alt="" width="32" height="32" />
        宁科贷
      </header>
      <section className="login-card">
        <h1>{title}</h1>
        {children}
      </section>
    </main>
  );
}
