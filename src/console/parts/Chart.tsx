import { Skeleton } from 'antd';
import { lazy, Suspense } from 'react';
import type { ChartProps } from './Canvas.tsx';

const Canvas = lazy(() => import('./Canvas.tsx'));

/** A chart. Its library is fetched only when one is shown. `summary` says in words what it shows, for those who do not see it. */
export function Chart(props: ChartProps) {
  return (
    <Suspense fallback={<Skeleton.Node active />}>
      <Canvas {...props} />
    </Suspense>
  );
}
