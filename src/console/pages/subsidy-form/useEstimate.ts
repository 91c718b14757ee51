import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, ask } from '../../api.ts';
import type { Application, Judged, JudgedLine } from '../../parts/subsidy/types.ts';
import { lookOf } from './request.ts';
import type { Given } from './types.ts';

const PAUSE_MS = 600;

/**
 * What the rules say of what is typed, as soon as one pauses: `at(i)` is the i-th line of the form. Nothing is kept. Of an application that is kept already
 * its papers are looked at, too.
 */
export function useEstimate(scheme: string, given: Given, application: Application | undefined) {
  // What was handed in changes the answer, too.
  const handed = application?.papers.flatMap(({ attachments }) => attachments.map(({ id }) => id));
  const applicationId = application?.id;
  const look = useSettled(lookOf(scheme, given));
  const { data, error, isFetching } = useQuery({
    queryKey: ['subsidy-check', applicationId, handed, look?.request],
    queryFn: (): Promise<Judged> =>
      ask(
        api['subsidy-applications'].check.$post({ query: applicationId ? { applicationId } : {}, json: look!.request }),
      ),
    enabled: look !== null,
    placeholderData: keepPreviousData,
  });
  return {
    ...{ error, isFetching },
    judged: look ? data : undefined,
    at: (i: number): JudgedLine | undefined => data?.lines[look?.places.indexOf(i) ?? -1],
  };
}

export type Estimate = ReturnType<typeof useEstimate>;

/** What was typed, once one pauses. */
function useSettled<T>(value: T): T {
  const text = JSON.stringify(value);
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(text) as T), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
