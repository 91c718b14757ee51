import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';

/**
 * One thing done to the server: says what was done, and has the pages that show it look again. What goes wrong stays in `error`, to be shown
 * by ProblemAlert where the person is looking.
 */
export function useAct<I, T>(
  act: (input: I) => Promise<T>,
  { done, refresh }: { done?: string | ((answer: T) => string); refresh?: string[] } = {},
) {
  const queries = useQueryClient();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: act,
    onSuccess: async (answer) => {
      if (done) message.success(typeof done === 'string' ? done : done(answer));
      await Promise.all((refresh ?? []).map((word) => queries.invalidateQueries({ queryKey: [word] })));
    },
  });
}
