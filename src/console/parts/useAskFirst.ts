import { App, type ModalFuncProps } from 'antd';

interface Question<I> extends Omit<ModalFuncProps, 'onOk'> {
  act: { mutateAsync(input: I): Promise<unknown> };
  input?: I;
}

/** Asks once more before what cannot be taken back; its button waits until that is done. What goes wrong stays in the act's `error`, for ProblemAlert beside it. */
export function useAskFirst() {
  const { modal } = App.useApp();
  return <I>({ act, input, ...asked }: Question<I>): void => {
    modal.confirm({ ...asked, onOk: () => act.mutateAsync(input as I).catch(() => {}) });
  };
}
